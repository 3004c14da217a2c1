"""Sections of a report that list what else is recorded: chronology, findings, terms, key list."""

from datetime import date

from evidencemap.analysis.dates import moment
from evidencemap.analysis.judged import ClaimStatus
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
from evidencemap.brief.phrases import some_of
from evidencemap.brief.sections.claims import carried, voice_of
from evidencemap.model.entities import Claim, Evidence, Source, Term, Watch
from evidencemap.tongue import _, capital, several


def chronology(basis: Basis) -> tuple[Block, ...]:
    """Return what has a date, in order; what has none that can be placed comes last, as it was written."""
    dated: list[tuple[str, str, str, bool]] = []
    for item in basis.case.sorted(Evidence):
        dated.append((item.when, item.number, item.text, False))
    for claim in basis.case.sorted(Claim):
        dated.append((claim.when, claim.number, claim.text, False))
    for source in basis.case.sorted(Source):
        if source.retracted is not None:
            text = _("{name} was retracted: {why}").format(name=source.name, why=source.retracted.why)
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


def glossary(basis: Basis) -> tuple[Block, ...]:
    """Return the terms of the case: what they mean, and the neutral word while a gate is shut."""
    terms = basis.case.sorted(Term)
    if not terms:
        return ()
    entries: list[tuple[Runs, Runs]] = []
    for term in terms:
        said = [term.definition] if term.definition else []
        shut = [each for each in term.gate if basis.verdicts.claims[each].status is not ClaimStatus.SUPPORTED]
        if shut:
            said.append(
                several(
                    "Not for the case's own voice until {claims} is supported.",
                    "Not for the case's own voice until {claims} are supported.",
                    len(shut),
                    claims=some_of([basis.case.number(each) for each in shut]),
                )
            )
        if term.neutral and shut:
            said.append(_("Until then, the word is “{word}”.").format(word=term.neutral))
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
    voice = voice_of(claim)
    return row(
        cell(
            Run(text=f"{claim.number} ", bold=True),
            Run(text=claim.text, voice=voice, marked=voice is not Voice.REPORTED),
        ),
        carried(basis, claim),
        cell(Run(text=capital(_(verdict.status.value)), bold=True, state=basis.state(claim.id))),
    )


def _placed(text: str) -> date | None:
    return moment(text).earliest
