"""Findings on evidence: where an item comes from, how it is known, and how it is rated."""

from collections.abc import Iterator, Mapping

from evidencemap.analysis.arrays import marked
from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.entities import Claim, Evidence, Exhibit, Source
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceKind, EvidenceState, Reliability
from evidencemap.model.words import Seen as SeenAs

FAMILY = "Evidence"

_CONFIRMED = 1
_IMPROBABLE = 5


def unsourced_evidence(reading: Reading) -> Iterator[Seen]:
    """See each item in use that has no source and is copied from nothing."""
    for item in reading.items:
        if not item.sources and not item.copied_from and item.state is not EvidenceState.WITHDRAWN:
            yield Seen(on=item.id)


def originals_not_seen(reading: Reading) -> Iterator[Seen]:
    """See each item that is known from descriptions only, by its own field or that of all its sources."""
    described = {each.id for each in reading.sources if each.seen is SeenAs.DESCRIBED_ONLY}
    for item in reading.items:
        if item.seen is SeenAs.DESCRIBED_ONLY:
            yield Seen(on=item.id)
        elif item.seen is None and item.sources and described.issuperset(item.sources):
            yield Seen(on=item.id, names=item.sources, form=1)


def hearsay(reading: Reading) -> Iterator[Seen]:
    """See each item that is a copy of a copy, or further from the first."""
    depth: dict[Id, int] = {}
    items = reading.case.of(Evidence)
    for item in reading.items:
        found = _depth(items, item.id, depth) if item.copied_from else 0
        if found > 1:
            yield Seen(on=item.id, names=item.copied_from, values=(found,))


def reliability_conflicts(reading: Reading) -> Iterator[Seen]:
    """See each item of an unreliable source that is rated confirmed, or of a reliable one, improbable."""
    sources = reading.case.of(Source)
    for item in reading.items:
        for each in item.sources:
            rated = sources[each].reliability
            if (rated is Reliability.E and item.credibility <= 2) or (
                rated is Reliability.A and item.credibility == _IMPROBABLE
            ):
                yield Seen(on=item.id, names=(each,), values=(rated.value, str(item.credibility)))
                break


def confirmed_by_nobody_else(reading: Reading) -> Iterator[Seen]:
    """See each item rated confirmed (1) where no other origin is for what it is for."""
    confirmed = [
        each
        for each in reading.items
        if each.credibility == _CONFIRMED and each.state is not EvidenceState.WITHDRAWN
    ]
    graph, sources, of_items = reading.verdicts.graph, reading.case.of(Source), reading.origins_of_items
    shown_by = reading.what_shows([graph.node_of[each.id] for each in confirmed])
    for item in confirmed:
        node = graph.node_of[item.id]
        beside = set(of_items[node])
        for shown in shown_by[node]:
            if len(beside) > 1:
                break
            beside.update(*[of_items[each] for each in reading.items_for(shown)])
        if len(beside) < 2:
            yield Seen(on=item.id, names=tuple(each for each in beside if each in sources))


def illustrations_used(reading: Reading) -> Iterator[Seen]:
    """See each illustration that is a premise or a warrant of a step."""
    used: dict[Id, Id] = {}
    illustrations = {each.id for each in reading.items if each.kind is EvidenceKind.ILLUSTRATION}
    for step in reading.steps if illustrations else ():
        for each in (*step.premises, *([step.warrant] if step.warrant is not None else [])):
            used.setdefault(each, step.id)
    for item in reading.items:
        if item.id in illustrations and item.id in used:
            yield Seen(on=item.id, names=(used[item.id],))


def unquoted_records(reading: Reading) -> Iterator[Fields]:
    """See each record step from an item that is not quoted word for word."""
    claims, graph = reading.case.of(Claim), reading.verdicts.graph
    quoted = (node for node, item in reading.columns.items if item.quote and not item.quote.isspace())
    are_unquoted = reading.columns.are_items & ~marked(quoted, len(graph.ids))
    from_unquoted, unquoted = reading.columns.arrays.with_any(are_unquoted).tolist(), are_unquoted.tolist()
    ids, body = graph.ids, graph.body
    for at, step in reading.steps_of("record"):
        if from_unquoted[at] and step.conclusion in claims:
            held = [ids[each] for each in body[at][1] if unquoted[each]]
            yield step.id, tuple(held), (), 0, (), None


def struck_quotes(reading: Reading) -> Iterator[Seen]:
    """See each item whose quote stands in a passage that is struck out of one of its exhibits."""
    struck = [each for each in reading.case.sorted(Exhibit) if each.struck]
    for item in reading.items if struck else ():
        quote = " ".join(item.quote.split()).casefold()
        held = {*item.exhibits, None if item.anchor is None else item.anchor.exhibit}
        for each in struck:
            if quote and each.id in held and any(quote in one.casefold() for one in each.struck):
                yield Seen(on=item.id, names=(each.id,))


def _depth(items: Mapping[Id, Evidence], item: Id, depth: dict[Id, int]) -> int:
    """Return how many times an item was copied: 0 for one that is copied from nothing."""
    waiting, begun = [item], set[Id]()
    while waiting:
        each = waiting[-1]
        if each in depth:
            waiting.pop()
            continue
        copied = [copy for copy in items[each].copied_from if items[copy].copied_from]
        unknown = [copy for copy in copied if copy not in depth and copy not in begun]
        if unknown and each not in begun:
            begun.add(each)
            waiting.extend(unknown)
            continue
        depth[each] = max((depth.get(copy, 0) + 1 for copy in items[each].copied_from), default=0)
        waiting.pop()
    return depth[item]


KINDS = (
    Kind(
        code="UNSOURCED_EVIDENCE",
        title="Unsourced evidence",
        severity=Severity.WARNING,
        sentences=("No source is recorded for {one}.",),
        why="An item that nobody can be asked about counts as suggestive and no more.",
        fix="Record who or what it comes from, or what it is copied from.",
        authority="ICD 206, Sourcing Requirements (2015).",
        look=unsourced_evidence,
    ),
    Kind(
        code="NO_PRIMARY_SOURCE",
        title="No primary source",
        severity=Severity.WARNING,
        sentences=(
            "{one} is known from descriptions only: the original has not been seen.",
            "{one} comes from {rest}, known from descriptions only: the original has not been seen.",
        ),
        why="A description leaves out what its author did not need.",
        fix="Get the original, or a copy of it.",
        authority="ICD 206, Sourcing Requirements (2015): use the original source where it can be had.",
        look=originals_not_seen,
    ),
    Kind(
        code="HEARSAY_DEPTH",
        title="Copied from a copy",
        severity=Severity.WARNING,
        sentences=("{one} is a copy of a copy, {value} times removed from the first report.",),
        why="Each retelling may add, drop or strengthen something.",
        fix="Go back to the first report of it.",
        authority="Federal Rules of Evidence (United States), Rule 805, hearsay within hearsay.",
        look=hearsay,
    ),
    Kind(
        code="RELIABILITY_CONFLICT",
        title="Ratings that conflict",
        severity=Severity.WARNING,
        sentences=("{one} is rated {other}, though {two}, from which it comes, is rated {value}.",),
        why="The two are rated apart, and ratings so far from each other ask for a second look.",
        fix="Look at both ratings again, and note what they rest on.",
        authority="NATO AJP-2.1 (2016), on rating reliability and credibility; the Admiralty code.",
        look=reliability_conflicts,
    ),
    Kind(
        code="CREDIBILITY_WITHOUT_INDEPENDENCE",
        title="Confirmed by nobody else",
        severity=Severity.WARNING,
        sentences=("{one} is rated 1, confirmed, and the map has no second origin for what it shows.",),
        why="The rating says that independent sources confirm it.",
        fix="Add the independent source, or rate the item lower.",
        authority="NATO AJP-2.1 (2016): 1 means confirmed by other, independent sources.",
        look=confirmed_by_nobody_else,
    ),
    Kind(
        code="ILLUSTRATION_AS_EVIDENCE",
        title="Illustration as evidence",
        severity=Severity.BLOCKER,
        sentences=("{one} is an illustration, and {two} uses it as if it showed something.",),
        why="A picture or a comparison explains; it shows nothing.",
        fix="Take it out of the step, or record it as evidence of another kind.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(9): visual information is used to clarify.",
        look=illustrations_used,
    ),
    Kind(
        code="UNQUOTED_RECORD",
        title="Unquoted record",
        severity=Severity.NOTE,
        sentences=("{one} is drawn as the very words of the evidence, and no words are quoted from {rest}.",),
        why="Without the words themselves nobody can check that they say this.",
        fix="Quote the passage, with its page.",
        authority="ICD 206, Sourcing Requirements (2015), on source reference citations.",
        look=unquoted_records,
    ),
    Kind(
        code="QUOTE_STRUCK_OUT",
        title="Quote that is struck out",
        severity=Severity.WARNING,
        sentences=("{one} quotes words that are struck out of {two}, as no part of what it is kept for.",),
        why="A footer or an advertisement on the same page is not what the source says.",
        fix="Quote the text itself, or put the passage back.",
        authority="Federal Rules of Evidence (United States), Rule 901(a), on what an item is claimed to be.",
        look=struck_quotes,
    ),
)
