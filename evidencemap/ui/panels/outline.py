"""The outline: the case as a tree from its conclusions down, an editor as able as the map."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from evidencemap.model.entities import Claim, Evidence, Request
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.editor import Editor
from evidencemap.ui.glosses import glossed
from evidencemap.ui.guarded import guarded
from evidencemap.ui.panels.branches import Branch, Upward, branches, row_of, way_to
from evidencemap.ui.panels.lanes import LANES, claims_in, is_lane, lane_row, leading_to, tops
from evidencemap.ui.panels.later import Later
from evidencemap.ui.panels.only import OnlyBar
from evidencemap.ui.panels.outlinerow import (
    EditingDelegate,
    branch_of,
    children_of,
    is_filled,
    item_of,
    mark_filled,
    repeats,
    show_row,
)
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.panels.tree import DroppingTree, way_down
from evidencemap.ui.rows import NARROW, ROW_ROLE, Weight, lines_in
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import text_of

_OPEN_LEVELS = 1


class Outline(Pane):
    """Shows headlines and asks, and beneath each what it is made of and what it rests on.

    What the parties agree on and what is in dispute stand in lanes of their own, once that is said.
    """

    reworded = Signal(str, str)
    lane_wanted = Signal(str, object)
    moved = Signal(object, str)
    menu_wanted = Signal(object, object)
    help_page = "outline"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Outline"), parent)
        self.tree = DroppingTree(self)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setAccessibleName(_("Outline"))
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._want_menu)
        self.rows = EditingDelegate(self.tree)
        self.rows.reworded.connect(self.reworded)
        self.tree.setItemDelegate(self.rows)
        self.tree.itemExpanded.connect(self._fill)
        self.tree.itemSelectionChanged.connect(self._tell)
        self.tree.dropped.connect(self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.only = OnlyBar(self)
        self.only.all_wanted.connect(self.all_wanted)
        column.addWidget(self.only)
        column.addWidget(self.tree)
        self.setFocusProxy(self.tree)
        self._later = Later(self, self._renew)
        self._upward = Upward()
        self._tops: dict[Branch, QTreeWidgetItem] = {}
        self._opened: list[QTreeWidgetItem] = []
        self._quiet = False
        self._only: frozenset[Id] | None = None
        self._kept: frozenset[Id] = frozenset()
        self._name = ""

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.rows.theme = theme
        self.tree.show_theme(theme)
        self._fit_lines()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each row more lines where the text is large beside the width."""
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        lines = lines_in(self.tree, NARROW)
        if lines != self.rows.lines:
            self.rows.lines = lines
            self.tree.scheduleDelayedItemsLayout()

    def show_case(self) -> None:
        """Show the tree from its roots, the first levels open."""
        self._quiet = True
        self._later.forget()
        self.tree.clear()
        self._tops, self._opened = {}, []
        self._count_hidden()
        self._sync_tops()
        for at in range(min(self.tree.topLevelItemCount(), 12)):
            item = self.tree.topLevelItem(at)
            if item is not None:
                deep = at == 0 or is_lane(branch_of(item)) or self._only is not None
                self._open(item, _OPEN_LEVELS if deep else 0)
        self._quiet = False
        self.select(self.editor.selection)

    def refresh(self, ids: Collection[Id]) -> None:
        """Show what an edit changed, what is open staying open."""
        self._quiet = True
        self._later.forget()
        self._count_hidden()
        self._sync_tops(ids)
        self._later.do(self._from_sight())
        self._quiet = False
        self.select(self.editor.selection)

    def _sync_tops(self, ids: Collection[Id] | None = None) -> None:
        case = self.editor.case
        wanted = self._shown(tops(case, self._upward.of(case, ids)))
        self._tops = self._sync(self.tree.invisibleRootItem(), self._tops, wanted)

    def select(self, ids: Collection[Id]) -> None:
        """Select the rows of what is selected, opening the way to the first of them."""
        if {branch_of(item).id for item in self.tree.selectedItems()} == set(ids):
            return
        self._quiet = True
        self.tree.clearSelection()
        found = self._rows_of(ids)
        for item in found[:1] if len(ids) == 1 else found:
            item.setSelected(True)
        if found:
            self.tree.setCurrentItem(found[0])
            self.tree.scrollToItem(found[0])
        elif ids:
            self._reveal(next(iter(ids)))
        self._quiet = False

    @property
    def selected(self) -> tuple[Id, ...]:
        """What the selected rows show."""
        rows = [branch_of(item) for item in self.tree.selectedItems()]
        return tuple(dict.fromkeys(each.id for each in rows if not is_lane(each)))

    def edit_selected(self) -> None:
        """Begin to edit the text of the current row in place."""
        item = self.tree.currentItem()
        if item is not None:
            self.tree.editItem(item, 0)

    def show_only(self, ids: Collection[Id] | None, name: str = "") -> None:
        """Hide all but one person's things and what rests on them; None hides nothing."""
        wanted = None if ids is None else frozenset(ids)
        if wanted != self._only or name != self._name:
            self._only, self._name = wanted, name
            self.show_case()

    def _count_hidden(self) -> None:
        case = self.editor.case
        self._kept = frozenset() if self._only is None else leading_to(case, self._only)
        hidden = 0
        if self._only is not None:
            rows = (*case.of(Claim), *case.of(Evidence), *case.of(Request))
            hidden = sum(each not in self._kept for each in rows)
        self.only.tell(self._name, hidden)

    def _beneath(self, branch: Branch) -> list[Branch]:
        case = self.editor.case
        if is_lane(branch):
            return self._shown([Branch(id=each.id) for each in claims_in(case, branch.role)])
        if branch.id not in case:
            return []
        return self._shown(branches(case, self.editor.verdicts, branch.id))

    def _shown(self, found: list[Branch]) -> list[Branch]:
        """Return the rows that one person's things leave: those, and what rests on them; else all."""
        if self._only is None:
            return found
        return [each for each in found if each.id in self._kept or (is_lane(each) and self._beneath(each))]

    def _open(self, item: QTreeWidgetItem, levels: int) -> None:
        self._fill(item)
        item.setExpanded(True)
        if levels > 0:
            for child in children_of(item):
                self._open(child, levels - 1)

    def _fill(self, item: QTreeWidgetItem) -> None:
        if not is_filled(item):
            mark_filled(item)
            self._opened.append(item)
            self._sync(item, {}, self._beneath(branch_of(item)))

    def _from_sight(self) -> list[QTreeWidgetItem]:
        """Return the rows at the top of the tree, those in sight first."""
        rows = list(self._tops.values())
        first = self.tree.itemAt(1, 1)
        while first is not None and first.parent() is not None:
            first = first.parent()
        at = 0 if first is None else max(0, self.tree.indexOfTopLevelItem(first))
        return rows[at:] + rows[:at]

    def _renew(self, item: QTreeWidgetItem) -> None:
        """Show a row and all that is open beneath it as they are now."""
        waiting = [item]
        while waiting:
            each = waiting.pop()
            branch = branch_of(each)
            if branch.id not in self.editor.case and not is_lane(branch):
                continue  # its row goes once this pane follows the edit
            if is_filled(each):
                held = {branch_of(child): child for child in children_of(each)}
                waiting.extend(self._sync(each, held, self._beneath(branch)).values())
            else:
                self._mark_openable(each, branch)
            self._show(each, branch)

    def _sync(
        self, item: QTreeWidgetItem, held: dict[Branch, QTreeWidgetItem], wanted: list[Branch]
    ) -> dict[Branch, QTreeWidgetItem]:
        """Give a row, beneath which `held` stand, the rows that are wanted; return those, in their order."""
        new = {branch: item_of(branch) for branch in wanted if branch not in held}
        rows = {branch: held.get(branch) or new[branch] for branch in wanted}
        if not held:
            item.addChildren(list(new.values()))
        elif list(held) != list(rows):
            for branch in held.keys() - rows.keys():
                item.removeChild(held[branch])
            in_order = [each for each in held if each in rows] == [each for each in rows if each in held]
            for at, (branch, row) in enumerate(rows.items()):
                if branch in new:
                    item.insertChild(at, row)
                elif not in_order and item.child(at) is not row:
                    opened = row.isExpanded()
                    item.removeChild(row)
                    item.insertChild(at, row)
                    row.setExpanded(opened)
        self._later.do(new.values())
        return rows

    def _show(self, item: QTreeWidgetItem, branch: Branch) -> None:
        case = self.editor.case
        lane = is_lane(branch)
        row = lane_row(case, branch.role) if lane else row_of(case, self.editor.verdicts, branch)
        if self._only is not None and not lane and branch.id not in self._only:
            row = replace(row, weight=Weight.MUTED)
        row = row if lane else glossed(case, row)
        if item.data(0, ROW_ROLE) != row:
            show_row(item, row, text_of(case[branch.id]), lane=lane)

    def _mark_openable(self, item: QTreeWidgetItem, branch: Branch) -> None:
        more = bool(self._beneath(branch)) and not repeats(item)
        policy = QTreeWidgetItem.ChildIndicatorPolicy
        item.setChildIndicatorPolicy(policy.ShowIndicator if more else policy.DontShowIndicator)

    def _reveal(self, entity: Id) -> None:
        item = self.tree.invisibleRootItem()
        for each in way_to(self.editor.case, entity):
            at_top = item is self.tree.invisibleRootItem()
            below = [*self._in_lanes(), *self._top(each)] if at_top else children_of(item)
            found = [row for row in below if branch_of(row).id == each]
            if not found:
                return
            item = found[0]
            if each != entity:
                self._fill(item)
                item.setExpanded(True)
        if item is not self.tree.invisibleRootItem():
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def _top(self, entity: Id) -> list[QTreeWidgetItem]:
        """Return the row at the top of the tree that shows an entity, if there is one."""
        row = self._tops.get(Branch(id=entity))
        return [] if row is None else [row]

    def _in_lanes(self) -> Iterator[QTreeWidgetItem]:
        """Yield what stands in the lanes, which are the first rows."""
        for branch, row in [*islice(self._tops.items(), len(LANES))]:
            if is_lane(branch):
                self._fill(row)
                yield from children_of(row)

    def _rows_of(self, ids: Collection[Id]) -> list[QTreeWidgetItem]:
        """Return the rows that are made and show one of these: the outermost first, and from the top."""
        wanted = set(ids)
        found = [row for each in wanted for row in self._top(each)]
        self._opened = [row for row in self._opened if isValid(row) and row.treeWidget() is not None]
        beneath = (child for row in self._opened for child in children_of(row))
        found += [row for row in beneath if branch_of(row).id in wanted]
        return sorted(found, key=way_down)

    def _tell(self) -> None:
        if self._quiet:
            return
        items = [each for each in self.tree.selectedItems() if not is_lane(branch_of(each))]
        via = branch_of(items[0]).via if len(items) == 1 else None
        self.editor.select([branch_of(item).id for item in items], via)

    def _move(self, item: QTreeWidgetItem, onto: QTreeWidgetItem) -> None:
        branch, target = branch_of(item), branch_of(onto)
        if is_lane(target) and branch.id in self.editor.case.of(Claim):
            self.lane_wanted.emit(branch.id, LANES[target.role])
        elif not is_lane(branch) and not is_lane(target):
            self.moved.emit(branch, target.id)

    def _want_menu(self, point: object) -> None:
        ids = self.selected
        self.menu_wanted.emit(ids, self.tree.viewport().mapToGlobal(point))  # type: ignore[call-overload]
