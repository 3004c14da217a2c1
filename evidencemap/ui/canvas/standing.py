"""What stands out among the rest, and how it is painted: rings, hits, the glow under the pointer."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from evidencemap.layout.cards import Card
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import outline
from evidencemap.ui.canvas.lines import paint_glow
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.theme import Theme

DIM = 0.16
"""How opaque what is dimmed is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands out: selection, hits, what is lit while all else is dim, what is under the pointer.

    `ringed` are nodes with a dashed ring and the name of its colour: lenders, items of a common origin.
    `collapsed` are claims that hide what they rest on, with how many cards each hides.
    """

    selection: frozenset[Id] = frozenset()
    hits: frozenset[Id] = frozenset()
    lit: frozenset[Id] | None = None
    ringed: dict[Id, str] = field(default_factory=dict)
    hover: Id | None = None
    collapsed: dict[Id, int] = field(default_factory=dict)

    def opacity(self, entity: Id) -> float:
        """Return how opaque an entity is painted: fully, unless others are lit."""
        return 1.0 if self.lit is None or entity in self.lit else DIM


def paint_rings(painter: QPainter, card: Card, marks: Marks, theme: Theme, zoom: float) -> None:
    """Paint the rings round a card that is selected or ringed, its top left corner at the origin."""
    chosen, ring = card.id in marks.selection, marks.ringed.get(card.id)
    if not chosen and ring is None:
        return
    path = outline(card)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ring is not None:
        pen = QPen(theme.color(ring), 2.2 / min(1.0, zoom))
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawPath(_grown(path, 6.0))
    if chosen:
        painter.setPen(QPen(theme.color("focus"), 3.0 / min(1.0, zoom)))
        painter.drawPath(_grown(path, 2.0))


def paint_hover(painter: QPainter, scene: Scene, item: Id, theme: Theme, zoom: float) -> None:
    """Paint what is under the pointer a shade stronger, above the picture that lies still."""
    if item in scene.index:
        color = QColor(theme.color("focus"))
        color.setAlpha(120)
        painter.save()
        painter.translate(*scene.place(item))
        painter.setPen(QPen(color, 1.6 / min(1.0, zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_grown(outline(scene.card(item)), 1.5))
        painter.restore()
        return
    route = scene.route(item) if item in scene.ends.index else None
    if route is not None:
        paint_glow(painter, route, theme, 45)


def _grown(path: QPainterPath, by: float) -> QPainterPath:
    box = path.boundingRect()
    sx, sy = (box.width() + 2 * by) / max(1.0, box.width()), (box.height() + 2 * by) / max(1.0, box.height())
    center = box.center()
    return (
        QTransform.fromTranslate(center.x(), center.y())
        .scale(sx, sy)
        .translate(-center.x(), -center.y())
        .map(path)
    )
