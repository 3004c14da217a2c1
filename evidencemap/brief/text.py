"""Outline to plain text: the same words as the PDF, wrapped, for a mail or a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from evidencemap.brief.outline import (
    Block,
    Callout,
    Cell,
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
    Runs,
    Side,
    Table,
    TwoColumns,
    table_grid,
)
from evidencemap.brief.words import clean_line, spoken, text_of
from evidencemap.tongue import _

WIDTH = 78
_GAP = 2
_Placed = tuple[int, int, str]
"""A cell as it is written: its column, how many columns it takes, its words."""
_UNDERLINES = {1: "=", 2: "-"}


def plain_text(outline: Outline, *, width: int = WIDTH) -> str:
    """Return the brief as text in lines of at most `width` characters, ending in a line break.

    Addresses of links follow their words in angle brackets. Words longer than a line are broken.
    """
    writer = _Writer(outline, width)
    parts = [part for block in outline.blocks if (part := "\n".join(writer.block(block)))]
    handling = "\n".join(writer.wrap(clean_line(outline.handling).upper()))
    head = [handling] if handling else []
    if outline.draft:
        head.append(_("DRAFT"))
    foot = [
        clean_line(text)
        for text in (outline.footer, _("Brief of {date}").format(date=outline.date))
        if text.strip()
    ]
    wrapped = ["\n".join(writer.wrap(text)) for text in foot]
    return "\n\n".join([*head, *parts, "\n".join(wrapped)]).rstrip() + "\n"


def _line_of(texts: Mapping[int, str], wide: Sequence[int]) -> str:
    """Return the cells of one row in columns of these widths."""
    cells = (f"{texts.get(place, ''):{each}}" for place, each in enumerate(wide))
    return (" " * _GAP).join(cells).rstrip()


class _Writer:
    def __init__(self, outline: Outline, width: int) -> None:
        self._outline = outline
        self._width = max(20, width)

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> list[str]:
        lines: list[str] = []
        for number, paragraph in enumerate(text.split("\n")):
            begin = first if not number else (first if rest is None else rest)
            lines += textwrap.wrap(
                paragraph,
                self._width,
                initial_indent=begin,
                subsequent_indent=first if rest is None else rest,
                break_on_hyphens=False,
            )
        return lines

    def words(self, runs: Runs) -> str:
        return text_of(spoken(runs, voices=self._outline.voices))

    def block(self, block: Block) -> Iterable[str]:
        match block:
            case Heading():
                return self._heading(block.text, block.level)
            case Paragraph():
                return self.wrap(self.words(block.runs))
            case Callout():
                return self._callout(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case ListBlock():
                return self._list(block)
            case MetaTable():
                return self._pairs((clean_line(label), self.words(runs)) for label, runs in block.rows)
            case Notes():
                return self._notes(block)
            case Key():
                return self._pairs((self.words(term), self.words(meaning)) for term, meaning in block.entries)
            case TwoColumns():
                return [*self._side(block.left), "", *self._side(block.right)]
            case Contents():
                return self._contents(block)
            case PageBreak():
                return []

    def _heading(self, text: str, level: int) -> Iterator[str]:
        lines = self.wrap(clean_line(text))
        yield from lines
        if level in _UNDERLINES:
            yield _UNDERLINES[level] * max((len(line) for line in lines), default=0)

    def _callout(self, block: Callout) -> Iterator[str]:
        label = clean_line(block.label)
        for number, runs in enumerate(block.paragraphs):
            if number:
                yield "|"
            text = self.words(runs)
            yield from self.wrap(f"{label} {text}" if label and not number else text, "| ")

    def _table(self, block: Table) -> Iterator[str]:
        if block.title:
            yield from self.wrap(clean_line(block.title))
        headers = [clean_line(column.header) for column in block.columns]
        rows = [
            [(column, cell.columns, self._cell(cell)) for column, cell in cells]
            for cells in table_grid(block)
        ]
        wide = self._widths(headers, rows)
        yield from self._in_columns(headers, rows, wide) if wide else self._row_by_row(block, headers, rows)

    def _cell(self, cell: Cell) -> str:
        return "\n".join(self.words(runs) for runs in cell.paragraphs)

    def _widths(self, headers: list[str], rows: Sequence[Sequence[_Placed]]) -> list[int]:
        """Return how wide the columns are where every row fits a line; nothing where one does not.

        A cell over several columns has lines of its own.
        """
        wide = [len(header) for header in headers]
        for row in rows:
            for column, columns, text in row:
                if "\n" in text:
                    return []
                if columns == 1:
                    wide[column] = max(wide[column], len(text))
        return wide if sum(wide) + _GAP * (len(wide) - 1) <= self._width else []

    def _in_columns(
        self, headers: list[str], rows: Sequence[Sequence[_Placed]], wide: list[int]
    ) -> Iterator[str]:
        yield _line_of(dict(enumerate(headers)), wide)
        yield _line_of({place: "-" * each for place, each in enumerate(wide)}, wide)
        for row in rows:
            texts = {column: text for column, columns, text in row if columns == 1}
            if texts:
                yield _line_of(texts, wide)
            for _column, columns, text in row:
                yield from self.wrap(text) if columns > 1 else ()

    def _row_by_row(
        self, block: Table, headers: list[str], rows: Sequence[Sequence[_Placed]]
    ) -> Iterator[str]:
        for number, row in enumerate(rows):
            if number or block.title:
                yield ""
            for column, columns, text in row:
                name = headers[column] if columns == 1 else ""
                if text:
                    yield from self.wrap(
                        f"{name}: {text}" if name else text, "  " if column else "* ", "    "
                    )

    def _figure(self, block: Figure) -> Iterator[str]:
        title = clean_line(block.title) or _("Figure")
        yield from self.wrap(f"[{title}] {clean_line(block.alt)}", "", "  ")
        if block.caption:
            yield from self.wrap(clean_line(block.caption), "  ")

    def _list(self, block: ListBlock) -> Iterator[str]:
        for number, runs in enumerate(block.items, block.start):
            mark = f"{number}. " if block.ordered else "- "
            yield from self.wrap(self.words(runs), f"  {mark}", "  " + " " * len(mark))

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
        rows = list(pairs)
        left = min(24, max((len(term) for term, _ in rows), default=1) or 1) + 2
        for term, meaning in rows:
            terms = textwrap.wrap(term, left - 2)
            meanings = textwrap.wrap(meaning, self._width - left)
            for one, two in zip_longest(terms, meanings, fillvalue=""):
                yield f"{one:{left}}{two}".rstrip()

    def _notes(self, block: Notes) -> Iterator[str]:
        if block.notes and block.title:
            yield from self._heading(block.title, block.level)
        for note in block.notes:
            mark = f"[{note.number}] "
            yield from self.wrap(self.words(note.runs), mark, " " * len(mark))

    def _side(self, side: Side) -> Iterator[str]:
        yield from self.wrap(f"{clean_line(side.title)}:")
        for runs in side.paragraphs:
            yield from self.wrap(
                self.words(runs), "  - " if side.bullets else "  ", "    " if side.bullets else "  "
            )

    def _contents(self, block: Contents) -> Iterator[str]:
        yield from self._heading(block.title, block.level)
        seen = False
        for other in self._outline.blocks:
            if other is block:
                seen = True
            elif seen and isinstance(other, Heading) and other.level <= block.depth:
                yield from self.wrap(clean_line(other.text), "  " * other.level)
