"""Inks: what is painted along lines, made once and kept while it stays the same: paths, each with its pen.

A solid curve is given to Qt whole: a picture no larger than what is painted clips it at no cost worth
naming. Where dashes begin, however, hangs in Qt on what is clipped: two parts of one line, painted one
after the other, would not fit. So dashes are outlined here, in stretches, wherever the view may be. Of a
very long line there is only a stub at each end.
"""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
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

Curve = tuple[Point, ...]


@lru_cache(maxsize=4096)
def painter_path(points: Curve) -> QPainterPath:
    """Return joined cubic curves as a path of Qt. Nobody changes it."""
    path = QPainterPath(QPointF(*points[0]))
    for at in range(1, len(points), 3):
        path.cubicTo(QPointF(*points[at]), QPointF(*points[at + 1]), QPointF(*points[at + 2]))
    return path


@dataclass(frozen=True, slots=True)
class Ink:
    """One path with its pen and brush, and a box that holds all of it."""

    pen: QPen
    brush: QBrush
    path: QPainterPath
    reach: QRectF


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
    found = []
    for offset, part in _stubs(points, stubs) if stubs else [(0.0, points)]:
        if pen.style() is Qt.PenStyle.SolidLine:
            found.append(shape(pen, painter_path(part)))
        elif outline:
            found += _dashes(pen, part, offset)
        else:
            found.append(shape(_moved_on(pen, offset), painter_path(part)))
    return found


def outlined(pen: QPen, path: QPainterPath) -> Ink:
    """Return the ink of a dashed path, its dashes as outlines."""
    stroker = QPainterPathStroker(pen)
    stroker.setCurveThreshold(_FINE)
    return shape(QPen(Qt.PenStyle.NoPen), stroker.createStroke(path), QBrush(pen.color()))


def shape(pen: QPen, path: QPainterPath, brush: QBrush = _NOTHING) -> Ink:
    """Return the ink of any path."""
    return Ink(pen, brush, path, path.controlPointRect().adjusted(-THICK, -THICK, THICK, THICK))


def paint_inks(painter: QPainter, inks: Iterable[Ink], seen: QRectF | None) -> None:
    """Paint inks in their order; of those with a part that is `seen`, all that Qt does not clip."""
    for ink in inks:
        if seen is None or ink.reach.intersects(seen):
            painter.setPen(ink.pen)
            painter.setBrush(ink.brush)
            painter.drawPath(ink.path)


class Inks:
    """The inks of entities, each kept with all that they were made from until any of that changes."""

    def __init__(self) -> None:
        self._held: dict[tuple[Id, str], tuple[Hashable, list[Ink]]] = {}

    def known(self, entity: Id, part: str, key: Hashable) -> list[Ink] | None:
        """Return the inks of a part of an entity, if they were made from this very key."""
        held = self._held.get((entity, part))
        return held[1] if held is not None and held[0] == key else None

    def keep(self, entity: Id, part: str, key: Hashable, inks: list[Ink]) -> list[Ink]:
        """Keep and return inks; when there are too many, those made first are dropped."""
        self._held.pop((entity, part), None)
        self._held[entity, part] = (key, inks)
        if len(self._held) > MOST:
            del self._held[next(iter(self._held))]
        return inks


def _dashes(pen: QPen, points: Curve, offset: float) -> list[Ink]:
    """Return the dashes of a curve that begins so far along a line: in stretches, each cut in a gap."""
    if max(abs(x - points[0][0]) + abs(y - points[0][1]) for x, y in points) < STRETCH:
        return [outlined(_moved_on(pen, offset), painter_path(points))]
    lengths = _lengths(points)
    period = sum(pen.dashPattern()) * pen.widthF()
    gap = pen.dashPattern()[-1] * pen.widthF() / 2
    first = math.ceil((offset + gap) / period) * period - gap - offset
    ends = np.arange(first, lengths[-1], max(1, round(STRETCH / period)) * period)
    whole = (len(points) - 1) // 3
    along = np.interp(ends, lengths, np.linspace(0.0, whole, len(lengths)))
    return [
        outlined(_moved_on(pen, offset + start), _between(points, one, other))
        for start, (one, other) in zip(
            (0.0, *ends.tolist()), pairwise((0.0, *along.tolist(), whole)), strict=True
        )
        if one < other
    ]


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


def _lengths(points: Curve) -> NDArray[np.float64]:
    """Return how long a curve is up to each of the ends of its parts."""
    steps = np.hypot(*np.diff(np.array(samples(points, _PARTS)), axis=0).T)
    return np.concatenate(([0.0], np.cumsum(steps)))
