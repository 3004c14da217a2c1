"""The memo: two pages on what stands, what does not, and what would settle it."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, MetaTable, Outline, Run, Runs
from evidencemap.brief.sections.claims import (
    bottom_line,
    claims_table,
    fixed_sentence,
    shown_and_not,
    unsupported_steps,
    what_rests,
)
from evidencemap.brief.sections.figures import where_the_chain_breaks
from evidencemap.brief.sections.keys import key_to_scales
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.brief.sections.requests import open_requests, request_table
from evidencemap.brief.sections.sources import replies, source_summary, who_says_so
from evidencemap.model.entities import Source
from evidencemap.tongue import _, several


def memo(basis: Basis) -> Outline:
    """Return the memo on a case. What does not fit two pages is left to the report, and said so."""
    case = basis.case
    book = Notebook(basis, most=8)
    focus = basis.focus()
    asks = basis.asks()[:1]
    headline = basis.headline()
    title = _("The claims under the headline") if headline is not None and headline.parts else _("The claims")
    blocks: list[Block] = [
        Heading(text=_("Memorandum"), level=1, kicker=True),
        MetaTable(rows=head(basis)),
        *bottom_line(basis, book, focus),
        *claims_table(basis, book, focus, title),
        *where_the_chain_breaks(basis, focus),
        *request_table(basis, open_requests(basis, [*focus, *asks]), most=4),
        *shown_and_not(basis, focus),
        *fixed_sentence(),
        *unsupported_steps(basis, focus, most=4),
        *what_rests(basis),
        *who_says_so(basis, focus, most=3),
        *replies(basis),
        *source_summary(basis),
        *book.blocks(),
        *key_to_scales(basis, short=True),
    ]
    return Outline(
        title=case.header.title,
        date=basis.today,
        blocks=tuple(blocks),
        handling=case.header.handling,
        footer=footer(basis),
        draft=True,
        author=case.header.sender,
        subject=case.header.question,
    )


def head(basis: Basis) -> tuple[tuple[str, Runs], ...]:
    """Return the head of a memo; handling stands here too, since headers are not read aloud."""
    header = basis.case.header
    rows = [
        (_("To"), header.to),
        (_("From"), header.sender),
        (_("Date"), basis.today),
        (_("As of"), header.as_of),
        (_("Handling"), header.handling),
    ]
    held: list[tuple[str, Runs]] = [(label, (Run(text=text),)) for label, text in rows if text]
    return (*held, (_("Subject"), (Run(text=header.title, bold=True),)))


def footer(basis: Basis) -> str:
    """Return what stands in the footer: the state of the case, its history, its origins."""
    parts = [
        _("Case {digest}").format(digest=f"{basis.digest[:4]} {basis.digest[4:8]}") if basis.digest else "",
        basis.history,
        several("{count} source", "{count} sources", len(basis.case.of(Source))),
    ]
    return " · ".join(part for part in parts if part)
