"""A person merges the open case with a copy of it, with both texts of each conflict side by side."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.words import Reliability
from evidencemap.session import Session, read_case, verify
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import press, say, told


def changed(path: Path, text: str, added: str) -> Path:
    with Session.open(path) as session:
        session.apply(verbs.reword(session.case, session.case.by_number["C3"], text))
        session.apply(verbs.add(session.case, Claim, text=added))
    return path


def buttons(window: CaseWindow, text: str) -> list[QPushButton]:
    found = window.answer.findChildren(QPushButton)
    return [each for each in found if each.text() == text and not each.isHidden()]


def shown(window: CaseWindow) -> list[QLabel]:
    return [each for each in window.answer.findChildren(QLabel) if not each.isHidden()]


def test_conflicts_are_decided_side_by_side_and_merged_into_a_new_file(
    founding_file: Path, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    ben = Path(shutil.copy(founding_file, tmp_path / "ben.evmap"))
    window = open_window(Session.open(changed(founding_file, "Anna's words", "Anna's claim")))
    changed(ben, "Ben's words", "Ben's claim")

    window.merging.merge_with(ben)
    qtbot.waitUntil(lambda: len(buttons(window, "Take this")) == 2, timeout=20_000)
    places = {each.text(): each.mapTo(window, each.rect().topLeft()) for each in shown(window)}
    mine, theirs = places["Anna's words"], places["Ben's words"]
    assert mine.y() == theirs.y() and mine.x() < theirs.x()
    assert buttons(window, "Merge into a new file…") == []

    buttons(window, "Take this")[1].click()
    qtbot.waitUntil(lambda: len(buttons(window, "Merge into a new file…")) == 1)
    assert read_case(founding_file)[0].sorted(Claim)[2].text != "Ben's words"
    out = tmp_path / "both.evmap"
    window.merging.merge_into(out)
    qtbot.waitUntil(lambda: window.editor.session.path == out, timeout=20_000)

    texts = [each.text for each in window.editor.case.sorted(Claim)]
    assert {"Ben's words", "Anna's claim", "Ben's claim"} <= set(texts)
    assert "Anna's words" not in texts
    assert verify(out).ok


def test_a_file_of_another_case_is_refused_with_a_sentence(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.evmap"
    with Session.new("Another case") as session:
        session.save_as(other)

    with qtbot.waitSignal(founding_window.editor.refused, timeout=20_000) as refused:
        founding_window.merging.merge_with(other)

    assert refused.args == ["other.evmap is no copy of this case: they have no common history."]


def test_the_passphrase_of_an_encrypted_copy_is_asked_for(
    founding_file: Path, founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    copy = Path(shutil.copy(founding_file, tmp_path / "copy.evmap"))
    with Session.open(changed(copy, "Ben's words", "Ben's claim")) as session:
        session.set_passphrase("open")

    founding_window.merging.merge_with(copy)
    qtbot.waitUntil(lambda: founding_window.picker.asking, timeout=20_000)
    say(founding_window, "open")

    qtbot.waitUntil(lambda: len(buttons(founding_window, "Merge into a new file…")) == 1, timeout=20_000)
    press(founding_window, "Escape")


def test_a_conflict_over_a_field_says_whose_it_is(
    founding_file: Path, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    ben = Path(shutil.copy(founding_file, tmp_path / "ben.evmap"))
    for path, reliability in ((founding_file, Reliability.A), (ben, Reliability.D)):
        with Session.open(path) as session:
            source = session.case.by_number["S1"]
            session.apply(verbs.set_field(session.case, source, "reliability", reliability))
    window = open_window(Session.open(founding_file))

    window.merging.merge_with(ben)
    qtbot.waitUntil(lambda: len(buttons(window, "Take this")) == 2, timeout=20_000)

    words = [each.text() for each in shown(window)]
    assert words[words.index("S1 Reliability") + 1] == "Anthropic"


def compared(window: CaseWindow, copy: Path, qtbot: QtBot) -> None:
    """Compare the open case with a copy, and take our word in the one conflict, by keyboard."""
    window.merging.merge_with(copy)
    qtbot.waitUntil(lambda: len(buttons(window, "Take this")) == 2, timeout=20_000)
    buttons(window, "Take this")[0].setFocus()
    press(window, "Space")
    qtbot.waitUntil(lambda: len(buttons(window, "Merge into a new file…")) == 1)


def test_a_decision_by_keyboard_keeps_the_focus_and_leads_on_to_merging(
    founding_file: Path, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    ben = Path(shutil.copy(founding_file, tmp_path / "ben.evmap"))
    window = open_window(Session.open(changed(founding_file, "Anna's words", "Anna's claim")))
    compared(window, changed(ben, "Ben's words", "Ben's claim"), qtbot)

    taken = QApplication.focusWidget()
    press(window, "Tab", "Tab")

    assert isinstance(taken, QPushButton) and taken.text() == "●  Taken"
    assert QApplication.focusWidget() is buttons(window, "Merge into a new file…")[0]


@pytest.mark.parametrize("name", ["letter.evmap", "ben.evmap", "other.evmap"])
def test_nothing_that_is_there_is_merged_into(
    founding_file: Path, tmp_path: Path, open_window: OpenWindow, name: str, qtbot: QtBot
) -> None:
    ben = Path(shutil.copy(founding_file, tmp_path / "ben.evmap"))
    with Session.new("Another case") as session:
        session.save_as(tmp_path / "other.evmap")
    window = open_window(Session.open(changed(founding_file, "Anna's words", "Anna's claim")))
    compared(window, changed(ben, "Ben's words", "Ben's claim"), qtbot)
    before = {each: each.read_bytes() for each in tmp_path.glob("*.evmap")}

    window.merging.merge_into(tmp_path / name)

    assert told(window) == f"{name} exists already: give another name."
    assert {each: each.read_bytes() for each in tmp_path.glob("*.evmap")} == before
    assert len(buttons(window, "Merge into a new file…")) == 1
    window.merging.merge_into(tmp_path / "both.evmap")
    qtbot.waitUntil(lambda: "both.evmap" in told(window), timeout=20_000)
    assert told(window) == "both.evmap holds both copies now, and is open."
    assert window.editor.session.path == tmp_path / "both.evmap"


def test_a_merge_with_an_encrypted_copy_says_that_what_comes_of_it_is_not(
    founding_file: Path, founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window, copy = founding_window, Path(shutil.copy(founding_file, tmp_path / "copy.evmap"))
    with Session.open(changed(copy, "Ben's words", "Ben's claim")) as session:
        session.set_passphrase("open")
    window.merging.merge_with(copy)
    qtbot.waitUntil(lambda: window.picker.asking, timeout=20_000)
    say(window, "open")
    qtbot.waitUntil(lambda: len(buttons(window, "Merge into a new file…")) == 1, timeout=20_000)

    window.merging.merge_into(tmp_path / "both.evmap")

    qtbot.waitUntil(lambda: "both.evmap" in told(window), timeout=20_000)
    plain = "It has no passphrase, as letter.evmap has none."
    assert told(window) == f"both.evmap holds both copies now, and is open. {plain}"
