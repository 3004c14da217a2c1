"""The journey of a case handed over offline: eight acts a side, verified on arrival, two copies merged."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.upkeep import Checkpoint
from evidencemap.session import Session, verify
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import wait_for_file, wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def hand_over(acts: Acts, out: Path) -> None:
    acts.key("Ctrl+K")
    acts.say("name this point")
    acts.say("Handed to Ben")
    acts.name_file(out)
    acts.key("Ctrl+K")
    acts.say("save a copy")


def test_a_case_is_handed_over_in_eight_acts_and_found_intact_in_eight(
    open_window: OpenWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sender = open_window(Session.open(founding_file))
    sent, stick = Acts(sender), tmp_path / "stick.evmap"
    hand_over(sent, stick)
    wait_for_file(qtbot, stick)
    sender.close()
    receiver = open_window(Session.new("Other work"))
    got = Acts(receiver)
    told: list[str] = []
    receiver.editor.told.connect(told.append)

    got.name_file(stick)
    got.key("Ctrl+O")
    wait_until(qtbot, lambda: receiver.editor.session.path == stick)
    got.key("Ctrl+K")
    got.say("verify the history")
    wait_until(qtbot, lambda: bool(told))

    assert sent.count <= 8, f"{sent.count} acts"
    assert got.count <= 8, f"{got.count} acts"
    assert [each.name for each in receiver.editor.case.sorted(Checkpoint)] == ["Handed to Ben"]
    assert verify(stick).ok
    assert "holds what its journal says" in told[-1]


def test_a_byte_that_changed_on_the_way_is_told_and_nothing_opens(
    open_window: OpenWindow, founding_file: Path, qtbot: QtBot
) -> None:
    data = bytearray(founding_file.read_bytes())
    at = data.index(b"accounts")
    data[at : at + 8] = b"Accounts"
    founding_file.write_bytes(bytes(data))
    window = open_window(Session.new("Other work"))
    acts = Acts(window)

    with qtbot.waitSignal(window.editor.refused, timeout=20_000):
        acts.name_file(founding_file)
        acts.key("Ctrl+O")

    assert window.editor.case.header.title == "Other work"


def test_two_copies_that_both_went_on_are_merged_in_eight_acts(
    open_window: OpenWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs, both = Path(shutil.copy(founding_file, tmp_path / "ben.evmap")), tmp_path / "both.evmap"
    for path, words, added in ((founding_file, "Anna's words", "Anna's"), (theirs, "Ben's words", "Ben's")):
        with Session.open(path) as session:
            session.apply(verbs.reword(session.case, session.case.by_number["C3"], words))
            session.apply(verbs.add(session.case, Claim, text=added))
    window = open_window(Session.open(founding_file))
    acts = Acts(window)
    shared = set(window.editor.case.entities)

    acts.key("Ctrl+K")
    acts.name_file(theirs)
    acts.say("merge with a copy")
    wait_until(qtbot, lambda: "Take this" in acts.buttons())
    acts.button("Take this")
    acts.name_file(both)
    acts.button("Merge into a new file")
    wait_until(qtbot, lambda: window.editor.session.path == both)

    texts = [each.text for each in window.editor.case.sorted(Claim)]
    assert {"Anna's", "Ben's", "Anna's words"} <= set(texts)
    assert shared <= set(window.editor.case.entities)
    assert acts.count <= 8, f"{acts.count} acts"
