"""The geometry of the map: boxes of nodes, routes of steps, labels and every other line. Nothing is drawn."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencemap.layout.cards import Card, card, nodes_of
from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Box
from evidencemap.layout.routes import Line, Router, StepRoute
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Placement

Point = tuple[float, float]
_COLUMN = 200.0
"""Boxes are sought by the columns of this width, in points, in which they begin, each from top to bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Everything that a picture of a map needs but its colours; positions in points, y down.

    `cards` hold texts relative to the top left of their `boxes`; `extent` is the box of all that is shown.
    """

    cards: Mapping[Id, Card]
    boxes: Mapping[Id, Box]
    steps: Mapping[Id, StepRoute]
    lines: tuple[Line, ...]
    extent: Box


def geometry(
    case: Case,
    positions: Mapping[Id, Point] | None = None,
    unbacked: Callable[[Id], bool] | None = None,
    direction: Direction = Direction.RIGHT,
) -> Geometry:
    """Return the geometry of a case, or of the part of it that `positions` names.

    `unbacked` says which steps need the label that nothing backs them; left out, each that may need it.
    """
    places = positions_of(case, direction) if positions is None else positions
    nodes = [node for node in nodes_of(case) if node.id in places]
    cards = {node.id: card(case, node) for node in nodes}
    boxes = {
        node: Box(x=places[node][0], y=places[node][1], width=held.width, height=held.height)
        for node, held in cards.items()
    }
    router = Router(case, boxes.get, finder(list(boxes.values())), unbacked, direction)
    router.look_ahead(boxes.values())
    steps = {step.id: route for step in case.sorted(Step) if (route := router.step(step.id)) is not None}
    lines = tuple(line for entity in case.entities.values() for line in router.lines(entity))
    return Geometry(
        cards=cards, boxes=boxes, steps=steps, lines=lines, extent=_extent(boxes.values(), steps.values())
    )


def finder(boxes: Sequence[Box]) -> Callable[[Box], list[Box]]:
    """Return what finds the boxes that meet an area, in their order, without asking all of them."""
    columns: dict[int, list[tuple[float, float, float, int]]] = {}
    tops: dict[int, list[float]] = {}
    for at in sorted(range(len(boxes)), key=lambda at: boxes[at].y):
        x, y, width, height = boxes[at]
        column = int(x // _COLUMN)
        columns.setdefault(column, []).append((x, x + width, y + height, at))
        tops.setdefault(column, []).append(y)
    first, last = min(columns, default=0), max(columns, default=-1)
    widest = max((box.width for box in boxes), default=0.0) + 1.0
    highest = max((box.height for box in boxes), default=0.0) + 1.0

    def near(area: Box) -> list[Box]:
        left, top, width, height = area
        right, bottom = left + width, top + height
        begin, end = int((left - widest) // _COLUMN), int(right // _COLUMN)
        found = []
        for column in range(max(first, begin), min(last, end) + 1):
            down = tops.get(column)
            if down is not None:
                begin = bisect_left(down, top - highest)
                for x, far, low, at in columns[column][begin : bisect_left(down, bottom, begin)]:
                    if x < right and left < far and top < low:
                        found.append(at)
        found.sort()
        return [boxes[at] for at in found]

    return near


def positions_of(
    case: Case,
    direction: Direction = Direction.RIGHT,
    progress: Callable[[float], None] | None = None,
) -> dict[Id, Point]:
    """Return where every node lies: where it was placed, else where the layout puts it beside those.

    `progress` hears how far a layout of the whole is, from 0 to 1; what it raises ends it.
    """
    from evidencemap.layout.insert import beside
    from evidencemap.layout.tidy import tidy

    placed = {each.node: (each.x, each.y) for each in case.of(Placement).values()}
    if not placed:
        return tidy(case, direction=direction, progress=progress)
    return beside(case, placed, direction)


def pinned(case: Case) -> dict[Id, Point]:
    """Return where the nodes lie that a person placed, which no layout moves."""
    return {each.node: (each.x, each.y) for each in case.of(Placement).values() if each.pinned}


def _extent(boxes: Iterable[Box], steps: Iterable[StepRoute]) -> Box:
    shown = [*boxes, *(step.label.box for step in steps if step.label is not None)]
    if not shown:
        return Box(x=0.0, y=0.0, width=0.0, height=0.0)
    left, top = min(box.x for box in shown), min(box.y for box in shown)
    right, bottom = max(box.right for box in shown), max(box.bottom for box in shown)
    return Box(x=left, y=top, width=right - left, height=bottom - top)
