"""What an empty map says: how to begin."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from evidencemap.layout.cards import NODE_KINDS
from evidencemap.model.case import Case
from evidencemap.tongue import _
from evidencemap.ui.theme import Theme, face


def is_empty(case: Case | None) -> bool:
    """Say whether a case has nothing that a map would show; no case at all says nothing."""
    return case is not None and not any(case.of(kind) for kind in NODE_KINDS)


def invitation() -> tuple[str, str]:
    """Return what an empty map says, in two sentences; the buttons above the map tell the keys."""
    return (
        _("Nothing is on the map yet."),
        _("Add a claim, and what it rests on, with the buttons above; or drop a case or a listing here."),
    )


def paint_invitation(painter: QPainter, theme: Theme, room: QRectF) -> None:
    """Paint the invitation in the middle of `room`, in pixels, wrapped where the room is narrow."""
    first, then = invitation()
    middle = room.center().y()
    inner = room.adjusted(24, 0, -24, 0)
    above = QRectF(inner.left(), room.top(), inner.width(), middle - room.top() - 4)
    below = QRectF(inner.left(), middle + 4, inner.width(), room.bottom() - middle - 4)
    wrapped = Qt.TextFlag.TextWordWrap
    painter.setFont(face(17.0, bold=True))
    painter.setPen(theme.color("text"))
    painter.drawText(above, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | wrapped, first)
    painter.setFont(face(14.0))
    painter.setPen(theme.color("muted"))
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | wrapped, then)
