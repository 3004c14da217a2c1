"""The memo: two pages on what stands, what does not, and what would settle it."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.fitting import fullest
from evidencemap.brief.outline import Block, Heading, MetaTable, Outline
from evidencemap.brief.room import Room, memo_rooms
from evidencemap.brief.sections.asks import asks_table, what_rests
from evidencemap.brief.sections.bottom import bottom_line, fixed_sentence, title_of
from evidencemap.brief.sections.claims import claims_table, shown_and_not, unsupported_steps
from evidencemap.brief.sections.dissent import dissent_and_accepted
from evidencemap.brief.sections.figures import where_the_chain_breaks
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.honest import headline_and_honest
from evidencemap.brief.sections.keys import key_to_scales
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.brief.sections.numbers import numbers_in_context
from evidencemap.brief.sections.others import other_explanations
from evidencemap.brief.sections.requests import open_requests, request_table
from evidencemap.brief.sections.sources import replies, source_summary, who_says_so
from evidencemap.tongue import _

PAGES = 2
"""A memo has no more pages, whatever the case."""


def memo(basis: Basis) -> Outline:
    """Return the memo on a case: as much as fits two pages on Letter and on A4, the rest counted.

    The words are the same for every paper. What there is no room for is left to the report.
    """
    return fullest(lambda room: _memo(basis, room), memo_rooms(), PAGES)


def _memo(basis: Basis, room: Room) -> Outline:
    book = Notebook(basis, most=room.notes, letters=room.letters)
    whole = basis.focus()
    focus = whole[: room.claims]
    under = len(basis.under_headline()) or len(whole)
    requests = open_requests(basis, [*focus, *basis.asks()[:1]])
    blocks: list[Block] = [
        Heading(text=_("Memorandum"), level=1, kicker=True),
        MetaTable(rows=head(basis, room)),
        *bottom_line(basis, book, focus, room),
        *fixed_sentence(),
        *shown_and_not(basis, focus, room),
        *claims_table(basis, book, focus, title_of(basis, whole), room, left=under - len(focus)),
        *where_the_chain_breaks(basis, focus),
        *request_table(basis, requests, room),
        *what_rests(basis, asks_table(basis, room)),
        *headline_and_honest(basis, room),
        *unsupported_steps(basis, focus, room),
        *numbers_in_context(basis, basis.quantities(focus), room),
        *who_says_so(basis, focus, room),
        *other_explanations(basis, focus, room),
        *dissent_and_accepted(basis, room),
        *_sources_and_replies(basis, room),
        *book.blocks(),
        *key_to_scales(basis, short=True),
    ]
    return outline_of(basis, blocks, compact=True)


def _sources_and_replies(basis: Basis, room: Room) -> list[Block]:
    said = [*replies(basis, room), *source_summary(basis)]
    return [Heading(text=_("Replies and sources")), *said] if said else []
