"""The map for who hears it: a tree with one item for each node and step, as the system's readers ask."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.spoken import name_of
from evidencemap.ui.guarded import guarded

if TYPE_CHECKING:
    from evidencemap.ui.canvas.view import MapView

_NOTHING: Any = None
"""What Qt takes for no interface, where its typed signature admits none."""

_LIVING: dict[int, "MapTree"] = {}


class MapItem(QAccessibleInterface):
    """One node or step, as a tree item; holds the id and asks the map for the rest."""

    def __init__(self, tree: "MapTree", view: "MapView", item: Id) -> None:
        super().__init__()
        self._tree = tree
        self._view = view
        self._item = item

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
        return name_of(scene.case_needed(), scene.verdicts, self._item, self._view.findings_on(self._item))

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
        return state


class MapTree(QAccessibleWidget):
    """The map as a tree of its nodes, then its steps, by visible number. Keeps its items: Qt does not."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view, QAccessible.Role.Tree)
        self._view = view
        self._items: dict[Id, MapItem] = {}

    @guarded(default=0)
    def childCount(self) -> int:
        """Return how many nodes and steps there are."""
        return len(self._order())

    @guarded(default=_NOTHING)
    def child(self, index: int) -> QAccessibleInterface:
        """Return a node or step by its place."""
        order = self._order()
        return self.item(order[index]) if 0 <= index < len(order) else _NOTHING

    @guarded(default=-1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of a node or step."""
        for place, item in enumerate(self._order()):
            if self._items.get(item) is child:
                return place
        return -1

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

    def _order(self) -> list[Id]:
        case = self._view.scene.case
        if case is None:
            return []
        return [*self._view.scene.ids, *(step.id for step in case.sorted(Step))]


def install() -> None:
    """Let Qt find the tree of every map. Called once, before the first map is made; again does nothing."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_make)


def announce(widget: QWidget, text: str) -> None:
    """Say a text through the system's screen reader, where one listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


_INSTALLED: list[bool] = []


@guarded(default=_NOTHING)
def _make(name: str, widget: QObject | None) -> QAccessibleInterface:
    from evidencemap.ui.canvas.view import MapView

    if not isinstance(widget, MapView):
        return _NOTHING  # type: ignore[no-any-return]
    key = id(widget)
    if key not in _LIVING:
        _LIVING[key] = MapTree(widget)
        widget.destroyed.connect(lambda: _LIVING.pop(key, None))
    return _LIVING[key]
