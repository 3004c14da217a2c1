"""Inks: what is painted along lines, made once and kept while it stays the same: paths, each with its pen.

A solid curve is given to Qt whole: a picture no larger than what is painted clips it at no cost worth
naming. Where dashes begin, however, hangs in Qt on what is clipped: two parts of one line, painted one
after the other, would not fit. So dashes are outlined here, in stretches, wherever the view may be. Of a
very long line there is only a stub at each end.
"""

import math
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPainterPathStroker, QPen

from evidencemap.layout.paths import Point, samples, split
from evidencemap.model.records import Id

THICK = 24.0
"""How far from its curve a line may reach, in points: its glow, its arrowhead, its bar."""

LONG = 2600.0
"""A curve longer than this, in points, is very long: only a stub of it is seen at each end."""

STUB = LONG / 2
"""How long a stub is, in points: the width of a view at full size."""

MOST = 4000
"""How many entities have their inks kept."""

STRETCH = 240.0
"""About how long the stretches are in which dashes are outlined, in points."""

_PARTS = 64
_FINE = 0.1
_NOTHING = QBrush(Qt.BrushStyle.NoBrush)
_NO_PEN = QPen(Qt.PenStyle.NoPen)

Curve = tuple[Point, ...]


@lru_cache(maxsize=4096)
def painter_path(points: Curve) -> QPainterPath:
    """Return joined cubic curves as a path of Qt. Nobody changes it."""
    path = QPainterPath(QPointF(*points[0]))
    for at in range(1, len(points), 3):
        path.cubicTo(QPointF(*points[at]), QPointF(*points[at + 1]), QPointF(*points[at + 2]))
    return path


class Ink:
    """One path with its pen and brush, and a box that holds all of it.

    Of a dashed path the dashes are outlined once it is painted, and filled: `dashes` is the pen for that.
    """

    __slots__ = ("brush", "dashes", "path", "pen", "reach")

    def __init__(
        self, pen: QPen, brush: QBrush, path: QPainterPath, reach: QRectF, dashes: QPen | None = None
    ) -> None:
        self.pen, self.brush, self.path, self.reach, self.dashes = pen, brush, path, reach, dashes

    def paint(self, painter: QPainter) -> None:
        """Paint all of it."""
        if self.dashes is not None:
            stroker = QPainterPathStroker(self.dashes)
            stroker.setCurveThreshold(_FINE)
            self.path, self.dashes = stroker.createStroke(self.path), None
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        painter.drawPath(self.path)


def is_long(*curves: Curve) -> bool:
    """Say whether a line, of all these curves, is very long."""
    across = [x for curve in curves for x, _ in curve]
    down = [y for curve in curves for _, y in curve]
    return max(across) - min(across) > LONG or max(down) - min(down) > LONG


def stroked(pen: QPen, points: Curve, stubs: str = "", *, outline: bool = True) -> list[Ink]:
    """Return the inks of a curve; of a very long line only the `stubs`: "tail", "head" or "tail head".

    A stub is dashed as if it were a part of the whole. Without `outline` it is left to Qt to dash, for
    a picture of vectors that is painted whole.
    """
    parts = _stubs(points, stubs) if stubs else [(0.0, points)]
    found = []
    for offset, part in parts:
        if pen.style() is Qt.PenStyle.SolidLine:
            found.append(shape(pen, painter_path(part)))
        elif outline:
            found += _dashes(pen, part, offset)
        else:
            found.append(shape(_moved_on(pen, offset), painter_path(part)))
        if part is not points:
            found.append(_goes_on(pen, part, back=bool(offset)))
    return found


def _goes_on(pen: QPen, stub: Curve, *, back: bool) -> Ink:
    """Return three dots beyond the open end of a stub: the line goes on, out of sight."""
    (x, y), (near_x, near_y) = (stub[0], stub[1]) if back else (stub[-1], stub[-2])
    length = math.hypot(x - near_x, y - near_y) or 1.0
    dx, dy = (x - near_x) / length, (y - near_y) / length
    path = QPainterPath()
    radius = max(1.6, pen.widthF() * 0.6)
    for at in (7.0, 14.0, 21.0):
        path.addEllipse(QPointF(x + dx * at, y + dy * at), radius, radius)
    return shape(_NO_PEN, path, QBrush(pen.color()))


def outlined(pen: QPen, path: QPainterPath, reach: QRectF | None = None) -> Ink:
    """Return the ink of a dashed path, its dashes as outlines; `reach` is the box of it, where known."""
    return Ink(_NO_PEN, QBrush(pen.color()), path, reach or _reach(path), pen)


def shape(pen: QPen, path: QPainterPath, brush: QBrush = _NOTHING) -> Ink:
    """Return the ink of any path."""
    return Ink(pen, brush, path, _reach(path))


def paint_inks(painter: QPainter, inks: Iterable[Ink], seen: QRectF | None) -> None:
    """Paint inks in their order; of those with a part that is `seen`, all that Qt does not clip."""
    for ink in inks:
        if seen is None or ink.reach.intersects(seen):
            ink.paint(painter)


class Inks:
    """The inks of entities, each kept with all that they were made from until any of that changes."""

    def __init__(self) -> None:
        self.made = 0
        self._held: dict[tuple[Id, str], tuple[Hashable, list[Ink]]] = {}

    def known(self, entity: Id, part: str, key: Hashable) -> list[Ink] | None:
        """Return the inks of a part of an entity, if they were made from this very key."""
        held = self._held.get((entity, part))
        return held[1] if held is not None and held[0] == key else None

    def keep(self, entity: Id, part: str, key: Hashable, inks: list[Ink]) -> list[Ink]:
        """Keep and return inks; when there are too many, those made first are dropped."""
        self.made += 1
        self._held.pop((entity, part), None)
        self._held[entity, part] = (key, inks)
        if len(self._held) > MOST:
            del self._held[next(iter(self._held))]
        return inks


def _reach(path: QPainterPath) -> QRectF:
    return path.controlPointRect().adjusted(-THICK, -THICK, THICK, THICK)


def _dashes(pen: QPen, points: Curve, offset: float) -> list[Ink]:
    """Return the dashes of a curve that begins so far along a line, stretch by stretch."""
    return [
        outlined(_moved_on(pen, offset + start), path, reach) for start, path, reach in _stretches(points)
    ]


@lru_cache(maxsize=4096)
def _stretches(points: Curve) -> list[tuple[float, QPainterPath, QRectF]]:
    """Return the stretches of a curve: how far from its start each begins, its path, and the box of it."""
    if max(abs(x - points[0][0]) + abs(y - points[0][1]) for x, y in points) < STRETCH:
        path = painter_path(points)
        return [(0.0, path, _reach(path))]
    lengths, whole = _lengths(points), (len(points) - 1) // 3
    ends = np.linspace(0.0, lengths[-1], 1 + math.ceil(lengths[-1] / STRETCH))
    cuts = np.interp(ends, lengths, np.linspace(0.0, whole, len(lengths))).tolist()
    paths = [_between(points, one, other) for one, other in pairwise(cuts)]
    return [(start, path, _reach(path)) for start, path in zip(ends.tolist(), paths, strict=False)]


def _between(points: Curve, start: float, stop: float) -> QPainterPath:
    """Return the stretch of joined cubic curves between two of their points, each by cubic and share."""
    found = QPainterPath()
    for at in range(int(start), math.ceil(stop)):
        piece = points[at * 3 : at * 3 + 4]
        first, last = max(0.0, start - at), min(1.0, stop - at)
        if last < 1.0:
            piece = split(piece, last)[0]
        if first > 0.0:
            piece = split(piece, first / last)[1]
        if found.isEmpty():
            found.moveTo(*piece[0])
        (ax, ay), (bx, by), (cx, cy) = piece[1:]
        found.cubicTo(ax, ay, bx, by, cx, cy)
    return found


def _moved_on(pen: QPen, by: float) -> QPen:
    """Return a pen whose dashes begin as they do so far along a line."""
    if not by:
        return pen
    moved = QPen(pen)
    moved.setDashOffset(by / pen.widthF())
    return moved


@lru_cache(maxsize=1024)
def _stubs(points: Curve, which: str) -> list[tuple[float, Curve]]:
    """Return the first stretch of a curve, the last or both, each with how far from its start it begins."""
    lengths = _lengths(points)
    if lengths[-1] <= STUB * len(which.split()):
        return [(0.0, points)]
    whole, found = float(len(lengths) - 1), []
    if "tail" in which:
        found.append((0.0, split(points, np.searchsorted(lengths, STUB) / whole)[0]))
    if "head" in which:
        at = np.searchsorted(lengths, lengths[-1] - STUB)
        found.append((float(lengths[at]), split(points, at / whole)[1]))
    return found


@lru_cache(maxsize=4096)
def _lengths(points: Curve) -> NDArray[np.float64]:
    """Return how long a curve is up to each of the ends of its parts."""
    steps = np.hypot(*np.diff(np.array(samples(points, _PARTS)), axis=0).T)
    return np.concatenate(([0.0], np.cumsum(steps)))
