"""Where a case says that its nodes lie: placed by a person, known from before, or laid out."""

from collections.abc import Callable, Mapping

from evidencemap.layout.direction import Direction
from evidencemap.layout.geometry import positions_of
from evidencemap.layout.insert import beside
from evidencemap.layout.paths import Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Placement


def lying(
    case: Case, known: Mapping[Id, Point] | None, direction: Direction, progress: Callable[[float], None]
) -> Mapping[Id, Point]:
    """Return where every node of a case lies: what nobody placed where it is `known` to, else laid out."""
    if known is None:
        return positions_of(case, direction, progress)
    placed = {each.node: (each.x, each.y) for each in case.of(Placement).values()}
    return beside(case, {**known, **placed}, direction)


def placed_at(case: Case, node: Id) -> Point | None:
    """Return where a person placed a node, if anybody did."""
    held = case.placement(node)
    return None if held is None else (held.x, held.y)
