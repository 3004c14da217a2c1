"""How the window behaves: files, clipboard, faults, long work, sizes of text, review, tour, layouts."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from evidencemap.model.entities import Remark
from evidencemap.model.words import RemarkState
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.ui.buttons import WordyButton
from evidencemap.ui.jobs import Job
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import cut_titles, find, id_of, on_map, press, say, status, wait_until

COPY = Qt.DropAction.CopyAction


def drop(window: CaseWindow, path: Path) -> None:
    """Drag a file in from the desktop and let it go over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), COPY, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), COPY, data, left, none))


def test_a_listing_that_is_dropped_on_the_window_is_opened(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(Session.new("Empty"))
    listing = shutil.copy(resource("cases", "letter.yaml"), tmp_path / "letter.yaml")

    drop(window, Path(listing))

    wait_until(qtbot, lambda: window.editor.case.numbered("P7") is not None)
    assert window.editor.session.path is None
    window.editor.session.discard()


def test_a_file_that_is_no_case_is_refused_with_a_sentence_and_nothing_changes(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = founding_window
    before = window.editor.case
    broken = tmp_path / "broken.evmap"
    broken.write_bytes(b"no case at all")

    with qtbot.waitSignal(window.editor.refused, timeout=20_000):
        drop(window, broken)

    assert window.editor.case is before
    assert window.messages.sentence.text().startswith("✕")


def test_the_files_opened_last_are_offered_and_can_be_forgotten(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    window.files.open_path(founding_file)
    window.submenus.recent.aboutToShow.emit()
    offered = [entry.text() for entry in window.submenus.recent.actions()]

    press(window, "Ctrl+K")
    say(window, "forget recent files")

    window.submenus.recent.aboutToShow.emit()
    assert offered == ["letter.evmap"]
    assert not any(entry.isEnabled() for entry in window.submenus.recent.actions())


def test_what_is_selected_is_copied_as_text_as_a_table_and_as_a_picture(founding_window: CaseWindow) -> None:
    window = founding_window
    board = QGuiApplication.clipboard()
    find(window, "C2")
    on_map(window)

    press(window, "Ctrl+C")
    text = board.text()
    press(window, "Ctrl+K")
    say(window, "copy as table")
    table = board.text()
    press(window, "Ctrl+K")
    say(window, "copy the map as a picture")

    assert "C2" in text and "unsupported" in text
    assert "\t" in table and "C2" in table
    assert not board.pixmap().isNull()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled_with_the_case_unchanged(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    before = window.editor.case
    made: list[object] = []
    rounds = 0

    def work(job: Job) -> int:
        nonlocal rounds
        while rounds < 10**9:
            rounds += 1
            job.report(min(0.99, rounds / 10**6))
        return rounds

    job = window.jobs.start("long", "Counting", work, made.append)
    wait_until(qtbot, window.messages.progress.isVisible)
    cancel = next(
        each
        for each in window.messages.findChildren(QAbstractButton)
        if each.isVisible() and each.text() == "Cancel"
    )
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    wait_until(qtbot, lambda: not window.messages.progress.isVisible())

    assert job.wait()
    assert made == []
    assert window.editor.case is before


def test_what_a_job_made_is_not_covered_by_its_progress_where_both_come_at_once(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    seen = threading.Event()

    def wait_to_be_seen() -> None:
        seen.wait(10)  # on the thread of the job, whose end is not told before

    window.jobs.started.connect(
        lambda job: job.done.connect(wait_to_be_seen, Qt.ConnectionType.DirectConnection)
    )
    with qtbot.waitSignal(window.jobs.idle):
        window.jobs.start(
            "short", "Counting", lambda job: 3, lambda made: window.messages.say(f"{made} made.")
        )
        wait_until(qtbot, window.messages.isVisible)
        qtbot.wait(1_000)
        seen.set()

    assert window.messages.sentence.text() == "3 made."
    assert window.messages.isVisible()


def cuts_its_words(button: QAbstractButton) -> bool:
    """Tell whether a button shows less than its words, on however many lines."""
    hint = button.sizeHint()
    if not isinstance(button, WordyButton):
        return button.width() < hint.width()
    shown = button.text().replace("\n", " ").replace("&&", "&")
    return shown != button.accessibleName() or button.height() < hint.height()


@pytest.mark.parametrize("percent", [80, 100, 200, 300])
def test_at_every_size_of_text_the_window_fits_a_laptop_and_no_button_cuts_its_words(
    founding_window: CaseWindow, percent: int, qtbot: QtBot
) -> None:
    window = founding_window
    find(window, "C2")

    window.settings.font_percent = percent
    wait_until(qtbot, lambda: window.font().pixelSize() == round(13 * percent / 100))
    window.resize(1680, 1050)
    QApplication.processEvents()

    assert window.minimumSizeHint().width() <= 1680
    cut = [
        each.text()
        for pane in (window.inspector, window.answer, window.problems)
        for each in pane.findChildren(QAbstractButton)
        if each.isVisible() and each.objectName() in ("act", "chip") and cuts_its_words(each)
    ]
    assert cut == []
    wait_until(qtbot, lambda: cut_titles(window) == [])


def test_a_review_allows_remarks_and_nothing_else(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "review: remarks only")
    find(window, "C2")
    on_map(window)

    press(window, "X")
    say(window, "challenge: Who else could have run them?")
    press(window, "Ctrl+1", "Delete")

    remark = window.editor.case.sorted(Remark)[0]
    assert remark.about == id_of(window, "C2") and remark.kind.value == "challenge"
    assert "This is a review" in window.messages.sentence.text()
    assert window.editor.case.numbered("C2") is not None


@pytest.mark.parametrize(
    ("command", "state"),
    [("accept the remark", RemarkState.ACCEPTED), ("rebut the remark", RemarkState.REBUTTED)],
)
def test_the_next_open_remark_is_accepted_or_rebutted(
    founding_window: CaseWindow, command: str, state: RemarkState
) -> None:
    window = founding_window
    find(window, "C3")
    on_map(window)
    press(window, "X")
    say(window, "alternative: It was trained on public data")
    window.editor.select([])

    press(window, "Ctrl+Shift+X")
    press(window, "Ctrl+K")
    say(window, command)

    assert window.editor.case.sorted(Remark)[0].state is state


def test_the_tour_leads_from_the_dashed_step_to_the_memo_in_five_steps(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "five-step tour")
    titles = []

    for at in range(5):
        titles += [
            each.text()
            for each in window.answer.findChildren(QAbstractButton)
            if each.text().startswith("Next: ")
        ]
        if at < 4:
            press_button(window, "Next: ")
    press_button(window, "End the tour")

    assert len(titles) == 4
    assert window.settings.tour_seen
    assert status(window, window.editor.case.number(window.editor.selection[0])) == "unsupported"


def test_a_layout_is_kept_under_a_name_and_taken_again(founding_window: CaseWindow) -> None:
    window = founding_window
    findings = next(dock for dock in window.docks.all if dock.objectName() == "findings")
    findings.hide()
    press(window, "Ctrl+K")
    say(window, "save this layout")
    say(window, "Reading")
    press(window, "Ctrl+K")
    say(window, "reset layout")
    assert findings.isVisible()

    window.submenus.layouts.aboutToShow.emit()
    window.submenus.layouts.actions()[0].trigger()

    assert not findings.isVisible()


def test_rows_of_the_outline_are_dragged_out_as_plain_text_too(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C2")
    tree = window.outline.tree

    (row,) = tree.selectedItems()
    dragged = tree.mimeData([row])

    assert dragged.text().startswith("C2  The accounts were operated for Alibaba's Qwen lab")
    assert dragged.hasFormat("application/x-qabstractitemmodeldatalist") and not dragged.hasHtml()


def press_button(window: CaseWindow, text: str) -> None:
    """Click a button of the answer pane by the beginning of its text."""
    found = next(
        each
        for each in window.answer.findChildren(QAbstractButton)
        if each.text().startswith(text) and each.isVisible()
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


@pytest.mark.parametrize(("key", "number"), [("Ctrl+4", "C1"), ("Ctrl+6", "S1"), ("Ctrl+0", "P7")])
def test_a_row_is_dragged_out_as_plain_text_and_stays_where_it_is(
    founding_window: CaseWindow, key: str, number: str
) -> None:
    window = founding_window
    press(window, key)
    rows = QApplication.focusWidget()
    assert isinstance(rows, RowList)
    count = rows.held.rowCount()

    dragged = rows.held.mimeData([rows.held.index(0)])

    assert rows.dragEnabled() and not rows.acceptDrops()
    assert number in dragged.text() and dragged.formats() == ["text/plain"]
    assert rows.held.supportedDragActions() == Qt.DropAction.CopyAction and rows.held.rowCount() == count
