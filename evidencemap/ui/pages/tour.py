"""The five-step tour: see the dashed step, why, give it a warrant, watch it change and undo, export."""

from collections.abc import Callable
from dataclasses import dataclass

from evidencemap.analysis.judged import StepStatus
from evidencemap.model.entities import Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk
from evidencemap.ui.panels.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One step of the tour: what to see, and what to do."""

    title: str
    text: str
    button: str
    act: str


STOPS = (
    Stop(
        title="See the dashed step",
        text="The eye lands on the step that nothing supports: a long dash, a cross, and the words that no "
        "evidence is there for it. It is selected on the map now.",
        button="Show it again",
        act="tour show",
    ),
    Stop(
        title="Ask why",
        text="However good the premise is, a step between claims needs a warrant: something that says why "
        "the one follows from the other. Ctrl+I says in a sentence or two what is missing.",
        button="Why?",
        act="tour why",
    ),
    Stop(
        title="Give it a warrant",
        text="Press W on the map, or the button here, and type a number or why it follows. A new warrant "
        "needs backing of its own before the step carries.",
        button="Why does this follow?",
        act="tour warrant",
    ),
    Stop(
        title="Watch it change, and undo",
        text="Every act is saved at once and is one undo step. Ctrl+Z takes it back, here and after "
        "closing and opening again.",
        button="Undo",
        act="tour undo",
    ),
    Stop(
        title="Export the brief",
        text="Ctrl+E writes the two-page memo: what stands, what does not, and what would settle it. "
        "What is unsupported is not shown to be false, and the memo says so.",
        button="Export brief…",
        act="tour export",
    ),
)


class Tour:
    """Where a person is on the tour."""

    def __init__(self, desk: Desk, run: Callable[[str], None], again: Callable[[], None]) -> None:
        self._desk = desk
        self._run = run
        self._again = again
        self.at = 0
        self.step: Id | None = self._dashed()

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with the stop that the tour is at."""
        stop = STOPS[self.at]
        sheet.kicker(_("Tour · {at} of {all}").format(at=self.at + 1, all=len(STOPS)).upper())
        sheet.line(_(stop.title), bold=True)
        sheet.line(_(stop.text))
        sheet.put(sheet.button(_(stop.button), stop.act))
        sheet.heading(_("Go on"))
        if self.at + 1 < len(STOPS):
            sheet.put(sheet.button(_("Next: {title}").format(title=_(STOPS[self.at + 1].title)), "tour next"))
        if self.at:
            sheet.put(sheet.button(_("Back"), "tour back"))
        sheet.put(sheet.button(_("End the tour"), "tour end"))

    def act(self, name: str) -> None:
        """Do what a button of the tour says."""
        word = name.removeprefix("tour ")
        if word in ("next", "back"):
            self.at = max(0, min(len(STOPS) - 1, self.at + (1 if word == "next" else -1)))
            self._again()
        elif word == "export":
            self._run("export_brief")
        elif word == "undo":
            self._run("undo")
        elif self.step is not None and self.step in self._desk.editor.case:
            self._desk.editor.select([self.step])
            self._desk.map.focus_on(self.step)
            if word in ("why", "warrant"):
                self._run(word)

    def _dashed(self) -> Id | None:
        editor = self._desk.editor
        held = [
            step
            for step in editor.case.of(Step).values()
            if editor.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
        ]
        held.sort(key=lambda step: (step.warrant is not None, number_key(step.number)))
        return held[0].id if held else None
