"""Which of many cards meet which of many areas, asked all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.paths import Box

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

_COLUMN = 200.0
"""Cards are sought by the columns of this width, in points, in which they begin, each from top to bottom."""


class Edges(NamedTuple):
    """The edges of many areas: the left ones, the upper ones, the right ones and the lower ones."""

    left: Floats
    top: Floats
    right: Floats
    bottom: Floats

    def of(self, which: Whole) -> "Edges":
        """Return the edges of some of them, in this order."""
        return Edges(self.left[which], self.top[which], self.right[which], self.bottom[which])


def columns_of(boxes: Sequence[Box]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return x, y, width and height of many boxes, a column of numbers each."""
    numbers = np.fromiter(chain.from_iterable(boxes), dtype=np.float64, count=4 * len(boxes))
    held = numbers.reshape(-1, 4)
    x, y, width, height = (np.ascontiguousarray(held[:, at]) for at in range(4))
    return x, y, width, height


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Cards, sorted by the column in which they begin and from top to bottom."""

    edges: Edges
    order: Whole
    keys: Floats
    tall: float
    _column: tuple[int, int]
    _upper: float
    _deep: float
    _widest: float

    @classmethod
    def sorted(cls, boxes: Sequence[Box]) -> Self:
        """Return cards as they are sought."""
        x, y, width, height = columns_of(boxes)
        column = np.floor(x / _COLUMN).astype(np.int64)
        order = np.lexsort((y, column))
        upper = float(y.min(initial=0.0)) - 2.0
        deep = float(y.max(initial=0.0)) + 2.0 - upper
        first, last = int(column.min(initial=0)), int(column.max(initial=0))
        edges = Edges(x, y, x + width, y + height).of(order)
        return cls(
            edges=edges,
            order=order,
            keys=(column[order] - first) * deep + (edges.top - upper),
            tall=float(height.max(initial=0.0)) + 1.0,
            _column=(first, last),
            _upper=upper,
            _deep=deep,
            _widest=float(width.max(initial=0.0)) + 1.0,
        )

    def met(self, areas: Edges) -> tuple[Whole, Whole]:
        """Return each meeting: which area, and at which place among these cards the card stands."""
        first, last = self._column
        begin = np.clip(np.floor((areas.left - self._widest) / _COLUMN).astype(np.int64), first, last)
        end = np.clip(np.floor(areas.right / _COLUMN).astype(np.int64), first, last)
        area, column = _spans(begin, end + 1)
        above = np.clip(areas.top - self.tall - 1.0 - self._upper, 0.0, self._deep)
        below = np.clip(areas.bottom + 1.0 - self._upper, 0.0, self._deep)
        base = (column - first) * self._deep
        asked, card = _spans(
            np.searchsorted(self.keys, base + above[area], side="left"),
            np.searchsorted(self.keys, base + below[area], side="right"),
        )
        area = area[asked]
        one, other = self.edges.of(card), areas.of(area)
        meets = (
            (one.left < other.right)
            & (other.left < one.right)
            & (one.top < other.bottom)
            & (other.top < one.bottom)
        )
        return area[meets], card[meets]


def _spans(begin: Whole, end: Whole) -> tuple[Whole, Whole]:
    """Return every whole number from each beginning up to its end, and before it, which span it is of."""
    length = np.maximum(end - begin, 0)
    which = np.repeat(np.arange(len(begin)), length)
    before = np.cumsum(length) - length
    return which, np.arange(len(which)) - before[which] + begin[which]
