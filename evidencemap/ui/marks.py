"""The marks of the window, drawn by hand: what a thing is and how it stands, by shape before colour."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState
from evidencemap.ui.theme import Theme

_CLAIMS: Mapping[ClaimStatus, tuple[str, str]] = {
    ClaimStatus.SUPPORTED: ("disc", "supported"),
    ClaimStatus.CONDITIONAL: ("letter A", "conditional"),
    ClaimStatus.CONTESTED: ("letter ?", "contested"),
    ClaimStatus.REFUTED: ("cross", "refuted"),
    ClaimStatus.CIRCULAR: ("loop", "circular"),
    ClaimStatus.UNSUPPORTED: ("ring", "unsupported"),
}

_STEPS: Mapping[StepStatus, tuple[str, str]] = {
    StepStatus.CARRIES: ("disc", "supported"),
    StepStatus.UNSUPPORTED: ("cross", "unsupported"),
    StepStatus.PREMISE_FAILS: ("ring", "premise_fails"),
    StepStatus.CONTESTED: ("letter ?", "contested"),
    StepStatus.UNDERCUT: ("bar", "undercut"),
    StepStatus.CIRCULAR: ("loop", "circular"),
}


def mark_of(case: Case, verdicts: Verdicts, entity: Id) -> tuple[str, str]:
    """Return the mark of an entity and the name of the colour that it has in a theme."""
    held: Any = case[entity]
    if isinstance(held, Claim) and entity in verdicts.claims:
        return _CLAIMS[verdicts.claims[entity].status]
    if isinstance(held, Step) and entity in verdicts.steps:
        return _STEPS[verdicts.steps[entity].status]
    if isinstance(held, Evidence):
        return ("cross" if held.state is EvidenceState.WITHDRAWN else "sheet", "muted")
    if isinstance(held, Source):
        return ("flag", "unsupported") if held.interest or held.gains_from else ("pill", "muted")
    if isinstance(held, Request):
        return "letter ?", "request"
    if isinstance(held, Quantity):
        return "letter #", "muted"
    return "dot", "muted"


def claim_mark(status: ClaimStatus) -> tuple[str, str]:
    """Return the mark and the colour name of a claim's status."""
    return _CLAIMS[status]


def step_mark(status: StepStatus) -> tuple[str, str]:
    """Return the mark and the colour name of a step's status."""
    return _STEPS[status]


def draw_mark(painter: QPainter, rect: QRectF, mark: str, color: QColor) -> None:
    """Draw a mark within a rectangle, in one colour. An unknown mark is a dot."""
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, max(1.2, side * 0.14))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.startswith("letter "):
        _letter(painter, box, mark[7:])
    else:
        _DRAWN.get(mark, _dot)(painter, box, color)
    painter.restore()


def icon(mark: str, color: QColor, side: int = 16) -> QIcon:
    """Return a mark as an icon, sharp on dense screens too."""
    made = QIcon()
    for ratio in (1, 2, 3, 4):
        pixmap = QPixmap(QSize(side * ratio, side * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_mark(painter, QRectF(0, 0, side * ratio, side * ratio).adjusted(1, 1, -1, -1), mark, color)
        painter.end()
        made.addPixmap(pixmap)
    return made


def app_icon(theme: Theme) -> QIcon:
    """Return the picture of the program: two cards and a dashed step between them."""
    made = QIcon()
    for side in (16, 32, 48, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side / 32, side / 32)
        painter.setPen(QPen(theme.color("supported"), 2))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(2, 3, 17, 10), 2.5, 2.5)
        painter.setPen(QPen(theme.color("unsupported"), 2))
        painter.drawRoundedRect(QRectF(13, 20, 17, 10), 2.5, 2.5)
        dashed = QPen(theme.color("unsupported"), 2.4)
        dashed.setDashPattern([1.4, 1.0])
        painter.setPen(dashed)
        painter.drawLine(QPointF(15, 14), QPointF(20, 19.5))
        painter.end()
        made.addPixmap(pixmap)
    return made


def _inset(box: QRectF, share: float) -> QRectF:
    by = box.width() * share
    return box.adjusted(by, by, -by, -by)


def _disc(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawEllipse(_inset(box, 0.2))


def _ring(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.drawEllipse(_inset(box, 0.2))


def _half(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.2)
    painter.drawEllipse(inner)
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPie(inner, 90 * 16, 180 * 16)


def _dot(painter: QPainter, box: QRectF, color: QColor) -> None:
    painter.setBrush(color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(_inset(box, 0.36))


def _cross(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.26)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _bar(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.18)
    painter.drawLine(QPointF(inner.left(), box.center().y()), QPointF(inner.right(), box.center().y()))
    painter.drawLine(QPointF(box.center().x(), inner.top()), QPointF(box.center().x(), inner.bottom()))


def _loop(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.2)
    painter.drawArc(inner, 50 * 16, 290 * 16)
    angle = math.radians(50)
    radius = inner.width() / 2
    tip = QPointF(
        inner.center().x() + radius * math.cos(angle), inner.center().y() - radius * math.sin(angle)
    )
    size = box.width() * 0.22
    painter.drawLine(tip, tip + QPointF(-size, -size * 0.2))
    painter.drawLine(tip, tip + QPointF(size * 0.2, -size))


def _triangle(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.18)
    painter.setBrush(color)
    painter.drawPolygon([QPointF(inner.center().x(), inner.top()), inner.bottomRight(), inner.bottomLeft()])


def _diamond(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.16)
    x, y = inner.center().x(), inner.center().y()
    painter.drawPolygon(
        [
            QPointF(x, inner.top()),
            QPointF(inner.right(), y),
            QPointF(x, inner.bottom()),
            QPointF(inner.left(), y),
        ]
    )


def _flag(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.2)
    painter.drawLine(inner.topLeft(), inner.bottomLeft())
    painter.setBrush(color)
    low = inner.top() + inner.height() * 0.55
    painter.drawPolygon(
        [
            inner.topLeft(),
            QPointF(inner.right(), inner.top()),
            QPointF(inner.right() - inner.width() * 0.25, (inner.top() + low) / 2),
            QPointF(inner.right(), low),
            QPointF(inner.left(), low),
        ]
    )


def _pill(painter: QPainter, box: QRectF, color: QColor) -> None:
    high = box.height() * 0.24
    inner = box.adjusted(box.width() * 0.1, high, -box.width() * 0.1, -high)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)


def _sheet(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = box.adjusted(box.width() * 0.24, box.height() * 0.14, -box.width() * 0.24, -box.height() * 0.14)
    ear = inner.width() * 0.4
    painter.drawPolygon(
        [
            inner.topLeft(),
            QPointF(inner.right() - ear, inner.top()),
            QPointF(inner.right(), inner.top() + ear),
            inner.bottomRight(),
            inner.bottomLeft(),
        ]
    )


def _waves(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.2)
    for share in (0.15, 0.5, 0.85):
        y = inner.top() + inner.height() * share
        painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))


def _arrow(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.12)
    y = box.center().y()
    painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
    ear = inner.width() * 0.28
    painter.drawLine(QPointF(inner.right() - ear, y - ear), QPointF(inner.right(), y))
    painter.drawLine(QPointF(inner.right() - ear, y + ear), QPointF(inner.right(), y))


def _plus(painter: QPainter, box: QRectF, color: QColor) -> None:
    inner = _inset(box, 0.24)
    x, y = box.center().x(), box.center().y()
    painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
    painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))


def _letter(painter: QPainter, box: QRectF, letter: str) -> None:
    font = painter.font()
    font.setPixelSize(max(6, round(box.height() * 0.86)))
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


_DRAWN: Mapping[str, Callable[[QPainter, QRectF, QColor], None]] = {
    "disc": _disc,
    "ring": _ring,
    "half": _half,
    "dot": _dot,
    "cross": _cross,
    "bar": _bar,
    "loop": _loop,
    "triangle": _triangle,
    "diamond": _diamond,
    "flag": _flag,
    "pill": _pill,
    "sheet": _sheet,
    "waves": _waves,
    "arrow": _arrow,
    "plus": _plus,
}
