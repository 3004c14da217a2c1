"""Finds which of many boxes meet a rectangle: by groups of boxes that lie together, then one by one."""

import numpy as np
from numpy.typing import NDArray

from evidencemap.ui.canvas.rooms import NOWHERE

Rows = NDArray[np.float64]
Places = NDArray[np.intp]

GROUP = 64
"""How many boxes share a group."""

_CELL = 700.0
_FEW = 4 * GROUP


class Finder:
    """Groups the rows of an array of boxes: left, top, right, bottom. The array may change in place.

    A row that lies nowhere is never found. `grown` is how many rows came after the groups were made.
    """

    def __init__(self, boxes: Rows) -> None:
        self._boxes = boxes
        self.grown = 0
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
        starts = np.arange(0, count, GROUP)
        sorted_boxes = boxes[self._order]
        low = np.minimum.reduceat(sorted_boxes[:, :2], starts, axis=0)
        high = np.maximum.reduceat(sorted_boxes[:, 2:], starts, axis=0)
        self._around = np.asfortranarray(np.column_stack((low, high)))

    def grow(self, boxes: Rows) -> None:
        """Take the array with further rows at its end; those share groups whatever lies where."""
        before, count = len(self._boxes), len(boxes)
        self._boxes = boxes
        self.grown += count - before
        if not self._grouped:
            return
        new = np.arange(before, count)
        self._order = np.concatenate((self._order, new))
        self._group = np.concatenate((self._group, (new // GROUP).astype(np.int32)))
        more = -(-count // GROUP) - len(self._around)
        if more:
            self._around = np.asfortranarray(np.concatenate((self._around, np.tile(NOWHERE, (more, 1)))))
        self.moved(new)

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
        return places[_meeting(self._boxes[places], left, top, right, bottom)]


def _meeting(boxes: Rows, left: float, top: float, right: float, bottom: float) -> Places:
    return np.flatnonzero(
        (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
    )
