"""The map for who hears it: a tree with one item for each node and step, as the system's readers ask."""

from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from evidencemap.layout.cards import nodes_of
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.canvas.hits import can_fold, item_at
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.sight import Sight
from evidencemap.ui.canvas.spoken import name_of
from evidencemap.ui.guarded import guarded

_NOTHING: Any = None
"""What Qt takes for no interface, where its typed signature admits none."""

_LIVING: dict[int, "MapTree"] = {}


class MapItem(QAccessibleInterface):
    """One node or step, as a tree item; holds the id and asks the map for the rest."""

    def __init__(self, tree: "MapTree", view: Sight, item: Id) -> None:
        super().__init__()
        self._tree = tree
        self._view = view
        self._item = item

    @property
    def item(self) -> Id:
        """Return the id of the node or step."""
        return self._item

    @guarded(default=False)
    def isValid(self) -> bool:
        """Say whether the item is still there."""
        case = self._view.scene.case
        return case is not None and self._item in case

    @guarded(default=_NOTHING)
    def object(self) -> QObject:
        """Return nothing: an item has no object of its own."""
        return _NOTHING  # type: ignore[no-any-return]

    @guarded(default=_NOTHING)
    def parent(self) -> QAccessibleInterface:
        """Return the tree."""
        return self._tree

    @guarded(default=_NOTHING)
    def child(self, index: int) -> QAccessibleInterface:
        """Return nothing: items stand side by side."""
        return _NOTHING  # type: ignore[no-any-return]

    @guarded(default=0)
    def childCount(self) -> int:
        """Return how many items lie within: none."""
        return 0

    @guarded(default=-1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return where an item lies within: nowhere."""
        return -1

    @guarded(default=_NOTHING)
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return what lies within at a point of the screen: nothing."""
        return _NOTHING  # type: ignore[no-any-return]

    @guarded(default="")
    def text(self, what: QAccessible.Text) -> str:
        """Return the name."""
        scene = self._view.scene
        if what is not QAccessible.Text.Name or scene.verdicts is None or not self.isValid():
            return ""
        marks = self._view.shown.marks
        name = name_of(scene.case_needed(), scene.verdicts, self._item, self._view.findings_on(self._item))
        if self._item in marks.collapsed:
            count = marks.collapsed[self._item]
            name += " " + several(
                "Collapsed: {count} card is hidden.", "Collapsed: {count} cards are hidden.", count
            )
        if self._item in marks.hits:
            name += " " + _("Found by the search.")
        return name

    @guarded
    def setText(self, what: QAccessible.Text, text: str) -> None:
        """Change nothing: text is edited through the map's own editor."""

    @guarded(default=QRect())
    def rect(self) -> QRect:
        """Return where it is seen, in pixels of the screen."""
        return self._view.screen_box(self._item)

    @guarded(default=QAccessible.Role.TreeItem)
    def role(self) -> QAccessible.Role:
        """Return that it is an item of a tree."""
        return QAccessible.Role.TreeItem

    @guarded(default=QAccessible.State())
    def state(self) -> QAccessible.State:
        """Return whether it is selected and has the keyboard."""
        state = QAccessible.State()
        state.selectable = 1
        state.focusable = 1
        state.selected = int(self._item in self._view.selection)
        current = self._view.hasFocus() and self._view.shown.current == self._item
        state.focused = int(current)
        scene = self._view.scene
        if scene.case is not None and can_fold(scene, self._item):
            folded = self._item in self._view.shown.marks.collapsed
            state.expandable = 1
            state.collapsed, state.expanded = int(folded), int(not folded)
        seen = self._view.mapToGlobal(self._view.rect().topLeft()), self._view.size()
        state.offscreen = int(not QRect(*seen).intersects(self.rect()))
        return state


class MapTree(QAccessibleWidget):
    """The map as a tree of its nodes, then its steps, by visible number. Keeps its items: Qt does not."""

    def __init__(self, view: Sight) -> None:
        super().__init__(view, QAccessible.Role.Tree)
        self._view = view
        self._items: dict[Id, MapItem] = {}
        self._children: list[Id] = []
        self._places: dict[Id, int] = {}
        self._of: tuple[int, int] = (0, -1)

    @guarded(default=0)
    def childCount(self) -> int:
        """Return how many nodes and steps there are, and one more while text is typed over a card."""
        return len(self._order()) + self._view.inplace.isVisible()

    @guarded(default=_NOTHING)
    def child(self, index: int) -> QAccessibleInterface:
        """Return a node or step by its place."""
        order = self._order()
        if index == len(order) and self._view.inplace.isVisible():
            return QAccessible.queryAccessibleInterface(self._view.inplace)
        return self.item(order[index]) if 0 <= index < len(order) else _NOTHING

    @guarded(default=_NOTHING)
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the node or step that is seen at a point of the screen."""
        at = self._view.mapFromGlobal(QPoint(x, y))
        if self._view.scene.case is None or not self._view.rect().contains(at):
            return _NOTHING  # type: ignore[no-any-return]
        point = self._view.camera.to_map(QPointF(at))
        found = item_at(self._view.scene, point.x(), point.y(), self._view.camera.zoom)
        return _NOTHING if found is None else self.item(found)

    @guarded(default=-1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a node or step."""
        if isinstance(child, MapItem):
            return self.place(child.item)
        return len(self._order()) if child.object() is self._view.inplace else -1

    @guarded(default=_NOTHING)
    def focusChild(self) -> QAccessibleInterface:
        """Return the item that has the keyboard."""
        current = self._view.shown.current
        return _NOTHING if current is None or not self._view.hasFocus() else self.item(current)

    def item(self, item: Id) -> MapItem:
        """Return the interface of a node or step, the same each time."""
        if item not in self._items:
            self._items[item] = MapItem(self, self._view, item)
        return self._items[item]

    def place(self, item: Id) -> int:
        """Return the place of a node or step among the children; -1 for what is not shown."""
        self._order()
        return self._places.get(item, -1)

    def _order(self) -> list[Id]:
        """Return nodes, then steps, by kind and visible number; worked out once for each state of the map."""
        scene = self._view.scene
        if self._of != (id(scene), scene.revision):
            self._of = (id(scene), scene.revision)
            self._children = [] if scene.case is None else _in_order(scene, scene.case)
            self._places = {item: at for at, item in enumerate(self._children)}
        return self._children


def _in_order(scene: Scene, case: Case) -> list[Id]:
    nodes = [node.id for node in nodes_of(case) if node.id in scene.index]
    return [*nodes, *(step.id for step in case.sorted(Step) if step.id in scene.ends.index)]


def install() -> None:
    """Let Qt find the tree of every map. Called once, before the first map is made; again does nothing."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_make)


def tell_focus(view: Sight) -> None:
    """Tell the system's screen reader, where one listens, which item has the keyboard now."""
    current = view.shown.current
    if not QAccessible.isActive() or current is None or not view.hasFocus():
        return
    tree = QAccessible.queryAccessibleInterface(view)
    place = tree.place(current) if isinstance(tree, MapTree) else -1
    if place >= 0:
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(place)
        QAccessible.updateAccessibility(event)


_INSTALLED: list[bool] = []


@guarded(default=_NOTHING)
def _make(name: str, widget: QObject | None) -> QAccessibleInterface:
    if not isinstance(widget, Sight):
        return _NOTHING  # type: ignore[no-any-return]
    key = id(widget)
    if key not in _LIVING:
        _LIVING[key] = MapTree(widget)
        widget.destroyed.connect(lambda: _LIVING.pop(key, None))
    return _LIVING[key]
