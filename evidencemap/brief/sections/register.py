"""The registers of a brief: sources, evidence, exhibits with digests, custody, history. No judgement."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import listed, some_of
from evidencemap.brief.sections.notebook import rating_in_words, rating_of_source
from evidencemap.model.custody import how_said
from evidencemap.model.entities import Evidence, Exhibit, Source
from evidencemap.model.upkeep import Checkpoint, IssuedBrief
from evidencemap.model.words import EvidenceState
from evidencemap.tongue import _, capital, in_context, several


def source_register(basis: Basis, *, rated: bool = True) -> tuple[Block, ...]:
    """Return every source: name, kind, what it is cited as, interest; `rated` adds its rating."""
    sources = basis.case.sorted(Source)
    if not sources:
        return ()
    columns = [
        Column(header=_("Source"), width=2.0, row_header=True),
        Column(header=_("Kind"), width=1.2),
        Column(header=_("Cited as"), width=2.2),
        Column(header=_("Interest"), width=1.7),
    ]
    if rated:
        columns.append(Column(header=_("Rating"), width=1.2))
    rows = []
    for source in sources:
        kind = _(source.genre.value if source.genre is not None else source.kind.value)
        cited = ", ".join(value for _key, value in source.cites if value)
        asks = some_of([basis.case.number(each) for each in source.gains_from])
        gains = _("gains from {asks}").format(asks=asks) if asks else ""
        interest = "; ".join(each for each in (source.interest.strip(), gains) if each)
        cells = [
            cell(Run(text=f"{source.number} ", bold=True), Run(text=source.name)),
            cell(kind),
            cell(cited or "–"),
            cell(interest or _("none recorded")),
        ]
        if rated:
            cells.append(cell(rating_of_source(source)))
        rows.append(row(*cells))
    summary = _("Every source of the case.")
    return (Heading(text=_("Sources")), *without_empty(columns, rows, summary))


def evidence_register(basis: Basis, *, rated: bool = True) -> tuple[Block, ...]:
    """Return every item of evidence: text, from, state, exhibits; `rated` adds its rating."""
    items = basis.case.sorted(Evidence)
    if not items:
        return ()
    columns = [
        Column(header=_("Evidence (reported)"), width=3.0, row_header=True),
        Column(header=_("From"), width=1.0),
        Column(header=_("State"), width=1.3),
        Column(header=_("Exhibits"), width=0.9),
    ]
    if rated:
        columns.append(Column(header=_("Rating"), width=1.5))
    rows = []
    for item in items:
        sources = [basis.case.of(Source)[each] for each in item.sources]
        origin = [source.number for source in sources]
        origin += [_("copy of {item}").format(item=basis.case.number(each)) for each in item.copied_from]
        state = [_(item.state.value)]
        if item.seen is not None and item.state is not EvidenceState.WITHDRAWN:
            state.append(_(item.seen.value))
        if item.audited:
            state.append(_("audited"))
        if item.when:
            state.append(item.when)
        text = [
            Run(text=f"{item.number} ", bold=True),
            Run(text=item.text, voice=Voice.REPORTED, marked=False),
        ]
        if item.quote:
            text.append(Run(text=_(" “{quote}”").format(quote=item.quote), italic=True))
        cells = [
            cell(*text),
            cell(", ".join(origin) or "–"),
            cell(", ".join(state)),
            cell(", ".join(basis.case.number(each) for each in item.exhibits) or "–"),
        ]
        if rated:
            cells.append(cell(rating_in_words(sources, item)))
        rows.append(row(*cells))
    summary = _("Every item of evidence of the case.")
    return (Heading(text=in_context("heading", "Evidence")), *without_empty(columns, rows, summary))


def without_empty(columns: list[Column], rows: list[Row], summary: str) -> tuple[Block, ...]:
    """Return a table without the columns in which no row says anything, and a line that names them."""
    empty = [
        place
        for place in range(len(columns))
        if all(run.text == "–" for each in rows for runs in each.cells[place].paragraphs for run in runs)
    ]
    kept = [place for place in range(len(columns)) if place not in empty]
    table = Table(
        columns=tuple(columns[place] for place in kept),
        rows=tuple(replace(each, cells=tuple(each.cells[place] for place in kept)) for each in rows),
        summary=summary,
    )
    named = listed([columns[place].header for place in empty if columns[place].header != _("Exhibits")])
    if not named:
        return (table,)
    text = _("Nothing is recorded under: {columns}.").format(columns=named)
    return (table, Paragraph(runs=(Run(text=text),), tone=Tone.SMALL))


def exhibit_register(basis: Basis) -> tuple[Block, ...]:
    """Return every exhibit with its SHA-256, its size and the chain of its custody."""
    exhibits = basis.case.sorted(Exhibit)
    if not exhibits:
        return (
            Heading(text=_("Exhibits")),
            Paragraph(runs=(Run(text=_("The case holds no exhibits.")),)),
        )
    columns = (
        Column(header=_("Exhibit"), width=1.8, row_header=True),
        Column(header=_("Kind and size"), width=1.3),
        Column(header=_("SHA-256"), width=3.4),
    )
    rows = tuple(
        row(
            cell(Run(text=f"{each.number} ", bold=True), Run(text=each.name)),
            several(
                "{kind}, {count} byte",
                "{kind}, {count} bytes",
                each.size,
                kind=each.media_type or _("kind not recorded"),
            ),
            " ".join(each.sha256[at : at + 16] for at in range(0, 64, 16)),
        )
        for each in exhibits
    )
    table = Table(columns=columns, rows=rows, summary=_("Every exhibit with its digest."))
    return (Heading(text=_("Exhibits")), table, *_struck(exhibits), *_custody(exhibits))


def _struck(exhibits: Sequence[Exhibit]) -> Iterator[Block]:
    """Give the passages that were clipped along and belong to nothing that the exhibit is kept for."""
    for each in exhibits:
        if each.struck:
            said = several(
                "One passage of {number} is struck out, as no part of what it is kept for: {passages}.",
                "{count} passages of {number} are struck out, as no part of what it is kept for: {passages}.",
                len(each.struck),
                number=each.number,
                passages=listed([f"“{passage}”" for passage in each.struck]),
            )
            yield Paragraph(runs=(Run(text=said),), tone=Tone.SMALL)


def history(basis: Basis) -> tuple[Block, ...]:
    """Return what is on record of the case's own history: the journal, else checkpoints and issued briefs."""
    blocks: list[Block] = [Heading(text=_("History of the case"))]
    said = []
    if basis.digest:
        said.append(_("Fingerprint of the case: {digest}.").format(digest=basis.digest))
    if basis.history:
        said.append(f"{capital(basis.history)}.")
    if said:
        blocks.append(Paragraph(runs=(Run(text=" ".join(said)),)))
    rows = [row(when, what, who or "–") for when, what, who in basis.journal]
    if not basis.journal:
        rows += [
            row(each.when or "–", _("checkpoint {name}").format(name=each.name), "–")
            for each in basis.case.sorted(Checkpoint)
        ]
        rows += [
            row(each.when or "–", _("brief issued: {template}").format(template=_(each.template)), "–")
            for each in basis.case.sorted(IssuedBrief)
        ]
    if rows:
        columns = (
            Column(header=_("When (UTC)"), width=1.5, row_header=True),
            Column(header=_("What"), width=3.5),
            Column(header=_("By"), width=1.2),
        )
        blocks.append(Table(columns=columns, rows=tuple(rows), summary=_("What was done to the case.")))
    elif not said:
        blocks.append(Paragraph(runs=(Run(text=_("No history is recorded with this listing.")),)))
    return tuple(blocks)


def exhibits_and_history(basis: Basis) -> tuple[Block, ...]:
    """Return exhibits and history; under one heading where there is neither."""
    files, past = exhibit_register(basis), history(basis)
    recorded = basis.digest or basis.history or any(isinstance(block, Table) for block in past)
    if basis.case.of(Exhibit) or recorded:
        return (*files, *past)
    said = [block.runs for block in (*files, *past) if isinstance(block, Paragraph)]
    return (files[0], Paragraph(runs=(*said[0], Run(text=" "), *said[1])))


def _custody(exhibits: list[Exhibit]) -> tuple[Block, ...]:
    entries = [(exhibit, entry) for exhibit in exhibits for entry in exhibit.custody]
    if not entries:
        return (Paragraph(runs=(Run(text=_("No custody is recorded.")),), tone=Tone.SMALL),)
    columns = (
        Column(header=_("Exhibit"), width=0.8, row_header=True),
        Column(header=_("When (UTC)"), width=1.5),
        Column(header=_("What"), width=2.2),
        Column(header=_("By"), width=1.2),
    )
    rows = tuple(
        row(
            exhibit.number,
            entry.when or "–",
            ", ".join(each for each in (_(entry.what), how_said(entry.how), entry.why) if each) or "–",
            entry.who or "–",
        )
        for exhibit, entry in entries
    )
    table = Table(columns=columns, rows=rows, summary=_("The custody of each exhibit."))
    return (Heading(text=_("Custody"), level=3), table)
