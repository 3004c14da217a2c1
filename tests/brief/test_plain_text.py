"""The plain text of a brief can be read in a mail: no line too long, and tables in columns where they fit."""

import pytest

from evidencemap.brief.basis import basis
from evidencemap.brief.outline import Column, Outline, Table, cell, row
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import WIDTH, plain_text
from tests.brief.founding import DAY, letter, outline_of

COLUMNS = (Column(header="Step", row_header=True), Column(header="Leads to"), Column(header="Kind"))


def text_of(*rows: tuple[str, str, str]) -> list[str]:
    """Return the lines of a table of three columns as plain text, without the last, the day."""
    table = Table(columns=COLUMNS, rows=tuple(row(*each) for each in rows), title="Steps")
    return plain_text(Outline(title="Steps", date=DAY, blocks=(table,))).splitlines()[:-2]


def test_a_table_that_fits_stands_in_columns_under_its_headers() -> None:
    lines = text_of(("P1", "C1", "record"), ("P12", "C2 and C3", ""))

    assert lines == [
        "Steps",
        "Step  Leads to   Kind",
        "----  ---------  ------",
        "P1    C1         record",
        "P12   C2 and C3",
    ]


def test_a_table_with_one_cell_too_wide_is_told_row_by_row_with_every_header() -> None:
    wide = "a claim " * 9

    lines = text_of(("P1", wide.strip(), "record"), ("P2", "C2", "sign"))

    assert lines[:3] == ["Steps", "", "* Step: P1"]
    assert lines[-4:] == ["", "* Step: P2", "  Leads to: C2", "  Kind: sign"]
    assert max(map(len, lines)) <= WIDTH


def test_a_cell_over_all_columns_has_a_line_of_its_own() -> None:
    table = Table(
        columns=COLUMNS, rows=(row("P1", "C1", "record"), row(cell("3 more: see the report.", columns=3)))
    )

    lines = plain_text(Outline(title="Steps", date=DAY, blocks=(table,))).splitlines()

    assert lines[2:4] == ["P1    C1        record", "3 more: see the report."]


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_line_of_a_brief_is_longer_than_a_mail_shows(template: str) -> None:
    told = plain_text(TEMPLATES[template](basis(letter(), DAY)))

    assert max(len(line) for line in told.splitlines()) <= WIDTH
    assert all(line == line.rstrip() for line in told.splitlines())


def test_the_steps_of_the_founding_case_are_one_line_each() -> None:
    lines = plain_text(outline_of("report")).splitlines()

    assert "P7    C1             C2   attribution  M1       ○ Unsupported, suggestive" in lines
    assert "P18   C10 and C11    A3   practical    –        ● Carries, probable (granted)" in lines
