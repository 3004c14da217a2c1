"""Where labels lie already, and the search for a place along a line that is free for a new one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from evidencemap.layout.paths import Box, Point, evenly, samples
from evidencemap.layout.strokes import Strokes
from evidencemap.model.records import Id

_SIDE = 192.0
"""The side of the squares of the map by which labels are found, in points."""

APART = 4.0
"""How far one label keeps from another, in points."""

PLACES, ENDS_LEFT_OUT = 41, 4
"""How many places along its line a label may have, so many at either end left out."""

_FEW = 6
_Edges: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a box."""

_Square: TypeAlias = tuple[int, int]
_Part: TypeAlias = tuple[list[Point], list[_Edges], list[_Edges]]


_NONE: dict[Id, Box] = {}


@dataclass(slots=True)
class Labels:
    """The boxes of labels by the step whose they are, found by the squares of the map that they meet."""

    _squares: dict[Id, list[_Square]] = field(default_factory=dict)
    _held: dict[_Square, dict[Id, Box]] = field(default_factory=dict)

    def put(self, step: Id, box: Box) -> None:
        """Note where the label of a step lies now."""
        self.drop(step)
        self._squares[step] = squares = _squares(box)
        for square in squares:
            self._held.setdefault(square, {})[step] = box

    def drop(self, step: Id) -> None:
        """Forget the label of a step, if it has one."""
        for square in self._squares.pop(step, ()):
            del self._held[square][step]

    def leave_free(self, box: Box, step: Id) -> bool:
        """Say whether the labels of other steps keep apart from a box."""
        left, top, width, height = box.grown(APART)
        right, bottom = left + width, top + height
        for square in _squares(Box(left, top, width, height)):
            for other, (x, y, wide, high) in self._held.get(square, _NONE).items():
                if x < right and left < x + wide and y < bottom and top < y + high and other != step:
                    return False
        return True

    def near(self, area: Box, step: Id) -> list[Box]:
        """Return the labels of other steps that meet an area."""
        found: dict[Id, Box] = {}
        for square in _squares(area):
            held = self._held.get(square)
            if held:
                found.update(held)
        found.pop(step, None)
        return [box for box in found.values() if box.meets(area)]


@dataclass(slots=True)
class Search:
    """The search for the place of the label of one step: along its curves, the nearest to its middle first.

    A place is free where no card of `near` (those that meet a box) and no label of another step is in
    the way; of the free ones that is best under which the fewest of `strokes`, the lines of steps, pass.
    Most labels stand in the middle or not far from it, so what lies about the places is gathered for a
    few of them at a time, once, and as far as `reach` from them: no label with its margin exceeds it.
    """

    step: Id
    curves: Sequence[Point]
    middle: Point
    near: Callable[[Box], list[Box]]
    labels: Labels
    reach: float
    strokes: Strokes = field(default_factory=Strokes)
    along: list[Point] = field(default_factory=list)
    _line: list[Point] = field(default_factory=list)
    _parts: list[_Part] = field(default_factory=list)

    def is_at_least(self, least: float) -> bool:
        """Say whether the line is at least so long, across and down added up."""
        (left, top), (right, bottom) = self.curves[0], self.curves[-1]
        if abs(right - left) + abs(bottom - top) >= least:
            return True
        return sum(abs(c - a) + abs(d - b) for (a, b), (c, d) in pairwise(self._sampled())) >= least

    def free(self, width: float, height: float, margin: float) -> Box | None:
        """Return the best place for a label of this size that keeps the margin from cards; None for none.

        Of places under which as few lines pass the first is taken.
        """
        best, fewest = None, -1
        for box in self._free(width, height, margin):
            under = self.strokes.under(box, self.step)
            if best is None or under < fewest:
                best, fewest = box, under
            if not under:
                break
        return best

    def _free(self, width: float, height: float, margin: float) -> Iterator[Box]:
        """Yield each free place, the nearest to the middle first."""
        x, y = self.middle
        box = Box(x - width / 2, y - height / 2, width, height)
        if not self.near(box.grown(margin)) and self.labels.leave_free(box, self.step):
            yield box
        for places, cards, labels in self._about():
            for x, y in places:
                at = Box(x - width / 2, y - height / 2, width, height)
                if not _met(cards, at, margin) and not _met(labels, at, APART):
                    yield at

    def _sampled(self) -> list[Point]:
        if not self._line:
            self._line = samples(self.curves)
        return self._line

    def _about(self) -> Iterator[_Part]:
        """Yield the places along the line, a few at a time, with the cards and the labels about them."""
        yield from self._parts
        if not self.along:
            self.along = places_along(self._sampled(), self.middle)
        for at in range(len(self._parts) * _FEW, len(self.along), _FEW):
            places = self.along[at : at + _FEW]
            xs, ys = [x for x, _ in places], [y for _, y in places]
            left, top = min(xs), min(ys)
            around = Box(left, top, max(xs) - left, max(ys) - top).grown(self.reach)
            cards, labels = self.near(around), self.labels.near(around, self.step)
            self._parts.append((places, _edges(cards), _edges(labels)))
            yield self._parts[-1]


def places_along(line: Sequence[Point], middle: Point) -> list[Point]:
    """Return the places along a line at which a label may stand, the nearest to the middle first."""
    x, y = middle
    found = evenly(line, PLACES)[ENDS_LEFT_OUT:-ENDS_LEFT_OUT]
    found.sort(key=lambda at: abs(at[0] - x) + abs(at[1] - y))
    return found


def _edges(boxes: Sequence[Box]) -> list[_Edges]:
    return [(x, y, x + width, y + height) for x, y, width, height in boxes]


def _met(boxes: Sequence[_Edges], at: Box, margin: float) -> bool:
    """Say whether one of the boxes lies in an area or nearer to it than the margin."""
    if not boxes:
        return False
    x, y, width, height = at
    left, top = x - margin, y - margin
    right, bottom = left + (width + 2 * margin), top + (height + 2 * margin)
    for x, y, far, low in boxes:  # noqa: SIM110 - `any` of a generator takes half as long again
        if x < right and left < far and y < bottom and top < low:
            return True
    return False


def _squares(box: Box) -> list[_Square]:
    x, y, width, height = box
    rows = range(int(y // _SIDE), int((y + height) // _SIDE) + 1)
    return [(column, row) for column in range(int(x // _SIDE), int((x + width) // _SIDE) + 1) for row in rows]
