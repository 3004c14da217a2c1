"""The preview shows the pages of the memo, how full they are, and what the checks say of it."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QScrollArea, QSpinBox
from pytestqt.qtbot import QtBot

from evidencemap.ui.briefs import memo_pdf, told_by
from evidencemap.ui.preview import Preview
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press, told, wait_until


def test_the_preview_tells_how_long_the_memo_is_and_what_blocks_it(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window

    press(window, "Ctrl+P")
    preview = window.briefing.preview
    assert preview is not None
    qtbot.waitUntil(preview.isVisible, timeout=60_000)

    told = preview.count.text()
    assert preview.pages.count() == 2
    assert told.startswith("Letter: 2 pages, the last ")
    assert "A4: 2 pages, the last " in told
    assert "checks block" in told
    preview.close()


def test_however_large_the_text_the_pages_have_more_room_than_what_is_said_of_them(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    window.settings.font_percent = 300
    wait_until(qtbot, lambda: window.font().pixelSize() == 39)

    press(window, "Ctrl+P")
    preview = window.briefing.preview
    assert preview is not None
    qtbot.waitUntil(preview.isVisible, timeout=60_000)

    pages = next(each for each in preview.findChildren(QScrollArea) if each.accessibleName() == "Pages")
    cut = [
        each.text() for each in preview.findChildren(QPushButton) if each.height() < each.sizeHint().height()
    ]
    assert pages.width() > preview.width() / 2
    assert cut == []
    preview.close()


def previewed(window: CaseWindow, qtbot: QtBot) -> Preview:
    press(window, "Ctrl+P")
    preview = window.briefing.preview
    assert preview is not None
    qtbot.waitUntil(preview.isVisible, timeout=60_000)
    return preview


def answer_print_dialog(answer: Callable[[QPrintDialog], None]) -> None:
    """Be ready to answer the system's dialog for printing once it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QPrintDialog):
            answer(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def inked(document: pypdfium2.PdfDocument, page: int = 0) -> tuple[int, int, int, int]:
    """Return where the ink of a page begins and ends, in points: left, top, right and bottom."""
    picture = document[page].render(scale=1, grayscale=True).to_numpy()
    rows, columns = (picture < 200).nonzero()[:2]
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("paper", "wide", "high"), [("letter", 612, 792), ("a4", 595, 842)])
def test_a_memo_prints_on_the_paper_that_is_shown_at_its_own_size(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot, paper: str, wide: float, high: float
) -> None:
    out = tmp_path / "printed.pdf"
    preview = previewed(founding_window, qtbot)
    preview.paper.setCurrentIndex(preview.paper.findData(paper))

    def to_file(dialog: QPrintDialog) -> None:
        fields = [each for each in dialog.findChildren(QLineEdit) if each.isVisible()]
        for each in fields[:1]:
            each.setText(str(out))
        dialog.accept()

    answer_print_dialog(to_file)
    preview.print_pages()
    wait_until(qtbot, lambda: told(founding_window) == "Printed: 2 pages.")

    with pypdfium2.PdfDocument(out) as printed:
        sizes = {tuple(round(each) for each in page.get_size()) for page in printed}
        assert len(printed) == 2 and sizes == {(wide, high)}
        on_paper = inked(printed)
    with pypdfium2.PdfDocument(memo_pdf(told_by(founding_window.editor, *preview.chosen))) as made:
        of_its_own = inked(made)
    assert all(abs(one - other) <= 2 for one, other in zip(on_paper, of_its_own, strict=True))
    preview.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_of_a_memo_only_the_pages_are_printed_that_are_asked_for(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "printed.pdf"
    preview = previewed(founding_window, qtbot)

    def second_page_to_file(dialog: QPrintDialog) -> None:
        next(each for each in dialog.findChildren(QLineEdit) if each.isVisible()).setText(str(out))
        next(each for each in dialog.findChildren(QRadioButton) if each.text() == "Pages from").click()
        for name in ("to", "from"):
            next(each for each in dialog.findChildren(QSpinBox) if each.objectName() == name).setValue(2)
        dialog.accept()

    answer_print_dialog(second_page_to_file)
    preview.print_pages()
    wait_until(qtbot, lambda: told(founding_window) == "Printed: 1 page.")

    with pypdfium2.PdfDocument(out) as printed:
        assert len(printed) == 1
        on_paper = inked(printed)
    with pypdfium2.PdfDocument(memo_pdf(told_by(founding_window.editor, *preview.chosen))) as made:
        of_its_own = inked(made, page=1)
    assert all(abs(one - other) <= 2 for one, other in zip(on_paper, of_its_own, strict=True))
    preview.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nothing_is_printed_where_the_person_changed_their_mind(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    preview = previewed(founding_window, qtbot)

    answer_print_dialog(lambda dialog: dialog.reject())
    preview.print_pages()

    assert not founding_window.jobs.busy
    preview.close()
