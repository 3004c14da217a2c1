"""Labels, tooltips and message boxes that show case text as it is, never as markup."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import from_the_right, text_flags


def plain_label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """Return a label that shows the text letter by letter, whatever it holds, and in its own direction.

    In a window that begins at the right it stands at the right.
    """
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if from_the_right():
        at_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        label.setAlignment(at_right | Qt.AlignmentFlag.AlignVCenter)
    return label


_LEAST_LETTERS = 6
"""Letters below which a shortened line would say nothing, and is left out."""


class ShortLabel(QLabel):
    """A plain line that ends in an ellipsis where there is no room for it, and so forces no width.

    Under the pointer it shows all of itself, where it has no other tooltip.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        """Show all of the line under the pointer."""
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            set_plain_tooltip(self, self.text())
        return super().event(event)

    @guarded(default=QSize(20, 14))
    def minimumSizeHint(self) -> QSize:
        """Return the width of about three letters: the rest may go."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 5), whole.height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if shown != self.text() and len(shown) < _LEAST_LETTERS:
            return
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, text_flags(self.text(), self.isRightToLeft()), shown)


def plain_tooltip(text: str) -> str:
    """Return what Qt must be given so that a tooltip shows exactly this text.

    Qt guesses whether a tooltip is markup; so it always is, with the text escaped.
    """
    if not text:
        return ""
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows the text letter by letter."""
    widget.setToolTip(plain_tooltip(text))
