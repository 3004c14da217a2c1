"""Rows of lists: a mark, a bold text, a grey text, and a text at the right, painted plainly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import cast

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import in_lines, placed, smaller, text_flags
from evidencemap.ui.marks import draw_mark
from evidencemap.ui.plain import plain_tooltip
from evidencemap.ui.theme import LIGHT, Theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which items of lists, trees and tables hold their row."""

NO_DATA: QMimeData = cast(QMimeData, None)
"""What Qt takes for rows that cannot be dragged."""

_LEAST_DETAIL = 16
"""Letters of a detail for which there must be room, else it is left to the tooltip."""

_LEAST_RIGHT = 22
"""Letters that what stands at the right keeps where the text of its row needs the room."""

_SHORT = 14
"""Letters of what stands at the right that are shown whole or, where there is no room, not at all."""

_LINES = ((54, 2), (34, 3), (16, 4))
"""Below so many heights of a line, a list that `wraps` gives each row so many lines."""

_ALONE = 4
"""Lines from which on a row has no room for what stands at the right; the tooltip has it."""


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
    """Paints rows. Nothing of a row is ever read as markup."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.banded = False
        self.roomy = 1.75
        self.lines = 1

    @guarded
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        theme, font = self.theme, QFont(option.font)
        state = option.state
        box = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or (self.banded and index.row() % 2 == 0):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color("selected_row" if chosen else "row"))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 4, 4)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(box.adjusted(4.5, 1.5, -4.5, -1.5), 4, 4)
        metrics = QFontMetricsF(font)
        left = box.left() + 12 + row.indent * metrics.height()
        right = box.right() - 12
        if row.mark:
            side = metrics.height() * 0.95
            mark = QRectF(left, box.center().y() - side / 2, side, side)
            draw_mark(painter, _placed(option, mark), row.mark, theme.color(row.ink))
            left += side + metrics.height() * 0.55
        if row.lead:
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            painter.drawText(
                _placed(option, QRectF(left, box.top(), right - left, box.height())),
                text_flags(row.lead, _is_mirrored(option)),
                row.lead,
            )
            left += metrics.horizontalAdvance(row.lead) + metrics.height() * 0.5
        bold = QFont(font)
        bold.setBold(row.weight is Weight.BOLD)
        bold.setStrikeOut(row.strike)
        if row.right and self.lines < _ALONE:
            needed = QFontMetricsF(bold).horizontalAdvance(row.text) / self.lines
            right = self._right(painter, font, option, left, right, row, needed)
        self._texts(painter, option, row, bold, QRectF(left, box.top(), max(0.0, right - left), box.height()))

    def _texts(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, bold: QFont, room: QRectF
    ) -> None:
        """Paint the text and, as far as there is room, the detail: behind it, or on a line of its own."""
        theme, font, wide = self.theme, QFont(option.font), QFontMetricsF(bold)
        metrics = QFontMetricsF(font)
        texts = [row.text]
        if self.lines > 1 and wide.horizontalAdvance(row.text) > room.width():
            texts = in_lines(row.text, wide, room.width(), self.lines)
        under = 1 < self.lines < _ALONE and len(texts) == 1 and bool(row.detail)
        high = wide.lineSpacing()
        top = room.center().y() - high * (len(texts) + under) / 2
        painter.setFont(bold)
        painter.setPen(theme.color("muted" if row.weight is Weight.MUTED else "text"))
        end = 0.0
        for each in texts:
            shown = wide.elidedText(each, Qt.TextElideMode.ElideRight, room.width())
            place = _placed(option, QRectF(room.left(), top, room.width(), high))
            painter.drawText(place, text_flags(row.text, _is_mirrored(option)), shown)
            if len(texts) == 1 and not _is_mirrored(option):
                _underline(painter, row, shown, QRectF(room.left(), top, room.width(), high), theme)
            end = wide.horizontalAdvance(shown) + metrics.height() * 0.9
            top += high
        behind = QRectF(room.left() + end, top - high, room.width() - end, high)
        place = QRectF(room.left(), top, room.width(), high) if under else behind
        if row.detail and place.width() > metrics.averageCharWidth() * _LEAST_DETAIL:
            thin = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, place.width())
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            painter.drawText(_placed(option, place), text_flags(row.detail, _is_mirrored(option)), thin)

    @guarded(default=QSize(10, 24))
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return how high a row is: its lines in the font, with air."""
        metrics = QFontMetricsF(option.font)
        return QSize(80, round(metrics.height() * self.roomy + metrics.lineSpacing() * (self.lines - 1)))

    def _right(
        self,
        painter: QPainter,
        font: QFont,
        option: QStyleOptionViewItem,
        left: float,
        right: float,
        row: Row,
        needed: float,
    ) -> float:
        box = QRectF(option.rect)
        small = smaller(font)
        metrics = QFontMetricsF(small)
        least = min((right - left) * 0.36, metrics.averageCharWidth() * _LEAST_RIGHT)
        most = min((right - left) * 0.36, max(least, right - left - needed - metrics.height()))
        if len(row.right) <= _SHORT and metrics.horizontalAdvance(row.right) > most:
            return right
        shown = metrics.elidedText(row.right, Qt.TextElideMode.ElideRight, most)
        wide = metrics.horizontalAdvance(shown) + 1
        painter.setFont(small)
        painter.setPen(self.theme.color(row.right_ink))
        place = _placed(option, QRectF(right - wide, box.top(), wide, box.height()))
        painter.drawText(place, text_flags(row.right, _is_mirrored(option), at_end=True), shown)
        return right - wide - metrics.height()


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


class RowModel(QStringListModel):
    """Rows made when they are seen: as many as there are, none held.

    What is held is an empty text for each: so the list counts its rows, which it does for each row that it
    lays out, without asking Python, which takes seconds for a hundred thousand.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._make: Callable[[int], Row] = lambda at: Row(text="")

    def show(self, count: int, make: Callable[[int], Row]) -> None:
        """Show this many rows, each made by its place from the top."""
        self._make = make
        self.setStringList([""] * count)

    def row(self, at: int) -> Row | None:
        """Return the row at a place from the top, if there is one."""
        return self._make(at) if 0 <= at < self.rowCount() else None

    @guarded
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        """Return the row, or the words of it."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(whole(row))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.hint
        return None

    @guarded(default=Qt.ItemFlag.NoItemFlags)
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Say that a row can be chosen, and dragged out into another program."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    @guarded(default=NO_DATA)
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return rows as the plain text that is dragged out: all that they say, line by line."""
        rows = (self.row(at) for at in sorted({each.row() for each in indexes}))
        data = QMimeData()
        data.setText("\n".join(whole(row) for row in rows if row is not None))
        return data

    @guarded(default=Qt.DropAction.CopyAction)
    def supportedDragActions(self) -> Qt.DropAction:
        """Say that what is dragged out stays here."""
        return Qt.DropAction.CopyAction


class RowList(QListView):
    """A list of rows; what choosing one means is in its row's value. Rows are dragged out as text."""

    chosen = Signal(object)
    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, banded: bool = False, wraps: bool = False) -> None:
        super().__init__(parent)
        self.rows = RowDelegate(self)
        self.rows.banded = banded
        self._wraps = wraps
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.held = RowModel(self)
        self.setModel(self.held)
        self.selectionModel().currentChanged.connect(self._tell)
        self.activated.connect(self._want)
        self._quiet = False

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self.rows.theme = theme
        self._fit()
        self.viewport().update()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each row more lines where the list has become narrow."""
        self._fit()
        super().resizeEvent(event)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, keeping the place in the list."""
        self.show_many(len(rows), lambda at: rows[at])

    def show_many(self, count: int, make: Callable[[int], Row]) -> None:
        """Show rows that are made when they are seen, keeping the place in the list."""
        at, row = self.verticalScrollBar().value(), self.currentIndex().row()
        self._quiet = True
        self.held.show(count, make)
        if 0 <= row < count:
            self.setCurrentIndex(self.held.index(row))
        self._quiet = False
        self.verticalScrollBar().setValue(at)

    def choose(self, at: int) -> None:
        """Make a row the current one, without telling."""
        self._quiet = True
        self.setCurrentIndex(self.held.index(at) if at >= 0 else QModelIndex())
        if at < 0:
            self.clearSelection()
        self._quiet = False

    @property
    def at(self) -> int:
        """The place of the current row; -1 where there is none."""
        return self.currentIndex().row()

    @property
    def row(self) -> Row | None:
        """The current row."""
        return self.held.row(self.at)

    def _fit(self) -> None:
        high = self.fontMetrics().height()
        fits = [lines for least, lines in _LINES if self.width() < high * least]
        lines = max(fits, default=1) if self._wraps else 1
        if self.rows.lines != lines:
            self.rows.lines = lines
            self.scheduleDelayedItemsLayout()

    def _tell(self, current: QModelIndex) -> None:
        row = self.held.row(current.row())
        if row is not None and not self._quiet:
            self.chosen.emit(row.value)

    def _want(self, index: QModelIndex) -> None:
        row = self.held.row(index.row())
        if row is not None:
            self.wanted.emit(row.value)


def whole(row: Row) -> str:
    """Return all that a row says, line by line, as its tooltip has it however narrow the row is."""
    head = f"{row.lead}  {row.text}" if row.lead else row.text
    return "\n".join(part for part in (head, row.detail, row.right, row.hint) if part)


def spoken(row: Row) -> str:
    """Return a row as one line of words."""
    return ". ".join(part for part in (row.lead, row.text, row.detail, row.right) if part)
