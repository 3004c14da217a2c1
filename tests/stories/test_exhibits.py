"""A person keeps files in the case, takes copies out, checks them and says who had them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.session import Session
from evidencemap.ui.pages.custody import CustodySheet, time_typed
from evidencemap.ui.rows import Row
from evidencemap.ui.window import CaseWindow
from tests.conftest import LOG
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, id_of, press, say, spot, wait_until

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def test_a_file_is_added_to_the_selected_item_and_says_what_who_and_why(
    founding_window: CaseWindow, log: Path, qtbot: QtBot
) -> None:
    window, acts = founding_window, Acts(founding_window)
    find(window, "E3")
    acts.name_file(log)

    command(window, "add exhibit")
    say(window, "Ada: asked for by the court")
    wait_until(qtbot, lambda: held(window, "X1"))

    (entry,) = exhibit(window).custody
    assert (entry.what, entry.who, entry.why) == ("added", "Ada", "asked for by the court")
    assert item(window, "E3").exhibits == (exhibit(window).id,)
    assert said(window) == "X1 was added with E3: night.log, 2.2 MB."
    assert "X1  night.log" in acts.buttons()
    assert f"2.2 MB · SHA-256 {exhibit(window).sha256[:12]}… · 1 entry of custody" in labels(window.inspector)
    assert ("X1", "night.log") in [(row.lead, row.text) for row in rows(window)]
    press(window, "Ctrl+Z")
    assert not held(window, "X1") and item(window, "E3").exhibits == ()
    press(window, "Ctrl+Shift+Z")
    assert held(window, "X1")


def test_a_copy_goes_out_under_the_name_that_is_given_with_a_warning_and_the_custody_says_so(
    founding_window: CaseWindow, tmp_path: Path, out: Path, qtbot: QtBot
) -> None:
    window, acts = founding_window, Acts(founding_window)
    script = tmp_path / "night \u202etxt.sh"
    script.write_bytes(b"#!/bin/sh\n")
    drop(window, script, window.inspector, QPoint(5, 5))
    say(window, "E3")
    wait_until(qtbot, lambda: held(window, "X1"))
    told_of_arrival = said(window)
    acts.name_file(out / "for the expert")

    command(window, "save exhibit as")
    say(window, "for the expert")
    wait_until(qtbot, lambda: len(exhibit(window).custody) == 2)

    (made,) = out.iterdir()
    assert acts.suggested == "X1-night txt.sh"
    assert made.name == "for the expert.sh" and made.read_bytes() == b"#!/bin/sh\n"
    assert exhibit(window).custody[-1].why == "for the expert"
    assert "It is a script: do not open it" in told_of_arrival
    assert "for the expert.sh is a script: do not open it where it could do harm." in said(window)
    press(window, "Ctrl+F")
    say(window, "X1")
    shown = "".join(labels(window.inspector))
    assert "night \ufffdtxt.sh" in shown and "\u202e" not in shown


def test_what_is_dropped_on_a_card_belongs_to_it_and_on_the_ground_the_person_is_asked(
    founding_window: CaseWindow, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = founding_window
    second, third = tmp_path / "second.txt", tmp_path / "third.txt"
    second.write_bytes(b"second")
    third.write_bytes(b"third")

    keep(window, log, qtbot)
    drop(window, second, window.map, QPoint(2, 2))
    assert window.picker.asking and "second.txt" in window.picker.prompt.text()
    say(window, "E77")
    assert window.picker.asking
    press(window, "Ctrl+A")
    say(window, "E7")
    wait_until(qtbot, lambda: held(window, "X2"))
    drop(window, third, window.map, QPoint(2, 2))
    say(window, "no item")
    wait_until(qtbot, lambda: held(window, "X3"))

    assert item(window, "E5").exhibits == (id_of(window, "X1"),)
    assert item(window, "E7").exhibits == (id_of(window, "X2"),)
    assert window.editor.selection == (id_of(window, "X3"),)
    assert [each.lead for each in rows(window)][-1] == "X3"


def test_the_same_content_is_said_to_be_there_in_one_sentence(
    founding_window: CaseWindow, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = founding_window
    again = tmp_path / "again.txt"
    again.write_bytes(LOG)
    keep(window, log, qtbot)

    drop(window, again, window.map, spot(window, "E6"))
    wait_until(qtbot, lambda: len(exhibit(window).custody) == 2)

    assert said(window) == "again.txt is in the case already, as X1 (night.log)."
    assert len(window.editor.case.of(Exhibit)) == 1
    assert item(window, "E6").exhibits == item(window, "E5").exhibits


def test_originals_that_are_whole_are_said_to_be_and_one_changed_byte_is_not_missed(
    founding_window: CaseWindow, log: Path, qtbot: QtBot
) -> None:
    window = founding_window
    keep(window, log, qtbot)
    command(window, "verify originals")
    wait_until(qtbot, lambda: said(window) == "The exhibit is as it was added.")

    window.editor.session.contents.execute("update chunk set bytes = cast('x' || substr(bytes, 2) as blob)")
    command(window, "verify originals")

    wait_until(qtbot, lambda: said(window) == "✕  Not as they were added: X1.")


def one_byte_less(path: Path) -> Path:
    """Write what the log has but for its last byte; return where."""
    path.write_bytes(LOG[:-1])
    return path


def keep(window: CaseWindow, log: Path, qtbot: QtBot) -> None:
    """Drop the log on E5 and wait until the case holds it as X1."""
    drop(window, log, window.map, spot(window, "E5"))
    wait_until(qtbot, lambda: held(window, "X1"))


def test_a_file_outside_is_recognized_bit_for_bit(
    founding_window: CaseWindow, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, acts = founding_window, Acts(founding_window)
    other = one_byte_less(tmp_path / "other.log")
    keep(window, log, qtbot)

    acts.name_file(log)
    command(window, "which exhibit is this file")
    wait_until(qtbot, lambda: said(window) == "night.log is X1, bit for bit.")
    acts.name_file(other)
    command(window, "which exhibit is this file")

    wait_until(qtbot, lambda: said(window) == "other.log is none of the exhibits.")


def test_a_proof_is_written_and_holds_for_the_exhibit_and_for_nothing_else(
    founding_window: CaseWindow, log: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, acts = founding_window, Acts(founding_window)
    other = one_byte_less(tmp_path / "other.log")
    keep(window, log, qtbot)
    proof = tmp_path / "X1.json"
    acts.name_file(proof)
    command(window, "prove an exhibit")
    wait_until(qtbot, lambda: said(window) == "X1.json was written.")

    name_files(acts, proof, log)
    command(window, "check a proof")
    wait_until(qtbot, lambda: "night.log is bit for bit the exhibit X1" in said(window))
    name_files(acts, proof, other)
    command(window, "check a proof")

    wait_until(qtbot, lambda: said(window).startswith("✕  other.log is not the file"))


def test_who_had_it_is_written_down_from_the_keyboard_and_taken_back(
    founding_window: CaseWindow, log: Path, qtbot: QtBot
) -> None:
    window = founding_window
    keep(window, log, qtbot)
    command(window, "custody")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CustodySheet)
    wait_until(qtbot, sheet.what.hasFocus)

    words = sheet.what.lineEdit()
    assert words is not None
    QTest.keyClicks(words, "handed over")
    sheet.when.selectAll()
    QTest.keyClicks(sheet.when, "yesterday")
    assert not sheet.write.isEnabled() and "UTC" in sheet.lacking.text()
    sheet.when.selectAll()
    QTest.keyClicks(sheet.when, "2026-11-20 15:30+01:00")
    for field, typed in ((sheet.who, "Ada"), (sheet.how, "in a sealed bag"), (sheet.why, "for the expert")):
        QTest.keyClicks(field, typed)
    QTest.keyClick(sheet.why, Qt.Key.Key_Return)

    entry = exhibit(window).custody[-1]
    assert (entry.what, entry.who, entry.when) == ("handed over", "Ada", "2026-11-20T14:30:00Z")
    assert (entry.how, entry.why) == ("in a sealed bag", "for the expert")
    wait_until(qtbot, lambda: any("handed over by Ada" in each for each in labels(sheet)))
    assert {field.accessibleName() for field in (sheet.who, sheet.when, sheet.how, sheet.why)} == {
        "Who did it",
        "When (UTC)",
        "How",
        "Why",
    }
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    window.activateWindow()
    wait_until(qtbot, window.isActiveWindow)
    press(window, "Ctrl+Z")
    assert [each.what for each in exhibit(window).custody] == ["added"]


@pytest.mark.parametrize("percent", [100, 300])
def test_who_had_it_is_read_whole_at_every_size_of_text(
    founding_window: CaseWindow, log: Path, percent: int, qtbot: QtBot
) -> None:
    window = founding_window
    keep(window, log, qtbot)
    window.settings.font_percent = percent
    wait_until(qtbot, lambda: window.font().pixelSize() == round(13 * percent / 100))

    command(window, "custody")

    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CustodySheet)
    (area,) = sheet.findChildren(QScrollArea)
    inside = area.widget()
    assert inside is not None and inside.width() <= area.viewport().width()
    assert sheet.lacking.heightForWidth(sheet.lacking.width()) <= 2 * sheet.lacking.fontMetrics().height()
    digest = "".join("".join(labels(sheet)).split())
    assert exhibit(window).sha256 in digest
    QTest.keyClick(sheet, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        ("2026-11-20T23:00:00-02:00", "2026-11-21T01:00:00Z"),
        ("", None),
        ("20.11.2026", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_a_time_is_brought_to_utc_or_not_taken(typed: str, kept: str | None) -> None:
    assert time_typed(typed) == kept


def test_in_a_review_nothing_comes_in_and_a_copy_goes_out_without_a_word_in_the_custody(
    founding_window: CaseWindow, log: Path, out: Path, qtbot: QtBot
) -> None:
    window, acts = founding_window, Acts(founding_window)
    keep(window, log, qtbot)
    before = exhibit(window)
    command(window, "review: remarks only")

    drop(window, log, window.map, spot(window, "E6"))
    assert said(window) == "✕  This is a review: only remarks change. Leave the review to edit."
    acts.name_file(out / "X1-night.log")
    command(window, "save exhibit as")
    wait_until(qtbot, lambda: "The custody does not say so." in said(window))

    assert (out / "X1-night.log").read_bytes() == LOG
    assert exhibit(window) == before and item(window, "E6").exhibits == ()


@pytest.mark.parametrize("passphrase", [None, "two words"])
def test_a_second_window_can_only_read_says_so_and_still_checks_and_copies(
    founding_file: Path,
    open_window: OpenWindow,
    log: Path,
    out: Path,
    qtbot: QtBot,
    passphrase: str | None,
) -> None:
    with Session.open(founding_file) as session:
        session.add_exhibit(log, to=session.case.by_number["E5"])
        if passphrase:
            session.set_passphrase(passphrase)
    first = Session.open(founding_file, passphrase=passphrase)
    window = open_window(Session.open(founding_file, passphrase=passphrase))
    acts = Acts(window)

    drop(window, log, window.map, spot(window, "E6"))
    assert said(window).startswith("✕  This window can only read the case")
    assert not window.actions_set.by_name["add_exhibit"].isEnabled()
    acts.name_file(out / "X1-night.log")
    command(window, "save exhibit as")
    answer_secret(window, qtbot, passphrase)
    wait_until(qtbot, lambda: "The custody does not say so." in said(window))
    command(window, "verify originals")
    answer_secret(window, qtbot, passphrase)
    wait_until(qtbot, lambda: said(window) == "The exhibit is as it was added.")
    command(window, "custody")
    sheet = QApplication.activeModalWidget()

    assert (out / "X1-night.log").read_bytes() == LOG
    assert isinstance(sheet, CustodySheet) and not sheet.write.isVisible() and not sheet.who.isVisible()
    assert any("added" in each for each in labels(sheet)) and "only read" in sheet.lacking.text()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    first.discard()


def test_a_case_that_is_dropped_is_opened_and_makes_no_exhibit(
    founding_window: CaseWindow, founding_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = founding_window
    with Session.new("Another case") as session:
        session.save_as(tmp_path / "another.evmap")

    drop(window, tmp_path / "another.evmap", window.map, QPoint(2, 2))

    wait_until(qtbot, lambda: window.editor.case.header.title == "Another case")
    assert not window.editor.case.of(Exhibit)


def drop(window: CaseWindow, path: Path, onto: QWidget, at: QPoint) -> None:
    """Drag a file over the window and let it go at a point of a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = onto.mapTo(window, at)
    entering = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, NO_MODIFIER)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    event = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, NO_MODIFIER)
    QApplication.sendEvent(window, event)


def command(window: CaseWindow, words: str) -> None:
    """Take a command by its name."""
    press(window, "Ctrl+K")
    say(window, words)


def name_files(acts: Acts, first: Path, second: Path) -> None:
    """Be ready to name two files in the two dialogs that open one after the other."""
    seen: list[str] = []

    def wait() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not dialog.isVisible() or dialog.windowTitle() in seen:
            QTimer.singleShot(20, wait)
            return
        seen.append(dialog.windowTitle())
        if len(seen) == 1:
            QTimer.singleShot(20, wait)
        acts.name_file((first, second)[len(seen) - 1])

    QTimer.singleShot(0, wait)


def answer_secret(window: CaseWindow, qtbot: QtBot, passphrase: str | None) -> None:
    if passphrase:
        wait_until(qtbot, lambda: window.picker.asking)
        say(window, passphrase)


def held(window: CaseWindow, number: str) -> bool:
    return window.editor.case.numbered(number) is not None


def exhibit(window: CaseWindow) -> Exhibit:
    found = window.editor.case.get(Exhibit, id_of(window, "X1"))
    assert found is not None
    return found


def item(window: CaseWindow, number: str) -> Evidence:
    found = window.editor.case.get(Evidence, id_of(window, number))
    assert found is not None
    return found


def said(window: CaseWindow) -> str:
    return window.messages.sentence.text()


def labels(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden()]


def rows(window: CaseWindow) -> list[Row]:
    model = window.library.list.held
    return [row for at in range(model.rowCount()) if (row := model.row(at)) is not None]
