"""Cards kept as pictures between frames, so that a pan paints next to nothing afresh."""

import math
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from evidencemap.layout.cards import Card
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import Paint, paint_card
from evidencemap.ui.canvas.looks import Look

PAD = 18.0
"""The points below and beside a card that its picture may hold too: shadow, edge and badge."""

EDGE = 6.0
"""The points around a card without a badge."""

_Key = tuple[Card, Look, Paint, float]
"""All that a picture shows: the card, its look, how it is painted, and the pixels of the screen a pixel."""


class Pictures:
    """The last pictures of some cards. A picture is painted again when anything it shows has changed."""

    def __init__(self, most: int = 12_000_000) -> None:
        """Keep so many pixels at the most: 12 million are 48 MB, the cards of some thirty full views."""
        self._most = most
        self._pixels = 0
        self._held: OrderedDict[Id, tuple[_Key, QPixmap]] = OrderedDict()

    def has(self, card: Card, look: Look, paint: Paint, ratio: float) -> bool:
        """Say whether the picture of a card is there as it is to be painted now."""
        held = self._held.get(card.id)
        return held is not None and held[0] == (card, look, paint, ratio)

    def stands_in(self, card: Card, look: Look) -> bool:
        """Say whether there is a picture of this card, though of another size or otherwise marked."""
        held = self._held.get(card.id)
        return held is not None and held[0][:2] == (card, look)

    def draw_scaled(self, painter: QPainter, card: Card) -> None:
        """Draw the picture that is there, made larger or smaller, with the card's top left at the origin."""
        (_card, _look, paint, ratio), picture = self._held[card.id]
        pad, scale = _pad(paint), paint.zoom * ratio
        size = QSizeF(picture.width() / scale, picture.height() / scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(QPointF(-pad, -pad), size), picture, QRectF(picture.rect()))

    def draw(self, painter: QPainter, card: Card, look: Look, paint: Paint) -> bool:
        """Draw a card with its top left at the origin; say whether it had to be painted afresh."""
        ratio = painter.device().devicePixelRatio()
        fresh = self.make(card, look, paint, ratio)
        self._held.move_to_end(card.id)
        pad = _pad(paint)
        corner = painter.transform().map(QPointF(-pad, -pad))
        painter.save()
        painter.resetTransform()
        at = QPointF(_whole(corner.x() * ratio) / ratio, _whole(corner.y() * ratio) / ratio)
        painter.drawPixmap(at, self._held[card.id][1])
        painter.restore()
        return fresh

    def make(self, card: Card, look: Look, paint: Paint, ratio: float) -> bool:
        """Paint the picture of a card, unless it is there; say whether it was not."""
        if self.has(card, look, paint, ratio):
            return False
        pad, scale = _pad(paint), paint.zoom * ratio
        picture = QPixmap(
            math.ceil((card.width + 2 * pad) * scale) + 1, math.ceil((card.height + 2 * pad) * scale) + 1
        )
        picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(picture)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        inner.scale(scale, scale)
        inner.translate(pad, pad)
        paint_card(inner, card, look, paint)
        inner.end()
        picture.setDevicePixelRatio(ratio)
        self._keep(card.id, (card, look, paint, ratio), picture)
        return True

    def _keep(self, node: Id, key: _Key, picture: QPixmap) -> None:
        if node in self._held:
            self._pixels -= _pixels(self._held.pop(node)[1])
        self._held[node] = (key, picture)
        self._pixels += _pixels(picture)
        while self._pixels > self._most and len(self._held) > 1:
            self._pixels -= _pixels(self._held.popitem(last=False)[1][1])

    def clear(self) -> None:
        """Forget every picture."""
        self._held.clear()
        self._pixels = 0


def _pad(paint: Paint) -> float:
    return PAD if paint.holds_back else EDGE


def _whole(pixels: float) -> int:
    """Return the nearest whole pixel; of two, always the upper one, wherever the view begins."""
    return math.floor(pixels + 0.5 + 1e-6)


def _pixels(picture: QPixmap) -> int:
    return picture.width() * picture.height()
