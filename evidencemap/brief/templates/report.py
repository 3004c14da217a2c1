"""The report: everything that a memo has no room for, claim by claim, with every register."""

from evidencemap.analysis.independent import asks_for_a_look, independent_looks
from evidencemap.analysis.load import loads
from evidencemap.analysis.sentences import explain
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Contents,
    Heading,
    ListBlock,
    MetaTable,
    Outline,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Tone,
    Voice,
)
from evidencemap.brief.phrases import listed
from evidencemap.brief.room import EVERYTHING
from evidencemap.brief.sections.asks import asks_table, what_rests
from evidencemap.brief.sections.bottom import bottom_line, fixed_sentence
from evidencemap.brief.sections.claims import claims_table, shown_and_not, unsupported_steps, voice_of
from evidencemap.brief.sections.dissent import dissent
from evidencemap.brief.sections.figures import where_the_chain_breaks
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.honest import headline_and_honest
from evidencemap.brief.sections.keys import key_to_scales
from evidencemap.brief.sections.maps import claim_map, whole_map
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.brief.sections.numbers import numbers_in_context
from evidencemap.brief.sections.others import other_explanations
from evidencemap.brief.sections.record import (
    chronology,
    findings_section,
    glossary,
    key_list,
    reviews,
)
from evidencemap.brief.sections.register import evidence_register, exhibit_register, history, source_register
from evidencemap.brief.sections.requests import ladder_table, open_requests, question_sheet, request_table
from evidencemap.brief.sections.sources import (
    how_each_tells_it,
    replies,
    source_summary,
    who_belongs_to_whom,
    who_says_so,
)
from evidencemap.model.entities import Claim, Quantity
from evidencemap.model.records import Id
from evidencemap.model.scales import scales
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _, figure

MOST_PICTURED = 80
"""Claims that have a picture of what leads to them; of more, those that bear the most."""

METHOD = (
    "Every statement of the case is a claim; every claim rests on steps from evidence or from other "
    "claims. A chain is as strong as its weakest link, and saying a thing again does not make it surer. "
    "A step from claim to claim needs a warrant with something behind it. Grades are ordinal words and "
    "never percentages; the analyst's own likelihood and confidence stand beside them and never enter them."
)


def report(basis: Basis) -> Outline:
    """Return the report on a case, 20 to 200 pages for a case of the usual size. Leaves nothing out."""
    book = Notebook(basis, most=10**9)
    focus = basis.focus()
    claims = [claim for claim in basis.case.sorted(Claim) if claim.kind is not ClaimKind.ASK]
    room = EVERYTHING
    blocks: list[Block] = [
        Heading(text=_("Report"), level=1, kicker=True),
        MetaTable(rows=head(basis)),
        *bottom_line(basis, book, focus, room),
        *fixed_sentence(),
        Contents(title=_("Contents"), depth=2),
        PageBreak(),
        Heading(text=_("Method")),
        Paragraph(runs=(Run(text=_(METHOD)),)),
        *shown_and_not(basis, focus, room),
        *claims_table(basis, book, focus, _("The claims that matter most"), room),
        *where_the_chain_breaks(basis, focus, room=466.0),
        *headline_and_honest(basis, room),
        *unsupported_steps(basis, focus, room),
        *numbers_in_context(basis, basis.case.sorted(Quantity), room),
        *who_says_so(basis, claims, room),
        *how_each_tells_it(basis),
        *who_belongs_to_whom(basis),
        *replies(basis, room),
        *source_summary(basis),
        *_asks(basis),
        *_each_claim(basis, book, claims, focus),
        *request_table(basis, open_requests(basis, focus), room, title=_("Requests")),
        *ladder_table(
            basis, [*focus, *basis.asks()[:5]], room, title=_("What would settle it, claim by claim")
        ),
        *question_sheet(basis, open_requests(basis, focus), room),
        *other_explanations(basis, claims, room),
        *chronology(basis),
        *dissent(basis, room),
        *findings_section(basis),
        *reviews(basis),
        *whole_map(basis),
        *source_register(basis),
        *evidence_register(basis),
        *exhibit_register(basis),
        *history(basis),
        *glossary(basis),
        *key_list(basis),
        *book.blocks(),
        *key_to_scales(basis),
        *_authorities(),
    ]
    return outline_of(basis, blocks)


def _asks(basis: Basis) -> tuple[Block, ...]:
    table = asks_table(basis, EVERYTHING, why=True)
    return (Heading(text=_("What they ask for")), *table, *what_rests(basis)) if table else ()


def _each_claim(basis: Basis, book: Notebook, claims: list[Claim], focus: list[Claim]) -> list[Block]:
    if not claims:
        return []
    blocks: list[Block] = [Heading(text=_("Each claim"))]
    pictured = _pictured(basis, claims, focus)
    if len(pictured) < len(claims):
        said = _(
            "What leads to a claim is drawn for {pictured} of these {all} claims: those of the headline, and "
            "then those on which the most rests. For the others, the table of all steps says it."
        ).format(pictured=figure(len(pictured)), all=figure(len(claims)))
        blocks.append(Paragraph(runs=(Run(text=said),)))
    for claim in claims:
        blocks += _one_claim(basis, book, claim, pictured=claim.id in pictured)
    return blocks


def _pictured(basis: Basis, claims: list[Claim], focus: list[Claim]) -> set[Id]:
    """Return the claims with a picture: all of a usual case, those that bear the most of a large one."""
    if len(claims) <= MOST_PICTURED:
        return {each.id for each in claims}
    known, first = loads(basis.verdicts), {each.id for each in focus}

    def bears(claim: Claim) -> tuple[bool, int, int, int]:
        load = known.of(claim.id)
        return (claim.id in first, load.stake, load.asks, load.claims)

    return {each.id for each in sorted(claims, key=bears, reverse=True)[:MOST_PICTURED]}


def _one_claim(basis: Basis, book: Notebook, claim: Claim, *, pictured: bool) -> list[Block]:
    verdict = basis.verdicts.claims[claim.id]
    explained = explain(basis.case, basis.verdicts, claim.id)
    why = " ".join(explained.sentences)
    facts = [_("Kind: {kind}.").format(kind=_(claim.kind.value))]
    if claim.stated:
        facts.append(_("Stated as {grade}.").format(grade=_(claim.stated.word)))
    if claim.stated_by:
        facts.append(
            _("Stated by {who}.").format(who=listed([basis.case.number(e) for e in claim.stated_by]))
        )
    if claim.stated_to.strip():
        facts.append(_("Said to {addressee}.").format(addressee=claim.stated_to.strip()))
    if claim.likelihood or claim.confidence:
        own = ", ".join(each for each in (claim.likelihood, claim.confidence) if each)
        facts.append(_("The analyst's own view, apart from the grade: {view}.").format(view=own))
    if claim.hedges:
        facts.append(_("Hedges: {hedges}.").format(hedges=", ".join(claim.hedges)))
    if asks_for_a_look(claim):
        looks = [basis.case.number(each) for each in independent_looks(basis.case, claim.id)]
        facts.append(_("Independent look: {looks}.").format(looks=listed(looks) or _("none is recorded")))
    status = Run(text=_(verdict.status.value).capitalize(), bold=True, state=basis.state(claim.id))
    blocks: list[Block] = [
        Heading(text=f"{claim.number} {_(claim.kind.value).capitalize()}", level=3, anchor=claim.number),
        Paragraph(runs=(Run(text=claim.text, voice=voice_of(claim)),), tone=Tone.LEAD),
        Paragraph(runs=(status, Run(text=". "), Run(text=why, voice=Voice.INFERRED)), keeps=True),
        Paragraph(runs=(Run(text=" ".join(facts)),), tone=Tone.SMALL),
        *(claim_map(basis, claim) if pictured else ()),
    ]
    for title, con in ((_("For it"), False), (_("Against it"), True)):
        items = _items(basis, book, claim, con=con)
        if items:
            blocks += [Heading(text=title, level=4), ListBlock(items=tuple(items))]
    asked = [
        (Run(text=f"{each.number} {each.text}"), Run(text=f" ({_(each.state.value)})", muted=True))
        for each in basis.requests_for(claim.id)
    ]
    if asked:
        blocks += [Heading(text=_("Requests that would settle it"), level=4), ListBlock(items=tuple(asked))]
    return blocks


def _items(basis: Basis, book: Notebook, claim: Claim, *, con: bool) -> list[Runs]:
    made: list[Runs] = []
    for step in basis.steps_to(claim.id):
        if step.con is not con:
            continue
        for item in basis.items_of(step):
            made.append(
                (
                    Run(text=f"{step.number}: {item.number} ", bold=True),
                    Run(text=item.text, voice=Voice.REPORTED),
                    *book.marks([item], voice=Voice.REPORTED),
                )
            )
        held = [
            _("{claim} ({status})").format(
                claim=basis.case.number(premise), status=_(basis.verdicts.claims[premise].status.value)
            )
            for premise in step.premises
            if premise in basis.case.of(Claim)
        ]
        if held:
            said = Run(text=_("from {claims}").format(claims=listed(held)), voice=Voice.INFERRED)
            made.append((Run(text=f"{step.number}: ", bold=True), said))
    return made


def _authorities() -> tuple[Block, ...]:
    items: list[Runs] = [
        (Run(text=f"{scale.title}: ", bold=True), Run(text=scale.authority))
        for scale in sorted(scales().values(), key=lambda each: each.name)
        if scale.authority
    ]
    return (Heading(text=_("Authorities of the scales"), level=3), ListBlock(items=tuple(items)))
