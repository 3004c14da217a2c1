"""Every action can be found, has one key, and can be given another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Watch
from evidencemap.ui.actions import ACTIONS, found_by
from evidencemap.ui.menus import lettered
from evidencemap.ui.pages.keysheet import change_key
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, press, say, told, wait_until


def test_the_palette_finds_every_action_by_any_of_its_words() -> None:
    for action in ACTIONS:
        for word in f"{action.text} {action.words}".casefold().replace("…", "").split():
            assert action in found_by(word), f"{word!r} does not find {action.name}"


def test_no_two_actions_share_a_key() -> None:
    keys = [action.keys for action in ACTIONS if action.keys]

    assert len(keys) == len(set(keys))


def test_every_action_is_in_a_menu_and_does_something(founding_window: CaseWindow) -> None:
    shown = {
        entry.objectName()
        for menu in founding_window.menuBar().actions()
        for entry in menu.menu().actions()  # type: ignore[attr-defined]
    }

    assert {action.name for action in ACTIONS} <= shown


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("keys", [f"Alt+{letter}" for letter in "FECVIAH"])
def test_every_menu_opens_with_alt_and_its_letter(
    founding_window: CaseWindow, keys: str, qtbot: QtBot
) -> None:
    press(founding_window, keys)

    wait_until(qtbot, lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and f"&{keys[-1]}" in menu.title()
    menu.close()


def test_menus_whose_first_letter_is_taken_open_with_another() -> None:
    assert lettered(["Ansicht", "Auswerten", "An"]) == ["&Ansicht", "A&uswerten", "A&n"]
    assert lettered(["Ab", "Ba", "A"]) == ["&Ab", "&Ba", "A"]


def test_a_command_is_run_by_typing_its_name(founding_window: CaseWindow) -> None:
    press(founding_window, "Ctrl+K")

    say(founding_window, "key list")

    assert founding_window.docks.tabs.currentWidget() is founding_window.docks.key_list


def test_a_key_given_to_another_action_is_taken_from_the_first(founding_window: CaseWindow) -> None:
    window = founding_window

    from PySide6.QtGui import QKeySequence

    change_key(window.settings, "add_claim", QKeySequence("E"))

    assert window.actions_set.key_of("add_claim") == "E"
    assert window.actions_set.key_of("add_evidence") == ""


def test_a_command_that_cannot_be_taken_says_why(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+K")

    say(window, "withdraw")

    assert "Select something first: “Withdraw” is about" in window.messages.sentence.text()
    assert window.messages.isVisible()
    press(window, "Ctrl+K")
    say(window, "redo")
    assert "nothing to do again" in window.messages.sentence.text()


@pytest.mark.parametrize(
    "name",
    [
        "edit_text",
        "withdraw",
        "reinstate",
        "premise",
        "sibling",
        "con",
        "why",
        "settle",
        "impact",
        "challenge",
    ],
)
def test_a_command_about_one_thing_says_so_where_two_are_selected(
    name: str, founding_window: CaseWindow
) -> None:
    window = founding_window
    window.editor.select([id_of(window, "C1"), id_of(window, "E1")])

    window.run(name)

    assert told(window).startswith("Select one thing alone: “")


def test_an_objection_to_a_request_is_refused_and_answers_it_by_no_means(founding_window: CaseWindow) -> None:
    window = founding_window
    case = window.editor.case
    find(window, "R1")

    window.run("con")
    asked = window.picker.asking
    window.editor.perform(verbs.connect, [id_of(window, "E1")], id_of(window, "R1"), con=True)

    assert not asked
    assert told(window) == (
        "Only claims and items speak against something, and only against claims and items."
    )
    assert window.editor.case is case


@pytest.mark.parametrize(
    ("typed", "by", "why"),
    [
        ("2026-12-01", "2026-12-01", ""),
        ("2026-12: the ruling", "2026-12", "the ruling"),
        ("note: the ruling", "", "note: the ruling"),
    ],
)
def test_a_watch_takes_a_date_as_a_date_and_nothing_else_as_one(
    typed: str, by: str, why: str, founding_window: CaseWindow
) -> None:
    find(founding_window, "C2")

    founding_window.run("add_watch")
    say(founding_window, typed)

    (watch,) = founding_window.editor.case.of(Watch).values()
    assert (watch.by, watch.why) == (by, why)


def test_forgetting_recent_files_is_said(founding_window: CaseWindow) -> None:
    founding_window.run("forget_recent")

    assert told(founding_window) == "The list of recent files is empty now."


def test_taking_a_warrant_away_says_which_step_is_wanted(founding_window: CaseWindow) -> None:
    find(founding_window, "S1")

    founding_window.run("take_warrant")

    assert told(founding_window) == "Select the step whose warrant is to go."


def test_the_reason_of_an_item_and_of_a_request_is_told_as_well(founding_window: CaseWindow) -> None:
    find(founding_window, "E1")
    press(founding_window, "Ctrl+I")
    of_the_item = told(founding_window)

    find(founding_window, "R1")
    press(founding_window, "Ctrl+I")
    of_the_request = told(founding_window)
    find(founding_window, "N1")
    press(founding_window, "Ctrl+I")

    assert of_the_item == (
        "The weakest link is evidence E1: it is only reported, which holds it at probable."
    )
    assert of_the_request == "What is missing is an answer to request R1: none is recorded as received."
    assert told(founding_window) == "Claims, steps, items and requests have a reason; N1 has none."


def test_a_command_with_a_letter_is_run_by_its_name_even_from_a_field(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "S1")
    field = window.inspector.findChild(QLineEdit, "field name")
    assert field is not None
    field.setFocus()

    press(window, "Ctrl+K")
    say(window, "add claim")

    assert window.picker.asking and "laim" in window.picker.prompt.text()


@pytest.mark.parametrize(
    ("key", "pane"),
    [
        ("Ctrl+5", "outline"),
        ("Ctrl+6", "library"),
        ("Ctrl+7", "history"),
        ("Ctrl+8", "inspector"),
        ("Ctrl+9", "answer"),
        ("Ctrl+0", "findings"),
    ],
)
def test_every_pane_is_reached_by_a_key_and_by_its_name(
    founding_window: CaseWindow, qtbot: QtBot, key: str, pane: str
) -> None:
    window = founding_window
    shown = next(dock.widget() for dock in window.docks.all if dock.objectName() == pane)

    press(window, key)
    by_key = QApplication.focusWidget()
    press(window, "Ctrl+1", "Ctrl+K")
    say(window, f"pane {pane}")
    by_name = QApplication.focusWidget()

    qtbot.waitUntil(lambda: shown in window.docks.in_sight)
    assert by_key is not None and (by_key is shown or shown.isAncestorOf(by_key))
    assert by_name is by_key


def test_the_key_sheet_says_which_action_loses_its_key(founding_window: CaseWindow, qtbot: QtBot) -> None:
    window = founding_window
    press(window, "Ctrl+/")
    edit = window.answer.findChild(QKeySequenceEdit, "key add_claim")
    assert edit is not None
    edit.setFocus()

    QTest.keyClick(edit, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: window.actions_set.key_of("add_claim") == "E")

    assert "E was the key of Evidence" in window.messages.sentence.text()


def test_a_change_of_a_verdict_is_announced_and_a_change_of_words_is_not(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "S1")

    window.editor.perform(verbs.reword, id_of(window, "C1"), "28.8 million exchanges, it is said")
    after_words = window.heard.said
    press(window, "Ctrl+K")
    say(window, "withdraw")
    press(window, "Return")

    assert after_words == ""
    assert window.heard.said.startswith("C1: unsupported")
    assert "more verdicts changed" in window.heard.said
    press(window, "Ctrl+Z")
    assert "C1: supported, probable" in window.heard.said


@pytest.mark.parametrize("letter", ["C", "E", "S", "N", "A", "R"])
def test_letters_do_nothing_while_a_text_is_typed(founding_window: CaseWindow, letter: str) -> None:
    window = founding_window
    press(window, "C")

    press(window, letter)

    assert window.picker.field.text().casefold() == letter.casefold()


@pytest.mark.parametrize("typed", ["X" * 10_000, "many words " * 2_000])
def test_a_message_that_repeats_a_long_text_leaves_the_window_as_it_is(
    typed: str, founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    width, least = window.width(), window.minimumSizeHint().width()

    window.editor.refused.emit(f"There is no {typed} in this case.")
    qtbot.waitUntil(lambda: window.messages.sentence.height() > 10)
    QApplication.processEvents()

    assert (window.width(), window.minimumSizeHint().width()) == (width, least)
    assert window.messages.height() < window.height() / 2
    assert told(window).startswith("There is no ") and told(window).endswith("…")


def test_a_text_that_is_refused_is_asked_for_again_and_not_lost(founding_window: CaseWindow) -> None:
    window = founding_window
    window.editor.select([id_of(window, "C9")])
    window.run("split")
    before = window.editor.case

    window.picker.field.clear()
    say(window, "A rival stole the model, and all of it")

    assert window.editor.case is before
    assert told(window) == "A split needs at least two parts."
    assert (window.picker.asking, window.picker.field.text()) == (
        True,
        "A rival stole the model, and all of it",
    )
    window.picker.field.clear()
    say(window, "A rival stole the model / all of it")
    assert not window.picker.asking
    assert window.editor.case is not before


def test_a_key_that_wants_something_selected_says_so_and_typed_letters_say_nothing(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    window.editor.select([])
    press(window, "Ctrl+1", "W")
    asked = told(window)

    window.messages.dismiss()
    press(window, "Ctrl+F")
    QTest.keyClicks(window.picker.field, "W L")

    assert asked == "Select something first: “Warrant” is about what is selected."
    assert not window.messages.isVisible()
    assert window.picker.field.text() == "W L"
