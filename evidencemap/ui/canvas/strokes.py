"""Strokes along curves: whole where all of a curve is painted, else only the stretches that are in sight.

A dashed curve costs by its length, seen or not; a stretch of it is dashed as if it were part of the whole.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from evidencemap.layout.paths import Point, samples, split

THICK = 24.0
"""How far from its curve a line may reach, in points: its glow, its arrowhead, its bar."""

CHORD = 8.0
"""About how many points long the parts are of which a stretch of a curve is made."""

Curve = tuple[Point, ...]


@lru_cache(maxsize=4096)
def painter_path(points: Curve) -> QPainterPath:
    """Return joined cubic curves as a path of Qt. Nobody changes it."""
    path = QPainterPath(QPointF(*points[0]))
    for at in range(1, len(points), 3):
        path.cubicTo(QPointF(*points[at]), QPointF(*points[at + 1]), QPointF(*points[at + 2]))
    return path


def stroke(painter: QPainter, pen: QPen, points: Curve, seen: QRectF | None) -> None:
    """Paint along a curve with a pen; of one that leaves the part that is `seen`, what lies in it."""
    if seen is None or _inside(points, seen):
        painter.setPen(pen)
        painter.drawPath(painter_path(points))
        return
    dashed = pen.style() not in (Qt.PenStyle.SolidLine, Qt.PenStyle.NoPen)
    for offset, part in _stretches(points, _fineness(points), seen.getRect()):
        piece = QPen(pen)
        if dashed:
            piece.setDashOffset(offset / pen.widthF())
        painter.setPen(piece)
        painter.drawPath(part)


def _inside(points: Curve, seen: QRectF) -> bool:
    left, top, right, bottom = seen.left(), seen.top(), seen.right(), seen.bottom()
    return all(left <= x <= right and top <= y <= bottom for x, y in points)


@lru_cache(maxsize=4096)
def _fineness(points: Curve) -> int:
    """Return into how many parts each cubic is cut: a power of two from 8 to 128."""
    across = max(x for x, _ in points) - min(x for x, _ in points)
    down = max(y for _, y in points) - min(y for _, y in points)
    wanted = (across + down) / CHORD / max(1, (len(points) - 1) // 3)
    return int(2 ** np.clip(np.ceil(np.log2(max(1.0, wanted))), 3, 7))


@lru_cache(maxsize=1024)
def _flat(points: Curve, each: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a curve as a polyline: the edges that each part may reach, and how long it is up to each point.

    The edges are four rows: left, top, right and bottom, those of the last two with their signs turned.
    """
    flat = np.array(samples(points, each))
    steps = np.hypot(*np.diff(flat, axis=0).T)
    low, high = np.minimum(flat[:-1], flat[1:]) - THICK, np.maximum(flat[:-1], flat[1:]) + THICK
    return np.vstack((low.T, -high.T)), np.concatenate(([0.0], np.cumsum(steps)))


@lru_cache(maxsize=512)
def _stretches(points: Curve, each: int, seen: tuple[float, ...]) -> list[tuple[float, QPainterPath]]:
    """Return the stretches of a curve that may be in sight, each with how far from its start it begins."""
    edges, lengths = _flat(points, each)
    x, y, wide, high = seen
    held = (edges <= np.array([[x + wide], [y + high], [-x], [-y]])).all(axis=0)
    runs: list[list[int]] = []
    for at in np.flatnonzero(held).tolist():
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
    return [(float(lengths[start]), _cut(points, each, start, stop)) for start, stop in runs]


def _cut(points: Curve, each: int, start: int, stop: int) -> QPainterPath:
    """Return the stretch of a curve between two of the ends of its parts, curved as the whole is."""
    found = QPainterPath()
    for whole in range(start // each, -(-stop // each)):
        first, last = max(0, start - whole * each) / each, min(each, stop - whole * each) / each
        piece = points[whole * 3 : whole * 3 + 4]
        if last < 1.0:
            piece = split(piece, last)[0]
        if first > 0.0:
            piece = split(piece, first / last)[1]
        if found.isEmpty():
            found.moveTo(*piece[0])
        (ax, ay), (bx, by), (cx, cy) = piece[1:]
        found.cubicTo(ax, ay, bx, by, cx, cy)
    return found
