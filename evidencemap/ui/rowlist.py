"""Lists of rows that are made when they are seen, with as many lines to a row as the text needs room."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.plain import plain_tooltip
from evidencemap.ui.rows import ROW_ROLE, Lines, Row, RowDelegate, lines_in, spoken, whole
from evidencemap.ui.theme import Theme

NO_DATA: QMimeData = cast(QMimeData, None)
"""What Qt takes for rows that cannot be dragged."""

MANY = 2_000
"""So many rows are kept where others are shown in their place: to make them anew takes time."""

LONG = ((54, 2), (34, 3), (16, 4))
"""Below so many heights of a line, rows of whole sentences have so many lines."""

SHORT = ((33, 2), (24, 3))
"""The same for rows of a text and how it stands."""


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
        held = self.rowCount()
        if min(count, held) < MANY:
            self.setStringList([""] * count)
            return
        if count > held:
            self.insertRows(held, count - held)
        elif count < held:
            self.removeRows(count, held - count)
        self.dataChanged.emit(self.index(0), self.index(count - 1))

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

    def __init__(self, parent: QWidget | None = None, *, banded: bool = False, lines: Lines = ()) -> None:
        super().__init__(parent)
        self.rows = RowDelegate(self)
        self.rows.banded = banded
        self._lines = lines
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

    def fit(self, wide: int) -> None:
        """Give each row the lines that it needs in a width that the list is about to have."""
        self._fit(wide)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, keeping the place in the list."""
        self.show_many(len(rows), lambda at: rows[at])

    def show_many(self, count: int, make: Callable[[int], Row]) -> None:
        """Show rows that are made when they are seen, keeping the place in the list."""
        at, row = self.verticalScrollBar().value(), self.currentIndex().row()
        self._quiet = True
        self.held.show(count, make)
        if 0 <= row < count and self.currentIndex().row() != row:
            self.setCurrentIndex(self.held.index(row))
        elif row >= count:
            self.choose(-1)
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

    def _fit(self, wide: int = 0) -> None:
        lines = lines_in(self, self._lines, wide)
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
