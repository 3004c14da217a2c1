"""The geometry of figures: outlines of boxes, paths of lines, dashes. Nothing is drawn here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from evidencemap.brief.drawing import Box, BoxForm, Stroke

Point: TypeAlias = tuple[float, float]
PathStep: TypeAlias = tuple[str, tuple[float, ...]]

DASHES: dict[Stroke, tuple[float, ...]] = {
    Stroke.SOLID: (),
    Stroke.DOUBLE: (),
    Stroke.LONG_DASH: (6.5, 3.2),
    Stroke.SHORT_DASH: (3.0, 2.2),
    Stroke.DOTTED: (0.2, 2.8),
    Stroke.DASH_DOT: (7.0, 2.6, 1.4, 2.6),
    Stroke.EVEN_DASH: (4.2, 2.8),
}
CORNER = 4.0
FOLD = 8.0
BAR = 3.6
_ROUND = 0.5523


def direction(points: Sequence[Point]) -> Point:
    """Return the unit vector along which the line arrives at its last point."""
    x1, y1 = points[-1]
    for x0, y0 in points[-2::-1]:
        length = math.hypot(x1 - x0, y1 - y0)
        if length > 1e-6:
            return (x1 - x0) / length, (y1 - y0) / length
    return 1.0, 0.0


def open_path(points: Sequence[Point]) -> list[PathStep]:
    """Return the path from point to point."""
    return [("m", points[0]), *(("l", point) for point in points[1:])]


def curve_path(points: Sequence[Point]) -> list[PathStep]:
    """Return the path of Bezier curves, three points each after the first."""
    steps: list[PathStep] = [("m", points[0])]
    for place in range(1, len(points), 3):
        one, two, end = points[place : place + 3]
        steps.append(("c", (*one, *two, *end)))
    return steps


def polygon(*points: Point) -> list[PathStep]:
    """Return the closed path through the points."""
    return [*open_path(points), ("h", ())]


def outline_of(box: Box) -> list[PathStep]:
    """Return the closed path round a box of its form; the fold of a dog ear is not in it."""
    x0, y0, x1, y1 = box.x, box.y, box.x + box.width, box.y + box.height
    if box.form is BoxForm.DOG_EAR:
        return polygon((x0, y0), (x1 - FOLD, y0), (x1, y0 + FOLD), (x1, y1), (x0, y1))
    if box.form is BoxForm.CUT_CORNER:
        return polygon((x0 + FOLD, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0 + FOLD))
    if box.form is BoxForm.GAP:
        return polygon((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    radius = min(box.width, box.height) / 2
    if box.form is not BoxForm.PILL:
        radius = min(CORNER, radius)
    bend = radius * (1 - _ROUND)
    return [
        ("m", (x0 + radius, y0)),
        ("l", (x1 - radius, y0)),
        ("c", (x1 - bend, y0, x1, y0 + bend, x1, y0 + radius)),
        ("l", (x1, y1 - radius)),
        ("c", (x1, y1 - bend, x1 - bend, y1, x1 - radius, y1)),
        ("l", (x0 + radius, y1)),
        ("c", (x0 + bend, y1, x0, y1 - bend, x0, y1 - radius)),
        ("l", (x0, y0 + radius)),
        ("c", (x0, y0 + bend, x0 + bend, y0, x0 + radius, y0)),
        ("h", ()),
    ]


def steps_of(points: Sequence[Point], *, curved: bool) -> list[PathStep]:
    """Return the path through the points, straight or of Bezier curves."""
    return curve_path(points) if curved else open_path(points)
