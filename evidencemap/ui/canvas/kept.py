"""The picture of the map, kept: scrolled in a pan, scaled while a zoom runs, painted anew where it must be.

What a drag moves and what is under the pointer is painted above it, so that neither costs a whole frame.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform

from evidencemap.model.records import Id
from evidencemap.ui.canvas.far import sketch_cards
from evidencemap.ui.canvas.frame import make_lines, make_picture, manner_of, paint_frame
from evidencemap.ui.canvas.ground import grid
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.pictures import Pictures
from evidencemap.ui.canvas.sheet import FRESH, GLIDING, HURRIED, SHARPENED, Canvas, Manner, Painted
from evidencemap.ui.canvas.strokes import Inks

PAD = 16.0
"""How many pixels beyond its box a card may reach: rings and shadow."""

AHEAD = 96
"""How many pixels beyond the view a pan paints, where it goes: a strip so wide costs little more than one."""

MADE_AHEAD, INKED_AHEAD = 3, 8
"""How many cards or routes, and how many inks, of what comes into sight soon, an idle frame makes."""

BLURRED, SHRUNK = 2.5, 0.4
"""How far a kept picture may be scaled before it is painted anew though the zoom still runs."""

_LEAST_DOTS = 8
"""A grid of dots closer than so many pixels is left out."""


@dataclass(slots=True)
class _Held:
    """A picture larger than the view, what it shows, and where, all in device pixels.

    `left` and `top` are where its corner lies on the map; `area` is the part of it that is painted.
    `coming` are nodes and owners of lines that lie where the map is going; `rough` are parts some of
    whose lines are only sketched.
    """

    picture: QPixmap
    shows: object
    zoom: float
    left: int
    top: int
    area: QRect
    manner: Manner
    late: dict[Id, None] = field(default_factory=dict)
    late_lines: bool = False
    coming: list[Id] = field(default_factory=list)
    rough: list[QRect] = field(default_factory=list)


class Kept:
    """The last picture of one map and what is on it."""

    def __init__(self, ahead: int = AHEAD) -> None:
        """Paint so many pixels ahead in a pan."""
        self.painted = Painted()
        self._ahead = ahead
        self._pictures = Pictures()
        self._inks = Inks()
        self._held: _Held | None = None
        self._grid: tuple[object, QPixmap, float] | None = None

    def forget(self) -> None:
        """Paint everything anew next time."""
        self._held = None
        self._pictures.clear()

    def paint(self, painter: QPainter, view: Looking, *, zooming: bool) -> None:
        """Paint the map as the view's camera sees it, in pixels of the view."""
        ratio = view.devicePixelRatioF()
        scale = view.camera.zoom * ratio
        size = view.size() * ratio
        seen = QRect(QPoint(round(view.camera.x * scale), round(view.camera.y * scale)), size)
        held = self._held
        same = held is not None and held.shows == self._shows(view) and (zooming or not held.late_lines)
        if held is not None and same and held.zoom == view.camera.zoom:
            self._scroll(view, held, seen)
            self._smooth(view, held)
            self._sharpen(view)
        elif held is not None and same and zooming and SHRUNK < view.camera.zoom / held.zoom < BLURRED:
            self.painted = self.painted.kept()
            self._scale(painter, view, held)
            return
        else:
            self._afresh(view, seen, GLIDING if zooming else FRESH)
        held = self._held
        assert held is not None
        painter.drawPixmap(QPointF(0, 0), held.picture, QRectF(seen.translated(-held.left, -held.top)))

    def canvas(self, painter: QPainter, view: Looking) -> Canvas:
        """Return what is needed to paint above the picture, with the same pictures of cards."""
        return Canvas(
            painter,
            view.scene,
            view.camera.zoom,
            view.theme,
            view.marks,
            self._pictures,
            inks=self._inks,
        )

    def transform(self, view: Looking) -> QTransform:
        """Return the transform from points of the map to pixels at which the picture was painted."""
        ratio, zoom = view.devicePixelRatioF(), view.camera.zoom
        dx, dy = round(view.camera.x * zoom * ratio) / ratio, round(view.camera.y * zoom * ratio) / ratio
        return QTransform(zoom, 0, 0, zoom, -dx, -dy)

    def _shows(self, view: Looking) -> object:
        marks = view.marks
        return (
            view.scene.revision,
            view.theme.name,
            view.devicePixelRatioF(),
            view.size(),
            (marks.selection, marks.hits, marks.lit, marks.ringed, marks.collapsed),
        )

    def _afresh(self, view: Looking, seen: QRect, room: int) -> None:
        """Paint all that is seen; while a zoom runs with straight lines, for the frame at rest to mend."""
        ratio, zoom = view.devicePixelRatioF(), view.camera.zoom
        ahead = round(self._ahead * ratio)
        size = seen.size().grownBy(QMargins(ahead, ahead, ahead, ahead))
        before = self._held
        picture = QPixmap(size) if before is None or before.picture.size() != size else before.picture
        picture.setDevicePixelRatio(ratio)
        manner = manner_of(view.scene, _points(seen, zoom * ratio), zoom)
        rough = room == GLIDING and not manner.straight
        manner = replace(manner, straight=manner.straight or rough)
        area = QRect(QPoint(ahead, ahead), seen.size())
        held = _Held(picture, self._shows(view), zoom, seen.left() - ahead, seen.top() - ahead, area, manner)
        self._held = held
        self.painted = self._strip(view, area, room)
        held.manner = replace(manner, rule=self.painted.rule)
        self.painted.late_lines |= rough
        held.late, held.late_lines = dict(self.painted.late), self.painted.late_lines

    def _scroll(self, view: Looking, held: _Held, seen: QRect) -> None:
        """Show another part of the picture; where it is not painted, paint a strip and what lies ahead."""
        self.painted = self.painted.kept()
        part = seen.translated(-held.left, -held.top)
        if held.area.contains(part):
            self._make_ahead(view, held)
            return
        manner = manner_of(
            view.scene, _points(seen, held.zoom * view.devicePixelRatioF()), held.zoom, held.manner
        )
        apart = (manner.far, manner.straight) != (held.manner.far, held.manner.straight)
        if apart or not held.area.intersects(part):
            self._afresh(view, seen, FRESH)
            return
        ahead = round(self._ahead * view.devicePixelRatioF())
        dx, dy = part.left() - ahead, part.top() - ahead
        held.picture.scroll(-dx, -dy, held.picture.rect())
        held.left, held.top = held.left + dx, held.top + dy
        part, held.area = part.translated(-dx, -dy), held.area.translated(-dx, -dy) & held.picture.rect()
        held.coming = []
        moved = [part.translated(-dx, -dy) & held.area for part in held.rough]
        held.rough = [part for part in moved if not part.isEmpty()]
        for strip in _strips(held.picture.rect(), held.area, part):
            held.area = held.area.united(strip)
            made = self._strip(view, strip, HURRIED)
            if made.late_lines:
                held.rough.append(strip)
            self._count(made)
            held.coming += self._beyond(view, held, strip)

    def look_around(self, view: Looking) -> bool:
        """In a pause, paint one side of what lies just out of sight, or make some of what it shows.

        Nothing of it is seen now, and a pan that begins finds it there. Says whether it did any of this.
        """
        held = self._held
        if held is None or self.painted.unfinished or held.shows != self._shows(view):
            return False
        if held.zoom != view.camera.zoom or held.manner.far:
            return False
        for strip in _strips(held.picture.rect(), held.area, held.picture.rect()):
            told, self.painted = self.painted, self.painted.kept()
            held.coming = self._lying(view, held, strip)
            self._make_ahead(view, held)
            if not self.painted.fresh:
                held.area = held.area.united(strip)
                self._count(self._strip(view, strip, 0))
            self.painted = told
            return True
        return False

    @property
    def painted_around(self) -> bool:
        """Whether all that lies just out of sight is painted too."""
        return self._held is not None and self._held.area == self._held.picture.rect()

    def _beyond(self, view: Looking, held: _Held, strip: QRect) -> list[Id]:
        """Return what the next strip beside this one will show."""
        whole = held.picture.rect()
        if strip.width() > strip.height():
            return self._lying(view, held, strip.translated(0, strip.height() * (1 if strip.top() else -1)))
        ahead = strip.right() == whole.right()
        return self._lying(view, held, strip.translated(strip.width() * (1 if ahead else -1), 0))

    def _lying(self, view: Looking, held: _Held, part: QRect) -> list[Id]:
        """Return the nodes, and the owners of lines, of a part of the map, given in pixels of the picture."""
        scene, manner = view.scene, held.manner
        if manner.far:
            return []
        points = _points(part.translated(held.left, held.top), held.zoom * view.devicePixelRatioF())
        edges = (points.left(), points.top(), points.right(), points.bottom())
        owners = [] if manner.straight else scene.lines_in(*edges)
        return [*(scene.ids[at] for at in scene.nodes_in(*edges).tolist()), *owners]

    def _make_ahead(self, view: Looking, held: _Held) -> None:
        """Make a few of the cards and lines that will come into sight, while there is nothing to paint."""
        canvas = self.canvas(QPainter(), view)
        canvas.room = MADE_AHEAD
        inked = 0
        while held.coming and canvas.has_room() and inked < INKED_AHEAD:
            each = held.coming.pop()
            if not held.manner.straight:
                inked += make_lines(canvas, each)
            make_picture(canvas, each, view.devicePixelRatioF())
        self.painted.fresh += canvas.painted.fresh

    def _sharpen(self, view: Looking) -> None:
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
            part = box.toAlignedRect() & held.area
            held.late.pop(node, None)
            if not part.isEmpty():
                self._count(self._strip(view, part, HURRIED))
        self.painted.late = dict(held.late)

    def _smooth(self, view: Looking, held: _Held) -> None:
        """Make some of the lines that strips have only sketched; once all of a strip are there, paint it."""
        canvas = self.canvas(QPainter(), view)
        canvas.room = HURRIED
        while held.rough and canvas.has_room() and not self.painted.cards:
            owners = [
                each for each in self._lying(view, held, held.rough[0]) if each in view.scene.ends.index
            ]
            for owner in owners:
                if canvas.has_room():
                    make_lines(canvas, owner)
            if all(view.scene.has_lines(owner) for owner in owners):
                self._count(self._strip(view, held.rough.pop(0), FRESH))
        self.painted.fresh += canvas.painted.fresh
        self.painted.late_lines = held.late_lines or bool(held.rough)

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
        told.late, told.late_lines = dict(held.late), held.late_lines or bool(held.rough)

    def _strip(self, view: Looking, strip: QRect, room: int) -> Painted:
        """Paint a part of the picture, given in its own pixels, as it is to be seen.

        A small part is painted on a sheet of its own: Qt leaves out at once what lies beyond a sheet, but
        follows every curve to the edges of the whole picture. Straight strokes it clips anywhere.
        """
        held = self._held
        assert held is not None
        ratio = view.devicePixelRatioF()
        large = 2 * strip.width() * strip.height() > held.picture.width() * held.picture.height()
        large |= held.manner.straight
        sheet = held.picture if large else QPixmap(strip.size())
        sheet.setDevicePixelRatio(ratio)
        corner = QPoint(0, 0) if large else strip.topLeft()
        left, top = held.left + corner.x(), held.top + corner.y()
        painter = QPainter(sheet)
        part = _scaled(strip.translated(-corner), 1 / ratio)
        painter.setClipRect(part)
        self._paint_ground(painter, view, part, QPointF(left / ratio, top / ratio))
        painter.setTransform(QTransform(held.zoom, 0, 0, held.zoom, -left / ratio, -top / ratio), True)
        canvas = self.canvas(painter, view)
        canvas.room = room
        pad = round(PAD * ratio)
        seen = strip.translated(held.left, held.top).adjusted(-pad, -pad, pad, pad)
        made = paint_frame(canvas, _points(seen, held.zoom * ratio), held.manner)
        painter.end()
        if not large:
            onto = QPainter(held.picture)
            onto.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            onto.drawPixmap(_scaled(strip, 1 / ratio).topLeft(), sheet)
            onto.end()
        return made

    def _paint_ground(self, painter: QPainter, view: Looking, part: QRectF, origin: QPointF) -> None:
        """Paint the ground with its grid of dots; `origin` is the pixel of the map at the view's corner."""
        zoom, ratio = view.camera.zoom, view.devicePixelRatioF()
        if 24 * zoom < _LEAST_DOTS:
            painter.fillRect(part, view.theme.color("ground"))
            return
        assert self._held is not None
        size = self._held.picture.deviceIndependentSize().toSize()
        key = (view.theme.name, zoom, size, ratio)
        if self._grid is None or self._grid[0] != key:
            self._grid = (key, *grid(view.theme, zoom, ratio, size))
        _key, picture, side = self._grid
        start = QPointF((origin.x() + part.x()) % side, (origin.y() + part.y()) % side)
        painter.drawPixmap(part, picture, QRectF(start * ratio, part.size() * ratio))

    def _scale(self, painter: QPainter, view: Looking, held: _Held) -> None:
        """Paint the picture larger or smaller, and a sketch of what lies beyond it."""
        ratio, camera = view.devicePixelRatioF(), view.camera
        painter.fillRect(QRectF(view.rect()), view.theme.color("ground"))
        by = camera.zoom / held.zoom
        painted = _scaled(held.area.translated(held.left, held.top), 1 / held.zoom / ratio)
        corner = camera.to_screen(painted.x(), painted.y())
        covered = QRectF(
            corner.x(), corner.y(), held.area.width() / ratio * by, held.area.height() / ratio * by
        )
        if not covered.contains(QRectF(view.rect())):
            painter.save()
            painter.setTransform(camera.transform(), True)
            left, top = camera.x, camera.y
            right, bottom = left + view.width() / camera.zoom, top + view.height() / camera.zoom
            sketch_cards(painter, view.scene, view.scene.nodes_in(left, top, right, bottom), view.theme)
            painter.restore()
        painter.drawPixmap(covered, held.picture, QRectF(held.area))


def _strips(whole: QRect, area: QRect, seen: QRect) -> Iterator[QRect]:
    """Yield what is to be painted so that all that is seen is: from the painted area on to the edge ahead."""
    if area.left() > seen.left():
        yield QRect(QPoint(0, area.top()), QPoint(area.left() - 1, area.bottom()))
        area.setLeft(0)
    if area.right() < seen.right():
        yield QRect(QPoint(area.right() + 1, area.top()), QPoint(whole.right(), area.bottom()))
        area.setRight(whole.right())
    if area.top() > seen.top():
        yield QRect(QPoint(area.left(), 0), QPoint(area.right(), area.top() - 1))
    if area.bottom() < seen.bottom():
        yield QRect(QPoint(area.left(), area.bottom() + 1), QPoint(area.right(), whole.bottom()))


def _points(pixels: QRect, scale: float) -> QRectF:
    """Return a rectangle of device pixels of the map in points."""
    return _scaled(pixels, 1 / scale)


def _scaled(pixels: QRect, by: float) -> QRectF:
    return QRectF(pixels.x() * by, pixels.y() * by, pixels.width() * by, pixels.height() * by)
