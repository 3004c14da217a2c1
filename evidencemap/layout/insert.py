"""Nodes put beside what is on the map already, in the nearest free place: what was there is not moved."""

from collections.abc import Mapping
from statistics import median

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.relations import ArcKind, arcs, hosts
from evidencemap.layout.tidy import COLUMN_GAP, HANG, ROW_GAP, Point, Size, tidy
from evidencemap.model.case import Case
from evidencemap.model.records import Id

_MANY = 0.5
"""Above this share of nodes without a place, the case gets a new layout around those that have one."""


class _Taken:
    """The boxes that are taken, in one array, and the search for a free place among them."""

    def __init__(self, count: int) -> None:
        self._boxes: NDArray[np.float64] = np.empty((count, 4))
        self._count = 0

    def add(self, at: Point, size: Size) -> None:
        self._boxes[self._count] = (at[0], at[1], at[0] + size[0], at[1] + size[1])
        self._count += 1

    def nearest(self, wished: Point, size: Size, gap: float) -> Point:
        """Return the free place nearest to the one wished, straight above or below it."""
        boxes = self._boxes[: self._count]
        near = boxes[(boxes[:, 0] < wished[0] + size[0] + gap) & (boxes[:, 2] > wished[0] - gap)]
        tops = np.concatenate(([wished[1]], near[:, 1] - gap - size[1], near[:, 3] + gap))
        for top in tops[np.argsort(np.abs(tops - wished[1]), kind="stable")]:
            if not np.any((near[:, 1] < top + size[1] + gap - 0.01) & (near[:, 3] > top - gap + 0.01)):
                return (wished[0], float(top))
        raise AssertionError("below the lowest card there is always room")


def beside(case: Case, placed: Mapping[Id, Point]) -> dict[Id, Point]:
    """Return where every node lies: those placed as they are, each other one in a free place beside them.

    A node goes left of what it leads to, else right of what leads to it, as near as there is room.
    """
    nodes = nodes_of(case)
    waiting = [node.id for node in nodes if node.id not in placed]
    if len(waiting) > _MANY * len(nodes):
        return tidy(case, keep=placed)
    found = {node.id: placed[node.id] for node in nodes if node.id in placed}
    if not waiting:
        return found
    cards = sizes(nodes)
    taken = _Taken(len(nodes))
    for node, at in found.items():
        taken.add(at, cards[node])
    after, before = _neighbours(case, set(waiting))
    hung = hosts(case)
    while waiting:
        ready = [node for node in waiting if any(each in found for each in (*after[node], *before[node]))]
        for node in ready or waiting[:1]:
            host = hung.get(node)
            if host in found:
                x, y = found[host]
                wished, gap = (x, y + cards[host][1] + HANG), HANG - 1
            else:
                wished, gap = _wished(node, after[node], before[node], found, cards), ROW_GAP
            found[node] = taken.nearest(wished, cards[node], gap)
            taken.add(found[node], cards[node])
        waiting = [node for node in waiting if node not in found]
    return found


def around(found: Mapping[Id, Point], cards: Mapping[Id, Size], keep: Mapping[Id, Point]) -> dict[Id, Point]:
    """Return a layout with what is kept exactly where it was and the rest moved as little as need be."""
    known = [node for node in keep if node in found]
    dx = median(keep[node][0] - found[node][0] for node in known) if known else 0.0
    dy = median(keep[node][1] - found[node][1] for node in known) if known else 0.0
    made = dict(keep)
    taken = _Taken(len(found) + len(keep))
    for node, at in keep.items():
        taken.add(at, cards[node])
    for node in sorted(found.keys() - keep.keys(), key=lambda node: (found[node][1], found[node][0])):
        at = (found[node][0] + dx, found[node][1] + dy)
        made[node] = taken.nearest(at, cards[node], HANG - 1)
        taken.add(made[node], cards[node])
    return made


def _neighbours(case: Case, waiting: set[Id]) -> tuple[dict[Id, list[Id]], dict[Id, list[Id]]]:
    after: dict[Id, list[Id]] = {node: [] for node in waiting}
    before: dict[Id, list[Id]] = {node: [] for node in waiting}
    for arc in arcs(case):
        if arc.kind is ArcKind.COPIED:
            continue
        if arc.tail in waiting:
            after[arc.tail].append(arc.head)
        if arc.head in waiting:
            before[arc.head].append(arc.tail)
    for quantity, host in hosts(case).items():
        if quantity in waiting:
            after[quantity].append(host)
    return after, before


def _wished(
    node: Id, after: list[Id], before: list[Id], found: Mapping[Id, Point], cards: Mapping[Id, Size]
) -> Point:
    heads = [each for each in after if each in found]
    tails = [each for each in before if each in found]
    width, height = cards[node]
    if not heads and not tails:
        if not found:
            return (0.0, 0.0)
        left = min(x for x, _ in found.values())
        return (left, max(y + cards[each][1] for each, (_, y) in found.items()) + 2 * ROW_GAP)
    beside_these = heads or tails
    y = sum(found[each][1] + cards[each][1] / 2 for each in beside_these) / len(beside_these) - height / 2
    if heads:
        return (min(found[each][0] for each in heads) - COLUMN_GAP - width, y)
    return (max(found[each][0] + cards[each][0] for each in tails) + COLUMN_GAP, y)
