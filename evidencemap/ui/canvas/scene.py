"""The arrays that mirror the case for painting: boxes and looks of nodes and lines. Nothing is drawn."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.cards import Card, card, nodes_of, sizes
from evidencemap.layout.geometry import positions_of
from evidencemap.layout.paths import Box, Point
from evidencemap.layout.routes import Line, Router, StepRoute
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Link, Placement, Quantity, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.references import targets
from evidencemap.ui.canvas.finder import Finder
from evidencemap.ui.canvas.looks import LOOKS, Look, is_unbacked, node_look, step_look

Array = NDArray[np.float64]

NODES = (Source, Evidence, Claim, Request, Quantity)
LINED = (Evidence, Request, Quantity, Link)
"""What owns lines that are no steps."""

Lined = Step | Evidence | Request | Quantity | Link

LONG = 2600.0
"""A line longer than this, in points, is very long."""

MANY = 1000
"""From so many lines that change at once, all are boxed and routed anew: that is faster."""

MARGIN = 60.0
"""How far a line may run outside the box of its ends and still be found by it."""


class Scene:
    """What the map shows of one case. `show` takes it whole; `refresh` only what an edit names.

    Nodes and lines have places in arrays; `boxes` holds left, top, right and bottom of each node in
    points. Cards and routes are made when first asked for and kept until something about them changes.
    """

    def __init__(self) -> None:
        self.ids: list[Id] = []
        self.index: dict[Id, int] = {}
        self.boxes: Array = np.empty((0, 4))
        self.looks: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)
        self.lined: list[Id] = []
        self.line_index: dict[Id, int] = {}
        self.line_boxes: Array = np.empty((0, 4))
        self.ends: Array = np.empty((0, 4))
        self.end_owner: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._tails: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._heads: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.line_looks: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)
        self.hidden: frozenset[Id] = frozenset()
        self.revision = 0
        self.lifted: frozenset[Id] = frozenset()
        self.lifted_lines: frozenset[Id] = frozenset()
        self.case: Case | None = None
        self.verdicts: Verdicts | None = None
        self._finder = Finder(self.boxes)
        self._line_finder = Finder(self.line_boxes)
        self._extent: tuple[int, tuple[float, float, float, float]] | None = None
        self._cards: dict[Id, Card] = {}
        self._lines: dict[Id, tuple[Line, ...]] = {}
        self._router: Router | None = None

    def show(self, case: Case, verdicts: Verdicts, hidden: frozenset[Id] = frozenset()) -> None:
        """Take a case whole."""
        self.case, self.verdicts, self.hidden = case, verdicts, hidden
        places = positions_of(case)
        nodes = [node for node in nodes_of(case) if node.id not in hidden]
        size = sizes(nodes)
        self.ids = [node.id for node in nodes]
        self.index = {node: at for at, node in enumerate(self.ids)}
        flat = chain.from_iterable((*places[node], *size[node]) for node in self.ids)
        self.boxes = np.fromiter(flat, dtype=np.float64, count=4 * len(nodes)).reshape(-1, 4)
        self.boxes[:, 2:] += self.boxes[:, :2]
        self.boxes = np.asfortranarray(self.boxes)
        self._finder = Finder(self.boxes)
        self._cards, self._lines = {}, {}
        self._router = self._new_router()
        self._look_at_nodes(self.ids)
        self._index_lines()
        self._changed()

    def refresh(self, case: Case, verdicts: Verdicts, ids: Collection[Id]) -> None:
        """Take what an edit changed: `ids` are the entities that it names and those with a new verdict.

        Nodes that come or go, or lines that do, index the arrays anew; nothing else is routed or set again.
        """
        before = self.case
        self.case, self.verdicts = case, verdicts
        if before is None or self._appears(before, case, ids):
            self.show(case, verdicts, self.hidden)
            return
        self._router_needed().case = case
        touched: set[Id] = set()
        for entity in ids:
            self._cards.pop(entity, None)
            placed = self._placed_node(entity)
            if placed is not None:
                node, at = placed
                self._put(node, at)
                touched.add(node)
            elif entity in self.index:
                self._resize(entity)
                touched.add(entity)
        touched_lines = {entity for entity in ids if entity in self.line_index}
        self._look_at_nodes([entity for entity in ids if entity in self.index])
        self._look_at_lines([entity for entity in ids if entity in self.line_index])
        self._forget_around(touched, touched_lines)
        self._changed()

    def move(self, places: Mapping[Id, Point]) -> None:
        """Show nodes elsewhere while a person drags them; the case is not changed."""
        for node, at in places.items():
            self._put(node, at)
        if places.keys() <= self.lifted:
            self._forget(self.lifted, self.lifted_lines)
            return
        self._forget_around(set(places), set())
        self.revision += 1

    def lift(self, nodes: Collection[Id]) -> None:
        """Take nodes and their lines out of the picture that lies still: a drag moves them above it.

        Lines that are not theirs but end beside theirs make room for each other when they are set down.
        """
        self.lifted = frozenset(nodes)
        self.lifted_lines = frozenset(self._lines_at(self.lifted))
        self.revision += 1

    def set_down(self) -> None:
        """Put what was lifted back into the picture, where it lies now."""
        if self.lifted:
            self._forget_around(set(self.lifted), set())
            self._changed()

    def lifted_places(self) -> NDArray[np.intp]:
        """Return the places, in the array of line owners, of those whose lines are lifted."""
        return np.array([self.line_index[each] for each in self.lifted_lines], dtype=np.intp)

    def has_lines(self, owner: Id) -> bool:
        """Say whether the lines of an entity are made already, so that asking for them costs nothing."""
        step = owner in self.case_needed().of(Step)
        return owner in self._lines and not (step and not self._router_needed().knows(owner))

    def make_lines(self, owner: Id) -> None:
        """Make the lines of an entity; of a step, its route too."""
        self.lines(owner)
        if owner in self.case_needed().of(Step):
            self.route(owner)

    def place(self, node: Id) -> Point:
        """Return the top left corner of a node."""
        x, y = self.boxes[self.index[node], :2].tolist()
        return (x, y)

    def box(self, node: Id) -> Box | None:
        """Return the box of a node that is shown."""
        at = self.index.get(node)
        if at is None:
            return None
        left, top, right, bottom = self.boxes[at].tolist()
        return Box(x=left, y=top, width=right - left, height=bottom - top)

    def card(self, node: Id) -> Card:
        """Return the card of a node."""
        if node not in self._cards:
            held = self.case_needed()[node]
            assert isinstance(held, NODES)
            self._cards[node] = card(self.case_needed(), held)
        return self._cards[node]

    def route(self, step: Id) -> StepRoute | None:
        """Return the route of a step."""
        return self._router_needed().step(step)

    def lines(self, owner: Id) -> tuple[Line, ...]:
        """Return the lines, no steps among them, that an entity owns."""
        if owner not in self._lines:
            self._lines[owner] = tuple(self._router_needed().lines(self.case_needed()[owner]))
        return self._lines[owner]

    def look(self, entity: Id) -> Look:
        """Return the look of a node or step."""
        if entity in self.index:
            return LOOKS[int(self.looks[self.index[entity]])]
        return LOOKS[int(self.line_looks[self.line_index[entity]])]

    def nodes_in(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return the places in the arrays of the nodes that meet a rectangle."""
        return self._finder.meeting(left, top, right, bottom)

    def lines_in(self, left: float, top: float, right: float, bottom: float) -> list[Id]:
        """Return the ids of the entities whose lines may meet a rectangle.

        A very long line is left out where neither of its ends is in the rectangle: it would only pass.
        """
        return [self.lined[at] for at in self._lines_meeting(left, top, right, bottom)]

    def count_lines_in(self, left: float, top: float, right: float, bottom: float) -> int:
        """Return how many entities have lines that may meet a rectangle."""
        return len(self._lines_meeting(left, top, right, bottom))

    def extent(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all nodes where they were last set down; zeros for none."""
        if not len(self.boxes):
            return (0.0, 0.0, 0.0, 0.0)
        if self._extent is None or self._extent[0] != self.revision:
            left, top = self.boxes[:, 0].min(), self.boxes[:, 1].min()
            right, bottom = self.boxes[:, 2].max(), self.boxes[:, 3].max()
            self._extent = (self.revision, (float(left), float(top), float(right), float(bottom)))
        return self._extent[1]

    def case_needed(self) -> Case:
        """Return the case that is shown. Nothing may be asked of a scene that shows none."""
        assert self.case is not None
        return self.case

    def _router_needed(self) -> Router:
        assert self._router is not None
        return self._router

    def _new_router(self) -> Router:
        unbacked: Callable[[Id], bool] = lambda step: is_unbacked(self._verdicts(), step)  # noqa: E731
        return Router(self.case_needed(), self.box, self._near, unbacked)

    def _verdicts(self) -> Verdicts:
        assert self.verdicts is not None
        return self.verdicts

    def _lines_meeting(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        found = self._line_finder.meeting(left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
        boxes = self.line_boxes[found]
        long = (boxes[:, 2] - boxes[:, 0] > LONG) | (boxes[:, 3] - boxes[:, 1] > LONG)
        if not long.any():
            return found
        seen = np.zeros(len(self.ids), dtype=bool)
        seen[self.nodes_in(left, top, right, bottom)] = True
        shown = np.zeros(len(self.lined), dtype=bool)
        shown[self.end_owner[seen[self._tails] | seen[self._heads]]] = True
        return found[~long | shown[found]]

    def _near(self, box: Box) -> list[Box]:
        found = self.boxes[self.nodes_in(box.x, box.y, box.right, box.bottom)]
        return [Box(x=a, y=b, width=c - a, height=d - b) for a, b, c, d in found.tolist()]

    def _appears(self, before: Case, after: Case, ids: Iterable[Id]) -> bool:
        for entity in ids:
            was, now = before.entities.get(entity), after.entities.get(entity)
            held = now if now is not None else was
            if (was is None) != (now is None) and isinstance(held, (*NODES, Step, Link)):
                return True
            lined = was is not None and now is not None and isinstance(held, (Step, *LINED))
            if lined and targets(was) != targets(now):  # type: ignore[arg-type]
                return True
        return False

    def _placed_node(self, entity: Id) -> tuple[Id, Point] | None:
        held = self.case_needed().entities.get(entity)
        if isinstance(held, Placement) and held.node in self.index:
            return held.node, (held.x, held.y)
        return None

    def _put(self, node: Id, at: Point) -> None:
        row = self.boxes[self.index[node]]
        width, height = row[2] - row[0], row[3] - row[1]
        row[:] = (at[0], at[1], at[0] + width, at[1] + height)
        self._finder.moved(self.index[node])

    def _resize(self, node: Id) -> None:
        held = self.case_needed()[node]
        assert isinstance(held, NODES)
        width, height = sizes([held])[node]
        row = self.boxes[self.index[node]]
        row[2:] = (row[0] + width, row[1] + height)
        self._finder.moved(self.index[node])

    def _look_at_nodes(self, ids: Iterable[Id]) -> None:
        if len(self.looks) != len(self.ids):
            self.looks = np.zeros(len(self.ids), dtype=np.uint8)
        case, verdicts = self.case_needed(), self._verdicts()
        for node in ids:
            self.looks[self.index[node]] = _PLACE_OF_LOOK[id(node_look(case, verdicts, node))]

    def _look_at_lines(self, ids: Iterable[Id]) -> None:
        steps, verdicts = self.case_needed().of(Step), self._verdicts()
        for line in ids:
            look = step_look(verdicts, line) if line in steps else None
            place = _PLACE_OF_LOOK[id(look)] if look is not None else self._owner_look(line)
            self.line_looks[self.line_index[line]] = place

    def _owner_look(self, owner: Id) -> int:
        at = self.index.get(owner)
        return int(self.looks[at]) if at is not None else len(LOOKS) - 1

    def _index_lines(self) -> None:
        case = self.case_needed()
        self.lined = []
        ends: list[tuple[int, int, int]] = []
        kinds: tuple[type[Lined], ...] = (Step, *LINED)
        for kind in kinds:
            for entity in case.of(kind).values():
                pairs = _pairs(entity, self.index, case.of(Step))
                if pairs:
                    place = len(self.lined)
                    self.lined.append(entity.id)
                    ends.extend((place, tail, head) for tail, head in pairs)
        self.line_index = {line: at for at, line in enumerate(self.lined)}
        held = np.array(ends, dtype=np.int64).reshape(-1, 3)
        self.end_owner, self._tails, self._heads = held[:, 0], held[:, 1], held[:, 2]
        self.line_looks = np.zeros(len(self.lined), dtype=np.uint8)
        self._look_at_lines(self.lined)
        self._box_lines()

    def _box_lines(self) -> None:
        tails, heads = self.boxes[self._tails], self.boxes[self._heads]
        self.ends = _ends(tails, heads)
        count = len(self.lined)
        boxes = np.column_stack((np.full((count, 2), np.inf), np.full((count, 2), -np.inf)))
        self.line_boxes = np.asfortranarray(boxes)
        for axis in (0, 1):
            low = np.minimum(tails[:, axis], heads[:, axis])
            high = np.maximum(tails[:, axis + 2], heads[:, axis + 2])
            np.minimum.at(self.line_boxes[:, axis], self.end_owner, low)
            np.maximum.at(self.line_boxes[:, axis + 2], self.end_owner, high)
        self._line_finder = Finder(self.line_boxes)

    def _changed(self) -> None:
        self.lifted = self.lifted_lines = frozenset()
        self.revision += 1

    def _lines_at(self, nodes: Iterable[Id]) -> set[Id]:
        """Return what owns a line that ends at one of these nodes, or at a step that does."""
        case = self.case_needed()
        owners: set[Id] = set()
        for node in nodes:
            owners |= {user for user in case.users(node) if user in self.line_index}
            if node in self.line_index:
                owners.add(node)
        steps = case.of(Step)
        for owner in [each for each in owners if each in steps]:
            owners |= {user for user in case.users(owner) if user in self.line_index}
        return owners

    def _ends_of(self, owners: Iterable[Id]) -> set[Id]:
        case = self.case_needed()
        return {end for owner in owners for end in (owner, *targets(case[owner])) if end in self.index}

    def _forget_around(self, nodes: set[Id], lines: set[Id]) -> None:
        case = self.case_needed()
        owners = lines | self._lines_at(nodes)
        around = nodes | self._ends_of(owners)
        owners |= {user for end in around for user in case.users(end) if user in self.line_index}
        for owner in list(owners):
            owners |= {user for user in case.users(owner) if user in self.line_index}
        self._forget(around, owners)

    def _forget(self, around: Iterable[Id], owners: Collection[Id]) -> None:
        if len(owners) > MANY:
            self._router = self._new_router()
            self._lines = {}
            self._box_lines()
            return
        self._router_needed().forget(around, owners)
        for owner in owners:
            self._lines.pop(owner, None)
            if owner in self.line_index:
                self._rebox(self.line_index[owner])

    def _rebox(self, owner: int) -> None:
        first, last = np.searchsorted(self.end_owner, (owner, owner + 1))
        tails, heads = self.boxes[self._tails[first:last]], self.boxes[self._heads[first:last]]
        self.ends[first:last] = _ends(tails, heads)
        both = np.concatenate((tails, heads))
        self.line_boxes[owner, :2] = both[:, :2].min(axis=0)
        self.line_boxes[owner, 2:] = both[:, 2:].max(axis=0)
        self._line_finder.moved(owner)


_PLACE_OF_LOOK = {id(look): place for place, look in enumerate(LOOKS)}


def _ends(tails: Array, heads: Array) -> Array:
    return np.column_stack(
        (tails[:, 2], (tails[:, 1] + tails[:, 3]) / 2, heads[:, 0], (heads[:, 1] + heads[:, 3]) / 2)
    )


def _pairs(entity: Lined, index: Mapping[Id, int], steps: Mapping[Id, Step]) -> list[tuple[int, int]]:
    """Return the ends of the lines that an entity owns, as places in the array of nodes."""
    pairs: list[tuple[Id, Id]] = []
    if isinstance(entity, Step):
        extra = (*(() if entity.warrant is None else (entity.warrant,)), *entity.undercut_by)
        pairs = [(tail, entity.conclusion) for tail in (*entity.premises, *extra)]
    elif isinstance(entity, Evidence):
        tails = (*entity.sources, *entity.copied_from, *(each.by for each in entity.undercut_by))
        pairs = [(tail, entity.id) for tail in tails]
    elif isinstance(entity, Request):
        heads = (steps[head].conclusion if head in steps else head for head in entity.settles)
        pairs = [(entity.id, head) for head in heads]
        pairs += [(tail, entity.id) for tail in entity.answered_by]
    elif isinstance(entity, Quantity):
        pairs = [(entity.id, head) for head in entity.stated_in]
    elif isinstance(entity, Link):
        pairs = [(entity.between[0], entity.between[-1])]
    return [(index[tail], index[head]) for tail, head in pairs if tail in index and head in index]
