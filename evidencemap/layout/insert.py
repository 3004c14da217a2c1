"""Nodes put beside what is on the map already, in the nearest free place: what was there is not moved."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Box
from evidencemap.layout.picture import COLUMN_GAP, HANG, ROW_GAP, Point, Size
from evidencemap.layout.places import Taken, there
from evidencemap.layout.relations import Arc, ArcKind, arcs_of, hosts_of
from evidencemap.layout.tidy import tidy
from evidencemap.model.case import Case
from evidencemap.model.entities import Quantity
from evidencemap.model.records import Id

_MANY = 0.5
"""Above this share of nodes without a place, the case gets a new layout around those that have one."""

Find = Callable[[Id], Box | None]


def beside(case: Case, placed: Mapping[Id, Point], direction: Direction = Direction.RIGHT) -> dict[Id, Point]:
    """Return where every node lies: those placed as they are, each other one in a free place beside them.

    A node goes before what it leads to, else behind what leads to it, as near as there is room.
    """
    nodes = nodes_of(case)
    waiting = [node.id for node in nodes if node.id not in placed]
    if len(waiting) > _MANY * len(nodes):
        return tidy(case, keep=placed, direction=direction)
    found = {node.id: placed[node.id] for node in nodes if node.id in placed}
    if waiting:
        cards = sizes(nodes)
        rows = np.array([(*found[node], *cards[node]) for node in found]).reshape(-1, 4)
        rows[:, 2:] += rows[:, :2]
        found.update(joined(case, waiting, cards, lambda node: _box(node, found, cards), rows, direction))
    return found


def joined(
    case: Case,
    waiting: Iterable[Id],
    cards: Mapping[Id, Size],
    box: Find,
    rows: NDArray[np.float64],
    direction: Direction,
) -> dict[Id, Point]:
    """Return a free place for each waiting node; `box` finds those that have one, and `rows` are their boxes.

    Costs as much as there are nodes waiting and neighbours of theirs, and little for all the rest.
    """
    left, upwards = list(waiting), direction is Direction.UP
    taken = Taken(rows, len(left))
    links = {node: _neighbours(case, node) for node in left}
    found: dict[Id, Box] = {}

    def place_of(node: Id) -> Box | None:
        return found[node] if node in found else box(node)

    while left:
        ready = [node for node in left if any(place_of(each) for side in links[node] for each in side)]
        for node in ready or left[:1]:
            quantity = case.get(Quantity, node)
            host = next(iter(hosts_of(case, quantity)), None) if quantity is not None else None
            under = place_of(host) if host is not None else None
            width, height = cards[node]
            if under is not None:
                x, y = (under.right + HANG, under.y) if upwards else (under.x, under.bottom + HANG)
                found[node] = taken.nearest(Box(x=x, y=y, width=width, height=height), HANG - 1)
            else:
                wished = _wished(links[node], place_of, (width, height), direction, rows)
                found[node] = taken.nearest(wished, ROW_GAP, across=upwards)
            taken.add(found[node])
        left = [node for node in left if node not in found]
    return {node: (at.x, at.y) for node, at in found.items()}


def _box(node: Id, found: Mapping[Id, Point], cards: Mapping[Id, Size]) -> Box | None:
    return there(node, found, cards) if node in found else None


def _neighbours(case: Case, node: Id) -> tuple[list[Id], list[Id]]:
    """Return the nodes that one leads to, and those that lead to it."""
    found = [arc for arc in _arcs_at(case, node) if arc.kind is not ArcKind.COPIED]
    after = [arc.head for arc in found if arc.tail == node]
    quantity = case.get(Quantity, node)
    if quantity is not None:
        after.extend(hosts_of(case, quantity)[:1])
    return after, [arc.tail for arc in found if arc.head == node]


def _arcs_at(case: Case, node: Id) -> Iterator[Arc]:
    for entity in (node, *sorted(case.users(node))):
        yield from arcs_of(case, case[entity])


def _wished(
    links: tuple[list[Id], list[Id]], box: Find, size: Size, direction: Direction, rows: NDArray[np.float64]
) -> Box:
    heads = [direction.turned(at) for each in links[0] if (at := box(each)) is not None]
    tails = [direction.turned(at) for each in links[1] if (at := box(each)) is not None]
    width, height = direction.size(*size)
    if not heads and not tails:
        left = float(rows[:, 0].min()) if len(rows) else 0.0
        below = float(rows[:, 3].max()) + 2 * ROW_GAP if len(rows) else 0.0
        return Box(x=left, y=below, width=size[0], height=size[1])
    these = heads or tails
    y = sum(at.y + at.height / 2 for at in these) / len(these) - height / 2
    if heads:
        x = min(at.x for at in heads) - COLUMN_GAP - width
    else:
        x = max(at.right for at in tails) + COLUMN_GAP
    return direction.back(Box(x=x, y=y, width=width, height=height))
