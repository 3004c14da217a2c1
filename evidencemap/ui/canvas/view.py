"""The map: one painted viewport that shows a case, is moved about in, and says what a person wants."""

from collections.abc import Collection, Iterable
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Point
from evidencemap.layout.relations import hosts_of
from evidencemap.model.case import Case
from evidencemap.model.entities import Quantity, Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas import gestures
from evidencemap.ui.canvas.access import announce, install
from evidencemap.ui.canvas.camera import Camera
from evidencemap.ui.canvas.frame import Painted, paint_lifted
from evidencemap.ui.canvas.glide import Glide
from evidencemap.ui.canvas.hands import Hands
from evidencemap.ui.canvas.inplace import InPlace
from evidencemap.ui.canvas.kept import Kept
from evidencemap.ui.canvas.laying import LayingOut
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.minimap import Minimap
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.shown import Shown
from evidencemap.ui.canvas.spoken import changed_word
from evidencemap.ui.canvas.standing import paint_hover
from evidencemap.ui.canvas.whole import paint_whole, whole_image
from evidencemap.ui.guarded import guarded
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.theme import LIGHT, Theme


class MapView(QWidget):
    """Shows a case and asks for edits; it never makes one. Holds ids, never entities that it changes."""

    selected = Signal(object)
    moved = Signal(object)
    connect_wanted = Signal(object, object)
    warrant_wanted = Signal(object, object)
    undercut_wanted = Signal(object, object)
    edit_wanted = Signal(object)
    text_edited = Signal(object, str)
    add_wanted = Signal(object, float, float)
    menu_wanted = Signal(object, object)
    zoomed = Signal(float)
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None, jobs: Jobs | None = None) -> None:
        install()
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 150)
        self.scene = Scene()
        self.camera = Camera()
        self.snapping = True
        self.glide = Glide(self)
        self.shown = Shown(self)
        self._theme = LIGHT
        self._kept = Kept()
        self._minimap = Minimap()
        self.inplace = InPlace(self)
        self.inplace.text_edited.connect(self.text_edited)
        self._hands = Hands(self, self._minimap)
        self._laying = LayingOut(self, jobs)
        self._fit_due = True
        self._findings: dict[Id, int] = {}

    @property
    def theme(self) -> Theme:
        """Return the colours."""
        return self._theme

    @property
    def selection(self) -> frozenset[Id]:
        """Return the ids of what is selected."""
        return self.shown.marks.selection

    @property
    def zoom(self) -> float:
        """Return the zoom; 1.0 shows a point as a pixel."""
        return self.camera.zoom

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._kept.forget()
        self.update()

    def show_case(self, case: Case, verdicts: Verdicts, findings: object = None) -> None:
        """Show a case whole, fitted to the view.

        A large case, or one with many nodes that nobody placed, is laid out beside the window: until
        `laid_out` is emitted the map shows how far it is.
        """
        self.shown.forget()
        self.scene = Scene(self._laying.direction)
        self._laying.show(case, verdicts)

    @property
    def laying_out(self) -> bool:
        """Say whether the map is being laid out and cannot be seen yet."""
        return self._laying.running

    @property
    def direction(self) -> Direction:
        """Return where the map runs."""
        return self._laying.direction

    def set_direction(self, direction: Direction) -> None:
        """Let the map run to the right or upwards. What was placed stays: a tidy lays it out anew.

        To tidy: `layout.tidy.tidy(case, keep=pinned(case), direction=the_map.direction)`.
        """
        self._laying.direction = direction
        if self.scene.case is not None and self.scene.verdicts is not None:
            self._laying.show(self.scene.case, self.scene.verdicts)

    def finish_laying_out(self) -> None:
        """Wait until the map is laid out: for a picture or a test, which cannot look again later."""
        self._laying.finish()

    def take_scene(self, scene: Scene) -> None:
        """Show what was laid out."""
        self.scene = scene
        self._fit_due = True
        self._minimap.forget()
        self._kept.forget()
        if self.isVisible():
            self.fit()
        self.update()
        self.laid_out.emit()

    def refresh(self, case: Case, verdicts: Verdicts, ids: Collection[Id]) -> None:
        """Show what an edit changed: `ids` are those it names and those whose verdict changed."""
        if self._laying.running:
            self._laying.show(case, verdicts)
            return
        first = not len(self.scene.ids)
        before = self.scene.verdicts
        self.scene.refresh(case, verdicts, ids)
        self.shown.keep_to(case)
        self.inplace.keep_to(case)
        self._minimap.forget()
        for item in ids:
            word = changed_word(before, self.scene, item)
            if word:
                announce(self, word)
        if first and len(self.scene.ids):
            self.fit()
        self.update()

    def select(self, ids: Iterable[Id]) -> None:
        """Mark what is selected elsewhere; says nothing and moves nothing."""
        self.shown.select(ids)

    def mark_hits(self, ids: Iterable[Id]) -> None:
        """Mark what a search found."""
        self.shown.change(hits=frozenset(ids))

    def light(self, ids: Iterable[Id] | None) -> None:
        """Dim everything but these; None lights all again."""
        self.shown.change(lit=None if ids is None else frozenset(ids))

    def ring(self, ids: Iterable[Id], color: str = "unsupported") -> None:
        """Put a dashed ring round these, such as a lender or the items of one origin."""
        self.shown.change(ringed=dict.fromkeys(ids, color))

    def fit(self) -> None:
        """Show the whole map."""
        self.glide.stop()
        left, top, right, bottom = self.scene.extent()
        self.camera.fit(QRectF(left, top, right - left, bottom - top), self._size())
        self._fit_due = False
        self.seen_changed()

    def focus_on(self, item: Id) -> None:
        """Bring an item to the middle, large enough to read."""
        self.glide.stop()
        at = self.shown.center_of(item)
        if at is not None:
            self.camera.zoom = max(self.camera.zoom, 0.75)
            self.camera.center(QPointF(*at), self._size())
            self.seen_changed()

    def show_item(self, item: Id) -> None:
        """Bring an item into view if it is out of it."""
        at = self.shown.center_of(item)
        if at is not None and not self.camera.seen(self._size()).adjusted(40, 30, -40, -30).contains(*at):
            self.camera.center(QPointF(*at), self._size())
            self.seen_changed()

    def zoom_in(self) -> None:
        """Show the map larger, about the middle."""
        self.zoom_to(self.camera.zoom * 1.25)

    def zoom_out(self) -> None:
        """Show the map smaller, about the middle."""
        self.zoom_to(self.camera.zoom / 1.25)

    def zoom_to(self, zoom: float) -> None:
        """Zoom about the middle; 1.0 shows a point as a pixel."""
        self.glide.stop()
        middle = QPointF(self.width() / 2, self.height() / 2)
        self.camera.zoom_at(middle, zoom / self.camera.zoom)
        self.seen_changed()

    def edit_text(self, node: Id) -> None:
        """Open the editor over the card of a node."""
        self.inplace.open(node)

    def place_of(self, node: Id) -> Point | None:
        """Return the top left corner of a node on the map, in points."""
        return self.scene.place(node) if node in self.scene.index else None

    def findings_on(self, item: Id) -> int:
        """Return how many findings name an item."""
        return self._findings.get(item, 0)

    def mark_findings(self, counts: dict[Id, int]) -> None:
        """Take how many findings name each item, for its spoken name."""
        self._findings = dict(counts)

    @property
    def painted(self) -> Painted:
        """Return what the last frame painted, and which lines and labels are in sight."""
        return self._kept.painted

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing glides: a zoom by the wheel goes where it goes at once."""
        return self.glide.reduced

    @reduced_motion.setter
    def reduced_motion(self, wanted: bool) -> None:
        self.glide.reduced = wanted

    def painted_line(self, step: Id) -> LineStyle | None:
        """Return the line in which a step was last painted; None where it was not in sight."""
        return self.painted.lines.get(step)

    def point_of(self, item: Id) -> QPoint:
        """Return the pixel of the view at which the middle of an item is seen."""
        at = self.shown.center_of(item) or (0.0, 0.0)
        return self.camera.to_screen(*at).toPoint()

    def screen_box(self, item: Id) -> QRect:
        """Return where an item is seen, in pixels of the screen; of a step, its handle."""
        box = self.scene.box(item)
        if box is None:
            at = self.mapToGlobal(self.point_of(item))
            return QRect(at.x() - 8, at.y() - 8, 16, 16)
        corner = self.mapToGlobal(self.camera.to_screen(box.x, box.y).toPoint())
        zoom = self.camera.zoom
        return QRect(corner, QSize(round(box.width * zoom), round(box.height * zoom)))

    def free_place(self) -> Point:
        """Return a point of the map in the middle of what is seen, for something new."""
        at = self.camera.to_map(QPointF(self.width() / 2, self.height() / 2))
        return (at.x(), at.y())

    def paint_map(self, painter: QPainter, target: QRectF) -> None:
        """Paint the whole map into a rectangle of any painter, as vectors where it takes them."""
        self._laying.finish()
        paint_whole(self.scene, self._theme, painter, target, self.shown.marks)

    def image(self, path: Path | None = None, scale: float = 2.0) -> QImage:
        """Return the whole map as a picture, `scale` pixels a point, and write it as PNG if a path is given.

        Raises OSError where the picture cannot be written.
        """
        self._laying.finish()
        return whole_image(self.scene, self._theme, self.shown.marks, path, scale)

    def choose(self, ids: tuple[Id, ...]) -> None:
        """Select these and say so."""
        self.shown.select(ids)
        self.selected.emit(tuple(ids))

    def hover_over(self, item: Id | None) -> None:
        """Mark what lies under the pointer."""
        self.shown.change(hover=item)

    def want_moved(self, places: dict[Id, Point]) -> None:
        """Say that nodes were moved."""
        self.moved.emit(places)

    def want_link(self, tails: tuple[Id, ...], head: Id, modifiers: Qt.KeyboardModifier) -> None:
        """Say that a link was drawn: to a step it is a warrant, an objection, or what would settle it."""
        if head not in self.scene.case_needed().of(Step):
            self.connect_wanted.emit(tails, head)
        elif modifiers & gestures.UNDERCUT:
            self.undercut_wanted.emit(head, tails[0])
        elif self.scene.case_needed().number(tails[0])[0] in "ECMHA":
            self.warrant_wanted.emit(head, tails[0])
        else:
            self.connect_wanted.emit(tails, head)

    def hung_under(self, node: Id) -> tuple[Id, ...]:
        """Return the quantities that lie under a node and move along with it."""
        case, box = self.scene.case_needed(), self.scene.box(node)
        found = []
        for user in case.users(node):
            quantity = case.of(Quantity).get(user)
            other = self.scene.box(user) if quantity is not None else None
            if quantity is None or other is None or box is None:
                continue
            if hosts_of(case, quantity)[0] == node and other.meets(box, 48.0):
                found.append(user)
        return tuple(found)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen."""
        painter = QPainter(self)
        self._kept.paint(painter, self, zooming=self.glide.zooming)
        painter.setTransform(self._kept.transform(self))
        hover = self.shown.marks.hover
        if self.scene.lifted:
            paint_lifted(self._kept.canvas(painter, self))
        elif hover is not None and self.scene.case is not None and hover in self.scene.case:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_hover(painter, self.scene, hover, self._theme, self.camera.zoom)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.shown.paint_over(painter)
        self._hands.paint(painter)
        self._minimap.paint(painter, self)
        self._laying.paint(painter)
        painter.end()
        if self.painted.unfinished:
            QTimer.singleShot(0, self.update)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the map in view."""
        if self._fit_due and self.scene.ids:
            self.fit()
        self.inplace.follow()

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._hands.press(event)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._hands.move(event)

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture, or take the press as a click."""
        self._hands.release(event)

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit an item; on the ground, ask for a new claim there."""
        self._hands.double_click(event)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move the map; with Ctrl, zoom at the pointer."""
        self._hands.wheel(event)

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        """Zoom with two fingers."""
        zooming = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is zooming:
            self.glide.at_once(event.position(), 1.0 + event.value())
            return True
        return super().event(event)

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu on what lies there."""
        self._hands.menu(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Travel with the arrows; Escape gives up a gesture, else the selection."""
        if not self._hands.key(event):
            super().keyPressEvent(event)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self.update()

    def seen_changed(self) -> None:
        """Paint again after the camera moved, and say the zoom."""
        self.inplace.follow()
        self.zoomed.emit(self.camera.zoom)
        self.update()

    def _size(self) -> QSizeF:
        return QSizeF(self.size())
