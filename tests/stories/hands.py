"""What a person does with their hands in a story: keys, clicks, choices, waits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model.records import Id
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.window import CaseWindow


def press(window: CaseWindow, *keys: str) -> None:
    """Press keys where the focus is: `C`, `Ctrl+Z`, `Return`."""
    for each in keys:
        QTest.keySequence(QApplication.focusWidget() or window, each)


def type_text(window: CaseWindow, text: str) -> None:
    """Type a text where the focus is."""
    QTest.keyClicks(QApplication.focusWidget() or window, text)


def say(window: CaseWindow, text: str) -> None:
    """Type a text into the open picker and answer with Enter."""
    assert window.picker.asking, "no question is open"
    type_text(window, text)
    press(window, "Return")


def find(window: CaseWindow, number: str) -> Id:
    """Select an entity by Ctrl+F and its number, as a person would; return its id."""
    press(window, "Ctrl+F")
    say(window, number)
    chosen = window.editor.chosen
    assert chosen is not None and window.editor.case.number(chosen) == number
    return chosen


def on_map(window: CaseWindow) -> None:
    """Give the focus to the map."""
    press(window, "Ctrl+1")


def id_of(window: CaseWindow, number: str) -> Id:
    """Return the id of a visible number."""
    held = window.editor.case.numbered(number)
    assert held is not None, f"there is no {number}"
    return held.id


def line_of(window: CaseWindow, number: str) -> LineStyle:
    """Return the line in which the map painted a step, as it is on the screen now."""
    window.map.grab()
    return window.map.painted.lines[id_of(window, number)]


def status(window: CaseWindow, number: str) -> str:
    """Return the status of a claim or step."""
    entity = id_of(window, number)
    verdicts = window.editor.verdicts
    if entity in verdicts.claims:
        return verdicts.claims[entity].status.value
    return verdicts.steps[entity].status.value


def click_on_map(window: CaseWindow, number: str) -> None:
    """Click a card or a step on the map."""
    QTest.mouseClick(window.map, Qt.MouseButton.LeftButton, pos=spot(window, number))


def spot(window: CaseWindow, number: str) -> QPoint:
    """Return where the middle of an item is on the screen, in pixels of the map."""
    window.map.show_item(id_of(window, number))
    at = window.map.shown.center_of(id_of(window, number))
    assert at is not None
    return window.map.camera.transform().map(QPoint(round(at[0]), round(at[1])))


def choose(window: CaseWindow, name: str, text: str) -> None:
    """Choose an entry of a picker of the inspector by typing its first letters."""
    box = control(window, name, QComboBox)
    box.setFocus()
    QTest.keyClicks(box, text)


def tick(window: CaseWindow, name: str) -> None:
    """Click a box of the inspector."""
    box = control(window, name, QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, box.height() // 2))


def control(window: CaseWindow, name: str, kind: type[QWidget]) -> QWidget:
    """Return a control of the inspector by its name."""
    assert window.inspector.sheet is not None
    found = window.inspector.sheet.findChild(kind, name)
    assert found is not None, f"the inspector shows no {name}"
    return found


def told(window: CaseWindow) -> str:
    """Return what the message bar says, without the mark of a refusal."""
    return window.messages.sentence.text().removeprefix("✕  ")


def wait_for_file(qtbot: QtBot, path: Path) -> bytes:
    """Wait until a job has written a file, and return its bytes."""
    wait_until(qtbot, path.exists)
    return path.read_bytes()


def wait_until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    """Wait until something is so, ten seconds at the most."""
    qtbot.waitUntil(true, timeout=20_000)


def cut_titles(window: CaseWindow) -> list[str]:
    """Return the titles of tabs that do not stand in their tab whole."""
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    return [
        bar.tabText(at)
        for bar in bars
        for at in range(bar.count())
        if bar.sizeHint().width() > bar.width()
        or bar.tabRect(at).right() >= bar.width()
        or bar.tabRect(at).width() < bar.fontMetrics().horizontalAdvance(bar.tabText(at))
    ]
