"""Boxes with a ground or a bar: callouts, pairs of sides, lines of a table of contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencemap.brief.press import style
from evidencemap.brief.press.flow import Box, Stack, Text, stacked
from evidencemap.brief.tagged.canvas import Colour, TaggedCanvas
from evidencemap.brief.tagged.structure import Element

_PAD = 8.0
_BAR = 3.2
_INSET = 14.0
_GUTTER = 22.0
_NUMBER_ROOM = 34.0
# A pair lower than this is not torn between two pages.
_WHOLE = 260.0


@dataclass(slots=True, eq=False)
class Panel:
    """A stack on a tint with a bar at its left."""

    content: Stack
    colour: Colour
    before: float = 7.0
    after: float = 9.0
    keeps: bool = False
    width: float = -1.0

    def measure(self, width: float) -> float:
        self.width = width
        return self.content.measure(width - 2 * _INSET) + 2 * _PAD

    def least(self) -> float:
        return self.content.least() + 2 * _PAD

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        parts = self.content.split(room - 2 * _PAD, force=force)
        if parts is None:
            return None
        first, second = (Panel(stacked(part), self.colour, self.before, self.after) for part in parts)
        first.measure(self.width)
        second.measure(self.width)
        return first, second

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        height = self.measure(self.width)
        with canvas.artifact():
            canvas.rectangle(x, top - height, self.width, height, style.tint(self.colour))
            canvas.rectangle(x, top - height, _BAR, height, self.colour)
        self.content.paint(canvas, x + _INSET, top - _PAD)


@dataclass(slots=True, eq=False)
class Pair:
    """Two stacks beside each other, each under a rule in its colour."""

    left: Stack
    right: Stack
    colours: tuple[Colour, Colour]
    before: float = 6.0
    after: float = 10.0
    keeps: bool = False
    width: float = -1.0

    def measure(self, width: float) -> float:
        self.width = width
        half = (width - _GUTTER) / 2
        return max(self.left.measure(half), self.right.measure(half)) + _PAD

    def least(self) -> float:
        height = self.measure(self.width)
        return height if height < _WHOLE else 72.0

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        if not force and self.measure(self.width) < _WHOLE:
            return None
        parts = [self._side(side, room - _PAD, force) for side in (self.left, self.right)]
        if not any(first.boxes for first, _ in parts) or not any(second.boxes for _, second in parts):
            return None
        first, second = (
            Pair(parts[0][end], parts[1][end], self.colours, self.before, self.after) for end in (0, 1)
        )
        first.measure(self.width)
        second.measure(self.width)
        return first, second

    def _side(self, side: Stack, room: float, force: bool) -> tuple[Stack, Stack]:
        if side.measure((self.width - _GUTTER) / 2) <= room + 0.01:
            return side, Stack([])
        parts = side.split(room, force=force)
        return (Stack([]), side) if parts is None else (stacked(parts[0]), stacked(parts[1]))

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        half = (self.width - _GUTTER) / 2
        for side, left, ink in zip(
            (self.left, self.right), (x, x + half + _GUTTER), self.colours, strict=True
        ):
            if side.boxes:
                with canvas.artifact():
                    canvas.rule(left, left + half, top - 0.8, 1.6, ink)
                side.paint(canvas, left, top - _PAD)


@dataclass(slots=True, eq=False)
class ContentsLine:
    """A heading and its page, which `pages` holds once all is laid out."""

    title: Text
    number: Element
    anchor: str
    pages: Mapping[str, int]
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    width: float = -1.0

    def measure(self, width: float) -> float:
        self.width = width
        return self.title.measure(width - _NUMBER_ROOM)

    def least(self) -> float:
        return self.measure(self.width)

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        return None

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.title.paint(canvas, x, top)
        face, size = self.title.book.main, self.title.type.size
        base = top - self.measure(self.width) + self.title.type.leading - self.title.rise
        words = str(self.pages[self.anchor])
        wide = face.width(words) * size / 1000
        with canvas.mark(self.number):
            canvas.show(x + self.width - wide, base, words, face, size, self.title.type.ink)
        last = self.title.lines[-1].width if self.title.lines else 0.0
        start, end = x + self.title.indent + last + 6, x + self.width - wide - 6
        if end > start + 8:
            with canvas.artifact():
                steps = (("m", (start, base + 1.0)), ("l", (end, base + 1.0)))
                canvas.path(steps, stroke=style.CARD_EDGE, width=0.8, dash=(0.8, 3.0))
