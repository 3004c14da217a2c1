"""Paints one card, at each level of detail: all of it, its title and status, or its mark and number."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from evidencemap.layout.cards import BAR, Card, Role, Shape, TextLine
from evidencemap.layout.metrics import Face, elided, width, wrapped
from evidencemap.tongue import _, several
from evidencemap.ui.canvas.looks import Look
from evidencemap.ui.marks import draw_mark
from evidencemap.ui.theme import FAMILY, Theme, load_faces

RADIUS = 7.0
CUT = 16.0
EAR = 13.0


class Level(IntEnum):
    """How much of a card is shown: from 60 % of full size all, from 30 % title and status, else a mark."""

    MARK = 0
    TITLE = 1
    FULL = 2


def level_at(zoom: float) -> Level:
    """Return the level of detail at a zoom (1.0 is full size)."""
    if zoom >= 0.6:
        return Level.FULL
    return Level.TITLE if zoom >= 0.3 else Level.MARK


@dataclass(frozen=True, slots=True)
class Paint:
    """What a card is painted with: its theme, the zoom that sizes follow, and how it stands out."""

    theme: Theme
    zoom: float
    level: Level
    struck: bool = False
    hit: bool = False
    holds_back: int = 0


def paint_card(painter: QPainter, card: Card, look: Look, paint: Paint) -> None:
    """Paint a card with its top left corner at the origin, in points."""
    _outline(painter, card, look, paint)
    if paint.level is Level.FULL:
        for line in card.lines:
            _text_line(painter, card, line, look, paint)
        if card.shape in (Shape.CLAIM, Shape.ASSUMPTION):
            _status(painter, card, look, paint)
        elif card.shape is Shape.REQUEST:
            mark = QRectF(8, 8.5, 15, 15)
            draw_mark(painter, mark, "letter ?", paint.theme.color("request"))
    elif paint.level is Level.TITLE:
        _title(painter, card, look, paint)
    else:
        _mark(painter, card, look, paint)
    if paint.holds_back:
        _badge(painter, card, paint)


def badge_box(card: Card, count: int, zoom: float) -> QRectF:
    """Return where the badge of a collapsed card lies, in points from the top left of the card."""
    size = float(round(max(11.0, min(9.0 / zoom, 22.0))))
    wide = width(badge_text(count, zoom), size, Face.SEMIBOLD) + size
    return QRectF(card.width - 12 - wide, card.height - size * 0.78, wide, size * 1.5)


def badge_text(count: int, zoom: float) -> str:
    """Return what the badge of a collapsed card says: how many cards it hides."""
    if level_at(zoom) is Level.FULL:
        return several("{count} hidden", "{count} hidden", count)
    return f"+{count}"


@lru_cache(maxsize=256)
def font(size: float, face: Face, *, strike: bool = False) -> QFont:
    """Return the font of a line of a card, its size in whole points of the map. Nobody changes it."""
    load_faces()
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(size)))
    made.setWeight(QFont.Weight.Normal if face is Face.REGULAR else QFont.Weight.DemiBold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStrikeOut(strike)
    return made


def outline(card: Card) -> QPainterPath:
    """Return the outline of a card, which tells what it is."""
    box = QRectF(0, 0, card.width, card.height)
    path = QPainterPath()
    if card.shape is Shape.SOURCE:
        path.addRoundedRect(box, card.height / 2, card.height / 2)
    elif card.shape is Shape.EVIDENCE:
        path.moveTo(2, 0)
        path.lineTo(card.width - EAR, 0)
        path.lineTo(card.width, EAR)
        path.lineTo(card.width, card.height - 3)
        path.quadTo(card.width, card.height, card.width - 3, card.height)
        path.lineTo(2, card.height)
        path.lineTo(0, card.height)
        path.lineTo(0, 0)
        path.closeSubpath()
    elif card.shape is Shape.ASSUMPTION:
        path.moveTo(RADIUS, 0)
        path.lineTo(card.width - CUT, 0)
        path.lineTo(card.width, CUT)
        path.lineTo(card.width, card.height - RADIUS)
        path.quadTo(card.width, card.height, card.width - RADIUS, card.height)
        path.lineTo(RADIUS, card.height)
        path.quadTo(0, card.height, 0, card.height - RADIUS)
        path.lineTo(0, RADIUS)
        path.quadTo(0, 0, RADIUS, 0)
    else:
        radius = {Shape.QUANTITY: 5.0, Shape.REQUEST: 4.0}.get(card.shape, RADIUS)
        path.addRoundedRect(box, radius, radius)
    return path


def _outline(painter: QPainter, card: Card, look: Look, paint: Paint) -> None:
    theme = paint.theme
    path = outline(card)
    thin = max(1.0, 0.9 / paint.zoom)
    if card.shape in (Shape.CLAIM, Shape.ASSUMPTION, Shape.EVIDENCE) and paint.level is Level.FULL:
        shadow = QColor(theme.color("text"))
        shadow.setAlpha(22)
        painter.fillPath(path.translated(0.6, 1.8), shadow)
    if card.shape is Shape.REQUEST:
        _bracket(painter, card, path, paint)
        return
    fill = {Shape.SOURCE: "source_fill", Shape.QUANTITY: "pill"}.get(card.shape, "card")
    painter.setPen(QPen(theme.color("card_edge"), thin))
    painter.setBrush(theme.color("hit") if paint.hit else theme.color(fill))
    painter.drawPath(path)
    if card.shape in (Shape.CLAIM, Shape.ASSUMPTION, Shape.EVIDENCE):
        _bar(painter, card, path, look, paint)
    if card.shape is Shape.EVIDENCE:
        ear = QPainterPath(QPointF(card.width - EAR, 0))
        ear.lineTo(card.width - EAR, EAR)
        ear.lineTo(card.width, EAR)
        painter.setBrush(theme.color("pill"))
        painter.drawPath(ear)


def _bar(painter: QPainter, card: Card, path: QPainterPath, look: Look, paint: Paint) -> None:
    """Paint the status bar at the left; that of a conditional claim is dashed on its inner side."""
    wide = BAR if card.shape is not Shape.EVIDENCE else BAR / 2
    if paint.level is not Level.FULL:
        wide = max(wide, 3.5 / paint.zoom)
    bar = QPainterPath()
    bar.addRect(QRectF(-1, -1, wide + 1, card.height + 2))
    color = paint.theme.color(look.color)
    painter.fillPath(path.intersected(bar), color)
    if look.color == "conditional":
        pen = QPen(color, 1.4)
        pen.setDashPattern([3.0, 2.2])
        painter.setPen(pen)
        painter.drawLine(QPointF(wide + 2.2, 4), QPointF(wide + 2.2, card.height - 4))
        painter.setPen(QPen(paint.theme.color("card_edge"), max(1.0, 0.9 / paint.zoom)))


def _bracket(painter: QPainter, card: Card, path: QPainterPath, paint: Paint) -> None:
    theme = paint.theme
    painter.fillPath(path, theme.color("hit") if paint.hit else theme.color("request_fill"))
    pen = QPen(theme.color("request"), max(1.3, 1.2 / paint.zoom))
    pen.setDashPattern([2.6, 2.0])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawLine(QPointF(10, 0), QPointF(card.width - 10, 0))
    painter.drawLine(QPointF(10, card.height), QPointF(card.width - 10, card.height))
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    for x, inward in ((0.0, 9.0), (card.width, -9.0)):
        bracket = QPainterPath(QPointF(x + inward, 0))
        bracket.lineTo(x, 0)
        bracket.lineTo(x, card.height)
        bracket.lineTo(x + inward, card.height)
        painter.drawPath(bracket)


def _text_line(painter: QPainter, card: Card, line: TextLine, look: Look, paint: Paint) -> None:
    theme = paint.theme
    ink = {Role.TITLE: "text", Role.FLAG: "unsupported", Role.CODE: "text"}.get(line.role, "muted")
    if card.shape is Shape.REQUEST and line.role is Role.TITLE:
        ink = "request"
    if line.role is Role.CODE:
        pill = QRectF(card.width - 38, card.height - 22.5, 30, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("pill"))
        painter.drawRoundedRect(pill, 4, 4)
        _draw_centered(painter, pill, line, theme.color(ink))
        return
    if line.role is Role.CHIP:
        wide = width(line.text, line.size, line.face) + 10
        painter.setPen(QPen(theme.color("card_edge"), 1.0))
        painter.setBrush(theme.color("card" if card.shape is Shape.QUANTITY else "pill"))
        painter.drawRoundedRect(QRectF(line.x - 5, line.y - 10.5, wide, 14.5), 4, 4)
        ink = "text"
    if line.role is Role.FLAG:
        draw_mark(painter, QRectF(line.x - 15, line.y - 10, 12, 12), "flag", theme.color(ink))
    painter.setFont(font(line.size, line.face, strike=paint.struck and line.role is Role.TITLE))
    painter.setPen(theme.color(ink))
    painter.drawText(QPointF(line.x, line.y), line.text)


def _draw_centered(painter: QPainter, box: QRectF, line: TextLine, color: QColor) -> None:
    painter.setFont(font(line.size, line.face))
    painter.setPen(color)
    wide = width(line.text, line.size, line.face)
    painter.drawText(QPointF(box.center().x() - wide / 2, box.center().y() + line.size * 0.36), line.text)


def _status(painter: QPainter, card: Card, look: Look, paint: Paint) -> None:
    right = card.width - (10.0 if card.shape is Shape.CLAIM else 14.0 + CUT / 3)
    size = 11.0
    word = elided(_(look.word), card.width - 70, size, Face.SEMIBOLD)
    left = right - width(word, size, Face.SEMIBOLD)
    color = paint.theme.color(look.color)
    draw_mark(painter, QRectF(left - 15, 7.5, 13, 13), look.mark, color)
    painter.setFont(font(size, Face.SEMIBOLD))
    painter.setPen(color)
    painter.drawText(QPointF(left, 18), word)


def _title(painter: QPainter, card: Card, look: Look, paint: Paint) -> None:
    """Paint number, status and as much of the title as fits, in letters of one size on the screen."""
    size = float(round(max(12.0, min(11.0 / paint.zoom, 30.0))))
    theme, claim = paint.theme, card.shape in (Shape.CLAIM, Shape.ASSUMPTION)
    if claim:  # Status and title stand one above the other: in a low card both are smaller.
        size = min(size, max(12.0, float(int((card.height - 5) / 2.4))))
    left = {Shape.SOURCE: 14.0, Shape.QUANTITY: 7.0}.get(card.shape, 9.0)
    left += (
        max(BAR if claim else BAR / 2, 3.5 / paint.zoom) - 3 if claim or card.shape is Shape.EVIDENCE else 0
    )
    room = card.width - left - 6
    lead = size * 1.2
    whole = " ".join(line.text for line in card.lines if line.role is Role.TITLE)
    ink = "request" if card.shape is Shape.REQUEST else "text"
    rows = max(1, int((card.height - 4) / lead))
    numbered = card.shape is not Shape.SOURCE
    if claim:
        rows = max(1, rows - 1)
        numbered = not _status_row(painter, card, look, paint, left, size)
    top = (lead if claim else 0.0) + (card.height - (lead if claim else 0.0) - lead * rows) / 2
    face = Face.SEMIBOLD if card.shape in (Shape.SOURCE, Shape.REQUEST) else Face.REGULAR
    text = f"{card.number} {whole}" if numbered else whole
    lines = wrapped(text, room, size, face, rows) if rows > 1 else [elided(text, room, size, face)]
    top += (rows - len(lines)) * lead / 2
    painter.setFont(font(size, face, strike=paint.struck))
    painter.setPen(theme.color(ink))
    for at, line in enumerate(lines):
        painter.drawText(QPointF(left, top + lead * at + size * 0.95), line)


def _status_row(painter: QPainter, card: Card, look: Look, paint: Paint, left: float, size: float) -> bool:
    """Paint the mark and word of the status, a little smaller where they need it, and the number beside.

    Return whether there was room for the number.
    """
    color = paint.theme.color(look.color)
    right = card.width - (6.0 if card.shape is Shape.CLAIM else CUT)
    word = _(look.word)
    wanted = width(word, 1.0, Face.SEMIBOLD) + 1.15
    small = float(round(size * 0.92))
    if wanted * small > right - left - 2:
        small = float(max(int((right - left - 2) / wanted), round(size * 0.75)))
    side = small * 1.15
    base = size * 1.12
    number = width(card.number, small, Face.SEMIBOLD) + 10
    painter.setFont(font(small, Face.SEMIBOLD))
    beside = right - left - number - side >= width(word, small, Face.SEMIBOLD)
    if beside:
        painter.setPen(paint.theme.color("muted"))
        painter.drawText(QPointF(left, base), card.number)
    word = elided(word, right - left - side - 1, small, Face.SEMIBOLD)
    at = right - width(word, small, Face.SEMIBOLD)
    draw_mark(painter, QRectF(at - side - 1, base - small * 0.95, side, side), look.mark, color)
    painter.setPen(color)
    painter.setFont(font(small, Face.SEMIBOLD))
    painter.drawText(QPointF(at, base), word)
    return beside


def _badge(painter: QPainter, card: Card, paint: Paint) -> None:
    """Paint how many cards a collapsed one hides, on its lower edge."""
    box = badge_box(card, paint.holds_back, paint.zoom)
    size = float(round(box.height() / 1.5))
    painter.setPen(QPen(paint.theme.color("focus"), max(1.2, 1.0 / paint.zoom)))
    painter.setBrush(paint.theme.color("card"))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(font(size, Face.SEMIBOLD))
    painter.setPen(paint.theme.color("focus"))
    text = badge_text(paint.holds_back, paint.zoom)
    painter.drawText(QPointF(box.left() + size / 2, box.center().y() + size * 0.36), text)


def _mark(painter: QPainter, card: Card, look: Look, paint: Paint) -> None:
    """Paint the mark and the number, as large as the card has room for."""
    size = float(round(min(card.height * 0.55, 12.0 / paint.zoom, card.width / 4)))
    if size * paint.zoom < 5:
        return
    text = card.number
    side = size * 1.1 if look.mark else 0.0
    wide = width(text, size, Face.SEMIBOLD) + side
    x, y = (card.width - wide) / 2, card.height / 2
    if look.mark:
        draw_mark(painter, QRectF(x, y - side / 2, side, side), look.mark, paint.theme.color(look.color))
    painter.setFont(font(size, Face.SEMIBOLD))
    painter.setPen(paint.theme.color("text"))
    painter.drawText(QPointF(x + side, y + size * 0.36), text)
