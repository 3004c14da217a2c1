"""A person looks at the history, and brings the case back to how it was."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from tests.stories.conftest import OpenWindow
from tests.stories.hands import press


def test_going_back_to_a_line_of_the_history_is_one_act_that_undo_takes_back(
    founding_file: Path, open_window: OpenWindow
) -> None:
    window = open_window(Session.open(founding_file))
    session = window.editor.session
    before = session.entries
    session.apply(verbs.reword(session.case, session.case.by_number["C1"], "Said otherwise"))
    session.apply(verbs.add(session.case, Claim, text="Added since"))
    words = session.case.highest["C"]
    window.docks.show_pane("history")
    window.history.show_lines()
    back = next(each for each in window.history.findChildren(QPushButton) if each.text() == "Revert to here")
    assert not back.isEnabled()

    window.history.list.setFocus()
    press(window, "Home", "Down", "Down")
    assert window.history.entry == before
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)

    assert f"C{words}" not in window.editor.case.by_number
    assert session.undo_label == f"Revert to entry {before}"
    session.undo()
    held = window.editor.case.numbered("C1")
    assert isinstance(held, Claim) and held.text == "Said otherwise"
