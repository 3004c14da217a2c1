"""A large case is opened beside the window: it goes on, says how far that is, and can be told to stop."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from evidencemap.errors import EvidenceMapError
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.storage import places
from evidencemap.ui.app import application_made, first_case
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.messages import MessageBar
from evidencemap.ui.opening import made_ready, opened
from evidencemap.ui.starting import Starting
from evidencemap.ui.window import CaseWindow
from tests.benchmarks.generate import generate
from tests.stories.conftest import OpenWindow
from tests.stories.hands import wait_until

NODES = 30_000
TICK = 10


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a large case file with an exhibit of some megabytes, made once."""
    folder = tmp_path_factory.mktemp("large")
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    exhibit = folder / "exhibit.bin"
    exhibit.write_bytes(os.urandom(8 << 20))
    try:
        with Session.adopt(generate(NODES)) as session:
            session.add_exhibit(exhibit)
            session.save_as(folder / "large.evmap")
    finally:
        os.environ.pop("XDG_STATE_HOME")
        if before is not None:
            os.environ["XDG_STATE_HOME"] = before
    yield folder / "large.evmap"


class Ticks:
    """Counts how often the event loop comes round."""

    def __init__(self) -> None:
        self.count = 0
        self.words: list[str] = []
        self._bar: MessageBar | None = None
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)

    def follow(self, bar: MessageBar) -> None:
        """Count from now on, and note what the bar says beside its progress."""
        self._bar = bar
        self._timer.start(TICK)

    def stop(self) -> None:
        """Count no further."""
        self._timer.stop()

    def _tick(self) -> None:
        self.count += 1
        bar = self._bar
        if bar is not None and bar.progress.isVisible() and bar.sentence.text() not in self.words:
            self.words.append(bar.sentence.text())


@pytest.fixture
def ticks() -> Iterator[Ticks]:
    made = Ticks()
    yield made
    made.stop()


def press_cancel(bar: MessageBar) -> None:
    button = next(each for each in bar.findChildren(QAbstractButton) if each.text() == "Cancel")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def left_behind() -> list[str]:
    incoming = places.state_folder() / "incoming"
    return sorted(each.name for each in incoming.iterdir()) if incoming.exists() else []


def test_the_window_goes_on_while_a_large_case_opens_and_says_what_is_done(
    founding_window: CaseWindow, large: Path, ticks: Ticks, qtbot: QtBot
) -> None:
    window = founding_window
    ticks.follow(window.messages)

    window.files.open_path(large)
    added = window.editor.perform(verbs.add, Claim, text="Added while the other one opened")
    wait_until(qtbot, lambda: window.editor.session.path == large)
    ticks.stop()

    assert added is not None
    assert ticks.count >= 20
    assert len(ticks.words) >= 2, ticks.words
    assert len(window.editor.case.sorted(Claim)) > NODES // 2


def test_a_case_that_is_opened_on_the_main_thread_would_stop_the_window(
    founding_window: CaseWindow, large: Path, ticks: Ticks
) -> None:
    ticks.follow(founding_window.messages)

    ready = made_ready(lambda: (opened(large, None, lambda part, what: None), ""), lambda part, what: None)

    assert ticks.count == 0
    ready.put_back()


def test_an_opening_that_is_cancelled_changes_nothing_and_leaves_nothing(
    founding_window: CaseWindow, large: Path, qtbot: QtBot
) -> None:
    window = founding_window
    before = window.editor.session
    window.files.open_path(large)
    wait_until(qtbot, window.messages.progress.isVisible)

    press_cancel(window.messages)
    wait_until(qtbot, lambda: not window.jobs.busy)

    assert window.editor.session is before
    assert window.editor.perform(verbs.add, Claim, text="Still mine to change") is not None
    assert not window.messages.progress.isVisible()
    assert left_behind() == []
    assert places.work_folders_for(large) == []
    with Session.open(large) as again:
        assert not again.read_only


def test_a_cancel_that_comes_after_the_last_moment_still_counts(
    founding_window: CaseWindow, founding_file: Path, qtbot: QtBot
) -> None:
    jobs = Jobs(founding_window)
    shown: list[int] = []
    dropped: list[int] = []
    job = jobs.start("open", "Opening", lambda job: 7, shown.append, drop=dropped.append)
    assert job.wait()

    job.cancel()
    wait_until(qtbot, lambda: not jobs.busy)

    assert (shown, dropped) == ([], [7])


def test_a_window_that_closes_meanwhile_drops_what_was_being_opened(
    founding_window: CaseWindow, large: Path
) -> None:
    window = founding_window
    window.files.open_path(large)

    assert window.close()

    assert places.work_folders_for(large) == []
    with Session.open(large) as again:
        assert not again.read_only


def test_a_file_that_is_open_already_is_not_opened_for_reading_beside_itself(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    before = founding_window.editor.session

    founding_window.files.open_path(founding_file)

    assert founding_window.editor.session is before
    assert founding_window.messages.sentence.text() == "letter.evmap is open already."


def test_at_the_first_start_a_large_case_opens_with_the_event_loop_alive(
    large: Path, ticks: Ticks, open_window: OpenWindow
) -> None:
    application_made()
    starting = Starting()
    ticks.follow(starting.messages)

    ready = first_case(starting, [large], [])
    ticks.stop()

    assert ready is not None and ready.session.path == large
    assert ticks.count >= 20
    assert not starting.isVisible()
    ready.put_back()


def test_at_the_first_start_cancel_leads_to_the_founding_case(large: Path, qtbot: QtBot) -> None:
    application_made()
    starting = Starting()
    qtbot.addWidget(starting)
    timer = QTimer()
    timer.timeout.connect(lambda: press_cancel(starting.messages) if starting.isVisible() else None)
    timer.start(TICK)

    ready = first_case(starting, [large], [])
    timer.stop()

    assert ready is not None and ready.session.path is None
    assert ready.session.case.numbered("P7") is not None
    ready.session.discard()


def test_at_the_first_start_the_window_that_is_closed_ends_the_program(large: Path, qtbot: QtBot) -> None:
    application_made()
    starting = Starting()
    qtbot.addWidget(starting)
    timer = QTimer()
    timer.timeout.connect(lambda: starting.close() if starting.isVisible() else None)
    timer.start(TICK)

    ready = first_case(starting, [large], [])
    timer.stop()

    assert ready is None


def test_at_the_first_start_a_file_that_is_no_case_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    application_made()
    broken = tmp_path / "broken.evmap"
    broken.write_bytes(b"no case at all")
    starting = Starting()
    qtbot.addWidget(starting)

    with pytest.raises(EvidenceMapError, match=r"broken\.evmap is not a case file"):
        first_case(starting, [broken], [])
