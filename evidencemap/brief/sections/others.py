"""Sections on what else could be so: rivals on the map, and questions that a step leaves open."""

from evidencemap.analysis.judged import StepStatus
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, ListBlock, Run, Runs, Voice
from evidencemap.brief.phrases import short
from evidencemap.brief.room import Room
from evidencemap.brief.sections.claims import see_report, step_name
from evidencemap.model.entities import Claim, Link, Remark, Step
from evidencemap.model.scales import Question, answered, schemes
from evidencemap.model.words import LinkKind, RemarkKind, RemarkState
from evidencemap.tongue import _, several


def other_explanations(basis: Basis, claims: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return the rivals of the claims, what reviewers offer instead, and the questions still open."""
    rivals = _rivals(basis, claims, room)
    items = rivals[: room.rivals]
    if len(rivals) > room.rivals:
        items.append(see_report(len(rivals) - room.rivals))
    items.extend(_open_questions(basis, claims, room))
    if not items:
        return ()
    return (Heading(text=_("Other explanations, and questions left open")), ListBlock(items=tuple(items)))


def open_questions(step: Step) -> list[Question]:
    """Return the critical questions of a step's scheme that nobody has answered."""
    scheme = schemes().get(step.scheme)
    done = answered(step)
    return [each for each in scheme.questions if each.id not in done] if scheme is not None else []


def _rivals(basis: Basis, claims: list[Claim], room: Room) -> list[Runs]:
    near = {claim.id for claim in claims}
    found: list[Runs] = []
    for link in basis.case.sorted(Link):
        pair = [basis.case.get(Claim, each) for each in link.between]
        held = [each for each in pair if each is not None]
        if link.kind is not LinkKind.RIVAL_OF or len(held) < 2 or not near & set(link.between):
            continue
        mine, other = held if held[0].id in near else held[::-1]
        stands = _(basis.verdicts.claims[other.id].status.value)
        text = _("{text} ({number}, {status}), a rival of {claim}.").format(
            text=short(other.text, room.letters), number=other.number, status=stands, claim=mine.number
        )
        found.append((Run(text=text, voice=Voice.REPORTED),))
    for remark in basis.case.sorted(Remark):
        if remark.kind is RemarkKind.ALTERNATIVE and remark.state is RemarkState.OPEN:
            text = _("{text} ({number}, on {what}).").format(
                text=short(remark.text, room.letters),
                number=remark.number,
                what=basis.called(remark.about),
            )
            found.append((Run(text=text, voice=Voice.REPORTED),))
    return found


def _open_questions(basis: Basis, claims: list[Claim], room: Room) -> list[Runs]:
    near = {claim.id for claim in claims}
    steps = [
        step
        for step in basis.case.sorted(Step)
        if basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED and open_questions(step)
    ]
    steps.sort(key=lambda step: step.conclusion not in near)
    asking: dict[str, list[Step]] = {}
    left = room.questions
    for step in steps:
        asked = open_questions(step)[:left]
        left -= len(asked)
        if not asked:
            break
        asking.setdefault(" ".join(_(each.text) for each in asked), []).append(step)
    said: list[Runs] = [
        (Run(text="; ".join(step_name(basis, step) for step in held) + ". ", bold=True), Run(text=words))
        for words, held in asking.items()
    ]
    untold = sum(len(open_questions(step)) for step in steps) - (room.questions - left)
    if untold and said:
        one, many = "{count} more question: see the report.", "{count} more questions: see the report."
        said.append((Run(text=several(one, many, untold), muted=True),))
    return said
