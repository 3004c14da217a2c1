"""Makes boxes of the blocks of an outline, each with its place in the structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from evidencemap.brief.outline import (
    Block,
    Callout,
    Contents,
    Figure,
    Heading,
    Key,
    ListBlock,
    MetaTable,
    Notes,
    Outline,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Side,
    Table,
    Tone,
    TwoColumns,
)
from evidencemap.brief.press import style
from evidencemap.brief.press.drawing import Picture, colour_of
from evidencemap.brief.press.flow import Box, Break, Bullet, Stack, Text
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.panels import ContentsLine, Pair, Panel
from evidencemap.brief.press.setting import Setter
from evidencemap.brief.press.style import Sheet, Type
from evidencemap.brief.press.tables import key_grid, meta_grid, table_grid_box
from evidencemap.brief.tagged.structure import Element
from evidencemap.brief.words import Steps, clean_line

_TONES = {
    Tone.BODY: (style.BODY, "P"),
    Tone.LEAD: (style.LEAD, "P"),
    Tone.SMALL: (style.SMALL, "P"),
    Tone.QUOTE: (style.QUOTE, "BlockQuote"),
}
_INDENT = 16.0
_AIR = 0.65
# A paragraph of more characters is parted between pages rather than kept with what follows.
_KEPT = 1_200
# A list of no more items stays on one page.
_FEW = 3


@dataclass(slots=True)
class Composer:
    """Makes the boxes of one document."""

    outline: Outline
    root: Element
    inker: Inker
    sheet: Sheet
    pages: dict[str, int] = field(default_factory=dict)
    _headings: list[tuple[Heading, str]] = field(default_factory=list)
    _next_heading: int = 0
    _steps: Steps = field(default_factory=Steps)
    _setter: Setter = field(init=False)

    def __post_init__(self) -> None:
        self._setter = Setter(self.inker, compact=self.outline.compact)
        found = (block for block in self.outline.blocks if isinstance(block, Heading))
        self._headings = [(block, f"heading-{number}") for number, block in enumerate(found)]

    def boxes(self) -> list[Box]:
        """Return the boxes of all blocks in order."""
        made: list[Box] = []
        above: Block | None = None
        for block in self.outline.blocks:
            boxes = list(self._of(block))
            if isinstance(block, Heading) and isinstance(above, Heading) and boxes:
                boxes[0].before = 0.0
            if self.outline.compact:
                for box in boxes:
                    _close_up(box)
            made += boxes
            above = block
        return made

    def _of(self, block: Block) -> Iterable[Box]:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Callout():
                return self._callout(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case ListBlock():
                return self._list(block)
            case MetaTable():
                return [meta_grid(block, self.root, self._setter)]
            case Notes():
                return self._notes(block)
            case Key():
                return [key_grid(block, self.root, self._setter)]
            case TwoColumns():
                return self._pair(block)
            case Contents():
                return self._contents(block)
            case PageBreak():
                return [Break()]

    def _heading(self, block: Heading) -> Iterator[Box]:
        _, anchor = self._headings[self._next_heading]
        self._next_heading += 1
        title = clean_line(block.text) or "Untitled"
        anchors = (anchor, *named(block.anchor))
        type_ = style.KICKER if block.kicker else style.HEADINGS[block.level]
        level = self._steps.level(block.level)
        element = Element(f"H{level}", self.root)
        box = self._setter.text((Run(text=title),), element, type_, keeps=True, anchors=anchors)
        if block.kicker:
            element.actual = title
            box.spans = [
                (text.upper(), replace(ink, spacing=style.KICKER_SPACING)) for text, ink in box.spans
            ]
        box.entry = (title, level - 1)
        yield box

    def _paragraph(self, block: Paragraph) -> Iterator[Box]:
        type_, tag = _TONES[block.tone]
        keeps = (block.keeps or block.tone is Tone.LEAD) and sum(len(run.text) for run in block.runs) <= _KEPT
        for number, box in enumerate(self._setter.texts(block.runs, self.root, type_, tag)):
            if not number:
                box.anchors = (*named(block.anchor), *box.anchors)
            if block.tone is Tone.QUOTE:
                box.indent = _INDENT
            box.keeps = keeps
            yield box

    def _callout(self, block: Callout) -> Iterator[Box]:
        parent = Element("Div", self.root)
        paragraphs = list(block.paragraphs)
        if block.label:
            label = Run(text=f"{clean_line(block.label)} ", bold=True)
            paragraphs = [(label, *paragraphs[0]), *paragraphs[1:]] if paragraphs else [(label,)]
        type_ = replace(style.CALLOUT, after=5)
        boxes: list[Box] = [box for runs in paragraphs for box in self._setter.texts(runs, parent, type_)]
        yield Panel(Stack(boxes), colour_of(block.state))

    def _table(self, block: Table) -> Iterator[Box]:
        element = Element("Table", self.root)
        if block.summary:
            element.attributes["Table"] = {"Summary": clean_line(block.summary)}
        anchors = named(block.anchor)
        if block.title:
            caption = Element("Caption", element)
            yield self._setter.text(
                (Run(text=block.title),), caption, style.TABLE_TITLE, keeps=True, anchors=anchors
            )
            anchors = ()
        yield table_grid_box(block, element, self._setter, anchors)

    def _figure(self, block: Figure) -> Iterator[Box]:
        group = Element("Div", self.root)
        anchors = named(block.anchor)
        if block.title:
            title = Element("Caption", group)
            yield self._setter.text(
                (Run(text=block.title),), title, style.FIGURE_TITLE, keeps=True, anchors=anchors
            )
            anchors = ()
        figure = Element("Figure", group, alt=clean_line(block.alt))
        caption = style.FIGURE_TITLE.leading * 2 + style.CAPTION.leading * 4
        picture = Picture(block.drawing, figure, self.inker.book, self.sheet.depth - caption)
        picture.anchors = anchors
        picture.keeps = block.keeps or bool(block.caption)
        yield picture
        if block.caption:
            yield from self._setter.texts((Run(text=block.caption),), group, style.CAPTION)

    def _list(self, block: ListBlock) -> Iterator[Box]:
        numbering = "Decimal" if block.ordered else "Disc"
        parent = Element("L", self.root, attributes={"List": {"ListNumbering": numbering}})
        whole = (
            1 < len(block.items) <= _FEW
            and sum(len(run.text) for runs in block.items for run in runs) <= _KEPT
        )
        for number, runs in enumerate(block.items, block.start):
            item = Element("LI", parent)
            mark = f"{number}." if block.ordered else "•"
            last = number - block.start == len(block.items) - 1
            for text in self._item(runs, item, mark, style.BODY, indent=22.0 if block.ordered else _INDENT):
                text.keeps = whole and not last
                yield text

    def _item(
        self, runs: Runs, item: Element, mark: str, type_: Type, *, indent: float, target: str = ""
    ) -> Iterator[Text]:
        label, body = Element("Lbl", item), Element("LBody", item)
        owner = Element("Link", label) if target else label
        for number, box in enumerate(self._setter.texts(runs, body, replace(type_, after=3.2))):
            box.indent = indent
            if not number:
                box.bullet = Bullet(mark, self.inker.book.main, box.type.size, owner, target)
            yield box

    def _notes(self, block: Notes) -> Iterator[Box]:
        if not block.notes:
            return
        if block.title:
            level = self._steps.level(block.level)
            heading = Element(f"H{level}", self.root)
            type_ = style.HEADINGS[block.level]
            title = self._setter.text(
                (Run(text=block.title),), heading, type_, keeps=True, anchors=("endnotes",)
            )
            title.entry = (clean_line(block.title), level - 1)
            yield title
        for note in block.notes:
            element = Element("Note", self.root, identity=f"note-{note.number}")
            target = f"#cited-{note.number}" if note.number in self.inker.cited else ""
            mark = f"{note.number}."
            label = Element("Lbl", element)
            owner = Element("Link", label) if target else label
            for number, box in enumerate(
                self._setter.texts(note.runs, element, replace(style.NOTE, after=2.4))
            ):
                box.indent = 22.0
                if not number:
                    box.anchors = (f"note-{note.number}", *box.anchors)
                    box.bullet = Bullet(mark, self.inker.book.main, box.type.size, owner, target)
                yield box

    def _pair(self, block: TwoColumns) -> Iterator[Box]:
        sides = [self._side(side) for side in (block.left, block.right)]
        yield Pair(sides[0], sides[1], (colour_of(block.left.state), colour_of(block.right.state)))

    def _side(self, side: Side) -> Stack:
        parent = Element("Sect", self.root)
        type_ = replace(style.SIDE_HEAD, after=3)
        boxes: list[Box] = [
            self._setter.text(
                (Run(text=side.title, state=side.state),), Element("P", parent), type_, keeps=True
            )
        ]
        body = replace(style.BODY, size=9.4, leading=13.2, after=4)
        if side.bullets:
            items = Element("L", parent, attributes={"List": {"ListNumbering": "Disc"}})
            for runs in side.paragraphs:
                boxes.extend(self._item(runs, Element("LI", items), "•", body, indent=13.0))
        else:
            boxes.extend(box for runs in side.paragraphs for box in self._setter.texts(runs, parent, body))
        return Stack(boxes)

    def _contents(self, block: Contents) -> Iterator[Box]:
        heading = Element(f"H{self._steps.level(block.level)}", self.root)
        yield self._setter.text((Run(text=block.title),), heading, style.HEADINGS[block.level], keeps=True)
        listed = Element("TOC", self.root)
        following = self._headings[self._next_heading :]
        for title, anchor in following:
            if title.level > block.depth:
                continue
            item = Element("TOCI", listed)
            type_ = replace(style.BODY, leading=15.5, after=0, bold=title.level == 1)
            words = clean_line(title.text)
            text = self._setter.text((Run(text=words),), Element("Link", item), type_)
            text.indent = 14.0 * (title.level - 1)
            target = f"#{anchor}"
            text.spans = [(shown, replace(ink, target=target, words=words)) for shown, ink in text.spans]
            yield ContentsLine(text, text.element, anchor, self.pages)


def _close_up(box: Box) -> None:
    """Take air from around a box that is no text, whose type has less in a compact brief."""
    if not isinstance(box, Text):
        box.before, box.after = box.before * _AIR, box.after * _AIR


def named(anchor: str) -> tuple[str, ...]:
    """Return the name in the file of an anchor of an outline, if it is one."""
    return (f"at {anchor}",) if anchor else ()


def known_anchors(outline: Outline) -> frozenset[str]:
    """Return the name of every place in the file that a link of the outline may lead to."""
    names = {f"heading-{number}" for number in range(sum(isinstance(one, Heading) for one in outline.blocks))}
    for block in outline.blocks:
        if isinstance(block, Heading | Paragraph | Table | Figure):
            names.update(named(block.anchor))
        if isinstance(block, Table):
            names.update(name for row in block.rows for name in named(row.anchor))
    return frozenset(names)
