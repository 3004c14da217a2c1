"""Paints steps and every other line: the line tells the state, its label says it, colour comes last."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from evidencemap.layout.metrics import Face, width
from evidencemap.layout.paths import Point, samples
from evidencemap.layout.routes import LABEL_ICON, LABEL_ROW, LABEL_SIZE, Label, Line, LineKind, StepRoute
from evidencemap.tongue import _
from evidencemap.ui.canvas.cards import font
from evidencemap.ui.canvas.looks import LineStyle, Look
from evidencemap.ui.canvas.strokes import Curve, Ink, is_long, outlined, painter_path, shape, stroked
from evidencemap.ui.marks import draw_mark
from evidencemap.ui.theme import Theme

_DASHES: dict[LineStyle, list[float]] = {
    LineStyle.LONG_DASH: [3.0, 2.2],
    LineStyle.DOTTED: [0.1, 2.4],
    LineStyle.DASH_DOT: [4.0, 2.0, 0.4, 2.0],
    LineStyle.SHORT_DASH: [2.0, 1.8],
    LineStyle.EVEN_DASH: [2.6, 1.8],
}
_WIDTHS: dict[LineStyle, float] = {
    LineStyle.LONG_DASH: 3.0,
    LineStyle.THICK: 3.6,
    LineStyle.DOTTED: 2.2,
    LineStyle.DOUBLE: 5.0,
    LineStyle.SHORT_DASH: 1.5,
    LineStyle.EVEN_DASH: 2.2,
}
_WIDTH = 1.9
_WORD = 10.0
GLOW = 11.0
_MARKED = ("letter A", "letter ?", "loop")


def pen_of(style: LineStyle, color: QColor, least: float = 0.0) -> QPen:
    """Return the pen of a line style; `least` is the thinnest that it may be."""
    pen = QPen(color, max(_WIDTHS.get(style, _WIDTH), least))
    if style in _DASHES:
        pen.setDashPattern(_DASHES[style])
    dotted = style in (LineStyle.DOTTED, LineStyle.DASH_DOT)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if dotted else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def step_inks(
    route: StepRoute,
    look: Look,
    theme: Theme,
    zoom: float,
    *,
    glow: bool = True,
    bare: bool = True,
    dashes: bool = True,
) -> list[Ink]:
    """Return the inks of a step: its premises to the handle, from there to the conclusion, and its end.

    The glow under a step that nothing backs takes as long as all the rest: a drag leaves it out. A
    `bare` handle, where premises meet, is a dot. Its `dashes` are outlined, or else left to Qt.
    """
    least = 1.1 / zoom
    color = theme.color(look.color)
    trunk = _shortened(route.trunk, 8.0 + 2.0 * (look.line is LineStyle.LONG_DASH))
    tails, head = ("tail", "head") if is_long(*route.branches, trunk) else ("", "")
    curves: list[tuple[Curve, str]] = [*((branch, tails) for branch in route.branches), (trunk, head)]
    if len(route.branches) == 1:
        curves = [((*route.branches[0], *trunk[1:]), f"{tails} {head}".strip())]
    pens = [pen_of(look.line, color, least)]
    if look.line is LineStyle.LONG_DASH and glow:
        pens.insert(0, QPen(theme.color("unsupported_glow"), GLOW, c=Qt.PenCapStyle.RoundCap))
    if look.line is LineStyle.DOUBLE:
        pens.append(QPen(theme.color("ground"), 1.8))
    inks = [
        ink for pen in pens for curve, stubs in curves for ink in stroked(pen, curve, stubs, outline=dashes)
    ]
    if look.line is LineStyle.ONE_DASHED_SIDE:
        pen = QPen(color, max(1.3, least * 0.8))
        pen.setDashPattern([3.0, 2.4])
        sides = [_beside(curve, 4.0) for curve, stubs in curves if not stubs]
        inks += [outlined(pen, side) if dashes else shape(pen, side) for side in sides]
    inks.append(_end(route, color, zoom))
    if look.line is LineStyle.CUT_BY_A_BAR:
        inks.append(_bar_across(route, color))
    elif bare and len(route.branches) > 1 and not head:
        dot = QPainterPath()
        dot.addEllipse(QPointF(*route.handle), 4.2, 4.2)
        inks.append(shape(QPen(color, max(1.6, least)), dot, QBrush(theme.color("card"))))
    return inks


def is_out_of_sight(route: StepRoute) -> bool:
    """Say whether a step is so long that its middle, with handle and label, lies on neither of its stubs."""
    return is_long(*route.branches, route.trunk)


def handle_says(route: StepRoute, look: Look, zoom: float) -> str:
    """Return what the handle of a step shows: the "word" or the "mark" of its state, or nothing."""
    if look.line is LineStyle.CUT_BY_A_BAR or is_out_of_sight(route):
        return ""
    if look.line is LineStyle.EVEN_DASH and zoom >= 0.6:
        return "word"
    return "mark" if route.label is None and look.mark in _MARKED else ""


def paint_handle(painter: QPainter, route: StepRoute, look: Look, theme: Theme, zoom: float) -> None:
    """Paint what the handle of a step says, if anything: the mark of its state, or a word."""
    says = handle_says(route, look, zoom)
    if says == "word":
        _worded_handle(painter, route, _("fits only"), theme)
    elif says == "mark":
        _marked_handle(painter, route, look, theme, max(1.4, 1.1 / zoom))


def line_inks(line: Line, color: QColor, theme: Theme, zoom: float, *, dashes: bool = True) -> list[Ink]:
    """Return the inks of a line that is no step, its `dashes` outlined or left to Qt."""
    style = {
        LineKind.COPIED: LineStyle.DOTTED,
        LineKind.STATED_IN: LineStyle.DOTTED,
        LineKind.COMPARED: LineStyle.DOTTED,
        LineKind.RIVAL: LineStyle.DOUBLE,
        LineKind.SETTLES: LineStyle.SHORT_DASH,
    }.get(line.kind, LineStyle.SOLID)
    pen = pen_of(style, color)
    thin = {LineKind.COPIED: 1.4, LineKind.WARRANT: 1.4, LineKind.STATED_IN: 1.2, LineKind.PROVENANCE: 1.6}
    pen.setWidthF(max(thin.get(line.kind, 1.6), 0.9 / zoom))
    if line.kind is LineKind.RIVAL:
        pen.setWidthF(4.0)
    arrow = line.kind in (LineKind.PROVENANCE, LineKind.ANSWERS)
    curve = _shortened(line.points, 6.0) if arrow else line.points
    stubs = "tail head" if is_long(curve) else ""
    inks = stroked(pen, curve, stubs, outline=dashes)
    if line.kind is LineKind.RIVAL:
        inks += stroked(QPen(theme.color("ground"), 1.4), curve, stubs)
    if arrow:
        inks.append(_arrow(line.points, color, 7.5))
    elif line.kind is LineKind.WARRANT:
        inks.append(_diamond(line.points[-1], color))
    return inks


def paint_glow(painter: QPainter, route: StepRoute, theme: Theme, alpha: int) -> None:
    """Paint the shine by which a step stands out, `alpha` of 255 opaque."""
    color = QColor(theme.color("focus"))
    color.setAlpha(alpha)
    painter.setPen(QPen(color, 10.0, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for curve in (*route.branches, route.trunk):
        painter.drawPath(painter_path(curve))


def paint_label(painter: QPainter, label: Label, theme: Theme, *, lit: bool = False) -> None:
    """Paint the label in the gap of a line: a cross, and the words that nothing backs this step."""
    box = QRectF(label.box.x, label.box.y, label.box.width, label.box.height)
    color = theme.color("unsupported")
    painter.setPen(QPen(theme.color("focus") if lit else color, 2.2 if lit else 1.4))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(box, min(12.0, box.height() / 2), min(12.0, box.height() / 2))
    if not label.rows:
        draw_mark(painter, box.adjusted(2, 2, -2, -2), "cross", color)
        return
    widest = max(width(row, LABEL_SIZE, Face.SEMIBOLD) for row in label.rows)
    left = box.center().x() - (widest + LABEL_ICON - 3) / 2
    draw_mark(painter, QRectF(left - 1, box.center().y() - 7, 14, 14), "cross", color)
    painter.setFont(font(LABEL_SIZE, Face.SEMIBOLD))
    painter.setPen(color)
    top = box.center().y() - LABEL_ROW * len(label.rows) / 2
    for at, row in enumerate(label.rows):
        painter.drawText(QPointF(left + LABEL_ICON - 3, top + LABEL_ROW * at + 10.7), row)


def _end(route: StepRoute, color: QColor, zoom: float) -> Ink:
    if route.con:
        (x, y), (dx, dy) = route.trunk[-1], _direction(route.trunk)
        ahead = (x - dx * 6, y - dy * 6)
        path = QPainterPath(QPointF(ahead[0] - dy * 8, ahead[1] + dx * 8))
        path.lineTo(QPointF(ahead[0] + dy * 8, ahead[1] - dx * 8))
        return shape(QPen(color, 3.2), path)
    return _arrow(route.trunk, color, max(10.0, 6.0 / zoom))


def _marked_handle(painter: QPainter, route: StepRoute, look: Look, theme: Theme, pen: float) -> None:
    """Paint the handle as a disc with the mark of the state in it."""
    color = theme.color(look.color)
    disc = QRectF(route.handle[0] - 8, route.handle[1] - 8, 16, 16)
    painter.setPen(QPen(color, pen))
    painter.setBrush(theme.color("card"))
    painter.drawEllipse(disc)
    draw_mark(painter, disc.adjusted(2.5, 2.5, -2.5, -2.5), look.mark, color)


def _worded_handle(painter: QPainter, route: StepRoute, word: str, theme: Theme) -> None:
    """Paint the handle as a small label with the word of the state, so that its dash is no riddle."""
    wide = width(word, _WORD, Face.SEMIBOLD) + 10
    box = QRectF(route.handle[0] - wide / 2, route.handle[1] - 7.5, wide, 15)
    painter.setPen(QPen(theme.color("premise_fails"), 1.0))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(font(_WORD, Face.SEMIBOLD))
    painter.drawText(QPointF(box.left() + 5, box.center().y() + _WORD * 0.36), word)


def _bar_across(route: StepRoute, color: QColor) -> Ink:
    (x, y), (dx, dy) = route.handle, _direction(route.branches[0])
    path = QPainterPath(QPointF(x - dy * 10, y + dx * 10))
    path.lineTo(QPointF(x + dy * 10, y - dx * 10))
    return shape(QPen(color, 4.0), path)


def _arrow(points: Sequence[Point], color: QColor, size: float) -> Ink:
    (x, y), (dx, dy) = points[-1], _direction(points)
    base = (x - dx * size, y - dy * size)
    half = size * 0.55
    tip = (x - dx * 0.5, y - dy * 0.5)
    corners = (tip, (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half))
    return _filled(corners, color)


def _diamond(at: Point, color: QColor) -> Ink:
    x, y = at
    return _filled(((x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)), color)


def _filled(corners: Sequence[Point], color: QColor) -> Ink:
    path = QPainterPath(QPointF(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(QPointF(*corner))
    path.closeSubpath()
    return shape(QPen(Qt.PenStyle.NoPen), path, QBrush(color))


def _direction(points: Sequence[Point]) -> Point:
    """Return the unit vector in which a path arrives."""
    x, y = points[-1]
    for px, py in (points[-2], points[-3], points[-4]):
        length = ((x - px) ** 2 + (y - py) ** 2) ** 0.5
        if length > 0.5:
            return ((x - px) / length, (y - py) / length)
    return (1.0, 0.0)


def _shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """Return the path drawn back from its end, so that an arrowhead does not stand on the line."""
    dx, dy = _direction(points)
    x, y = points[-1]
    return (*points[:-1], (x - dx * by, y - dy * by))


def _beside(points: Sequence[Point], by: float) -> QPainterPath:
    """Return a polyline that runs beside a path."""
    line = samples(points, 10)
    found = QPolygonF()
    for at, (x, y) in enumerate(line):
        ahead, behind = line[min(at + 1, len(line) - 1)], line[max(at - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        length = max(1e-6, (dx * dx + dy * dy) ** 0.5)
        found.append(QPointF(x - dy / length * by, y + dx / length * by))
    path = QPainterPath()
    path.addPolygon(found)
    return path
