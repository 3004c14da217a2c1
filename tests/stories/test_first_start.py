"""The first start shows the whole map and gives the panes at the sides their room."""

from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

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
