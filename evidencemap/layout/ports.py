"""Where on the sides of a card its lines begin and end, so that lines of one card do not cross at once."""

from collections.abc import Iterator
from typing import TypeAlias

from evidencemap.layout.direction import Find
from evidencemap.layout.paths import Box, End, Side, sides
from evidencemap.model.case import Case
from evidencemap.model.entities import Entity, Evidence, Link, Request, Step
from evidencemap.model.records import Id

PORT_GAP = 16.0
"""How far the lines of one side stand apart, in points, where the side is long enough."""

Line: TypeAlias = tuple[Id, Id]
"""The entity that a line stands for, and its other end; a step ends at its conclusion as the step itself."""

Shares: TypeAlias = dict[Line, float]
"""How far along its side of a card each line has its end, from 0 (left or top) to 1."""


def shares(case: Case, node: Id, box: Box, find: Find) -> Shares:
    """Return where each line at a node ends on its side of the card: in the order of the other ends.

    `find` gives the card of a node where it is shown; everything lies as where the map runs to the right.
    """
    held: dict[Side, list[tuple[float, Line]]] = {}
    for line, other, outward in _incident(case, node, find):
        side = sides(box, other)[0] if outward else sides(other, box)[1]
        x, y, width, height = other
        end = (y + height / 2 if side is Side.LEFT or side is Side.RIGHT else x + width / 2, line)
        if side in held:
            held[side].append(end)
        else:
            held[side] = [end]
    found: Shares = {}
    for side, ends in held.items():
        if len(ends) == 1:
            found[ends[0][1]] = 0.5
            continue
        ends.sort()
        length = box.height if side is Side.LEFT or side is Side.RIGHT else box.width
        gap = min(PORT_GAP, (length - 16) / len(ends))
        for at, (_center, line) in enumerate(ends):
            found[line] = 0.5 + (at - (len(ends) - 1) / 2) * gap / length
    return found


def _incident(case: Case, node: Id, find: Find) -> Iterator[tuple[Line, Box, bool]]:
    """Yield each line at a node: which it is, the box at its other end, and whether it goes out."""
    for entity in [case[node], *(case[user] for user in sorted(case.users(node)))]:
        if isinstance(entity, Step):
            target = find(entity.conclusion)
            if target is None:
                continue
            step, premises = entity.id, entity.premises
            if node == entity.conclusion:
                boxes = [box for premise in premises if (box := find(premise)) is not None]
                if boxes:
                    yield (step, step), _middle(boxes), False
            if node in premises:
                yield (step, entity.conclusion), target, True
        else:
            for tail, head in _pairs(entity):
                other = find(head if tail == node else tail)
                if node in (tail, head) and other is not None:
                    yield (entity.id, head if tail == node else tail), other, tail == node


def _middle(boxes: list[Box]) -> Box:
    """Return where the lines of joint premises come from: their middle, left of the one farthest right."""
    if len(boxes) == 1:
        x, y, _width, height = boxes[0]
        return Box(x, y + height / 2, 0.0, 0.0)
    x, y = (sum(box.center[axis] for box in boxes) / len(boxes) for axis in (0, 1))
    nearest = max(boxes, key=lambda box: box.right)
    return Box(min(x, nearest.x), y, 0.0, 0.0)


def _pairs(entity: Entity) -> Iterator[tuple[Id, Id]]:
    if isinstance(entity, Evidence):
        yield from ((source, entity.id) for source in entity.sources)
    elif isinstance(entity, Request):
        yield from ((entity.id, settled) for settled in entity.settles)
        yield from ((answer, entity.id) for answer in entity.answered_by)
    elif isinstance(entity, Link):
        yield entity.between[0], entity.between[-1]


def entry_side(premises: list[Box], target: Box) -> Side:
    """Return the side on which a step enters its conclusion: the left one where any premise lies there."""
    first = sides(premises[0], target)[1]
    if first is Side.LEFT or any(sides(box, target)[1] is Side.LEFT for box in premises[1:]):
        return Side.LEFT
    return first


def gap_before(end: End, target: Box, premises: list[Box]) -> float:
    """Return the free distance before a conclusion, on the side on which its step enters."""
    x, y = end.out
    if x:
        nearest = max((box.right for box in premises if box.right <= target.x), default=target.x - 80)
        return target.x - nearest if x < 0 else 80.0
    if y < 0:
        return target.y - max(
            (box.bottom for box in premises if box.bottom <= target.y), default=target.y - 60
        )
    return (
        min((box.y for box in premises if box.y >= target.bottom), default=target.bottom + 60) - target.bottom
    )
