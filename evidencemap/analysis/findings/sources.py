"""Findings on sources: one origin told as many, who states and shows alike, who gains, who was not asked."""

from collections.abc import Iterator

from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Claim, Source
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Reply, SourceKind

FAMILY = "Sources"

RECALLED = 3
"""For how many retracted sources what falls is worked out; the others are named with their items."""

_CITED = (SourceKind.DOCUMENT, SourceKind.OUTLET, SourceKind.DATASET)
_DATES = ("issued", "accessed", "submitted", "original-date")
_ADDRESSES = ("URL", "DOI", "ISBN", "ISSN", "archive", "archive_location", "call-number", "number", "page")


def single_origins(reading: Reading) -> Iterator[Fields]:
    """See each claim whose items have one origin, or that stands on evidence with independence 1."""
    how_many, one_origin, grades = reading.how_many_items, reading.one_origin, reading.columns.grades
    for node, claim in reading.columns.claims:
        items = how_many[node]
        if not items:
            continue
        only = one_origin[node]
        if only is not None and items > 1:
            yield claim.id, (only,), (items,), 0, (), None
        elif grades[node] and reading.origins.one_source_carries(claim.id):
            through = reading.origins.bottlenecks(claim.id)
            alone = through or reading.origins.that_carry_alone(claim.id)
            yield claim.id, alone, (), 1 if through else 2, (), None


def self_sourced(reading: Reading) -> Iterator[Seen]:
    """See each claim all evidence for which goes back to who states it."""
    all_behind = reading.behind
    for node, claim in reading.columns.claims:
        behind = all_behind[node]
        if not behind or len(behind) > len(claim.stated_by) or claim.kind is ClaimKind.ASK:
            continue
        if behind.issubset(claim.stated_by):
            yield Seen(on=claim.id, names=reading.in_order(behind))


def interested_sources(reading: Reading) -> Iterator[Seen]:
    """See each source that gains from an ask, or has an interest, and gives evidence or states a claim."""
    for source in reading.sources:
        if source.id not in reading.stating and source.id not in reading.items_of_source:
            continue
        if source.gains_from:
            yield Seen(on=source.id, names=reading.in_order(source.gains_from))
        elif source.interest.strip():
            yield Seen(on=source.id, values=(source.interest.strip(),), form=1)


def recalled_sources(reading: Reading) -> Iterator[Seen]:
    """See each retracted source, with what would stand on the map if it had not been retracted."""
    worked_out = 0
    for source in reading.sources:
        if source.retracted is None:
            continue
        items = tuple(each.id for each in reading.items_of_source.get(source.id, ()))
        worked_out += bool(items)
        falls = _fallen(reading, source) if items and worked_out <= RECALLED else ()
        if falls:
            yield Seen(on=source.id, names=falls)
        else:
            yield Seen(on=source.id, names=items, form=1 if items else 2)


def replies_missing(reading: Reading) -> Iterator[Seen]:
    """See each person or organisation that the case is about and that has not been asked.

    It is the accused by its role, or gives no evidence, states nothing and runs no method.
    """
    active = reading.stating | {claim.run_by for claim in reading.claims if claim.run_by is not None}
    for source in reading.sources:
        if source.reply not in (None, Reply.NOT_ASKED):
            continue
        named = source.kind in (SourceKind.PERSON, SourceKind.ORGANISATION)
        spoken_of = named and source.id not in active and source.id not in reading.items_of_source
        if "accused" in source.role.lower() or (spoken_of and not source.role.strip()):
            yield Seen(on=source.id, form=0 if source.reply is None else 1)


def incomplete_citations(reading: Reading) -> Iterator[Seen]:
    """See each document, outlet or dataset behind evidence whose citation has no date or no address."""
    for source in reading.sources:
        if source.kind not in _CITED or source.id not in reading.items_of_source:
            continue
        given = {key for key, value in source.cites if value.strip()}
        dated, placed = bool(given & set(_DATES)), bool(given & set(_ADDRESSES))
        if not dated or not placed:
            yield Seen(on=source.id, form=0 if not dated and not placed else 1 if not dated else 2)


def unanchored_citations(reading: Reading) -> Iterator[Seen]:
    """See each document, outlet or dataset that is listed and that nothing on the map comes from."""
    for source in reading.sources:
        used = source.id in reading.items_of_source or source.id in reading.stating
        if source.kind in _CITED and not used:
            yield Seen(on=source.id)


def _fallen(reading: Reading, source: Source) -> tuple[Id, ...]:
    """Return the claims that would stand, were a source not retracted, and do not."""
    case = _reinstated(reading.case, source)
    held = reading.verdicts
    before = verdicts(case, held.policy, granted=held.supposed.granted, withdrawn=held.supposed.withdrawn)
    claims: dict[Id, Claim] = dict(reading.case.of(Claim))
    return reading.in_order([each for each in claims if before.grade(each) and not held.grade(each)])


def _reinstated(case: Case, source: Source) -> Case:
    from dataclasses import replace

    change = Change(before=source, after=replace(source, retracted=None))
    return case.after(Edit(label="", changes=(change,)))


KINDS = (
    Kind(
        code="SINGLE_ORIGIN",
        title="Single origin",
        severity=Severity.WARNING,
        sentences=(
            "There are {value} reports for {one} and one origin: all of them go back to {two}.",
            "{one} stands on one origin alone: every way to it runs through {rest}.",
            "{one} stands on one origin alone: were {two} lost, what speaks against it would stop it.",
        ),
        why="Copies of one report do not confirm it.",
        fix="Find a second origin that does not depend on the first.",
        authority="ICD 206, Sourcing Requirements (2015): where reporting has a single source, that is said.",
        look=single_origins,
    ),
    Kind(
        code="SELF_SOURCED",
        title="Self-sourced",
        severity=Severity.WARNING,
        sentences=("All evidence behind {one} comes from {rest}, who states it.",),
        why="Whoever counts, attributes and concludes is checked by nobody.",
        fix="Find evidence that comes from elsewhere, or have theirs audited.",
        authority="ICD 206, Sourcing Requirements (2015): access, motivation and bias are described.",
        look=self_sourced,
    ),
    Kind(
        code="INTERESTED_SOURCE",
        title="Interested source",
        severity=Severity.WARNING,
        sentences=(
            "{one} gains from what is asked for: {rest}.",
            "{one} has an interest recorded: {value}.",
        ),
        why="An interest shows nothing either way, and is a reason to have the items audited.",
        fix="Have its items audited, or look for a source without that interest.",
        authority="ICD 206, Sourcing Requirements (2015): motivation and possible bias are described.",
        look=interested_sources,
    ),
    Kind(
        code="RECALLED_SOURCE",
        title="Recalled source",
        severity=Severity.BLOCKER,
        sentences=(
            "{one} is retracted, and what stood on it no longer stands: {rest}.",
            "{one} is retracted, and what comes from it counts nothing: {rest}.",
            "{one} is retracted.",
        ),
        why="What rests on a retracted source goes on being repeated.",
        fix="Find another source for it, or take it out of what is said.",
        authority="ICD 206, Sourcing Requirements (2015): recalled reporting is corrected in what used it.",
        look=recalled_sources,
    ),
    Kind(
        code="NO_REPLY_RECORDED",
        title="No reply recorded",
        severity=Severity.WARNING,
        sentences=(
            "Whether {one} was asked for a reply is not recorded.",
            "{one} has not been asked for a reply.",
        ),
        why="Whoever is accused is asked first, and the answer is printed beside the accusation.",
        fix="Ask, and record the answer, or that none came.",
        authority="Society of Professional Journalists, Code of Ethics (2014), on those accused.",
        look=replies_missing,
    ),
    Kind(
        code="INCOMPLETE_CITATION",
        title="Incomplete citation",
        severity=Severity.NOTE,
        fixes=(
            "Fill in when it was issued and where it can be found.",
            "Fill in when it was issued.",
            "Fill in where it can be found.",
        ),
        sentences=(
            "The citation of {one} has neither a date nor an address.",
            "The citation of {one} has no date.",
            "The citation of {one} has no address.",
        ),
        why="A reader who cannot find the source cannot check it.",
        fix="Fill in when it was issued and where it can be found.",
        authority="ICD 206, Sourcing Requirements (2015), on source reference citations.",
        look=incomplete_citations,
    ),
    Kind(
        code="UNANCHORED_CITATION",
        title="Unanchored citation",
        severity=Severity.NOTE,
        sentences=("{one} is listed, and nothing on the map comes from it.",),
        why="A reference that is tied to no statement lends its name to all of them.",
        fix="Add what it says as evidence, or take it off the list.",
        authority="ICD 206, Sourcing Requirements (2015): a citation stands with what it is for.",
        look=unanchored_citations,
    ),
)
