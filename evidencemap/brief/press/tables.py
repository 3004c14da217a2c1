"""Grids for tables, heads of memos and keys, with headers, scopes and spans in the structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencemap.brief.outline import Cell, Column, Key, MetaTable, Run, Runs, Table, table_grid
from evidencemap.brief.press import style
from evidencemap.brief.press.flow import Box, Stack, Text
from evidencemap.brief.press.grid import Grid, GridCell, GridRow, Look
from evidencemap.brief.press.setting import Setter
from evidencemap.brief.tagged.canvas import DECORATION
from evidencemap.brief.tagged.structure import Attribute, Element

_TABLE = Look(head_rule=True, hairlines=True)
_CLOSE_TABLE = replace(_TABLE, above=2.0, below=2.3, head_below=2.0, gutter=8)
_META = Look(above=1.2, below=1.4, gutter=8, frame=True)
_KEY = Look(above=1.6, below=1.6, gutter=10)


def table_grid_box(table: Table, element: Element, setter: Setter, anchors: tuple[str, ...]) -> Grid:
    """Return the grid of a table; `anchors` name its beginning where no title stands above it."""
    head = Element("THead", element)
    body = Element("TBody", element)
    header = _header(table.columns, head, setter)
    if anchors and header[0].cells[0].content.boxes:
        first = header[0].cells[0].content.boxes[0]
        if isinstance(first, Text):
            first.anchors = (*anchors, *first.anchors)
    rows = []
    for row, cells in zip(table.rows, table_grid(table), strict=True):
        made = Element("TR", body)
        grid_cells = [_cell(cell, column, table.columns, made, setter) for column, cell in cells]
        if row.anchor:
            _name_row(grid_cells, f"at {row.anchor}", made, setter)
        rows.append(GridRow(grid_cells, made))
    shares = [max(0.05, column.width) for column in table.columns]
    look = _CLOSE_TABLE if setter.compact else _TABLE
    return Grid(shares, header, _repeated(table.columns, setter), rows, look)


def _header(columns: Sequence[Column], head: Element, setter: Setter) -> list[GridRow]:
    row = Element("TR", head)
    cells = []
    for number, column in enumerate(columns):
        element = Element("TH", row, attributes={"Table": {"Scope": "Column"}})
        text = setter.text((Run(text=column.header),), Element("P", element), style.COLUMN_HEAD)
        text.align = column.align
        cells.append(GridCell(Stack([text]), number, 1, 1, element))
    return [GridRow(cells, row)]


def _repeated(columns: Sequence[Column], setter: Setter) -> list[GridRow]:
    cells = []
    for number, column in enumerate(columns):
        text = setter.text((Run(text=column.header),), DECORATION, style.COLUMN_HEAD)
        text.align = column.align
        cells.append(GridCell(Stack([text]), number, 1, 1, DECORATION))
    return [GridRow(cells, DECORATION)]


def _cell(cell: Cell, column: int, columns: Sequence[Column], row: Element, setter: Setter) -> GridCell:
    names_row = cell.header or columns[column].row_header
    attributes: dict[str, Attribute] = {"Scope": "Row"} if names_row else {}
    if cell.columns > 1:
        attributes["ColSpan"] = cell.columns
    if cell.rows > 1:
        attributes["RowSpan"] = cell.rows
    element = Element(
        "TH" if names_row else "TD", row, attributes={"Table": attributes} if attributes else None
    )
    boxes: list[Box] = []
    for runs in cell.paragraphs:
        for text in setter.texts(runs, element, replace(style.CELL, after=2.5)):
            text.align = columns[column].align
            boxes.append(text)
    return GridCell(Stack(boxes), column, cell.columns, cell.rows, element)


def _name_row(cells: list[GridCell], anchor: str, row: Element, setter: Setter) -> None:
    for cell in cells:
        for box in cell.content.boxes:
            if isinstance(box, Text):
                box.anchors = (anchor, *box.anchors)
                return
    marker = setter.text((), Element("P", row), style.CELL, anchors=(anchor,))
    cells[0].content.boxes.append(marker)


def meta_grid(block: MetaTable, parent: Element, setter: Setter) -> Grid:
    """Return the head of a memo: labels that name their rows, and what stands beside them."""
    table = Element("Table", parent)
    body = Element("TBody", table)
    rows = []
    for label, runs in block.rows:
        row = Element("TR", body)
        head = Element("TH", row, attributes={"Table": {"Scope": "Row"}})
        named = replace(style.META, bold=True, ink=style.MUTED)
        left = Stack([setter.text((Run(text=label),), Element("P", head), named)])
        held = Element("TD", row)
        right = Stack([*setter.texts(runs, held, style.META)])
        rows.append(GridRow([GridCell(left, 0, 1, 1, head), GridCell(right, 1, 1, 1, held)], row))
    return Grid((1.0, 7.0), [], [], rows, _META, before=0.0, after=12.0)


def key_grid(block: Key, parent: Element, setter: Setter) -> Grid:
    """Return a key: terms, and beside each what it means."""
    listed = Element("L", parent, attributes={"List": {"ListNumbering": "None"}})
    small = replace(style.SMALL, ink=style.INK, after=1)
    rows = []
    for term, meaning in block.entries:
        item = Element("LI", listed)
        label, body = Element("Lbl", item), Element("LBody", item)
        bold = tuple(replace(run, bold=True) for run in term)
        left: Stack = Stack([setter.text(bold, label, small)])
        right: Stack = Stack([*_meaning(meaning, body, setter)])
        rows.append(GridRow([GridCell(left, 0, 1, 1, label), GridCell(right, 1, 1, 1, body)], item))
    return Grid((2.0, 6.0), [], [], rows, _KEY)


def _meaning(runs: Runs, body: Element, setter: Setter) -> list[Text]:
    small = replace(style.SMALL, ink=style.INK, after=1)
    return list(setter.texts(runs, body, small))
