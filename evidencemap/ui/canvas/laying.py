"""A case taken onto the map: at once where that is quick, else beside the window, shown when it is ready."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.cards import NODE_KINDS
from evidencemap.layout.direction import Direction
from evidencemap.layout.paths import Point
from evidencemap.layout.rows import in_rows
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Placement
from evidencemap.storage.mapplaces import keep_places, kept_places
from evidencemap.tongue import _
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.jobs import Job, Jobs
from evidencemap.ui.theme import face

UNPLACED = 150
"""Up to so many nodes without a place are laid out before the window goes on."""

NODES = 1500
"""Up to so many nodes are taken in before the window goes on, wherever they lie."""


MADE = 0.95
"""The share of the work that is done once the scene is made; then its places are written down."""

KNOWN = 0.9
"""The share of the nodes that must be known for a map to lie as it lay when its case was closed."""

SETTLING_MS = 1_000
"""How long after the last edit it is remembered where the nodes of a map lie that is quick to remember."""


class LayingOut:
    """Makes the scenes of one map. An edit that comes while one is made starts it again.

    Where the nodes of a case lie is remembered from one opening to the next, if that is wanted.
    """

    def __init__(
        self, view: Looking, jobs: Jobs | None, take: Callable[[Scene], None], remembers: Callable[[], bool]
    ) -> None:
        """Hand to `take` each scene that is ready; `remembers` says of the case shown whether that may be."""
        self._view = view
        self._take_scene = take
        self._remembers = remembers
        self._is_laid_out = False
        self._jobs = jobs if jobs is not None else Jobs(view)
        self._job: Job | None = None
        self._made: list[Scene] = []
        self._wanted: tuple[Case, Verdicts] | None = None
        self._share = 0.0
        self.direction = Direction.RIGHT
        self._settling = QTimer(view)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING_MS)
        self._settling.timeout.connect(lambda: self.remember(view.scene))
        view.destroyed.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Say whether a case is being laid out."""
        return self._job is not None

    def show(self, case: Case, verdicts: Verdicts) -> None:
        """Take a case whole; hands the scene to the view now or later."""
        self.cancel()
        self._settling.stop()
        self._is_laid_out = False
        remembers, direction = self._remembers(), self.direction
        if _is_quick(case):
            scene = Scene(direction)
            scene.show(case, verdicts, known=_known(case, direction) if remembers else None)
            self._is_laid_out = True
            self._take_scene(scene)
            return
        self._share = 0.0
        made: list[Scene] = []

        def work(job: Job) -> None:
            with uncollected():
                known = _known(case, direction) if remembers else None
                scene = Scene(direction)
                scene.show(case, verdicts, known=known, progress=lambda share: job.report(MADE * share))
                if remembers and known is None:
                    keep_places(case.id, direction, scene.homes_of_all())
                made.append(scene)

        self._made, self._wanted = made, (case, verdicts)
        job = self._jobs.start(f"map {id(self)}", _("Laying out the map"), work, self._take)
        job.progressed.connect(self._hear)
        job.ended.connect(lambda: self._end(job), Qt.ConnectionType.QueuedConnection)
        self._job = job
        self._view.update()

    def finish(self) -> None:
        """Wait until the map is laid out: for a picture, which cannot show it later."""
        if self._job is not None:
            self._job.wait(600.0)
            self._take(None)

    def cancel(self) -> None:
        """Lay out no longer; the view keeps what it shows."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait()

    def remember(self, scene: Scene) -> None:
        """Remember where the nodes of a case lie, unless no layout came to its end or none may be."""
        self._settling.stop()
        if self._is_laid_out and scene.case is not None and self._remembers():
            keep_places(scene.case.id, self.direction, scene.homes_of_all())

    def remember_soon(self, scene: Scene) -> None:
        """Remember where the nodes lie once the person pauses: a killed program forgets that little."""
        if len(scene.index) <= NODES:
            self._settling.start()

    def paint(self, painter: QPainter) -> None:
        """Say, in the middle of the view, how far it is."""
        if self._job is None:
            return
        painter.setFont(face(15.0))
        painter.setPen(self._view.theme.color("muted"))
        text = _("Laying out the map: {share} %").format(share=int(100 * self._share))
        painter.drawText(QRectF(self._view.rect()), Qt.AlignmentFlag.AlignCenter, text)

    def _hear(self, share: float) -> None:
        if int(100 * share) != int(100 * self._share):
            self._share = share
            self._view.update()

    def _end(self, job: Job) -> None:
        """Show plain rows where the person cancelled the layout, or it failed."""
        if self._job is not job or self._wanted is None:
            return
        self._job = None
        case, verdicts = self._wanted
        scene = Scene(self.direction)
        scene.show(case, verdicts, known=in_rows(case))
        self._take_scene(scene)

    def _take(self, _nothing: object) -> None:
        if self._job is not None and self._made:
            self._job = None
            self._is_laid_out = True
            self._take_scene(self._made.pop())


def _known(case: Case, direction: Direction) -> Mapping[Id, Point] | None:
    """Return where the nodes of a case lay; None where that says too little of the case as it is now."""
    nodes = [node for kind in NODE_KINDS for node in case.of(kind)]
    kept = kept_places(case.id, direction)
    known = {node: kept[node] for node in nodes if node in kept}
    return known if len(known) >= KNOWN * len(nodes) else None


def _is_quick(case: Case) -> bool:
    count = sum(len(case.of(kind)) for kind in NODE_KINDS)
    return count - len(case.of(Placement)) <= UNPLACED and count <= NODES
