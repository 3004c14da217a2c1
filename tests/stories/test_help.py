"""The help is there for every pane, and every key that it names does what it says."""

import re

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from evidencemap.resources import resource
from evidencemap.tongue import _, speaking
from evidencemap.ui.actions import ACTIONS
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.pages.helppage import page_text, shown
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press

_KEY = re.compile(r"\b(?:Ctrl|Shift|Alt|F\d+)\b(?:\+[A-Za-z0-9]+\b)*(?:\+[.,/+-](?!\w))?")
_ALSO = {"Ctrl+Q"}
"""Keys that do what another key of an action does."""

_BY_HAND = {"Ctrl", "Shift", "Alt"}
"""Keys held while the mouse is used."""


def keys_named(text: str) -> set[str]:
    """Return the keys that a page names, in Qt's way of writing them."""
    return {QKeySequence(each).toString() for each in _KEY.findall(text) if each not in _BY_HAND}


def unknown_keys(text: str) -> set[str]:
    """Return the keys that a page names and that no action has."""
    return keys_named(text) - {QKeySequence(action.keys).toString() for action in ACTIONS} - _ALSO


@pytest.mark.parametrize("page", sorted(path.name for path in resource("help").glob("*.md")))
def test_every_key_that_a_page_names_is_the_key_of_an_action(page: str) -> None:
    text = resource("help", page).read_text(encoding="utf-8")

    assert unknown_keys(text) == set()


@pytest.mark.parametrize("page", sorted(path.name for path in resource("help", "de").glob("*.md")))
def test_every_key_that_a_german_page_names_is_the_key_of_an_action(page: str) -> None:
    text = resource("help", "de", page).read_text(encoding="utf-8")

    assert unknown_keys(text.replace("Strg", "Ctrl").replace("Umschalt", "Shift")) == set()


@pytest.mark.parametrize("page", sorted(path.name for path in resource("help", "de").glob("*.md")))
def test_a_german_page_calls_commands_as_the_german_menus_do(page: str) -> None:
    text = " ".join(resource("help", "de", page).read_text(encoding="utf-8").split())

    with speaking("de"):
        called = {_(action.text) for action in ACTIONS} | {"Anfechtung: …", "Alternative: …"}

    assert set(re.findall(r"„([^“„]{4,40}\w ?…)“", text)) - called == set()


def test_a_key_that_does_nothing_is_seen() -> None:
    assert unknown_keys("Press Ctrl+Shift+Y for nothing, and F8.") == {"Ctrl+Shift+Y"}


def test_f1_shows_the_page_of_the_pane_that_has_the_focus(founding_window: CaseWindow) -> None:
    window = founding_window
    panes: list[tuple[QWidget, str]] = [
        (window.outline.tree, "The outline"),
        (window.problems.list, "What the map shows"),
        (window.map, "The"),
    ]

    for pane, title in panes:
        pane.setFocus()
        if pane is window.problems.list:
            window.problems.list.choose(-1)
        press(window, "F1")

        read = [each.text() for each in window.answer.findChildren(QLabel)]
        read += [each.text for each in window.answer.findChildren(LinkText)]
        assert any(each.startswith(title) for each in read), title


def test_every_pane_has_a_page_of_its_own(founding_window: CaseWindow) -> None:
    for pane in founding_window.panes:
        assert resource("help", f"{pane.help_page}.md").is_file(), pane.help_page


@pytest.mark.parametrize("page", sorted(path.stem for path in resource("help").glob("*.md")))
def test_no_sign_of_its_own_is_left_in_a_page_as_it_is_shown(page: str) -> None:
    raw, text = page_text(page), shown(page_text(page))

    assert not set("*`") & set(text) and "](" not in text
    assert page != "map" or set("*`") & set(raw), "a page that is shown as it is written would be seen"
