"""Paints what is seen of the map: lines, then cards, then labels and marks; and says what it painted."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform

from evidencemap.layout.paths import Box
from evidencemap.layout.routes import LineKind
from evidencemap.model.entities import Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState
from evidencemap.ui.canvas.cards import Level, Paint, level_at, outline, paint_card
from evidencemap.ui.canvas.far import paint_rectangles, paint_standing_out, paint_strokes
from evidencemap.ui.canvas.lines import paint_label, paint_line, paint_step, painter_path
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.pictures import Pictures
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.theme import Theme

DIM = 0.16
"""How opaque what is dimmed is."""

MANY_LINES = 140
"""Above so many lines in sight each is one straight stroke."""

MANY_CARDS = 700
"""Above so many cards in sight each is a rectangle."""

FAR = 0.13
"""Below this zoom a card is lower than a line of text: each is a rectangle, each line a stroke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands out: selection, the item with the keyboard, hits, what is lit while all else is dim.

    `ringed` are nodes with a dashed ring and the name of its colour: lenders, items of a common origin.
    """

    selection: frozenset[Id] = frozenset()
    current: Id | None = None
    hits: frozenset[Id] = frozenset()
    lit: frozenset[Id] | None = None
    ringed: dict[Id, str] = field(default_factory=dict)
    hover: Id | None = None
    collapsed: dict[Id, int] = field(default_factory=dict)


@dataclass(slots=True)
class Painted:
    """What one frame holds: counts for tests of work, and the line in which each step was painted."""

    level: Level = Level.FULL
    cards: int = 0
    fresh: int = 0
    tiny: int = 0
    lines: dict[Id, LineStyle] = field(default_factory=dict)
    labels: list[Id] = field(default_factory=list)
    strokes: int = 0


def paint_frame(
    painter: QPainter,
    scene: Scene,
    seen: QRectF,
    zoom: float,
    theme: Theme,
    marks: Marks,
    pictures: Pictures | None,
) -> Painted:
    """Paint the part of the map that is seen; the painter's transform takes points of the map.

    With `pictures` cards are kept as pictures between frames; without, they are painted as vectors.
    """
    painted = Painted(level=level_at(zoom))
    if scene.case is None:
        return painted
    left, top, right, bottom = seen.left(), seen.top(), seen.right(), seen.bottom()
    nodes = scene.nodes_in(left, top, right, bottom)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)
    if zoom < FAR or len(nodes) > MANY_CARDS:
        painted.strokes = paint_strokes(painter, scene, seen, theme)
        painted.tiny = paint_rectangles(painter, scene, nodes, seen, zoom, theme)
        standing = (*marks.selection, *marks.hits, *marks.ringed)
        paint_standing_out(painter, scene, standing, zoom, theme)
        return painted
    owners = scene.lines_in(left, top, right, bottom)
    steps: list[Id] = []
    if len(owners) > MANY_LINES:
        painted.strokes = paint_strokes(painter, scene, seen, theme)
    else:
        steps = _lines(painter, scene, owners, zoom, theme, marks, painted)
    for at in nodes:
        node = scene.ids[at]
        painter.setOpacity(_opacity(marks, node))
        _card(painter, scene, node, zoom, theme, marks, pictures, painted)
    painter.setOpacity(1.0)
    for step in steps:
        route = scene.route(step)
        if route is not None and route.label is not None:
            painter.setOpacity(_opacity(marks, step))
            painter.save()
            _enlarge(painter, scene, route.label.box, zoom)
            paint_label(painter, route.label, theme, lit=step in marks.selection)
            painter.restore()
            painted.labels.append(step)
    painter.setOpacity(1.0)
    return painted


def _enlarge(painter: QPainter, scene: Scene, box: Box, zoom: float) -> None:
    """Let a label grow about its middle where the map is small, as far as no card is in its way."""
    for scale in (1.25, 1.15):
        if zoom * scale > 0.8:
            continue
        dx, dy = box.width * (scale - 1) / 2 + 3, box.height * (scale - 1) / 2 + 3
        if not len(scene.nodes_in(box.x - dx, box.y - dy, box.right + dx, box.bottom + dy)):
            x, y = box.center
            painter.translate(x, y)
            painter.scale(scale, scale)
            painter.translate(-x, -y)
            return


def _lines(
    painter: QPainter,
    scene: Scene,
    owners: list[Id],
    zoom: float,
    theme: Theme,
    marks: Marks,
    painted: Painted,
) -> list[Id]:
    case = scene.case_needed()
    held = case.of(Step)
    steps = sorted(
        (owner for owner in owners if owner in held),
        key=lambda step: scene.look(step).line is LineStyle.LONG_DASH,
    )
    for owner in owners:
        painter.setOpacity(_opacity(marks, owner))
        for line in scene.lines(owner):
            paint_line(painter, line, _line_color(scene, line.kind, line.tail, line.head, theme), theme, zoom)
    for step in steps:
        route = scene.route(step)
        if route is None:
            continue
        look = scene.look(step)
        painter.setOpacity(_opacity(marks, step))
        if step in marks.selection or step == marks.hover:
            color = QColor(theme.color("focus"))
            color.setAlpha(110 if step in marks.selection else 45)
            painter.setPen(QPen(color, 10.0, c=Qt.PenCapStyle.RoundCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for curve in (*route.branches, route.trunk):
                painter.drawPath(painter_path(curve))
        paint_step(painter, route, look, theme, zoom)
        painted.lines[step] = look.line
    painter.setOpacity(1.0)
    return steps


def _line_color(scene: Scene, kind: LineKind, tail: Id, head: Id, theme: Theme) -> QColor:
    if kind is LineKind.PROVENANCE:
        look = scene.look(head)
        return theme.color(look.color if look.color == "supported" else "premise_fails")
    if kind is LineKind.WARRANT:
        return theme.color(scene.look(tail).color)
    names = {
        LineKind.SETTLES: "request",
        LineKind.ANSWERS: "request",
        LineKind.UNDERCUT: "undercut",
        LineKind.RIVAL: "contested",
    }
    return theme.color(names.get(kind, "premise_fails"))


def _card(
    painter: QPainter,
    scene: Scene,
    node: Id,
    zoom: float,
    theme: Theme,
    marks: Marks,
    pictures: Pictures | None,
    painted: Painted,
) -> None:
    card, look = scene.card(node), scene.look(node)
    x, y = scene.place(node)
    paint = Paint(theme, zoom, level_at(zoom), struck=_struck(scene, node), hit=node in marks.hits)
    painted.cards += 1
    painter.save()
    painter.translate(x, y)
    if pictures is None:
        paint_card(painter, card, look, paint)
    else:
        painted.fresh += pictures.draw(painter, card, look, paint)
    _rings(painter, scene, node, zoom, theme, marks)
    painter.restore()


def _rings(painter: QPainter, scene: Scene, node: Id, zoom: float, theme: Theme, marks: Marks) -> None:
    chosen, ring = node in marks.selection, marks.ringed.get(node)
    if not chosen and ring is None and node != marks.current and node != marks.hover:
        return
    path = outline(scene.card(node))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ring is not None:
        pen = QPen(theme.color(ring), 2.2 / min(1.0, zoom))
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawPath(_grown(path, 6.0))
    if chosen or node == marks.current:
        painter.setPen(QPen(theme.color("focus"), 3.0 / min(1.0, zoom) if chosen else 1.6 / min(1.0, zoom)))
        painter.drawPath(_grown(path, 2.0 if chosen else 3.5))
    elif node == marks.hover:
        color = QColor(theme.color("focus"))
        color.setAlpha(120)
        painter.setPen(QPen(color, 1.6 / min(1.0, zoom)))
        painter.drawPath(_grown(path, 1.5))


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


def _struck(scene: Scene, node: Id) -> bool:
    held = scene.case_needed()[node]
    if isinstance(held, Evidence):
        return held.state is EvidenceState.WITHDRAWN
    if isinstance(held, Source):
        return held.retracted is not None
    return scene.look(node).line is LineStyle.THICK


def _opacity(marks: Marks, entity: Id) -> float:
    return 1.0 if marks.lit is None or entity in marks.lit else DIM


def ground(theme: Theme, zoom: float, ratio: float) -> QPixmap:
    """Return one tile of the ground with its grid of dots, 24 points wide."""
    side = max(8, round(24 * zoom))
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(theme.color("ground"))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("grid"))
    painter.drawEllipse(QPointF(side / 2, side / 2), 0.9, 0.9)
    painter.end()
    return tile
