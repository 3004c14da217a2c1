"""A large case is shown first, and looked through for findings afterwards: once for what is done at once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.ui.app import application_made
from evidencemap.ui.jobs import Job
from evidencemap.ui.settings import Settings
from evidencemap.ui.window import CaseWindow
from tests.benchmarks.generate import generate

LOOKING = "Looking through the map"
STOPPED = "You stopped it: the map was not looked through."
AGAIN = "Look again"


def test_a_large_case_is_painted_before_it_is_looked_through(qtbot: QtBot, tmp_path: Path) -> None:
    application_made()
    window = CaseWindow(Session.adopt(generate(2500, 7)), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    begun: list[str] = []
    window.jobs.started.connect(lambda job: begun.append(job.label))

    window.show()
    window.repaint()

    assert window.editor.looking
    assert LOOKING not in begun
    qtbot.waitUntil(lambda: not window.editor.looking, timeout=20_000)
    assert begun.count(LOOKING) == 1
    assert window.editor.findings
    window.editor.session.discard()


def test_the_panes_of_a_large_case_are_shown_before_its_map_is_laid_out(qtbot: QtBot, tmp_path: Path) -> None:
    application_made()
    window = CaseWindow(Session.new("A small case"), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    rows: list[int] = []
    tree = window.outline.tree
    window.jobs.started.connect(lambda job: rows.append(tree.topLevelItemCount()))

    window.editor.replace(Session.adopt(generate(2500, 7)))

    assert window.map.laying_out
    assert rows == [tree.topLevelItemCount()]
    assert rows[0] > 50
    window.map.finish_laying_out()
    window.editor.session.discard()


def test_edits_at_once_in_a_large_case_are_looked_through_once(qtbot: QtBot, tmp_path: Path) -> None:
    application_made()
    window = CaseWindow(Session.adopt(generate(2500, 7)), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    editor = window.editor
    qtbot.waitUntil(lambda: not editor.looking, timeout=20_000)
    begun: list[str] = []
    window.jobs.started.connect(lambda job: begun.append(job.label))
    claims = editor.case.sorted(Claim)[:5]

    for each in claims:
        editor.perform(verbs.reword, each.id, f"{each.text} once more")

    assert editor.looking
    qtbot.waitUntil(lambda: not editor.looking, timeout=20_000)
    assert begun.count(LOOKING) == 1
    editor.session.discard()


def test_no_finding_names_what_is_gone_while_a_large_case_is_looked_through(
    qtbot: QtBot, tmp_path: Path
) -> None:
    application_made()
    window = CaseWindow(Session.adopt(generate(2500, 7)), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    editor = window.editor
    qtbot.waitUntil(lambda: not editor.looking, timeout=20_000)
    before = list(editor.findings)
    named = {each for found in before for each in found.on}
    gone = next(each for found in before for each in found.on if each in editor.case.of(Claim))

    editor.perform(verbs.remove, [gone])

    assert editor.looking
    assert not any(gone in found.on for found in editor.findings)
    assert 0 < len(editor.findings) < len(before)
    for each in sorted(named)[:200]:
        assert editor.findings_on(each) == [found for found in editor.findings if each in found.on]
    assert editor.findings_on(gone) == []
    editor.session.discard()


def test_a_large_case_that_was_closed_is_not_looked_through(qtbot: QtBot, tmp_path: Path) -> None:
    application_made()
    window = CaseWindow(Session.adopt(generate(2500, 7)), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    begun: list[str] = []
    window.jobs.started.connect(lambda job: begun.append(job.label))

    window.editor.leave()
    qtbot.wait(200)

    assert LOOKING not in begun


def test_a_look_through_the_map_that_was_stopped_says_so_and_is_taken_up_again_by_a_button(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = stopped_window(qtbot, tmp_path)
    said = words_in(window.problems)

    button = next(each for each in window.problems.findChildren(QPushButton) if each.text() == AGAIN)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    meanwhile = words_in(window.problems)
    qtbot.waitUntil(lambda: window.editor.settled, timeout=20_000)

    assert STOPPED in said and "looking…" not in said
    assert "looking…" in meanwhile and STOPPED not in meanwhile
    assert window.problems.shown and STOPPED not in words_in(window.problems)
    assert not button.isVisible()
    window.editor.session.discard()


def test_an_edit_after_a_stop_has_the_map_looked_through(qtbot: QtBot, tmp_path: Path) -> None:
    window = stopped_window(qtbot, tmp_path)
    claim = window.editor.case.sorted(Claim)[0]

    window.editor.perform(verbs.reword, claim.id, "It is worded anew")
    qtbot.waitUntil(lambda: window.editor.settled, timeout=20_000)

    assert window.problems.shown
    assert STOPPED not in words_in(window.problems)
    window.editor.session.discard()


def stopped_window(qtbot: QtBot, tmp_path: Path) -> CaseWindow:
    """Return the window of a large case, whose first look through the map was stopped."""
    application_made()
    window = CaseWindow(Session.adopt(generate(2500, 7)), Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    window.jobs.started.connect(stop_looking)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: STOPPED in words_in(window.problems), timeout=20_000)
    window.jobs.started.disconnect(stop_looking)
    return window


def stop_looking(job: Job) -> None:
    if job.label == LOOKING:
        job.cancel()


def words_in(pane: QWidget) -> list[str]:
    """Return what the labels of a pane say that are seen."""
    return [each.text() for each in pane.findChildren(QLabel) if each.isVisible()]
