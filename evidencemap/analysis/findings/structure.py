"""Findings on how claims are built: claims with nothing for them, claims in a pile, parts that fail."""

from collections.abc import Iterator

from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.entities import Claim, Link
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, LinkKind

FAMILY = "Structure"


def orphan_claims(reading: Reading) -> Iterator[Seen]:
    """See each claim that no step leads to and no request would answer; assumptions are none."""
    columns = reading.columns
    alone = ~reading.led_to & ~columns.of_kinds(ClaimKind.ASSUMPTION)
    for node, claim in columns.claims_where(alone):
        if claim.id in reading.requests or claim.id in reading.answered:
            continue
        yield Seen(on=claim.id, form=1 if reading.verdicts.graph.con[node] else 0)


def compound_claims(reading: Reading) -> Iterator[Seen]:
    """See each claim whose parts are of different kinds or have different verdicts."""
    for claim in reading.claims:
        if len(claim.parts) < 2:
            continue
        parts = [reading.case.of(Claim)[each] for each in claim.parts]
        kinds = {each.kind for each in parts}
        statuses = {reading.verdicts.status(each.id) for each in parts}
        if len(kinds) > 1 or len(statuses) > 1:
            standing = sum(reading.holds(each.id) for each in parts)
            yield Seen(
                on=claim.id,
                names=claim.parts,
                values=(len(parts), standing),
                form=1 if not standing else 2 if standing == 1 else 3 if standing < len(parts) else 0,
            )


def unmet_conjunctions(reading: Reading) -> Iterator[Seen]:
    """See each claim that needs several things at once of which some stand and some do not."""
    graph, grades, claims = reading.verdicts.graph, reading.columns.grades, reading.case.of(Claim)
    arrays, failed = reading.columns.arrays, reading.columns.arrays.grades == 0
    some_fail = (arrays.pro & arrays.with_any(failed) & arrays.with_any(~failed)).tolist()
    found: dict[Id, Seen] = {}
    for at, step in reading.steps_of("definition"):
        if not some_fail[at] or step.conclusion in found or step.conclusion not in claims:
            continue
        premises = graph.body[at][1]
        failing = [each for each in premises if not grades[each]]
        found[step.conclusion] = Seen(
            on=step.conclusion,
            names=tuple(graph.ids[each] for each in failing),
            values=(len(premises),),
            form=int(len(failing) == 1),
        )
    yield from reading.by_number(found.values())


def rivals_unaddressed(reading: Reading) -> Iterator[Seen]:
    """See each stated claim with a recorded rival that nothing on the map weighs against it."""
    rivals: dict[Id, dict[Id, None]] = {}
    for link in reading.case.sorted(Link):
        if link.kind is LinkKind.RIVAL_OF and len(link.between) == 2:
            one, other = link.between
            rivals.setdefault(one, {})[other] = None
            rivals.setdefault(other, {})[one] = None
    for claim in reading.claims if rivals else ():
        if claim.id not in rivals or (not claim.stated and not reading.holds(claim.id)):
            continue
        open_ones = [each for each in rivals[claim.id] if not _weighed(reading, claim.id, each)]
        if open_ones:
            yield Seen(on=claim.id, names=reading.in_order(open_ones))


def _weighed(reading: Reading, claim: Id, rival: Id) -> bool:
    """Tell whether something speaks against the rival, or the rival against the claim."""
    graph = reading.verdicts.graph
    one, other = graph.node_of[claim], graph.node_of[rival]
    return bool(graph.con[other]) or any(other in graph.body[step][1] for step in graph.con[one])


KINDS = (
    Kind(
        code="ORPHAN_CLAIM",
        title="Orphan claim",
        severity=Severity.WARNING,
        sentences=(
            "No step on the map leads to {one}.",
            "No step on the map is for {one}; there are only steps against it.",
        ),
        why="A claim that nothing leads to is an assertion, however often it is repeated.",
        fix="Connect what it follows from, or list what would settle it.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(6): judgements are supported by evidence.",
        look=orphan_claims,
    ),
    Kind(
        code="COMPOUND_CLAIM",
        title="Compound claim",
        severity=Severity.WARNING,
        sentences=(
            "{one} says {value} things in one, {rest}: all of them stand, but they are not alike.",
            "{one} says {value} things in one, {rest}: none of them stands.",
            "{one} says {value} things in one, {rest}: only one of them stands.",
            "{one} says {value} things in one, {rest}: no more than {other} of them stand.",
        ),
        why="The surest part lends its certainty to the others when they are told as one.",
        fix="Tell the parts one by one, each with what it has.",
        authority="Walton, Informal Logic (2008), on the question of many parts.",
        look=compound_claims,
    ),
    Kind(
        code="CONJUNCTION_UNMET",
        title="Not all parts met",
        severity=Severity.WARNING,
        sentences=(
            "{one} needs {value} things at once, and these do not stand: {rest}.",
            "{one} needs {value} things at once, and one of them does not stand: {rest}.",
        ),
        why="What needs several things at once is not shown by some of them.",
        fix="Support the part that is missing, or claim only the parts that stand.",
        authority="Elementary logic: a conjunction is no surer than its weakest part (Fréchet, 1935).",
        look=unmet_conjunctions,
    ),
    Kind(
        code="RIVAL_UNADDRESSED",
        title="Rival unaddressed",
        severity=Severity.WARNING,
        sentences=("Nothing on the map weighs {one} against what rivals it: {rest}.",),
        why="Evidence that fits two explanations decides for neither.",
        fix="Record what speaks against the rival, or let it speak against the claim.",
        authority="Heuer, Psychology of Intelligence Analysis (1999), on competing hypotheses.",
        look=rivals_unaddressed,
    ),
)
