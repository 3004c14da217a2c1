"""The Insert menu: each command asks for a text or a number in the picker and does one edit."""

from collections.abc import Callable
from typing import Any

from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _, capital
from evidencemap.ui.chains import chained
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.commands.offers import Newcomer, by_name_or_new, entities_found, newcomers, together
from evidencemap.ui.editor import steps_from
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row
from evidencemap.ui.wording import one_line

_PREMISES = (Evidence, Claim)
_ENDS = (Claim, Evidence, Request, Step, Quantity)
_HINT_KIND = "A kind and a colon sets it: “volume: …”, “headline: …”, “e: …” for evidence."


class Inserting:
    """Commands that add things and draw steps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "add_claim": lambda: self.add(Claim),
            "add_evidence": lambda: self.add(Evidence),
            "add_source": lambda: self.add(Source),
            "add_number": lambda: self.add(Quantity),
            "add_assumption": lambda: self.add(Claim, ClaimKind.ASSUMPTION),
            "add_method": lambda: self.add(Claim, ClaimKind.METHOD),
            "add_ask": lambda: self.add(Claim, ClaimKind.ASK),
            "add_request": self.add_request,
            "premise": self.premise,
            "sibling": self.sibling,
            "connect": self.connect,
            "warrant": self.warrant,
            "take_warrant": self.take_warrant,
            "con": self.con,
            "undercut": self.undercut,
            "contradict": self.contradict,
            "split": self.split,
        }

    def add(
        self, kind: type[Any], claim_kind: ClaimKind | None = None, at: tuple[float, float] | None = None
    ) -> None:
        """Ask for a text and add a thing that stands alone, at a place on the map if one is given."""
        names = {
            Claim: "Claim",
            Evidence: "Evidence",
            Source: "Source",
            Quantity: "Number",
            Request: "Request",
        }
        called = capital(_(claim_kind.value)) if claim_kind is not None else _(names[kind])
        hints = {
            Claim: _(_HINT_KIND) if claim_kind is None else "",
            Evidence: _("“[2]” at the end sets its credibility, 1 to 6."),
            Source: _("“[B]” at the end sets its reliability, A to F."),
        }
        hint = hints.get(kind, "")
        prompts = {Source: _("Source: who or what is it?"), Quantity: _("Number: what is its value?")}
        prompt = prompts.get(kind) or _("{kind}: what does it say?").format(kind=called)

        def offers(typed: str) -> list[Row]:
            return newcomers(typed, (kind, claim_kind))

        def answer(row: Row) -> None:
            if isinstance(row.value, Newcomer):
                self._do(lambda case: row.value.add(case, at))  # type: ignore[attr-defined]

        self._ask(prompt, offers, answer, hint)

    def add_request(self, target: Id | None = None, at: tuple[float, float] | None = None) -> None:
        """Ask what is missing, and add the request, settling what is selected where that can be."""
        wanted = target or self._desk.editor.chosen
        case = self._desk.editor.case
        settled = wanted if wanted is not None and isinstance(case[wanted], Claim | Step) else None
        prompt = _("What evidence is missing?")
        if settled is not None:
            prompt = _("What would settle {number}?").format(number=case.number(settled))

        def answer(row: Row) -> None:
            def both(case: Case) -> Edit:
                def added(now: Case, made: tuple[Id, ...]) -> Edit:
                    return verbs.add(now, Request, at=at, text=row.text)

                def settles(now: Case, made: tuple[Id, ...]) -> Edit:
                    assert settled is not None
                    return verbs.settle(now, made[0], [settled])

                return chained(case, added, *((settles,) if settled is not None else ()))

            self._do(both)

        self._ask(prompt, lambda typed: [], answer)

    def premise(self, target: Id | None = None) -> None:
        """Ask for a premise beneath what is selected: a number, or the text of something new."""
        target = target or self._desk.editor.chosen
        if target is None:
            return
        self._premise_of(target)

    def sibling(self) -> None:
        """Ask for something beside what is selected, under the same conclusion."""
        editor = self._desk.editor
        chosen = editor.chosen
        if chosen is None:
            return
        held = editor.case[chosen]
        steps = steps_from(editor.case, chosen)
        via = editor.case.get(Step, editor.via) or (steps[0] if steps else None)
        if via is not None:
            self._premise_of(via.conclusion)
        elif isinstance(held, Claim):
            self.add(Claim, held.kind if held.kind in (ClaimKind.ASSUMPTION, ClaimKind.ASK) else None)
        elif isinstance(held, Evidence | Source | Quantity):
            self.add(type(held))
        elif isinstance(held, Request):
            self.add_request(held.settles[0] if held.settles else None)
        else:
            editor.refused.emit(_("Nothing can stand beside {number}.").format(number=held.number))

    def connect(self) -> None:
        """Ask where the selected things lead, and draw the step."""
        ends = self._desk.editor.selection
        if not ends:
            return
        self._about(
            _("Connect {numbers} to").format(numbers=self._numbers(ends)),
            _ENDS,
            ((Claim, None),),
            lambda case, made: verbs.connect(case, ends, made[0]),
            without=ends,
        )

    def con(self) -> None:
        """Ask for what speaks against the selected claim, and draw the con step."""
        target = self._node_meant()
        if target is None:
            return
        if not isinstance(self._desk.editor.case[target], Claim | Evidence):
            self._desk.editor.refused.emit(
                _("Only claims and items speak against something, and only against claims and items.")
            )
            return
        self._about(
            _("What speaks against {number}?").format(number=self._desk.editor.case.number(target)),
            _PREMISES,
            ((Evidence, None), (Claim, None)),
            lambda case, made: verbs.connect(case, made, target, con=True),
            without=(target,),
            several=True,
        )

    def warrant(self, step: Id | None = None) -> None:
        """Ask why a step follows: a number, or the text of a new claim."""
        step = step or self._desk.editor.step_meant()
        if step is None:
            self._desk.editor.refused.emit(_("Select the step that the warrant is for."))
            return
        held = self._desk.editor.case[step]
        assert isinstance(held, Step)
        kind = ClaimKind.METHOD if held.scheme == "attribution" else None
        self._about(
            _("Why does {number} follow?").format(number=held.number),
            (Claim, Evidence),
            ((Claim, kind),),
            lambda case, made: verbs.give_warrant(case, step, made[0]),
            without=(held.conclusion, *held.premises),
        )

    def take_warrant(self) -> None:
        """Take the warrant of the step away."""
        step = self._desk.editor.step_meant()
        if step is None:
            self._desk.editor.refused.emit(_("Select the step whose warrant is to go."))
        else:
            self._desk.editor.perform(verbs.take_warrant, step)

    def undercut(self, step: Id | None = None) -> None:
        """Ask for the claim that would make a step carry nothing."""
        step = step or self._desk.editor.step_meant()
        if step is None:
            self._desk.editor.refused.emit(_("Select the step that is undercut."))
            return
        self._about(
            _("What undercuts {number}?").format(number=self._desk.editor.case.number(step)),
            (Claim,),
            ((Claim, None),),
            lambda case, made: verbs.undercut(case, step, made[0]),
        )

    def contradict(self) -> None:
        """Say that two selected claims exclude each other."""
        chosen = self._desk.editor.selection
        if len(chosen) != 2:
            self._desk.editor.refused.emit(_("Select the two claims that exclude each other."))
            return
        self._desk.editor.perform(verbs.contradict, *chosen)

    def split(self) -> None:
        """Ask for the parts of a compound claim, and stack them beneath it."""
        chosen = self._desk.editor.chosen
        claim = self._desk.editor.case.get(Claim, chosen)
        if claim is None:
            self._desk.editor.refused.emit(_("Select the claim to split."))
            return

        def answer(row: Row) -> None:
            texts = [part.strip() for part in row.text.split("/") if part.strip()]
            self._desk.editor.perform(verbs.split, claim.id, texts)

        prompt = _("Split {number}: put a / between its parts").format(number=claim.number)
        self._ask(prompt, lambda typed: [], answer, text=" / ".join(_parts(claim.text)))

    def _premise_of(self, target: Id) -> None:
        case = self._desk.editor.case
        held = case[target]
        prompt = _("Beneath {number}").format(number=held.number)
        if isinstance(held, Request):
            prompt = _("What answers {number}?").format(number=held.number)
            usual: tuple[tuple[type[Any], ClaimKind | None], ...] = ((Evidence, None),)
            self._about(
                prompt,
                (Evidence,),
                usual,
                lambda now, made: verbs.answer_request(now, target, made),
                several=True,
            )
        elif isinstance(held, Evidence):
            usual = ((Source, None), (Evidence, None))
            self._about(
                _("Where does {number} come from?").format(number=held.number),
                (Source, Evidence, Claim),
                usual,
                lambda now, made: verbs.connect(now, made, target),
                without=(target,),
                several=True,
            )
        elif isinstance(held, Step):
            self._about(
                _("A further premise of {number}").format(number=held.number),
                _PREMISES,
                ((Evidence, None), (Claim, None)),
                lambda now, made: verbs.set_field(
                    now, target, "premises", (*now.of(Step)[target].premises, *made)
                ),
                without=(held.conclusion, *held.premises),
                several=True,
            )
        elif isinstance(held, Claim):
            first: list[tuple[type[Any], ClaimKind | None]] = [(Evidence, None), (Claim, None)]
            if held.headline or held.kind is ClaimKind.ASK:
                first.reverse()
            usual = (*first, (Claim, ClaimKind.ASSUMPTION))
            self._about(
                prompt,
                _PREMISES,
                usual,
                lambda now, made: verbs.connect(now, made, target),
                without=(target,),
                several=True,
            )
        else:
            self._desk.editor.refused.emit(
                _("Nothing can stand beneath {number}.").format(number=held.number)
            )

    def _about(
        self,
        prompt: str,
        kinds: tuple[type[Any], ...],
        usual: tuple[tuple[type[Any], ClaimKind | None], ...],
        act: Callable[[Case, tuple[Id, ...]], Edit],
        without: tuple[Id, ...] = (),
        *,
        several: bool = False,
    ) -> None:
        editor = self._desk.editor

        def found(typed: str) -> list[Row]:
            return entities_found(editor.case, editor.verdicts, typed, kinds, without)

        def offers(typed: str) -> list[Row]:
            joint = together(editor.case, typed, kinds, without) if several else []
            return joint or by_name_or_new(found, typed, *usual)

        def answer(row: Row) -> None:
            value = row.value
            if isinstance(value, Newcomer):
                self._do(
                    lambda case: chained(
                        case, lambda now, _made: value.add(now), lambda now, made: act(now, made[:1])
                    )
                )
            else:
                ids = value if isinstance(value, tuple) else (Id(str(value)),)
                self._do(lambda case: act(case, ids), keep_selection=True)

        hint = _("A number, some words, or the text of something new.")
        if several:
            hint = _("A number, several that are needed together, or the text of something new.")
        self._ask(prompt, offers, answer, hint)

    def _do(self, verb: Callable[[Case], Edit], *, keep_selection: bool = False) -> None:
        edit = self._desk.editor.perform(verb)
        if edit is not None and not keep_selection:
            self._desk.editor.select([edit.changes[0].id])

    def _ask(
        self,
        prompt: str,
        offers: Callable[[str], list[Row]],
        answer: Callable[[Row], None],
        hint: str = "",
        text: str = "",
    ) -> None:
        free = not offers("probe")
        self._desk.picker.ask(
            Question(prompt=prompt, offers=offers, answer=answer, hint=hint, text=text, free=free)
        )

    def _node_meant(self) -> Id | None:
        editor = self._desk.editor
        chosen = editor.chosen
        if chosen is None:
            return None
        step = editor.case.get(Step, chosen)
        return step.conclusion if step is not None else chosen

    def _numbers(self, ids: tuple[Id, ...]) -> str:
        return one_line(", ".join(self._desk.editor.case.number(each) for each in ids), 60)


def _parts(text: str) -> list[str]:
    for mark in (": ", ", and ", " and ", ", "):
        if mark in text:
            return [part.strip() for part in text.split(mark) if part.strip()]
    return [text]
