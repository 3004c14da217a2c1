"""A brief goes out from the window: looked at, reasons given, written, put on record, and known again."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.upkeep import IssuedBrief
from evidencemap.session import Session, read_case
from evidencemap.ui.briefs import Issue
from evidencemap.ui.pages.issuing import IssueSheet
from evidencemap.ui.preview import Preview
from evidencemap.ui.window import CaseWindow
from tests.brief.keys import OWNER, PASSPHRASE, key_file
from tests.stories.conftest import OpenWindow
from tests.stories.hands import id_of, press, wait_until

REASON = "the memo tells each of them"


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def fill(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def previewed(window: CaseWindow, qtbot: QtBot) -> Preview:
    """Open the preview with its key and wait for its pages."""
    press(window, "Ctrl+P")
    preview = window.briefing.preview
    assert preview is not None
    qtbot.waitUntil(preview.isVisible, timeout=60_000)
    return preview


def sheet_of(window: CaseWindow, qtbot: QtBot) -> IssueSheet:
    """Return the open sheet, once pre-flight has been made."""
    sheet = window.briefing.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: "Pre-flight" in sheet.summary.text(), timeout=60_000)
    return sheet


def issued(path: Path) -> list[IssuedBrief]:
    return read_case(path)[0].sorted(IssuedBrief)


def test_a_memo_is_looked_at_issued_and_known_again(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, out = founding_window, tmp_path / "memo.pdf"
    preview = previewed(window, qtbot)
    assert "17 checks block" in preview.count.text()
    assert 0 < preview.meters["letter"].value() <= 100
    click(preview.issue)
    sheet = sheet_of(window, qtbot)

    assert not sheet.issue.isEnabled()
    assert sheet.lacking.text().startswith("Mend or accept what blocks it, or give the reason")
    fill(sheet.despite, REASON)
    assert sheet.lacking.text() == "Say where it goes: a file in .pdf."
    fill(sheet.path, str(out))
    click(sheet.issue)
    wait_until(qtbot, lambda: bool(issued(founding_file)))

    [brief] = issued(founding_file)
    assert (brief.number, brief.template) == ("B1", "memo")
    assert brief.why == f"despite open blockers: {REASON}"
    assert brief.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    wait_until(qtbot, lambda: "Issued memo.pdf as B1: 2 pages" in window.messages.sentence.text())
    window.briefing.judge(out)
    wait_until(qtbot, lambda: "issued as B1" in window.messages.sentence.text())
    out.write_bytes(out.read_bytes() + b"\n")
    window.briefing.judge(out)
    wait_until(qtbot, lambda: "is not the brief that was issued" in window.messages.sentence.text())


def test_nothing_is_written_over_and_leaving_the_sheet_issues_nothing(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, taken = founding_window, tmp_path / "taken.pdf"
    taken.write_bytes(b"%PDF-1.7 of somebody")
    window.run("issue_brief")
    sheet = sheet_of(window, qtbot)

    fill(sheet.despite, REASON)
    fill(sheet.path, str(taken))
    assert sheet.lacking.text() == "taken.pdf exists already: give another name."
    assert not sheet.issue.isEnabled()
    press(window, "Escape")

    wait_until(qtbot, lambda: window.briefing.sheet is None)
    assert issued(founding_file) == []
    assert taken.read_bytes() == b"%PDF-1.7 of somebody"


def test_what_went_out_is_listed_and_the_next_one_says_why_and_what_moved(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, first, second = founding_window, tmp_path / "memo.pdf", tmp_path / "change.pdf"
    window.briefing.issue(Issue(template="memo", paper="letter", path=first, despite=REASON))
    wait_until(qtbot, lambda: bool(issued(founding_file)))
    window.editor.perform(verbs.withdraw, id_of(window, "E1"))

    window.run("issued_briefs")
    titles = [each.text() for each in window.answer.findChildren(QLabel)]
    offered = [each.text() for each in window.answer.findChildren(QPushButton)]
    window.briefing.ask_to_issue("change", "a4")
    sheet = sheet_of(window, qtbot)
    fill(sheet.despite, REASON)
    fill(sheet.path, str(second))
    assert sheet.lacking.text() == "A brief was issued before: say what this one is for."
    fill(sheet.why, "the provider took the tally back")
    click(sheet.issue)
    wait_until(qtbot, lambda: len(issued(founding_file)) == 2)

    assert "B1  memo" in titles
    assert offered == ["What changed since the last one", "Is this PDF one of them?…"]
    assert [brief.template for brief in issued(founding_file)] == ["memo", "change"]
    assert "E1 was changed (State: reported → withdrawn)" in words_of(second)
    assert "Why it moved: The provider took the tally back." in words_of(second)
    assert window.editor.session.undo_label is not None and "Withdraw" in window.editor.session.undo_label


def test_a_case_that_moved_while_the_brief_was_made_is_not_told_by_it(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, out = founding_window, tmp_path / "memo.pdf"

    window.briefing.issue(Issue(template="memo", paper="letter", path=out, despite=REASON))
    window.editor.perform(verbs.withdraw, id_of(window, "E1"))

    wait_until(qtbot, lambda: "The case was changed meanwhile" in window.messages.sentence.text())
    assert not out.exists()
    assert issued(founding_file) == []


def test_a_brief_is_signed_as_it_goes_out_and_a_wrong_passphrase_leaves_all_as_it_was(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, out, key = founding_window, tmp_path / "memo.pdf", key_file(tmp_path / "key.p12")
    window.run("issue_brief")
    sheet = sheet_of(window, qtbot)
    fill(sheet.despite, REASON)
    fill(sheet.path, str(out))
    QTest.mouseClick(sheet.sign, Qt.MouseButton.LeftButton, pos=QPoint(6, sheet.sign.height() // 2))
    fill(sheet.key, str(key))
    fill(sheet.passphrase, "wrong")

    click(sheet.issue)
    wait_until(qtbot, lambda: "key.p12 did not open" in sheet.lacking.text())
    assert not out.exists() and issued(founding_file) == []
    fill(sheet.passphrase, PASSPHRASE)
    click(sheet.issue)
    wait_until(qtbot, lambda: bool(issued(founding_file)))

    assert issued(founding_file)[0].sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert b"/ETSI.CAdES.detached" in out.read_bytes()
    wait_until(qtbot, lambda: f"Signed by {OWNER}" in window.messages.sentence.text())


@pytest.mark.parametrize("reviewing", [False, True])
def test_a_case_without_a_file_or_under_review_issues_nothing(
    open_window: OpenWindow, founding_file: Path, reviewing: bool
) -> None:
    window = open_window(Session.open(founding_file) if reviewing else Session.new("No file yet"))
    window.editor.reviewing = reviewing

    window.run("issue_brief")

    told = window.messages.sentence.text()
    assert window.briefing.sheet is None
    assert ("Leave the review to edit." if reviewing else "Save the case first") in told


def words_of(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_tab_goes_through_the_sheet_in_the_order_in_which_it_stands(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    founding_window.briefing.ask_to_issue()
    sheet = sheet_of(founding_window, qtbot)
    choose = next(each for each in sheet.findChildren(QPushButton) if each.text() == "Choose…")
    sheet.path.setFocus()

    QTest.keyClick(sheet.path, Qt.Key.Key_Tab)

    assert sheet.focusWidget() is choose
    sheet.reject()
