"""Arrays that grow at their end: an array is a view of a larger one, so that a few more rows copy nothing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

NOWHERE = (np.inf, np.inf, -np.inf, -np.inf)
"""The box at a place that is free: it meets no rectangle and bounds nothing."""

_SPARE = 8
"""One in so many of its rows is the room that an array is given."""

_LEAST = 16
_LOOSE = 8
_FEW = 64


class Rooms:
    """The larger arrays behind some arrays, by name."""

    def __init__(self) -> None:
        self._rooms: dict[str, NDArray[Any]] = {}

    def longer(self, name: str, held: NDArray[Any], more: NDArray[Any]) -> NDArray[Any]:
        """Return an array with more rows at its end; the array that was `held` is not to be used again."""
        count = len(held) + len(more)
        room = self._rooms.get(name)
        if room is None or held.base is not room or len(room) < count:
            shape = (count + count // _SPARE + _LEAST, *held.shape[1:])
            room = self._rooms[name] = np.empty(shape, dtype=held.dtype, order="F")
            room[: len(held)] = held
        room[len(held) : count] = more
        return room[:count]


def is_loose(count: int, changed: int) -> bool:
    """Say whether so many of the places of an array have come or gone that it should be closed up."""
    return changed > _FEW and changed * _LOOSE > count
