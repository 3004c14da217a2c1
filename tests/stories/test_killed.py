"""What a gesture showed is there after the process was killed."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from tests.stories.conftest import OpenWindow

_GESTURE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from evidencemap.session import Session
from evidencemap.ui.app import application_made
from evidencemap.ui.settings import Settings
from evidencemap.ui.window import CaseWindow

application = application_made()
window = CaseWindow(Session.open(Path(sys.argv[1])), Settings(Path(sys.argv[2])))
window.show()
window.activateWindow()
window.map.setFocus()
QTest.qWaitForWindowActive(window)
QTest.keySequence(window.map, "C")
QTest.keyClicks(window.picker.field, "volume: it was there when the power went")
QTest.keySequence(window.picker.field, "Return")
assert window.editor.case.numbered("C13") is not None
window.map.grab()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_claim_that_was_shown_is_there_after_kill_9(founding_file: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _GESTURE, str(founding_file), str(tmp_path / "settings")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()

    with Session.open(founding_file) as session:
        claim = session.case.numbered("C13")
        notices = session.notices

    assert claim is not None
    assert notices, "what was recovered is said"


def test_work_that_was_recovered_is_kept_where_the_window_cannot_change_over_to_it(
    founding_file: Path, open_window: OpenWindow, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot
) -> None:
    other = Path(shutil.copy(founding_file, tmp_path_factory.mktemp("other")))
    left = Session.open(other)
    left.apply(verbs.add(left.case, Claim, text="Kept, though never saved"))
    left.put_back()
    window = open_window(Session.open(founding_file))
    window.editor.perform(verbs.add, Claim, text="Cannot be saved")
    shutil.rmtree(founding_file.parent)

    with qtbot.waitSignal(window.editor.refused, timeout=20_000):
        window.files.open_path(other)

    assert window.messages.sentence.text().startswith("✕")
    with Session.open(other) as session:
        assert "Kept, though never saved" in [each.text for each in session.case.sorted(Claim)]
        assert session.notices[0].startswith("Recovered 1 edit")
