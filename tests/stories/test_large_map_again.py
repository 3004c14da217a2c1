"""A large map lies tomorrow as it lay today: what was laid out is remembered, apart from the case."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.layout.paths import Point
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.storage.mapplaces import forget_places
from evidencemap.storage.places import state_folder
from evidencemap.ui.window import CaseWindow
from tests.benchmarks.generate import generate
from tests.stories.conftest import OpenWindow

Look = Callable[[Callable[[CaseWindow], None]], dict[Id, Point]]
"""Opens the case in a window, does something there, closes it, and returns where all nodes lay at the end."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    forget_places()
    path = tmp_path / "large.evmap"
    with Session.adopt(generate(400, 7)) as session:
        session.save_as(path)
    return path


@pytest.fixture
def look(open_window: OpenWindow, qtbot: QtBot, file: Path) -> Look:
    def opened(act: Callable[[CaseWindow], None]) -> dict[Id, Point]:
        window = open_window(Session.open(file))
        qtbot.waitUntil(lambda: bool(window.map.scene.ids), timeout=60_000)
        act(window)
        places = window.map.scene.places()
        window.close()
        return places

    return opened


def only_look(window: CaseWindow) -> None:
    """Do nothing to the case."""


def add_a_claim(window: CaseWindow) -> None:
    """Change the case so that a new layout of it would lie otherwise."""
    first, second = window.editor.case.sorted(Claim)[:2]
    window.editor.perform(verbs.add, Claim, text="A claim that came today")
    new = window.editor.case.sorted(Claim)[-1]
    window.editor.perform(verbs.connect, [first.id, second.id], new.id)


def test_a_large_map_lies_as_it_lay_when_it_was_closed(look: Look) -> None:
    today = look(add_a_claim)
    tomorrow = look(only_look)
    forget_places()
    anew = look(only_look)

    assert len(today) == 401
    assert tomorrow == today
    assert anew != today


def test_what_a_person_placed_stays_there_and_goes_back_where_it_lay(look: Look) -> None:
    before = look(only_look)
    claim = generate(400, 7).sorted(Claim)[0].id

    look(lambda window: (window.editor.perform(verbs.place, {claim: (50.0, 70.0)}), None)[1])
    placed = look(only_look)
    taken_back = look(lambda window: window.editor.undo())

    assert placed == {**before, claim: (50.0, 70.0)}
    assert taken_back == before


def test_looking_at_a_large_map_changes_nothing_of_its_case(look: Look, file: Path) -> None:
    before = file.read_bytes()

    look(only_look)
    look(only_look)

    assert file.read_bytes() == before
    assert list(state_folder().glob("maps/*.places"))


def test_a_memory_that_is_damaged_is_laid_out_anew(look: Look) -> None:
    before = look(only_look)
    (path,) = state_folder().glob("maps/*.places")
    path.write_bytes(path.read_bytes()[:-9])

    assert look(only_look) == before


def test_a_memory_of_another_time_that_knows_too_little_is_not_used(look: Look, file: Path) -> None:
    before = look(only_look)
    some = generate(400, 7).sorted(Claim)[:60]
    look(lambda window: (window.editor.perform(verbs.remove, [each.id for each in some]), None)[1])

    with Session.open(file) as session:
        session.undo()

    assert look(only_look) == before


def test_an_encrypted_case_leaves_no_places_behind(look: Look) -> None:
    def encrypt(window: CaseWindow) -> None:
        window.editor.session.set_passphrase("correct horse battery staple")

    look(encrypt)

    assert not list(state_folder().glob("maps/*"))


def test_forgetting_recent_files_forgets_where_their_maps_lay(look: Look) -> None:
    def forget(window: CaseWindow) -> None:
        window.close()
        window.run("forget_recent")

    look(only_look)
    kept = list(state_folder().glob("maps/*.places"))

    look(forget)

    assert len(kept) == 1
    assert not list(state_folder().glob("maps/*.places"))
