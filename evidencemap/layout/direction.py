"""The direction in which a map runs. The layout thinks from left to right; here its picture is turned."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeAlias

from evidencemap.layout.paths import Box, Point
from evidencemap.model.records import Id

Find: TypeAlias = Callable[[Id], Box | None]
Near: TypeAlias = Callable[[Box], list[Box]]


class Direction(StrEnum):
    """Where conclusions lie, seen from what they rest on."""

    RIGHT = "left to right"
    UP = "bottom to top"

    def turned(self, box: Box) -> Box:
        """Return a box of the map as it lies where everything runs to the right."""
        if self is Direction.RIGHT:
            return box
        x, y, width, height = box
        return Box(-(y + height), x, height, width)

    def back(self, box: Box) -> Box:
        """Return where a box that was turned lies on the map."""
        if self is Direction.RIGHT:
            return box
        x, y, width, height = box
        return Box(y, -(x + width), height, width)

    def asked(self, box: Find, near: Near) -> tuple[Find, Near]:
        """Return what finds the box of a node, and the boxes near one, as where everything runs to the right.

        What is given finds them as they lie on the map.
        """
        if self is Direction.RIGHT:
            return box, near

        def turned_box(node: Id) -> Box | None:
            found = box(node)
            return None if found is None else self.turned(found)

        def turned_near(area: Box) -> list[Box]:
            return [self.turned(found) for found in near(self.back(area))]

        return turned_box, turned_near

    def points_back(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Return where points that were turned lie on the map."""
        return tuple(points) if self is Direction.RIGHT else tuple((y, -x) for x, y in points)

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Return a width and height of the map as they are where everything runs to the right."""
        return (width, height) if self is Direction.RIGHT else (height, width)
