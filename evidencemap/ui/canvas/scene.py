"""The arrays that mirror the case for painting: boxes and looks of nodes and lines. Nothing is drawn."""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.cards import Card, nodes_of, sizes
from evidencemap.layout.direction import Direction
from evidencemap.layout.insert import joined
from evidencemap.layout.paths import Box, Point
from evidencemap.layout.routes import Line, StepRoute
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Placement
from evidencemap.ui.canvas.around import beside, lines_at
from evidencemap.ui.canvas.drawn import Drawn
from evidencemap.ui.canvas.edited import LINED, Edited
from evidencemap.ui.canvas.ends import FREE, Ends
from evidencemap.ui.canvas.finder import Finder
from evidencemap.ui.canvas.looks import LOOKS, Look, is_unbacked, node_look, step_look
from evidencemap.ui.canvas.lying import lying, placed_at
from evidencemap.ui.canvas.rooms import NOWHERE, Rooms, is_loose

Array = NDArray[np.float64]

MANY = 1000
"""From so many lines that change at once, all are boxed and routed anew: that is faster."""

LAID_OUT, BOXED, COLOURED, LISTED = 0.66, 0.72, 0.77, 0.88
"""The share of the work on a whole case that is done after each of its parts."""


class Scene:
    """What the map shows of one case. `show` takes it whole; `refresh` only what an edit names.

    Nodes and lines have places in arrays; `boxes` holds left, top, right and bottom of each node in
    points. A place that was freed has an empty id and a box nowhere. Cards and routes are made when first
    asked for and kept until something about them changes.
    """

    def __init__(self, direction: Direction = Direction.RIGHT) -> None:
        self.direction = direction
        self.ids: list[Id] = []
        self.index: dict[Id, int] = {}
        self.boxes: Array = np.empty((0, 4))
        self.looks: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)
        self.ends = Ends()
        self.hidden: frozenset[Id] = frozenset()
        self.homes: Array = np.empty((0, 2))
        self.revision = 0
        self._away: dict[Id, Point] = {}
        self.lifted: frozenset[Id] = frozenset()
        self.lifted_lines: frozenset[Id] = frozenset()
        self.case: Case | None = None
        self.verdicts: Verdicts | None = None
        self._finder = Finder(self.boxes)
        self._rooms = Rooms()
        self._extent: tuple[int, tuple[float, float, float, float]] | None = None
        self._drawn: Drawn | None = None

    def show(
        self,
        case: Case,
        verdicts: Verdicts,
        hidden: frozenset[Id] = frozenset(),
        known: Mapping[Id, Point] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Take a case whole. What nobody placed lies where it is `known` to lie, else where the layout says.

        Needs no window and may take seconds, so it may run beside it; `progress` hears how far it is.
        """
        self.case, self.verdicts, self.hidden = case, verdicts, hidden
        hear = progress or (lambda share: None)
        homes = {} if known is None else {**known, **self._corners(self.homes)}
        places = lying(case, known, self.direction, lambda share: hear(LAID_OUT * share))
        nodes = [node for node in nodes_of(case) if node.id not in hidden]
        self._away = {node: places[node] for node in hidden if node in places}
        size = sizes(nodes)
        self.ids = [node.id for node in nodes]
        self.index = {node: at for at, node in enumerate(self.ids)}
        flat = chain.from_iterable((*places[node], *size[node]) for node in self.ids)
        boxes = np.fromiter(flat, dtype=np.float64, count=4 * len(nodes)).reshape(-1, 4)
        boxes[:, 2:] += boxes[:, :2]
        self.homes = boxes[:, :2].copy()
        for node, at in homes.items():
            if node in self.index:
                self.homes[self.index[node]] = at
        self.boxes = np.asfortranarray(boxes)
        self._finder = Finder(self.boxes)
        self._drawn = self._new_drawn()
        self.looks = np.zeros(len(self.ids), dtype=np.uint8)
        hear(BOXED)
        self._look_at_nodes(self.ids)
        hear(COLOURED)
        self._list_lines()
        hear(LISTED)
        self._index_lines()
        self._changed()
        hear(1.0)

    def refresh(self, case: Case, verdicts: Verdicts, ids: Collection[Id]) -> None:
        """Take what an edit changed: `ids` are the entities that it names and those with a new verdict.

        What comes is put beside the rest and what goes is taken out; nothing else is placed, sized,
        routed or set again.
        """
        before = self.case
        if before is None:
            self.show(case, verdicts)
            return
        edited = Edited(before, case, ids, self.index, self.hidden)
        if len(edited.gone) + len(edited.come) > MANY:
            self.show(case, verdicts, self.hidden, self.places())
            return
        self.case, self.verdicts = case, verdicts
        self._drawn_needed().follow(case)
        if edited.gone or edited.come:
            self._change_nodes(edited.gone, edited.come)
        if edited.lines or edited.gone or edited.come:
            self._change_lines(edited.lines)
            self._close_up()
        touched: set[Id] = {end for end in edited.ends if end in self.index} | set(edited.come)
        moved: dict[Id, Point] = {}
        for entity in ids:
            self._drawn_needed().forget_card(entity)
            put = self._moved_by(before, entity)
            if put is not None:
                moved[put[0]] = put[1]
            elif entity in self.index:
                self._resize(entity)
                touched.add(entity)
        self._put(moved)
        touched.update(moved)
        touched_lines = {entity for entity in (*ids, *edited.lines) if entity in self.ends.index}
        self._look_at_nodes([entity for entity in ids if entity in self.index])
        self._look_at_lines(touched_lines)
        self._forget_around(touched, touched_lines)
        self._changed()

    def hide(self, hidden: frozenset[Id]) -> None:
        """Show all but these: what a person collapsed. Nothing moves."""
        if self.case is not None and self.verdicts is not None and hidden != self.hidden:
            self.show(self.case, self.verdicts, hidden, self.places())

    def places(self) -> dict[Id, Point]:
        """Return where every node lies that is shown or hidden, dragged ones where they are now."""
        return {**self._away, **self._corners(self.boxes)}

    def homes_of_all(self) -> dict[Id, Point]:
        """Return where every node lies, or would lie if nobody had placed it; those hidden where they are."""
        return {**self._away, **self._corners(self.homes)}

    def move(self, places: Mapping[Id, Point]) -> None:
        """Show nodes elsewhere while a person drags them; the case is not changed."""
        self._put(places)
        if places.keys() <= self.lifted:
            self._forget(self.lifted, self.lifted_lines)
            return
        self._forget_around(set(places), set())
        self.revision += 1

    def put_back(self, nodes: Collection[Id]) -> None:
        """Show nodes again where the case has them, after a drag that became no edit."""
        case = self.case_needed()
        held = {node: placed_at(case, node) or self._home(node) for node in nodes if node in self.index}
        self._put(held)
        self._forget_around(set(held), set())
        self._changed()

    def lift(self, nodes: Collection[Id]) -> None:
        """Take nodes and their lines out of the picture that lies still: a drag moves them above it.

        Lines that are not theirs but end beside theirs make room for each other when they are set down.
        """
        self.lifted = frozenset(nodes)
        self.lifted_lines = frozenset(lines_at(self.case_needed(), self.ends.index, self.lifted))
        self.revision += 1

    def set_down(self) -> None:
        """Put what was lifted back into the picture, where it lies now."""
        if self.lifted:
            self._forget_around(set(self.lifted), set())
            self._changed()

    def lifted_places(self) -> NDArray[np.intp]:
        """Return the places, in the array of line owners, of those whose lines are lifted."""
        return np.array([self.ends.index[each] for each in self.lifted_lines], dtype=np.intp)

    def has_lines(self, owner: Id) -> bool:
        """Say whether the lines of an entity are made already, so that asking for them costs nothing."""
        return self._drawn_needed().has_lines(owner)

    def make_lines(self, owner: Id) -> None:
        """Make the lines of an entity; of a step, its route too."""
        self._drawn_needed().make_lines(owner)

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
        return self._drawn_needed().card(node)

    def route(self, step: Id) -> StepRoute | None:
        """Return the route of a step."""
        return self._drawn_needed().route(step)

    def lines(self, owner: Id) -> tuple[Line, ...]:
        """Return the lines, no steps among them, that an entity owns."""
        return self._drawn_needed().lines(owner)

    def look(self, entity: Id) -> Look:
        """Return the look of a node or step."""
        if entity in self.index:
            return LOOKS[int(self.looks[self.index[entity]])]
        return LOOKS[int(self.ends.looks[self.ends.index[entity]])]

    def nodes_in(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return the places in the arrays of the nodes that meet a rectangle."""
        return self._finder.meeting(left, top, right, bottom)

    def lines_in(self, left: float, top: float, right: float, bottom: float) -> list[Id]:
        """Return the ids of the entities whose lines may meet a rectangle.

        Of a very long line only the stubs at its ends are seen.
        """
        return [self.ends.owners[at] for at in self._lines_meeting(left, top, right, bottom)]

    def count_lines_in(self, left: float, top: float, right: float, bottom: float) -> int:
        """Return how many entities have lines that may meet a rectangle."""
        return len(self._lines_meeting(left, top, right, bottom))

    def extent(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all nodes where they were last set down; zeros for none."""
        if not self.index:
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

    def _drawn_needed(self) -> Drawn:
        assert self._drawn is not None
        return self._drawn

    def _new_drawn(self) -> Drawn:
        unbacked: Callable[[Id], bool] = lambda step: is_unbacked(self._verdicts(), step)  # noqa: E731
        return Drawn(self.case_needed(), self.box, self._near, unbacked, self.direction)

    def _verdicts(self) -> Verdicts:
        assert self.verdicts is not None
        return self.verdicts

    def _lines_meeting(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        return self.ends.meeting(left, top, right, bottom)

    def _near(self, box: Box) -> list[Box]:
        found = self.boxes[self.nodes_in(box.x, box.y, box.right, box.bottom)]
        return [Box(x=a, y=b, width=c - a, height=d - b) for a, b, c, d in found.tolist()]

    def _change_nodes(self, gone: Collection[Id], come: Collection[Id]) -> None:
        """Free the places of nodes that go and put new ones at the end, each beside what it is joined to."""
        for place in map(self.index.pop, gone):
            self.ids[place], self.boxes[place], self.looks[place] = FREE, NOWHERE, len(LOOKS)
        if not come:
            return
        case, first = self.case_needed(), len(self.ids)
        size = sizes([case[node] for node in come])  # type: ignore[misc]
        placed = {node: put for node in come if (put := placed_at(case, node)) is not None}
        waiting = [node for node in come if node not in placed]
        rows = self.boxes if self.index else self.boxes[:0]
        free = joined(case, waiting, size, self.box, rows, self.direction)
        made = np.array([(*(placed.get(node) or free[node]), *size[node]) for node in come])
        made[:, 2:] += made[:, :2]
        self.ids += come
        self.index.update((node, first + at) for at, node in enumerate(come))
        self.homes = self._rooms.longer("homes", self.homes, made[:, :2])
        self.looks = self._rooms.longer("looks", self.looks, np.zeros(len(made), dtype=np.uint8))
        self.boxes = self._rooms.longer("boxes", self.boxes, made)
        self._finder.grow(self.boxes)
        self._look_at_nodes(come)

    def _close_up(self) -> None:
        """Leave out every place that is free, once many have come and gone."""
        changed = len(self.ids) - len(self.index) + self._finder.grown
        if not (self.ends.loose or is_loose(len(self.ids), changed)):
            return
        kept = self.looks < len(LOOKS)
        self.ends.close_up(kept)
        self.ids = list(self.index)
        self.index = {node: at for at, node in enumerate(self.ids)}
        self.homes, self.looks = self.homes[kept], self.looks[kept]
        self.boxes = np.asfortranarray(self.boxes[kept])
        self._finder = Finder(self.boxes)

    def _change_lines(self, owners: Collection[Id]) -> None:
        """Take the lines of these out of the arrays and, where they still have any, put them at the end."""
        case = self.case_needed()
        entities = [case[owner] for owner in owners if owner in case]
        self.ends.change(owners, entities, self.index, case.of(Step), self.boxes)
        self._drawn_needed().forget_lines((), owners)

    def _corners(self, rows: Array) -> dict[Id, Point]:
        """Return the first two columns of rows that run along the places of the nodes."""
        held = rows[:, :2].tolist()
        return {node: (held[at][0], held[at][1]) for node, at in self.index.items()}

    def _moved_by(self, before: Case, entity: Id) -> tuple[Id, Point] | None:
        """Return which node an entity places and where; its home where it placed it and is gone."""
        now, was = self.case_needed().entities.get(entity), before.entities.get(entity)
        if isinstance(now, Placement) and now.node in self.index:
            return now.node, (now.x, now.y)
        if now is None and isinstance(was, Placement) and was.node in self.index:
            return was.node, self._home(was.node)
        return None

    def _home(self, node: Id) -> Point:
        """Return where a node lies that nobody placed."""
        x, y = self.homes[self.index[node]].tolist()
        return (x, y)

    def _put(self, places: Mapping[Id, Point]) -> None:
        """Take where the top left corners of some nodes lie now."""
        at = np.array([self.index[node] for node in places], dtype=np.intp)
        corners = np.array(list(places.values())).reshape(-1, 2)
        size = self.boxes[at, 2:] - self.boxes[at, :2]
        self.boxes[at] = np.concatenate((corners, corners + size), axis=1)
        self._finder.moved(at)

    def _resize(self, node: Id) -> None:
        width, height = sizes([self.case_needed()[node]])[node]  # type: ignore[list-item]
        row = self.boxes[self.index[node]]
        row[2:] = (row[0] + width, row[1] + height)
        self._finder.moved(np.array([self.index[node]], dtype=np.intp))

    def _look_at_nodes(self, ids: Iterable[Id]) -> None:
        case, verdicts = self.case_needed(), self._verdicts()
        for node in ids:
            self.looks[self.index[node]] = _PLACE_OF_LOOK[id(node_look(case, verdicts, node))]

    def _look_at_lines(self, ids: Iterable[Id]) -> None:
        steps, verdicts = self.case_needed().of(Step), self._verdicts()
        for line in ids:
            look = step_look(verdicts, line) if line in steps else None
            place = _PLACE_OF_LOOK[id(look)] if look is not None else self._owner_look(line)
            self.ends.looks[self.ends.index[line]] = place

    def _owner_look(self, owner: Id) -> int:
        at = self.index.get(owner)
        return int(self.looks[at]) if at is not None else len(LOOKS) - 1

    def _list_lines(self) -> None:
        case = self.case_needed()
        kinds: tuple[type[Any], ...] = (Step, *LINED)
        lined = (entity for kind in kinds for entity in case.of(kind).values())
        self.ends.list_all(lined, self.index, case.of(Step))

    def _index_lines(self) -> None:
        self._look_at_lines(self.ends.owners)
        self.ends.place(self.boxes)

    def _changed(self) -> None:
        self.lifted = self.lifted_lines = frozenset()
        self.revision += 1

    def _forget_around(self, nodes: set[Id], lines: set[Id]) -> None:
        self._forget(*beside(self.case_needed(), self.ends.index, self.index, nodes, lines))

    def _forget(self, around: Iterable[Id], owners: Collection[Id]) -> None:
        if len(owners) > MANY:
            self._drawn = self._new_drawn()
            self.ends.place(self.boxes)
            return
        self._drawn_needed().forget_lines(around, owners)
        self.ends.place_some([owner for owner in owners if owner in self.ends.index], self.boxes)


_PLACE_OF_LOOK = {id(look): place for place, look in enumerate(LOOKS)}
