"""The ground of the map with its dots, as one picture from which any part can be cut."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from evidencemap.ui.theme import Theme


def grid(theme: Theme, zoom: float, ratio: float, size: QSize) -> tuple[QPixmap, float]:
    """Return a picture of the ground with its dots, 24 points apart, and how many pixels apart they are.

    It is larger than `size` by one dot each way, so that any part of the ground can be cut from it.
    """
    side = max(8, round(24 * zoom * ratio)) / ratio
    picture = _ground(size.width() + 2 * side, size.height() + 2 * side, ratio)
    painter = QPainter(picture)
    painter.drawTiledPixmap(picture.rect(), _tile(theme, side, ratio))
    painter.end()
    return picture, side


def _tile(theme: Theme, side: float, ratio: float) -> QPixmap:
    """Return a square of the ground that can be laid beside itself."""
    count = max(1, int(_TILE / side))
    picture = _ground(count * side, count * side, ratio)
    picture.fill(theme.color("ground"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("grid"), 1.8, c=Qt.PenCapStyle.RoundCap))
    middles = [(at + 0.5) * side for at in range(count)]
    painter.drawPoints([QPointF(x, y) for x in middles for y in middles])
    painter.end()
    return picture


def _ground(width: float, height: float, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


_TILE = 256.0
"""About how many pixels wide a tile of the ground is."""
