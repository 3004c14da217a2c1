"""Where cards lie: in one line, upwards, collapsed; each act one undo step or no edit at all."""

import pytest

from evidencemap.ui.window import CaseWindow
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
