"""What a brief says, as plain data: blocks, runs of text, shapes of figures. No layout, no case.

Every renderer (tagged PDF, accessible HTML, plain text) reads the same Outline, so that all three
carry the same words. Lengths are in points; y runs down from the top left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from evidencemap.brief.drawing import (
    Align,
    Box,
    BoxForm,
    Drawing,
    Figure,
    Label,
    Line,
    LineEnd,
    Shape,
    State,
    Stroke,
)

# The words of drawings, so that who writes an outline needs one module.
__all__ = [
    "Align",
    "Box",
    "BoxForm",
    "Drawing",
    "Figure",
    "Label",
    "Line",
    "LineEnd",
    "Shape",
    "State",
    "Stroke",
]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


class Voice(StrEnum):
    """Who speaks in a sentence: somebody is reported, the map implies it, or it is taken as given."""

    REPORTED = "reported"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class Tone(StrEnum):
    """The part a paragraph plays, which sets its size and colour."""

    BODY = "body"
    LEAD = "lead"
    SMALL = "small"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one style.

    `state` prints the state's icon before the text and its colour. `voice` says whose sentence it is;
    with `marked` off the word for it is not printed, where a column header or the next run has it.
    `note` adds a reference to the endnote of that number after the text. `link` is an address (http,
    https or mailto; anything else prints as plain text); `target` names the anchor of another block.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    muted: bool = False
    struck: bool = False
    state: State | None = None
    voice: Voice | None = None
    marked: bool = True
    note: int | None = None
    link: str = ""
    target: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 4; `anchor` names it for links, `kicker` sets it small and spaced."""

    text: str
    level: int = 2
    anchor: str = ""
    kicker: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has a level from 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of text; `keeps` holds it on the page of what follows, where that fits."""

    runs: Runs
    tone: Tone = Tone.BODY
    anchor: str = ""
    keeps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """Paragraphs on a tint with a coloured bar: the bottom line, a warning, the fixed sentence."""

    paragraphs: tuple[Runs, ...]
    label: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; `width` is its share of the whole, `row_header` makes it name its rows."""

    header: str
    width: float = 1.0
    align: Align = Align.START
    row_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: paragraphs of runs, over one or more columns and rows."""

    paragraphs: tuple[Runs, ...] = ()
    columns: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of cells, fewer than the columns where a cell spans; `anchor` names it for links."""

    cells: tuple[Cell, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under column headers; `title` is its caption, `summary` tells a listener what it holds."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    summary: str = ""
    anchor: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table has at least one column")
        table_grid(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """Items with bullets, or numbered from `start`."""

    items: tuple[Runs, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaTable:
    """The head of a memo: To, From, Date, Subject."""

    rows: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One endnote; runs refer to it by its number."""

    number: int
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The endnotes, each with a way back to where it was first referred to."""

    notes: tuple[Note, ...]
    title: str = "Notes"
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Terms and what they mean: the scales used, the signs."""

    entries: tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One half of a pair: a title over paragraphs."""

    title: str
    paragraphs: tuple[Runs, ...]
    bullets: bool = False
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoColumns:
    """Two texts to be read against each other: the headline and the honest version, and the like."""

    left: Side
    right: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The headings that follow, to `depth`, with their pages where there are pages."""

    title: str = "Contents"
    depth: int = 2
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins a new page."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Callout
    | Table
    | Figure
    | ListBlock
    | MetaTable
    | Notes
    | Key
    | TwoColumns
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One brief.

    `handling` is free text, set above every page and in its footer; `footer` is what stands at the left
    of the footer (case state, history, origins). `date` is the day of the brief, YYYY-MM-DD, and dates the
    file too. `draft` sets the watermark, `voices` prints whose sentence each is, `compact` sets it in
    smaller type with narrower margins. Raises ValueError for a missing title, a date or a language that is
    none, and for a reference to an endnote that no Notes block holds.
    """

    title: str
    date: str
    blocks: tuple[Block, ...]
    language: str = "en-US"
    handling: str = ""
    footer: str = ""
    draft: bool = False
    author: str = ""
    subject: str = ""
    keywords: str = ""
    voices: bool = True
    compact: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a brief has a title")
        if not _DATE.match(self.date):
            raise ValueError(f"a date is written YYYY-MM-DD, not {self.date!r}")
        if not _LANGUAGE.match(self.language):
            raise ValueError(f"not a language tag: {self.language!r}")
        numbers = [note.number for block in self.blocks if isinstance(block, Notes) for note in block.notes]
        if len(numbers) != len(set(numbers)):
            raise ValueError("two endnotes have one number")
        missing = {run.note for run in every_run(self.blocks) if run.note is not None} - set(numbers)
        if missing:
            raise ValueError(f"no endnote has the number {min(missing)}")


def table_grid(table: Table) -> list[list[tuple[int, Cell]]]:
    """Return for each row its cells with the column each begins in, spans resolved.

    Raises ValueError where the cells of a row do not fill the columns exactly, or a span runs out
    of the table.
    """
    width, taken = len(table.columns), [0] * len(table.columns)
    grid: list[list[tuple[int, Cell]]] = []
    for number, row in enumerate(table.rows):
        placed: list[tuple[int, Cell]] = []
        column = 0
        left = [max(0, rows - 1) for rows in taken]
        for cell in row.cells:
            while column < width and taken[column] > 0:
                column += 1
            if cell.columns < 1 or cell.rows < 1 or column + cell.columns > width:
                raise ValueError(f"row {number + 1} has more cells than columns")
            if any(taken[column : column + cell.columns]) or number + cell.rows > len(table.rows):
                raise ValueError(f"a span in row {number + 1} runs into another cell or out of the table")
            for covered in range(column, column + cell.columns):
                left[covered] = cell.rows - 1
            placed.append((column, cell))
            column += cell.columns
        while column < width and taken[column] > 0:
            column += 1
        if column < width:
            raise ValueError(f"row {number + 1} has fewer cells than columns")
        taken = left
        grid.append(placed)
    return grid


def every_run(blocks: tuple[Block, ...]) -> list[Run]:
    """Return all runs of the blocks in reading order."""
    found: list[Run] = []
    for block in blocks:
        for runs in _texts(block):
            found.extend(runs)
    return found


def _texts(block: Block) -> list[Runs]:
    match block:
        case Paragraph():
            return [block.runs]
        case Callout():
            return list(block.paragraphs)
        case Table():
            return [runs for row in block.rows for cell in row.cells for runs in cell.paragraphs]
        case ListBlock():
            return list(block.items)
        case MetaTable():
            return [runs for _, runs in block.rows]
        case Notes():
            return [note.runs for note in block.notes]
        case Key():
            return [runs for entry in block.entries for runs in entry]
        case TwoColumns():
            return [*block.left.paragraphs, *block.right.paragraphs]
    return []


def plain(text: str) -> Runs:
    """Return one run of plain text."""
    return (Run(text=text),)


def cell(*parts: str | Run, columns: int = 1, rows: int = 1, header: bool = False) -> Cell:
    """Return a cell with one paragraph of these parts."""
    runs = tuple(part if isinstance(part, Run) else Run(text=part) for part in parts)
    return Cell(paragraphs=(runs,), columns=columns, rows=rows, header=header)


def row(*parts: str | Run | Cell, anchor: str = "") -> Row:
    """Return a row with one cell per part."""
    return Row(cells=tuple(part if isinstance(part, Cell) else cell(part) for part in parts), anchor=anchor)
