"""Whatever is typed into the sheets of custody and issuing: kept as typed, or one sentence says why not.

`EVIDENCEMAP_FIELDS=seed pytest tests/stories/test_every_sheet.py` replays what a seed types.
"""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from evidencemap.model.entities import Exhibit
from evidencemap.model.records import Custody
from evidencemap.model.upkeep import IssuedBrief
from evidencemap.session import Session
from evidencemap.tongue import speaking
from evidencemap.ui.pages.custody import CustodySheet, time_typed
from evidencemap.ui.pages.issuing import IssueSheet
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.every_field import ODD, told_plainly
from tests.stories.hands import id_of, wait_until
from tests.stories.test_every_field import Heard, lost, seed_of_the_day

TIMES = ("2026-11-25T14:30:00Z", "2026-11-25 14:30+02:00", "25.11.2026", "2026-02-30T00:00:00Z", "20261125")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(founding_file: Path, tmp_path: Path, open_window: OpenWindow) -> CaseWindow:
    """Return a window on the founding case with one exhibit."""
    (tmp_path / "note.txt").write_bytes(b"a note")
    with Session.open(founding_file) as session:
        session.add_exhibit(tmp_path / "note.txt", to=session.case.by_number["E3"], by="Ada")
    return open_window(Session.open(founding_file))


def type_in(field: QLineEdit, typed: str) -> str:
    """Type a text in place of the one in a field, as an input method does; return what is shown."""
    field.setFocus()
    field.selectAll()
    QTest.keySequence(field, "Backspace")
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(field, event)
    return field.text()


def wrongs_of_custody(
    window: CaseWindow, sheet: CustodySheet, chance: random.Random, heard: Heard
) -> list[str]:
    """Fill the custody sheet oddly and press its button; return what is wrong with what came of it."""
    editor = window.editor
    exhibit, before = id_of(window, "X1"), window.editor.case
    what = sheet.what.lineEdit()
    assert what is not None
    fields = (what, sheet.who, sheet.when, sheet.how, sheet.why)
    texts = [chance.choice(ODD) for _each in fields]
    texts[2] = chance.choice((*TIMES, *TIMES, *ODD))
    shown = [type_in(field, typed) for field, typed in zip(fields, texts, strict=True)]
    heard.refusals.clear()
    said = sheet.lacking.text()
    offered = sheet.write.isEnabled()
    QTest.mouseClick(sheet.write, LEFT)
    where = f"{[each[:30] for each in shown]}: "
    found = [f"{where}{fault}" for fault in heard.faults]
    heard.faults.clear()
    entries = editor.case.of(Exhibit)[exhibit].custody
    if editor.case is not before:
        kept = Custody(
            what=shown[0].strip(),
            who=shown[1].strip(),
            when=time_typed(shown[2]) or "",
            how=shown[3].strip(),
            why=shown[4].strip(),
        )
        return found if offered and entries[-1] == kept else [*found, f"{where}kept {entries[-1]}"]
    if entries != before.of(Exhibit)[exhibit].custody or [each.text() for each in fields] != shown:
        found.append(f"{where}refused, and what was typed is gone")
    said = sheet.lacking.text() if offered else said
    if not told_plainly(said):
        found.append(f"{where}{said!r}")
    if offered and heard.refusals != [said]:
        found.append(f"{where}the sheet says {said!r}, the window {heard.refusals}")
    return found


def test_what_is_typed_into_the_custody_sheet_is_kept_or_refused_with_one_sentence(
    window: CaseWindow,
) -> None:
    seed = seed_of_the_day()
    chance, heard, found = random.Random(seed), Heard(window), list[str]()

    with speaking(("en", "de")[seed % 2]):
        window.exhibiting.show_custody(id_of(window, "X1"))
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, CustodySheet)
        for _round in range(60):
            found += wrongs_of_custody(window, sheet, chance, heard)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        sheet.reject()

    assert found == [], f"EVIDENCEMAP_FIELDS={seed}"
    assert len(window.editor.case.of(Exhibit)[id_of(window, "X1")].custody) > 3
    assert lost(window) == []


def odd_paths(folder: Path) -> list[str]:
    """Return names of files that cannot be, are there already, or are something else."""
    (folder / "taken.pdf").write_bytes(b"somebody's")
    (folder / "folder.pdf").mkdir()
    names = (
        "none/memo.pdf",
        "taken.pdf",
        "folder.pdf",
        "taken.pdf/memo.pdf",
        "x" * 5_000 + ".pdf",
        "no ending",
    )
    odd = ("\x00.pdf", "\ud800.pdf", "a\nb.pdf", "<b>.pdf", "\u202efdp.pdf")
    return [*(str(folder / each) for each in (*names, *odd)), str(folder), "/", ".pdf", "/dev/null", *ODD]


def open_sheet(window: CaseWindow, qtbot: QtBot) -> IssueSheet:
    """Ask to issue a brief, and wait for the checks."""
    if window.briefing.sheet is None:
        window.run("issue_brief")
    sheet = window.briefing.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.summary.text() != "", timeout=60_000)
    return sheet


def wrongs_of_issuing(
    window: CaseWindow, chance: random.Random, heard: Heard, paths: list[str], qtbot: QtBot
) -> list[str]:
    """Fill the issuing sheet oddly and press its button; return what is wrong with what came of it."""
    assert window.editor.session.path is not None
    folder = window.editor.session.path.parent
    before, sheet = len(window.editor.case.of(IssuedBrief)), open_sheet(window, qtbot)
    if sheet.sign.isChecked() != (chance.random() < 0.3):
        sheet.sign.click()
    fields = (sheet.despite, sheet.why, sheet.path, sheet.key, sheet.passphrase)
    texts = [chance.choice(each) for each in (ODD, ODD, paths, paths, ODD)]
    shown = [type_in(field, typed) for field, typed in zip(fields, texts, strict=True)]
    heard.refusals.clear()
    offered, said = sheet.issue.isEnabled(), sheet.lacking.text()
    where = f"{[each[-30:] for each in shown]} {sheet.sign.isChecked()}: "
    QTest.mouseClick(sheet.issue, LEFT)
    wait_until(qtbot, lambda: not window.jobs.busy or bool(heard.faults))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found = [f"{where}{fault}" for fault in heard.faults]
    heard.faults.clear()
    briefs = window.editor.case.sorted(IssuedBrief)
    if len(briefs) > before:
        asked = [each.strip() for each in shown]
        kept = all(each in briefs[-1].why for each in (asked[0], asked[1]))
        written = (folder / asked[2]).exists()
        return found if offered and kept and written else [*found, f"{where}kept {briefs[-1].why[:90]!r}"]
    if [each.text() for each in fields] != shown:
        found.append(f"{where}refused, and what was typed is gone")
    said = sheet.lacking.text() if offered else said
    if not told_plainly(said.replace(str(folder), "…")):
        found.append(f"{where}{said!r}")
    return found


def test_what_is_typed_into_the_issuing_sheet_is_kept_or_refused_with_one_sentence(
    window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    seed = seed_of_the_day()
    chance, heard, found = random.Random(seed), Heard(window), list[str]()
    odd = odd_paths(tmp_path)

    with speaking(("en", "de")[seed % 2]):
        for at in range(60):
            paths = chance.choice(([str(tmp_path / f"memo {at}.pdf")], [f"beside {at}.pdf"], odd, odd))
            found += wrongs_of_issuing(window, chance, heard, paths, qtbot)
        if window.briefing.sheet is not None:
            window.briefing.sheet.reject()

    assert found == [], f"EVIDENCEMAP_FIELDS={seed}"
    assert len(window.editor.case.of(IssuedBrief)) > 3
    assert (tmp_path / "taken.pdf").read_bytes() == b"somebody's"
    assert lost(window) == []


def test_the_custody_sheet_itself_says_why_nothing_is_written_down(
    window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with (tmp_path / "large.bin").open("wb") as file:
        file.truncate(600 << 20)
    before = window.editor.case
    window.exhibiting.take([tmp_path / "large.bin"])
    wait_until(qtbot, lambda: window.messages.progress.value() > 0)
    window.exhibiting.show_custody(id_of(window, "X1"))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CustodySheet)

    sheet.what.setEditText("examined")
    QTest.mouseClick(sheet.write, LEFT)

    assert window.editor.case is before
    assert "A file is being added" in sheet.lacking.text()
    assert sheet.what.currentText() == "examined" and sheet.write.isEnabled()
    window.jobs.cancel("exhibit")
    wait_until(qtbot, lambda: not window.jobs.busy)
    QTest.mouseClick(sheet.write, LEFT)
    assert window.editor.case.of(Exhibit)[id_of(window, "X1")].custody[-1].what == "examined"
    assert sheet.lacking.text() == "Say what was done with it."
    sheet.reject()


def test_whatever_is_taken_for_an_issued_brief_gives_one_sentence(
    window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    heard, found = Heard(window), list[str]()
    said: list[str] = []
    window.editor.told.connect(said.append)
    (tmp_path / "empty.pdf").touch()
    odd_paths(tmp_path)
    names = ("taken.pdf", "empty.pdf", "folder.pdf", "letter.evmap", "none.pdf", "x" * 256, "<b>.pdf")

    for typed in (*names, "/dev/null"):
        heard.refusals.clear()
        said.clear()
        window.briefing.judge(tmp_path / typed)
        wait_until(qtbot, lambda: not window.jobs.busy)
        sentences = [*heard.refusals, *said]
        plain = [each.removeprefix("✕  ").replace(str(tmp_path), "…") for each in sentences]
        if len(plain) != 1 or not told_plainly(plain[0]) or heard.faults:
            found.append(f"{typed[-60:]!r}: {sentences} {heard.faults}")
        heard.faults.clear()

    assert found == []
