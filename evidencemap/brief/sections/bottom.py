"""The bottom line: what stands, what does not and why, and where it all comes from; the fixed sentence."""

from collections.abc import Iterable

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Callout, Paragraph, Run, Runs, State, Tone, Voice
from evidencemap.brief.phrases import (
    counted,
    listed,
    plural,
    short,
    some_of,
    stopped,
    unstopped,
    weave,
)
from evidencemap.brief.room import Room
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.model.entities import Claim
from evidencemap.tongue import _, capital, figure, several

NOT_FALSE = (
    "What is unsupported here is not shown to be false: the record does not carry it, and that is all."
)
"""The fixed sentence that every brief says. A catalogue translates it."""


def bottom_line(basis: Basis, book: Notebook, focus: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return the callout that separates, in its first sentences, what stands from what does not.

    It counts all claims under the headline, and names as many as are in focus.
    """
    told = basis.under_headline() or focus
    standing = [claim for claim in told if basis.stands(claim.id)]
    fallen = [claim for claim in told if not basis.stands(claim.id)]
    sentences: list[Runs] = [_count(basis, book, told, standing, room, most=max(1, len(focus)))]
    sentences += [_said(text) for text in _why_not(basis, fallen)]
    sentences += [_said(text) for text in (*_origin(basis, told), *_chosen(basis, told))]
    state = State.UNSUPPORTED if fallen or not told else State.SUPPORTED
    runs = tuple(
        run for place, each in enumerate(sentences) for run in ([_blank(each)] if place else []) + [*each]
    )
    return (Callout(paragraphs=(runs,), label=_("Bottom line."), state=state),)


def title_of(basis: Basis, told: list[Claim]) -> str:
    """Return the heading over the claims that a brief tells, by what they are."""
    under = basis.under_headline()
    if under and under != [basis.headline()]:
        return plural("The claim under the headline", "The claims under the headline", len(under))
    if under or len(told) == len(basis.statements()):
        return plural("The claim", "The claims", len(told))
    return _("The claims singled out here")


def fixed_sentence() -> tuple[Block, ...]:
    """Return the sentence that every brief says: unsupported is not false."""
    return (Paragraph(runs=(Run(text=_(NOT_FALSE), italic=True),), tone=Tone.SMALL),)


def no_claim(basis: Basis) -> tuple[Block, ...]:
    """Return the sentence that the map holds no claim that a brief could be about."""
    return (Paragraph(runs=_none_at_all(basis)),)


def _none_at_all(basis: Basis) -> Runs:
    return _said(
        _("The map holds no claim but methods, assumptions and asks.")
        if basis.case.of(Claim)
        else _("The map holds no claim yet.")
    )


def named(claims: Iterable[Claim]) -> str:
    """Return claims as a sentence lists them: `C2 (attribution) and C3 (effect)`."""
    return some_of([f"{claim.number} ({_(claim.kind.value)})" for claim in claims])


def _count(
    basis: Basis, book: Notebook, told: list[Claim], standing: list[Claim], room: Room, *, most: int
) -> Runs:
    if not told:
        return _none_at_all(basis)
    scope = _scope(basis, told)
    values = {"scope": scope, "total": counted(len(told))}
    if not standing:
        if len(told) == 1:
            text = _("The {scope} does not stand.")
        elif len(told) == 2:
            text = _("Neither of the two {scope} stands.")
        else:
            text = _("None of the {total} {scope} stands.")
        return weave(text, Voice.INFERRED, **values)
    carried = all(basis.verdicts.claims[each.id].status is ClaimStatus.SUPPORTED for each in standing)
    text = _on_evidence(told, standing) if carried else _standing_all(told, standing)
    said: list[Run] = []
    for place, claim in enumerate(standing[:most]):
        line = _standing(basis, claim, room)
        last = place == len(standing) - 1
        said.append(Run(text=stopped(line) if last else f"{line}; ", voice=Voice.REPORTED))
        said.extend(book.marks(basis.items_for(claim.id), most=1, voice=Voice.REPORTED))
    if len(standing) > most:
        more = several("{count} more.", "{count} more.", len(standing) - most)
        said.append(Run(text=more, voice=Voice.REPORTED))
    some = capital(counted(len(standing)))
    woven = weave(text, Voice.INFERRED, some=some, claims=tuple(said), **values)
    return (Run(text=woven[0].text, voice=Voice.INFERRED, marked=False), *woven[1:])


def _scope(basis: Basis, told: list[Claim]) -> str:
    """Return what the claims that are counted are called in a sentence."""
    if told == [basis.headline()]:
        return _("headline")
    if basis.headline() is not None:
        return plural("claim under the headline", "claims under the headline", len(told))
    if len(told) == len(basis.statements()):
        return plural("claim on the matter", "claims on the matter", len(told))
    return _("claims singled out here")


def _on_evidence(told: list[Claim], standing: list[Claim]) -> str:
    if len(told) == 1:
        return _("The {scope} rests on evidence: {claims}")
    if len(standing) == len(told):
        return (
            _("Both {scope} rest on evidence: {claims}")
            if len(told) == 2
            else _("All {total} {scope} rest on evidence: {claims}")
        )
    return plural(
        "{some} of the {total} {scope} rests on evidence: {claims}",
        "{some} of the {total} {scope} rest on evidence: {claims}",
        len(standing),
    )


def _standing_all(told: list[Claim], standing: list[Claim]) -> str:
    if len(told) == 1:
        return _("The {scope} stands: {claims}")
    if len(standing) == len(told):
        return (
            _("Both {scope} stand: {claims}") if len(told) == 2 else _("All {total} {scope} stand: {claims}")
        )
    return plural(
        "{some} of the {total} {scope} stands: {claims}",
        "{some} of the {total} {scope} stand: {claims}",
        len(standing),
    )


def _standing(basis: Basis, claim: Claim, room: Room) -> str:
    text = short(claim.text, room.line)
    granting = basis.verdicts.claims[claim.id].granting
    if not granting:
        return text
    assumed = listed([basis.case.number(each) for each in granting[:4]])
    return several(
        "{claim} (only while {assumed} is granted)",
        "{claim} (only while {assumed} are granted)",
        len(granting),
        claim=text,
        assumed=assumed,
    )


def _why_not(basis: Basis, fallen: list[Claim]) -> list[str]:
    """Return one sentence for each way in which claims fail, with the claims that fail so."""
    groups: dict[str, list[Claim]] = {}
    for claim in fallen:
        groups.setdefault(_failing(basis, claim), []).append(claim)
    made = []
    for way, claims in groups.items():
        text = plural(*_WAYS[way], len(claims))
        made.append(text.format(names=named(claims)))
    return made


_WAYS: dict[str, tuple[str, str]] = {
    "gap": (
        "{names} rests on a step for which no warrant stands.",
        "{names} rest on steps for which no warrant stands.",
    ),
    "role": (
        "{names} rests on a step in which a number that it needs is missing.",
        "{names} rest on steps in which a number that they need is missing.",
    ),
    "orphan": ("Nothing is recorded for {names}.", "Nothing is recorded for {names}."),
    "contested": (
        "Between what is for and what is against {names}, the map does not decide.",
        "Between what is for and what is against {names}, the map does not decide.",
    ),
    "refuted": (
        "What is against {names} is surer than what is for it.",
        "What is against {names} is surer than what is for them.",
    ),
    "circular": ("{names} leans on itself.", "{names} lean on themselves or on each other."),
    "other": (
        "What is recorded for {names} does not carry it.",
        "What is recorded for {names} does not carry them.",
    ),
}


def _failing(basis: Basis, claim: Claim) -> str:
    status = basis.verdicts.claims[claim.id].status
    if status in (ClaimStatus.CONTESTED, ClaimStatus.REFUTED, ClaimStatus.CIRCULAR):
        return status.value
    steps = [step for step in basis.steps_to(claim.id) if not step.con]
    if not steps:
        return "orphan"
    open_steps = [step for step in steps if basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED]
    if not open_steps:
        return "other"
    return "role" if all(step.scheme == "magnitude" for step in open_steps) else "gap"


def _origin(basis: Basis, told: list[Claim]) -> list[str]:
    """Return where the evidence for the claims comes from, where that is one origin, and what it gains."""
    items = {claim.id: basis.items_for(claim.id) for claim in told}
    origins = {source.id: source for claim in told for source in basis.origins(claim.id)}
    count = len({item.id for held in items.values() for item in held})
    if count < 2 or len(origins) != 1:
        return []
    source = next(iter(origins.values()))
    text = (
        _("Both items of evidence for {claims} go back to one origin, {name}.")
        if count == 2
        else _("All {count} items of evidence for {claims} go back to one origin, {name}.")
    )
    claims = some_of([claim.number for claim in told if items[claim.id]])
    first = text.format(count=counted(count), claims=claims, name=unstopped(source.name))
    return [first, *_gained(len(source.gains_from), len(basis.asks()))]


def _gained(gains: int, asks: int) -> list[str]:
    if not gains:
        return []
    if gains < asks:
        text = plural(
            "It gains from one of the {asks} asks.", "It gains from {gains} of the {asks} asks.", gains
        )
    elif asks == 1:
        text = _("It gains from the one ask.")
    elif asks == 2:
        text = _("It gains from both asks.")
    else:
        text = _("It gains from all {asks} asks.")
    return [text.format(gains=counted(gains), asks=counted(asks))]


def _chosen(basis: Basis, told: list[Claim]) -> list[str]:
    """Return how the claims were singled out, where they were."""
    every = len(basis.statements())
    if basis.headline() is not None or len(told) == every or not told:
        return []
    text = _("Singled out of {all} claims on the matter are those stated furthest above what carries them.")
    return [text.format(all=figure(every))]


def _said(text: str) -> Runs:
    return (Run(text=text, voice=Voice.INFERRED),)


def _blank(sentence: Runs) -> Run:
    return Run(text=" ", voice=sentence[0].voice)
