"""The bottom line: what stands, what does not and why, and where it all comes from; the fixed sentence."""

from collections.abc import Iterable

from evidencemap.analysis.verdicts import ClaimStatus, StepStatus
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Callout, Paragraph, Run, Runs, State, Tone, Voice
from evidencemap.brief.phrases import counted, listed, plural, sentence_case, short, unstopped, weave
from evidencemap.brief.room import Room
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.model.entities import Claim
from evidencemap.tongue import _, several

NOT_FALSE = (
    "What is unsupported here is not shown to be false: the record does not carry it, and that is all."
)
"""The fixed sentence that every brief says. A catalogue translates it."""


def bottom_line(basis: Basis, book: Notebook, focus: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return the callout that separates, in its first sentences, what stands from what does not."""
    standing = [claim for claim in focus if basis.stands(claim.id)]
    fallen = [claim for claim in focus if not basis.stands(claim.id)]
    sentences: list[Runs] = [_count(basis, book, focus, standing, room)]
    sentences += [_said(text) for text in _why_not(basis, fallen)]
    sentences += [_said(text) for text in _origin(basis, focus)]
    state = State.UNSUPPORTED if fallen or not focus else State.SUPPORTED
    runs = tuple(
        run for place, each in enumerate(sentences) for run in ([_blank(each)] if place else []) + [*each]
    )
    return (Callout(paragraphs=(runs,), label=_("Bottom line."), state=state),)


def fixed_sentence() -> tuple[Block, ...]:
    """Return the sentence that every brief says: unsupported is not false."""
    return (Paragraph(runs=(Run(text=_(NOT_FALSE), italic=True),), tone=Tone.SMALL),)


def named(claims: Iterable[Claim]) -> str:
    """Return claims as a sentence lists them: `C2 (attribution) and C3 (effect)`."""
    return listed([f"{claim.number} ({_(claim.kind.value)})" for claim in claims])


def _count(basis: Basis, book: Notebook, focus: list[Claim], standing: list[Claim], room: Room) -> Runs:
    if not focus:
        return _said(_("The map holds no claim yet."))
    under = basis.headline() is not None
    total = counted(len(focus))
    if not standing:
        text = (
            plural(
                "The claim under the headline does not rest on evidence.",
                "None of the {total} claims under the headline rests on evidence.",
                len(focus),
            )
            if under
            else plural(
                "The claim does not rest on evidence.",
                "None of the {total} claims that matter most rests on evidence.",
                len(focus),
            )
        )
        return weave(text, Voice.INFERRED, total=total)
    if len(focus) == 1:
        lead = _("The claim rests on evidence: {claims}")
    elif under:
        lead = plural(
            "{some} of the {total} claims under the headline rests on evidence: {claims}",
            "{some} of the {total} claims under the headline rest on evidence: {claims}",
            len(standing),
        )
    else:
        lead = plural(
            "{some} of the {total} claims that matter most rests on evidence: {claims}",
            "{some} of the {total} claims that matter most rest on evidence: {claims}",
            len(standing),
        )
    said: list[Run] = []
    for place, claim in enumerate(standing):
        text = _standing(basis, claim, room)
        end = "; " if place < len(standing) - 1 else "" if text.endswith("…") else "."
        said.append(Run(text=text + end, voice=Voice.REPORTED))
        said.extend(book.marks(basis.items_for(claim.id), most=1, voice=Voice.REPORTED))
    some = sentence_case(counted(len(standing)))
    woven = weave(lead, Voice.INFERRED, some=some, total=total, claims=tuple(said))
    return (Run(text=woven[0].text, voice=Voice.INFERRED, marked=False), *woven[1:])


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
    "orphan": ("No evidence is recorded for {names}.", "No evidence is recorded for {names}."),
    "contested": (
        "What is for and what is against {names} is not decided.",
        "What is for and what is against {names} is not decided.",
    ),
    "refuted": (
        "What is against {names} is surer than what is for it.",
        "What is against {names} is surer than what is for them.",
    ),
    "circular": ("{names} leans on itself.", "{names} lean on themselves."),
    "other": (
        "The evidence recorded for {names} does not carry it.",
        "The evidence recorded for {names} does not carry them.",
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


def _origin(basis: Basis, focus: list[Claim]) -> list[str]:
    items = {item.id for claim in focus for item in basis.items_for(claim.id)}
    origins = {source.id: source for claim in focus for source in basis.origins(claim.id)}
    if len(items) < 2 or len(origins) != 1:
        return []
    source = next(iter(origins.values()))
    values = {"count": counted(len(items)), "name": unstopped(source.name)}
    gains, asks = len(source.gains_from), len(basis.asks())
    if not gains:
        return [_("All {count} items of evidence go back to one origin, {name}.").format(**values)]
    if gains < asks:
        text = _(
            "All {count} items of evidence go back to one origin, {name}, "
            "which gains from {gains} of the {asks} asks."
        )
    elif asks == 1:
        text = _("All {count} items of evidence go back to one origin, {name}, which gains from the ask.")
    else:
        text = _(
            "All {count} items of evidence go back to one origin, {name}, which gains from all {asks} asks."
        )
    return [text.format(**values, gains=counted(gains), asks=counted(asks))]


def _said(text: str) -> Runs:
    return (Run(text=text, voice=Voice.INFERRED),)


def _blank(sentence: Runs) -> Run:
    return Run(text=" ", voice=sentence[0].voice)
