"""Every action can be found, has one key, and can be given another."""

import pytest

from evidencemap.ui.actions import ACTIONS, found_by
from evidencemap.ui.pages.keysheet import change_key
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press, say


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


@pytest.mark.parametrize("letter", ["C", "E", "S", "N", "A", "R"])
def test_letters_do_nothing_while_a_text_is_typed(founding_window: CaseWindow, letter: str) -> None:
    window = founding_window
    press(window, "C")

    press(window, letter)

    assert window.picker.field.text().casefold() == letter.casefold()
