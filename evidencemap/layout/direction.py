"""The direction in which a map runs. The layout thinks from left to right; here its picture is turned."""

from collections.abc import Sequence
from enum import StrEnum

from evidencemap.layout.paths import Box, Point


class Direction(StrEnum):
    """Where conclusions lie, seen from what they rest on."""

    RIGHT = "left to right"
    UP = "bottom to top"

    def turned(self, box: Box) -> Box:
        """Return a box of the map as it lies where everything runs to the right."""
        if self is Direction.RIGHT:
            return box
        return Box(x=-box.bottom, y=box.x, width=box.height, height=box.width)

    def back(self, box: Box) -> Box:
        """Return where a box that was turned lies on the map."""
        if self is Direction.RIGHT:
            return box
        return Box(x=box.y, y=-box.right, width=box.height, height=box.width)

    def points_back(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Return where points that were turned lie on the map."""
        return tuple(points) if self is Direction.RIGHT else tuple((y, -x) for x, y in points)

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Return a width and height of the map as they are where everything runs to the right."""
        return (width, height) if self is Direction.RIGHT else (height, width)
