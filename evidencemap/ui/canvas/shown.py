"""What stands out on the map: selection, hits, what is lit, what is under the pointer, the link handle."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from evidencemap.layout.paths import Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.hits import can_fold
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.standing import Marks


class Shown:
    """The marks of one map, changed one by one; `current` is the item that the keyboard starts from."""

    def __init__(self, view: Looking) -> None:
        self._view = view
        self._current: Id | None = None

    @property
    def marks(self) -> Marks:
        """Return what stands out now."""
        return self._view.marks

    @property
    def current(self) -> Id | None:
        """Return the item last chosen, if it is still there; else anything selected."""
        case = self._view.scene.case
        if case is None:
            return None
        if self._current is not None and self._current in case:
            return self._current
        return min(self.marks.selection, default=None)

    def select(self, ids: Iterable[Id]) -> None:
        """Mark the selection."""
        held = tuple(ids)
        if held:
            self._current = held[-1]
        self.change(selection=frozenset(held))

    def change(self, **marks: Any) -> None:
        """Change some marks and paint again if any differs."""
        changed = replace(self.marks, **marks)
        if changed != self.marks:
            self._view.marks = changed
            self._view.update()

    def keep_to(self, case: Case) -> None:
        """Drop what is no longer in the case."""
        marks = self.marks
        self.change(
            selection=frozenset(each for each in marks.selection if each in case),
            hits=frozenset(each for each in marks.hits if each in case),
            ringed={each: color for each, color in marks.ringed.items() if each in case},
            lit=None if marks.lit is None else frozenset(each for each in marks.lit if each in case),
            hover=marks.hover if marks.hover in case else None,
        )

    def forget(self) -> None:
        """Mark nothing."""
        self._view.marks, self._current = Marks(), None

    def center_of(self, item: Id) -> Point | None:
        """Return the middle of a node, or the handle of a step, in points of the map."""
        scene = self._view.scene
        box = scene.box(item)
        if box is not None:
            return box.center
        if scene.case is not None and item in scene.ends.index and scene.route(item) is not None:
            route = scene.route(item)
            return None if route is None else route.handle
        return None

    def paint_over(self, painter: QPainter) -> None:
        """Paint, in pixels, the handle from which a link is drawn, and the focus of the whole map."""
        view = self._view
        color = view.theme.color("focus")
        hover = self.marks.hover
        box = view.scene.box(hover) if hover is not None else None
        if box is not None and view.camera.zoom > 0.25:
            at = view.camera.to_screen(box.right, box.center[1])
            painter.setPen(QPen(color, 1.6))
            painter.setBrush(view.theme.color("card"))
            painter.drawEllipse(at, 5.5, 5.5)
            painter.drawLine(at + QPointF(-2.5, 0), at + QPointF(2.5, 0))
            painter.drawLine(at + QPointF(0, -2.5), at + QPointF(0, 2.5))
        if box is not None and hover is not None and view.camera.zoom > 0.25 and can_fold(view.scene, hover):
            self._paint_fold(painter, view.camera.to_screen(box.x, box.center[1]), hover)
        if view.hasFocus():
            painter.setPen(QPen(color, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(view.rect()).adjusted(1, 1, -1, -1))

    def _paint_fold(self, painter: QPainter, at: QPointF, node: Id) -> None:
        """Paint the handle that collapses a claim, or a plus where it is collapsed."""
        theme = self._view.theme
        painter.setPen(QPen(theme.color("focus"), 1.6))
        painter.setBrush(theme.color("card"))
        painter.drawEllipse(at, 5.5, 5.5)
        painter.drawLine(at + QPointF(-2.5, 0), at + QPointF(2.5, 0))
        if node in self.marks.collapsed:
            painter.drawLine(at + QPointF(0, -2.5), at + QPointF(0, 2.5))
