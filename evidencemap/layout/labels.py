"""Where labels lie already, so that a new one finds a place that is free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidencemap.layout.paths import Box, Point, evenly
from evidencemap.model.records import Id

_CELL = 192.0


@dataclass(slots=True)
class Labels:
    """The boxes of labels by the step whose they are, found by the squares of the map that they meet."""

    _boxes: dict[Id, Box] = field(default_factory=dict)
    _cells: dict[tuple[int, int], set[Id]] = field(default_factory=dict)

    def put(self, step: Id, box: Box) -> None:
        """Note where the label of a step lies now."""
        self.drop(step)
        self._boxes[step] = box
        for cell in _cells(box):
            self._cells.setdefault(cell, set()).add(step)

    def drop(self, step: Id) -> None:
        """Forget the label of a step, if it has one."""
        box = self._boxes.pop(step, None)
        if box is not None:
            for cell in _cells(box):
                self._cells[cell].discard(step)

    def meets(self, box: Box, margin: float, step: Id) -> bool:
        """Say whether a label of another step lies in a box or nearer to it than the margin."""
        wide = box.grown(margin)
        return any(
            other != step and self._boxes[other].meets(wide)
            for cell in _cells(wide)
            for other in self._cells.get(cell, ())
        )


def places_along(line: Sequence[Point], middle: Point, known: list[Point]) -> Iterator[Point]:
    """Yield places for a label along a line, the nearest to its middle first.

    They are worked out once they are asked for, and kept in `known`.
    """
    if not known:
        known.extend(evenly(line, 41)[4:37])
        known.sort(key=lambda at: abs(at[0] - middle[0]) + abs(at[1] - middle[1]))
    yield from known


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row
