"""The founding case, from opening the file to the memo and back."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from evidencemap.model.words import RequestState
from evidencemap.session import Session
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import (
    choose,
    click_on_map,
    find,
    id_of,
    line_of,
    on_map,
    press,
    say,
    status,
    tick,
    wait_for_file,
)


def answer_the_request(window: CaseWindow) -> None:
    find(window, "R1")
    on_map(window)
    press(window, "Tab")
    say(window, "Audit of the attribution method, with its false-positive rate")
    tick(window, "field audited")
    choose(window, "field credibility", "1")
    on_map(window)
    press(window, "Tab")
    say(window, "s: An independent auditor")
    choose(window, "field reliability", "A")


def test_the_step_that_nothing_supports_is_dashed_and_an_audit_makes_it_carry(
    founding_window: CaseWindow, qtbot: QtBot, tmp_path: Path, open_window: OpenWindow
) -> None:
    window, memo = founding_window, tmp_path / "memo.pdf"
    assert line_of(window, "P7") is LineStyle.LONG_DASH
    before = window.editor.case.entities

    answer_the_request(window)

    request = window.editor.case[id_of(window, "R1")]
    assert request.state is RequestState.RECEIVED  # type: ignore[union-attr]
    assert status(window, "M1") == "supported"
    assert status(window, "P7") == "carries"
    assert line_of(window, "P7") is LineStyle.SOLID

    for _step in range(6):
        press(window, "Ctrl+Z")
    assert window.editor.case.entities == before
    assert line_of(window, "P7") is LineStyle.LONG_DASH

    window.files.export_brief_to(memo)
    assert wait_for_file(qtbot, memo).startswith(b"%PDF-")

    path = window.editor.session.path
    assert path is not None
    window.close()
    again = open_window(Session.open(path))
    assert status(again, "P7") == "unsupported"
    for _step in range(6):
        press(again, "Ctrl+Shift+Z")
    assert status(again, "P7") == "carries"
    for _step in range(6):
        press(again, "Ctrl+Z")
    assert status(again, "P7") == "unsupported"


def test_selecting_anywhere_selects_everywhere(founding_window: CaseWindow) -> None:
    window = founding_window

    click_on_map(window, "C2")

    chosen = id_of(window, "C2")
    assert window.editor.selection == (chosen,)
    assert window.map.selection == {chosen}
    assert window.inspector.shown == chosen
    assert window.outline.selected == (chosen,)


def test_undo_says_in_the_menu_what_it_would_take_back(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C2")

    on_map(window)
    press(window, "R")
    say(window, "Bank records of the accounts")

    assert "R5" in window.actions_set.by_name["undo"].text()
    press(window, "Ctrl+Z")
    assert "R5" in window.actions_set.by_name["redo"].text()
