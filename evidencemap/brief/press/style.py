"""The type scale, the grid and the colours of a printed brief, in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidencemap.brief.drawing import State
from evidencemap.brief.palette import INKS
from evidencemap.brief.tagged.canvas import Colour

PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}


def colour(code: str) -> Colour:
    """Return the colour of a code such as "#1F5FA6"."""
    red, green, blue = (round(int(code[place : place + 2], 16) / 255, 4) for place in (1, 3, 5))
    return red, green, blue


INK = colour("#14181F")
MUTED = colour("#5A6472")
HAIRLINE = colour("#D3D8DE")
RULE = colour("#14181F")
LINK = colour("#1F5FA6")
PAPER = colour("#FFFFFF")
CARD_EDGE = colour("#C3CAD2")
WATERMARK = colour("#F3F4F6")

STATES: dict[State, Colour] = {state: colour(code) for state, code in INKS.items()}


def tint(of: Colour, share: float = 0.06) -> Colour:
    """Return the colour thinned with white to the share given."""
    red, green, blue = (round(1 - share * (1 - part), 4) for part in of)
    return red, green, blue


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One step of the type scale."""

    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    bold: bool = False
    strong: bool = False
    italic: bool = False
    ink: Colour = INK


BODY = Type(size=10, leading=14.4, after=6)
LEAD = Type(size=11, leading=16, after=7)
SMALL = Type(size=8.2, leading=11.4, after=4, ink=MUTED)
QUOTE = Type(size=10, leading=14.4, before=2, after=7, italic=True)
CALLOUT = Type(size=10.2, leading=14.3)
CELL = Type(size=9, leading=11.7)
COLUMN_HEAD = Type(size=7.9, leading=10.4, bold=True, ink=MUTED)
META = Type(size=9.8, leading=13.2)
CAPTION = Type(size=8, leading=11, before=4, after=6, ink=MUTED)
TABLE_TITLE = Type(size=9, leading=12, before=4, after=3, strong=True)
FIGURE_TITLE = Type(size=9, leading=12, before=8, after=2, strong=True)
SIDE_HEAD = Type(size=9, leading=12, strong=True)
NOTE = Type(size=8.2, leading=11.4)
FOOTER = Type(size=7.4, leading=10, ink=MUTED)
KICKER = Type(size=9, leading=12, before=0, after=8, bold=True)
HEADINGS = {
    1: Type(size=17, leading=22, before=0, after=9, bold=True),
    2: Type(size=11, leading=14.5, before=12, after=4, bold=True),
    3: Type(size=10.4, leading=14, before=15, after=3.5, bold=True),
    4: Type(size=9.4, leading=12.6, before=7, after=2.5, strong=True),
}

KICKER_SPACING = 2.2
HANDLING_SPACING = 1.3
SMALL_CAPS = 0.8
NOTE_SIZE = 0.68
NOTE_RISE = 0.36
VOICE_SIZE = 0.72
COMPACT_SIZE = 0.9
COMPACT_LEADING = 0.84
COMPACT_AIR = 0.6


def compact(type_: Type) -> Type:
    """Return a step of the type scale as a compact brief sets it: a tenth smaller, with less air."""
    return replace(
        type_,
        size=round(type_.size * COMPACT_SIZE, 2),
        leading=round(type_.leading * COMPACT_LEADING, 2),
        before=round(type_.before * COMPACT_AIR, 2),
        after=round(type_.after * COMPACT_AIR, 2),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page: its size and the frame in which text stands."""

    width: float
    height: float
    side: float = 64.0
    top: float = 66.0
    bottom: float = 58.0

    @property
    def measure(self) -> float:
        """The width of the frame."""
        return self.width - 2 * self.side

    @property
    def depth(self) -> float:
        """The height of the frame."""
        return self.height - self.top - self.bottom


def sheet(paper: str, *, close: bool = False) -> Sheet:
    """Return the sheet of a paper, "letter" or "a4", with narrower margins if `close`.

    Raises ValueError for another paper.
    """
    if paper not in PAPERS:
        raise ValueError(f"a brief prints on {' or '.join(PAPERS)}, not on {paper!r}")
    width, height = PAPERS[paper]
    if close:
        return Sheet(width=width, height=height, side=50.0, top=46.0, bottom=42.0)
    return Sheet(width=width, height=height)
