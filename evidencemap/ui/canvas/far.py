"""The map from afar: cards as rectangles and lines as strokes, painted from the arrays a look at a time."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPen

from evidencemap.model.records import Id
from evidencemap.ui.canvas.looks import LOOKS, LineStyle
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.theme import Theme

MOST_STROKES = 6000
"""More strokes than this are an even blur: the longest are left out first."""

PIXELS = 5.0
"""Cards lower than so many pixels are set as pixels of one picture."""

Nodes = NDArray[np.intp]


def paint_strokes(painter: QPainter, scene: Scene, seen: QRectF, theme: Theme) -> int:
    """Paint the lines in sight as straight strokes, one path a look; return how many."""
    ends = scene.ends
    if not len(ends):
        return 0
    inside = np.flatnonzero(
        (np.minimum(ends[:, 0], ends[:, 2]) <= seen.right())
        & (np.maximum(ends[:, 0], ends[:, 2]) >= seen.left())
        & (np.minimum(ends[:, 1], ends[:, 3]) <= seen.bottom())
        & (np.maximum(ends[:, 1], ends[:, 3]) >= seen.top())
    )
    if len(inside) > MOST_STROKES:
        rows = ends[inside]
        length = np.abs(rows[:, 0] - rows[:, 2]) + np.abs(rows[:, 1] - rows[:, 3])
        inside = inside[np.argpartition(length, MOST_STROKES)[:MOST_STROKES]]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    looks = scene.line_looks[scene.end_owner[inside]]
    for place in np.unique(looks):
        look = LOOKS[int(place)]
        chosen = ends[inside[looks == place]]
        pen = QPen(theme.color(look.color), 0)
        if look.line is LineStyle.LONG_DASH and len(chosen) < 400:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        path = QPainterPath()
        for ax, ay, bx, by in chosen.tolist():
            path.moveTo(ax, ay)
            path.lineTo(bx, by)
        painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    return len(inside)


def paint_rectangles(
    painter: QPainter, scene: Scene, nodes: Nodes, seen: QRectF, zoom: float, theme: Theme
) -> int:
    """Paint cards as rectangles of the colour of their look; return how many."""
    scale = zoom * painter.device().devicePixelRatio()
    if 90.0 * scale < PIXELS:
        _as_pixels(painter, scene, nodes, seen, scale, theme)
        return len(nodes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    looks = scene.looks[nodes]
    for place in np.unique(looks):
        painter.setBrush(QBrush(theme.color(LOOKS[int(place)].color)))
        chosen = scene.boxes[nodes[looks == place]]
        painter.drawRects([QRectF(a, b, c - a, d - b) for a, b, c, d in chosen.tolist()])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    return len(nodes)


def paint_standing_out(
    painter: QPainter, scene: Scene, items: Iterable[Id], zoom: float, theme: Theme
) -> None:
    """Paint a frame, legible from afar, round what is selected, found or ringed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 3.0 / zoom))
    for item in items:
        box = scene.box(item)
        if box is not None:
            painter.drawRect(QRectF(box.x, box.y, box.width, box.height))


def _as_pixels(
    painter: QPainter, scene: Scene, nodes: Nodes, seen: QRectF, scale: float, theme: Theme
) -> None:
    wide, high = int(seen.width() * scale) + 1, int(seen.height() * scale) + 1
    pixels = np.zeros((high, wide), dtype=np.uint32)
    boxes = scene.boxes[nodes]
    left = ((boxes[:, 0] - seen.left()) * scale).astype(np.int32)
    top = ((boxes[:, 1] - seen.top()) * scale).astype(np.int32)
    across = np.maximum(1, np.rint((boxes[:, 2] - boxes[:, 0]) * scale)).astype(np.int32)
    down = np.maximum(1, np.rint((boxes[:, 3] - boxes[:, 1]) * scale)).astype(np.int32)
    inks = np.array([theme.color(look.color).rgba() for look in LOOKS], dtype=np.uint32)[scene.looks[nodes]]
    for dx in range(int(across.max(initial=0))):
        for dy in range(int(down.max(initial=0))):
            x, y = left + dx, top + dy
            held = (dx < across) & (dy < down) & (x >= 0) & (x < wide) & (y >= 0) & (y < high)
            pixels[y[held], x[held]] = inks[held]
    picture = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32)
    at = painter.transform().map(seen.topLeft())
    painter.save()
    painter.resetTransform()
    picture.setDevicePixelRatio(painter.device().devicePixelRatio())
    painter.drawImage(QPointF(round(at.x()), round(at.y())), picture)
    painter.restore()
