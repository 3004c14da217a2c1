"""Paints, above the map, the ties between sources that concern what is chosen: chains with their words."""

from itertools import pairwise
from math import dist

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from evidencemap.layout.metrics import Face, width
from evidencemap.layout.paths import Box, Point, evenly, samples
from evidencemap.layout.ties import ShownTie, tie_path, ties_of
from evidencemap.model.case import Case
from evidencemap.ui.canvas.cards import font
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import Marks
from evidencemap.ui.theme import Theme

BEAD, APART = 2.6, 8.0
"""The radius of a bead of the chain, and how far the beads lie apart, in points."""

SIZE, SMALLEST, LARGEST = 11.0, 10.0, 30.0
"""The size of the words in points; how small they may be in pixels; how large in points to stay so."""

_ICON = 20.0


class Ties:
    """The ties to be seen on one map, worked out anew when the case or what is chosen changes."""

    def __init__(self) -> None:
        self._for: tuple[Case | None, object] = (None, None)
        self._ties: list[ShownTie] = []

    def shown(self, scene: Scene, marks: Marks) -> list[ShownTie]:
        """Return the ties between cards that are both on the map."""
        key = (marks.selection, frozenset(marks.ringed))
        if self._for[0] is not scene.case or self._for[1] != key:
            self._for = (scene.case, key)
            self._ties = [] if scene.case is None else ties_of(scene.case, marks.selection, marks.ringed)
        return [tie for tie in self._ties if tie.source in scene.index and tie.to in scene.index]

    def paint(
        self, painter: QPainter, scene: Scene, marks: Marks, theme: Theme, zoom: float, seen: QRectF
    ) -> None:
        """Paint them, the words where they are `seen`; the painter's transform takes points of the map."""
        taken: list[Box] = []
        for tie in self.shown(scene, marks):
            one, other = scene.box(tie.source), scene.box(tie.to)
            if one is None or other is None:
                continue
            points = samples(tie_path(one, other), 40)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _chain(painter, points, theme, zoom, filled=tie.shown)
            box = _place(scene, points, tie.words, zoom, seen, taken)
            taken.append(box)
            _words(painter, box, tie.words, theme, zoom)


def _chain(painter: QPainter, points: list[Point], theme: Theme, zoom: float, *, filled: bool) -> None:
    """Paint a chain of beads: hollow where the tie is only asserted."""
    scale = max(1.0, 0.6 / zoom)
    length = sum(dist(one, other) for one, other in pairwise(points))
    painter.setPen(QPen(theme.color("text"), 1.4 * scale))
    painter.setBrush(theme.color("text") if filled else theme.color("card"))
    for x, y in evenly(points, max(3, round(length / APART / scale))):
        painter.drawEllipse(QPointF(x, y), BEAD * scale, BEAD * scale)


def _place(scene: Scene, points: list[Point], words: str, zoom: float, seen: QRectF, taken: list[Box]) -> Box:
    """Return where the words go: on the chain where no card or other words lie, else on its middle."""
    size = _size(zoom)
    wide, high = width(words, size, Face.SEMIBOLD) + (_ICON + 12) * size / SIZE, size * 1.7
    edge = 4.0 / zoom
    boxes = []
    for share in (0.5, 0.35, 0.65, 0.2, 0.8):
        x, y = points[round(share * (len(points) - 1))]
        left = max(seen.left() + edge, min(x - wide / 2, seen.right() - edge - wide))
        boxes.append(Box(x=left, y=y - high / 2, width=wide, height=high))
    for box in boxes + [Box(x=box.x - wide / 2, y=box.y, width=wide, height=high) for box in boxes]:
        free = not len(scene.nodes_in(box.x - 2, box.y - 2, box.right + 2, box.bottom + 2))
        if free and not any(box.meets(other) for other in taken):
            return box
    return boxes[0]


def _words(painter: QPainter, box: Box, words: str, theme: Theme, zoom: float) -> None:
    """Paint the words of a tie behind two links of a chain."""
    size = _size(zoom)
    painter.setPen(QPen(theme.color("text"), 1.2 * size / SIZE))
    painter.setBrush(theme.color("card"))
    area = QRectF(box.x, box.y, box.width, box.height)
    painter.drawRoundedRect(area, 4 * size / SIZE, 4 * size / SIZE)
    unit = size / SIZE
    middle = area.center().y()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for at in (6.0, 12.5):
        link = QRectF(area.left() + at * unit, middle - 3.2 * unit, 9.5 * unit, 6.4 * unit)
        painter.drawRoundedRect(link, 3.2 * unit, 3.2 * unit)
    painter.setFont(font(size, Face.SEMIBOLD))
    painter.drawText(QPointF(area.left() + (_ICON + 6) * unit, middle + size * 0.36), words)


def _size(zoom: float) -> float:
    """Return the size of the words in points, held up where the map is small."""
    return float(round(min(LARGEST, max(SIZE, SMALLEST / zoom))))
