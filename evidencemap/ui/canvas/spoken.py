"""What an item of the map is called: for the tooltip, and for who hears the map instead of seeing it."""

from typing import Any

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.layout.cards import amount, rating
from evidencemap.layout.chips import byline, chips_of
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.records import Id, Tie
from evidencemap.model.words import ClaimKind, Grade
from evidencemap.tongue import _, capital, in_context, several
from evidencemap.ui.canvas.looks import node_look, step_look
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.glosses import glosses_in

_CALLED = {
    ClaimKind.METHOD: "Method",
    ClaimKind.ASSUMPTION: "Assumption",
    ClaimKind.ASK: "Ask",
}
_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
    "–": "no source recorded",
}
_CREDIBILITY = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}


def tooltip_of(scene: Scene, item: Id) -> str:
    """Return the tooltip of an item: its name, its state in words, its rating spelled out."""
    assert scene.verdicts is not None
    case = scene.case_needed()
    held = case[item]
    glosses = glosses_in(case, str(getattr(held, "text", "") or getattr(held, "name", "")))
    return "\n".join((name_of(case, scene.verdicts, item), *map(str, glosses)))


def changed_word(before: Verdicts | None, scene: Scene, item: Id) -> str:
    """Return what to say of a claim whose status changed: `Claim C2: now Supported.`; else nothing."""
    case, after = scene.case_needed(), scene.verdicts
    if before is None or after is None or item not in case.of(Claim) or item not in before.claims:
        return ""
    if before.claims[item].status is after.claims[item].status:
        return ""
    word = _(node_look(case, after, item).word)
    return _("Claim {number}: now {status}.").format(number=case.number(item), status=word)


def name_of(case: Case, verdicts: Verdicts, item: Id, findings: int = 0) -> str:
    """Return what an item is called: `Claim 2, attribution: ... Unsupported. One step in, no warrant.`"""
    held: Any = case[item]
    if isinstance(held, Claim):
        parts = _claim(case, verdicts, held)
    elif isinstance(held, Evidence):
        parts = _evidence(case, verdicts, held)
    elif isinstance(held, Source):
        parts = [f"{_('Source')} {held.number[1:]}: {_sentence(held.name)}"]
        if held.gains_from:
            parts.append(_("It gains from what it asks for."))
        parts += [_tied(case, held, tie) for tie in held.ties]
        if held.retracted is not None:
            parts.append(_("Retracted."))
    elif isinstance(held, Request):
        state = capital(_(held.state.value))
        parts = [f"{_('Request')} {held.number[1:]}: {_sentence(held.text)}", f"{state}."]
    elif isinstance(held, Quantity):
        parts = [f"{_('Number')} {held.number[1:]}: {_sentence(amount(held))}"]
        parts += [f"{capital(each)}." for each in chips_of(case, held)]
    elif isinstance(held, Step):
        parts = _step(case, verdicts, held)
    else:
        parts = [case.number(item)]
    if findings:
        parts.append(several("{count} finding.", "{count} findings.", findings))
    return " ".join(parts)


def _tied(case: Case, held: Source, tie: Tie) -> str:
    said = _("{one} is {tie} {two}").format(one=held.number, tie=_(tie.kind.value), two=case.number(tie.to))
    return f"{said}."


def _claim(case: Case, verdicts: Verdicts, held: Claim) -> list[str]:
    called = _(_CALLED.get(held.kind, "Claim"))
    kind = "" if held.kind in _CALLED else f", {_(held.kind.value)}"
    parts = [f"{called} {held.number[1:]}{kind}: {_sentence(held.text)}"]
    parts.append(f"{_(node_look(case, verdicts, held.id).word)}.")
    line = byline(case, held)
    parts += [f"{capital(each)}." for each in ((line,) if line else ()) + chips_of(case, held)]
    steps = [case.of(Step)[user] for user in case.users(held.id) if user in case.of(Step)]
    into = [step for step in steps if step.conclusion == held.id]
    if into:
        parts.append(several("{count} step in.", "{count} steps in.", len(into)))
        bare = sum(verdicts.steps[step.id].status.value == "unsupported" for step in into)
        if bare:
            parts.append(several("{count} has no evidence.", "{count} have no evidence.", bare))
    return parts


def _evidence(case: Case, verdicts: Verdicts, held: Evidence) -> list[str]:
    code = rating(case, held)
    words = f"{_(_RELIABILITY[code[0]])}, {_(_CREDIBILITY[held.credibility])}"
    parts = [f"{_('Evidence')} {held.number[1:]}: {_sentence(held.text)}", f"{code}: {words}."]
    grade: Grade = verdicts.nodes[held.id][0]
    parts.append(_("It carries: {grade}.").format(grade=_(grade.word)))
    if held.state.value != "held":
        parts.append(f"{capital(_(held.state.value))}.")
    parts += [f"{capital(each)}." for each in chips_of(case, held)]
    return parts


def _step(case: Case, verdicts: Verdicts, held: Step) -> list[str]:
    premises = ", ".join(case.number(each) for each in held.premises)
    against = _("against") if held.con else in_context("step", "to")
    ends = f"{premises} {against} {case.number(held.conclusion)}."
    parts = [f"{_('Step')} {held.number[1:]}, {_(held.scheme)}: {ends}"]
    verdict = verdicts.steps[held.id]
    word = _(step_look(verdicts, held.id).word)
    if verdict.status.value == "unsupported":
        word = _("No evidence for this step")
    parts.append(f"{word}.")
    if held.warrant is not None:
        parts.append(_("Warrant: {number}.").format(number=case.number(held.warrant)))
    else:
        parts.append(_("No warrant is recorded."))
    if verdict.lender is not None:
        parts.append(_("It borrows certainty from {number}.").format(number=case.number(verdict.lender)))
    return parts


def _sentence(text: str) -> str:
    flat = " ".join(text.split())
    return flat if flat.endswith((".", "?", "!")) else f"{flat}."
