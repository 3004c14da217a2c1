"""The whole map, or a part of it, as one picture, written as PNG where somebody asks for a file."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QImage, QImageWriter, QPainter

from evidencemap.model.records import Id
from evidencemap.tongue import _
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


def part_image(scene: Scene, theme: Theme, marks: Marks, ids: Collection[Id], most: int) -> QImage:
    """Return the part of the map where some nodes lie as a picture, two pixels a point.

    It is made smaller where it would have more than `most` pixels on a side; of no node it is empty.
    """
    area = QRectF()
    for node in ids:
        box = scene.box(node)
        if box is not None:
            area |= QRectF(box.x, box.y, box.width, box.height)
    if area.isEmpty():
        return QImage()
    area.adjust(-EDGE, -EDGE, EDGE, EDGE)
    return _image(scene, theme, marks, area, min(2.0, most / max(area.width(), area.height())))


def _whole(scene: Scene) -> QRectF:
    left, top, right, bottom = scene.extent()
    return QRectF(left, top, right - left, bottom - top).adjusted(-EDGE, -EDGE, EDGE, EDGE)


def _image(scene: Scene, theme: Theme, marks: Marks, area: QRectF, scale: float) -> QImage:
    size = area.size() * scale
    picture = QImage(size.toSize(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    _paint_part(scene, theme, painter, area, QRectF(QPointF(0, 0), size), marks)
    painter.end()
    return picture


def _paint_part(
    scene: Scene, theme: Theme, painter: QPainter, area: QRectF, target: QRectF, marks: Marks
) -> None:
    camera = Camera()
    camera.zoom = min(target.width() / area.width(), target.height() / area.height())
    camera.x, camera.y = area.left(), area.top()
    painter.save()
    painter.fillRect(target, theme.color("ground"))
    painter.translate(target.topLeft())
    painter.setTransform(camera.transform(), True)
    kept = Marks(collapsed=marks.collapsed)
    paint_frame(Canvas(painter, scene, max(0.6, camera.zoom), theme, kept), area, WHOLE)
    painter.restore()


def whole_image(scene: Scene, theme: Theme, marks: Marks, path: Path | None, scale: float) -> QImage:
    """Return the whole map as a picture, `scale` pixels a point, and write it as PNG if a path is given.

    Raises OSError where the picture cannot be written.
    """
    left, top, right, bottom = scene.extent()
    scale = min(scale, MOST / max(1.0, right - left, bottom - top))
    picture = _image(scene, theme, marks, _whole(scene), scale)
    if path is not None and not QImageWriter(str(path), QByteArray(b"PNG")).write(picture):
        raise OSError(_("{name} cannot be written there.").format(name=path.name))
    return picture
