"""Many lines routed at once: those of one curve with no card in its way, and the first places for labels.

What is found is to the last bit what `paths` and `labels` find for one line alone.
"""

from collections.abc import Callable, Sequence
from math import dist
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.labels import APART, ENDS_LEFT_OUT, PLACES
from evidencemap.layout.meetings import Cards, Edges, Floats, columns_of
from evidencemap.layout.paths import CLEAR, FAR, Box, Point, Side, weights

Curve: TypeAlias = tuple[Point, ...]
_Points: TypeAlias = tuple[Floats, Floats]
"""Many points: how far across each is, and how far down."""

_Boxes: TypeAlias = tuple[Floats, Floats, Floats, Floats]
"""Many boxes: their left and upper edges, how wide they are and how high."""

_Flags: TypeAlias = NDArray[np.bool_]


_WORTH_IT = 8
"""From so many lines on that go round cards alike, the places of their labels are found at once."""

_TRIED, _KEPT = 12, 4
"""So many places along a line are looked at, and so many of the free ones kept: nearly always enough."""


class Wish(NamedTuple):
    """A line that is wanted: between which cards, and how far along their sides its ends are."""

    tail: Box
    head: Box
    leave: float
    enter: float
    labelled: bool


class Room(NamedTuple):
    """The width and height of the label of a line that is flatter than steep, and of any other."""

    flat: tuple[float, float]
    steep: tuple[float, float]


class Run(NamedTuple):
    """How a line runs: its two halves, and the first places for its label in which no card is.

    They are tried in this order; where other labels have all of them, or there is none, a search goes on.
    """

    branch: Curve
    trunk: Curve
    places: list[Box]


def runs(
    wishes: Sequence[Wish],
    cards: Sequence[Box],
    room: Room,
    go_round: Callable[[int], tuple[Curve, Curve]],
) -> list[Run]:
    """Return how each line runs; `go_round` gives the halves of a line that has to go round a card."""
    if not wishes:
        return []
    held = Cards.sorted(cards)
    curve = _curves(wishes)
    plain = ~_held_up(curve, held)
    labelled = np.array([wish.labelled for wish in wishes])
    halves = _halved(curve)
    places = _places(halves, 3, plain & labelled, held, room)
    found = list(map(Run, _listed(halves[:4]), _listed(halves[3:]), places))
    alike: dict[tuple[int, int], list[int]] = {}
    for at in np.flatnonzero(~plain).tolist():
        branch, trunk = go_round(at)
        found[at] = Run(branch, trunk, [])
        if labelled[at]:
            alike.setdefault((len(branch), len(trunk)), []).append(at)
    for (middle, _), lines in alike.items():
        if len(lines) >= _WORTH_IT:
            points = np.array([(*found[at].branch, *found[at].trunk[1:]) for at in lines])
            path = [(points[:, at, 0], points[:, at, 1]) for at in range(points.shape[1])]
            places = _places(path, middle - 1, np.ones(len(lines), dtype=np.bool_), held, room)
            for at, each in zip(lines, places, strict=True):
                found[at].places.extend(each)
    return found


def _places(line: list[_Points], middle: int, labelled: _Flags, cards: Cards, room: Room) -> list[list[Box]]:
    """Return the first free places of the labels of many lines of the same number of points."""
    sizes, long_enough = _sizes(line, room)
    boxes = _centred(line[middle], sizes)
    wanted = labelled & long_enough
    free = wanted.copy()
    blocked, _card = cards.met(_grown(boxes, CLEAR))
    free[blocked] = False
    places = [[box] if fits else [] for box, fits in zip(_listed_boxes(boxes), free.tolist(), strict=True)]
    sought = np.flatnonzero(wanted & ~(free & _apart(boxes, free)))
    width, height = sizes
    some = [(x[sought], y[sought]) for x, y in line]
    for at, box in _free_places(some, middle, (width[sought], height[sought]), cards):
        places[sought[at]].append(box)
    return places


def _curves(wishes: Sequence[Wish]) -> list[_Points]:
    """Return the four points of each curve: `sides`, `port` and `curve` of `paths` for many lines."""
    tails, heads = columns_of([wish.tail for wish in wishes]), columns_of([wish.head for wish in wishes])
    (x, y, width, height), (left, top, wide, high) = tails, heads
    cases: list[_Flags] = [
        left - (x + width) >= 16,
        top - (y + height) >= 10,
        y - (top + high) >= 10,
        x - (left + wide) >= 16,
    ]
    leave = np.select(cases, [0, 1, 2, 3], 0)
    enter = np.select(cases, [3, 2, 1, 0], 0)
    begin = _ports(tails, leave, np.array([wish.leave for wish in wishes]))
    last = _ports(heads, enter, np.array([wish.enter for wish in wishes]))
    (across, down), (back, up) = _out(leave), _out(enter)
    (x, y), (far, low) = begin, last
    straight = (far - x) * across + (low - y) * down
    reach = np.where(straight > 0, 0.5 * straight, 0.35 * (np.abs(far - x) + np.abs(low - y)))
    reach = np.minimum(140.0, np.maximum(10.0, reach))
    return [begin, (x + across * reach, y + down * reach), (far + back * reach, low + up * reach), last]


_SIDES = (Side.RIGHT, Side.BOTTOM, Side.TOP, Side.LEFT)
"""The sides of a card by the numbers that they have here."""


def _out(side: NDArray[np.int64]) -> _Points:
    ways = np.array([each.value for each in _SIDES])[side]
    return ways[:, 0], ways[:, 1]


def _ports(boxes: tuple[Floats, ...], side: NDArray[np.int64], share: Floats) -> _Points:
    x, y, width, height = boxes
    along, beside = x + width * share, y + height * share
    return np.choose(side, [x + width, along, along, x]), np.choose(side, [beside, y + height, y, beside])


def _held_up(curve: list[_Points], cards: Cards) -> _Flags:
    """Say of each curve whether it comes so near to a card between its ends that it has to go round it."""
    (left, one), (right, other) = curve[0], curve[3]
    goes = (right - left >= 40) & (right - left <= FAR) & (np.abs(other - one) <= FAR)
    asked = np.flatnonzero(goes)
    left, right = left[asked], right[asked]
    ys = np.array([y[asked] for _x, y in curve])
    top, bottom = ys.min(axis=0), ys.max(axis=0)
    upper = top - CLEAR
    area, card = cards.met(Edges(left, upper, left + (right - left), upper + (bottom - top + 2 * CLEAR)))
    edges = cards.edges.of(card)
    between = (edges.right > left[area] + 4) & (edges.left < right[area] - 4)
    area, edges = area[between], edges.of(np.flatnonzero(between))
    xs, ys = _sampled([(x[asked[area]], y[asked[area]]) for x, y in curve])
    margin = CLEAR - 2
    inside = (
        (edges.left[:, None] - margin < xs)
        & (xs < edges.right[:, None] + margin)
        & (edges.top[:, None] - margin < ys)
        & (ys < edges.bottom[:, None] + margin)
    )
    found = np.zeros(len(goes), dtype=np.bool_)
    found[asked[area[inside.any(axis=1)]]] = True
    return found


def _sampled(points: list[_Points]) -> _Points:
    """Return a row of points along each path of cubic curves, as `samples` does."""
    found = []
    for axis in (0, 1):
        values = [point[axis][:, None] for point in points]
        columns = [values[0]]
        for at in range(0, len(points) - 1, 3):
            a, b, c, d = values[at : at + 4]
            w, x, y, z = np.array(weights()).T
            columns.append(w * a + x * b + y * c + z * d)
        found.append(np.concatenate(columns, axis=1))
    return found[0], found[1]


def _halved(curve: list[_Points]) -> list[_Points]:
    """Return the seven points of both halves of each curve, as `split` does; the fourth is the middle."""
    a, b, c, d = curve
    ab, bc, cd = _mid(a, b), _mid(b, c), _mid(c, d)
    abc, bcd = _mid(ab, bc), _mid(bc, cd)
    return [a, ab, abc, _mid(abc, bcd), bcd, cd, d]


def _mid(one: _Points, other: _Points) -> _Points:
    return one[0] + (other[0] - one[0]) * 0.5, one[1] + (other[1] - one[1]) * 0.5


def _listed(points: list[_Points]) -> list[Curve]:
    return list(zip(*(zip(x.tolist(), y.tolist(), strict=True) for x, y in points), strict=True))


def _sizes(line: list[_Points], room: Room) -> tuple[_Points, _Flags]:
    """Return how wide and high the label of each line is, and whether the line is surely long enough."""
    across = np.abs(line[-1][0] - line[0][0])
    down = np.abs(line[-1][1] - line[0][1])
    flat = across >= down
    width, height = (np.where(flat, one, other) for one, other in zip(room.flat, room.steep, strict=True))
    return (width, height), across + down >= np.where(flat, width, height) + 30


def _centred(middle: _Points, sizes: _Points) -> _Boxes:
    (x, y), (width, height) = middle, sizes
    return x - width / 2, y - height / 2, width, height


def _grown(boxes: _Boxes, margin: float) -> Edges:
    x, y, width, height = boxes
    left, top = x - margin, y - margin
    return Edges(left, top, left + (width + 2 * margin), top + (height + 2 * margin))


def _apart(boxes: _Boxes, there: _Flags) -> _Flags:
    """Say of each label that would stand in the middle whether it keeps apart from all others that would."""
    which = np.flatnonzero(there)
    labels = Cards.sorted(_listed_boxes([each[which] for each in boxes]))
    left, top, right, bottom = labels.edges
    one, other = labels.met(Edges(left - APART, top - APART, right + APART, bottom + APART))
    apart = np.ones(len(there), dtype=np.bool_)
    apart[which[labels.order[one[one != other]]]] = False
    return apart


def _free_places(line: list[_Points], middle: int, sizes: _Points, cards: Cards) -> list[tuple[int, Box]]:
    """Return which line has which of its first places for a label clear of cards, in their order."""
    xs, ys = (each[:, :_TRIED] for each in _along(line, middle))
    boxes = _centred((xs, ys), (sizes[0][:, None], sizes[1][:, None]))
    left, top, right, bottom = _grown(boxes, CLEAR)
    around = Edges(left.min(axis=1), top.min(axis=1), right.max(axis=1), bottom.max(axis=1))
    which, card = cards.met(around)
    edges = [each[:, None] for each in cards.edges.of(card)]
    meets = (edges[0] < right[which]) & (left[which] < edges[2])
    meets &= (edges[1] < bottom[which]) & (top[which] < edges[3])
    pair, place = np.nonzero(meets)
    free = np.ones(xs.shape, dtype=np.bool_)
    free[which[pair], place] = False
    free &= np.cumsum(free, axis=1) <= _KEPT
    which, place = np.nonzero(free)
    kept = _listed_boxes((boxes[0][which, place], boxes[1][which, place], sizes[0][which], sizes[1][which]))
    return list(zip(which.tolist(), kept, strict=True))


def _listed_boxes(boxes: Sequence[Floats]) -> list[Box]:
    return list(map(Box, *(each.tolist() for each in boxes)))


def _along(line: list[_Points], middle: int) -> _Points:
    """Return the places for a label along each line, as `places_along` of `labels` does."""
    xs, ys = _sampled(line)
    rows = np.arange(len(xs))[:, None]
    points = list(zip(xs.ravel().tolist(), ys.ravel().tolist(), strict=True))
    steps = np.array(list(map(dist, points, [*points[:1], *points]))).reshape(xs.shape)
    steps[:, 0] = 0.0
    ends = np.cumsum(steps, axis=1)
    wanted = ends[:, -1:] * np.arange(PLACES)[ENDS_LEFT_OUT:-ENDS_LEFT_OUT] / (PLACES - 1)
    at = np.clip((ends[:, None, :] < wanted[:, :, None]).sum(axis=2), 1, ends.shape[1] - 1)
    begin = ends[rows, at - 1]
    length = ends[rows, at] - begin
    share = np.divide(wanted - begin, length, out=np.zeros_like(length), where=length != 0)
    x, y = (values[rows, at - 1] + (values[rows, at] - values[rows, at - 1]) * share for values in (xs, ys))
    middle_x, middle_y = line[middle]
    far = np.abs(x - middle_x[:, None]) + np.abs(y - middle_y[:, None])
    order = np.argsort(far, axis=1, kind="stable")
    return x[rows, order], y[rows, order]
