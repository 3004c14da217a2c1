"""Rows of cells that break well over pages: tables, heads of memos, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from evidencemap.brief.columns import widened
from evidencemap.brief.press import style
from evidencemap.brief.press.flow import Box, Stack, Text, stacked
from evidencemap.brief.tagged.canvas import TaggedCanvas
from evidencemap.brief.tagged.structure import Element

# A row taller than this may be split over pages; a lower one moves as a whole.
TALL = 130.0
# A table of no more rows does not leave its first alone at the foot of a page.
_SMALL = 5
# A column grows for the sake of one long word up to this share of the whole.
WIDEST_WORD = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which lines a grid shows and how much air its cells have, in points."""

    above: float = 3.5
    below: float = 4.0
    head_above: float = 0.5
    head_below: float = 3.2
    gutter: float = 10.0
    head_rule: bool = False
    hairlines: bool = False
    frame: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class GridCell:
    """A cell: its content, the column it begins in, its spans, its element."""

    content: Stack
    column: int
    columns: int
    rows: int
    element: Element


@dataclass(slots=True, eq=False)
class GridRow:
    """One row and its measured height."""

    cells: list[GridCell]
    element: Element
    height: float = 0.0


@dataclass(slots=True, eq=False)
class Grid:
    """Rows under a header that is said once and shown on every page."""

    shares: Sequence[float]
    header: list[GridRow]
    repeated: list[GridRow]
    rows: list[GridRow]
    look: Look
    before: float = 4.0
    after: float = 10.0
    keeps: bool = False
    continued: bool = False
    width: float = -1.0
    edges: list[float] = field(default_factory=list)

    @property
    def _head(self) -> list[GridRow]:
        return self.repeated if self.continued else self.header

    @property
    def _air(self) -> float:
        return self.look.above + self.look.below

    def measure(self, width: float) -> float:
        if width != self.width:
            self.width = width
            self.edges = [0.0, *accumulate(self._widths(width))]
            look = self.look
            for rows in (self.header, self.repeated):
                self._measure_rows(rows, look.head_above + look.head_below)
            self._measure_rows(self.rows, self._air)
        return self._head_height() + sum(row.height for row in self.rows)

    def _widths(self, width: float) -> list[float]:
        """Return the columns by their shares, those widened that would break a word, up to a limit."""
        whole = sum(self.shares)
        wished = [width * share / whole for share in self.shares]
        last = len(wished) - 1
        most = width * WIDEST_WORD
        needed = [
            min(most, word + (self.look.gutter if column < last else 0.0) + 0.1) if word else 0.0
            for column, word in enumerate(self._longest_words())
        ]
        return widened(wished, needed)

    def _longest_words(self) -> list[float]:
        longest = [0.0] * len(self.shares)
        for row in (*self.header, *self.rows):
            for cell in row.cells:
                if cell.columns == 1:
                    for box in cell.content.boxes:
                        if isinstance(box, Text):
                            longest[cell.column] = max(longest[cell.column], box.longest_word())
        return longest

    def _measure_rows(self, rows: list[GridRow], air: float) -> None:
        for row in rows:
            row.height = 0.0
        for number, row in enumerate(rows):
            for cell in row.cells:
                height = cell.content.measure(self._room(cell)) + air
                last = rows[min(len(rows), number + cell.rows) - 1]
                before = sum(one.height for one in rows[number : number + cell.rows - 1])
                last.height = max(last.height, height - before)

    def _room(self, cell: GridCell) -> float:
        end = cell.column + cell.columns
        gutter = self.look.gutter if end < len(self.edges) - 1 else 0.0
        return self.edges[end] - self.edges[cell.column] - gutter

    def _head_height(self) -> float:
        return sum(row.height for row in self._head)

    def least(self) -> float:
        if not self.rows:
            return self._head_height()
        together = self._together(min(1, len(self.rows) - 1))
        return self._head_height() + min(TALL, sum(row.height for row in self.rows[: together + 1]))

    def _together(self, number: int) -> int:
        """Return the last row that is tied to the row of this number: by a span, or as its heading."""
        last = number
        while number <= last:
            last = max([last, *(number + cell.rows - 1 for cell in self.rows[number].cells)])
            if self._heads(number):
                last = max(last, number + 1)
            number += 1
        return last

    def _heads(self, number: int) -> bool:
        """Tell whether a row is one cell over all columns with a row below that it stands for."""
        cells = self.rows[number].cells
        return len(cells) == 1 < len(self.shares) == cells[0].columns and number + 1 < len(self.rows)

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        used = self._head_height()
        number = 0
        while number < len(self.rows):
            last = self._together(number)
            height = sum(row.height for row in self.rows[number : last + 1])
            if used + height > room + 0.01:
                break
            used += height
            number = last + 1
        else:
            return None
        left = room - used
        tall = height > TALL and left > 60
        if tall or (force and number == 0):
            while number < last and self.rows[number].height <= left:
                left -= self.rows[number].height
                number += 1
            return self._cut(number, left, force=force)
        if 0 < number < 2 and len(self.rows) <= _SMALL and not force:
            return None
        if number == len(self.rows) - 1 and number > 2 and self._together(number - 2) < number - 1:
            number -= 1
        return self._cut(number, 0.0, force=False) if number else None

    def _cut(self, number: int, inside: float, *, force: bool) -> tuple[Box, Box] | None:
        """Cut before the row of this number, or `inside` points below its top."""
        above, below = [replace(row) for row in self.rows[:number]], self.rows[number:]
        for row in above:
            row.cells = list(row.cells)
        rest = replace(below[0], cells=list(below[0].cells))
        self._cut_spans(above, rest, number)
        if inside > 0:
            room = inside - self.look.above - self.look.below
            upper, lower, moved = [], [], False
            for cell in rest.cells:
                parts = cell.content.split(room, force=force)
                if parts is None and cell.content.measure(self._room(cell)) <= room + 0.01:
                    first, second = cell.content, Stack([])
                    moved = moved or bool(cell.content.boxes)
                elif parts is None:
                    first, second = Stack([]), cell.content
                else:
                    first, second = stacked(parts[0]), stacked(parts[1])
                    moved = True
                upper.append(replace(cell, content=first, rows=1))
                lower.append(replace(cell, content=second))
            if moved:
                above.append(replace(rest, cells=upper))
                rest.cells = lower
        if not above:
            return None
        return self._part(above, self.continued, above=True), self._part([rest, *below[1:]], True)

    def _cut_spans(self, above: list[GridRow], rest: GridRow, number: int) -> None:
        for start, row in enumerate(above):
            for place, cell in enumerate(row.cells):
                left = start + cell.rows - number
                if left <= 0:
                    continue
                height = sum(one.height for one in above[start:]) - self.look.above - self.look.below
                parts = cell.content.split(height, force=True)
                second = stacked(parts[1]) if parts else Stack([])
                first = stacked(parts[0]) if parts else cell.content
                row.cells[place] = replace(cell, content=first, rows=number - start)
                rest.cells.append(replace(cell, content=second, rows=left))
        rest.cells.sort(key=lambda cell: cell.column)

    def _part(self, rows: list[GridRow], continued: bool, *, above: bool = False) -> Grid:
        """Return some of the rows, the columns as wide as they are; only what a cut changes is measured."""
        part = Grid(
            self.shares,
            self.header,
            self.repeated,
            rows,
            self.look,
            self.before,
            self.after,
            self.keeps,
            continued,
            self.width,
            self.edges,
        )
        part._measure_rows(rows if above else rows[: part._together(0) + 1], self._air)
        return part

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        y = top
        if self.look.frame:
            with canvas.artifact():
                canvas.rule(x, x + self.width, y, 0.9, style.RULE)
        for row in self._head:
            self._paint_row(canvas, row, x, y - self.look.head_above)
            y -= row.height
        if self.look.head_rule and self._head:
            with canvas.artifact():
                canvas.rule(x, x + self.width, y, 0.9, style.RULE)
        for number, row in enumerate(self.rows):
            self._paint_row(canvas, row, x, y - self.look.above)
            y -= row.height
            if self.look.hairlines:
                self._paint_hairline(canvas, number, x, y)
        if self.look.frame:
            with canvas.artifact():
                canvas.rule(x, x + self.width, y, 0.9, style.RULE)

    def _paint_row(self, canvas: TaggedCanvas, row: GridRow, x: float, top: float) -> None:
        row.element.attach()
        for cell in row.cells:
            cell.element.attach()
            cell.content.paint(canvas, x + self.edges[cell.column], top)

    def _paint_hairline(self, canvas: TaggedCanvas, number: int, x: float, y: float) -> None:
        covered = {
            column
            for start, row in enumerate(self.rows[: number + 1])
            for cell in row.cells
            if start + cell.rows - 1 > number
            for column in range(cell.column, cell.column + cell.columns)
        }
        with canvas.artifact():
            for left, right in _free_stretches(len(self.shares), covered):
                canvas.rule(x + self.edges[left], x + self.edges[right], y, 0.6, style.HAIRLINE)


def _free_stretches(columns: int, covered: set[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for column in range(columns):
        if column in covered:
            continue
        if stretches and stretches[-1][1] == column:
            stretches[-1] = (stretches[-1][0], column + 1)
        else:
            stretches.append((column, column + 1))
    return stretches
