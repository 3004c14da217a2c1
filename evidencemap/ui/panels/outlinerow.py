"""One row of the outline: what it stands for, what it shows and allows, and the line to type in."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QTreeWidgetItem, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.panels.branches import Branch
from evidencemap.ui.plain import plain_tooltip
from evidencemap.ui.rows import ROW_ROLE, Row, RowDelegate, spoken, whole

_BRANCH = ROW_ROLE + 1
_FILLED = ROW_ROLE + 2

NO_EDITOR: QWidget = cast(QWidget, None)
"""What Qt takes for a row that cannot be edited."""


def branch_of(item: QTreeWidgetItem) -> Branch:
    """Return what an item of the tree shows."""
    held = item.data(0, _BRANCH)
    assert isinstance(held, Branch)
    return held


def item_of(branch: Branch) -> QTreeWidgetItem:
    """Return a row that knows what it stands for. What it shows and allows comes once it is made."""
    item = QTreeWidgetItem()
    item.setData(0, _BRANCH, branch)
    return item


def children_of(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    """Yield the rows that are made right beneath a row, in their order."""
    for at in range(item.childCount()):
        child = item.child(at)
        if child is not None:
            yield child


def is_filled(item: QTreeWidgetItem) -> bool:
    """Say whether the rows beneath a row are made: they are once it was first opened."""
    return bool(item.data(0, _FILLED))


def mark_filled(item: QTreeWidgetItem) -> None:
    """Note that the rows beneath a row are made."""
    item.setData(0, _FILLED, True)


def repeats(item: QTreeWidgetItem) -> bool:
    """Say whether a row shows what one above it shows, so that it would open without end."""
    entity, above = branch_of(item).id, item.parent()
    while above is not None:
        if branch_of(above).id == entity:
            return True
        above = above.parent()
    return False


def show_row(item: QTreeWidgetItem, row: Row, text: str, *, lane: bool) -> None:
    """Let a row show what it says; `text` is what is edited in it, empty where nothing can be."""
    item.setFlags(_flags(text, lane=lane))
    item.setData(0, ROW_ROLE, row)
    item.setData(0, Qt.ItemDataRole.EditRole, text)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(row))
    item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, row.hint)
    item.setData(0, Qt.ItemDataRole.ToolTipRole, plain_tooltip(whole(row)))


class EditingDelegate(RowDelegate):
    """Edits the text of a row in place; the edit is told once, when it is finished."""

    reworded = Signal(str, str)

    @guarded(default=NO_EDITOR)
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a plain line to type in."""
        line = QLineEdit(parent)
        line.setFrame(True)
        return line

    @guarded
    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell the new text, if it is one."""
        branch = index.data(_BRANCH)
        if isinstance(editor, QLineEdit) and isinstance(branch, Branch):
            typed = editor.text().strip()
            if typed and typed != index.data(Qt.ItemDataRole.EditRole):
                self.reworded.emit(branch.id, typed)


def _flags(text: str, *, lane: bool) -> Qt.ItemFlag:
    """Return what may be done with a row: a lane is not dragged, and only a text can be edited."""
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    if lane:
        return flags | Qt.ItemFlag.ItemIsDropEnabled
    flags |= Qt.ItemFlag.ItemIsDragEnabled
    return flags | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled if text else flags
