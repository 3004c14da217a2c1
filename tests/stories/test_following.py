"""The panes of a large case follow the map: once for all that was done, and before a key or a press."""

from collections.abc import Collection, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.ui.editor import Editor
from evidencemap.ui.following import Following
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.panels.pane import Pane
from tests.benchmarks.generate import generate


class Told(Pane):
    """A pane that writes down what it was told."""

    def __init__(self, editor: Editor, title: str, told: list[tuple[str, str, frozenset[Id]]]) -> None:
        super().__init__(editor, title)
        self._told = told

    def refresh(self, ids: Collection[Id]) -> None:
        self._told.append((self.objectName(), "edited", frozenset(ids)))

    def select(self, ids: Collection[Id]) -> None:
        self._told.append((self.objectName(), "selected", frozenset(ids)))


class Desk:
    """An editor of a case, with a pane that is out of sight and one that is in sight, which follow it."""

    def __init__(self, nodes: int, qtbot: QtBot) -> None:
        self.told: list[tuple[str, str, frozenset[Id]]] = []
        self.jobs = Jobs()
        self.editor = Editor(Session.adopt(generate(nodes, 7)), self.jobs)
        hidden, shown = (Told(self.editor, title, self.told) for title in ("hidden", "shown"))
        qtbot.addWidget(hidden)
        qtbot.addWidget(shown)
        self.shown = shown
        self.button = QPushButton("Press", shown)
        self.line = QLineEdit(shown)
        self.line.move(0, 60)
        self.following = Following(self.editor, (hidden, shown))
        self.editor.edited.connect(self.following.edited)
        self.editor.selected.connect(lambda ids: self.following.selected())

        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()

    @property
    def case(self) -> Case:
        return self.editor.case

    def focus_a_line(self, qtbot: QtBot) -> list[list[str]]:
        """Put the focus into the pane in sight; return what the panes were told when each letter came."""
        typed: list[list[str]] = []
        self.line.setFocus()
        qtbot.waitUntil(self.line.hasFocus)
        self.line.textEdited.connect(lambda text: typed.append([told[0] for told in self.told]))
        return typed

    def reword(self, claim: Claim) -> Id:
        self.editor.perform(verbs.reword, claim.id, f"{claim.text} once more")
        return claim.id

    def leave(self) -> None:
        self.editor.leave()
        self.jobs.close()


@pytest.fixture
def small(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(60, qtbot)
    yield desk
    desk.leave()


@pytest.fixture
def large(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(2_500, qtbot)
    yield desk
    desk.leave()


def test_the_panes_of_a_small_case_have_followed_when_a_gesture_ends(small: Desk) -> None:
    claim = small.case.sorted(Claim)[0]

    small.reword(claim)
    small.editor.select([claim.id])

    kinds = [told[:2] for told in small.told]
    assert sorted(kinds[:2]) == [("hidden", "edited"), ("shown", "edited")]
    assert sorted(kinds[2:]) == [("hidden", "selected"), ("shown", "selected")]


def test_the_panes_of_a_large_case_follow_later_and_once_those_in_sight_first(
    large: Desk, qtbot: QtBot
) -> None:
    first, second = large.case.sorted(Claim)[:2]

    changed = {large.reword(first), large.reword(second)}
    large.editor.select([second.id])

    assert large.told == []
    qtbot.waitUntil(lambda: not large.following.count)
    assert [told[:2] for told in large.told] == [
        ("shown", "edited"),
        ("shown", "selected"),
        ("hidden", "edited"),
        ("hidden", "selected"),
    ]
    assert all(changed <= ids for _pane, what, ids in large.told if what == "edited")
    assert all(ids == {second.id} for _pane, what, ids in large.told if what == "selected")


def test_the_panes_of_a_large_case_follow_later_where_something_is_gone_too(
    large: Desk, qtbot: QtBot
) -> None:
    first, second = large.case.sorted(Claim)[:2]
    large.reword(first)

    large.editor.perform(verbs.remove, [second.id])

    assert large.told == []
    qtbot.waitUntil(lambda: not large.following.count)
    assert [told[0] for told in large.told if told[1] == "edited"] == ["shown", "hidden"]
    assert all({first.id, second.id} <= ids for _pane, what, ids in large.told if what == "edited")


def test_a_pane_has_followed_a_loss_before_a_key_reaches_it(large: Desk, qtbot: QtBot) -> None:
    typed = large.focus_a_line(qtbot)
    large.reword(large.case.sorted(Claim)[1])
    qtbot.waitUntil(lambda: not large.following.count)
    large.told.clear()
    large.editor.perform(verbs.remove, [large.case.sorted(Claim)[0].id])

    QTest.keyClick(large.shown.windowHandle(), Qt.Key.Key_X)

    assert [told[:1] for told in typed] == [["shown"]]


def test_a_pane_has_followed_a_loss_before_a_press_reaches_it(large: Desk, qtbot: QtBot) -> None:
    large.focus_a_line(qtbot)
    large.editor.perform(verbs.remove, [large.case.sorted(Claim)[0].id])
    told: list[str] = []
    large.button.pressed.connect(lambda: told.extend(each[0] for each in large.told))

    at = large.button.geometry().center()
    QTest.mouseClick(large.shown.windowHandle(), Qt.MouseButton.LeftButton, pos=at)

    assert told[:1] == ["shown"]


def test_no_pane_follows_a_case_that_is_not_shown_any_more(large: Desk, qtbot: QtBot) -> None:
    large.reword(large.case.sorted(Claim)[0])

    large.following.forget()
    qtbot.wait(100)

    assert large.told == []
