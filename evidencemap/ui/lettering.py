"""How the texts of rows are set: in which direction, over how many lines, how small."""

from unicodedata import bidirectional

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

_ISOLATE = {False: "\u2066", True: "\u2067"}
"""The marks before a text that runs from the left, and from the right, whatever stands around it."""

_END_OF_ISOLATE = "\u2069"


def from_the_right() -> bool:
    """Say whether windows begin at the right."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def runs_from_right(text: str, mirrored: bool) -> bool:
    """Say whether a text runs from the right by its first letter; one without letters as its window does."""
    if text[:1] in _ISOLATE.values():
        return text[0] == _ISOLATE[True]
    first = next((found for each in text if (found := bidirectional(each)) in ("L", "R", "AL")), "")
    return first in ("R", "AL") or (not first and mirrored)


def text_flags(text: str, mirrored: bool, *, at_end: bool = False) -> int:
    """Return how a text is drawn: at the side where rows begin (or end), in its own direction.

    A sentence in English keeps its full stop at its right in a window that begins at the right.
    """
    side = Qt.AlignmentFlag.AlignRight if mirrored is not at_end else Qt.AlignmentFlag.AlignLeft
    own = Qt.TextFlag.TextForceLeftToRight
    if runs_from_right(text, mirrored):
        own = Qt.TextFlag.TextForceRightToLeft
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
    return int(aligned) | int(own) | int(Qt.TextFlag.TextSingleLine)


def isolated(text: str) -> str:
    """Return a text that a button or menu shows in its own direction, marked where windows have another."""
    mirrored = from_the_right()
    own = runs_from_right(text, mirrored)
    return text if own is mirrored else f"{_ISOLATE[own]}{text}{_END_OF_ISOLATE}"


def numbered(number: str, text: str) -> str:
    """Return a text behind its number: the number where lines begin, the text in its own direction."""
    if not from_the_right():
        return f"{number}  {text}"
    own = _ISOLATE[runs_from_right(text, True)]
    return f"{_ISOLATE[True]}{number}  {own}{text}{_END_OF_ISOLATE}{_END_OF_ISOLATE}"


def placed(whole: QRectF, part: QRectF, mirrored: bool) -> QRectF:
    """Return where a part of something stands: as given, or on the other side where windows are mirrored.

    How a text is aligned in it, `text_flags` says.
    """
    if not mirrored:
        return part
    return part.translated(whole.left() + whole.right() - part.left() - part.right(), 0.0)


def in_lines(
    text: str, metrics: QFontMetricsF, width: float, most: int, *, first: float | None = None
) -> list[str]:
    """Return a text broken between words into lines that fit a width; the last of `most` lines may not.

    `first` is the width of the first line where that is another; it stays empty where no word fits it.
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        room = width if first is None or len(lines) > 1 else first
        may_break = bool(lines[-1]) or room < width
        if may_break and len(lines) < most and metrics.horizontalAdvance(longer) > room:
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
