"""Rows of lists: a mark, a bold text, a grey text, and a text at the right, painted plainly."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import in_lines, placed, smaller, text_flags
from evidencemap.ui.marks import draw_mark
from evidencemap.ui.theme import LIGHT, Theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which items of lists, trees and tables hold their row."""

_LEAST_DETAIL = 16
"""Letters of a detail for which there must be room, else it is left to the tooltip."""

_LEAST_RIGHT = 22
"""Letters that what stands at the right keeps where the text of its row needs the room."""

_SHORT = 14
"""Letters of what stands at the right that are shown whole or, where there is no room, not at all."""

_MOST_BESIDE = 0.4
"""The part of the first of several lines up to which what stands at the right stays beside the text."""

_MARK, _AFTER_MARK = 0.95, 0.55
"""How wide a mark is and the gap behind it, in heights of the font."""

_MOST_INDENT = 24
"""Pixels by which a row stands in at the most for each level: large text has no room for more."""

Lines = tuple[tuple[int, int], ...]
"""Below how many heights of a line rows have how many lines."""

NARROW: Lines = ((13, 2), (11, 3))
"""The same for the rows of panes at the sides."""


class Weight(IntEnum):
    """How strongly the main text of a row is set."""

    USUAL = 0
    BOLD = 1
    MUTED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one row shows: a grey `lead`, the text, a grey `detail`, and what stands at the right.

    `ink` names the colour of the mark; `value` is what choosing the row means. `terms` are the spans of
    the text that are explained, and `hint` explains them.
    """

    text: str
    lead: str = ""
    detail: str = ""
    right: str = ""
    mark: str = ""
    ink: str = "muted"
    weight: Weight = Weight.USUAL
    indent: int = 0
    value: object = None
    strike: bool = False
    right_ink: str = "link"
    terms: tuple[tuple[int, int], ...] = ()
    hint: str = ""


class RowDelegate(QStyledItemDelegate):
    """Paints rows. Nothing of a row is ever read as markup.

    The parts of a row stand beside each other. From `stacks_at` lines on there is no room for that: the text
    goes on beneath the mark, and what stands at the right has a line of its own unless it is short.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.banded = False
        self.roomy = 1.75
        self.lines = 1
        self.stacks_at = 2

    @guarded
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        self._ground(painter, option, index.row())
        box, high = QRectF(option.rect), QFontMetricsF(option.font).height()
        left = box.left() + 12 + row.indent * min(high, _MOST_INDENT)
        room = QRectF(left, box.top(), max(0.0, box.right() - 12 - left), box.height())
        bold = QFont(option.font)
        bold.setBold(row.weight is Weight.BOLD)
        bold.setStrikeOut(row.strike)
        if self.lines < self.stacks_at:
            self._beside(painter, option, row, bold, room)
        else:
            self._stacked(painter, option, row, bold, room)

    @guarded(default=QSize(10, 24))
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return how high a row is: its lines in the font, with air."""
        metrics = QFontMetricsF(option.font)
        return QSize(80, round(metrics.height() * self.roomy + metrics.lineSpacing() * (self.lines - 1)))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, at: int) -> None:
        theme, state, box = self.theme, option.state, QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or (self.banded and at % 2 == 0):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color("selected_row" if chosen else "row"))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 4, 4)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(box.adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)

    def _beside(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, bold: QFont, room: QRectF
    ) -> None:
        """Paint the parts of a row beside each other."""
        left, right = room.left() + self._lead(painter, option, row, room), room.right()
        if row.right:
            needed = QFontMetricsF(bold).horizontalAdvance(row.text) / self.lines
            right = self._right(painter, option, left, right, row, needed)
        part = QRectF(left, room.top(), max(0.0, right - left), room.height())
        self._texts(painter, option, row, bold, part)

    def _stacked(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, bold: QFont, room: QRectF
    ) -> None:
        """Paint the text beneath the mark, and on the last line what stands at the right, or the detail."""
        wide, small = QFontMetricsF(bold), smaller(option.font)
        high, tight = wide.lineSpacing(), QFontMetricsF(small)
        start = _lead_wide(option, row)
        taken = tight.horizontalAdvance(row.right) + high / 2 if row.right else 0.0
        if taken > room.width() * _MOST_BESIDE or start + taken > room.width():
            taken = 0.0
        below = "" if taken else row.right
        most = self.lines - bool(below)
        texts = in_lines(row.text, wide, room.width(), most, first=room.width() - start - taken)
        below_ink = row.right_ink if below else "muted"
        below = below or (row.detail if len(texts) < self.lines else "")
        line = QRectF(room.left(), 0, room.width(), high)
        line.moveTop(room.center().y() - high * (len(texts) + bool(below)) / 2)
        self._lead(painter, option, row, line.adjusted(0, 0, -taken, 0))
        if taken:
            end = line.adjusted(line.width() - taken, 0, 0, 0)
            self._text(painter, option, small, row.right_ink, end, row.right, at_end=True)
        ink = "muted" if row.weight is Weight.MUTED else "text"
        for at, each in enumerate(texts):
            part = line if at else line.adjusted(start, 0, -taken, 0)
            self._text(painter, option, bold, ink, part, each, whole=row.text)
            line.translate(0, high)
        if below:
            self._text(painter, option, small, below_ink, line, below)

    def _lead(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRectF) -> float:
        """Paint the mark and what leads; return where the text begins, from the beginning of the room."""
        high = QFontMetricsF(option.font).height()
        side = high * _MARK if row.mark else 0.0
        if row.mark:
            mark = QRectF(room.left(), room.center().y() - side / 2, side, side)
            draw_mark(painter, _placed(option, mark), row.mark, self.theme.color(row.ink))
        if row.lead:
            part = room.adjusted(side + high * _AFTER_MARK if row.mark else 0.0, 0, 0, 0)
            self._text(painter, option, option.font, "muted", part, row.lead)
        return _lead_wide(option, row)

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        font: QFont,
        ink: str,
        part: QRectF,
        text: str,
        *,
        whole: str = "",
        at_end: bool = False,
    ) -> str:
        """Paint as much of a text as a part of a row has room for, in the direction of all of it.

        Returns what is shown.
        """
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, part.width() + 0.5)
        painter.setFont(font)
        painter.setPen(self.theme.color(ink))
        flags = text_flags(whole or text, _is_mirrored(option), at_end=at_end)
        painter.drawText(_placed(option, part), flags, shown)
        return shown

    def _texts(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, bold: QFont, room: QRectF
    ) -> None:
        """Paint the text and, as far as there is room, the detail: behind it, or on a line of its own."""
        font, wide = option.font, QFontMetricsF(bold)
        metrics = QFontMetricsF(font)
        texts = [row.text]
        if self.lines > 1 and wide.horizontalAdvance(row.text) > room.width():
            texts = in_lines(row.text, wide, room.width(), self.lines)
        under = self.lines > 1 and len(texts) == 1 and bool(row.detail)
        high = wide.lineSpacing()
        top = room.center().y() - high * (len(texts) + under) / 2
        ink = "muted" if row.weight is Weight.MUTED else "text"
        end = 0.0
        for each in texts:
            place = QRectF(room.left(), top, room.width(), high)
            shown = self._text(painter, option, bold, ink, place, each, whole=row.text)
            if len(texts) == 1 and not _is_mirrored(option):
                _underline(painter, row, shown, place, self.theme)
            end = wide.horizontalAdvance(shown) + metrics.height() * 0.9
            top += high
        behind = QRectF(room.left() + end, top - high, room.width() - end, high)
        place = QRectF(room.left(), top, room.width(), high) if under else behind
        if row.detail and place.width() > metrics.averageCharWidth() * _LEAST_DETAIL:
            self._text(painter, option, font, "muted", place, row.detail)

    def _right(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        left: float,
        right: float,
        row: Row,
        needed: float,
    ) -> float:
        """Paint what stands at the right; return where the room before it ends."""
        box, small = QRectF(option.rect), smaller(option.font)
        metrics = QFontMetricsF(small)
        least = min((right - left) * 0.36, metrics.averageCharWidth() * _LEAST_RIGHT)
        most = min((right - left) * 0.36, max(least, right - left - needed - metrics.height()))
        if len(row.right) <= _SHORT and metrics.horizontalAdvance(row.right) > most:
            return right
        shown = metrics.elidedText(row.right, Qt.TextElideMode.ElideRight, most)
        wide = metrics.horizontalAdvance(shown) + 1
        place = QRectF(right - wide, box.top(), wide, box.height())
        self._text(painter, option, small, row.right_ink, place, shown, whole=row.right, at_end=True)
        return right - wide - metrics.height()


def lines_in(view: QAbstractItemView, steps: Lines, wide: int = 0) -> int:
    """Return how many lines rows have in a view: more in a narrow one, but no more than one row has room for.

    `steps` are heights of a line, the largest first, each with the lines that rows have in a view that is
    narrower than so many. `wide` is a width that the view does not have yet and is given with the height
    that its rows need.
    """
    high = view.fontMetrics().height()
    wanted = max((lines for least, lines in steps if (wide or view.width()) < high * least), default=1)
    if wide:
        return wanted
    room = int(view.height() / view.fontMetrics().lineSpacing() - 0.75)
    return max(1, min(wanted, room))


def _lead_wide(option: QStyleOptionViewItem, row: Row) -> float:
    """Return how wide the mark and what leads are, with the gaps behind them."""
    metrics = QFontMetricsF(option.font)
    wide = metrics.height() * (_MARK + _AFTER_MARK) if row.mark else 0.0
    if row.lead:
        wide += metrics.horizontalAdvance(row.lead) + metrics.height() * 0.5
    return wide


def _underline(painter: QPainter, row: Row, shown: str, room: QRectF, theme: Theme) -> None:
    """Dot a line beneath each term that is explained, as far as it is shown."""
    metrics, pen = QFontMetricsF(painter.font()), painter.pen()
    painter.setPen(QPen(theme.color("link"), 1.2, Qt.PenStyle.DotLine))
    y = room.center().y() + metrics.ascent() / 2 + 2.5
    for start, end in row.terms:
        if row.text[:end] == shown[:end]:
            left, right = (room.left() + metrics.horizontalAdvance(shown[:at]) for at in (start, end))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.setPen(pen)


def _is_mirrored(option: QStyleOptionViewItem) -> bool:
    return option.direction is Qt.LayoutDirection.RightToLeft


def _placed(option: QStyleOptionViewItem, part: QRectF) -> QRectF:
    return placed(QRectF(option.rect), part, _is_mirrored(option))


def whole(row: Row) -> str:
    """Return all that a row says, line by line, as its tooltip has it however narrow the row is."""
    head = f"{row.lead}  {row.text}" if row.lead else row.text
    return "\n".join(part for part in (head, row.detail, row.right, row.hint) if part)


def spoken(row: Row) -> str:
    """Return a row as one line of words."""
    return ". ".join(part for part in (row.lead, row.text, row.detail, row.right) if part)
