"""The headline beside the honest version: what only the claims that stand say, hedges kept."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Run, Runs, Side, State, TwoColumns, Voice
from evidencemap.brief.phrases import listed, short
from evidencemap.brief.room import Room
from evidencemap.brief.sections.claims import name_of
from evidencemap.model.entities import Claim
from evidencemap.tongue import _


def headline_and_honest(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return the headline and the honest version side by side, with what the headline adds."""
    headline = basis.headline()
    if headline is None:
        return ()
    parts = [basis.case.of(Claim)[each] for each in headline.parts]
    added = [part for part in parts if not basis.stands(part.id)]
    left: list[Runs] = [(Run(text=_stopped(short(headline.text, room.line)), voice=Voice.REPORTED),)]
    if added:
        names = listed([name_of(part) for part in added[:6]])
        text = _("It adds what the record does not carry: {claims}.").format(claims=names)
        left.append((Run(text=text, voice=Voice.INFERRED),))
    return (
        TwoColumns(
            left=Side(title=_("The headline"), paragraphs=tuple(left), state=basis.state(headline.id)),
            right=Side(
                title=_("The honest version"),
                paragraphs=_honest(basis, headline, room),
                state=State.SUPPORTED,
            ),
        ),
    )


def _honest(basis: Basis, headline: Claim, room: Room) -> tuple[Runs, ...]:
    """Return what can be said for a headline: its parts that stand, else the conditional claims."""
    parts = [basis.case.of(Claim)[each] for each in headline.parts]
    standing = [part for part in parts if basis.stands(part.id)]
    standing += [
        claim
        for claim in basis.case.sorted(Claim)
        if claim not in standing and basis.stands(claim.id) and _follows(basis, claim, standing)
    ]
    if not standing:
        return ((Run(text=_("Nothing under the headline stands on this map."), voice=Voice.INFERRED),),)
    said: list[Runs] = []
    for claim in standing[: max(1, min(room.shown, 3))]:
        verdict = basis.verdicts.claims[claim.id]
        granted = listed([basis.case.number(each) for each in verdict.granting[:4]])
        tail = (
            _(" ({number}, {grade} while {assumed} is granted).").format(
                number=claim.number, grade=_(verdict.grade.word), assumed=granted
            )
            if granted
            else _(" ({number}, {grade}).").format(number=claim.number, grade=_(verdict.grade.word))
        )
        text = short(claim.text, room.line)
        hedges = [hedge for hedge in claim.hedges if hedge.lower() not in claim.text.lower()]
        if hedges:
            text = f"{text} ({short(', '.join(hedges), 60)})"
        said.append((Run(text=text + tail, voice=Voice.REPORTED),))
    return tuple(said)


def _follows(basis: Basis, claim: Claim, standing: list[Claim]) -> bool:
    held = {each.id for each in standing}
    return any(held & set(step.premises) for step in basis.steps_to(claim.id)) and claim.stake is None


def _stopped(text: str) -> str:
    return text if text.endswith(("…", "!", "?")) else text + "."
