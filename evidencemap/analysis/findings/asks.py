"""Findings on what is asked for: asks heavier than their ground, and what no request would settle."""

from collections.abc import Iterator
from itertools import islice

from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.graph import Graph
from evidencemap.analysis.intervals import GRADES
from evidencemap.analysis.lifting import Trial, smallest_sets
from evidencemap.analysis.settle import each_candidate
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.words import ClaimKind, Grade

FAMILY = "What is asked for"

SEARCHED = 60
"""How many claims with objections behind them are searched one by one."""
OFFERED = 500
"""Where more than this is listed, none is."""
MOST_OFFERED = 5_000
"""Where even more is listed, nothing is said of what it would do."""
TRIALS = 30
"""How many sets are tried for one claim."""


def loads_exceeding_support(reading: Reading) -> Iterator[Seen]:
    """See each ask that has less than its stake requires."""
    columns, grades, stated = reading.columns, reading.columns.grades, reading.columns.stated
    for node, claim in columns.claims_where(columns.of_kinds(ClaimKind.ASK)):
        if claim.stake is not None and grades[node] < stated[node]:
            yield Seen(on=claim.id, values=(claim.stake, GRADES[stated[node]], GRADES[grades[node]]))


def unasked(reading: Reading) -> Iterator[Seen]:
    """See each claim that does not stand, and would not if all that is listed were granted.

    Claims that nothing leads to are orphans and no case for this. Where objections are behind a
    claim, granting less may do more than granting everything, and that is searched; in a case with
    very much of that, claims for which the search was not made to its end are passed over.
    """
    failing = reading.led_to & (reading.columns.arrays.grades == 0)
    if not failing.any():
        return
    held = reading.verdicts
    offered = tuple(islice(each_candidate(reading.case), MOST_OFFERED + 1))
    if len(offered) > MOST_OFFERED:
        return
    granted = held
    if offered:
        granted = verdicts(
            reading.case,
            held.policy,
            granted=held.supposed.granted | set(offered),
            withdrawn=held.supposed.withdrawn,
        )
    objected = _objected(held.graph) if offered else set()
    searched = 0
    form = 0 if reading.requests else 1
    for node, claim in reading.columns.claims_where(failing):
        if granted.grade(claim.id):
            continue
        if node in objected:
            searched += 1
            if searched > SEARCHED or len(offered) > OFFERED:
                continue
            lift = smallest_sets(Trial(held, node, offered, TRIALS), Grade.SUGGESTIVE)
            if lift.sets or not lift.complete:
                continue
        yield Seen(on=claim.id, form=form)


def _objected(graph: Graph) -> set[int]:
    """Return the nodes that have something against them, or rest on a node that has."""
    waiting = [to for to, body in zip(graph.to, graph.body, strict=True) if body[3]]
    waiting += [node for node, against in enumerate(graph.con) if against]
    found = set(waiting)
    users = graph.users() if waiting else []
    while waiting:
        for each in users[waiting.pop()]:
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


KINDS = (
    Kind(
        code="LOAD_EXCEEDS_SUPPORT",
        title="Load exceeds support",
        severity=Severity.BLOCKER,
        sentences=("{one} has a stake of {value} and needs ground that is {other}; what it has is {third}.",),
        why="The heavier the measure, the surer its ground has to be.",
        fix="Ask for less, or support what the ask rests on first.",
        authority="EvidenceMap's own rule: what an ask of a given stake requires is set by the profile.",
        look=loads_exceeding_support,
    ),
    Kind(
        code="UNASKED",
        title="Nothing listed would do",
        severity=Severity.WARNING,
        sentences=(
            "No listed request would suffice for {one}, not even all of them together.",
            "{one} does not stand, and no request is listed that would change that.",
        ),
        why="Where nobody has asked for what would settle it, it will stay open.",
        fix="List the request that would settle it, or change what it rests on.",
        authority="EvidenceMap's own rule: what would settle a claim is searched among all that is listed.",
        look=unasked,
    ),
)
