"""Paints what is seen of the map: lines, then cards, then labels and marks; and says what it painted."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from evidencemap.layout.paths import Box, Point
from evidencemap.layout.routes import LineKind
from evidencemap.model.entities import Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState
from evidencemap.ui.canvas.cards import Level, Paint, level_at, paint_card
from evidencemap.ui.canvas.far import paint_far, paint_strokes, sketch_cards, stroke_ends
from evidencemap.ui.canvas.lines import paint_glow, paint_label, paint_line, paint_step
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.pictures import Pictures
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import DIM, Marks, paint_rings
from evidencemap.ui.canvas.strokes import THICK
from evidencemap.ui.theme import Theme

MANY_LINES = 140
"""Above so many lines in sight each is one straight stroke."""

MANY_CARDS = 400
"""Above so many cards in sight each is a rectangle."""

SLACK = 1.25
"""How much further a view may go before it is painted in another manner than it was."""

FAR = 0.13
"""Below this zoom a card is lower than a line of text: each is a rectangle, each line a stroke."""

FRESH = 64
"""How many cards and routes one frame makes afresh; the next frames make the rest."""

HURRIED = 16
"""The same while the map moves, and for what an earlier frame left."""

GLIDING = 4
"""The same where a zoom that still runs has gone too far for the kept picture: at rest all is sharp."""

SHARPENED = 6
"""How many cards one frame makes afresh of which there is a picture of another size to stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a view is painted: as rectangles from afar; else with its lines as they run, or straight.

    `longest` is the length of the longest stroke, in points; 0 leaves it to the first strip to say.
    """

    far: bool
    straight: bool
    longest: float = 0.0


WHOLE = Manner(far=False, straight=False)
"""Everything as it is, however much: for pictures and print."""


@dataclass(slots=True)
class Painted:
    """What one frame holds: counts for tests of work, and the line in which each step was painted.

    `late` are cards that were only sketched, or painted by a picture of another size, because making
    them would take long; `late_lines` says that of lines. `sharpened` counts, of the `fresh`, cards
    of which there was a picture of another size.
    """

    level: Level = Level.FULL
    cards: int = 0
    fresh: int = 0
    sharpened: int = 0
    tiny: int = 0
    lines: dict[Id, LineStyle] = field(default_factory=dict)
    labels: dict[Id, Box] = field(default_factory=dict)
    strokes: int = 0
    longest: float = 0.0
    late: dict[Id, None] = field(default_factory=dict)
    late_lines: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether the next frames have something left to make."""
        return bool(self.late) or self.late_lines

    def kept(self) -> "Painted":
        """Return what a frame holds that paints nothing anew: the same picture, and no work."""
        return replace(self, cards=0, fresh=0, sharpened=0, tiny=0, strokes=0)


@dataclass(slots=True)
class Canvas:
    """What a frame is painted on and with. Without `pictures` cards are vectors; 0 `room` bounds nothing."""

    painter: QPainter
    scene: Scene
    zoom: float
    theme: Theme
    marks: Marks
    pictures: Pictures | None = None
    room: int = 0
    seen: QRectF | None = None
    glow: bool = True
    painted: Painted = field(default_factory=Painted)

    def sees(self, *curves: Sequence[Point]) -> bool:
        """Say whether anything of these curves may lie in the part that is painted."""
        if self.seen is None:
            return True
        across = [x for curve in curves for x, _ in curve]
        down = [y for curve in curves for _, y in curve]
        left, top = self.seen.left() - THICK, self.seen.top() - THICK
        right, bottom = self.seen.right() + THICK, self.seen.bottom() + THICK
        return max(across) >= left and min(across) <= right and max(down) >= top and min(down) <= bottom

    def has_room(self, *, stands_in: bool = False) -> bool:
        """Say whether one more card or route may be made afresh in this frame.

        `stands_in` says that there is a picture of another size of it: such a card can wait.
        """
        sharp = min(SHARPENED, self.room)
        most, made = (sharp, self.painted.sharpened) if stands_in else (self.room, self.painted.fresh)
        return not self.room or made < most


def manner_of(scene: Scene, seen: QRectF, zoom: float, before: Manner | None = None) -> Manner:
    """Return how a view is to be painted; as before, unless it has gone clearly too far for that."""
    if zoom < FAR:
        return Manner(far=True, straight=True)
    edges = (seen.left(), seen.top(), seen.right(), seen.bottom())
    cards, lines = len(scene.nodes_in(*edges)), scene.count_lines_in(*edges)
    far = _beyond(cards, MANY_CARDS, before is not None and before.far)
    straight = far or _beyond(lines, MANY_LINES, before is not None and before.straight)
    return Manner(far=far, straight=straight)


def _beyond(count: int, limit: int, was: bool) -> bool:
    return count > (limit / SLACK if was else limit)


def paint_frame(canvas: Canvas, seen: QRectF, manner: Manner | None = None) -> Painted:
    """Paint the part of the map that is seen; the painter's transform takes points of the map.

    What is lifted in the scene is left out: `paint_lifted` paints it above.
    """
    painter, scene, painted = canvas.painter, canvas.scene, canvas.painted
    painted.level = level_at(canvas.zoom)
    if scene.case is None:
        return painted
    manner = manner or manner_of(scene, seen, canvas.zoom)
    canvas.seen = seen
    edges = (seen.left(), seen.top(), seen.right(), seen.bottom())
    nodes = scene.nodes_in(*edges)
    if scene.lifted:
        nodes = nodes[~np.isin(nodes, [scene.index[each] for each in scene.lifted])]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)
    if manner.straight:
        painter.setOpacity(1.0 if canvas.marks.lit is None else DIM * 2)
        painted.strokes, painted.longest = paint_strokes(painter, scene, seen, canvas.theme, manner.longest)
        painter.setOpacity(1.0)
    if manner.far:
        paint_far(painter, scene, nodes, seen, canvas.zoom, canvas.theme, canvas.marks)
        painted.tiny = len(nodes)
        return painted
    owners = [] if manner.straight else scene.lines_in(*edges)
    if scene.lifted:
        owners = [owner for owner in owners if owner not in scene.lifted_lines]
    _items(canvas, [scene.ids[at] for at in nodes.tolist()], owners)
    return painted


def paint_lifted(canvas: Canvas) -> None:
    """Paint what a drag moves, with its lines, above the picture that lies still."""
    scene, zoom = canvas.scene, canvas.zoom
    painter = canvas.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    canvas.glow = False
    places = np.array([scene.index[each] for each in scene.lifted], dtype=np.intp)
    lines = scene.lifted_places()
    straight = len(lines) > MANY_LINES // 2 or zoom < FAR
    if straight:
        stroke_ends(painter, scene, scene.ends.rows_of(np.sort(lines)), canvas.theme)
    if zoom < FAR or len(places) > MANY_CARDS // 2:
        paint_far(painter, scene, places, None, zoom, canvas.theme, canvas.marks)
        return
    _items(canvas, sorted(scene.lifted), [] if straight else sorted(scene.lifted_lines))


def _items(canvas: Canvas, nodes: list[Id], owners: list[Id]) -> None:
    """Paint lines, then cards, then the labels of the lines and the marks of what is collapsed."""
    painter, scene, marks, painted = canvas.painter, canvas.scene, canvas.marks, canvas.painted
    steps = _lines(canvas, owners)
    sketched: list[int] = []
    for node in nodes:
        painter.setOpacity(marks.opacity(node))
        if not _card(canvas, node):
            sketched.append(scene.index[node])
    painter.setOpacity(1.0)
    if sketched:
        sketch_cards(painter, scene, np.array(sketched, dtype=np.intp), canvas.theme)
    for step in steps:
        route = scene.route(step)
        if route is not None and route.label is not None:
            painter.setOpacity(marks.opacity(step))
            painter.save()
            scale = _enlarged(scene, route.label.box, canvas.zoom)
            box = grown(route.label.box, scale)
            painter.translate(*box.center)
            painter.scale(scale, scale)
            painter.translate(-box.center[0], -box.center[1])
            paint_label(painter, route.label, canvas.theme, lit=step in marks.selection)
            painter.restore()
            painted.labels[step] = box
    painter.setOpacity(1.0)


def _enlarged(scene: Scene, box: Box, zoom: float) -> float:
    """Return how much larger a label is painted where the map is small, as far as no card is in its way."""
    for scale in (1.25, 1.15):
        if zoom * scale > 0.8:
            continue
        wide = grown(box, scale)
        if not len(scene.nodes_in(wide.x - 3, wide.y - 3, wide.right + 3, wide.bottom + 3)):
            return scale
    return 1.0


def grown(box: Box, scale: float) -> Box:
    """Return a box made larger about its middle."""
    wide, high = box.width * scale, box.height * scale
    x, y = box.center
    return Box(x=x - wide / 2, y=y - high / 2, width=wide, height=high)


def _lines(canvas: Canvas, owners: list[Id]) -> list[Id]:
    """Paint the lines of these; return the steps among them, those that nothing backs last."""
    painter, scene, theme, zoom = canvas.painter, canvas.scene, canvas.theme, canvas.zoom
    marks, painted = canvas.marks, canvas.painted
    held = scene.case_needed().of(Step)
    waiting = [owner for owner in owners if not scene.has_lines(owner)]
    for owner in waiting:
        if canvas.has_room():
            painted.fresh += 1
            scene.make_lines(owner)
        else:
            painted.late_lines = True
    known = [owner for owner in owners if scene.has_lines(owner)] if painted.late_lines else owners
    steps = sorted(
        (owner for owner in known if owner in held),
        key=lambda step: scene.look(step).line is LineStyle.LONG_DASH,
    )
    for owner in known:
        painter.setOpacity(marks.opacity(owner))
        for line in scene.lines(owner):
            if not canvas.sees(line.points):
                continue
            color = _line_color(scene, line.kind, line.tail, line.head, theme)
            paint_line(painter, line, color, theme, zoom, canvas.seen)
    for step in steps:
        route = scene.route(step)
        if route is None or not canvas.sees(*route.branches, route.trunk):
            continue
        look = scene.look(step)
        painter.setOpacity(marks.opacity(step))
        if step in marks.selection:
            paint_glow(painter, route, theme, 110)
        paint_step(painter, route, look, theme, zoom, seen=canvas.seen, glow=canvas.glow)
        painted.lines[step] = look.line
    painter.setOpacity(1.0)
    if painted.late_lines:
        late = sorted(scene.ends.index[owner] for owner in owners if not scene.has_lines(owner))
        stroke_ends(painter, scene, scene.ends.rows_of(np.array(late, dtype=np.intp)), theme)
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


def _card(canvas: Canvas, node: Id) -> bool:
    """Paint a card; say whether there was room in this frame to make its picture."""
    painter, scene, painted = canvas.painter, canvas.scene, canvas.painted
    card, look = scene.card(node), scene.look(node)
    paint = Paint(
        canvas.theme,
        canvas.zoom,
        painted.level,
        struck=_struck(scene, node),
        hit=node in canvas.marks.hits,
        holds_back=canvas.marks.collapsed.get(node, 0),
    )
    ratio = painter.device().devicePixelRatio()
    pictures = canvas.pictures
    known = pictures is None or pictures.has(card, look, paint, ratio)
    stands_in = not known and pictures is not None and pictures.stands_in(card, look)
    waits = not known and not canvas.has_room(stands_in=stands_in)
    if waits:
        painted.late[node] = None
        if not stands_in:
            return False
    painted.cards += 1
    painter.save()
    painter.translate(*scene.place(node))
    if pictures is None:
        paint_card(painter, card, look, paint)
    elif waits:
        pictures.draw_scaled(painter, card)
    else:
        painted.fresh += pictures.draw(painter, card, look, paint)
        painted.sharpened += stands_in
    paint_rings(painter, card, canvas.marks, canvas.theme, canvas.zoom)
    painter.restore()
    return True


def _struck(scene: Scene, node: Id) -> bool:
    held = scene.case_needed()[node]
    if isinstance(held, Evidence):
        return held.state is EvidenceState.WITHDRAWN
    if isinstance(held, Source):
        return held.retracted is not None
    return scene.look(node).line is LineStyle.THICK


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
