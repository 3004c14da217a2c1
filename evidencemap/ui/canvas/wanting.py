"""The map as it says what a person wants: each wish is a signal, and none of them is an edit."""

from PySide6.QtCore import Qt, Signal

from evidencemap.layout.paths import Point
from evidencemap.layout.relations import hosts_of
from evidencemap.model.entities import Quantity, Step
from evidencemap.model.records import CLAIMS, Id
from evidencemap.ui.canvas import gestures
from evidencemap.ui.canvas.access import tell_focus
from evidencemap.ui.canvas.carrying import carry
from evidencemap.ui.canvas.sight import Sight


class Wanting(Sight):
    """What the hands and their gestures can say: that things are chosen, moved, linked or dragged out.

    `moved` tells the new places of nodes by id, in points from the top left of the map.
    """

    selected = Signal(object)
    moved = Signal(object)
    connect_wanted = Signal(object, object)
    warrant_wanted = Signal(object, object)
    undercut_wanted = Signal(object, object)
    edit_wanted = Signal(object)
    text_edited = Signal(object, str)
    add_wanted = Signal(object, float, float)
    menu_wanted = Signal(object, object)

    def choose(self, ids: tuple[Id, ...]) -> None:
        """Select these and say so."""
        self.shown.select(ids)
        tell_focus(self)
        self.selected.emit(tuple(ids))

    def hover_over(self, item: Id | None) -> None:
        """Mark what lies under the pointer."""
        self.shown.change(hover=item)

    def want_moved(self, places: dict[Id, Point]) -> None:
        """Say that nodes were moved."""
        self.moved.emit(places)

    def want_link(self, tails: tuple[Id, ...], head: Id, modifiers: Qt.KeyboardModifier) -> None:
        """Say that a link was drawn: to a step it is a warrant, an objection, or what would settle it."""
        if head not in self.scene.case_needed().of(Step):
            self.connect_wanted.emit(tails, head)
        elif modifiers & gestures.UNDERCUT:
            self.undercut_wanted.emit(head, tails[0])
        elif self.scene.case_needed().number(tails[0])[0] in CLAIMS + "E":
            self.warrant_wanted.emit(head, tails[0])
        else:
            self.connect_wanted.emit(tails, head)

    def carry_out(self, ids: tuple[Id, ...]) -> None:
        """Let nodes be dropped elsewhere, as text and as a picture."""
        carry(self, self.scene, self._theme, self.shown.marks, ids)

    def hung_under(self, node: Id) -> tuple[Id, ...]:
        """Return the quantities that lie under a node and move along with it."""
        case, box = self.scene.case_needed(), self.scene.box(node)
        found = []
        for user in case.users(node):
            quantity = case.of(Quantity).get(user)
            other = self.scene.box(user) if quantity is not None else None
            if quantity is None or other is None or box is None:
                continue
            if hosts_of(case, quantity)[0] == node and other.meets(box, 48.0):
                found.append(user)
        return tuple(found)
