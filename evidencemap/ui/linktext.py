"""A text of several lines in which numbers are links and terms are explained: drawn, never marked up."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from evidencemap.model.kinds import INSIDE, NUMBER_IN_TEXT
from evidencemap.ui.glosses import Gloss, told
from evidencemap.ui.guarded import guarded
from evidencemap.ui.messages import announce
from evidencemap.ui.plain import set_plain_tooltip
from evidencemap.ui.theme import Theme


class LinkText(QWidget):
    """Shows a text plainly; each visible number that `known` says is one can be clicked or tabbed to.

    A term that is explained has a line of dots beneath it; its meaning shows under the pointer, and where
    the arrows come to it.
    """

    followed = Signal(str)

    def __init__(
        self,
        text: str,
        known: Callable[[str], bool],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        ink: str = "text",
        glosses: Sequence[Gloss] = (),
    ) -> None:
        super().__init__(parent)
        self.text = text
        self._theme, self._ink = theme, ink
        self._links = [
            found.span()
            for found in NUMBER_IN_TEXT.finditer(text)
            if found.group()[0] not in INSIDE and known(found.group())
        ]
        self._glosses = {
            (each.start, each.end): each
            for each in glosses
            if not any(each.start < end and start < each.end for start, end in self._links)
        }
        self._stops = sorted([*self._links, *self._glosses])
        self._at = -1
        self._layout = QTextLayout(text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self.isRightToLeft():
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._layout.setTextOption(option)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setAccessibleName(text)
        self.setAccessibleDescription(told(list(self._glosses.values())))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._stops else Qt.FocusPolicy.NoFocus)

    @property
    def links(self) -> list[str]:
        """The numbers that are links, from the left."""
        return [self.text[start:end] for start, end in self._links]

    @guarded(default=True)
    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    @guarded(default=20)
    def heightForWidth(self, width: int) -> int:
        """Return the height that the text needs at a width."""
        return self._lay(width)

    @guarded(default=QSize(100, 20))
    def sizeHint(self) -> QSize:
        """Return the size at the usual width."""
        return QSize(240, self._lay(240))

    @guarded(default=QSize(60, 20))
    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(60, round(QFontMetricsF(self.font()).height()))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, the links underlined, terms with dots beneath."""
        self._lay(self.width())
        painter = QPainter(self)
        painter.setPen(self._theme.color(self._ink))
        spans = []
        for at, (start, end) in enumerate(self._stops):
            look = QTextCharFormat()
            if (start, end) in self._glosses:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                look.setUnderlineColor(self._theme.color("link"))
            else:
                look.setForeground(self._theme.color("link"))
                look.setFontUnderline(True)
            if at == self._at and self.hasFocus():
                look.setBackground(self._theme.color("selected_row"))
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = start, end - start, look
            spans.append(span)
        self._layout.draw(painter, QPointF(0, 0), spans)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link."""
        over = self._under(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the link that was clicked."""
        number = self._under(event.position())
        if number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.followed.emit(number)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk links and terms with the arrows, and follow a link with Enter."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            onwards = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
            step = 1 if event.key() == onwards else -1
            self._stand_on(max(0, min(len(self._stops) - 1, self._at + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            start, end = self._stops[self._at]
            if (start, end) in self._glosses:
                self._stand_on(self._at)
            else:
                self.followed.emit(self.text[start:end])
        else:
            event.ignore()

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        """Mark the first link or term once the text gets the focus; explain the term under the pointer."""
        if event.type() == QEvent.Type.FocusIn and self._stops:
            self._stand_on(max(0, self._at))
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._glosses:
            span = self._span_under(QPointF(event.pos()), list(self._glosses))
            meaning = "" if span is None else str(self._glosses[span])
            set_plain_tooltip(self, meaning)
        return super().event(event)

    def _lay(self, width: int) -> int:
        self._layout.setFont(self.font())
        leading = QFontMetricsF(self.font()).height() * 0.12
        self._layout.beginLayout()
        top = 0.0
        while True:
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, top))
            top += line.height() + leading
        self._layout.endLayout()
        return round(top + 1)

    def _stand_on(self, at: int) -> None:
        """Mark a link or a term; say what the term means."""
        self._at = at
        gloss = self._glosses.get(self._stops[at])
        if gloss is not None:
            self._lay(self.width())
            line = self._layout.lineForTextPosition(gloss.start)
            end = min(gloss.end, line.textStart() + line.textLength())
            left = min(cast(tuple[float, int], line.cursorToX(each))[0] for each in (gloss.start, end))
            place = QPointF(left + 1, line.rect().center().y()).toPoint()
            shows = QHelpEvent(QEvent.Type.ToolTip, place, self.mapToGlobal(place))
            QApplication.sendEvent(self, shows)
            announce(self, str(gloss))
        self.update()

    def _under(self, point: QPointF) -> str | None:
        span = self._span_under(point, self._links)
        return None if span is None else self.text[span[0] : span[1]]

    def _span_under(self, point: QPointF, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        for at in range(self._layout.lineCount()):
            line = self._layout.lineAt(at)
            if line.rect().contains(point):
                if not line.naturalTextRect().contains(point):
                    return None
                position = line.xToCursor(point.x())
                for start, end in spans:
                    if start <= position <= end:
                        return start, end
        return None
