"""Sections on sources: who says so and what they gain, the replies, the source summary statement."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.sections.notebook import rating_of_source
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState, Reply, Seen
from evidencemap.tongue import _, several


def who_says_so(basis: Basis, claims: list[Claim], most: int = 6) -> tuple[Block, ...]:
    """Return who stands behind the claims: rating, what it gains, and how many items only copy it."""
    sources = _behind(basis, claims)
    if not sources:
        return ()
    rows = []
    for source in sources[:most]:
        asks = ", ".join(basis.case.number(each) for each in source.gains_from)
        rows.append(
            row(
                cell(Run(text=f"{source.number} ", bold=True), Run(text=source.name)),
                rating_of_source(source),
                source.interest or _("none recorded"),
                asks or "–",
                _own_and_copied(basis, source),
            )
        )
    columns = (
        Column(header=_("Source"), width=1.5, row_header=True),
        Column(header=_("Rating"), width=1.3),
        Column(header=_("Interest"), width=1.9),
        Column(header=_("Gains from"), width=0.9),
        Column(header=_("Items"), width=1.3),
    )
    blocks: list[Block] = [
        Heading(text=_("Who says so, and what they ask for")),
        Table(
            columns=columns, rows=tuple(rows), summary=_("Each source with its rating, interest and items.")
        ),
    ]
    if len(sources) > most:
        left = len(sources) - most
        text = several("{count} more source: see the report.", "{count} more sources: see the report.", left)
        blocks.append(Paragraph(runs=(Run(text=text, muted=True),)))
    return tuple(blocks)


def replies(basis: Basis) -> tuple[Block, ...]:
    """Return what those who are named said when asked."""
    named = [source for source in basis.case.sorted(Source) if source.reply is not None]
    if not named:
        return ()
    items: list[Runs] = []
    for source in named:
        assert source.reply is not None
        dated = f" ({source.reply_date})" if source.reply_date else ""
        said = {
            Reply.NOT_ASKED: _("has not been asked"),
            Reply.ASKED: _("was asked; no answer is recorded"),
            Reply.DECLINED: _("declined to comment"),
            Reply.DENIED: _("denied it"),
            Reply.ADMITTED: _("admitted it"),
            Reply.ANSWERED: _("answered"),
        }[source.reply]
        items.append((Run(text=source.name, bold=True), Run(text=f" {said}{dated}.", voice=Voice.REPORTED)))
    return (Heading(text=_("Reply of those named")), ListBlock(items=tuple(items)))


def source_summary(basis: Basis) -> tuple[Block, ...]:
    """Return the source summary statement, drafted from the map as ICD 206 asks: strengths and weaknesses."""
    case = basis.case
    items = list(case.of(Evidence).values())
    if not items:
        return ()
    copies = sum(1 for item in items if item.copied_from)
    reported = sum(1 for item in items if item.state is EvidenceState.REPORTED)
    described = sum(1 for item in items if item.seen is Seen.DESCRIBED_ONLY)
    audited = sum(1 for item in items if item.audited)
    gaining = sum(1 for source in case.of(Source).values() if source.gains_from)
    sources = {each for item in items for each in item.sources}
    text = [
        _("{items} from {sources}.").format(
            items=several("{count} evidence item", "{count} evidence items", len(items)),
            sources=several("{count} source", "{count} sources", len(sources)),
        ),
        several("{count} only copies another item.", "{count} only copy other items.", copies)
        if copies
        else "",
        several(
            "{count} is known as reported and not in hand.",
            "{count} are known as reported and not in hand.",
            reported,
        )
        if reported
        else "",
        several(
            "{count} is known from a description only.",
            "{count} are known from a description only.",
            described,
        )
        if described
        else "",
        several("{count} has been audited.", "{count} have been audited.", audited)
        if audited
        else _("None has been audited."),
        several(
            "{count} source gains from what is asked for.",
            "{count} sources gain from what is asked for.",
            gaining,
        )
        if gaining
        else "",
    ]
    return (
        Heading(text=_("Source summary statement")),
        Paragraph(runs=(Run(text=" ".join(each for each in text if each), voice=Voice.INFERRED),)),
    )


def _behind(basis: Basis, claims: list[Claim]) -> list[Source]:
    wanted: dict[Id, None] = {}
    for claim in claims:
        for each in claim.stated_by:
            wanted[each] = None
        for source in basis.origins(claim.id):
            wanted[source.id] = None
    for claim in claims:
        for item in basis.items_for(claim.id):
            wanted.update(dict.fromkeys(item.sources))
    return [basis.case.of(Source)[each] for each in wanted]


def _own_and_copied(basis: Basis, source: Source) -> str:
    items = [item for item in basis.case.sorted(Evidence) if source.id in item.sources]
    own = sum(1 for item in items if not item.copied_from)
    copies = len(items) - own
    parts = [
        several("{count} of its own", "{count} of its own", own) if own else "",
        several("{count} copy", "{count} copies", copies) if copies else "",
    ]
    return ", ".join(each for each in parts if each) or _("none")
