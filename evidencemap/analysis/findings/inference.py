"""Findings on inference: what could be is told as what is, and patterns are read as purpose."""

from collections.abc import Iterator

from evidencemap.analysis.arrays import marked
from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.findings.texts import (
    exactly_told,
    hedges_missing,
    new_words,
    tells_names_or_numbers,
)
from evidencemap.analysis.graph import VANTAGE
from evidencemap.analysis.numbers import amount
from evidencemap.model.entities import Claim, Evidence, Link, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceKind, Grade, LinkKind, Modality

FAMILY = "Inference"

PATTERNS = (ClaimKind.VOLUME, ClaimKind.EXISTENCE, ClaimKind.MAGNITUDE, ClaimKind.COMPARISON)
"""Claim kinds that tell a pattern and no purpose."""


def mechanisms_alone(reading: Reading) -> Iterator[Seen]:
    """See each step by which something counts as having happened because it can happen."""
    claims = reading.case.of(Claim)
    for at, step in reading.steps_of("mechanism"):
        claim = claims.get(step.conclusion)
        if step.con or claim is None:
            continue
        if claim.kind is ClaimKind.MECHANISM or claim.modality is not Modality.ACTUAL:
            continue
        if reading.columns.least_for[reading.verdicts.graph.to[at]] <= Grade.SUGGESTIVE:
            yield Seen(on=step.id, names=(claim.id,), asks=reading.asked(step.id, claim.id))


def modality_shifts(reading: Reading) -> Iterator[Seen]:
    """See each step from what is possible or conditional to what is, but for mechanism steps."""
    claims = reading.case.of(Claim)
    weaker = (Modality.POSSIBLE, Modality.CONDITIONAL)
    could = {each.id: each for each in reading.claims if each.modality in weaker}
    for step in reading.steps if could else ():
        conclusion = claims.get(step.conclusion)
        if step.con or conclusion is None or conclusion.modality is not Modality.ACTUAL:
            continue
        if conclusion.kind is ClaimKind.ASK or step.scheme == "mechanism":
            continue
        for premise in step.premises:
            held = could.get(premise)
            if held is not None:
                yield Seen(on=step.id, names=(premise, conclusion.id), values=(held.modality,))
                break


def vantage_limits(reading: Reading) -> Iterator[Fields]:
    """See each claim whose author, or every origin of a record of it, is not in a position to know it."""
    sources, limited = reading.case.of(Source), reading.verdicts.policy.vantage_kinds
    columns, arrays, to = reading.columns, reading.columns.arrays, reading.verdicts.graph.to
    records: dict[int, Id] = {}
    for at, step in columns.steps_where(arrays.pro & (arrays.flags & VANTAGE > 0)):
        records.setdefault(to[at], step.id)
    for node, claim in columns.claims_where(columns.of_kinds(*limited)):
        if claim.stated_by and all(_outside(sources[each], claim.kind) for each in claim.stated_by):
            yield claim.id, claim.stated_by, (claim.kind,), 0, (), None
        elif node in records:
            yield claim.id, (records[node],), (claim.kind,), 1, (), None


def intents_from_patterns(reading: Reading) -> Iterator[Fields]:
    """See each step to an intent or a purpose whose premises tell a pattern and nothing else."""
    columns, arrays, claims = reading.columns, reading.columns.arrays, reading.case.of(Claim)
    of_purpose = arrays.pro & columns.of_kinds(ClaimKind.INTENT, ClaimKind.PURPOSE)[arrays.to]
    if not of_purpose.any():
        return
    told = (node for node, item in columns.items if item.kind is EvidenceKind.TESTIMONIAL)
    patterns = columns.of_kinds(*PATTERNS) | columns.are_items & ~marked(told, len(columns.are_items))
    for _, step in columns.steps_where(of_purpose & arrays.with_all(patterns)):
        names = (step.conclusion, *step.premises)
        yield step.id, names, (claims[step.conclusion].kind,), 0, (), None


def non_diagnostic(reading: Reading) -> Iterator[Seen]:
    """See each item that is given for two claims that are rivals of each other."""
    graph, found = reading.verdicts.graph, list[Seen]()
    used: dict[Id, set[Id]] = {}
    for link in reading.case.sorted(Link):
        if link.kind is LinkKind.RIVAL_OF and len(link.between) == 2:
            one, other = link.between
            for each in link.between:
                if each not in used:
                    items = reading.items_for(graph.node_of[each])
                    used[each] = {graph.ids[item] for item in items}
            found += [Seen(on=item, names=(one, other)) for item in used[one] & used[other]]
    yield from reading.by_number(found)


def hedges_dropped(reading: Reading) -> Iterator[Seen]:
    """See each restatement that drops a hedge, and each claim that tells a rough figure as an exact one."""
    for claim in reading.claims if reading.stated_in else ():
        for quantity in reading.stated_in.get(claim.id, ()):
            if quantity.approximate and exactly_told(amount(quantity.value), claim.text):
                yield Seen(on=claim.id, names=(quantity.id,), form=1)
    if any(each.hedges for each in reading.claims):
        yield from reading.by_number(_restated_without_hedge(reading))


def _restated_without_hedge(reading: Reading) -> Iterator[Seen]:
    claims = reading.case.of(Claim)
    for _, step in (*reading.steps_of("record"), *reading.steps_of("definition")):
        conclusion = claims.get(step.conclusion)
        if step.con or conclusion is None:
            continue
        for premise in step.premises:
            dropped = hedges_missing(claims.get(premise), conclusion)
            if dropped:
                yield Seen(on=step.id, names=(premise, conclusion.id), values=(", ".join(dropped),))
                break


def new_names_and_numbers(reading: Reading) -> Iterator[Seen]:
    """See each step whose conclusion names or counts something that nothing before it names or counts.

    What an item is copied from, who says it, and the numbers that a premise states are before it.
    """
    telling = {each.id: each for each in reading.claims if tells_names_or_numbers(each.text)}
    for step in reading.steps if telling else ():
        conclusion = telling.get(step.conclusion)
        if conclusion is None or step.con or step.scheme == "practical":
            continue
        new = new_words(conclusion.text, _texts_before(reading, step))
        if new:
            yield Seen(on=step.id, names=(conclusion.id,), values=(", ".join(new),))


def _texts_before(reading: Reading, step: Step) -> list[str]:
    texts: list[str] = []
    waiting = [*step.premises, *([step.warrant] if step.warrant is not None else [])]
    seen = set(waiting)
    while waiting:
        each = waiting.pop()
        held = reading.case[each]
        if isinstance(held, Evidence):
            texts += [held.text, held.quote]
            texts += [reading.case.of(Source)[source].name for source in held.sources]
            waiting += [copied for copied in held.copied_from if copied not in seen]
            seen.update(held.copied_from)
        elif isinstance(held, Claim):
            texts.append(held.text)
            texts += [reading.case.of(Source)[source].name for source in held.stated_by]
        texts += [quantity.value for quantity in reading.stated_in.get(each, ())]
    return texts


def _outside(source: Source, kind: ClaimKind) -> bool:
    return source.knows is not None and kind not in source.knows


KINDS = (
    Kind(
        code="MECHANISM_ONLY",
        title="Mechanism only",
        severity=Severity.WARNING,
        sentences=("{one} carries that {two} could be so, and nothing on the map carries more.",),
        why="That something can happen does not show that it happened.",
        fix="Add evidence that it happened here, or say that it could.",
        authority="Pearl, Causality (2009): a possible cause is no actual cause.",
        look=mechanisms_alone,
    ),
    Kind(
        code="MODALITY_SHIFT",
        title="Modality shift",
        severity=Severity.WARNING,
        sentences=(
            "{two} is recorded as {value}, and {one} leads from it to {three}, which is told as actual.",
        ),
        why="A could that is read as a did is a new claim with nothing for it.",
        fix="Keep the could in the conclusion, or show that it is so.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(2): uncertainty is told with the judgement.",
        look=modality_shifts,
    ),
    Kind(
        code="VANTAGE_LIMIT",
        title="Outside its position to know",
        severity=Severity.WARNING,
        sentences=(
            "{one} is of the kind {value}, which {two}, who states it, is not recorded as able to know.",
            "{one} is of the kind {value}, which no origin behind {two} is recorded as able to know.",
        ),
        why="To say something is not to know it: a witness counts for what it could see.",
        fix="Find a source that could know it, or record why this one could.",
        authority="Walton, Reed and Macagno, Argumentation Schemes (2008), argument from position to know.",
        look=vantage_limits,
    ),
    Kind(
        code="INTENT_FROM_PATTERN",
        title="Intent from a pattern",
        severity=Severity.WARNING,
        sentences=("{one} reads {value} off a pattern, and nothing else in it speaks for {two}.",),
        why="A pattern that fits a purpose fits other purposes as well.",
        fix="Add what speaks for the purpose itself, or record the other readings as rivals.",
        authority="Heuer, Psychology of Intelligence Analysis (1999), on inferring intentions from conduct.",
        look=intents_from_patterns,
    ),
    Kind(
        code="NON_DIAGNOSTIC",
        title="Does not discriminate",
        severity=Severity.WARNING,
        sentences=("{one} is given for {two} and for its rival, {three}, and does not tell them apart.",),
        why="Evidence that fits both explanations moves neither against the other.",
        fix="Look for evidence that only one of the two explains.",
        authority="Heuer, Psychology of Intelligence Analysis (1999), on the diagnosticity of evidence.",
        look=non_diagnostic,
    ),
    Kind(
        code="HEDGE_DROPPED",
        title="Hedge dropped",
        severity=Severity.WARNING,
        sentences=(
            "The conclusion of {one} leaves out a hedge of {two}: “{value}”.",
            "{one} gives {two} as if it were exact, and it is recorded as approximate.",
        ),
        why="A restatement without the hedge says more than what it restates.",
        fix="Keep the hedge in the restatement.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(2): uncertainty is told with the judgement.",
        look=hedges_dropped,
    ),
    Kind(
        code="NEW_NAME_OR_NUMBER",
        title="New name or number",
        severity=Severity.NOTE,
        sentences=("{two} brings in what nothing before {one} names: {value}.",),
        why="A name or number that comes in with the conclusion has its support nowhere before it.",
        fix="Add what it comes from as a premise, or accept the hint with a reason.",
        authority="EvidenceMap's own rule: a hint from capital letters and figures, and no more than that.",
        look=new_names_and_numbers,
        hint=True,
    ),
)
