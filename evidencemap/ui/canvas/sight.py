"""What of a map is seen: where the camera stands, what stands out, what is collapsed, all as a picture."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Point
from evidencemap.model.records import Id
from evidencemap.ui.canvas.folds import Folds
from evidencemap.ui.canvas.glide import Glide
from evidencemap.ui.canvas.inplace import InPlace
from evidencemap.ui.canvas.kept import Kept
from evidencemap.ui.canvas.laying import LayingOut
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.minimap import Minimap
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.sheet import Painted
from evidencemap.ui.canvas.shown import Shown
from evidencemap.ui.canvas.whole import whole_image
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.theme import Theme


class Sight(Looking):
    """The map as something to look at. What a person does to it is the business of `MapView`."""

    laid_out = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        jobs: Jobs | None = None,
        remembers: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self.snapping_wanted = True
        self.snapping_held_off = False
        self.glide = Glide(self)
        self.shown = Shown(self)
        self.folds = Folds(self, self.shown)
        self.inplace = InPlace(self)
        self.inplace.opening.connect(self.show_item)
        self._kept = Kept()
        self._minimap = Minimap()
        self._laying = LayingOut(self, jobs, self.take_scene, remembers)
        self._fit_due = True
        self._fitted: tuple[float, float, float] | None = None
        self._findings: Mapping[Id, int] = {}

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
        self.camera.fit(QRectF(left, top, right - left, bottom - top), self.extent)
        self._fit_due = False
        self._fitted = self._looking()
        self.seen_changed()

    def fit_again(self) -> None:
        """Show the whole map in a view of another size, where nobody has moved or zoomed since it did."""
        if self.scene.index and (self._fit_due or self._fitted == self._looking()):
            self.fit()

    def _looking(self) -> tuple[float, float, float]:
        return self.camera.x, self.camera.y, self.camera.zoom

    def focus_on(self, item: Id) -> None:
        """Bring an item to the middle, large enough to read."""
        self.glide.stop()
        at = self.shown.center_of(item)
        if at is not None:
            self.camera.zoom = max(self.camera.zoom, 0.75)
            self.camera.center(QPointF(*at), self.extent)
            self.seen_changed()

    def show_item(self, item: Id) -> None:
        """Bring an item into view if it is out of it; expand what hides it."""
        self.folds.uncover(item)
        at = self.shown.center_of(item)
        if at is not None and not self.camera.seen(self.extent).adjusted(40, 30, -40, -30).contains(*at):
            self.camera.center(QPointF(*at), self.extent)
            self.seen_changed()

    def collapse(self, claim: Id) -> bool:
        """Hide all that leads to a claim and to nothing else in sight; say whether anything does.

        Its card says how many cards are hidden. No edit: `expand` and `expand_all` show them again.
        """
        return self.folds.collapse(claim)

    def expand(self, claim: Id) -> bool:
        """Show again what a claim hides; say whether it hid anything."""
        return self.folds.expand(claim)

    def expand_all(self) -> None:
        """Show all that is hidden."""
        self.folds.expand_all()

    @property
    def snapping(self) -> bool:
        """Whether a dragged card snaps to the edges of others; Alt holds it off for one drag."""
        return self.snapping_wanted and not self.snapping_held_off

    @snapping.setter
    def snapping(self, wanted: bool) -> None:
        self.snapping_wanted = wanted

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

    def place_of(self, node: Id) -> Point | None:
        """Return the top left corner of a node on the map, in points."""
        return self.scene.place(node) if node in self.scene.index else None

    def findings_on(self, item: Id) -> int:
        """Return how many findings name an item."""
        return self._findings.get(item, 0)

    def mark_findings(self, counts: Mapping[Id, int]) -> None:
        """Take how many findings name each item, for its spoken name."""
        self._findings = counts

    @property
    def painted(self) -> Painted:
        """Return what the last frame painted, and which lines and labels are in sight."""
        return self._kept.painted

    @property
    def painted_around(self) -> bool:
        """Whether what lies just out of sight is painted too, for a pan that begins."""
        return self._kept.painted_around

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

    def image(self, path: Path | None = None, scale: float = 2.0) -> QImage:
        """Return the whole map as a picture, `scale` pixels a point, and write it as PNG if a path is given.

        Raises OSError where the picture cannot be written.
        """
        self._laying.finish()
        return whole_image(self.scene, self._theme, self.shown.marks, path, scale)

    def map_changed(self) -> None:
        """Paint again after cards came or went."""
        self._minimap.forget()
        super().map_changed()

    def seen_changed(self) -> None:
        """Paint again after the camera moved, and say the zoom."""
        self.inplace.follow()
        super().seen_changed()

    @property
    def extent(self) -> QSizeF:
        """Return how large the view is, in pixels."""
        return QSizeF(self.size())

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
        self.remember()
        self._laying.direction = direction
        if self.scene.case is not None and self.scene.verdicts is not None:
            self._laying.show(self.scene.case, self.scene.verdicts)

    def remember(self) -> None:
        """Remember where the nodes of a case lie, for when it is opened again."""
        self._laying.remember(self.scene)

    def finish_laying_out(self) -> None:
        """Wait until the map is laid out: for a picture or a test, which cannot look again later."""
        self._laying.finish()

    def take_scene(self, scene: Scene) -> None:
        """Show what was laid out."""
        self.scene = scene
        self.folds.follow()
        self._fit_due = True
        self._minimap.forget()
        self._kept.forget()
        if self.isVisible():
            self.fit()
        self.update()
        self.laid_out.emit()
