"""Where cards lie: in one line, upwards, collapsed; each act one undo step or no edit at all."""

from pathlib import Path

import pytest

from evidencemap.exchange.listing import read_listing
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, id_of, on_map, press, say


def top_of(window: CaseWindow, number: str) -> float:
    at = window.map.place_of(id_of(window, number))
    assert at is not None
    return at[1]


def test_two_cards_are_brought_into_one_line_and_back_by_one_undo(founding_window: CaseWindow) -> None:
    window = founding_window
    window.editor.select([id_of(window, "C4"), id_of(window, "C5")])
    before = top_of(window, "C5")
    assert top_of(window, "C4") != before

    press(window, "Ctrl+K")
    say(window, "align upper edges")

    assert top_of(window, "C4") == top_of(window, "C5")
    press(window, "Ctrl+Z")
    assert top_of(window, "C5") == before


def test_what_leads_to_a_claim_is_hidden_and_shown_again_without_an_edit(founding_window: CaseWindow) -> None:
    window = founding_window
    before = window.editor.case
    find(window, "C4")

    press(window, "Ctrl+K")
    say(window, "collapse what leads here")

    assert window.map.place_of(id_of(window, "E7")) is None
    press(window, "Ctrl+K")
    say(window, "expand all")
    assert window.map.place_of(id_of(window, "E7")) is not None
    assert window.editor.case is before


def test_the_map_runs_upwards_where_a_person_wants_it(founding_window: CaseWindow) -> None:
    window = founding_window
    assert top_of(window, "C9") > top_of(window, "E2")

    press(window, "Ctrl+K")
    say(window, "map from bottom to top")
    window.map.finish_laying_out()

    assert top_of(window, "C9") < top_of(window, "E1")
    assert window.actions_set.by_name["upwards"].isChecked()


def test_aligning_one_card_is_refused_with_a_sentence(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C4")
    on_map(window)

    press(window, "Ctrl+K")
    say(window, "even gaps down")

    assert "two cards" in window.messages.sentence.text()


@pytest.mark.parametrize("wanted", [True, False])
def test_reduced_motion_reaches_the_map(founding_window: CaseWindow, wanted: bool) -> None:
    founding_window.settings.reduced_motion = wanted

    assert founding_window.map.reduced_motion is wanted


def test_which_way_the_map_runs_and_snapping_are_remembered_without_a_word_of_the_case(
    founding_window: CaseWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = founding_window
    before = top_of(window, "C9") - top_of(window, "E2")
    for words in ("map from bottom to top", "snap cards to each other"):
        press(window, "Ctrl+K")
        say(window, words)
    window.close()

    again = open_window(Session.adopt(read_listing(resource("cases", "letter.yaml"))))
    again.map.finish_laying_out()

    assert before > 0 > top_of(again, "C9") - top_of(again, "E2")
    assert not again.map.snapping
    kept = (tmp_path / "settings" / "window.ini").read_text(encoding="utf-8")
    assert "upwards=yes" in kept and "snapping=no" in kept
    assert again.editor.case.header.title not in kept
    again.editor.session.discard()


def test_a_person_who_kept_nothing_gets_the_usual_map(founding_window: CaseWindow) -> None:
    assert top_of(founding_window, "C9") > top_of(founding_window, "E2")
    assert founding_window.map.snapping
