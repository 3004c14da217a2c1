"""What a gesture showed is there after the process was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from evidencemap.session import Session

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
