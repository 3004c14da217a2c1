"""The settle sheet: the answer to "what would settle it?", with the questions by who holds the answer."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.fitting import fullest
from evidencemap.brief.outline import Block, Heading, MetaTable, Outline
from evidencemap.brief.room import Room, memo_rooms
from evidencemap.brief.sections.bottom import fixed_sentence
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.requests import ladder_table, open_requests, question_sheet
from evidencemap.tongue import _

PAGES = 1
"""A settle sheet has no more pages, whatever the case."""


def settle_sheet(basis: Basis) -> Outline:
    """Return the settle sheet of a case: as much as fits one page on Letter and on A4, the rest counted."""
    return fullest(lambda room: _sheet(basis, room), memo_rooms(), PAGES)


def _sheet(basis: Basis, room: Room) -> Outline:
    focus = basis.focus()[: room.claims]
    asks = basis.asks()[: max(1, min(room.asks, 2))]
    requests = open_requests(basis, [*focus, *asks])
    blocks: list[Block] = [
        Heading(text=_("What would settle it?"), level=1),
        MetaTable(rows=head(basis, room)),
        *ladder_table(basis, [*focus, *asks], room),
        *question_sheet(basis, requests, room),
        *fixed_sentence(),
    ]
    return outline_of(basis, blocks, compact=True)
