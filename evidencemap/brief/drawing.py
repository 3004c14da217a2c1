"""What a figure shows, as plain data: boxes, lines and labels, with the states that they stand for.

Lengths are in points; y runs down from the top left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class State(StrEnum):
    """How a claim, a step or a request stands; each prints with its own icon, line and colour."""

    SUPPORTED = "supported"
    CARRIES = "carries"
    FITS_ONLY = "fits only"
    CONDITIONAL = "conditional"
    ASSUMED = "assumed"
    UNSUPPORTED = "unsupported"
    NO_EVIDENCE = "no evidence"
    PREMISE_FAILS = "premise fails"
    CONTESTED = "contested"
    REFUTED = "refuted"
    UNDERCUT = "undercut"
    CIRCULAR = "circular"
    REQUEST = "request"


class Align(StrEnum):
    """Where text lies between the edges of its column."""

    START = "start"
    CENTRE = "centre"
    END = "end"


class BoxForm(StrEnum):
    """The outline of a box in a figure: which kind of thing it stands for. A gap hides lines beneath."""

    CARD = "card"
    DOG_EAR = "dog ear"
    PILL = "pill"
    BRACKET = "bracket"
    CUT_CORNER = "cut corner"
    GAP = "gap"


class Stroke(StrEnum):
    """How a line is drawn; with the icon and the word it carries the state without colour."""

    SOLID = "solid"
    LONG_DASH = "long dash"
    SHORT_DASH = "short dash"
    DOTTED = "dotted"
    DOUBLE = "double"
    DASH_DOT = "dash dot"
    EVEN_DASH = "even dash"


class LineEnd(StrEnum):
    """What stands at the end of a line."""

    NONE = "none"
    ARROW = "arrow"
    BAR = "bar"


class Label(NamedTuple):
    """One line of text in a figure; y is its base line, `align` says what of it stands at x.

    A named tuple, like a box, because a map is made of ten thousands of them.
    """

    x: float
    y: float
    text: str
    size: float = 8.0
    bold: bool = False
    italic: bool = False
    muted: bool = False
    struck: bool = False
    state: State | None = None
    icon: bool = True
    align: Align = Align.START


class Box(NamedTuple):
    """A box from its top left corner; `bar` colours a status bar at its left by the state."""

    x: float
    y: float
    width: float
    height: float
    form: BoxForm = BoxForm.CARD
    state: State | None = None
    bar: bool = False
    stroke: Stroke = Stroke.SOLID
    filled: bool = True


class Line(NamedTuple):
    """A line through points, two or more; with `curved`, a first point and then three per Bezier curve."""

    points: tuple[tuple[float, float], ...]
    state: State | None = None
    stroke: Stroke = Stroke.SOLID
    width: float = 1.0
    end: LineEnd = LineEnd.NONE
    curved: bool = False


Shape: TypeAlias = Box | Line | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes in painting order on a sheet of this size, in points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its words: the title above, the caption below, the text that stands for it.

    `keeps` holds it on the page of what follows, where that fits.
    """

    drawing: Drawing
    alt: str
    title: str = ""
    caption: str = ""
    anchor: str = ""
    keeps: bool = False

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a figure needs a text that stands for it")


def moved(shape: Shape, across: float, down: float) -> Shape:
    """Return a shape so far to the right and so far down."""
    if isinstance(shape, Line):
        return shape._replace(points=tuple([(x + across, y + down) for x, y in shape.points]))
    return shape._replace(x=shape.x + across, y=shape.y + down)


_STROKES = {
    State.UNSUPPORTED: (Stroke.LONG_DASH, 1.8),
    State.NO_EVIDENCE: (Stroke.LONG_DASH, 1.8),
    State.PREMISE_FAILS: (Stroke.DOTTED, 1.2),
    State.CONTESTED: (Stroke.DOUBLE, 1.0),
    State.CIRCULAR: (Stroke.DASH_DOT, 1.2),
    State.FITS_ONLY: (Stroke.EVEN_DASH, 1.4),
    State.REQUEST: (Stroke.SHORT_DASH, 0.9),
}


def stroke_of(state: State) -> tuple[Stroke, float]:
    """Return how the line of a step in this state is drawn, and its width in points."""
    return _STROKES.get(state, (Stroke.SOLID, 1.2))
