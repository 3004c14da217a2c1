"""A small map lies tomorrow as it lay today, however the case was left: closed, or by a killed program."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.layout.paths import Point
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.storage.mapplaces import kept_places
from evidencemap.storage.places import state_folder
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, on_map, press, say, wait_until


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Return a case file of four claims, one of which the other three lead to."""
    path = tmp_path / "small.evmap"
    with Session.new("A small case") as session:
        for at in range(4):
            session.apply(verbs.add(session.case, Claim, text=f"Claim {at}"))
        first, *others = (each.id for each in session.case.sorted(Claim))
        for each in others:
            session.apply(verbs.connect(session.case, [each], first))
        session.save_as(path)
    return path


def places(window: CaseWindow) -> dict[Id, Point]:
    """Return where everything lies that is on the map."""
    return window.map.scene.places()


def add_between(window: CaseWindow) -> None:
    """Add two claims with keys, and a step from each of two claims to the newer one."""
    on_map(window)
    for text in ("A claim that came today", "Another one"):
        press(window, "C")
        say(window, text)
    new = window.editor.case.sorted(Claim)[-1]
    for each in window.editor.case.sorted(Claim)[1:3]:
        assert window.editor.perform(verbs.connect, [each.id], new.id) is not None


def test_a_claim_that_was_added_is_found_again_where_it_lay(
    small_file: Path, open_window: OpenWindow
) -> None:
    window = open_window(Session.open(small_file))
    before = places(window)
    add_between(window)
    today = places(window)
    press(window, "Ctrl+S")
    window.close()

    tomorrow = places(open_window(Session.open(small_file)))

    assert len(today) == 6 and before.items() <= today.items()
    assert tomorrow == today


def test_what_was_removed_leaves_the_rest_where_it_was(small_file: Path, open_window: OpenWindow) -> None:
    window = open_window(Session.open(small_file))
    find(window, "C3")
    on_map(window)
    press(window, "Delete")
    today = places(window)
    window.close()

    assert len(today) == 3
    assert places(open_window(Session.open(small_file))) == today


def test_a_program_that_is_killed_has_remembered_where_things_lay(
    small_file: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(Session.open(small_file))
    add_between(window)
    today = places(window)
    case = window.editor.case.id

    wait_until(qtbot, lambda: kept_places(case, window.map.direction) == today)
    window.editor.session.save()
    reading = open_window(Session.open(small_file))

    assert places(reading) == today


def test_opening_what_is_open_already_moves_nothing(small_file: Path, open_window: OpenWindow) -> None:
    window = open_window(Session.open(small_file))
    add_between(window)
    today = places(window)

    window.files.open_path(small_file)

    assert places(window) == today


def test_a_case_under_a_passphrase_leaves_no_places_behind(small_file: Path, open_window: OpenWindow) -> None:
    window = open_window(Session.open(small_file))
    window.editor.session.set_passphrase("correct horse battery staple")
    add_between(window)

    window.close()

    assert not list(state_folder().glob("maps/*"))
