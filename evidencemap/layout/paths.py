"""Smooth paths between cards: where they leave and enter, how they keep clear of cards, where they pass."""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from itertools import accumulate, pairwise
from math import dist
from typing import NamedTuple

Point = tuple[float, float]

CLEAR = 8.0
"""How far a path keeps from a card that it passes."""

FAR = 2600.0
"""A line that goes farther than this, in points, goes straight on over the cards between."""


EACH = 14
"""How many points of each curve are looked at."""


class Box(NamedTuple):
    """A rectangle on the map: top left corner and size in points, y down.

    A named tuple, because routing a map makes many: a frozen dataclass takes three times as long to make.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """Return the middle."""
        x, y, width, height = self
        return (x + width / 2, y + height / 2)

    def grown(self, margin: float) -> "Box":
        """Return the box with so much more on every side."""
        x, y, width, height = self
        return Box(x - margin, y - margin, width + 2 * margin, height + 2 * margin)

    def meets(self, other: "Box", margin: float = 0.0) -> bool:
        """Say whether two boxes overlap or come nearer than the margin."""
        x, y, width, height = self
        left, top, wide, high = other
        return (
            x < left + wide + margin
            and left < x + width + margin
            and y < top + high + margin
            and top < y + height + margin
        )

    def holds(self, at: Point, margin: float = 0.0) -> bool:
        """Say whether a point lies inside, or nearer than the margin."""
        return (
            self.x - margin < at[0] < self.x + self.width + margin
            and self.y - margin < at[1] < self.y + self.height + margin
        )


class Side(Enum):
    """A side of a card, with the direction in which a path leaves it."""

    LEFT = (-1.0, 0.0)
    RIGHT = (1.0, 0.0)
    TOP = (0.0, -1.0)
    BOTTOM = (0.0, 1.0)

    __hash__ = object.__hash__  # That of Enum is written in Python, and every line asks for it.


class End(NamedTuple):
    """An end of a path, and the direction in which the path goes out from it."""

    at: Point
    out: Point


def sides(tail: Box, head: Box) -> tuple[Side, Side]:
    """Return the side on which a path leaves one card and that on which it enters the other."""
    x, y, width, height = tail
    left, top, wide, high = head
    if left - (x + width) >= 16:
        return Side.RIGHT, Side.LEFT
    if top - (y + height) >= 10:
        return Side.BOTTOM, Side.TOP
    if y - (top + high) >= 10:
        return Side.TOP, Side.BOTTOM
    if x - (left + wide) >= 16:
        return Side.LEFT, Side.RIGHT
    return Side.RIGHT, Side.RIGHT


def port(box: Box, side: Side, share: float = 0.5) -> End:
    """Return the end of a path on a side; `share` runs from 0 (left or top) to 1."""
    x, y, width, height = box
    if side is Side.RIGHT:
        return End((x + width, y + height * share), (1.0, 0.0))
    if side is Side.LEFT:
        return End((x, y + height * share), (-1.0, 0.0))
    return End((x + width * share, y if side is Side.TOP else y + height), side.value)


def curve(start: End, end: End) -> tuple[Point, ...]:
    """Return one cubic Bezier curve, as four points, that leaves and enters in the given directions."""
    begin, (across, down) = start
    last, (back, up) = end
    (x, y), (far, low) = begin, last
    straight = (far - x) * across + (low - y) * down
    reach = 0.5 * straight if straight > 0 else 0.35 * (abs(far - x) + abs(low - y))
    reach = min(140.0, max(10.0, reach))
    return (begin, (x + across * reach, y + down * reach), (far + back * reach, low + up * reach), last)


def path(start: End, end: End, near: Callable[[Box], list[Box]]) -> tuple[Point, ...]:
    """Return a path of joined cubic curves from one end to the other that goes round the cards.

    A path that runs to the right passes a column of cards in the free row nearest to its own line; any
    other path, and one that goes farther than `FAR`, goes as it goes. `near` gives the cards that meet
    a box. The points are start, two controls, point, two controls, point ...
    """
    simple = curve(start, end)
    (left, one), (right, other) = start.at, end.at
    if right - left < 40 or right - left > FAR or abs(other - one) > FAR:
        return simple
    ys = [y for _x, y in simple]
    top, bottom = min(ys), max(ys)
    met = _between(near(Box(left, top - CLEAR, right - left, bottom - top + 2 * CLEAR)), left, right)
    if not met or not _hold_any(met, samples(simple)):
        return simple
    return way_round(start, end, near)


def way_round(start: End, end: End, near: Callable[[Box], list[Box]]) -> tuple[Point, ...]:
    """Return a path to the right that passes each column of cards between in the free row nearest to it."""
    (left, one), (right, other) = start.at, end.at
    top, bottom = min(one, other) - 160, max(one, other) + 160
    between = _between(near(Box(left - 8, top, right - left + 16, bottom - top)), left, right)
    ways = [start]
    for left, right, column in _columns(between):
        last = ways[-1].at
        share = ((left + right) / 2 - last[0]) / max(1.0, end.at[0] - last[0])
        wished = last[1] + (end.at[1] - last[1]) * min(1.0, max(0.0, share))
        y = _free_row(wished, column)
        enter, leave = max(left - 8, last[0] + 8), min(right + 8, end.at[0] - 8)
        if leave <= enter:
            continue
        ways.append(End(at=(enter, y), out=(-1.0, 0.0)))
        ways.append(End(at=(leave, y), out=(1.0, 0.0)))
    ways.append(end)
    return _joined(ways)


def _between(cards: list[Box], left: float, right: float) -> list[Box]:
    """Return the cards that reach more than a little between two places across."""
    return [card for card in cards if card[0] + card[2] > left + 4 and card[0] < right - 4]


def _hold_any(cards: list[Box], points: list[Point]) -> bool:
    margin = CLEAR - 2
    for x, y, width, height in cards:
        left, right = x - margin, x + width + margin
        top, bottom = y - margin, y + height + margin
        for across, down in points:
            if left < across < right and top < down < bottom:
                return True
    return False


def samples(points: Sequence[Point], each: int = EACH) -> list[Point]:
    """Return points along a path of cubic curves, evenly by parameter, both ends included."""
    found = [points[0]]
    shares = weights(each)
    for at in range(0, len(points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[at : at + 4]
        found += [
            (w * ax + x * bx + y * cx + z * dx, w * ay + x * by + y * cy + z * dy) for w, x, y, z in shares
        ]
    return found


@cache
def weights(count: int = EACH) -> list[tuple[float, float, float, float]]:
    """Return how much each of the four points of a cubic curve weighs at so many points along it."""
    found = []
    for step in range(1, count + 1):
        t = step / count
        s = 1 - t
        found.append((s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t))
    return found


def evenly(line: Sequence[Point], count: int) -> list[Point]:
    """Return so many points along a polyline, evenly by its length, both ends included."""
    ends = [0.0, *accumulate(map(dist, line, line[1:]))]
    found = []
    at, last, whole = 1, len(line) - 1, ends[-1]
    for step in range(count):
        wanted = whole * step / (count - 1)
        while at < last and ends[at] < wanted:
            at += 1
        begin, (x, y), (far, low) = ends[at - 1], line[at - 1], line[at]
        length = ends[at] - begin
        share = (wanted - begin) / length if length else 0.0
        found.append((x + (far - x) * share, y + (low - y) * share))
    return found


def split(points: Sequence[Point], share: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return a path cut in two at a share of its parameter, both parts exact curves (de Casteljau)."""
    count = (len(points) - 1) // 3
    whole = min(count - 1, int(share * count))
    t = share * count - whole
    a, b, c, d = points[whole * 3 : whole * 3 + 4]
    ab, bc, cd = _mid(a, b, t), _mid(b, c, t), _mid(c, d, t)
    abc, bcd = _mid(ab, bc, t), _mid(bc, cd, t)
    at = _mid(abc, bcd, t)
    return (
        (*points[: whole * 3 + 1], ab, abc, at),
        (at, bcd, cd, *points[whole * 3 + 3 :]),
    )


def _mid(one: Point, other: Point, t: float) -> Point:
    return (one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t)


def _joined(ways: list[End]) -> tuple[Point, ...]:
    found: list[Point] = [ways[0].at]
    for one, other in pairwise(ways):
        leaving = one if one is ways[0] or one.out[0] > 0 else End(at=one.at, out=(1.0, 0.0))
        entering = other if other is ways[-1] or other.out[0] < 0 else End(at=other.at, out=(-1.0, 0.0))
        found.extend(curve(leaving, entering)[1:])
    return tuple(found)


def _columns(cards: list[Box]) -> list[tuple[float, float, list[Box]]]:
    """Return the cards in columns from left to right, each with its left and right edge."""
    found: list[tuple[float, float, list[Box]]] = []
    for card in sorted(cards, key=lambda card: card.x):
        if found and card.x < found[-1][1] - 8:
            left, right, column = found[-1]
            column.append(card)
            found[-1] = (left, max(right, card.right), column)
        else:
            found.append((card.x, card.right, [card]))
    return found


def _free_row(wished: float, column: list[Box]) -> float:
    """Return the y nearest to the one wished at which nothing in the column is in the way."""
    edges = [(card.y, card.y + card.height) for card in column]
    if not any(top - CLEAR < wished < bottom + CLEAR for top, bottom in edges):
        return wished
    rows = sorted(
        (y for top, bottom in edges for y in (top - CLEAR, bottom + CLEAR)),
        key=lambda y: (abs(y - wished), y),
    )
    for near in (CLEAR - 0.1, 0.0):
        for y in rows:
            if not any(top - near < y < bottom + near for top, bottom in edges):
                return y
    return rows[0]
