"""In a large case what was removed goes from every pane, and is there again once that is taken back."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.rows import ROW_ROLE, Row, whole
from evidencemap.ui.window import CaseWindow
from tests.benchmarks.generate import generate
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, on_map, press

PANE_KEYS = {
    "Ctrl+2": "matrix",
    "Ctrl+3": "timeline",
    "Ctrl+4": "key list",
    "Ctrl+5": "outline",
    "Ctrl+6": "library",
    "Ctrl+8": "inspector",
    "Ctrl+9": "answer",
    "Ctrl+0": "findings",
}
"""The keys of every pane but the history, which goes on naming what was removed."""


@pytest.fixture
def large(open_window: OpenWindow, qtbot: QtBot) -> Iterator[CaseWindow]:
    window = open_window(Session.adopt(generate(900, 7)))
    at_rest(window, qtbot)
    yield window
    window.editor.session.discard()


def some_claim(window: CaseWindow) -> str:
    """Return the number of a claim that a finding names; no rating of a source or an item reads like it."""
    case = window.editor.case
    named = {each for found in window.editor.findings for each in found.on}
    numbers = (each.number for each in case.sorted(Claim) if each.id in named)
    return next(each for each in numbers if each.startswith("C") and len(each) > 2)


def at_rest(window: CaseWindow, qtbot: QtBot) -> None:
    """Wait until every pane shows the case as it is and its findings."""
    qtbot.waitUntil(
        lambda: not (window.following.count or window.editor.looking or window.jobs.busy), timeout=60_000
    )
    qtbot.wait(50)


def rows(model: QAbstractItemModel, under: QModelIndex) -> Iterator[str]:
    """Yield what a model shows in the rows beneath one, and in all that are made beneath those."""
    for at in range(model.rowCount(under)):
        index = model.index(at, 0, under)
        held = index.data(ROW_ROLE)
        yield whole(held) if isinstance(held, Row) else str(index.data() or "")
        yield from rows(model, index)


def texts(pane: QWidget) -> Iterator[str]:
    """Yield every text of a pane."""
    for view in pane.findChildren(QAbstractItemView):
        model = view.model()
        yield from rows(model, QModelIndex())
        if isinstance(view, QTableView):
            across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
            yield from (str(model.headerData(at, across)) for at in range(model.columnCount()))
            yield from (str(model.headerData(at, down)) for at in range(model.rowCount()))
    yield from (each.text() for each in pane.findChildren(QLabel))
    yield from (each.text() for each in pane.findChildren(QPushButton))
    yield from (each.text for each in pane.findChildren(LinkText))


def panes_that_name(window: CaseWindow, number: str, qtbot: QtBot) -> set[str]:
    """Go to every pane by its key and return those that name a number, the history apart."""
    named = set()
    for key, name in PANE_KEYS.items():
        press(window, key)
        at_rest(window, qtbot)
        pane = next(each for each in window.panes if each.accessibleName().casefold() == name)
        if any(re.search(rf"\b{number}\b", text) for text in texts(pane)):
            named.add(name)
    return named


def test_what_was_removed_goes_from_every_pane_and_comes_back_with_an_undo(
    large: CaseWindow, qtbot: QtBot
) -> None:
    number = some_claim(large)
    find(large, number)
    at_rest(large, qtbot)
    before = panes_that_name(large, number, qtbot)

    find(large, number)
    on_map(large)
    press(large, "Delete")
    assert large.editor.case.numbered(number) is None
    removed = panes_that_name(large, number, qtbot)
    press(large, "Ctrl+Z")
    at_rest(large, qtbot)
    find(large, number)
    at_rest(large, qtbot)

    assert {"outline", "key list", "inspector", "findings"} <= before
    assert removed == set()
    assert panes_that_name(large, number, qtbot) == before


def test_a_press_where_something_was_just_removed_selects_what_stands_there_now(
    large: CaseWindow, qtbot: QtBot
) -> None:
    removed = find(large, some_claim(large))
    at_rest(large, qtbot)
    tree = large.outline.tree
    row = tree.visualRect(tree.currentIndex()).center()
    assert large.outline.selected == (removed,)

    large.run("remove")
    waits = large.following.count
    QTest.mouseClick(large.windowHandle(), Qt.MouseButton.LeftButton, pos=tree.viewport().mapTo(large, row))

    assert waits == len(large.panes)
    assert len(large.editor.selection) == 1
    at_rest(large, qtbot)
    assert large.outline.selected == large.editor.selection
