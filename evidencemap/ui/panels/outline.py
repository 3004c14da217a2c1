"""The outline: the case as a tree from its conclusions down, an editor as able as the map."""

from collections.abc import Collection, Iterator
from typing import cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.editor import Editor
from evidencemap.ui.guarded import guarded
from evidencemap.ui.panels.branches import Branch, branches, roots, row_of, way_to
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.rows import ROW_ROLE, RowDelegate, spoken
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import text_of

_BRANCH = ROW_ROLE + 1
_FILLED = ROW_ROLE + 2
_OPEN_LEVELS = 1
NO_EDITOR: QWidget = cast(QWidget, None)
"""What Qt takes for a row that cannot be edited."""


class Outline(Pane):
    """Shows headlines and asks, and beneath each what it is made of and what it rests on."""

    reworded = Signal(str, str)
    moved = Signal(object, str)
    menu_wanted = Signal(object, object)
    help_page = "outline"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Outline"), parent)
        self.tree = _Tree(self)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setIndentation(16)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setAccessibleName(_("Outline"))
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._want_menu)
        self.rows = _EditingDelegate(self.tree)
        self.rows.reworded.connect(self.reworded)
        self.tree.setItemDelegate(self.rows)
        self.tree.itemExpanded.connect(self._fill)
        self.tree.itemSelectionChanged.connect(self._tell)
        self.tree.dropped.connect(self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        self.setFocusProxy(self.tree)
        self._quiet = False

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.rows.theme = theme
        self.tree.viewport().update()

    def show_case(self) -> None:
        """Show the tree from its roots, the first levels open."""
        self._quiet = True
        self.tree.clear()
        self._sync(self.tree.invisibleRootItem(), roots(self.editor.case))
        for at in range(min(self.tree.topLevelItemCount(), 12)):
            item = self.tree.topLevelItem(at)
            if item is not None:
                self._open(item, _OPEN_LEVELS if at == 0 else 0)
        self._quiet = False
        self.select(self.editor.selection)

    def refresh(self, ids: Collection[Id]) -> None:
        """Show what an edit changed, what is open staying open."""
        self._quiet = True
        self._sync(self.tree.invisibleRootItem(), roots(self.editor.case))
        waiting = [*self._children(self.tree.invisibleRootItem())]
        while waiting:
            item = waiting.pop()
            branch = branch_of(item)
            if item.data(0, _FILLED):
                self._sync(item, branches(self.editor.case, self.editor.verdicts, branch.id))
                waiting.extend(self._children(item))
            else:
                self._mark_openable(item, branch)
            self._show(item, branch)
        self._quiet = False
        self.select(self.editor.selection)

    def select(self, ids: Collection[Id]) -> None:
        """Select the rows of what is selected, opening the way to the first of them."""
        if {branch_of(item).id for item in self.tree.selectedItems()} == set(ids):
            return
        self._quiet = True
        self.tree.clearSelection()
        found = False
        for item in self._filled():
            if branch_of(item).id in ids and not (found and len(ids) == 1):
                item.setSelected(True)
                if not found:
                    self.tree.setCurrentItem(item)
                    self.tree.scrollToItem(item)
                found = True
        if ids and not found:
            self._reveal(next(iter(ids)))
        self._quiet = False

    @property
    def selected(self) -> tuple[Id, ...]:
        """What the selected rows show."""
        return tuple(dict.fromkeys(branch_of(item).id for item in self.tree.selectedItems()))

    def edit_selected(self) -> None:
        """Begin to edit the text of the current row in place."""
        item = self.tree.currentItem()
        if item is not None:
            self.tree.editItem(item, 0)

    def _open(self, item: QTreeWidgetItem, levels: int) -> None:
        self._fill(item)
        item.setExpanded(True)
        if levels > 0:
            for child in self._children(item):
                self._open(child, levels - 1)

    def _fill(self, item: QTreeWidgetItem) -> None:
        if not item.data(0, _FILLED):
            item.setData(0, _FILLED, True)
            self._sync(item, branches(self.editor.case, self.editor.verdicts, branch_of(item).id))

    def _sync(self, item: QTreeWidgetItem, wanted: list[Branch]) -> None:
        held = {branch_of(child): child for child in self._children(item)}
        if list(held) == wanted:
            return
        for branch, child in held.items():
            if branch not in wanted:
                item.removeChild(child)
        for at, branch in enumerate(wanted):
            child = held.get(branch) or QTreeWidgetItem()
            if item.child(at) is child:
                continue
            opened = child.isExpanded()
            if branch in held:
                item.removeChild(child)
            else:
                self._fit(child, branch)
            item.insertChild(at, child)
            child.setExpanded(opened)
            if branch not in held:
                self._mark_openable(child, branch)

    def _fit(self, item: QTreeWidgetItem, branch: Branch) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if text_of(self.editor.case[branch.id]):
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
        item.setFlags(flags)
        item.setData(0, _BRANCH, branch)
        self._show(item, branch)

    def _show(self, item: QTreeWidgetItem, branch: Branch) -> None:
        row = row_of(self.editor.case, self.editor.verdicts, branch)
        if item.data(0, ROW_ROLE) != row:
            item.setData(0, ROW_ROLE, row)
            item.setData(0, Qt.ItemDataRole.EditRole, text_of(self.editor.case[branch.id]))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken(row))

    def _mark_openable(self, item: QTreeWidgetItem, branch: Branch) -> None:
        more = bool(branches(self.editor.case, self.editor.verdicts, branch.id)) and not self._repeats(item)
        policy = QTreeWidgetItem.ChildIndicatorPolicy
        item.setChildIndicatorPolicy(policy.ShowIndicator if more else policy.DontShowIndicator)

    def _repeats(self, item: QTreeWidgetItem) -> bool:
        entity, above = branch_of(item).id, item.parent()
        while above is not None:
            if branch_of(above).id == entity:
                return True
            above = above.parent()
        return False

    def _reveal(self, entity: Id) -> None:
        item = self.tree.invisibleRootItem()
        for each in way_to(self.editor.case, entity):
            below = [child for child in self._children(item) if branch_of(child).id == each]
            if not below:
                return
            item = below[0]
            if each != entity:
                self._fill(item)
                item.setExpanded(True)
        if item is not self.tree.invisibleRootItem():
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def _children(self, item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
        for at in range(item.childCount()):
            child = item.child(at)
            if child is not None:
                yield child

    def _filled(self) -> Iterator[QTreeWidgetItem]:
        waiting = [*self._children(self.tree.invisibleRootItem())]
        while waiting:
            item = waiting.pop(0)
            yield item
            waiting.extend(self._children(item))

    def _tell(self) -> None:
        if self._quiet:
            return
        items = self.tree.selectedItems()
        via = branch_of(items[0]).via if len(items) == 1 else None
        self.editor.select([branch_of(item).id for item in items], via)

    def _move(self, item: QTreeWidgetItem, onto: QTreeWidgetItem) -> None:
        self.moved.emit(branch_of(item), branch_of(onto).id)

    def _want_menu(self, point: object) -> None:
        ids = tuple(branch_of(item).id for item in self.tree.selectedItems())
        self.menu_wanted.emit(ids, self.tree.viewport().mapToGlobal(point))  # type: ignore[call-overload]


class _Tree(QTreeWidget):
    """A tree whose drops are told, never done: the case decides where a row stands."""

    dropped = Signal(object, object)

    @guarded
    def dropEvent(self, event: object) -> None:
        """Tell what was dropped on what."""
        onto = self.itemAt(event.position().toPoint())  # type: ignore[attr-defined]
        item = self.currentItem()
        event.setDropAction(Qt.DropAction.IgnoreAction)  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]
        if item is not None and onto is not None and item is not onto:
            self.dropped.emit(item, onto)


class _EditingDelegate(RowDelegate):
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


def branch_of(item: QTreeWidgetItem) -> Branch:
    """Return what an item of the tree shows."""
    held = item.data(0, _BRANCH)
    assert isinstance(held, Branch)
    return held
