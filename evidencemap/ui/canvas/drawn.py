"""What is made of a case for painting when it is first seen, and kept until it changes: cards and lines."""

from collections.abc import Callable, Iterable

from evidencemap.layout.cards import Card, card
from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Box
from evidencemap.layout.routes import Line, Router, StepRoute
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.edited import NODES


class Drawn:
    """The cards, lines and routes of one case."""

    def __init__(
        self,
        case: Case,
        box: Callable[[Id], Box | None],
        near: Callable[[Box], list[Box]],
        unbacked: Callable[[Id], bool],
        direction: Direction,
    ) -> None:
        self._case = case
        self._cards: dict[Id, Card] = {}
        self._lines: dict[Id, tuple[Line, ...]] = {}
        self._router = Router(case, box, near, unbacked, direction)

    def follow(self, case: Case) -> None:
        """Take the case after an edit; what the edit touched is to be forgotten by its name."""
        self._case = self._router.case = case

    def card(self, node: Id) -> Card:
        """Return the card of a node."""
        if node not in self._cards:
            held = self._case[node]
            assert isinstance(held, NODES)
            self._cards[node] = card(self._case, held)
        return self._cards[node]

    def route(self, step: Id) -> StepRoute | None:
        """Return the route of a step."""
        return self._router.step(step)

    def lines(self, owner: Id) -> tuple[Line, ...]:
        """Return the lines, no steps among them, that an entity owns."""
        if owner not in self._lines:
            self._lines[owner] = tuple(self._router.lines(self._case[owner]))
        return self._lines[owner]

    def has_lines(self, owner: Id) -> bool:
        """Say whether the lines of an entity are made already, so that asking for them costs nothing."""
        step = owner in self._case.of(Step)
        return owner in self._lines and not (step and not self._router.knows(owner))

    def make_lines(self, owner: Id) -> None:
        """Make the lines of an entity; of a step, its route too."""
        self.lines(owner)
        if owner in self._case.of(Step):
            self.route(owner)

    def forget_card(self, node: Id) -> None:
        """Make the card of a node anew when it is next seen."""
        self._cards.pop(node, None)

    def forget_lines(self, around: Iterable[Id], owners: Iterable[Id]) -> None:
        """Make the lines of these owners, and their places at these nodes, anew when next seen."""
        self._router.forget(around, owners)
        for owner in owners:
            self._lines.pop(owner, None)
