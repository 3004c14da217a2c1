"""Large text in narrow panes: what has no room beside goes on beneath, and the tooltip has all of it."""

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.ui.app import application_made
from evidencemap.ui.buttons import WordyButton
from evidencemap.ui.lettering import in_lines
from evidencemap.ui.plain import ShortLabel
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import NARROW, Row
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import id_of, press

LONG = "The accounts were operated for the Qwen lab of Alibaba"


@pytest.fixture
def large(founding_window: CaseWindow) -> Iterator[CaseWindow]:
    """Return the window of the founding case at 300 %; the text is as usual again afterwards."""
    founding_window.settings.font_percent = 300
    QApplication.processEvents()
    QApplication.processEvents()
    yield founding_window
    founding_window.settings.font_percent = 100
    QApplication.processEvents()


def bands(picture: QImage, row: QRect) -> list[tuple[int, int]]:
    """Return the first and last inked column of each line of text in a row of a picture, from the top."""
    part = picture.copy(row).convertToFormat(QImage.Format.Format_ARGB32)
    pixels = np.frombuffer(part.constBits(), np.uint32).reshape(part.height(), part.width()).copy()
    ink = pixels != pixels[1, 1]
    found = []
    for inked, rows in groupby(range(part.height()), key=lambda y: bool(ink[y].any())):
        if inked:
            columns = np.nonzero(ink[list(rows)].any(axis=0))[0]
            found.append((int(columns.min()), int(columns.max())))
    return found


def shown_in(qtbot: QtBot, row: Row, heights: float) -> tuple[list[tuple[int, int]], int]:
    """Return the lines of a row in a list that is so many heights of its font wide, and that width."""
    held = RowList(lines=NARROW)
    qtbot.addWidget(held)
    wide = round(held.fontMetrics().height() * heights)
    held.resize(wide, 300)
    held.show_rows([row])
    held.show()
    picture = held.viewport().grab().toImage()
    return bands(picture, held.visualRect(held.held.index(0))), wide


def test_a_text_without_room_beside_its_mark_goes_on_beneath_it(qtbot: QtBot) -> None:
    application_made()
    row = Row(text=LONG, lead="C2", mark="ring", right="B2")

    (one,), wide = shown_in(qtbot, row, 40)
    lines, narrow = shown_in(qtbot, row, 10.5)

    assert len(lines) == 3
    assert one[0] == lines[0][0] and abs(lines[1][0] - lines[0][0]) <= 2 >= abs(lines[2][0] - lines[0][0])
    assert one[1] >= wide - 14 and lines[0][1] >= narrow - 14, "what stands at the right is not at the right"
    assert max(end for _start, end in lines) <= narrow - 8


def test_what_stands_at_the_right_and_is_long_has_the_last_line(qtbot: QtBot) -> None:
    application_made()

    row = Row(text="A text", lead="C2", right="supported, established")
    longer = Row(text=f"{LONG}. {LONG}", lead="C2", right="supported, established")

    lines, narrow = shown_in(qtbot, row, 10.5)
    every, _narrow = shown_in(qtbot, longer, 10.5)

    assert len(lines) == 2 and len(every) == 3
    assert lines[1][0] <= 14 and lines[0][1] < narrow / 2


@given(
    st.lists(st.sampled_from(["a", "letter", "committee", "established"]), min_size=1), st.integers(40, 400)
)
def test_lines_after_a_short_first_one_lose_no_word_and_fit(words: list[str], first: int) -> None:
    metrics = QFontMetricsF(application_made().font())

    lines = in_lines(" ".join(words), metrics, 400, 99, first=first)

    assert " ".join(lines).strip() == " ".join(words)
    widths = [metrics.horizontalAdvance(each) for each in lines]
    assert widths[0] <= max(first, 400 if first >= 400 else 0) or first >= 400
    assert all(each <= 400 for each in widths[1:])


def words_shown(button: QPushButton) -> str:
    return " ".join(button.text().replace("&&", "&").split("\n"))


def test_every_button_of_the_panes_shows_all_its_words_at_300_per_cent(large: CaseWindow) -> None:
    large.editor.select([id_of(large, "C2")])
    for pane in ("history", "inspector"):
        large.docks.show_pane(pane)
    QApplication.processEvents()

    acts = [
        each for each in large.findChildren(QPushButton) if each.objectName() == "act" and each.isVisible()
    ]

    assert len(acts) >= 4
    for button in acts:
        metrics = QFontMetricsF(button.font())
        assert words_shown(button) == (button.accessibleName() or words_shown(button))
        assert all(metrics.horizontalAdvance(each) <= button.width() for each in button.text().split("\n"))
        assert button.height() >= metrics.height() * len(button.text().split("\n"))


def test_a_button_breaks_its_words_where_it_is_narrow_and_not_where_it_is_wide(qtbot: QtBot) -> None:
    application_made()
    parent = QWidget()
    qtbot.addWidget(parent)
    button, short = WordyButton("Accept R&D with a reason", parent), WordyButton(LONG, parent, lines=1)
    wide = button.sizeHint().width()

    button.resize(wide // 2, 60)
    short.resize(wide // 2, 30)
    parent.show()

    assert button.text().count("\n") >= 1 and words_shown(button) == "Accept R&D with a reason"
    assert button.sizeHint().width() == wide and button.minimumSizeHint().width() < wide / 2
    assert short.text().endswith("…") and "\n" not in short.text() and short.accessibleName() == LONG
    button.resize(wide, 30)
    assert button.text() == "Accept R&&D with a reason"


def test_the_matrix_has_cells_in_sight_at_300_per_cent(large: CaseWindow) -> None:
    press(large, "Ctrl+2")
    QApplication.processEvents()
    table = large.docks.matrix.table

    assert table.viewport().width() >= table.width() * 0.45
    assert table.rowHeight(0) >= table.fontMetrics().height() * 1.4


def test_what_is_dated_has_a_line_of_its_own_where_bars_have_no_room_beside(large: CaseWindow) -> None:
    for number, when in (("E6", "2026-02"), ("E7", "2015")):
        large.editor.perform(verbs.set_field, id_of(large, number), "when", when)
    press(large, "Ctrl+3")
    canvas = large.docks.timeline.canvas
    high = canvas.fontMetrics().height()
    large.editor.select([id_of(large, "C1")])
    canvas.grab()

    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(40, round(high * (1.9 * 2 + 1.9))))
    first = large.editor.chosen
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(40, round(high * (1.9 * 2 + 0.5))))

    assert first == id_of(large, "E6") == large.editor.chosen
    assert canvas.minimumHeight() >= 1.9 * high * 8


def hover(widget: QWidget, at: QPoint) -> str:
    """Rest on a widget, and return its tooltip."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    return widget.toolTip()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_resting_on_a_timeline_or_on_a_line_that_is_cut_tells_all_of_it(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    press(founding_window, "Ctrl+3")
    canvas = founding_window.docks.timeline.canvas
    canvas.grab()
    label = ShortLabel("What <b>the map</b> shows")
    qtbot.addWidget(label)
    high = canvas.fontMetrics().height()

    dated = hover(canvas, QPoint(40, round(high * (1.9 * 2 + 0.5))))
    empty = hover(canvas, QPoint(40, round(high * 0.5)))

    assert "N1" in dated and "about six weeks" in dated
    assert empty == ""
    assert "What &lt;b&gt;the map&lt;/b&gt; shows" in hover(label, QPoint(3, 3))


def test_the_window_fits_a_small_screen_at_300_per_cent(large: CaseWindow) -> None:
    large.docks.show_pane("history")
    QApplication.processEvents()

    assert large.minimumSizeHint().width() <= 1366 - 16


def test_the_rows_of_the_picker_say_all_at_300_per_cent(large: CaseWindow) -> None:
    large.resize(1366, 820)
    press(large, "Ctrl+F")
    large.picker.field.setText("accounts")
    QApplication.processEvents()

    rows = large.picker.list
    metrics = QFontMetricsF(rows.font())
    rows.choose(-1)
    texts = [row.text for at in range(rows.held.rowCount()) if (row := rows.held.row(at)) is not None]
    longest = max(range(len(texts)), key=lambda at: metrics.horizontalAdvance(texts[at]))
    assert metrics.horizontalAdvance(texts[longest]) > rows.width()
    rows.scrollTo(rows.held.index(longest))
    seen = rows.visualRect(rows.held.index(longest))
    assert seen.height() >= 2 * metrics.height() and rows.height() >= seen.height()
    assert large.picker.geometry().bottom() <= large.height()
    assert len(bands(rows.viewport().grab().toImage(), seen)) >= 2


def test_the_rows_of_the_picker_stay_one_line_high_at_the_usual_size(founding_window: CaseWindow) -> None:
    press(founding_window, "Ctrl+F")
    founding_window.picker.field.setText("accounts")
    QApplication.processEvents()

    rows = founding_window.picker.list
    assert rows.sizeHintForRow(0) < 2 * QFontMetricsF(rows.font()).height()
