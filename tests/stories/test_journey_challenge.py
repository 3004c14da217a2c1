"""The journey of a second analyst: a review of remarks alone, three acts each; what is open is dissent."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Remark
from evidencemap.model.words import RemarkKind, RemarkState
from evidencemap.session import Session
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, id_of, press, say, spot, told, wait_for_file, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

REMARKS = {
    "C1": "challenge: Who counted the exchanges?",
    "C2": "alternative: Somebody else rented the accounts",
    "C3": "correction: Nobody has seen the rival's training data",
}


@pytest.fixture
def reviewed(open_window: OpenWindow, founding_file: Path, qtbot: QtBot) -> CaseWindow:
    """Return a window in which a second analyst has opened the case for a review."""
    window = open_window(Session.new("Their own work"))
    window.reviewing.open_path(founding_file)
    wait_until(qtbot, lambda: window.picker.asking)
    say(window, "Ben")
    return window


def remark_by_keyboard(acts: Acts, number: str, text: str) -> None:
    """Walk to the next finding: what the map shows is what a challenger remarks on."""
    acts.key("F8")
    acts.key("X")
    acts.say(text)


def remark_by_mouse(acts: Acts, number: str, text: str) -> None:
    the_map = acts.window.map
    at = spot(acts.window, number)
    acts.count += 1
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(the_map, QContextMenuEvent(reason, at, the_map.mapToGlobal(at)))
    shown = acts.window.findChildren(QMenu)[-1]
    entry = next(each for each in shown.actions() if each.objectName() == "remark")
    acts.click(shown, shown.actionGeometry(entry).center())
    acts.choose(text)


@pytest.mark.parametrize("remark", [remark_by_keyboard, remark_by_mouse], ids=["keyboard", "mouse"])
def test_a_remark_takes_three_acts_and_nothing_else_can_be_changed(
    reviewed: CaseWindow, remark: Callable[[Acts, str, str], None]
) -> None:
    window = reviewed
    acts = Acts(window)
    window.map.setFocus()
    before = window.editor.case

    for number, text in REMARKS.items():
        remark(acts, number, text)

    made = window.editor.case.sorted(Remark)
    assert [each.kind for each in made][-3:] == [
        RemarkKind.CHALLENGE,
        RemarkKind.ALTERNATIVE,
        RemarkKind.CORRECTION,
    ]
    assert {each.author for each in made[-3:]} == {"Ben"}
    assert acts.count <= 3 * len(REMARKS), f"{acts.count} acts"
    others = {one: held for one, held in window.editor.case.entities.items() if not isinstance(held, Remark)}
    assert others == {one: held for one, held in before.entities.items() if not isinstance(held, Remark)}


def test_in_a_review_a_card_does_not_stay_where_it_was_dragged_and_no_edit_is_undone(
    reviewed: CaseWindow,
) -> None:
    window = reviewed
    case, claim = window.editor.case, id_of(window, "C1")
    start, before = spot(window, "C1"), window.map.place_of(claim)
    left = Qt.MouseButton.LeftButton

    QTest.mousePress(window.map, left, pos=start)
    QTest.mouseMove(window.map, start + QPoint(40, 30))
    QTest.mouseRelease(window.map, left, pos=start + QPoint(40, 30))
    press(window, "Ctrl+Z")

    assert window.editor.case is case
    assert window.map.place_of(claim) == before
    assert "Review" in window.windowTitle()


@pytest.mark.parametrize("name", ["add_claim", "edit_text", "premise", "con", "add_watch", "accept_finding"])
def test_in_a_review_nothing_is_asked_for_that_would_be_refused(name: str, reviewed: CaseWindow) -> None:
    find(reviewed, "C1")

    reviewed.run(name)

    assert not reviewed.picker.asking
    assert told(reviewed) == "This is a review: only remarks change. Leave the review to edit."


def test_in_a_review_the_text_of_a_remark_can_be_mended(reviewed: CaseWindow) -> None:
    find(reviewed, "C1")
    reviewed.run("remark")
    say(reviewed, "Who cuonted?")
    (remark,) = reviewed.editor.case.of(Remark).values()
    reviewed.editor.select([remark.id])

    reviewed.run("edit_text")
    say(reviewed, "Who counted?")

    (mended,) = reviewed.editor.case.of(Remark).values()
    assert mended.text == "Who counted?"


def test_the_author_answers_each_remark_and_what_stays_open_prints_as_dissent(
    open_window: OpenWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with Session.open(founding_file) as session:
        for number, text in REMARKS.items():
            about = session.case.by_number[number]
            session.apply(verbs.remark(session.case, about, text, RemarkKind.CHALLENGE, "Ben"))
    window = open_window(Session.open(founding_file))
    acts = Acts(window)
    ours = [each.id for each in window.editor.case.sorted(Remark)][-3:]

    while window.editor.chosen != ours[0]:
        acts.key("Ctrl+Shift+X")
        acts.count -= window.editor.chosen != ours[0]
    acts.button("Accept")
    acts.key("Ctrl+Shift+X")
    acts.button("Rebut")
    acts.key("Ctrl+Shift+X")

    states = [window.editor.case.of(Remark)[each].state for each in ours]
    assert states == [RemarkState.ACCEPTED, RemarkState.REBUTTED, RemarkState.OPEN]
    assert acts.count <= 3 * 2, f"{acts.count} acts"
    memo = tmp_path / "memo.pdf"
    acts.name_file(memo)
    acts.key("Ctrl+E")
    printed = text_of(wait_for_file(qtbot, memo))
    assert "Dissent" in printed
    assert "Nobody has seen the rival's training data" in printed.replace("’", "'")
    assert "Who counted the exchanges?" not in printed


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
