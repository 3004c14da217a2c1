"""What only a real display shows: the window under X11, driven by its menus, keys and mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.hands import line_of, status


@pytest.mark.xvfb
def test_on_a_real_display_the_dashed_step_is_seen_and_menus_keys_and_drags_work(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    acts = Acts(window)

    acts.click_card("C2")
    acts.menu("Analyze", "settle")
    acts.key("Ctrl+1", "R")
    acts.say("Bank records of the accounts")
    acts.drag_card("C4", "C10")

    assert QGuiApplication.platformName() == "xcb"
    assert line_of(window, "P7") is LineStyle.LONG_DASH
    assert status(window, "P19") == "unsupported"
    assert line_of(window, "P19") is LineStyle.LONG_DASH
    ink = window.map.theme.color("unsupported").rgb()
    picture = window.map.grab().toImage().scaledToWidth(600, Qt.TransformationMode.FastTransformation)
    inks = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert len(inks) > 20 and ink in inks
    acts.key("Ctrl+Z", "Ctrl+Z")
    assert window.editor.case.numbered("P19") is None and window.editor.case.numbered("R5") is None
