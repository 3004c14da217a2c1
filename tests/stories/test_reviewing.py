"""Under a review only remarks change: whatever else a person tries is grey, or refused with one sentence."""

from collections.abc import Mapping

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Entity, Remark
from evidencemap.model.records import Id
from evidencemap.ui.actions import ACTIONS, Needs
from evidencemap.ui.window import CaseWindow
from tests.stories.every_field import box, show
from tests.stories.hands import find, id_of, on_map, press, say, told, type_text

LOCK = "This is a review: only remarks change. Leave the review to edit."
CHANGING = {Needs.WRITABLE, Needs.CHANGEABLE, Needs.CHANGEABLE_ONE}
ON_REMARKS = {"accept_remark", "rebut_remark"}
ASKS_FOR_A_FILE = {"open", "open_review", "save_as", "save_copy", "export_listing", "export_map",
                   "export_brief", "export_other", "identify", "prove_exhibit", "check_proof"}  # fmt: skip
ANOTHER_CASE = {"new", "open_founding", "close", "review"}


@pytest.fixture
def reviewer(founding_window: CaseWindow) -> CaseWindow:
    """Return a window that reviews the founding case, in which something was undone before."""
    window = founding_window
    window.settings.author = "B. Reviewer"
    window.editor.perform(verbs.set_field, id_of(window, "C1"), "when", "2026")
    window.editor.perform(verbs.set_field, id_of(window, "C1"), "when", "2027")
    window.editor.undo()
    window.run("review")
    find(window, "C2")
    return window


def but_remarks(window: CaseWindow) -> Mapping[Id, Entity]:
    """Return all that the case holds besides remarks."""
    return {each: held for each, held in window.editor.case.entities.items() if not isinstance(held, Remark)}


def test_every_action_that_changes_more_than_remarks_is_grey_and_says_why(reviewer: CaseWindow) -> None:
    changing = [each.name for each in ACTIONS if each.needs in CHANGING and each.name not in ON_REMARKS]

    enabled = [name for name in changing if reviewer.actions_set.by_name[name].isEnabled()]
    reasons = {reviewer.actions_set.why_not(name) for name in (*changing, "undo", "redo")}

    assert enabled == []
    assert reasons == {LOCK}
    assert len(changing) > 30


def test_whatever_action_is_taken_nothing_but_remarks_changes(reviewer: CaseWindow, qtbot: QtBot) -> None:
    window, before = reviewer, but_remarks(reviewer)
    chosen, touched = id_of(window, "C2"), []

    for action in ACTIONS:
        if action.name in ASKS_FOR_A_FILE | ANOTHER_CASE:
            continue
        if window.editor.selection != (chosen,):
            window.editor.select([chosen])
        window.run(action.name)
        if window.picker.asking:
            say(window, "C1")
        if window.picker.asking:
            press(window, "Escape")
        if but_remarks(window) != before:
            touched.append(action.name)
    window.jobs.close()

    assert touched == []


def test_the_palette_says_why_a_command_is_locked(reviewer: CaseWindow) -> None:
    window = reviewer

    press(window, "Ctrl+K")
    type_text(window, "name this point")
    hint = window.picker.list.held.index(0, 0).data(0x101).hint
    press(window, "Escape")

    assert hint == LOCK


@pytest.mark.parametrize("key", ["C", "W", "Del", "F2"])
def test_a_key_that_a_review_locks_says_why_it_does_nothing(reviewer: CaseWindow, key: str) -> None:
    find(reviewer, "C2")
    on_map(reviewer)

    press(reviewer, key)

    assert not reviewer.picker.asking
    assert told(reviewer) == LOCK


def test_what_was_undone_before_the_review_is_not_done_again_in_it(reviewer: CaseWindow) -> None:
    before = but_remarks(reviewer)

    reviewer.editor.redo()
    reviewer.editor.undo()

    assert but_remarks(reviewer) == before
    assert told(reviewer) == LOCK


def test_a_remark_made_in_a_review_is_undone_and_done_again(reviewer: CaseWindow) -> None:
    on_map(reviewer)
    press(reviewer, "X")
    say(reviewer, "challenge: who counted?")

    press(reviewer, "Ctrl+Z")
    gone = len(reviewer.editor.case.of(Remark))
    press(reviewer, "Ctrl+Shift+Z")

    assert (gone, len(reviewer.editor.case.of(Remark))) == (0, 1)


def test_the_history_does_not_revert_a_case_under_review(reviewer: CaseWindow) -> None:
    window, before = reviewer, but_remarks(reviewer)
    window.run("show_history")
    window.history.list.choose(len(window.editor.session.history()) - 1)

    window.history.revert()

    assert but_remarks(window) == before
    assert told(window) == LOCK


def test_the_fields_of_remarks_alone_are_open_in_a_review(reviewer: CaseWindow) -> None:
    on_map(reviewer)
    press(reviewer, "X")
    say(reviewer, "Who counted?")
    (remark,) = reviewer.editor.case.of(Remark)

    show(reviewer, id_of(reviewer, "C2"))
    closed = [each for each in ("text", "kind", "stated") if enabled(reviewer, f"field {each}")]
    picker = enabled(reviewer, "likelihood")
    show(reviewer, remark)
    opened = [each for each in ("text", "kind", "author") if enabled(reviewer, f"field {each}")]

    assert (closed, picker, opened) == ([], False, ["text", "kind", "author"])


def test_leaving_the_review_opens_all_again(reviewer: CaseWindow) -> None:
    reviewer.run("review")

    show(reviewer, id_of(reviewer, "C2"))

    assert enabled(reviewer, "field text")
    assert reviewer.actions_set.by_name["add_claim"].isEnabled()
    assert reviewer.actions_set.by_name["checkpoint"].isEnabled()


def test_a_choice_that_a_rule_refuses_goes_back_to_what_is_held(founding_window: CaseWindow) -> None:
    window = founding_window
    show(window, id_of(window, "P1"))
    scheme = box(window, "scheme")
    assert isinstance(scheme, QComboBox)
    held = scheme.currentText()

    scheme.setCurrentIndex(scheme.findData("comparison"))
    scheme.activated.emit(scheme.currentIndex())

    assert scheme.currentText() == held
    assert "it needs at least 2 premises" in told(window)


def enabled(window: CaseWindow, name: str) -> bool:
    """Say whether a control of the inspector takes anything."""
    assert window.inspector.sheet is not None
    found = window.inspector.sheet.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found.isEnabled()
