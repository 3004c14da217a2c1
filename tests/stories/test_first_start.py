"""The first start shows the whole map and gives the panes at the sides their room."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from evidencemap.resources import resource
from evidencemap.ui.app import is_founding
from evidencemap.ui.window import CaseWindow


def test_the_whole_map_stays_in_view_while_nobody_moves_it(founding_window: CaseWindow, qtbot: QtBot) -> None:
    founding_window.resize(1000, 700)
    qtbot.waitUntil(lambda: founding_window.width() == 1000)
    small = founding_window.map.camera.zoom

    founding_window.resize(1680, 1050)

    qtbot.waitUntil(lambda: founding_window.map.camera.zoom > small)


def test_the_inspector_has_room_for_what_it_says(founding_window: CaseWindow, qtbot: QtBot) -> None:
    inspector = founding_window.findChild(QDockWidget, "inspector")

    founding_window.resize(1400, 900)

    assert inspector is not None
    qtbot.waitUntil(lambda: inspector.width() >= 300)


def test_the_tour_is_for_whoever_asks_for_the_founding_case_and_for_nobody_else(tmp_path: Path) -> None:
    founding = resource("cases", "letter.yaml")
    copy = Path(shutil.copy(founding, tmp_path / "letter.yaml"))

    assert is_founding([]) and is_founding([str(founding)])
    assert is_founding([str(founding.parent / ".." / "cases" / "letter.yaml")])
    assert not is_founding([str(copy)])


def test_folders_that_a_killed_program_had_visited_are_forgotten_at_the_next_start(tmp_path: Path) -> None:
    kept = tmp_path / "evidencemap" / "dialogs" / "QtProject.conf"
    kept.parent.mkdir(parents=True)
    kept.write_text("[FileDialog]\nlastVisited=file:///home/anna/secret\n")

    subprocess.run(
        [sys.executable, "-c", "from evidencemap.ui.app import application_made; application_made()"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)},
        timeout=120,
        check=True,
    )

    assert not kept.exists()
