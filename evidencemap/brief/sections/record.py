"""Sections of a report that list what else is recorded: chronology, findings, terms, key list."""

from datetime import date
from itertools import groupby

from evidencemap.analysis import findings as registry
from evidencemap.analysis.dates import moment
from evidencemap.analysis.findings import Finding, Severity
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    Key,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import listed
from evidencemap.brief.room import EVERYTHING
from evidencemap.brief.sections.claims import voice_of
from evidencemap.brief.sections.dissent import accepted, despite
from evidencemap.model.entities import Claim, Evidence, Source, Term, Watch
from evidencemap.tongue import _, capital


def chronology(basis: Basis) -> tuple[Block, ...]:
    """Return what has a date, in order; what has none that can be placed comes last, as it was written."""
    dated: list[tuple[str, str, str, bool]] = []
    for item in basis.case.sorted(Evidence):
        dated.append((item.when, item.number, item.text, False))
    for claim in basis.case.sorted(Claim):
        dated.append((claim.when, claim.number, claim.text, False))
    for source in basis.case.sorted(Source):
        if source.retracted is not None:
            text = _("{name} retracted: {why}").format(name=source.name, why=source.retracted.why)
            dated.append((source.retracted.date, source.number, text, True))
        if source.reply is not None and source.reply_date:
            text = _("{name}: {reply}").format(name=source.name, reply=_(source.reply.value))
            dated.append((source.reply_date, source.number, text, False))
    held = [each for each in dated if each[0]]
    if not held:
        said = _("No item, claim, retraction or reply has a date.")
        return (Heading(text=_("Chronology")), Paragraph(runs=(Run(text=said),)))
    held.sort(key=lambda each: (_placed(each[0]) is None, _placed(each[0]) or date.max))
    columns = (
        Column(header=_("When"), width=1.3, row_header=True),
        Column(header=_("What (reported)"), width=5.0),
    )
    rows = tuple(
        row(when, cell(Run(text=f"{number} ", bold=True), Run(text=text, voice=Voice.REPORTED, marked=False)))
        for when, number, text, _retracted in held
    )
    return (
        Heading(text=_("Chronology")),
        Table(columns=columns, rows=rows, summary=_("What has a date, in order.")),
    )


def findings_section(basis: Basis) -> tuple[Block, ...]:
    """Return the findings, the gravest first, and those that were accepted with their reasons."""
    open_ones = [each for each in basis.findings if not registry.is_accepted(basis.case, each)]
    blocks: list[Block] = [Heading(text=_("Findings"))]
    if open_ones:
        columns = (
            Column(header=_("On"), width=0.8, row_header=True),
            Column(header=_("Finding (inferred)"), width=6.0),
        )
        rows: list[Row] = []
        for (severity, code), group in groupby(open_ones, key=lambda each: (each.severity, each.code)):
            rows += _of_one_code(basis, severity, code, list(group))
        summary = _("The findings by what they are, the gravest first, each with what would mend it.")
        blocks.append(Table(columns=columns, rows=tuple(rows), summary=summary))
    else:
        blocks.append(Paragraph(runs=(Run(text=_("No finding is open.")),)))
    items = (*accepted(basis, EVERYTHING), *despite(basis))
    if items:
        blocks += [Heading(text=_("Findings accepted, and why"), level=3), ListBlock(items=items)]
    return tuple(blocks)


def _of_one_code(basis: Basis, severity: Severity, code: str, group: list[Finding]) -> list[Row]:
    """Return the rows of the findings of one code; what would mend all of them is said once."""
    fixes = {registry.fix_of(basis.case, each) for each in group}
    named = f"{capital(_(str(severity)))}: {registry.title_of(code)} ({len(group)}). "
    head = [Run(text=named, bold=True)]
    if len(fixes) == 1:
        head.append(Run(text=next(iter(fixes)), muted=True))
    rows = [row(cell(*head, columns=2, header=True))]
    for each in group:
        said = [Run(text=registry.sentence_of(basis.case, each), voice=Voice.INFERRED, marked=False)]
        if len(fixes) > 1:
            said.append(Run(text=" " + registry.fix_of(basis.case, each), muted=True))
        on = listed([basis.case.number(one) for one in each.on if one in basis.case]) or "–"
        rows.append(row(on, cell(*said)))
    return rows


def glossary(basis: Basis) -> tuple[Block, ...]:
    """Return the terms of the case: what they mean, and the neutral word while a gate is shut."""
    terms = basis.case.sorted(Term)
    if not terms:
        return ()
    entries: list[tuple[Runs, Runs]] = []
    for term in terms:
        said = [term.definition] if term.definition else []
        shut = [claim for claim in term.gate if not basis.stands(claim)]
        if term.neutral and shut:
            claims = listed([basis.case.number(each) for each in shut])
            said.append(
                _("Not used in our own voice until {claims} stand; the neutral word is “{word}”.").format(
                    claims=claims, word=term.neutral
                )
            )
        elif term.neutral:
            said.append(_("The neutral word is “{word}”.").format(word=term.neutral))
        text = " ".join(said) or _("No definition is recorded.")
        entries.append(((Run(text=", ".join(term.words)),), (Run(text=text),)))
    return (Heading(text=_("Terms")), Key(entries=tuple(entries)))


def key_list(basis: Basis) -> tuple[Block, ...]:
    """Return every claim with its grade and status, so that a number in the text can be looked up."""
    claims = basis.case.sorted(Claim)
    if not claims:
        return ()
    columns = (
        Column(header=_("Claim (reported)"), width=4.4, row_header=True),
        Column(header=_("Evidence carries"), width=1.1),
        Column(header=_("Finding (inferred)"), width=1.4),
    )
    rows = tuple(_key_row(basis, claim) for claim in claims)
    summary = _("Every claim, method, assumption and ask with how it stands.")
    return (Heading(text=_("Key list")), Table(columns=columns, rows=rows, summary=summary))


def reviews(basis: Basis) -> tuple[Block, ...]:
    """Return what is to be looked at again, and when, and the standing questions of the case."""
    header = basis.case.header
    items: list[Runs] = []
    if header.review_by:
        items.append((Run(text=_("The case is due for review by {date}.").format(date=header.review_by)),))
    for watch in basis.case.sorted(Watch):
        about = basis.case.number(watch.about) if watch.about is not None else _("the case")
        text = _("{about} by {date}: {why}").format(
            about=about, date=watch.by or _("no date"), why=watch.why or _("no reason recorded")
        )
        items.append((Run(text=text),))
    items += [(Run(text=question),) for question in header.standing_questions]
    return (Heading(text=_("To look at again")), ListBlock(items=tuple(items))) if items else ()


def _key_row(basis: Basis, claim: Claim) -> Row:
    verdict = basis.verdicts.claims[claim.id]
    return row(
        cell(
            Run(text=f"{claim.number} ", bold=True),
            Run(text=claim.text, voice=voice_of(claim), marked=False),
        ),
        capital(_(verdict.pro.word)),
        cell(Run(text=capital(_(verdict.status.value)), bold=True, state=basis.state(claim.id))),
    )


def _placed(text: str) -> date | None:
    return moment(text).earliest
