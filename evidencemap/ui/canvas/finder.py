"""Finds which of many boxes meet a rectangle: by groups of boxes that lie together, then one by one."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Places = NDArray[np.intp]

GROUP = 64
"""How many boxes share a group."""

_CELL = 700.0
_FEW = 4 * GROUP
_NONE = -1

_LOOSE = 8
"""All are grouped anew once one in so many has come or gone."""


class Finder:
    """Groups the rows of an array of boxes: left, top, right, bottom. The array may change in place."""

    def __init__(self, boxes: Rows) -> None:
        self._boxes = boxes
        count = len(boxes)
        self._grouped = count > _FEW
        if not self._grouped:
            return
        middle = (boxes[:, :2] + boxes[:, 2:]) / 2
        reach = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        size = np.log2(np.maximum(reach, _CELL) / _CELL).astype(np.int64)
        column = (middle[:, 0] // _CELL).astype(np.int64)
        row = (middle[:, 1] // (2 * _CELL)).astype(np.int64)
        self._order = np.lexsort((column, row, size))
        self._group = np.empty(count, dtype=np.int32)
        self._group[self._order] = np.arange(count) // GROUP
        self._loose = 0
        starts = np.arange(0, count, GROUP)
        sorted_boxes = boxes[self._order]
        low = np.minimum.reduceat(sorted_boxes[:, :2], starts, axis=0)
        high = np.maximum.reduceat(sorted_boxes[:, 2:], starts, axis=0)
        self._around = np.asfortranarray(np.column_stack((low, high)))

    def after(self, kept: NDArray[np.bool_], boxes: Rows) -> "Finder":
        """Return the finder of an array that holds the kept rows in their order, and further ones after them.

        Those share groups whatever lies where; once many have come or gone, all are grouped anew.
        """
        stay, count = int(np.count_nonzero(kept)), len(boxes)
        loose = len(kept) + count - 2 * stay
        if not self._grouped or (self._loose + loose) * _LOOSE > count:
            return Finder(boxes)
        made = Finder(boxes[:0])
        still = (self._order != _NONE) & kept[self._order]
        held = np.where(still, (np.cumsum(kept) - 1)[self._order], _NONE)
        made._boxes, made._grouped, made._loose = boxes, True, self._loose + loose
        made._order = np.concatenate((held, np.arange(stay, count)))
        at = np.flatnonzero(made._order != _NONE)
        made._group = np.empty(count, dtype=np.int32)
        made._group[made._order[at]] = at // GROUP
        more = -(-len(made._order) // GROUP) - len(self._around)
        nowhere = np.tile((np.inf, np.inf, -np.inf, -np.inf), (more, 1))
        made._around = np.asfortranarray(np.concatenate((self._around, nowhere)))
        made.moved(np.arange(stay, count))
        return made

    def moved(self, places: Places) -> None:
        """Note that rows have changed: their groups reach there too from now on."""
        if self._grouped:
            groups, boxes = self._group[places], self._boxes[places]
            for side, reach in enumerate((np.minimum, np.minimum, np.maximum, np.maximum)):
                reach.at(self._around[:, side], groups, boxes[:, side])

    def meeting(self, left: float, top: float, right: float, bottom: float) -> Places:
        """Return the places of the rows that meet a rectangle, in ascending order."""
        if not self._grouped:
            return _meeting(self._boxes, left, top, right, bottom)
        groups = _meeting(self._around, left, top, right, bottom)
        if 4 * len(groups) > len(self._around):
            return _meeting(self._boxes, left, top, right, bottom)
        near = (groups[:, None] * GROUP + np.arange(GROUP)).ravel()
        places = np.sort(self._order[near[near < len(self._order)]])
        places = places[np.searchsorted(places, 0) :]
        return places[_meeting(self._boxes[places], left, top, right, bottom)]


def _meeting(boxes: Rows, left: float, top: float, right: float, bottom: float) -> Places:
    return np.flatnonzero(
        (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
    )
