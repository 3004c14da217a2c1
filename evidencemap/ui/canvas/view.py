"""The map: one painted viewport that shows a case, follows its edits, and hands on what happens to it."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
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
from evidencemap.layout.align import Align, aligned
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.access import install, tell_focus
from evidencemap.ui.canvas.empty import is_empty, paint_invitation
from evidencemap.ui.canvas.frame import paint_lifted
from evidencemap.ui.canvas.hands import Hands
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.spoken import changed_word
from evidencemap.ui.canvas.standing import paint_hover
from evidencemap.ui.canvas.ties import Ties
from evidencemap.ui.canvas.wanting import Wanting
from evidencemap.ui.guarded import guarded
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.messages import announce

PAUSE = 40
"""Milliseconds without a frame after which the map paints some of what lies just out of sight."""


class MapView(Wanting):
    """Shows a case and asks for edits; it never makes one. Holds ids, never entities that it changes."""

    help_page = "map"

    def __init__(
        self,
        parent: QWidget | None = None,
        jobs: Jobs | None = None,
        remembers: Callable[[], bool] = lambda: False,
    ) -> None:
        """Make a map that shows nothing yet; `remembers` says of a case whether its places may be kept."""
        install()
        super().__init__(parent, jobs, remembers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 150)
        self.inplace.text_edited.connect(self.text_edited)
        self._hands = Hands(self, self._minimap)
        self._ties = Ties()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look_around)

    def show_case(self, case: Case, verdicts: Verdicts, findings: object = None) -> None:
        """Show a case whole, fitted to the view.

        A large case, or one with many nodes that nobody placed, is laid out beside the window: until
        `laid_out` is emitted the map shows how far it is.
        """
        self.shown.forget()
        self.folds.forget()
        self.scene = Scene(self._laying.direction)
        self._laying.show(case, verdicts)

    def refresh(self, case: Case, verdicts: Verdicts, ids: Collection[Id]) -> None:
        """Show what an edit changed: `ids` are those it names and those whose verdict changed."""
        if self._laying.running:
            self._laying.show(case, verdicts)
            return
        first = not self.scene.index
        before = self.scene.verdicts
        self.scene.refresh(case, verdicts, ids)
        self._laying.remember_soon(self.scene)
        self.shown.keep_to(case)
        self.folds.follow()
        self.inplace.keep_to(case)
        self._minimap.forget()
        for item in ids:
            word = changed_word(before, self.scene, item)
            if word:
                announce(self, word)
        if first and self.scene.index:
            self.fit()
        self.update()

    def align(self, how: Align) -> None:
        """Ask, by `moved` and so as one edit, for the selected cards in one line or with even gaps."""
        nodes = [node for node in sorted(self.selection) if node in self.scene.index]
        boxes = {node: box for node in nodes if (box := self.scene.box(node)) is not None}
        places = aligned(boxes, how)
        for node, (x, y) in list(places.items()):
            dx, dy = x - boxes[node].x, y - boxes[node].y
            for hung in self.hung_under(node):
                if hung not in boxes:
                    at = self.scene.place(hung)
                    places[hung] = (at[0] + dx, at[1] + dy)
        if places:
            self.want_moved(places)

    def ties_shown(self) -> tuple[str, ...]:
        """Return the words of the ties between sources that are seen now, with what is chosen."""
        return tuple(tie.words for tie in self._ties.shown(self.scene, self.shown.marks))

    def put_back(self, nodes: Collection[Id]) -> None:
        """Show nodes again where the case has them, as their move was refused."""
        self.scene.put_back(nodes)
        self.update()

    def edit_text(self, node: Id) -> None:
        """Open the editor over the card of a node."""
        self.inplace.open(node)

    def _look_around(self) -> None:
        """Paint some of what lies just out of sight, while nothing else happens."""
        if self.isVisible() and not self.scene.lifted and self._kept.look_around(self):
            self._pause.start()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen."""
        painter = QPainter(self)
        self._kept.paint(painter, self, zooming=self.glide.zooming)
        painter.setTransform(self._kept.transform(self))
        seen = self.camera.seen(self.extent)
        self._ties.paint(painter, self.scene, self.shown.marks, self._theme, self.camera.zoom, seen)
        hover = self.shown.marks.hover
        if self.scene.lifted:
            canvas = self._kept.canvas(painter, self)
            canvas.seen = seen
            paint_lifted(canvas)
        elif hover is not None and self.scene.case is not None and hover in self.scene.case:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_hover(painter, self.scene, hover, self._theme, self.camera.zoom)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.shown.paint_over(painter)
        self._hands.paint(painter)
        self._minimap.paint(painter, self)
        self._laying.paint(painter)
        if not self._laying.running and is_empty(self.scene.case):
            paint_invitation(painter, self._theme, QRectF(self.rect()))
        painter.end()
        if self.painted.unfinished:
            QTimer.singleShot(0, self, self.update)
        self._pause.start()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole map in view while nobody has moved or zoomed it."""
        self.fit_again()
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
        """Show the focus, and say which item has it."""
        self.update()
        tell_focus(self)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self.update()
