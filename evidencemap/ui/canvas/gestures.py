"""One class per gesture of the mouse. A gesture shows what it would do, and says it once, at release."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from evidencemap.layout.paths import Point
from evidencemap.model.records import Id
from evidencemap.ui.canvas import hits
from evidencemap.ui.canvas.camera import Camera
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.theme import Theme

LINK = Qt.KeyboardModifier.ControlModifier
"""Held while dragging from a card: draws a link instead of moving the card."""

UNDERCUT = Qt.KeyboardModifier.ShiftModifier
"""Held when a link is dropped on a step: an objection to it instead of its warrant."""

SNAP = 8.0
"""Cards snap to the edges of others within so many pixels."""

OUTSIDE = 12.0
"""So many pixels beyond its edge the pointer has left the map."""


class Ground(Protocol):
    """What a gesture needs of the map: what it shows, and a way to say what a person wants."""

    scene: Scene
    camera: Camera

    @property
    def theme(self) -> Theme:
        """Return the colours."""

    @property
    def selection(self) -> frozenset[Id]:
        """Return what is selected."""

    @property
    def snapping(self) -> bool:
        """Say whether cards snap to others."""

    @property
    def extent(self) -> QSizeF:
        """Return how large the view is, in pixels."""

    def choose(self, ids: tuple[Id, ...]) -> None:
        """Select these and say so."""

    def hover_over(self, item: Id | None) -> None:
        """Mark what lies under the pointer."""

    def want_moved(self, places: dict[Id, Point]) -> None:
        """Say that nodes were moved."""

    def want_link(self, tails: tuple[Id, ...], head: Id, modifiers: Qt.KeyboardModifier) -> None:
        """Say that a link was drawn."""

    def hung_under(self, node: Id) -> tuple[Id, ...]:
        """Return the quantities that move along with a node."""


class Gesture(Protocol):
    """From press to release. Where it `drifts`, the map moves along at the edges of the view."""

    drifts: bool

    def move(self, ground: Ground, at: QPointF) -> None:
        """Follow the pointer, in pixels of the view."""

    def end(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Say what the person wants."""

    def cancel(self, ground: Ground) -> None:
        """Leave everything as it was."""

    def paint(self, ground: Ground, painter: QPainter) -> None:
        """Paint what is in progress, in pixels of the view."""


class PanGesture:
    """Drags the ground."""

    drifts = False

    def __init__(self, start: QPointF) -> None:
        self._last = start

    def move(self, ground: Ground, at: QPointF) -> None:
        """Follow the pointer."""
        ground.camera.pan(at.x() - self._last.x(), at.y() - self._last.y())
        self._last = at

    def end(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Stop."""
        self.move(ground, at)

    def cancel(self, ground: Ground) -> None:
        """Stay where the map is."""

    def paint(self, ground: Ground, painter: QPainter) -> None:
        """Paint nothing."""


class DragGesture:
    """Moves the chosen cards, with what hangs under them; snaps to the edges of others."""

    drifts = True

    def __init__(self, ground: Ground, start: QPointF, node: Id) -> None:
        chosen = [each for each in ground.selection if each in ground.scene.index] or [node]
        moving = dict.fromkeys(chosen)
        for each in chosen:
            moving.update(dict.fromkeys(ground.hung_under(each)))
        self._node = node
        self._from = {each: ground.scene.place(each) for each in moving}
        self._start = ground.camera.to_map(start)
        self._guides: list[tuple[QPointF, QPointF]] = []
        ground.scene.lift(moving)

    def move(self, ground: Ground, at: QPointF) -> None:
        """Show the cards where they would lie."""
        moved = ground.camera.to_map(at) - self._start
        dx, dy = moved.x(), moved.y()
        self._guides = []
        if ground.snapping:
            dx, dy = self._snapped(ground, dx, dy)
        ground.scene.move({node: (x + dx, y + dy) for node, (x, y) in self._from.items()})

    def end(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Say where they lie now."""
        self.move(ground, at)
        places = {node: ground.scene.place(node) for node in self._from}
        self._guides = []
        ground.scene.set_down()
        if any(places[node] != was for node, was in self._from.items()):
            ground.want_moved(places)

    def cancel(self, ground: Ground) -> None:
        """Put the cards back."""
        ground.scene.move(self._from)
        ground.scene.set_down()

    def paint(self, ground: Ground, painter: QPainter) -> None:
        """Paint the edge to which a card snaps."""
        painter.setPen(QPen(ground.theme.color("focus"), 1, Qt.PenStyle.DashLine))
        for one, other in self._guides:
            painter.drawLine(one, other)

    def _snapped(self, ground: Ground, dx: float, dy: float) -> Point:
        scene, camera = ground.scene, ground.camera
        x, y = self._from[self._node]
        reach = SNAP / camera.zoom
        around = scene.nodes_in(x + dx - 700, y + dy - 500, x + dx + 900, y + dy + 600)
        others = [scene.boxes[at].tolist() for at in around if scene.ids[int(at)] not in self._from]
        near_x = min((box[0] - x - dx for box in others), key=abs, default=reach)
        near_y = min((box[1] - y - dy for box in others), key=abs, default=reach)
        if abs(near_x) < reach:
            dx += near_x
            at = camera.to_screen(x + dx, 0).x()
            self._guides.append((QPointF(at, 0), QPointF(at, 10_000)))
        if abs(near_y) < reach:
            dy += near_y
            at = camera.to_screen(0, y + dy).y()
            self._guides.append((QPointF(0, at), QPointF(10_000, at)))
        return (dx, dy)


class LassoGesture:
    """Selects the cards that a rectangle meets."""

    drifts = True

    def __init__(self, ground: Ground, start: QPointF) -> None:
        self._start = ground.camera.to_map(start)
        self._at = start
        self._before = ground.selection

    def move(self, ground: Ground, at: QPointF) -> None:
        """Follow the pointer."""
        self._at = at

    def end(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select what was caught besides what was selected."""
        self._at = at
        one, other = self._start, ground.camera.to_map(at)
        box = QRectF(one, other).normalized()
        found = ground.scene.nodes_in(box.left(), box.top(), box.right(), box.bottom())
        caught = [ground.scene.ids[int(each)] for each in found]
        ground.choose(tuple(dict.fromkeys((*sorted(self._before), *caught))))

    def cancel(self, ground: Ground) -> None:
        """Select nothing more."""

    def paint(self, ground: Ground, painter: QPainter) -> None:
        """Paint the rectangle."""
        color = ground.theme.color("focus")
        painter.setPen(QPen(color, 1.2, Qt.PenStyle.DashLine))
        color = ground.theme.color("focus").lighter()
        color.setAlpha(36)
        painter.setBrush(color)
        start = ground.camera.to_screen(self._start.x(), self._start.y())
        painter.drawRect(QRectF(start, self._at).normalized())


class LinkGesture:
    """Draws a link from one item, or from all that are chosen, to another.

    Where it `may_leave`, what it began at is carried out of the map once the pointer is outside.
    """

    drifts = True

    def __init__(self, ground: Ground, start: QPointF, node: Id, *, may_leave: bool = False) -> None:
        chosen = tuple(each for each in sorted(ground.selection) if each in ground.scene.index)
        self._tails = chosen if node in chosen else (node,)
        self._may_leave = may_leave
        self._at = start

    def move(self, ground: Ground, at: QPointF) -> None:
        """Follow the pointer, marking what the link would meet."""
        self._at = at
        ground.hover_over(self._head(ground, at))

    def end(self, ground: Ground, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Say from what to what the link goes."""
        head = self._head(ground, at)
        ground.hover_over(None)
        if head is not None:
            ground.want_link(self._tails, head, modifiers)

    def leaves_with(self, ground: Ground, at: QPointF) -> tuple[Id, ...]:
        """Return what is carried out of the map with the pointer there; nothing while it stays a link."""
        inside = QRectF(QPointF(0, 0), ground.extent).adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
        return self._tails if self._may_leave and not inside.contains(at) else ()

    def cancel(self, ground: Ground) -> None:
        """Draw nothing."""
        ground.hover_over(None)

    def paint(self, ground: Ground, painter: QPainter) -> None:
        """Paint the link in progress."""
        painter.setPen(QPen(ground.theme.color("focus"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for tail in self._tails:
            box = ground.scene.box(tail)
            if box is not None:
                painter.drawLine(ground.camera.to_screen(box.right, box.center[1]), self._at)

    def _head(self, ground: Ground, at: QPointF) -> Id | None:
        point = ground.camera.to_map(at)
        found = hits.item_at(ground.scene, point.x(), point.y(), ground.camera.zoom)
        return None if found in self._tails else found
