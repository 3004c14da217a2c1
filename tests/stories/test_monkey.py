"""The window survives anything pressed."""

import random
import sys
from time import monotonic

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencemap.model.rules import check
from evidencemap.ui.actions import ACTIONS
from evidencemap.ui.window import CaseWindow

_DIALOGS = {"open", "save_as", "save_copy", "export_listing", "export_map", "export_brief", "export_other",
            "print_preview", "close", "save", "new", "open_founding", "copy_picture"}  # fmt: skip
_KEYS = ("Return", "Escape", "Tab", "Up", "Down", "Left", "Right", "Delete", "Space", "F2", "F8", "F6",
         "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K", "Ctrl+F")  # fmt: skip


def monkey(window: CaseWindow, seed: int, seconds: float, least: int = 100) -> int:
    """Press, click and type at random for some seconds, and `least` times; return how often."""
    chance = random.Random(seed)
    names = [action.name for action in ACTIONS if action.name not in _DIALOGS]
    acts, end = 0, monotonic() + seconds
    while monotonic() < end or acts < least:
        target = QApplication.focusWidget() or window.map
        kind = chance.random()
        if kind < 0.35:
            QTest.keySequence(target, chance.choice(_KEYS))
        elif kind < 0.55:
            QTest.keyClicks(target, chance.choice(["C1", "x", "volume: a", "e: b", "R2", "<b>", "P7", "=1"]))
        elif kind < 0.8:
            window.run(chance.choice(names))
        else:
            at = QPoint(chance.randrange(window.map.width()), chance.randrange(window.map.height()))
            press = QTest.mouseDClick if chance.random() < 0.2 else QTest.mouseClick
            press(window.map, Qt.MouseButton.LeftButton, pos=at)
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        acts += 1
    return acts


@pytest.mark.parametrize("seconds", [15.0])
def test_the_window_survives_anything_pressed(
    founding_window: CaseWindow, seconds: float, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    faults: list[object] = []
    sys.excepthook = lambda kind, error, trace: faults.append((kind, error))

    acts = monkey(founding_window, seed, seconds)

    with capsys.disabled():
        sys.stdout.write(f"\nmonkey: seed {seed}, {acts} acts\n")
    assert not faults, f"seed {seed}: {faults[:3]}"
    check(founding_window.editor.case)
    assert acts >= 100
