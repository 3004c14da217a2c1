"""How the texts of rows are set: in which direction, over how many lines, how small."""

from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QStyleOptionViewItem


def text_flags(option: QStyleOptionViewItem, text: str, *, at_end: bool = False) -> int:
    """Return how a text is drawn: at the side where rows begin (or end), in its own direction.

    A sentence in English keeps its full stop at its right in a window that begins at the right.
    """
    mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored is not at_end else Qt.AlignmentFlag.AlignLeft
    first = next((found for each in text if (found := bidirectional(each)) in ("L", "R", "AL")), "")
    own = Qt.TextFlag.TextForceLeftToRight
    if first in ("R", "AL") or (not first and mirrored):
        own = Qt.TextFlag.TextForceRightToLeft
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
    return int(aligned) | int(own) | int(Qt.TextFlag.TextSingleLine)


def in_lines(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
    """Return a text broken between words into lines that fit a width; the last of `most` lines may not."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(lines) < most and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def smaller(font: QFont) -> QFont:
    """Return a font a little smaller than another, whichever unit that one is set in."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(1, round(font.pixelSize() * 0.93)))
    else:
        made.setPointSizeF(font.pointSizeF() * 0.93)
    return made
