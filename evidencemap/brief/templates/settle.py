"""The settle sheet: the answer to "what would settle it?", with the questions by who holds the answer."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.fitting import fullest, page_count
from evidencemap.brief.outline import Block, Heading, MetaTable, Outline
from evidencemap.brief.press.style import PAPERS
from evidencemap.brief.room import Room, sheet_rooms
from evidencemap.brief.sections.bottom import fixed_sentence, no_claim
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.others import other_explanations
from evidencemap.brief.sections.requests import ladder_table, open_requests, question_sheet, request_table
from evidencemap.tongue import _

PAGES = 1
"""A settle sheet has no more pages, whatever the case."""


def settle_sheet(basis: Basis) -> Outline:
    """Return the settle sheet of a case: as much as fits one page on Letter and on A4, the rest counted.

    The type is that of a report where all fits, else the closer one of a memo.
    """
    rooms = sheet_rooms()
    large = _sheet(basis, rooms[0], compact=False)
    if all(page_count(large, paper) <= PAGES for paper in PAPERS):
        return large
    return fullest(lambda room: _sheet(basis, room), rooms, PAGES)


def _sheet(basis: Basis, room: Room, *, compact: bool = True) -> Outline:
    focus = basis.focus()[: room.claims]
    asks = basis.asks()[: max(1, min(room.asks, 2))]
    requests = open_requests(basis, [*focus, *asks])
    blocks: list[Block] = [
        Heading(text=_("What would settle it?"), level=1),
        MetaTable(rows=head(basis, room)),
        *(ladder_table(basis, [*focus, *asks], room) or no_claim(basis)),
        *(question_sheet(basis, requests, room) or request_table(basis, requests, room)),
        *other_explanations(basis, focus, room),
        *fixed_sentence(),
    ]
    return outline_of(basis, blocks, compact=compact)
