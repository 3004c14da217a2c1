"""A large file comes into the case beside the window; whoever stops it finds the case as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Exhibit
from evidencemap.session import Session, verify
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import press, say, wait_until

LARGE = 600 << 20


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(LARGE)
    return path


def test_a_large_file_shows_how_far_it_is_and_cancel_leaves_the_case_as_it_was(
    founding_window: CaseWindow, founding_file: Path, large: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = founding_window
    before, published = facts(window.editor.session), founding_file.read_bytes()
    small = tmp_path / "small.txt"
    small.write_bytes(b"small")

    window.exhibiting.take([large])
    wait_until(qtbot, lambda: window.messages.progress.isVisible() and window.messages.progress.value() > 0)
    assert window.messages.sentence.text() == "Adding large.bin…"
    press(window, "Ctrl+Z")
    window.exhibiting.take([small])
    assert window.messages.sentence.text().startswith("✕  Another exhibit is on its way")
    window.jobs.cancel("exhibit")
    wait_until(qtbot, lambda: not window.jobs.busy)

    wait_until(qtbot, lambda: "large.bin was not added" in window.messages.sentence.text())
    assert facts(window.editor.session) == before
    assert founding_file.read_bytes() == published
    window.exhibiting.take([small])
    wait_until(qtbot, lambda: len(window.editor.case.of(Exhibit)) == 1)
    assert facts(window.editor.session) != before


def test_the_button_in_the_bar_stops_it(founding_window: CaseWindow, large: Path, qtbot: QtBot) -> None:
    window = founding_window
    before = facts(window.editor.session)
    window.exhibiting.take([large])
    wait_until(qtbot, lambda: window.messages.progress.isVisible())
    buttons = window.messages.findChildren(QToolButton)
    cancel = next(each for each in buttons if each.text() == "Cancel")

    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Space)

    wait_until(qtbot, lambda: "you stopped it" in window.messages.sentence.text())
    assert facts(window.editor.session) == before


def test_an_edit_meanwhile_is_refused_and_possible_again_afterwards(
    founding_window: CaseWindow, large: Path, qtbot: QtBot
) -> None:
    window = founding_window
    window.exhibiting.take([large])
    wait_until(qtbot, lambda: window.messages.progress.value() > 0)

    refused = window.editor.perform(verbs.add, Claim, text="Meanwhile")

    assert refused is None and "A file is being added" in window.messages.sentence.text()
    window.jobs.cancel("exhibit")
    wait_until(qtbot, lambda: not window.jobs.busy)
    assert window.editor.perform(verbs.add, Claim, text="Afterwards") is not None


def test_closing_the_window_meanwhile_keeps_the_work_and_nothing_of_the_file(
    founding_file: Path, open_window: OpenWindow, large: Path, qtbot: QtBot
) -> None:
    window = open_window(Session.open(founding_file))
    window.editor.perform(verbs.add, Claim, text="Kept")
    window.exhibiting.take([large])
    wait_until(qtbot, lambda: window.messages.progress.value() > 0)

    assert window.close()

    assert verify(founding_file).ok and founding_file.stat().st_size < 8 << 20
    with Session.open(founding_file) as session:
        assert "Kept" in [each.text for each in session.case.sorted(Claim)]
        assert not session.case.of(Exhibit) and session.notices == ()


def test_opening_another_case_meanwhile_says_that_the_file_was_not_added(
    founding_window: CaseWindow, large: Path, qtbot: QtBot
) -> None:
    window = founding_window
    window.exhibiting.take([large])
    wait_until(qtbot, lambda: window.messages.progress.value() > 0)

    press(window, "Ctrl+N")
    say(window, "Another case")

    assert window.editor.case.header.title == "Another case"
    wait_until(qtbot, lambda: not window.jobs.busy)
    assert not window.editor.case.of(Exhibit)


@pytest.mark.parametrize(
    "megabytes", [pytest.param(64, id="quick"), pytest.param(1_024, id="long", marks=pytest.mark.long)]
)
def test_a_window_takes_a_large_file_in_with_little_memory(
    founding_file: Path, tmp_path: Path, megabytes: int
) -> None:
    large = tmp_path / "whole.bin"
    with large.open("wb") as file:
        for number in range(megabytes):
            file.write(number.to_bytes(8, "big") * (1 << 17))

    told = taken(founding_file, large, "None")
    whole = taken(founding_file, large, "window.read.append(large.read_bytes())")

    assert told["exhibits"] == 1 and told["pulses"] > 0
    assert told["grown"] < (64 if megabytes < 100 else 200) << 20
    assert whole["grown"] > told["grown"] + ((megabytes - 32) << 20)


def taken(file: Path, large: Path, fault: str) -> dict[str, float]:
    """Add a file in a window of a process of its own; return how much its memory grew, in bytes.

    `fault` is what the window does besides, such as reading the whole file at once.
    """
    program = (
        "import json, os, sys; from pathlib import Path\n"
        "from PySide6.QtCore import QEventLoop, QTimer\n"
        "from evidencemap.model.entities import Exhibit\n"
        "from evidencemap.session import Session\n"
        "from evidencemap.ui.app import application_made\n"
        "from evidencemap.ui.settings import Settings\n"
        "from evidencemap.ui.window import CaseWindow\n"
        "def peak():\n"
        "    said = Path('/proc/self/status').read_text()\n"
        "    return int(said.split('VmHWM:')[1].split()[0]) * 1024\n"
        "application = application_made()\n"
        "large, session = Path(sys.argv[2]), Session.open(Path(sys.argv[1]))\n"
        "window = CaseWindow(session, Settings(Path(sys.argv[3]))); window.read = []\n"
        "window.show(); application.processEvents(); window.grab()\n"
        "before, pulses = peak(), []\n"
        "pulse = QTimer(); pulse.timeout.connect(lambda: pulses.append(1)); pulse.start(5)\n"
        "loop = QEventLoop(); window.editor.edited.connect(lambda ids: loop.quit())\n"
        "window.editor.refused.connect(lambda said: loop.quit())\n"
        f"window.exhibiting.take([large]); {fault}; loop.exec()\n"
        "told = {'grown': peak() - before, 'pulses': len(pulses)}\n"
        "told['exhibits'] = len(session.case.of(Exhibit))\n"
        "session.discard()\n"
        "print(json.dumps(told), flush=True)\n"
        "os._exit(0)"
    )
    words = [sys.executable, "-c", program, str(file), str(large), str(large.with_name("own settings"))]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def facts(session: Session) -> tuple[object, ...]:
    """Return what must be as it was: the case, its journal, and the bytes that the store holds."""
    held = session.contents.execute("select count(*), coalesce(sum(length(bytes)), 0) from chunk").fetchone()
    return (session.case, session.entries, session.undo_label, tuple(held))
