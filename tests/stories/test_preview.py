"""The preview shows the pages of the memo, how full they are, and what the checks say of it."""

from pytestqt.qtbot import QtBot

from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press


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
