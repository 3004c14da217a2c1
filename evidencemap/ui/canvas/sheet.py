"""What a frame of the map is painted on, with what and in what manner, and what it tells of its work."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from evidencemap.layout.paths import Box, Point
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import Level
from evidencemap.ui.canvas.far import Straight
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.pictures import Pictures
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import Marks
from evidencemap.ui.canvas.strokes import THICK, Inks
from evidencemap.ui.theme import Theme

SMALL = 0.9
"""From this zoom on every line is as wide as its style says; below, the thinnest are held up.

The thinnest is 1.3 points, held up to 1.1 pixels.
"""

FRESH = 64
"""How many cards and routes one frame makes afresh; the next frames make the rest."""

HURRIED = 5
"""The same of one strip while the map moves, and for what an earlier frame left."""

GLIDING = 4
"""The same where a zoom that still runs has gone too far for the kept picture: at rest all is sharp."""

SHARPENED = 6
"""How many cards one frame makes afresh of which there is a picture of another size to stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a view is painted: as rectangles from afar; else with its lines as they run, or straight.

    `rule` is that of the straight strokes; None leaves it to the first strip to say.
    """

    far: bool
    straight: bool
    rule: Straight | None = None


WHOLE = Manner(far=False, straight=False)
"""Everything as it is, however much: for pictures and print."""


@dataclass(slots=True)
class Painted:
    """What one frame holds: counts for tests of work, and the line in which each step was painted.

    `late` are cards that were only sketched, or painted by a picture of another size, because making
    them would take long; `late_lines` says that of lines. `sharpened` counts, of the `fresh`, cards
    of which there was a picture of another size.
    """

    level: Level = Level.FULL
    cards: int = 0
    fresh: int = 0
    sharpened: int = 0
    tiny: int = 0
    lines: dict[Id, LineStyle] = field(default_factory=dict)
    labels: dict[Id, Box] = field(default_factory=dict)
    strokes: int = 0
    rule: Straight | None = None
    late: dict[Id, None] = field(default_factory=dict)
    late_lines: bool = False

    @property
    def unfinished(self) -> bool:
        """Whether the next frames have something left to make."""
        return bool(self.late) or self.late_lines

    def kept(self) -> "Painted":
        """Return what a frame holds that paints nothing anew: the same picture, and no work."""
        return replace(self, cards=0, fresh=0, sharpened=0, tiny=0, strokes=0)


@dataclass(slots=True)
class Canvas:
    """What a frame is painted on and with. Without `pictures` cards are vectors; 0 `room` bounds nothing."""

    painter: QPainter
    scene: Scene
    zoom: float
    theme: Theme
    marks: Marks
    pictures: Pictures | None = None
    room: int = 0
    seen: QRectF | None = None
    glow: bool = True
    inks: Inks = field(default_factory=Inks)
    painted: Painted = field(default_factory=Painted)

    @property
    def in_pixels(self) -> bool:
        """Whether this is painted part by part, and not at once as vectors."""
        return self.pictures is not None

    @property
    def line_zoom(self) -> float:
        """Return the zoom by which the thinnest lines are held up: one of few, so that they can be kept."""
        if self.zoom >= SMALL:
            return SMALL
        return SMALL * float(2 ** (math.floor(4 * math.log2(self.zoom / SMALL)) / 4))

    def sees(self, *curves: Sequence[Point]) -> bool:
        """Say whether anything of these curves may lie in the part that is painted."""
        if self.seen is None:
            return True
        across = [x for curve in curves for x, _ in curve]
        down = [y for curve in curves for _, y in curve]
        left, top = self.seen.left() - THICK, self.seen.top() - THICK
        right, bottom = self.seen.right() + THICK, self.seen.bottom() + THICK
        return max(across) >= left and min(across) <= right and max(down) >= top and min(down) <= bottom

    def has_room(self, *, stands_in: bool = False) -> bool:
        """Say whether one more card or route may be made afresh in this frame.

        `stands_in` says that there is a picture of another size of it: such a card can wait.
        """
        sharp = min(SHARPENED, self.room)
        most, made = (sharp, self.painted.sharpened) if stands_in else (self.room, self.painted.fresh)
        return not self.room or made < most
