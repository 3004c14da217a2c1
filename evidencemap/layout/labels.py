"""Where labels lie already, and the search for a place along a line that is free for a new one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from evidencemap.layout.paths import Box, Point, evenly, samples
from evidencemap.model.records import Id

_CELL = 192.0
APART = 4.0
"""How far one label keeps from another, in points."""

_FEW = 6
_Edges: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a box."""

_Part: TypeAlias = tuple[list[Point], list[_Edges], list[_Edges]]


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

    def near(self, area: Box, step: Id) -> list[Box]:
        """Return the labels of other steps that meet an area."""
        found = {other for cell in _cells(area) for other in self._cells.get(cell, ())}
        found.discard(step)
        return [box for other in found if (box := self._boxes[other]).meets(area)]


@dataclass(slots=True)
class Search:
    """The search for the place of the label of one step: along its curves, the nearest to its middle first.

    A place is free where no card of `near` (those that meet a box) and no label of another step is in
    the way. Most labels stand in the middle or not far from it, so what lies about the places is gathered
    for a few of them at a time, once, and as far as `reach` from them: no label with its margin exceeds it.
    """

    step: Id
    curves: Sequence[Point]
    middle: Point
    near: Callable[[Box], list[Box]]
    labels: Labels
    reach: float
    _line: list[Point] = field(default_factory=list)
    _along: list[Point] = field(default_factory=list)
    _parts: list[_Part] = field(default_factory=list)

    def is_at_least(self, least: float) -> bool:
        """Say whether the line is at least so long, across and down added up."""
        (left, top), (right, bottom) = self.curves[0], self.curves[-1]
        if abs(right - left) + abs(bottom - top) >= least:
            return True
        return sum(abs(c - a) + abs(d - b) for (a, b), (c, d) in pairwise(self._sampled())) >= least

    def free(self, width: float, height: float, margin: float) -> Box | None:
        """Return the first place for a label of this size that keeps the margin from cards; None for none."""
        x, y = self.middle
        box = Box(x=x - width / 2, y=y - height / 2, width=width, height=height)
        if not self.near(box.grown(margin)) and not self.labels.near(box.grown(APART), self.step):
            return box
        for places, cards, labels in self._about():
            for x, y in places:
                at = Box(x=x - width / 2, y=y - height / 2, width=width, height=height)
                if not _met(cards, at, margin) and not _met(labels, at, APART):
                    return at
        return None

    def _sampled(self) -> list[Point]:
        if not self._line:
            self._line = samples(self.curves)
        return self._line

    def _about(self) -> Iterator[_Part]:
        """Yield the places along the line, a few at a time, with the cards and the labels about them."""
        yield from self._parts
        if not self._along:
            x, y = self.middle
            self._along = evenly(self._sampled(), 41)[4:37]
            self._along.sort(key=lambda at: abs(at[0] - x) + abs(at[1] - y))
        for at in range(len(self._parts) * _FEW, len(self._along), _FEW):
            places = self._along[at : at + _FEW]
            xs, ys = zip(*places, strict=True)
            left, top = min(xs), min(ys)
            around = Box(x=left, y=top, width=max(xs) - left, height=max(ys) - top).grown(self.reach)
            cards, labels = self.near(around), self.labels.near(around, self.step)
            self._parts.append((places, _edges(cards), _edges(labels)))
            yield self._parts[-1]


def _edges(boxes: Sequence[Box]) -> list[_Edges]:
    return [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]


def _met(boxes: Sequence[_Edges], at: Box, margin: float) -> bool:
    """Say whether one of the boxes lies in an area or nearer to it than the margin."""
    left, top = at.x - margin, at.y - margin
    right, bottom = left + (at.width + 2 * margin), top + (at.height + 2 * margin)
    return any(x < right and left < far and y < bottom and top < low for x, y, far, low in boxes)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.y // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row
