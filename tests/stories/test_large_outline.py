"""The outline of a large case: what is in sight at once, the rest in the pauses, and nothing left out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.ui.panels.branches import roots
from evidencemap.ui.panels.later import AT_ONCE, Later
from evidencemap.ui.rows import ROW_ROLE
from evidencemap.ui.window import CaseWindow
from tests.benchmarks.generate import generate
from tests.stories.conftest import OpenWindow


def told(window: CaseWindow) -> list[str]:
    """Return what each row at the top of the outline shows; a row that waits shows nothing."""
    tree = window.outline.tree
    rows = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    held = [None if row is None else row.data(0, ROW_ROLE) for row in rows]
    return ["" if row is None else row.text for row in held]


def editable(window: CaseWindow) -> int:
    """Return how many rows at the top of the outline have been made so that they can be edited."""
    tree = window.outline.tree
    rows = (tree.topLevelItem(at) for at in range(tree.topLevelItemCount()))
    return sum(row is not None and bool(row.flags() & Qt.ItemFlag.ItemIsEditable) for row in rows)


def test_a_large_outline_shows_its_first_rows_at_once_and_soon_all(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(Session.adopt(generate(4000, 7)))
    window.outline.show_case()
    first = told(window)
    made = editable(window)

    qtbot.waitUntil(lambda: all(told(window)), timeout=20_000)

    assert len(first) > 3 * AT_ONCE
    assert all(first[:AT_ONCE])
    assert not all(first)
    assert made == AT_ONCE
    assert editable(window) == len(first)
    assert told(window)[:AT_ONCE] == first[:AT_ONCE]
    window.editor.session.discard()


def test_an_edit_reaches_every_row_of_a_large_outline(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(Session.adopt(generate(4000, 7)))
    qtbot.waitUntil(lambda: all(told(window)), timeout=20_000)
    before = told(window)
    claims = window.editor.case.of(Claim)
    last = next(each.id for each in reversed(roots(window.editor.case)) if each.id in claims)

    window.outline.reworded.emit(last, "What this row says now")

    qtbot.waitUntil(lambda: "What this row says now" in told(window), timeout=20_000)
    assert len(told(window)) == len(before)
    assert told(window).index("What this row says now") > AT_ONCE
    window.editor.session.discard()


def test_a_row_that_waits_while_its_claim_is_removed_goes(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(Session.adopt(generate(4000, 7)))
    qtbot.waitUntil(lambda: all(told(window)), timeout=20_000)
    rows = len(told(window))
    claims = window.editor.case.of(Claim)
    late = next(each for each in roots(window.editor.case)[AT_ONCE + 5 :] if each.id in claims)
    window.outline.show_case()

    window.editor.perform(verbs.remove, [late.id])
    waiting = not all(told(window))
    qtbot.waitUntil(lambda: all(told(window)) and len(told(window)) != rows, timeout=20_000)

    assert waiting
    assert late.id not in {each.id for each in roots(window.editor.case)}
    window.editor.session.discard()


@pytest.mark.parametrize("wakes", [True, False])
def test_rows_that_wait_are_made_only_where_somebody_goes_on(qtbot: QtBot, wakes: bool) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    rows = [QTreeWidgetItem(tree) for _at in range(AT_ONCE + 40)]
    later = Later(tree, lambda row: row.setText(0, "made"))

    later.do(rows)
    if wakes:
        qtbot.waitUntil(lambda: later.count == 0, timeout=5_000)
    else:
        later.forget()
        qtbot.wait(50)

    assert sum(row.text(0) == "made" for row in rows) == (len(rows) if wakes else AT_ONCE)
