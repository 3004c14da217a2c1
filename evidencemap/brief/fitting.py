"""How many pages an outline fills, and the fullest of several that fits."""

from collections.abc import Callable, Sequence

from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import Outline
from evidencemap.brief.press.compose import Composer, known_anchors
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.pages import paginate
from evidencemap.brief.press.style import PAPERS, sheet
from evidencemap.brief.room import Room
from evidencemap.brief.tagged.structure import Element


def page_count(outline: Outline, paper: str) -> int:
    """Return how many pages the outline fills on a paper ("letter" or "a4"). Writes nothing."""
    page = sheet(paper, close=outline.compact)
    inker = Inker(FontBook(), voices=outline.voices, anchors=known_anchors(outline))
    boxes = Composer(outline, Element("Document"), inker, page).boxes()
    return len(paginate(boxes, page.measure, page.depth))


def fullest(make: Callable[[Room], Outline], rooms: Sequence[Room], pages: int) -> Outline:
    """Return the outline of the widest room that fits so many pages on every paper.

    `rooms` go from the widest to the narrowest, which is taken where none fits. Asks about the
    logarithm of their number.
    """
    low, high = 0, len(rooms) - 1
    best = None
    while low < high:
        middle = (low + high) // 2
        outline = make(rooms[middle])
        if all(page_count(outline, paper) <= pages for paper in PAPERS):
            best, high = outline, middle
        else:
            low = middle + 1
    return best if best is not None else make(rooms[-1])
