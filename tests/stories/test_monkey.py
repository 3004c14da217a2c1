"""The window survives anything pressed, and its memory stays flat. A seed replays a run.

`EVIDENCEMAP_MONKEY=seed:seconds pytest tests/stories/test_monkey.py` runs that seed for so long.
"""

import gc
import os
import random
import sys
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencemap.model.rules import check
from evidencemap.ui.actions import ACTIONS
from evidencemap.ui.window import CaseWindow

_DIALOGS = {"open", "save_as", "save_copy", "export_listing", "export_map", "export_brief", "export_other",
            "print_preview", "issue_brief", "close", "save", "new", "open_founding", "copy_picture",
            "merge"}  # fmt: skip
_KEYS = ("Return", "Escape", "Tab", "Up", "Down", "Left", "Right", "Delete", "Space", "F2", "F8", "F6",
         "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+K", "Ctrl+F")  # fmt: skip


MOST_GROWN = 1.15
"""The most memory that a run may hold at its end, as a share of what it held after its first half."""


def memory() -> float:
    """Return the megabytes that this process holds now, garbage apart."""
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def flat(half: float, whole: float) -> bool:
    """Return whether a run that held `half` MB midway and `whole` MB at its end gives back what it takes."""
    return whole < half * MOST_GROWN + 8


def monkey(window: CaseWindow, chance: random.Random, seconds: float, least: int = 50) -> int:
    """Press, click and type at random for some seconds, and `least` times; return how often."""
    shut = QTimer(window)
    shut.timeout.connect(shut_dialogs)
    shut.start(100)
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
        if acts % 20 == 0:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        acts += 1
    shut.stop()
    return acts


def shut_dialogs() -> None:
    """Close whatever dialog waits for an answer: the monkey cannot read it."""
    waiting = QApplication.activeModalWidget()
    if waiting is not None:
        waiting.close()


def wished() -> tuple[int, float]:
    """Return the seed and the seconds of a run: those that the environment names, else any and thirty."""
    seed, _colon, seconds = os.environ.get("EVIDENCEMAP_MONKEY", "").partition(":")
    return int(seed or random.SystemRandom().randrange(10**6)), float(seconds or 30)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory is read from /proc")
def test_the_window_survives_anything_pressed(
    founding_window: CaseWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    seed, seconds = wished()
    chance = random.Random(seed)
    faults: list[object] = []
    sys.excepthook = lambda kind, error, trace: faults.append((kind, error))

    acts = monkey(founding_window, chance, seconds / 2)
    half = memory()
    acts += monkey(founding_window, chance, seconds / 2)
    whole = memory()

    with capsys.disabled():
        sys.stdout.write(f"\nmonkey: seed {seed}, {acts} acts, {half:.0f} MB, then {whole:.0f} MB\n")
    assert not faults, f"seed {seed}: {faults[:3]}"
    check(founding_window.editor.case)
    assert acts > 50
    assert flat(half, whole), f"seed {seed}: from {half:.0f} to {whole:.0f} MB"


def test_a_fault_in_any_handler_would_be_noticed(founding_window: CaseWindow) -> None:
    faults: list[object] = []
    sys.excepthook = lambda kind, error, trace: faults.append(kind)

    founding_window.editor.told.connect(lambda sentence: 1 / 0)
    founding_window.editor.told.emit("anything")

    assert faults == [ZeroDivisionError]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory is read from /proc")
def test_a_window_that_keeps_what_it_made_would_be_noticed(founding_window: CaseWindow) -> None:
    half = memory()
    kept: list[bytes] = []
    keeper = QTimer(founding_window)
    keeper.timeout.connect(lambda: kept.append(b"x" * int(half / 100 * 2**20)))

    keeper.start(0)
    monkey(founding_window, random.Random(7), seconds=0, least=60)
    whole = memory()

    assert not flat(half, whole), f"from {half:.0f} to {whole:.0f} MB with {len(kept)} pieces kept"
