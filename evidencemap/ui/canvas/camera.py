"""What part of the map is seen, and how large: between points of the map and pixels of the screen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

LEAST, MOST = 0.005, 4.0
EDGE = 18.0
"""The pixels left free around the map when it is fitted."""


@dataclass(slots=True)
class Camera:
    """The zoom (1.0 shows a point as a pixel) and the point of the map at the top left of the view."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def transform(self) -> QTransform:
        """Return the transform from points of the map to pixels."""
        return QTransform(self.zoom, 0, 0, self.zoom, -self.x * self.zoom, -self.y * self.zoom)

    def to_map(self, at: QPointF) -> QPointF:
        """Return the point of the map under a pixel."""
        return QPointF(at.x() / self.zoom + self.x, at.y() / self.zoom + self.y)

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the pixel at which a point of the map is seen."""
        return QPointF((x - self.x) * self.zoom, (y - self.y) * self.zoom)

    def seen(self, size: QSizeF) -> QRectF:
        """Return the part of the map that a view of a size in pixels shows."""
        return QRectF(self.x, self.y, size.width() / self.zoom, size.height() / self.zoom)

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by pixels: the map follows the hand."""
        self.x -= dx / self.zoom
        self.y -= dy / self.zoom

    def zoom_at(self, at: QPointF, factor: float) -> None:
        """Zoom so that what is under a pixel stays under it."""
        kept = self.to_map(at)
        self.zoom = min(MOST, max(LEAST, self.zoom * factor))
        self.x = kept.x() - at.x() / self.zoom
        self.y = kept.y() - at.y() / self.zoom

    def fit(self, what: QRectF, size: QSizeF, most: float = 1.0) -> None:
        """Show all of a rectangle of the map, in the middle and no larger than `most`."""
        wide, high = max(1.0, size.width() - 2 * EDGE), max(1.0, size.height() - 2 * EDGE)
        fitting = min(wide / max(1.0, what.width()), high / max(1.0, what.height()))
        self.zoom = min(most, MOST, max(LEAST, fitting))
        self.center(what.center(), size)

    def center(self, at: QPointF, size: QSizeF) -> None:
        """Bring a point of the map to the middle of the view."""
        self.x = at.x() - size.width() / 2 / self.zoom
        self.y = at.y() - size.height() / 2 / self.zoom
