"""A person looks at an exhibit, by mouse and by key: pages, pictures and texts; nothing is opened."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from evidencemap.model import verbs
from evidencemap.model.entities import Exhibit
from evidencemap.model.records import Anchor
from evidencemap.session import Session
from evidencemap.ui.pages.custody import CustodySheet
from evidencemap.ui.pages.exhibitwindow import ExhibitWindow
from evidencemap.ui.panels.exhibits import size_said
from evidencemap.ui.window import CaseWindow
from tests.storage.evil_exhibits import pdf_that_draws_itself, png_of_2500_million_points, tiff_of_many
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, id_of, on_map, press, say, wait_until

QUOTE = "the pump ran dry at night"
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def log_of_three_pages() -> bytes:
    """Return a PDF whose last page holds the quote, far down, broken over two lines."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for page in (1, 2, 3):
        canvas.drawString(72, 780, f"Page {page} of the log")
        if page == 3:
            canvas.drawString(72, 60, "It says that the pump ran")
            canvas.drawString(72, 44, "dry at night.")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def photograph() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), (20, 120, 60)).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def held_file(founding_file: Path, tmp_path: Path) -> Path:
    """Return the founding case with exhibits of E3: a log that it quotes, a picture, a text, evil ones."""
    files = {
        "log.pdf": log_of_three_pages(),
        "photo.html": photograph(),
        "page.png": b"<html><b>It says</b> that the pump ran\ndry at night. \xe2\x80\xaetxt.exe</html>",
        "huge.png": png_of_2500_million_points(),
        "sheet.xlsx": b"PK\x03\x04" + bytes(100),
        "many.tiff": tiff_of_many(120_000),
    }
    with Session.open(founding_file) as session:
        item = session.case.by_number["E3"]
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
            session.add_exhibit(tmp_path / name, to=item, by="Ada")
        session.apply(verbs.set_field(session.case, item, "quote", QUOTE))
        session.apply(
            verbs.set_field(session.case, item, "anchor", Anchor(exhibit=session.case.by_number["X1"]))
        )
    return founding_file


@pytest.fixture
def window(held_file: Path, open_window: OpenWindow) -> CaseWindow:
    return open_window(Session.open(held_file))


def shown(window: CaseWindow) -> ExhibitWindow:
    """Return the window of the exhibit that is looked at."""
    made = window.exhibiting.looking.window
    assert made is not None and made.isVisible()
    return made


def look_at(window: CaseWindow, number: str, qtbot: QtBot) -> ExhibitWindow:
    """Select an exhibit and ask for it by the name of the command; wait until that is answered."""
    window.activateWindow()
    wait_until(qtbot, window.isActiveWindow)
    find(window, number)
    press(window, "Ctrl+K")
    say(window, "show exhibit")
    wait_until(qtbot, lambda: not shown(window).stop.isVisible())
    return shown(window)


def button(parent: QWidget, called: str) -> QPushButton:
    """Return the button in sight with this text or name."""
    (found,) = [
        each
        for each in parent.findChildren(QPushButton)
        if each.isVisible() and called in (each.text(), each.accessibleName())
    ]
    return found


def select_words(seen: ExhibitWindow, words: str) -> None:
    """Select words of the text that is shown, with the keyboard."""
    at = seen.text.toPlainText().replace("\n", " ").index(words)
    QTest.keyClick(seen.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _step in range(at):
        QTest.keyClick(seen.text, Qt.Key.Key_Right)
    for _letter in words:
        QTest.keyClick(seen.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


def codes_at(window: CaseWindow, number: str) -> set[str]:
    """Return the codes of the findings on something."""
    return {each.code for each in window.editor.findings if id_of(window, number) in each.on}


def decoders() -> set[int]:
    """Return the numbers of the processes that make a picture for this one now."""
    children = [each.read_text().split() for each in Path("/proc/self/task").glob("*/children")]
    words = {int(child): Path("/proc", child, "cmdline") for each in children for child in each}
    return {child for child, said in words.items() if said.exists() and b"decoder" in said.read_bytes()}


def ask_for_menu(widget: QWidget, at: QPoint) -> None:
    """Click with the other mouse button, as a desktop tells of it."""
    QTest.mouseClick(widget, RIGHT, pos=at)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))


def entries(qtbot: QtBot) -> list[str]:
    """Return what the menu that opens offers, and close it."""
    wait_until(qtbot, lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = [each.text() for each in menu.actions() if each.text()]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    wait_until(qtbot, lambda: QApplication.activePopupWidget() is None)
    return offered


def test_space_shows_the_quote_at_its_page_and_the_pages_are_turned_with_keys_and_mouse(
    window: CaseWindow, qtbot: QtBot
) -> None:
    find(window, "E3")
    on_map(window)

    press(window, "Space")
    wait_until(qtbot, lambda: "page 3 of 3" in shown(window).called)

    seen = shown(window)
    size = size_said(window.editor.case.of(Exhibit)[id_of(window, "X1")].size)
    assert seen.called == f"X1 log.pdf, PDF, page 3 of 3, {size}" == seen.picture.accessibleName()
    assert "dry at night." in seen.picture.accessibleDescription()
    assert f"E3 quotes: “{QUOTE}”" == seen.about.text()
    assert "the quote is marked" in seen.facts.text()
    bar = seen.area.verticalScrollBar()
    wait_until(qtbot, lambda: bar.value() > 0)
    bar.setValue(0)
    QTest.mouseClick(button(seen, "Previous page"), LEFT)
    wait_until(qtbot, lambda: "page 2 of 3" in seen.called)
    assert "does not stand here word for word" in seen.facts.text()
    QTest.keyClick(seen.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0 and seen.page.text() == "2"
    bar.setValue(bar.maximum())
    QTest.keyClick(seen.area, Qt.Key.Key_PageDown)
    wait_until(qtbot, lambda: "page 3 of 3" in seen.called)
    seen.page.selectAll()
    QTest.keyClicks(seen.page, "1")
    QTest.keyClick(seen.page, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: "page 1 of 3" in seen.called)
    assert not seen.previous.isEnabled() and seen.next.isEnabled()
    QTest.mouseClick(button(seen, "Copy the text"), LEFT)
    assert QApplication.clipboard().text().strip() == "Page 1 of the log"
    QTest.keyClick(seen, Qt.Key.Key_Escape)
    assert not seen.isVisible()


def test_a_picture_is_shown_by_what_it_is_and_enlarged(window: CaseWindow, qtbot: QtBot) -> None:
    seen = look_at(window, "X2", qtbot)

    assert seen.called.startswith("X2 photo.html, JPEG, ")
    before = seen.picture.pixmap().size()
    color = seen.picture.pixmap().toImage().pixelColor(50, 50)
    assert (before.width(), before.height()) == (300, 200)
    assert abs(color.green() - 120) < 8 and color.red() < 40
    QTest.mouseClick(button(seen, "Larger"), LEFT)
    wait_until(qtbot, lambda: seen.picture.pixmap().width() == 450)
    QTest.keyClick(seen, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    wait_until(qtbot, lambda: seen.picture.pixmap().width() == 300)


def test_a_copy_goes_out_and_the_custody_is_read_from_where_it_is_looked_at(
    window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    acts, seen = Acts(window), look_at(window, "X2", qtbot)
    acts.name_file(tmp_path / "for the expert.jpg")
    QTest.mouseClick(button(seen, "Save exhibit as…"), LEFT)
    say(window, "Ada: for the expert")
    wait_until(qtbot, lambda: (tmp_path / "for the expert.jpg").exists() and not window.jobs.busy)

    seen = look_at(window, "X2", qtbot)
    QTest.mouseClick(button(seen, "Custody…"), LEFT)

    wait_until(qtbot, lambda: isinstance(QApplication.activeModalWidget(), CustodySheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CustodySheet)
    assert any("for the expert" in each.text() for each in sheet.findChildren(QLabel))
    sheet.reject()


def test_a_page_for_a_browser_is_letters_and_its_quote_is_marked(window: CaseWindow, qtbot: QtBot) -> None:
    find(window, "E3")
    with qtbot.waitSignal(window.jobs.started):
        QTest.mouseClick(button(window.inspector, "Show X3"), LEFT)
    wait_until(qtbot, lambda: not shown(window).stop.isVisible())

    seen = shown(window)

    assert seen.text.toPlainText().startswith("<html><b>It says</b>")
    assert "\ufffdtxt.exe" in seen.text.toPlainText() and "\u202e" not in seen.text.toPlainText()
    assert seen.text.textCursor().selectedText().replace("\u2029", " ") == QUOTE
    assert "the quote is marked" in seen.facts.text()


def test_a_footer_that_was_clipped_along_is_struck_out_and_put_back(window: CaseWindow, qtbot: QtBot) -> None:
    find(window, "E3")
    on_map(window)
    press(window, "Space")
    wait_until(qtbot, lambda: "page 3 of 3" in shown(window).called)
    seen, before = shown(window), shown(window).picture.pixmap().toImage()
    assert not seen.strike.isVisible()

    QTest.mouseClick(button(seen, "As text"), LEFT)
    assert seen.text.isVisible() and seen.text.chosen == QUOTE
    select_words(seen, "Page 3 of the log")
    QTest.mouseClick(button(seen, "Strike out"), LEFT)

    assert window.editor.case.of(Exhibit)[id_of(window, "X1")].struck == ("Page 3 of the log",)
    assert "1 passage is struck out" in seen.facts.text()
    assert window.editor.session.undo_label == "Strike a passage out of X1"
    select_words(seen, QUOTE)
    QTest.mouseClick(button(seen, "Strike out"), LEFT)
    assert "QUOTE_STRUCK_OUT" in codes_at(window, "E3")
    QTest.mouseClick(button(seen, "As text"), LEFT)
    wait_until(qtbot, lambda: seen.area.isVisible() and seen.picture.pixmap().toImage() != before)
    QTest.mouseClick(button(seen, "As text"), LEFT)
    select_words(seen, "the pump ran")
    QTest.mouseClick(button(seen, "Put back"), LEFT)

    assert window.editor.case.of(Exhibit)[id_of(window, "X1")].struck == ("Page 3 of the log",)
    assert "QUOTE_STRUCK_OUT" not in codes_at(window, "E3")
    window.editor.select([id_of(window, "X1")])
    QTest.mouseClick(button(window.inspector, "Put back"), LEFT)
    assert window.editor.case.of(Exhibit)[id_of(window, "X1")].struck == ()
    assert "struck" not in seen.facts.text()


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("X4", "it has more points than a preview takes (100 million)"),
        ("X5", "it begins like none of PNG, JPEG, GIF, WebP, TIFF and PDF, and is no plain text"),
    ],
)
def test_an_evil_exhibit_is_one_sentence_and_the_window_goes_on(
    window: CaseWindow, number: str, why: str, qtbot: QtBot
) -> None:
    seen = look_at(window, number, qtbot)

    assert seen.sentence.isVisible() and seen.sentence.text() == f"{number} has no preview: {why}."
    assert not seen.picture.isVisible() and not seen.larger.isVisible()
    QTest.keyClick(seen, Qt.Key.Key_Escape)
    assert look_at(window, "X2", qtbot).picture.isVisible()


def test_a_picture_that_takes_long_is_stopped_and_leaves_nothing(window: CaseWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    find(window, "X6")
    press(window, "Ctrl+K")
    say(window, "show exhibit")
    wait_until(qtbot, lambda: window.jobs.busy and shown(window).stop.isVisible())

    QTest.mouseClick(shown(window).stop, LEFT)

    assert shown(window).sentence.text() == "You stopped it: there is no picture."
    wait_until(qtbot, lambda: not window.jobs.busy)
    assert not shown(window).progress.isVisible()
    assert look_at(window, "X2", qtbot).called.startswith("X2 ")


def test_what_was_stopped_ends_at_once_and_another_look_waits_for_nothing(
    window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "seconds.pdf").write_bytes(pdf_that_draws_itself(12, 10))
    window.exhibiting.take([tmp_path / "seconds.pdf"], id_of(window, "E1"))
    wait_until(qtbot, lambda: window.editor.case.numbered("X7") is not None)
    window.activateWindow()
    find(window, "X7")
    press(window, "Ctrl+K")
    say(window, "show exhibit")
    wait_until(qtbot, lambda: len(decoders()) == 1)
    (first,) = decoders()

    QTest.mouseClick(shown(window).stop, LEFT)
    seen = look_at(window, "X2", qtbot)

    assert seen.called.startswith("X2 ") and seen.picture.isVisible()
    assert first not in decoders()


def test_what_is_looked_at_goes_with_its_exhibit_and_with_its_case(
    window: CaseWindow, held_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "more.txt").write_bytes(b"more")
    window.exhibiting.take([tmp_path / "more.txt"], id_of(window, "E1"))
    wait_until(qtbot, lambda: window.editor.case.numbered("X7") is not None)
    seen = look_at(window, "X7", qtbot)
    assert seen.text.toPlainText() == "more"

    window.editor.undo()
    assert not seen.isVisible()
    seen = look_at(window, "X2", qtbot)
    with Session.new("Another case") as session:
        session.save_as(tmp_path / "another.evmap")
    window.files.open_path(tmp_path / "another.evmap")

    wait_until(qtbot, lambda: window.editor.case.header.title == "Another case")
    assert not seen.isVisible()


@pytest.mark.parametrize("passphrase", [None, "two words"])
def test_a_window_that_can_only_read_shows_exhibits_too(
    held_file: Path, open_window: OpenWindow, passphrase: str | None, qtbot: QtBot
) -> None:
    if passphrase:
        with Session.open(held_file) as session:
            session.set_passphrase(passphrase)
    first = Session.open(held_file, passphrase=passphrase)
    window = open_window(Session.open(held_file, passphrase=passphrase))
    find(window, "X1")

    press(window, "Ctrl+K")
    say(window, "show exhibit")
    if passphrase:
        wait_until(qtbot, lambda: window.picker.asking)
        say(window, passphrase)
    wait_until(qtbot, lambda: "page 1 of 3" in shown(window).called)
    QTest.mouseClick(button(shown(window), "Next page"), LEFT)

    wait_until(qtbot, lambda: "page 2 of 3" in shown(window).called)
    first.discard()


@pytest.mark.xvfb
def test_the_other_mouse_button_offers_it_wherever_an_exhibit_is_named(
    window: CaseWindow, qtbot: QtBot
) -> None:
    find(window, "E3")
    links = window.inspector.findChildren(QPushButton)
    link = next(each for each in links if "log.pdf" in each.accessibleName())
    ask_for_menu(link, link.rect().center())
    assert entries(qtbot) == ["Show exhibit", "Custody…", "Save exhibit as…"]

    find(window, "X2")
    library = window.library.list
    rows = [library.held.row(at) for at in range(library.held.rowCount())]
    place = next(at for at, row in enumerate(rows) if row is not None and row.lead == "X1")
    window.docks.show_pane("library")
    wait_until(qtbot, library.isVisible)
    library.scrollTo(library.held.index(place))
    ask_for_menu(library.viewport(), library.visualRect(library.held.index(place)).center())

    assert entries(qtbot)[:4] == ["Show exhibit", "Custody…", "Save exhibit as…", "Prove an exhibit…"]
    assert window.editor.selection == (id_of(window, "X1"),)
