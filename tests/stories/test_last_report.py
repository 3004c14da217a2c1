"""What the person sees and keeps when the program itself makes a mistake: a sentence, and a private file."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from evidencemap.ui.crash import watch_for_faults
from evidencemap.ui.jobs import Job
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import id_of, wait_until


@pytest.fixture
def watched(founding_window: CaseWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseWindow:
    """Return a window whose faults go to a report in a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    watch_for_faults(founding_window.messages.keep_saying)
    return founding_window


def reports(folder: Path) -> list[Path]:
    """Return the reports that were written."""
    return sorted(folder.rglob("crash-*.txt"))


def fail_over(text: str) -> None:
    """Look up what is not there, and fail over that."""
    try:
        raise KeyError(text)
    except KeyError as error:
        raise ValueError(f"no {text}") from error


def report_of(text: str) -> None:
    """Let a fault reach the last-resort report, as one that nothing caught does."""
    try:
        fail_over(text)
    except ValueError:
        sys.excepthook(*sys.exc_info())


def test_a_fault_is_kept_in_a_private_file_without_any_word_of_the_case(
    watched: CaseWindow, tmp_path: Path
) -> None:
    secret = watched.editor.case[id_of(watched, "C2")].text  # type: ignore[union-attr]

    report_of(secret)

    (report,) = reports(tmp_path)
    assert secret not in report.read_text() and "ValueError" in report.read_text()
    assert report.stat().st_mode & 0o077 == 0 and report.parent.stat().st_mode & 0o077 == 0
    assert "your changes are safe" in watched.messages.sentence.text()


def test_a_fault_that_came_of_another_one_tells_where_both_happened(
    watched: CaseWindow, tmp_path: Path
) -> None:
    report_of("witness")

    (report,) = reports(tmp_path)
    lines = report.read_text().splitlines()
    assert lines.index("KeyError") < lines.index("ValueError")
    assert any(line.endswith(" fail_over") for line in lines[: lines.index("ValueError")])


def test_a_fault_that_comes_with_every_frame_is_written_once(watched: CaseWindow, tmp_path: Path) -> None:
    for _frame in range(50):
        report_of("witness")

    assert len(reports(tmp_path)) == 1
    assert reports(tmp_path)[0].name in watched.messages.sentence.text()


def test_what_is_said_of_a_fault_stays_until_it_is_dismissed(watched: CaseWindow) -> None:
    report_of("witness")

    timers = watched.messages.findChildren(QTimer)
    assert timers and not any(timer.isActive() for timer in timers)
    assert watched.messages.isVisible()


def test_a_fault_in_work_beside_the_window_is_reported_as_well(
    watched: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    def work(job: Job) -> None:
        raise KeyError("witness")

    watched.jobs.start("count", "Counting", work, lambda made: None)
    wait_until(qtbot, lambda: bool(reports(tmp_path)))

    assert "KeyError" in reports(tmp_path)[0].read_text()
    assert "your changes are safe" in watched.messages.sentence.text()
