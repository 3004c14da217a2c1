"""Findings on what is asked for: asks heavier than their ground, and what no request would settle."""

from collections.abc import Iterator

from evidencemap.analysis.findings.finding import Kind, Seen, Severity
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.settle import candidates, settle
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade

FAMILY = "What is asked for"

CONFIRMED = 200
"""How many claims are searched one by one where objections may decide what granting everything does not."""


def loads_exceeding_support(reading: Reading) -> Iterator[Seen]:
    """See each ask that has less than its stake requires."""
    for claim in reading.claims:
        if claim.kind is ClaimKind.ASK and claim.stake is not None:
            verdict = reading.verdicts.claims[claim.id]
            if verdict.grade < verdict.stated:
                yield Seen(on=claim.id, values=(claim.stake, verdict.stated, verdict.grade))


def unasked(reading: Reading) -> Iterator[Seen]:
    """See each claim that does not stand, and would not if all that is listed were granted.

    Claims that nothing leads to are orphans and no case for this.
    """
    failing = [each for each in reading.claims if each.id in reading.pro and not reading.holds(each.id)]
    if not failing:
        return
    case, held = reading.case, reading.verdicts
    granted = verdicts(case, held.policy, granted=candidates(case), withdrawn=held.supposed.withdrawn)
    objections = any(held.graph.con) or any(undercutters for _, _, _, undercutters in held.graph.body)
    confirmed = 0
    for claim in failing:
        if granted.grade(claim.id):
            continue
        if objections and confirmed < CONFIRMED:
            confirmed += 1
            if _would_stand(reading, claim.id):
                continue
        yield Seen(on=claim.id)


def _would_stand(reading: Reading, claim: Id) -> bool:
    found = settle(reading.case, claim, grades=(Grade.SUGGESTIVE,), known=reading.verdicts, most=50)
    return bool(found.sets[Grade.SUGGESTIVE])


KINDS = (
    Kind(
        code="LOAD_EXCEEDS_SUPPORT",
        title="Load exceeds support",
        severity=Severity.BLOCKER,
        sentences=("{one} has a stake of {value}, which requires {other}; what it rests on is {third}.",),
        why="The heavier the measure, the surer its ground has to be.",
        fix="Ask for less, or support what the ask rests on first.",
        authority="EvidenceMap's own rule: what an ask of a given stake requires is set by the profile.",
        look=loads_exceeding_support,
    ),
    Kind(
        code="UNASKED",
        title="Nothing listed would do",
        severity=Severity.WARNING,
        sentences=("No listed request would suffice for {one}, not even all of them together.",),
        why="Where nobody has asked for what would settle it, it will stay open.",
        fix="List the request that would settle it, or change what it rests on.",
        authority="EvidenceMap's own rule: what would settle a claim is searched among all that is listed.",
        look=unasked,
    ),
)
