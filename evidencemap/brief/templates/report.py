"""The report: everything that a memo has no room for, claim by claim, with every register."""

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
)
from evidencemap.brief.room import EVERYTHING
from evidencemap.brief.sections.asks import asks_table, what_rests
from evidencemap.brief.sections.bottom import bottom_line, fixed_sentence, title_of
from evidencemap.brief.sections.claims import claims_table, shown_and_not, unsupported_steps
from evidencemap.brief.sections.dissent import dissent
from evidencemap.brief.sections.each_claim import each_claim
from evidencemap.brief.sections.figures import where_the_chain_breaks
from evidencemap.brief.sections.findings import findings_section
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.honest import headline_and_honest
from evidencemap.brief.sections.keys import key_to_scales
from evidencemap.brief.sections.maps import whole_map
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.brief.sections.numbers import numbers_in_context
from evidencemap.brief.sections.others import other_explanations
from evidencemap.brief.sections.record import (
    chronology,
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
from evidencemap.model.scales import scales
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _

METHOD = (
    "Every statement of the case is a claim, and a claim stands on steps from evidence or from other "
    "claims. A chain is as strong as its weakest link, and saying a thing again does not make it surer. "
    "A step needs a warrant with something behind it, unless it is a record, a definition, a comparison, "
    "a magnitude or practical. Grades are ordinal words and never percentages; the analyst's own "
    "likelihood and confidence stand beside them and never enter them."
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
        *claims_table(basis, book, basis.under_headline() or focus, title_of(basis, focus), room),
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
        *each_claim(basis, book, claims),
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
        *whole_map(basis, told=claims),
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


def _authorities() -> tuple[Block, ...]:
    items: list[Runs] = [
        (Run(text=f"{_(scale.title)}: ", bold=True), Run(text=_(scale.authority)))
        for scale in sorted(scales().values(), key=lambda each: each.name)
        if scale.authority
    ]
    return (Heading(text=_("Authorities of the scales"), level=3), ListBlock(items=tuple(items)))
