"""The preview shows the pages of the memo, how full they are, and what the checks say of it."""

from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press, wait_until


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
