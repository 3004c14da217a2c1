"""What can be stacked on pages: the contract of a box, text, stacks and space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Protocol, runtime_checkable

from evidencemap.brief.bidi import levels
from evidencemap.brief.drawing import Align
from evidencemap.brief.fonts import FontBook
from evidencemap.brief.press.lines import Ink, Line, Piece, break_lines
from evidencemap.brief.press.style import Type
from evidencemap.brief.tagged.canvas import DECORATION, TaggedCanvas
from evidencemap.brief.tagged.faces import Face, Glyphs
from evidencemap.brief.tagged.structure import Element

_WORDS = re.compile(r"[\s\-/\u2010\u2013\u2014]+")


@runtime_checkable
class Box(Protocol):
    """A piece of the flow. Heights are in points; a box is measured before all else is asked."""

    before: float
    after: float
    keeps: bool

    def measure(self, width: float) -> float:
        """Lay the box out at the width and return its height."""
        ...

    def least(self) -> float:
        """Return the height of the smallest beginning that may stand at the foot of a page."""
        ...

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        """Return a beginning no higher than `room` and the rest; None where there is none.

        With `force`, ugly breaks are taken rather than none.
        """
        ...

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Paint the box with its top left corner there (PDF coordinates)."""
        ...


@dataclass(frozen=True, slots=True)
class Bullet:
    """What stands before a list item or a note, in the margin of its text."""

    text: str
    face: Face
    size: float
    element: Element
    target: str = ""


@dataclass(slots=True, eq=False)
class Text:
    """One paragraph; its parts on two pages are one element."""

    spans: Sequence[tuple[str, Ink]]
    element: Element
    type: Type
    book: FontBook
    align: Align = Align.START
    indent: float = 0.0
    bullet: Bullet | None = None
    anchors: tuple[str, ...] = ()
    entry: tuple[str, int] | None = None
    keeps: bool = False
    before: float = 0.0
    after: float = 0.0
    lines: list[Line] = field(default_factory=list)
    width: float = -1.0
    right_to_left: bool = False

    @property
    def rise(self) -> float:
        """How far the first base line lies below the top."""
        face, size = self.book.main, self.type.size
        return (self.type.leading + size * (face.ascent + face.descent) / 1000) / 2

    def measure(self, width: float) -> float:
        if width != self.width:
            self.width = width
            self.lines = break_lines(self.spans, max(8.0, width - self.indent), self.book)
            if not self.lines and self.bullet is not None:
                self.lines = [Line([], 0.0)]
            text = "".join(text for text, _ in self.spans)
            self.right_to_left = bool(levels(text).base)
        return len(self.lines) * self.type.leading

    def longest_word(self) -> float:
        """Return the width of the longest word, which a line should not break, in points."""
        widest = 0.0
        for text, ink in self.spans:
            word = max(_WORDS.split(text), key=len)
            if word.isascii() or max(word) < "\u0250":
                widest = max(widest, ink.face.width(word) * ink.size / 1000)
        return widest + self.indent

    def least(self) -> float:
        count = len(self.lines)
        return (count if count <= 3 else 2) * self.type.leading

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        count, fit = len(self.lines), int(room / self.type.leading + 0.001)
        if fit >= count or fit < 1:
            return None
        if not force:
            fit = min(fit, count - 2)
            if count <= 3 or fit < 2:
                return None
        return self._part(0, fit), self._part(fit, count)

    def _part(self, start: int, end: int) -> Text:
        first = start == 0
        return Text(
            self.spans,
            self.element,
            self.type,
            self.book,
            self.align,
            self.indent,
            self.bullet if first else None,
            self.anchors if first else (),
            self.entry if first else None,
            self.keeps,
            self.before if first else 0.0,
            self.after,
            self.lines[start:end],
            self.width,
            self.right_to_left,
        )

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for anchor in self.anchors:
            canvas.anchor(anchor, top + 4)
        if self.entry is not None and self.anchors:
            canvas.entry(self.entry[0], self.anchors[0], self.entry[1])
        leading, rise = self.type.leading, self.rise
        if self.bullet is not None:
            self._paint_bullet(canvas, x, top - rise)
        self.element.attach()
        placed: list[tuple[Piece, float, float]] = []
        for number, line in enumerate(self.lines):
            base = top - rise - number * leading
            start = x + self.indent + self._shift(line)
            placed.extend((piece, start + piece.x, base + piece.ink.rise) for piece in line.pieces)
        for (owner, turned), group in groupby(_with_turns(placed), key=itemgetter(0)):
            pieces = [one for _, one in group]
            element = owner if not turned else Element("Span", owner, actual=_logical(pieces))
            with canvas.mark(element):
                for piece, left, base in pieces:
                    ink = piece.ink
                    canvas.show(
                        left,
                        base,
                        piece.text,
                        piece.face,
                        ink.size,
                        ink.colour,
                        spacing=ink.spacing,
                        spoken=turned,
                    )
                    if ink.struck:
                        canvas.rule(left, left + piece.width, base + ink.size * 0.3, 0.7, ink.colour)
            _paint_links(canvas, pieces)

    def _shift(self, line: Line) -> float:
        room = self.width - self.indent - _visible_width(line)
        align = self.align
        if self.right_to_left and align is not Align.CENTRE:
            align = Align.END if align is Align.START else Align.START
        if align is Align.CENTRE:
            return room / 2
        return max(0.0, room) if align is Align.END else 0.0

    def _paint_bullet(self, canvas: TaggedCanvas, x: float, base: float) -> None:
        bullet = self.bullet
        assert bullet is not None
        width = bullet.face.width(bullet.text) * bullet.size / 1000
        left = x + max(0.0, self.indent - 6 - width)
        with canvas.mark(bullet.element):
            canvas.show(left, base, bullet.text, bullet.face, bullet.size, self.type.ink)
        if bullet.target:
            box = (left, base - 2, left + width, base + bullet.size)
            canvas.link(
                bullet.element, box, bullet.target, f"Back to where note {bullet.text.strip('.')} is cited"
            )


def _with_turns(
    placed: Sequence[tuple[Piece, float, float]],
) -> Iterator[tuple[tuple[Element, bool], tuple[Piece, float, float]]]:
    """Yield the pieces with their owner and whether their glyphs, or their order, differ from their text.

    A blank goes with what stands before it.
    """
    turned = False
    owner: Element | None = None
    for one in placed:
        piece = one[0]
        blank = isinstance(piece.text, str) and piece.text.isspace() and piece.ink.owner is owner
        owner = piece.ink.owner
        if not blank:
            turned = isinstance(piece.text, Glyphs) or piece.level > 0
        yield (owner, turned and owner is not DECORATION), one


def _logical(pieces: Sequence[tuple[Piece, float, float]]) -> str:
    texts = (piece.text for piece, _, _ in pieces)
    return "".join(text.text if isinstance(text, Glyphs) else text for text in texts)


def _visible_width(line: Line) -> float:
    last = line.pieces[-1] if line.pieces else None
    if last is None or not isinstance(last.text, str) or not last.text.endswith(" "):
        return line.width
    return line.width - last.face.width(" ") * last.ink.size / 1000


def _paint_links(canvas: TaggedCanvas, pieces: Sequence[tuple[Piece, float, float]]) -> None:
    for base, row in groupby(pieces, key=lambda placed: placed[2]):
        on_line = [placed for placed in row if placed[0].ink.target]
        if not on_line:
            continue
        ink = on_line[0][0].ink
        left = min(start for _, start, _ in on_line)
        right = max(start + piece.width for piece, start, _ in on_line)
        box = (left, base - ink.size * 0.25, right, base + ink.size * 0.85)
        canvas.link(ink.link or ink.owner, box, ink.target, ink.words or ink.target)


@dataclass(slots=True, eq=False)
class Stack:
    """Boxes under each other, as in a cell, a callout or a side."""

    boxes: list[Box]
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    heights: list[float] = field(default_factory=list)
    width: float = -1.0

    def measure(self, width: float) -> float:
        if width != self.width:
            self.width = width
            self.heights = [box.measure(width) for box in self.boxes]
        return sum(self.heights) + sum(self._gaps())

    def _gaps(self) -> list[float]:
        return [
            max(above.after, below.before) for above, below in zip(self.boxes, self.boxes[1:], strict=False)
        ]

    def least(self) -> float:
        return self.boxes[0].least() if self.boxes else 0.0

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        taken: list[Box] = []
        used = 0.0
        for number, box in enumerate(self.boxes):
            gap = max(self.boxes[number - 1].after, box.before) if number else 0.0
            if used + gap + self.heights[number] <= room + 0.01:
                used += gap + self.heights[number]
                taken.append(box)
                continue
            parts = box.split(room - used - gap, force=force and not taken)
            rest = self.boxes[number:]
            if parts is not None:
                taken.append(parts[0])
                rest = [parts[1], *self.boxes[number + 1 :]]
            if not taken:
                return None
            first, second = Stack(taken), Stack(rest, after=self.after)
            first.measure(self.width)
            second.measure(self.width)
            return first, second
        return None

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        y = top
        for number, box in enumerate(self.boxes):
            if number:
                y -= max(self.boxes[number - 1].after, box.before)
            box.paint(canvas, x, y)
            y -= self.heights[number]


def stacked(box: Box) -> Stack:
    """Return a box as a stack: itself if it is one, else a stack of it alone."""
    return box if isinstance(box, Stack) else Stack([box])


@dataclass(slots=True, eq=False)
class Break:
    """The end of a page."""

    before: float = 0.0
    after: float = 0.0
    keeps: bool = False

    def measure(self, width: float) -> float:
        return 0.0

    def least(self) -> float:
        return 0.0

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        return None

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        return
