"""The places that are taken on a map, and the nearest free one; a layout around what stays where it is."""

from collections.abc import Mapping
from statistics import median

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.paths import Box
from evidencemap.layout.picture import HANG, Point, Size
from evidencemap.model.records import Id


class Taken:
    """The boxes that are taken, in one array, and the search for a free place among them."""

    def __init__(self, boxes: NDArray[np.float64], more: int) -> None:
        """Take rows of left, top, right and bottom, and room for so many more."""
        self._boxes: NDArray[np.float64] = np.empty((len(boxes) + more, 4))
        self._boxes[: len(boxes)] = boxes
        self._count = len(boxes)

    def add(self, box: Box) -> None:
        """Take one more."""
        self._boxes[self._count] = (box.x, box.y, box.right, box.bottom)
        self._count += 1

    def nearest(self, wished: Box, gap: float, across: bool = False) -> Box:
        """Return the free place nearest to the one wished, straight above or below it, or beside it."""
        axis = 0 if across else 1
        boxes = self._boxes[: self._count]
        other = 1 - axis
        begin, extent = (wished.x, wished.width) if across else (wished.y, wished.height)
        side, wide = (wished.y, wished.height) if across else (wished.x, wished.width)
        near = boxes[(boxes[:, other] < side + wide + gap) & (boxes[:, other + 2] > side - gap)]
        starts = np.concatenate(([begin], near[:, axis] - gap - extent, near[:, axis + 2] + gap))
        for place in starts[np.argsort(np.abs(starts - begin), kind="stable")].tolist():
            if not np.any(
                (near[:, axis] < place + extent + gap - 0.01) & (near[:, axis + 2] > place - gap + 0.01)
            ):
                x, y = (place, wished.y) if across else (wished.x, place)
                return Box(x=x, y=y, width=wished.width, height=wished.height)
        raise AssertionError("beyond the last card there is always room")


def around(found: Mapping[Id, Point], cards: Mapping[Id, Size], keep: Mapping[Id, Point]) -> dict[Id, Point]:
    """Return a layout with what is kept exactly where it was and the rest moved as little as need be."""
    known = [node for node in keep if node in found]
    dx = median(keep[node][0] - found[node][0] for node in known) if known else 0.0
    dy = median(keep[node][1] - found[node][1] for node in known) if known else 0.0
    made = dict(keep)
    taken = Taken(np.empty((0, 4)), len(found) + len(keep))
    for node in keep:
        taken.add(there(node, keep, cards))
    for node in sorted(found.keys() - keep.keys(), key=lambda node: (found[node][1], found[node][0])):
        x, y = found[node]
        width, height = cards[node]
        at = taken.nearest(Box(x=x + dx, y=y + dy, width=width, height=height), HANG - 1)
        made[node] = (at.x, at.y)
        taken.add(at)
    return made


def there(node: Id, found: Mapping[Id, Point], cards: Mapping[Id, Size]) -> Box:
    """Return the box of a node that has a place."""
    (x, y), (width, height) = found[node], cards[node]
    return Box(x=x, y=y, width=width, height=height)
