"""What is lit on the map while the rest is dim: a focus, the weakest first, one origin, search hits."""

from collections.abc import Callable, Collection, Iterable
from enum import Enum

from evidencemap.analysis.cast import of_person
from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.editor import support_of
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row

ShowOnly = Callable[[Collection[Id] | None, str], None]
"""Lets the panes show these alone, the things of a person of this name; None lets them show all."""


class Light(Enum):
    """By what the map is lit; the value is the name of the action that turns it on and off."""

    NONE = ""
    FOCUS = "focus"
    WEAKEST = "weakest"
    ORIGIN = "common_origin"
    PERSON = "one_person"


class Lighting:
    """Commands that make some of the map stand out. One at a time; nothing of the case changes."""

    def __init__(self, desk: Desk, show_map: Callable[[], None], show_only: ShowOnly) -> None:
        self._desk = desk
        self._show_map = show_map
        self._show_only = show_only
        self.light = Light.NONE
        self._about: Id | None = None

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "focus": self.focus,
            "weakest": self.weakest,
            "common_origin": self.common_origin,
            "one_person": self.one_person,
            "light_all": self.light_all,
        }

    @property
    def on(self) -> dict[str, bool]:
        """Whether each of the actions that can be on is on, by its name."""
        return {each.value: self.light is each for each in Light if each.value}

    def focus(self) -> None:
        """Bring what is selected to the middle and dim all that it does not rest on; again lights all."""
        chosen = self._desk.editor.chosen
        if chosen is None or (self.light is Light.FOCUS and chosen == self._about):
            self.light_all()
            return
        self._show_map()
        self._turn(Light.FOCUS, chosen)
        self._desk.map.focus_on(chosen)

    def weakest(self) -> None:
        """Light what does not hold, select the worst of it, and list the findings about it alone."""
        if self.light is Light.WEAKEST:
            self.light_all()
            return
        self._turn(Light.WEAKEST, None)
        self._desk.editor.select(weakest(self._desk)[:1])

    def common_origin(self) -> None:
        """Ring every item of one origin behind what is selected, and say how many reports that is."""
        editor = self._desk.editor
        chosen = editor.chosen
        if self.light is Light.ORIGIN and chosen == self._about:
            self.light_all()
            return
        if chosen is None or not isinstance(editor.case[chosen], Claim | Evidence | Source):
            editor.refused.emit(_("Select a claim, an item or a source."))
            return
        items, origins = self._of_one_origin(chosen)
        if not items:
            editor.refused.emit(_("No source is recorded behind this."))
            return
        self._turn(Light.ORIGIN, chosen)
        numbers = ", ".join(editor.case.number(each) for each in origins)
        editor.told.emit(f"{reports(len(items), len(origins))}: {numbers}")

    def one_person(self) -> None:
        """Ask for a person, and dim or hide all that neither comes from them nor concerns them."""
        if self.light is Light.PERSON:
            self.light_all()
            return
        case = self._desk.editor.case

        def offers(typed: str) -> list[Row]:
            words = typed.casefold().split()
            return [
                Row(text=each.name, lead=each.number, detail=each.role, value=each.id)
                for each in case.sorted(Source)
                if all(word in f"{each.number} {each.name} {each.role}".casefold() for word in words)
            ]

        def answer(row: Row) -> None:
            person = Id(str(row.value))
            self._show_map()
            self._turn(Light.PERSON, person)
            count = len(of_person(case, person)) - 1
            told = several("{name}: {count} thing", "{name}: {count} things", count, name=row.text)
            self._desk.editor.told.emit(f"{told}. " + _("Escape shows all again."))

        self._desk.picker.ask(Question(prompt=_("Whose things to show"), offers=offers, answer=answer))

    def light_all(self) -> None:
        """Dim nothing and ring nothing."""
        was, self.light, self._about = self.light, Light.NONE, None
        self._desk.map.light(None)
        self._desk.map.ring(())
        self._desk.map.mark_hits(())
        if was is Light.WEAKEST:
            self._desk.problems.show_about(None)
        if was is Light.PERSON:
            self._show_only(None, "")

    def leave(self) -> None:
        """Light all again where nothing is selected any more, but for the weakest and a person."""
        if self.light not in (Light.WEAKEST, Light.PERSON):
            self.light_all()

    def mark_hits(self, ids: Iterable[Id]) -> None:
        """Mark on the map what a search finds."""
        self._desk.map.mark_hits(ids)

    def follow(self) -> None:
        """Light anew, as the case has changed or another was opened."""
        case = self._desk.editor.case
        if self._about is not None and self._about not in case:
            self.light_all()
        elif self.light is not Light.NONE:
            self._turn(self.light, self._about)

    def _turn(self, light: Light, about: Id | None) -> None:
        if light is not self.light:
            self.light_all()
        self.light, self._about = light, about
        the_map, editor = self._desk.map, self._desk.editor
        if light is Light.WEAKEST:
            found = weakest(self._desk)
            the_map.light(around(self._desk, found))
            self._desk.problems.show_about(found)
        elif about is not None and light is Light.FOCUS:
            the_map.light(beneath(self._desk, about))
        elif about is not None and light is Light.PERSON:
            theirs = of_person(editor.case, about)
            the_map.light(set(theirs))
            self._show_only(theirs, editor.case.of(Source)[about].name)
        elif about is not None:
            items, origins = self._of_one_origin(about)
            rings = dict.fromkeys((*items, *origins))
            the_map.ring(rings, "unsupported" if len(origins) == 1 < len(items) else "supported")
            the_map.light({*rings, about, *(each.id for each in editor.case.of(Step).values()
                                            if set(each.premises) & set(items))})  # fmt: skip

    def _of_one_origin(self, about: Id) -> tuple[list[Id], list[Id]]:
        """Return the items behind something, or of its origin, and the sources that they come from."""
        editor = self._desk.editor
        case, origins = editor.case, editor.origins
        held = case[about]
        if isinstance(held, Source):
            sources = {about}
            items = [each.id for each in case.sorted(Evidence) if origins.of_item(each.id) <= sources]
        elif isinstance(held, Evidence):
            sources = set(origins.of_item(about)) & set(case.of(Source))
            items = [each.id for each in case.sorted(Evidence) if origins.of_item(each.id) & sources]
        else:
            sources = set(origins.behind(about))
            items = [each for each in support_of(case, about) if case.get(Evidence, each) is not None]
        found = [each.id for each in case.sorted(Source) if each.id in sources]
        return sorted(items, key=lambda each: number_key(case.number(each))), found


def reports(items: int, origins: int) -> str:
    """Return how many reports come from how many origins: `5 reports, 1 origin`."""
    return (
        several("{count} report", "{count} reports", items)
        + ", "
        + several("{count} origin", "{count} origins", origins)
    )


def weakest(desk: Desk) -> list[Id]:
    """Return the claims and steps that do not hold, the most overstated first."""
    case, verdicts = desk.editor.case, desk.editor.verdicts
    claims = [each for each in verdicts.claims.values() if each.status is not ClaimStatus.SUPPORTED]
    claims.sort(key=lambda each: (-each.overstated, number_key(case.number(each.claim))))
    steps = [each for each in verdicts.steps.values() if each.status is StepStatus.UNSUPPORTED]
    steps.sort(key=lambda each: number_key(case.number(each.step)))
    return [*(each.step for each in steps), *(each.claim for each in claims)]


def around(desk: Desk, ids: Iterable[Id]) -> set[Id]:
    """Return some claims and steps, and the ends of those steps."""
    case = desk.editor.case
    found = set(ids)
    for each in list(found):
        step = case.get(Step, each)
        if step is not None:
            found.update((*step.premises, step.conclusion))
    return found


def beneath(desk: Desk, about: Id) -> set[Id]:
    """Return something and all that it rests on: premises, warrants, their sources, what would settle it."""
    case = desk.editor.case
    step = case.get(Step, about)
    starts = [about] if step is None else [about, *step.premises]
    found = set(starts)
    for start in starts:
        found.update(support_of(case, start))
    if step is not None:
        found.add(step.conclusion)
        if step.warrant is not None:
            found.update((step.warrant, *support_of(case, step.warrant)))
    for each in list(found):
        item = case.get(Evidence, each)
        if item is not None:
            found.update((*item.sources, *item.copied_from))
        found.update(user for user in case.users(each) if _settles(case.get(Request, user), found))
    return found


def _settles(request: Request | None, found: set[Id]) -> bool:
    return request is not None and bool(set(request.settles) & found)
