"""A large case folded: blocks of claims with their grounds, each one layered picture, on a few shelves.

The blocks are runs of one line through the case in which what is joined stands close, so that a claim and
most of what it rests on share a block; the shelves run to and fro like a plough, so that neighbours in the
line lie beside each other. One layered picture of everything would be a ribbon many times wider than high.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.direction import Direction
from evidencemap.layout.layered import acyclic, layers_of
from evidencemap.layout.picture import Graph, Point, extent, one_picture
from evidencemap.model.records import Id

BLOCK = 36
"""About how many nodes share a block."""

FAST = 400
"""Above so many nodes fewer rounds are spent on each block."""

_TURNS = 150
_FAR, _CLOSE = 0.2, 0.005
"""At what distance, as a share of all nodes, a link begins to pull less: in the first and the last turn."""

LAYERED, LINED_UP = 0.4, 0.7
"""The share of the work that is done once the layers are known, and once all nodes stand in a line."""

BLOCK_GAP = 64.0
ASPECT = 1.35
"""How wide the whole is for its height, as far as whole blocks allow."""


def folded(
    graph: Graph,
    direction: Direction = Direction.RIGHT,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[Id, Point]:
    """Return the positions of a folded picture; `progress` hears how far it is, from 0 to 1."""
    line = _line_up(graph, progress)
    count = max(2, round(len(line) / BLOCK))
    each = -(-len(line) // count)
    groups = [line[at : at + each] for at in range(0, len(line), each)]
    rounds = 12 if len(line) <= FAST else 4
    blocks = []
    for at, part in enumerate(graph.parts(groups)):
        block = one_picture(part, rounds)
        blocks.append((block, extent(block, graph.cards)))
        progress(LINED_UP + (1.0 - LINED_UP) * at / len(groups))
    return _on_shelves(blocks, ASPECT if direction is Direction.RIGHT else 1.0 / ASPECT)


def _line_up(graph: Graph, progress: Callable[[float], None]) -> list[int]:
    """Return the nodes in one line in which what is joined stands close: short sums of distances.

    Iteratively reweighted least squares for the least sum of absolute distances (Schlossmacher 1973),
    started from the layers; a far link pulls less than a near one, so that it does not fold the line.
    """
    count = len(graph.ids)
    edges = acyclic(count, graph.edges)
    if not edges:
        return list(range(count))
    tails = np.array([tail for tail, _, _ in edges])
    heads = np.array([head for _, head, _ in edges])
    pulls = np.array([pull for _, _, pull in edges])
    place = _ranks(np.array(layers_of(count, edges)) + np.arange(count) / (2 * count))
    for turn in range(_TURNS):
        progress(LAYERED + (LINED_UP - LAYERED) * turn / _TURNS)
        near = count * _FAR * (_CLOSE / _FAR) ** (turn / _TURNS)
        weight = pulls / (np.abs(place[tails] - place[heads]) + near)
        total = np.bincount(tails, weight, count) + np.bincount(heads, weight, count)
        drawn = np.bincount(tails, weight * place[heads], count)
        drawn += np.bincount(heads, weight * place[tails], count)
        wished = np.divide(drawn, total, out=place.copy(), where=total > 0)
        place = _ranks((place + wished) / 2)
    found: list[int] = np.argsort(place, kind="stable").tolist()
    return found


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks


def _on_shelves(
    blocks: list[tuple[dict[Id, Point], tuple[float, float, float, float]]], aspect: float
) -> dict[Id, Point]:
    sizes = [(right - left + BLOCK_GAP, bottom - top + BLOCK_GAP) for _, (left, top, right, bottom) in blocks]
    room = _best_room(sizes, aspect)
    found: dict[Id, Point] = {}
    y = 0.0
    for number, shelf in enumerate(_shelves(sizes, room)):
        used = sum(sizes[at][0] for at in shelf)
        spare = (room - used) / len(shelf) if used > 0.7 * room else 0.0
        x = 0.0
        for at in shelf if number % 2 == 0 else shelf[::-1]:
            positions, (left, top, _, _) = blocks[at]
            for node, (at_x, at_y) in positions.items():
                found[node] = (at_x - left + x, at_y - top + y)
            x += sizes[at][0] + spare
        y += max(sizes[at][1] for at in shelf)
    return found


def _best_room(sizes: list[tuple[float, float]], aspect: float) -> float:
    """Return the width of the shelves at which the whole comes nearest to its aspect."""
    widest = max(width for width, _ in sizes)
    area = sum(width * height for width, height in sizes)
    best = (float("inf"), widest)
    for step in range(12):
        room = max(widest, (area * aspect) ** 0.5 * (0.8 + 0.06 * step))
        shelves = _shelves(sizes, room)
        height = sum(max(sizes[at][1] for at in shelf) for shelf in shelves)
        wide = max(sum(sizes[at][0] for at in shelf) for shelf in shelves)
        off = abs(wide / height / aspect - 1.0) if wide > height * aspect else height * aspect / wide - 1.0
        best = min(best, (off, room))
    return best[1]


def _shelves(sizes: list[tuple[float, float]], room: float) -> list[list[int]]:
    shelves: list[list[int]] = [[]]
    used = 0.0
    for at, (width, _) in enumerate(sizes):
        if shelves[-1] and used + width > room + 0.5:
            shelves.append([])
            used = 0.0
        shelves[-1].append(at)
        used += width
    return shelves
