"""The hands on the map: which gesture a press begins, what a click, a wheel and a key do."""

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from evidencemap.layout.paths import Point
from evidencemap.model.records import Id
from evidencemap.ui.canvas import gestures, hits, travel
from evidencemap.ui.canvas.drift import Drift
from evidencemap.ui.canvas.minimap import Minimap
from evidencemap.ui.canvas.spoken import tooltip_of
from evidencemap.ui.canvas.wanting import Wanting
from evidencemap.ui.plain import plain_tooltip

DRAG = 4.0
"""How many pixels the pointer must travel before a press becomes a drag."""

NUDGE = 8.0
"""How many points a nudge by a key moves a card."""

FOLDS = {Qt.Key.Key_Minus.value: True, Qt.Key.Key_Plus.value: False, Qt.Key.Key_Equal.value: False}
"""The keys that collapse and expand what is chosen."""

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ADDING = gestures.LINK | _SHIFT


class Hands:
    """Turns events of one map into gestures, clicks and steps of travel."""

    def __init__(self, view: Wanting, minimap: Minimap) -> None:
        self._view = view
        self._minimap = minimap
        self._gesture: gestures.Gesture | None = None
        self._press: tuple[QPointF, Id | None, Qt.KeyboardModifier, bool] | None = None
        self._drift = Drift(view, self._drifted)
        self._at = QPointF()
        self._went = QPointF()

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture: at once for the middle button, else when the pointer has travelled."""
        view, at = self._view, event.position()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._gesture = gestures.PanGesture(at)
            return
        if event.button() is not Qt.MouseButton.LeftButton or view.scene.case is None:
            return
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._minimap.press(at, view):
            return
        fold = self._fold(at)
        if fold is not None:
            view.folds.toggle(fold)
            return
        handle = self._handle(at)
        grip = handle is not None and handle == view.shown.marks.hover
        item = handle if grip else self._item(at)
        self._press = (at, item, event.modifiers(), grip)
        if item is not None and item not in view.selection and not event.modifiers() & _ADDING and not grip:
            view.choose((item,))

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        view, at = self._view, event.position()
        if self._gesture is None and self._press is not None:
            if (at - self._press[0]).manhattanLength() < DRAG:
                return
            self._gesture, self._went = self._begin(), QPointF()
        view.snapping_held_off = bool(event.modifiers() & _ALT)
        gesture = self._gesture
        if isinstance(gesture, gestures.LinkGesture) and (taken := gesture.leaves_with(view, at)):
            self._give_up()
            # What passed the edge was on its way out: the map lies as it did.
            view.camera.pan(-self._went.x(), -self._went.y())
            view.seen_changed()
            view.carry_out(taken)
        elif gesture is not None:
            gesture.move(view, at)
            view.seen_changed()
            self._at = at
            if gesture.drifts:
                self._drift.follow(at, view.width(), view.height())
        elif self._minimap.dragging:
            self._minimap.drag(at, view)
        elif not event.buttons():
            self._point_at(at)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture, or take the press as a click."""
        self._view.snapping_held_off = bool(event.modifiers() & _ALT)
        self._drift.stop()
        gesture, press = self._gesture, self._press
        self._gesture = self._press = None
        self._minimap.dragging = False
        if gesture is not None:
            gesture.end(self._view, event.position(), event.modifiers())
        elif press is not None and event.button() is Qt.MouseButton.LeftButton:
            self._click(press[1], press[2])
        self._view.update()

    def double_click(self, event: QMouseEvent) -> None:
        """Edit an item; on the ground, ask for a new claim there."""
        view = self._view
        if event.button() is not Qt.MouseButton.LeftButton or view.scene.case is None:
            return
        item = self._item(event.position())
        if item is not None:
            view.edit_wanted.emit(item)
        else:
            at = view.camera.to_map(event.position())
            view.add_wanted.emit("claim", at.x(), at.y())

    def wheel(self, event: QWheelEvent) -> None:
        """Move the map; with Ctrl, zoom at the pointer."""
        view = self._view
        camera = view.camera
        across, down = event.angleDelta().x(), event.angleDelta().y()
        if event.modifiers() & _CONTROL:
            step = view.glide.by if event.pixelDelta().isNull() else view.glide.at_once
            step(event.position(), 1.0016**down)
        elif not event.pixelDelta().isNull():
            camera.pan(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            if event.modifiers() & _SHIFT and not across:
                across, down = down, 0
            camera.pan(across * 0.7, down * 0.7)
        event.accept()
        view.seen_changed()

    def menu(self, event: QContextMenuEvent) -> None:
        """Ask for a menu on what lies there; the keyboard's asks for one on what is selected."""
        view = self._view
        if event.reason() is QContextMenuEvent.Reason.Mouse and view.scene.case is not None:
            item = self._item(QPointF(event.pos()))
            if item is None:
                view.choose(())
            elif item not in view.selection:
                view.choose((item,))
        view.menu_wanted.emit(tuple(sorted(view.selection)), event.globalPos())

    def key(self, event: QKeyEvent) -> bool:
        """Travel, nudge or give up; say whether the key was taken."""
        view = self._view
        if event.key() == Qt.Key.Key_Escape:
            return self._give_up()
        if event.key() in FOLDS and not event.modifiers() & (_CONTROL | _ALT):
            return self._fold_chosen(FOLDS[event.key()])
        direction = travel.ARROWS.get(event.key())
        if direction is None or view.scene.case is None:
            return False
        if event.modifiers() & _CONTROL:
            self._nudge(direction)
            return True
        along = bool(event.modifiers() & _ALT)
        found = travel.next_item(view.scene, view.shown.current, direction, along=along)
        if found is not None:
            view.choose((found,))
            view.show_item(found)
        return True

    def paint(self, painter: QPainter) -> None:
        """Paint the gesture in progress."""
        if self._gesture is not None:
            self._gesture.paint(self._view, painter)

    def _drifted(self, across: float, down: float) -> None:
        if self._gesture is None:
            self._drift.stop()
            return
        if not isinstance(self._gesture, gestures.DragGesture):
            across, down = self._within(across, down)
        self._view.camera.pan(across, down)
        self._went += QPointF(across, down)
        self._gesture.move(self._view, self._at)
        self._view.seen_changed()

    def _within(self, across: float, down: float) -> tuple[float, float]:
        """Return how far the map may move along: not on where nothing of it is left beyond the edge.

        Only a card that is dragged is taken to where nothing lies yet.
        """
        left, top, right, bottom = self._view.scene.extent()
        seen = self._view.camera.seen(QSizeF(self._view.size()))
        if seen.left() <= left if across > 0 else seen.right() >= right:
            across = 0.0
        if seen.top() <= top if down > 0 else seen.bottom() >= bottom:
            down = 0.0
        return across, down

    def _begin(self) -> gestures.Gesture:
        assert self._press is not None
        view = self._view
        start, item, modifiers, grip = self._press
        if item is not None and item in view.scene.index:
            if grip or modifiers & gestures.LINK:
                return gestures.LinkGesture(view, start, item, may_leave=not grip)
            return gestures.DragGesture(view, start, item)
        if modifiers & _SHIFT:
            return gestures.LassoGesture(view, start)
        return gestures.PanGesture(start)

    def _click(self, item: Id | None, modifiers: Qt.KeyboardModifier) -> None:
        view = self._view
        if item is None:
            if not modifiers & _ADDING and view.selection:
                view.choose(())
        elif modifiers & _ADDING:
            view.choose(tuple(sorted(view.selection ^ {item})))
        elif view.selection != {item}:
            view.choose((item,))

    def _give_up(self) -> bool:
        view = self._view
        if self._gesture is not None:
            self._drift.stop()
            self._gesture.cancel(view)
            self._gesture = self._press = None
            view.update()
            return True
        if view.selection:
            view.choose(())
            return True
        return False

    def _fold_chosen(self, collapse: bool) -> bool:
        view = self._view
        chosen = [node for node in sorted(view.selection) if node in view.scene.index]
        for node in chosen:
            if collapse:
                view.folds.collapse(node)
            else:
                view.folds.expand(node)
        return bool(chosen)

    def _nudge(self, direction: Point) -> None:
        view = self._view
        nodes = [node for node in sorted(view.selection) if node in view.scene.index]
        moving = dict.fromkeys((*nodes, *(hung for node in nodes for hung in view.hung_under(node))))
        if moving:
            dx, dy = direction[0] * NUDGE, direction[1] * NUDGE
            places = {node: view.scene.place(node) for node in moving}
            view.want_moved({node: (x + dx, y + dy) for node, (x, y) in places.items()})

    def _point_at(self, at: QPointF) -> None:
        view = self._view
        if view.scene.case is None:
            return
        handle = self._handle(at)
        item = handle or self._item(at)
        if item != view.shown.marks.hover:
            view.hover_over(item)
            view.setToolTip(plain_tooltip(tooltip_of(view.scene, item) if item is not None else ""))
        cursor = Qt.CursorShape.CrossCursor if handle else Qt.CursorShape.ArrowCursor
        if self._fold(at) is not None:
            cursor = Qt.CursorShape.PointingHandCursor
        if view.cursor().shape() is not cursor:
            view.setCursor(cursor)

    def _handle(self, at: QPointF) -> Id | None:
        point, view = self._view.camera.to_map(at), self._view
        return hits.handle_at(view.scene, point.x(), point.y(), view.camera.zoom)

    def _fold(self, at: QPointF) -> Id | None:
        point, view = self._view.camera.to_map(at), self._view
        if view.scene.case is None:
            return None
        marks, zoom = view.shown.marks, view.camera.zoom
        found = hits.fold_at(view.scene, marks.collapsed, point.x(), point.y(), zoom)
        return found if found in marks.collapsed or found == marks.hover else None

    def _item(self, at: QPointF) -> Id | None:
        point, view = self._view.camera.to_map(at), self._view
        return hits.item_at(view.scene, point.x(), point.y(), view.camera.zoom)
