"""A table that is copied into a spreadsheet holds texts, and nothing that the spreadsheet would work out."""

import json
from pathlib import Path

import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case, case_of, empty_case
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.ui.copying import as_table

FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    " =HYPERLINK(1)",
    "\t=cmd|' /C calc'!A0",
    "\r\n=1",
    "a\t=1",
    "\ufeff=1",
    "\u200b=1",
    "＝1+1",
]


def case_saying(texts: list[str]) -> Case:
    """Return a case with one claim for each text."""
    said = [each for each in texts if each.strip()]
    held = [Claim(id=Id(f"{at:032x}"), number=f"C{at}", text=text) for at, text in enumerate(said, 1)]
    return case_of([*empty_case("Naughty").entities.values(), *held])


def cells(table: str) -> list[str]:
    """Return the cells as a spreadsheet parts them."""
    return [cell for line in table.splitlines() for cell in line.split("\t")]


def live(cell: str) -> bool:
    """Say whether a spreadsheet may take a cell for a formula, whatever unseen letters stand before it."""
    return cell.lstrip(" \u200b\u200e\u200f\ufeff\xa0")[:1] in tuple("=+-@＝＋－＠") and cell != ""


@pytest.mark.parametrize("guard", [True, False])
def test_no_cell_of_a_copied_table_is_a_formula(corpora: Path, guard: bool) -> None:
    strings = json.loads((corpora / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    case = case_saying([*FORMULAS, *strings])

    table = as_table(case, verdicts(case), [each.id for each in case.sorted(Claim)])
    if not guard:
        table = table.replace("\t'", "\t")

    assert len(table.split("\n")) == 1 + len(case.of(Claim))
    assert any(live(each) for each in cells(table)) is not guard
