"""How long an outline is on paper, and the fullest of several that fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import Outline
from evidencemap.brief.press.compose import Composer, known_anchors
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.pages import paginate
from evidencemap.brief.press.style import PAPERS, sheet
from evidencemap.brief.room import Room
from evidencemap.brief.tagged.structure import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long an outline is on a paper: pages, how full the last is (0 to 1), signs that no face has."""

    pages: int
    last: float
    unknown: tuple[str, ...] = ()


def length_of(outline: Outline, paper: str) -> Length:
    """Return how long the outline is on a paper ("letter" or "a4"). Writes nothing."""
    page = sheet(paper, close=outline.compact)
    book = FontBook()
    inker = Inker(book, voices=outline.voices, anchors=known_anchors(outline))
    boxes = Composer(outline, Element("Document"), inker, page).boxes()
    pages = paginate(boxes, page.measure, page.depth)
    foot = max((one.down + one.box.measure(page.measure) for one in pages[-1]), default=0.0)
    unknown = tuple(f"U+{ord(character):04X}" for character in sorted(book.unknown))
    return Length(pages=len(pages), last=min(1.0, foot / page.depth), unknown=unknown)


def page_count(outline: Outline, paper: str) -> int:
    """Return how many pages the outline fills on a paper ("letter" or "a4"). Writes nothing."""
    return length_of(outline, paper).pages


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
