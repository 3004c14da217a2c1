"""What one who never saw the program finds by looking: what opens, what is a choice, what it rests on."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDockWidget,
    QPushButton,
    QTabBar,
    QToolButton,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from evidencemap.ui.app import fit_screen
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, press, say


def colours_in(widget: QWidget, part: QRect) -> int:
    """Return how many colours a part of a widget shows on the screen; 1 where nothing is drawn there."""
    image = widget.grab(part).toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def place_of_arrow(window: CaseWindow, item: QTreeWidgetItem) -> QRect:
    """Return where the arrow of a row of the outline stands: in the width of one level before it."""
    tree = window.outline.tree
    row = tree.visualItemRect(item)
    return QRect(row.left() - tree.indentation(), row.top() + 2, tree.indentation(), row.height() - 4)


def first_row(window: CaseWindow) -> QTreeWidgetItem:
    item = window.outline.tree.topLevelItem(0)
    assert item is not None
    return item


def last_leaf(item: QTreeWidgetItem) -> QTreeWidgetItem:
    """Return a row beneath which nothing stands."""
    while (child := item.child(item.childCount() - 1)) is not None:
        item = child
    return item


def buttons(window: CaseWindow) -> list[str]:
    """Return what the buttons of the inspector say."""
    sheet = window.inspector.sheet
    assert sheet is not None
    return [each.accessibleName() or each.text() for each in sheet.findChildren(QPushButton)]


@pytest.mark.parametrize("direction", (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft))
def test_a_row_that_opens_shows_an_arrow_and_a_click_on_it_opens_and_closes_the_row(
    founding_window: CaseWindow, direction: Qt.LayoutDirection
) -> None:
    window = founding_window
    tree = window.outline.tree
    tree.setLayoutDirection(direction)
    first = first_row(window)
    tree.scrollToTop()
    arrow = place_of_arrow(window, first)
    if direction is Qt.LayoutDirection.RightToLeft:
        arrow.moveLeft(tree.visualItemRect(first).right() + 1)

    open_at_first = first.isExpanded()
    drawn = colours_in(tree.viewport(), arrow)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=arrow.center())

    assert open_at_first and drawn > 1
    assert not first.isExpanded()
    assert colours_in(tree.viewport(), arrow) > 1, "a closed row has an arrow as well"
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=arrow.center())
    assert first.isExpanded()


def test_a_row_beneath_which_nothing_stands_has_no_arrow(founding_window: CaseWindow) -> None:
    window = founding_window
    window.outline.tree.expandAll()
    leaf = last_leaf(first_row(window))

    window.outline.tree.scrollToItem(leaf)
    place = place_of_arrow(window, leaf)

    assert colours_in(window.outline.tree.viewport(), place) == 1


def test_the_inspector_shows_what_a_source_says_and_offers_no_step_into_a_source(
    founding_window: CaseWindow,
) -> None:
    window = founding_window

    find(window, "S1")
    of_source = buttons(window)
    find(window, "C1")

    assert any("E1" in each for each in of_source) and "What if this falls?" in of_source
    assert "Add a premise" not in of_source
    assert "What if this falls?" in buttons(window)


def test_the_inspector_shows_where_a_number_is_stated_and_offers_no_step_into_it(
    founding_window: CaseWindow,
) -> None:
    window = founding_window

    find(window, "N1")

    assert any("C1" in each for each in buttons(window))
    assert "Add a premise" not in buttons(window), "a step leads to a claim or to an item"


def test_every_choice_shows_an_arrow_by_which_it_is_known_to_open(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    press(window, "Ctrl+P")
    preview = window.briefing.preview
    assert preview is not None
    qtbot.waitUntil(preview.isVisible, timeout=60_000)

    choices = [*preview.findChildren(QComboBox), *window.inspector.findChildren(QComboBox)]
    bare = QComboBox(preview)
    bare.resize(choices[0].size())
    bare.show()

    assert len(choices) >= 2
    assert all(end_of(each) > 1 for each in choices)
    assert end_of(bare) == 1, "a choice without an arrow is seen"
    preview.close()


def end_of(box: QComboBox) -> int:
    """Return how many colours there are at the end of a choice, its frame apart."""
    high = box.height()
    return colours_in(box, QRect(box.width() - high, high // 4, high - high // 4, high // 2))


def test_at_three_times_the_size_every_tab_is_in_sight_and_no_arrow_hides_one(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    window.resize(1400, 900)

    window.settings.font_percent = 300
    qtbot.waitUntil(lambda: window.font().pixelSize() == 39)
    QApplication.processEvents()

    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    assert sum(bar.count() for bar in bars) == 9
    for bar in bars:
        last = bar.tabRect(bar.count() - 1)
        assert last.right() <= bar.width() and last.width() > 60
        assert not [each for each in bar.findChildren(QToolButton) if each.isVisible()], "an arrow"
        assert bar.tabToolTip(1), "the tooltip has the whole title"


def test_the_library_rates_an_item_as_the_map_does_and_says_in_words_what_that_means(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    press(window, "Ctrl+6")
    rows = [window.library.list.held.row(at) for at in range(3)]

    source, item = (next(row for row in rows if row and row.lead == number) for number in ("S1", "E1"))

    assert source.right == "B · 2" and "usually reliable" in source.hint and "2 items" in source.hint
    assert item.right == "B2" and "probably true" in item.hint


def test_the_details_of_the_case_come_to_the_front_where_an_answer_lay_over_them(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    find(window, "C2")
    press(window, "Ctrl+L")
    qtbot.waitUntil(lambda: window.answer in window.docks.in_sight)

    press(window, "Ctrl+K")
    say(window, "title question")

    qtbot.waitUntil(lambda: window.inspector in window.docks.in_sight)
    assert window.inspector.shown == window.editor.case.id


def test_the_window_begins_no_larger_than_its_screen_with_its_title_and_border(
    founding_window: CaseWindow,
) -> None:
    room = founding_window.screen().availableSize()
    founding_window.resize(room * 2)

    fit_screen(founding_window)

    assert founding_window.height() + 40 <= room.height()
    assert founding_window.width() <= room.width()


def click_card(window: CaseWindow, number: str) -> None:
    QTest.mouseClick(window.map, Qt.MouseButton.LeftButton, pos=window.map.point_of(id_of(window, number)))


def in_front(window: CaseWindow) -> str:
    """Return which of the inspector and the answer lies over the other, by the tab that is chosen."""
    bars = [each for each in window.findChildren(QTabBar) if each.isVisible()]
    titles = {bar.tabText(bar.currentIndex()) for bar in bars}
    return next(each for each in ("INSPECTOR", "ANSWER") if each in titles)


def test_a_click_on_the_map_shows_what_is_chosen_though_an_answer_lies_over_it(
    founding_window: CaseWindow,
) -> None:
    founding_window.docks.show_pane("answer")
    founding_window.editor.select([id_of(founding_window, "C3")])
    kept = in_front(founding_window)

    click_card(founding_window, "C2")

    assert kept == "ANSWER", (
        "what is chosen elsewhere, as by a link of the answer, leaves the answer in sight"
    )
    assert in_front(founding_window) == "INSPECTOR"


def test_an_inspector_that_was_closed_stays_closed(founding_window: CaseWindow) -> None:
    dock = founding_window.findChild(QDockWidget, "inspector")
    assert dock is not None
    dock.hide()

    click_card(founding_window, "C2")

    assert dock.isHidden()
