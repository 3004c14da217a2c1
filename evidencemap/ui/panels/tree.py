"""A tree whose rows show by a small arrow that they open, and whose drops are told, never done."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QPainter, QPen
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.rowlist import NO_DATA
from evidencemap.ui.rows import ROW_ROLE, Row, whole
from evidencemap.ui.theme import LIGHT, Theme


class DroppingTree(QTreeWidget):
    """Draws the arrows in the colours of a theme. Where a dropped row stands is for the case to decide.

    Dropped into another program, a row is its text.
    """

    dropped = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme, and make room for arrows as large as the text."""
        self._theme = theme
        high = self.fontMetrics().height()
        self.setIndentation(round(max(min(high * 0.95, 22), high * 0.6)))
        self.viewport().update()

    @guarded
    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the arrow of a row that can be opened: along the line, downwards once it is open."""
        if not self.model().hasChildren(index):
            return
        wide, mirrored = self.indentation(), self.isRightToLeft()
        left = rect.left() if mirrored else rect.right() + 1 - wide
        middle = QPointF(left + wide / 2 + (1 if mirrored else -1), rect.center().y() + 0.5)
        side = wide * 0.24
        ends = [QPointF(-side, -side / 2), QPointF(0.0, side / 2), QPointF(side, -side / 2)]
        if not self.isExpanded(index):
            turn = -1 if mirrored else 1
            ends = [QPointF(-turn * each.y(), each.x()) for each in reversed(ends)]
            ends = [QPointF(-each.x(), each.y()) for each in ends]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("muted"), max(1.3, wide / 11)))
        painter.drawPolyline([middle + each for each in ends])
        painter.restore()

    @guarded(default=NO_DATA)
    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Return rows as what moves them here, and as the plain text that another program takes."""
        data = super().mimeData(items)
        rows = (item.data(0, ROW_ROLE) for item in items)
        data.setText("\n".join(whole(row) for row in rows if isinstance(row, Row)))
        return data

    @guarded(default=Qt.DropAction.CopyAction)
    def supportedDropActions(self) -> Qt.DropAction:
        """Say that what is dragged stays: the case moves it, not the tree, and others copy it."""
        return Qt.DropAction.CopyAction

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take nothing but rows of our own."""
        if event.source() is self:
            super().dragEnterEvent(event)

    @guarded
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a row of our own would be dropped."""
        if event.source() is self:
            super().dragMoveEvent(event)

    @guarded
    def dropEvent(self, event: object) -> None:
        """Tell what was dropped on what."""
        onto = self.itemAt(event.position().toPoint())  # type: ignore[attr-defined]
        item = self.currentItem()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]
        if item is not None and onto is not None and item is not onto:
            self.dropped.emit(item, onto)


def way_down(item: QTreeWidgetItem) -> tuple[int, list[int]]:
    """Return how deep a row stands in a tree, and the places down to it from the top."""
    way: list[int] = []
    row, above = item, item.parent()
    while above is not None:
        way.insert(0, above.indexOfChild(row))
        row, above = above, above.parent()
    return len(way), [row.treeWidget().indexOfTopLevelItem(row), *way]
