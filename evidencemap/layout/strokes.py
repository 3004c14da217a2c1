"""Which lines of steps pass under a place for a label, by the small cells of the map that they cross."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.paths import Box, Point
from evidencemap.model.records import Id

CELL = 10.0
"""The side of a cell, in points: so near may a line come to a label without passing under it."""

_COLUMN = 1 << 32
"""By how much the numbers of two cells differ that lie side by side; those below each other differ by one."""


@dataclass(slots=True)
class Strokes:
    """The steps whose lines run through each cell of the map, by the number of the cell."""

    _cells: dict[Id, set[int]] = field(default_factory=dict)
    _held: defaultdict[int, set[Id]] = field(default_factory=lambda: defaultdict(set))

    def put(self, step: Id, curves: Iterable[Sequence[Point]]) -> None:
        """Note how the line of a step runs now."""
        self.drop(step)
        cells = self._cells[step] = set().union(*map(_cells_of, curves))
        for cell in cells:
            self._held[cell].add(step)

    def drop(self, step: Id) -> None:
        """Forget the line of a step, if it has one."""
        for cell in self._cells.pop(step, ()):
            self._held[cell].discard(step)

    def under(self, box: Box, step: Id) -> int:
        """Return how many lines of other steps pass under a box."""
        if not self._held:
            return 0
        x, y, width, height = box
        top, bottom = int(y // CELL), int((y + height) // CELL)
        found: set[Id] = set()
        for column in range(int(x // CELL), int((x + width) // CELL) + 1):
            for cell in range(column * _COLUMN + top, column * _COLUMN + bottom + 1):
                if cell in self._held:
                    found |= self._held[cell]
        return len(found) - (step in found)


def _cells_of(path: Sequence[Point]) -> list[int]:
    """Return the cells in which a path of cubic curves lies, looked at as often as a cell is wide."""
    points = np.array(path)
    places = []
    for at in range(0, len(points) - 1, 3):
        curve = points[at : at + 4]
        length = np.abs(np.diff(curve, axis=0)).sum()
        places.append(_shares(int(length / CELL) + 2) @ curve)
    cells = np.floor(np.concatenate(places) / CELL).astype(np.int64)
    found: list[int] = (cells[:, 0] * _COLUMN + cells[:, 1]).tolist()
    return found


@lru_cache(maxsize=512)
def _shares(count: int) -> NDArray[np.float64]:
    """Return how much each of the four points of a curve weighs at so many places along it."""
    there = np.linspace(0.0, 1.0, count)
    back = 1.0 - there
    return np.stack((back**3, 3 * there * back**2, 3 * there**2 * back, there**3), axis=1)
