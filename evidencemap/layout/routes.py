"""How each line of a map runs, given where the cards lie: steps with handles and labels, and the rest."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from evidencemap.layout.direction import Direction
from evidencemap.layout.labels import Labels, Search
from evidencemap.layout.metrics import Face, width
from evidencemap.layout.paths import CLEAR, Box, End, Point, Side, curve, path, port, sides, split, way_round
from evidencemap.layout.plain import Curve, Room, Run, Wish, runs
from evidencemap.layout.ports import Shares, entry_side, gap_before, shares
from evidencemap.layout.relations import hosts_of, may_lack_backing
from evidencemap.layout.strokes import Strokes
from evidencemap.model.case import Case
from evidencemap.model.entities import Entity, Evidence, Link, Quantity, Request, Step
from evidencemap.model.records import Id
from evidencemap.model.words import LinkKind
from evidencemap.tongue import _

LABEL_SIZE = 11.0
"""The size of the label in the gap of a line, in points."""

MOST_APART = 200
"""In a map of so many steps at the most, labels keep off the lines of other steps where there is room."""

LABEL_ROW = 14.0
LABEL_ICON = 17.0

_Form: TypeAlias = tuple[tuple[str, ...], float, float]
"""The rows of a label, its width and its height."""

_Forms: TypeAlias = tuple[_Form, _Form, _Form]
_Halves: TypeAlias = tuple[tuple[Curve, ...], Curve]
"""The branches of a step and its trunk."""

_Way: TypeAlias = Callable[[End, End, Callable[[Box], list[Box]]], Curve]

_ICON_ONLY: _Form = ((), 20.0, 20.0)


class LineKind(StrEnum):
    """What a line that is no step says."""

    PROVENANCE = "provenance"
    COPIED = "copied from"
    WARRANT = "warrant"
    UNDERCUT = "undercut"
    SETTLES = "settles"
    ANSWERS = "answers"
    RIVAL = "rival of"
    COMPARED = "compared with"
    STATED_IN = "stated in"


class Label(NamedTuple):
    """Where the label of a step goes: a box in the gap of its line, and the words on each of its rows.

    No rows means that there was room for the icon only.
    """

    box: Box
    rows: tuple[str, ...]


class StepRoute(NamedTuple):
    """How a step runs. Joint premises meet in the handle, where the trunk to the conclusion begins.

    `branches` holds one path for each premise that is shown, in their order. Paths are joined cubic
    curves: start, two controls, point, two controls, point. `label` is where the words go if nothing
    backs the step; None for schemes that need no backing, and where no place is free of cards.
    """

    id: Id
    premises: tuple[Id, ...]
    conclusion: Id
    con: bool
    handle: Point
    branches: tuple[tuple[Point, ...], ...]
    trunk: tuple[Point, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Any other line: from a node to a node or to the handle of a step; `by` is whose field it is."""

    kind: LineKind
    tail: Id
    head: Id
    by: Id
    points: tuple[Point, ...]


@dataclass(slots=True)
class Router:
    """Routes the lines of one case one by one, so that a map routes what it shows and no more.

    `box` gives the card of a node where it is shown; `near` the cards that meet a box; `unbacked` says
    whether a step needs its label (left out: every step that may). Routes are kept until `forget`.
    """

    case: Case
    box: Callable[[Id], Box | None]
    near: Callable[[Box], list[Box]]
    unbacked: Callable[[Id], bool] | None = None
    direction: Direction = Direction.RIGHT
    _steps: dict[Id, StepRoute | None] = field(default_factory=dict)
    _runs: dict[Id, Run] = field(default_factory=dict)
    _ports: dict[Id, Shares] = field(default_factory=dict)
    _halves: dict[Id, _Halves | None] = field(default_factory=dict)
    _labels: Labels = field(default_factory=Labels)
    _strokes: Strokes = field(default_factory=Strokes)
    _forms: tuple[_Forms, _Forms] | None = None
    _box: Callable[[Id], Box | None] = field(init=False)
    _near: Callable[[Box], list[Box]] = field(init=False)

    def __post_init__(self) -> None:
        self._box, self._near = self.direction.asked(self.box, self.near)

    def step(self, step: Id) -> StepRoute | None:
        """Return the route of a step; None where its conclusion or all its premises are not shown."""
        if step not in self._steps:
            route = self._route(self.case.of(Step)[step])
            self._steps[step] = None if route is None else self._back(route)
        return self._steps[step]

    def look_ahead(self, boxes: Collection[Box]) -> None:
        """Route at once the lines of all steps of which one premise is shown, for `step` to take up.

        `boxes` are all cards that are shown. Every route is the same without it, later.
        """
        turned = [self.direction.turned(box) for box in boxes]
        wished = [
            (step, wish) for step in self.case.of(Step).values() if (wish := self._wish(step)) is not None
        ]

        def go_round(at: int) -> tuple[Curve, Curve]:
            step, wish = wished[at]
            premise = next(each for each in step.premises if self._box(each) is not None)
            return self._alone(step, premise, wish.tail, wish.head, way_round)

        found = runs([wish for _, wish in wished], turned, self._room(), go_round)
        self._runs = {step.id: run for (step, _), run in zip(wished, found, strict=True)}

    def _wish(self, step: Step) -> Wish | None:
        target = self._box(step.conclusion)
        shown = [(premise, box) for premise in step.premises if (box := self._box(premise)) is not None]
        if target is None or len(shown) != 1:
            return None
        premise, box = shown[0]
        leave = self._share(premise, box, step.id, step.conclusion)
        enter = self._share(step.conclusion, target, step.id, step.id)
        return Wish(box, target, leave, enter, self._is_labelled(step))

    def knows(self, step: Id) -> bool:
        """Say whether the route of a step is kept already."""
        return step in self._steps

    def lines(self, entity: Entity) -> Iterator[Line]:
        """Yield every other line that the fields of an entity stand for."""
        for line in self._lines(entity):
            if self.direction is Direction.RIGHT:
                yield line
            else:
                yield replace(line, points=self.direction.points_back(line.points))

    def _lines(self, entity: Entity) -> Iterator[Line]:
        if isinstance(entity, Evidence):
            for source in entity.sources:
                yield from self._between(LineKind.PROVENANCE, source, entity.id, entity.id)
            for copied in entity.copied_from:
                yield from self._copied(copied, entity.id)
            for undercut in entity.undercut_by:
                yield from self._between(LineKind.UNDERCUT, undercut.by, entity.id, entity.id)
        elif isinstance(entity, Step):
            if entity.warrant is not None:
                yield from self._to_handle(LineKind.WARRANT, entity.warrant, entity.id, entity.id)
            for claim in entity.undercut_by:
                yield from self._to_handle(LineKind.UNDERCUT, claim, entity.id, entity.id)
        elif isinstance(entity, Request):
            for settled in entity.settles:
                if settled in self.case.of(Step):
                    yield from self._to_handle(LineKind.SETTLES, entity.id, settled, entity.id)
                else:
                    yield from self._between(LineKind.SETTLES, entity.id, settled, entity.id)
            for answer in entity.answered_by:
                yield from self._between(LineKind.ANSWERS, answer, entity.id, entity.id)
        elif isinstance(entity, Link):
            kind = LineKind.RIVAL if entity.kind is LinkKind.RIVAL_OF else LineKind.COMPARED
            yield from self._between(kind, entity.between[0], entity.between[-1], entity.id)
        elif isinstance(entity, Quantity):
            yield from self._hanging(entity)

    def forget(self, nodes: Iterable[Id], steps: Iterable[Id]) -> None:
        """Drop what was routed for these, because a card moved or the case changed."""
        for node in nodes:
            self._ports.pop(node, None)
        for step in steps:
            self._steps.pop(step, None)
            self._runs.pop(step, None)
            self._halves.pop(step, None)
            self._labels.drop(step)
            self._strokes.drop(step)

    def _back(self, route: StepRoute) -> StepRoute:
        """Return a route that was made where everything runs to the right, as it lies on the map."""
        if self.direction is Direction.RIGHT:
            return route
        back, label = self.direction.points_back, route.label
        return route._replace(
            handle=back([route.handle])[0],
            branches=tuple(back(branch) for branch in route.branches),
            trunk=back(route.trunk),
            label=None if label is None else label._replace(box=self.direction.back(label.box)),
        )

    def _route(self, step: Step) -> StepRoute | None:
        halves = self._halved(step)
        if halves is None:
            return None
        branches, trunk = halves
        label = self._label(step.id, branches, trunk) if self._is_labelled(step) else None
        premises = tuple([premise for premise in step.premises if self._box(premise) is not None])
        return StepRoute(step.id, premises, step.conclusion, step.con, trunk[0], branches, trunk, label)

    def _halved(self, step: Step) -> _Halves | None:
        """Return how a step runs, without its label; None where it is not shown."""
        if step.id not in self._halves:
            halves = self._halves[step.id] = self._run(step)
            if halves is not None and self._keeps_apart():
                self._strokes.put(step.id, (*halves[0], halves[1]))
        return self._halves[step.id]

    def _run(self, step: Step) -> _Halves | None:
        run = self._runs.get(step.id)
        if run is not None:
            return (run.branch,), run.trunk
        target = self._box(step.conclusion)
        shown = [(premise, box) for premise in step.premises if (box := self._box(premise)) is not None]
        if target is None or not shown:
            return None
        if len(shown) > 1:
            return self._joint(step, shown, target, self._is_labelled(step))
        branch, trunk = self._alone(step, *shown[0], target)
        return (branch,), trunk

    def _keeps_apart(self) -> bool:
        """Say whether labels keep off the lines of other steps."""
        return len(self.case.of(Step)) <= MOST_APART

    def _is_labelled(self, step: Step) -> bool:
        return may_lack_backing(step) if self.unbacked is None else self.unbacked(step.id)

    def _alone(self, step: Step, premise: Id, box: Box, target: Box, way: _Way = path) -> tuple[Curve, Curve]:
        leave, enter = sides(box, target)
        entry = self._end(step.conclusion, enter, step.id, step.id)
        start = self._end(premise, leave, step.id, step.conclusion)
        whole = way(start, entry, self._near)
        curves = (len(whole) - 1) // 3
        return split(whole, (curves - 0.5) / curves)

    def _joint(
        self, step: Step, shown: list[tuple[Id, Box]], target: Box, labelled: bool
    ) -> tuple[tuple[Curve, ...], Curve]:
        boxes = [box for _, box in shown]
        entry = self._end(step.conclusion, entry_side(boxes, target), step.id, step.id)
        gap = max(36.0, min(150.0, gap_before(entry, target, boxes)))
        reach = gap / 2 if labelled else min(30.0, gap / 2)
        handle = End(
            at=(entry.at[0] + entry.out[0] * reach, entry.at[1] + entry.out[1] * reach), out=entry.out
        )
        branches = tuple([self._branch(step, premise, box, handle) for premise, box in shown])
        return branches, curve(End(at=handle.at, out=(-entry.out[0], -entry.out[1])), entry)

    def _branch(self, step: Step, premise: Id, box: Box, handle: End) -> tuple[Point, ...]:
        point = Box(x=handle.at[0], y=handle.at[1], width=0.0, height=0.0)
        side = sides(box, point)[0]
        start = self._end(premise, side, step.id, step.conclusion)
        return path(start, handle, self._near)

    def _label(self, step: Id, branches: tuple[Curve, ...], trunk: Curve) -> Label | None:
        (left, top), (right, bottom) = branches[0][0], trunk[-1]
        flat = abs(right - left) >= abs(bottom - top)
        forms = self._forms_on(flat)
        run = self._runs.pop(step, None)
        if self._keeps_apart():
            for other in self.case.of(Step).values():
                self._halved(other)
        elif run is not None:
            for place in run.places:
                if self._labels.leave_free(place, step):
                    self._labels.put(step, place)
                    return Label(place, forms[0][0])
        curves, reach = (*branches[0], *trunk[1:]), max(forms[0][1], forms[1][1])
        search = Search(step, curves, trunk[0], self._near, self._labels, reach, self._strokes)
        for rows, wide, high in forms:
            wide_box, high_box = self.direction.size(wide, high)
            if rows and not search.is_at_least((wide_box if flat else high_box) + 30):
                continue
            for margin in (CLEAR,) if rows else (CLEAR, 1.0):
                box = search.free(wide_box, high_box, margin)
                if box is not None:
                    self._labels.put(step, box)
                    return Label(box=box, rows=rows)
        return None

    def _forms_on(self, flat: bool) -> _Forms:
        """Return the forms that a label may have on a line, the one to be tried first first."""
        if self._forms is None:
            row, stack = _worded(*gap_words())
            ways = (stack, row, _ICON_ONLY), (row, stack, _ICON_ONLY)
            self._forms = ways if self.direction is Direction.RIGHT else ways[::-1]
        return self._forms[0 if flat else 1]

    def _room(self) -> Room:
        flat, steep = (self.direction.size(*self._forms_on(each)[0][1:]) for each in (True, False))
        return Room(flat, steep)

    def _between(self, kind: LineKind, tail: Id, head: Id, by: Id) -> Iterator[Line]:
        one, other = self._box(tail), self._box(head)
        if one is None or other is None:
            return
        leave, enter = sides(one, other)
        start = self._end(tail, leave, by, head)
        end = self._end(head, enter, by, tail)
        points = path(start, end, self._near)
        yield Line(kind=kind, tail=tail, head=head, by=by, points=points)

    def _copied(self, tail: Id, head: Id) -> Iterator[Line]:
        one, other = self._box(tail), self._box(head)
        if one is None or other is None:
            return
        if abs(one.x - other.x) > 60:
            yield from self._between(LineKind.COPIED, tail, head, head)
            return
        start, end = port(one, Side.LEFT, 0.78), port(other, Side.LEFT, 0.22)
        bulge = min(44.0, 16.0 + 0.07 * abs(end.at[1] - start.at[1]))
        points = (start.at, (start.at[0] - bulge, start.at[1]), (end.at[0] - bulge, end.at[1]), end.at)
        yield Line(kind=LineKind.COPIED, tail=tail, head=head, by=head, points=points)

    def _to_handle(self, kind: LineKind, tail: Id, step: Id, by: Id) -> Iterator[Line]:
        box, route = self._box(tail), self.step(step)
        if box is None or route is None:
            return
        handle = Box(x=route.handle[0], y=route.handle[1], width=0.0, height=0.0)
        x, y = self.direction.turned(handle).center
        if box.y - 20 > y or box.bottom + 20 < y:
            down = 1.0 if box.y > y else -1.0
            end = End(at=(x, y), out=(0.0, down))
            leave = (Side.TOP if down > 0 else Side.BOTTOM) if box.x < x < box.right + 30 else Side.RIGHT
            leave = Side.LEFT if leave is Side.RIGHT and box.x > x else leave
        else:
            leave = Side.RIGHT if box.right < x else Side.LEFT
            end = End(at=(x, y), out=(-1.0, 0.0) if leave is Side.RIGHT else (1.0, 0.0))
        start = port(box, leave, 0.5)
        points = path(start, end, self._near)
        yield Line(kind=kind, tail=tail, head=step, by=by, points=points)

    def _hanging(self, quantity: Quantity) -> Iterator[Line]:
        box = self._box(quantity.id)
        for host in hosts_of(self.case, quantity)[:1]:
            other = self._box(host)
            if box is None or other is None or other.meets(box, 48.0):
                continue
            yield from self._between(LineKind.STATED_IN, quantity.id, host, quantity.id)

    def _end(self, node: Id, side: Side, by: Id, other: Id) -> End:
        box = self._box(node)
        assert box is not None
        return port(box, side, self._share(node, box, by, other))

    def _share(self, node: Id, box: Box, by: Id, other: Id) -> float:
        held = self._ports.get(node)
        if held is None:
            held = self._ports[node] = shares(self.case, node, box, self._box)
        return held.get((by, other), 0.5)


@lru_cache(maxsize=8)
def _worded(one: str, two: str) -> tuple[_Form, _Form]:
    """Return the forms of the label in these words: side by side and stacked."""
    beside = width(f"{one} {two}", LABEL_SIZE, Face.SEMIBOLD) + LABEL_ICON + 14
    stacked = max(width(each, LABEL_SIZE, Face.SEMIBOLD) for each in (one, two)) + LABEL_ICON + 12
    return ((f"{one} {two}",), beside, LABEL_ROW + 8), ((one, two), stacked, 2 * LABEL_ROW + 6)


def gap_words() -> tuple[str, str]:
    """Return the label of a step that nothing backs, in two halves that stand side by side or stacked."""
    return _("no evidence"), _("for this step")
