"""The peer of the map: a QGraphicsView with one item a node and one a line."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.relations import arcs
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.guarded import guarded

_EDGE = QPen(QColor("#CBD2DB"), 1)
_BAR = QColor("#00664A")
_LOW = 0.3

DEPTH = 10
"""How deep the scene's own index may go. Left to itself it goes by the number of items, and long lines,
which are in very many of its leaves, make it fill 16 GB at 100,000 nodes."""


class CardItem(QGraphicsItem):
    """One node: a rounded card with a bar and its text, which is left out from afar."""

    def __init__(self, text: str, width: float, height: float) -> None:
        super().__init__()
        self._text = text
        self._box = QRectF(0, 0, width, height)
        self.lines: list[tuple[QGraphicsLineItem, bool]] = []

    @guarded(default=QRectF())
    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the card."""
        return self._box

    @guarded
    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint the card."""
        painter.setPen(_EDGE)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self._box, 7, 7)
        painter.fillRect(QRectF(0, 0, 7, self._box.height()), _BAR)
        if option.levelOfDetailFromTransform(painter.worldTransform()) > _LOW:
            painter.setPen(Qt.GlobalColor.black)
            painter.drawText(self._box.adjusted(14, 8, -8, -8), Qt.TextFlag.TextWordWrap, self._text)


class GraphicsMap(QGraphicsView):
    """A case on a QGraphicsView, its cards where our map has them."""

    def __init__(self, case: Case, verdicts: Verdicts, places: Mapping[Id, tuple[float, float]]) -> None:
        super().__init__()
        self._items: dict[Id, CardItem] = {}
        scene = QGraphicsScene(self)
        scene.setBspTreeDepth(DEPTH)
        nodes = nodes_of(case)
        size = sizes(nodes)
        for node in nodes:
            held: Any = node
            item = CardItem(getattr(held, "text", "") or getattr(held, "name", ""), *size[node.id])
            item.setPos(*places[node.id])
            scene.addItem(item)
            self._items[node.id] = item
        pen = QPen(_BAR, 1.6)
        for arc in arcs(case):
            tail, head = self._items[arc.tail], self._items[arc.head]
            line = QGraphicsLineItem(_between(tail, head))
            line.setPen(pen)
            line.setZValue(-1)
            scene.addItem(line)
            tail.lines.append((line, True))
            head.lines.append((line, False))
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._dragged = next(iter(self._items.values()))

    def show_whole(self) -> None:
        """Fit the whole map into the view."""
        self.fitInView(self.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)

    def focus_on(self, place: int) -> None:
        """Show a card, by its place in the case, large enough to read."""
        self._dragged = list(self._items.values())[place]
        self.resetTransform()
        self.scale(0.75, 0.75)
        self.centerOn(self._dragged)

    def pan(self, across: int, down: int) -> None:
        """Move what is seen by pixels."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - down)

    def zoom(self, factor: float) -> None:
        """Zoom about the middle."""
        self.scale(factor, factor)

    def drag(self, across: float, down: float) -> None:
        """Move the card that was shown last, with its lines."""
        self._dragged.moveBy(across, down)
        for line, leaves in self._dragged.lines:
            held = line.line()
            box = self._dragged.sceneBoundingRect()
            end = box.center()
            line.setLine(QLineF(end, held.p2()) if leaves else QLineF(held.p1(), end))


def _between(tail: CardItem, head: CardItem) -> QLineF:
    return QLineF(tail.sceneBoundingRect().center(), head.sceneBoundingRect().center())
