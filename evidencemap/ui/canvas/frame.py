"""Paints what is seen of the map: lines, then cards, then labels and marks; and says what it painted."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from evidencemap.layout.paths import Box, Point
from evidencemap.layout.routes import LABEL_SIZE, Label, LineKind, StepRoute
from evidencemap.model.entities import Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState
from evidencemap.ui.canvas.cards import Paint, level_at, paint_card
from evidencemap.ui.canvas.far import paint_far, paint_strokes, sketch_cards, stroke_ends
from evidencemap.ui.canvas.lines import (
    handle_says,
    is_out_of_sight,
    line_inks,
    paint_glow,
    paint_handle,
    paint_label,
    step_inks,
)
from evidencemap.ui.canvas.looks import LineStyle, Look
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.sheet import Canvas, Manner, Painted
from evidencemap.ui.canvas.standing import DIM, paint_rings
from evidencemap.ui.canvas.strokes import Ink, paint_inks

MANY_LINES = 140
"""Above so many lines in sight each is one straight stroke."""

MANY_CARDS = 400
"""Above so many cards in sight each is a rectangle."""

SLACK = 1.25
"""How much further a view may go before it is painted in another manner than it was."""

READABLE, MARK = 7.5, 15.0
"""Words lower than so many pixels are not shown; in their place a mark of so many pixels."""

FAR = 0.13
"""Below this zoom a card is lower than a line of text: each is a rectangle, each line a stroke."""


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
        painted.strokes, painted.rule = paint_strokes(
            painter, scene, seen, canvas.zoom, canvas.theme, manner.rule
        )
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
        stroke_ends(painter, scene, scene.ends.rows_of(np.sort(lines)), canvas.theme, bare=True)
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
        if route is None or route.label is None or not canvas.sees(_corners(route.label.box)):
            continue
        if is_out_of_sight(route):
            continue
        painter.setOpacity(marks.opacity(step))
        painter.save()
        scale = _enlarged(scene, route.label.box, canvas.zoom)
        box = grown(route.label.box, scale)
        painter.translate(*box.center)
        painter.scale(scale, scale)
        painter.translate(-box.center[0], -box.center[1])
        label = route.label
        if LABEL_SIZE * scale * canvas.zoom < READABLE:
            label = as_mark(label, canvas.zoom)
            box = grown(label.box, scale)
        paint_label(painter, label, canvas.theme, lit=step in marks.selection)
        painter.restore()
        painted.labels[step] = box
    painter.setOpacity(1.0)


def as_mark(label: Label, zoom: float) -> Label:
    """Return a label as its cross alone, as large as it may be within its own place."""
    side = min(MARK / zoom, label.box.height * 1.2, label.box.width)
    x, y = label.box.center
    return Label(box=Box(x=x - side / 2, y=y - side / 2, width=side, height=side), rows=())


def _corners(box: Box) -> tuple[Point, Point]:
    return (box.x, box.y), (box.right, box.y + box.height)


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
        paint_inks(painter, _line_inks(canvas, owner), canvas.seen)
    for step in steps:
        route = scene.route(step)
        if route is None or not canvas.sees(*route.branches, route.trunk):
            continue
        look = scene.look(step)
        painter.setOpacity(marks.opacity(step))
        if step in marks.selection:
            paint_glow(painter, route, theme, 110)
        paint_inks(painter, _step_inks(canvas, step, route, look), canvas.seen)
        if canvas.sees((route.handle,)):
            paint_handle(painter, route, look, theme, zoom)
        painted.lines[step] = look.line
    painter.setOpacity(1.0)
    if painted.late_lines:
        late = sorted(scene.ends.index[owner] for owner in owners if not scene.has_lines(owner))
        stroke_ends(painter, scene, scene.ends.rows_of(np.array(late, dtype=np.intp)), theme, bare=True)
    return steps


def _line_inks(canvas: Canvas, owner: Id) -> list[Ink]:
    """Return the inks of the lines, no steps among them, that an entity owns."""
    scene, theme = canvas.scene, canvas.theme
    lines = scene.lines(owner)
    if not lines:
        return []
    colors = tuple(_line_color(scene, line.kind, line.tail, line.head) for line in lines)
    key = (lines, colors, theme.name, canvas.line_zoom)
    known = canvas.inks.known(owner, "lines", key)
    if known is not None:
        return known
    made = [
        ink
        for line, color in zip(lines, colors, strict=True)
        for ink in line_inks(line, theme.color(color), theme, canvas.line_zoom, dashes=canvas.in_pixels)
    ]
    return canvas.inks.keep(owner, "lines", key, made)


def _step_inks(canvas: Canvas, step: Id, route: StepRoute, look: Look) -> list[Ink]:
    says = handle_says(route, look, canvas.zoom)
    key = (route, look, canvas.theme.name, canvas.line_zoom, says, canvas.glow)
    known = canvas.inks.known(step, "step", key)
    if known is not None:
        return known
    made = step_inks(
        route,
        look,
        canvas.theme,
        canvas.line_zoom,
        glow=canvas.glow,
        bare=not says,
        dashes=canvas.in_pixels,
    )
    return canvas.inks.keep(step, "step", key, made)


def _line_color(scene: Scene, kind: LineKind, tail: Id, head: Id) -> str:
    if kind is LineKind.PROVENANCE:
        color = scene.look(head).color
        return color if color == "supported" else "premise_fails"
    if kind is LineKind.WARRANT:
        return scene.look(tail).color
    names = {
        LineKind.SETTLES: "request",
        LineKind.ANSWERS: "request",
        LineKind.UNDERCUT: "undercut",
        LineKind.RIVAL: "contested",
    }
    return names.get(kind, "premise_fails")


def _card(canvas: Canvas, node: Id) -> bool:
    """Paint a card; say whether there was room in this frame to make its picture."""
    painter, scene, painted = canvas.painter, canvas.scene, canvas.painted
    card, look = scene.card(node), scene.look(node)
    paint = _paint_of(canvas, node)
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


def make_lines(canvas: Canvas, owner: Id) -> bool:
    """Make the lines of an entity for a later frame, if it has any; say whether any ink was made."""
    scene = canvas.scene
    if owner not in scene.ends.index:
        return False
    if not scene.has_lines(owner):
        canvas.painted.fresh += 1
        scene.make_lines(owner)
    before = canvas.inks.made
    _line_inks(canvas, owner)
    route = scene.route(owner) if owner in scene.case_needed().of(Step) else None
    if route is not None:
        _step_inks(canvas, owner, route, scene.look(owner))
    return canvas.inks.made > before


def make_picture(canvas: Canvas, node: Id, ratio: float) -> None:
    """Make the picture of a card for a later frame."""
    scene = canvas.scene
    if canvas.pictures is not None and node in scene.index:
        paint = _paint_of(canvas, node)
        canvas.painted.fresh += canvas.pictures.make(scene.card(node), scene.look(node), paint, ratio)


def _paint_of(canvas: Canvas, node: Id) -> Paint:
    return Paint(
        canvas.theme,
        canvas.zoom,
        level_at(canvas.zoom),
        struck=_struck(canvas.scene, node),
        hit=node in canvas.marks.hits,
        holds_back=canvas.marks.collapsed.get(node, 0),
    )


def _struck(scene: Scene, node: Id) -> bool:
    held = scene.case_needed()[node]
    if isinstance(held, Evidence):
        return held.state is EvidenceState.WITHDRAWN
    if isinstance(held, Source):
        return held.retracted is not None
    return scene.look(node).line is LineStyle.THICK
