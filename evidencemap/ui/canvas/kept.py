"""The picture of the map, kept: scrolled in a pan, scaled while a zoom runs, painted anew where it must be.

What a drag moves and what is under the pointer is painted above it, so that neither costs a whole frame.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform

from evidencemap.model.records import Id
from evidencemap.ui.canvas.far import sketch_cards
from evidencemap.ui.canvas.frame import (
    FRESH,
    GLIDING,
    HURRIED,
    SHARPENED,
    Canvas,
    Manner,
    Painted,
    grid,
    manner_of,
    paint_frame,
)
from evidencemap.ui.canvas.pictures import Pictures

if TYPE_CHECKING:
    from evidencemap.ui.canvas.sight import Sight

PAD = 16.0
"""How many pixels beyond its box a card may reach: rings and shadow."""

BLURRED, SHRUNK = 2.5, 0.4
"""How far a kept picture may be scaled before it is painted anew though the zoom still runs."""

_LEAST_DOTS = 8
"""A grid of dots closer than so many pixels is left out."""


@dataclass(slots=True)
class _Held:
    """A picture, what it shows, and where: its zoom, and its left and top in device pixels of the map."""

    picture: QPixmap
    shows: object
    zoom: float
    left: int
    top: int
    manner: Manner
    late: dict[Id, None] = field(default_factory=dict)
    late_lines: bool = False


class Kept:
    """The last picture of one map and what is on it."""

    def __init__(self) -> None:
        self.painted = Painted()
        self._pictures = Pictures()
        self._held: _Held | None = None
        self._grid: tuple[object, QPixmap, float] | None = None

    def forget(self) -> None:
        """Paint everything anew next time."""
        self._held = None
        self._pictures.clear()

    def paint(self, painter: QPainter, view: "Sight", *, zooming: bool) -> None:
        """Paint the map as the view's camera sees it, in pixels of the view."""
        ratio = view.devicePixelRatioF()
        scale = view.camera.zoom * ratio
        left, top = round(view.camera.x * scale), round(view.camera.y * scale)
        held = self._held
        same = held is not None and held.shows == self._shows(view) and (zooming or not held.late_lines)
        if held is not None and same and held.zoom == view.camera.zoom:
            self._scroll(view, held, left, top)
            self._sharpen(view)
        elif held is not None and same and zooming and SHRUNK < view.camera.zoom / held.zoom < BLURRED:
            self.painted = self.painted.kept()
            self._scale(painter, view, held)
            return
        else:
            self._afresh(view, left, top, GLIDING if zooming else FRESH)
        assert self._held is not None
        painter.drawPixmap(QPointF(0, 0), self._held.picture)

    def canvas(self, painter: QPainter, view: "Sight") -> Canvas:
        """Return what is needed to paint above the picture, with the same pictures of cards."""
        return Canvas(painter, view.scene, view.camera.zoom, view.theme, view.shown.marks, self._pictures)

    def transform(self, view: "Sight") -> QTransform:
        """Return the transform from points of the map to pixels at which the picture was painted."""
        ratio, zoom = view.devicePixelRatioF(), view.camera.zoom
        dx, dy = round(view.camera.x * zoom * ratio) / ratio, round(view.camera.y * zoom * ratio) / ratio
        return QTransform(zoom, 0, 0, zoom, -dx, -dy)

    def _shows(self, view: "Sight") -> object:
        marks = view.shown.marks
        return (
            view.scene.revision,
            view.theme.name,
            view.devicePixelRatioF(),
            view.size(),
            (marks.selection, marks.hits, marks.lit, marks.ringed, marks.collapsed),
        )

    def _afresh(self, view: "Sight", left: int, top: int, room: int) -> None:
        """Paint the whole picture; while a zoom runs with straight lines, for the frame at rest to mend."""
        ratio = view.devicePixelRatioF()
        size = view.size() * ratio
        before = self._held
        picture = QPixmap(size) if before is None or before.picture.size() != size else before.picture
        picture.setDevicePixelRatio(ratio)
        zoom = view.camera.zoom
        seen = QRectF(left, top, size.width(), size.height())
        manner = manner_of(view.scene, _points(seen, zoom * ratio), zoom)
        rough = room == GLIDING and not manner.straight
        manner = replace(manner, straight=manner.straight or rough)
        self._held = _Held(picture, self._shows(view), zoom, left, top, manner)
        self.painted = self._strip(view, QRect(QPoint(0, 0), size), room)
        self._held.manner = replace(manner, longest=self.painted.longest)
        self.painted.late_lines |= rough
        self._held.late, self._held.late_lines = dict(self.painted.late), self.painted.late_lines

    def _scroll(self, view: "Sight", held: _Held, left: int, top: int) -> None:
        """Move the picture and paint only the strips that come into sight."""
        dx, dy = left - held.left, top - held.top
        self.painted = self.painted.kept()
        if not dx and not dy:
            return
        whole = held.picture.rect()
        seen = _points(QRectF(left, top, whole.width(), whole.height()), held.zoom * view.devicePixelRatioF())
        manner = manner_of(view.scene, seen, held.zoom, held.manner)
        apart = (manner.far, manner.straight) != (held.manner.far, held.manner.straight)
        if apart or abs(dx) >= whole.width() or abs(dy) >= whole.height():
            self._afresh(view, left, top, FRESH)
            return
        held.picture.scroll(-dx, -dy, whole)
        held.left, held.top = left, top
        for strip in _strips(whole, dx, dy):
            self._count(self._strip(view, strip, HURRIED))

    def _sharpen(self, view: "Sight") -> None:
        """Make some of the cards that earlier frames left, each in its own part of the picture."""
        held, scene = self._held, view.scene
        assert held is not None
        scale = held.zoom * view.devicePixelRatioF()
        left = [node for node in held.late if node in scene.index]
        held.late = dict.fromkeys(left)
        for node in left:
            if self.painted.fresh >= SHARPENED:
                break
            x, y, right, bottom = scene.boxes[scene.index[node]].tolist()
            box = QRectF(x * scale, y * scale, (right - x) * scale, (bottom - y) * scale)
            box = box.translated(-held.left, -held.top).adjusted(-PAD, -PAD, PAD, PAD)
            part = box.toAlignedRect() & held.picture.rect()
            held.late.pop(node, None)
            if not part.isEmpty():
                self._count(self._strip(view, part, HURRIED))
        self.painted.late, self.painted.late_lines = dict(held.late), held.late_lines

    def _count(self, made: Painted) -> None:
        """Add what a part of the picture holds to what is told of the frame."""
        held, told = self._held, self.painted
        assert held is not None
        told.lines.update(made.lines)
        told.labels.update(made.labels)
        told.cards += made.cards
        told.fresh += made.fresh
        told.sharpened += made.sharpened
        told.tiny += made.tiny
        told.strokes += made.strokes
        held.late.update(made.late)
        held.late_lines |= made.late_lines
        told.late, told.late_lines = dict(held.late), held.late_lines

    def _strip(self, view: "Sight", strip: QRect, room: int) -> Painted:
        """Paint a part of the picture, given in its own pixels, as it is to be seen."""
        held = self._held
        assert held is not None
        ratio = view.devicePixelRatioF()
        painter = QPainter(held.picture)
        part = QRectF(strip.x() / ratio, strip.y() / ratio, strip.width() / ratio, strip.height() / ratio)
        painter.setClipRect(part)
        self._paint_ground(painter, view, part, QPointF(held.left / ratio, held.top / ratio))
        painter.setTransform(
            QTransform(held.zoom, 0, 0, held.zoom, -held.left / ratio, -held.top / ratio), True
        )
        canvas = self.canvas(painter, view)
        canvas.room = room
        seen = QRectF(strip).translated(held.left, held.top).adjusted(-PAD, -PAD, PAD, PAD)
        made = paint_frame(canvas, _points(seen, held.zoom * ratio), held.manner)
        painter.end()
        return made

    def _paint_ground(self, painter: QPainter, view: "Sight", part: QRectF, origin: QPointF) -> None:
        """Paint the ground with its grid of dots; `origin` is the pixel of the map at the view's corner."""
        zoom, ratio = view.camera.zoom, view.devicePixelRatioF()
        if 24 * zoom < _LEAST_DOTS:
            painter.fillRect(part, view.theme.color("ground"))
            return
        key = (view.theme.name, zoom, view.size(), ratio)
        if self._grid is None or self._grid[0] != key:
            self._grid = (key, *grid(view.theme, zoom, ratio, view.size()))
        _key, picture, side = self._grid
        start = QPointF((origin.x() + part.x()) % side, (origin.y() + part.y()) % side)
        painter.drawPixmap(part, picture, QRectF(start * ratio, part.size() * ratio))

    def _scale(self, painter: QPainter, view: "Sight", held: _Held) -> None:
        """Paint the picture larger or smaller, and a sketch of what lies beyond it."""
        ratio, camera = view.devicePixelRatioF(), view.camera
        painter.fillRect(QRectF(view.rect()), view.theme.color("ground"))
        by = camera.zoom / held.zoom
        width, height = held.picture.width() / ratio * by, held.picture.height() / ratio * by
        corner = camera.to_screen(held.left / held.zoom / ratio, held.top / held.zoom / ratio)
        covered = QRectF(corner.x(), corner.y(), width, height)
        if not covered.contains(QRectF(view.rect())):
            painter.save()
            painter.setTransform(camera.transform(), True)
            left, top = camera.x, camera.y
            right, bottom = left + view.width() / camera.zoom, top + view.height() / camera.zoom
            sketch_cards(painter, view.scene, view.scene.nodes_in(left, top, right, bottom), view.theme)
            painter.restore()
        painter.drawPixmap(covered, held.picture, QRectF(held.picture.rect()))


def _strips(whole: QRect, dx: int, dy: int) -> list[QRect]:
    """Return what comes into sight, in two strips at the most, when a picture has moved by (-dx, -dy)."""
    across = QRect(whole.width() - dx if dx > 0 else 0, 0, abs(dx), whole.height())
    left, wide = (0 if dx > 0 else abs(dx)), whole.width() - abs(dx)
    down = QRect(left, whole.height() - dy if dy > 0 else 0, wide, abs(dy))
    return [strip for strip in (across, down) if not strip.isEmpty()]


def _points(pixels: QRectF, scale: float) -> QRectF:
    """Return a rectangle of device pixels of the map in points."""
    return QRectF(pixels.x() / scale, pixels.y() / scale, pixels.width() / scale, pixels.height() / scale)
