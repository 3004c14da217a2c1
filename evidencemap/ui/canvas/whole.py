"""The whole map as one picture: painted as vectors where the painter takes them, or as pixels."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPainter

from evidencemap.ui.canvas.camera import Camera
from evidencemap.ui.canvas.frame import paint_frame
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.sheet import WHOLE, Canvas
from evidencemap.ui.canvas.standing import Marks
from evidencemap.ui.theme import Theme

EDGE = 24.0
"""The points left free round the map."""

MOST = 16_000
"""The most pixels on a side of a picture."""


def paint_whole(scene: Scene, theme: Theme, painter: QPainter, target: QRectF, marks: Marks) -> None:
    """Paint the whole map into a rectangle of any painter; what is collapsed stays collapsed."""
    left, top, right, bottom = scene.extent()
    whole = QRectF(left, top, right - left, bottom - top).adjusted(-EDGE, -EDGE, EDGE, EDGE)
    camera = Camera()
    camera.zoom = min(target.width() / whole.width(), target.height() / whole.height())
    camera.x, camera.y = whole.left(), whole.top()
    painter.save()
    painter.fillRect(target, theme.color("ground"))
    painter.translate(target.topLeft())
    painter.setTransform(camera.transform(), True)
    kept = Marks(collapsed=marks.collapsed)
    paint_frame(Canvas(painter, scene, max(0.6, camera.zoom), theme, kept), whole, WHOLE)
    painter.restore()


def whole_image(scene: Scene, theme: Theme, marks: Marks, path: Path | None, scale: float) -> QImage:
    """Return the whole map as a picture, `scale` pixels a point, and write it as PNG if a path is given.

    Raises OSError where the picture cannot be written.
    """
    left, top, right, bottom = scene.extent()
    scale = min(scale, MOST / max(1.0, right - left, bottom - top))
    size = QSizeF((right - left + 2 * EDGE) * scale, (bottom - top + 2 * EDGE) * scale)
    picture = QImage(size.toSize(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint_whole(scene, theme, painter, QRectF(QPointF(0, 0), size), marks)
    painter.end()
    if path is not None and not QImageWriter(str(path), QByteArray(b"PNG")).write(picture):
        raise OSError(f"{path.name} cannot be written there.")
    return picture
