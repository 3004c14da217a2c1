"""Draws figures: boxes, lines and labels as vectors, in one element with the text that stands for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from evidencemap.brief.drawing import Align, BoxForm, Drawing, Label, Line, LineEnd, State, Stroke
from evidencemap.brief.drawing import Box as BoxShape
from evidencemap.brief.fonts import FontBook
from evidencemap.brief.press import style
from evidencemap.brief.press.flow import Box
from evidencemap.brief.press.lines import line_of
from evidencemap.brief.shapes import (
    BAR,
    DASHES,
    FOLD,
    direction,
    outline_of,
    polygon,
)
from evidencemap.brief.tagged.canvas import Colour, TaggedCanvas, Written
from evidencemap.brief.tagged.structure import Element
from evidencemap.brief.words import ICONS, clean_line


@dataclass(slots=True, eq=False)
class Picture:
    """A drawing in the flow, made smaller where the frame is narrower or lower than it."""

    drawing: Drawing
    element: Element
    book: FontBook
    deepest: float
    before: float = 4.0
    after: float = 6.0
    keeps: bool = False
    anchors: tuple[str, ...] = ()
    width: float = -1.0
    scale: float = 1.0

    def measure(self, width: float) -> float:
        self.width = width
        drawing = self.drawing
        self.scale = min(1.0, width / max(1.0, drawing.width), self.deepest / max(1.0, drawing.height))
        return drawing.height * self.scale

    def least(self) -> float:
        return self.measure(self.width)

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        return None

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for anchor in self.anchors:
            canvas.anchor(anchor, top + 4)
        left = x
        height = self.drawing.height * self.scale
        right = left + self.drawing.width * self.scale
        self.element.bbox = (round(left, 2), round(top - height, 2), round(right, 2), round(top, 2))
        pen = _Pen(canvas, self.book)
        with canvas.mark(self.element), canvas.figure(left, top, self.scale):
            for shape in self.drawing.shapes:
                if isinstance(shape, Label):
                    pen.label(shape)
                elif isinstance(shape, Line):
                    pen.line(shape)
                else:
                    pen.box(shape)


_Set: TypeAlias = tuple[list[tuple[Written, float]], float]
"""Stretches of text as they are written, each with its advance, and how far left of its place they begin."""


@dataclass(slots=True)
class _Pen:
    """Paints shapes in their own lengths, y down."""

    canvas: TaggedCanvas
    book: FontBook
    _boxes: dict[tuple[object, ...], list[str]] = field(default_factory=dict)
    _lines: dict[tuple[object, ...], _Set] = field(default_factory=dict)

    def box(self, box: BoxShape) -> None:
        """Paint a box; those that differ by their place alone are painted once and stamped."""
        alike = box[2:]
        operations = self._boxes.get(alike)
        if operations is None:
            operations = self._boxes[alike] = []
            with self.canvas.kept(operations):
                self._box(box._replace(x=0.0, y=0.0))
        self.canvas.stamp(box.x, box.y, operations)

    def _box(self, box: BoxShape) -> None:
        if box.form is BoxForm.GAP:
            self.canvas.path(outline_of(box), fill=style.PAPER)
            return
        state = style.STATES[box.state] if box.state is not None else style.CARD_EDGE
        own_edge = box.form is BoxForm.BRACKET or box.stroke is not Stroke.SOLID
        edge = state if own_edge else style.CARD_EDGE
        fill = None
        if box.filled:
            soft = box.form is BoxForm.BRACKET and box.state is not None
            fill = style.tint(state, 0.05) if soft else style.PAPER
            if box.form is BoxForm.DOG_EAR:
                fill = style.colour("#FAFBFC")
        stroke = Stroke.SHORT_DASH if box.form is BoxForm.BRACKET else box.stroke
        self.canvas.path(outline_of(box), fill=fill, stroke=edge, width=1.0, dash=DASHES[stroke])
        if box.form is BoxForm.DOG_EAR:
            x, y = box.x + box.width - FOLD, box.y
            fold = (("m", (x, y)), ("l", (x, y + FOLD)), ("l", (x + FOLD, y + FOLD)))
            self.canvas.path(fold, stroke=edge, width=1.0)
        if box.bar:
            bar = polygon(
                (box.x, box.y),
                (box.x + BAR, box.y),
                (box.x + BAR, box.y + box.height),
                (box.x, box.y + box.height),
            )
            self.canvas.path(bar, fill=state)

    def line(self, line: Line) -> None:
        points, state, stroke, wide, end, curved = line
        ink = colour_of(state)
        trace = self.canvas.curves if curved else self.canvas.straight
        rounded = stroke is Stroke.DOTTED
        tip, head = points[-1], max(5.5, 3.4 * wide)
        (x, y), (right, down) = tip, direction(points) if end is not LineEnd.NONE else (0.0, 0.0)
        if end is LineEnd.ARROW:
            points = (*points[:-1], (x - right * head * 0.8, y - down * head * 0.8))
        trace(points, ink, wide * 3 if stroke is Stroke.DOUBLE else wide, DASHES[stroke], round_ends=rounded)
        if stroke is Stroke.DOUBLE:
            trace(points, style.PAPER, wide)
        if end is LineEnd.ARROW:
            base_x, base_y, half = x - right * head, y - down * head, head * 0.46
            one = (base_x + -down * half, base_y + right * half)
            two = (base_x - -down * half, base_y - right * half)
            self.canvas.filled((tip, one, two), ink)
        elif end is LineEnd.BAR:
            half = max(4.0, 2.5 * wide)
            one, two = (x + -down * half, y + right * half), (x - -down * half, y - right * half)
            self.canvas.straight((one, two), ink, wide * 1.4)

    def label(self, label: Label) -> None:
        """Paint a line of text; those that say the same in the same way are set once."""
        alike = label[2:]
        known = self._lines.get(alike)
        if known is None:
            known = self._lines[alike] = self._set(label)
        parts, back = known
        start = x = label[0] - back
        y = label[1]
        for written, advance in parts:
            self.canvas.put(x, y, written)
            x += advance
        if label.struck:
            self.canvas.rule(start, x, y - label.size * 0.3, 0.7, _ink(label))

    def _set(self, label: Label) -> _Set:
        """Return the text of a label as it is written, and how far left of its place it begins."""
        text, size = clean_line(label.text), label.size
        if label.state is not None and label.icon:
            text = f"{ICONS[label.state]} {text}"
        face = self.book.styled(bold=label.bold, italic=label.italic)
        if not face.has_all(text):
            parts = line_of(text, face, self.book)
        else:
            measured = label.struck or label.align is not Align.START
            parts = [(face, text, face.width(text) if measured else 0.0)]
        ink, written = _ink(label), self.canvas.written
        found = [(written(part, one, size, ink), advance * size / 1000) for one, part, advance in parts]
        if label.align is Align.START:
            return found, 0.0
        width = sum([advance for _, advance in found])
        return found, width if label.align is Align.END else width / 2


def _ink(label: Label) -> Colour:
    if label.state is not None:
        return style.STATES[label.state]
    return style.MUTED if label.muted else style.INK


def colour_of(state: State | None) -> Colour:
    """Return the colour of a state, or that of plain rules."""
    return style.MUTED if state is None else style.STATES[state]
