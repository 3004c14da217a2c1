"""How cards lie on the map: the tidy, cards in one line, which way the map runs, what is collapsed."""

from functools import partial

from evidencemap.layout.align import Align
from evidencemap.layout.direction import Direction
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.jobs import Job

_ALIGNED = {
    "align_left": Align.LEFT,
    "align_center": Align.CENTER,
    "align_top": Align.TOP,
    "align_middle": Align.MIDDLE,
    "even_across": Align.ACROSS,
    "even_down": Align.DOWN,
}


class Arranging:
    """Commands about places. A tidy and an alignment are one undo step each; the rest is no edit."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        if desk.settings.upwards:
            desk.map.set_direction(Direction.UP)
        desk.map.snapping = desk.settings.snapping

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "tidy": self.tidy,
            "upwards": self.turn,
            "snapping": self.flip_snapping,
            "collapse": self.collapse,
            "expand": self.expand,
            "expand_all": self._desk.map.expand_all,
            **{name: partial(self.align, how) for name, how in _ALIGNED.items()},
        }

    @property
    def on(self) -> dict[str, bool]:
        """Whether each of the actions that can be on is on, by its name."""
        the_map = self._desk.map
        return {"upwards": the_map.direction is Direction.UP, "snapping": the_map.snapping_wanted}

    def tidy(self) -> None:
        """Lay out anew what no person placed; one undo step. Made beside the window, with progress."""
        editor = self._desk.editor
        case, direction = editor.case, self._desk.map.direction

        def work(job: Job) -> dict[Id, tuple[float, float]]:
            from evidencemap.layout.geometry import pinned
            from evidencemap.layout.tidy import tidy

            kept = pinned(case)
            found = tidy(case, keep=kept, direction=direction, progress=job.report)
            return {node: at for node, at in found.items() if node not in kept}

        def place(found: dict[Id, tuple[float, float]]) -> None:
            kept = {node: at for node, at in found.items() if node in editor.case}
            editor.perform(verbs.place, kept, pinned=False)
            self._desk.map.fit()

        self._desk.jobs.start("tidy", _("Tidying the map"), work, place)

    def align(self, how: Align) -> None:
        """Bring the selected cards into one line, or leave even gaps between them; one undo step."""
        nodes = [each for each in self._desk.editor.selection if self._desk.map.place_of(each) is not None]
        if len(nodes) < 2:
            self._desk.editor.refused.emit(_("Select two cards or more on the map."))
            return
        self._desk.map.align(how)

    def turn(self) -> None:
        """Let the map run bottom to top, or left to right again; what a person placed stays."""
        up = self._desk.map.direction is Direction.UP
        self._desk.map.set_direction(Direction.RIGHT if up else Direction.UP)
        self._desk.settings.upwards = not up

    def flip_snapping(self) -> None:
        """Let dragged cards snap to the edges of others, or not."""
        self._desk.map.snapping = not self._desk.map.snapping_wanted
        self._desk.settings.snapping = self._desk.map.snapping_wanted

    def collapse(self) -> None:
        """Hide what leads to the selected claim and to nothing else; its card counts what is hidden."""
        chosen = self._desk.editor.chosen
        if self._desk.editor.case.get(Claim, chosen) is None:
            self._desk.editor.refused.emit(_("Select the claim whose premises are to be hidden."))
        elif chosen is not None and not self._desk.map.collapse(chosen):
            self._desk.editor.told.emit(_("Nothing leads to this claim alone."))

    def expand(self) -> None:
        """Show again what the selected claim hides."""
        chosen = self._desk.editor.chosen
        if chosen is not None and not self._desk.map.expand(chosen):
            self._desk.editor.told.emit(_("Nothing is hidden here."))
