"""A case built from nothing by keyboard alone stands as the founding case does."""

from PySide6.QtGui import QImage

from evidencemap.session import Session
from evidencemap.ui.canvas.empty import is_empty
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import choose, find, on_map, press, say, status


def build_three_claims(window: CaseWindow) -> None:
    press(window, "C")
    say(window, "volume: 28.8 million exchanges ran through about 25,000 accounts")
    on_map(window)
    press(window, "Tab")
    say(window, "e: The letter to the committee")
    choose(window, "field credibility", "2")
    on_map(window)
    press(window, "Tab")
    say(window, "s: The provider")
    choose(window, "field reliability", "B")
    on_map(window)
    press(window, "C")
    say(window, "attribution: The accounts were operated for the lab")
    choose(window, "stated", "E")
    on_map(window)
    press(window, "C")
    say(window, "effect: The outputs trained a rival model")
    find(window, "C1")
    on_map(window)
    press(window, "L")
    say(window, "C2")
    find(window, "C2")
    on_map(window)
    press(window, "L")
    say(window, "C3")


def test_three_claims_made_by_keyboard_alone_get_the_same_verdicts(open_window: OpenWindow) -> None:
    window = open_window(Session.new("A letter arrived"))

    build_three_claims(window)

    assert status(window, "C1") == "supported"
    assert status(window, "C2") == "unsupported"
    assert status(window, "C3") == "unsupported"
    assert status(window, "P2") == "unsupported"
    assert status(window, "P3") == "unsupported"
    lender = window.editor.verdicts.steps[window.editor.case.numbered("P2").id].lender  # type: ignore[union-attr]
    assert lender == window.editor.case.numbered("C1").id  # type: ignore[union-attr]
    window.editor.session.discard()


def test_a_warrant_with_nothing_behind_it_leaves_the_step_unsupported(open_window: OpenWindow) -> None:
    window = open_window(Session.new("A letter arrived"))
    build_three_claims(window)

    find(window, "P2")
    on_map(window)
    press(window, "W")
    say(window, "The method ties the accounts to one operator")

    assert status(window, "P2") == "unsupported"
    assert status(window, "M1") == "unsupported"
    window.editor.session.discard()


def test_a_refusal_is_a_sentence_in_the_message_bar_and_changes_nothing(open_window: OpenWindow) -> None:
    window = open_window(Session.new("A letter arrived"))
    press(window, "C")
    say(window, "volume: One thing")
    before = window.editor.case

    window.editor.select([])
    press(window, "Ctrl+K")
    say(window, "undercut")

    assert window.editor.case is before
    window.editor.session.discard()


def test_an_empty_map_says_how_to_begin_until_something_is_on_it(open_window: OpenWindow) -> None:
    window = open_window(Session.new("A letter arrived"))
    empty = pixels_with_words(window)

    press(window, "C")
    say(window, "volume: 28.8 million exchanges ran through about 25,000 accounts")
    find(window, "C1")
    on_map(window)
    press(window, "Delete")
    again = pixels_with_words(window)
    press(window, "Ctrl+Z")

    assert empty > 500
    assert abs(again - empty) < empty / 20, "the same words, wherever the middle is by now"
    assert not is_empty(window.editor.case)
    window.editor.session.discard()


def test_what_was_said_of_one_case_is_not_said_of_the_next(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C2")
    press(window, "Ctrl+I")
    assert "C2 is unsupported" in window.messages.sentence.text()

    press(window, "Ctrl+N")
    say(window, "Another letter")

    assert window.editor.case.header.title == "Another letter"
    assert not window.messages.isVisible(), window.messages.sentence.text()
    assert window.problems.list.held.rowCount() == 0
    window.editor.session.discard()


def pixels_with_words(window: CaseWindow) -> int:
    """Count the dark pixels in the middle of the map, where an empty map has its two sentences."""
    picture = window.map.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = picture.height() // 2
    rows = range(middle - 40, middle + 40)
    return sum(picture.pixelColor(x, y).value() < 160 for y in rows for x in range(picture.width()))
