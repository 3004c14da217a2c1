"""What only a real display shows: the window under X11, driven by its menus, keys and mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.words import Dispute
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.hands import find, id_of, line_of, press, status


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


@pytest.mark.xvfb
def test_on_a_real_display_a_claim_is_dragged_onto_a_lane_and_undo_takes_it_back(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    tree = window.outline.tree
    window.editor.perform(verbs.set_field, id_of(window, "C9"), "dispute", Dispute.DISPUTED)
    find(window, "C4")
    tree.scrollToTop()
    row, lane = tree.currentItem(), tree.topLevelItem(0)
    assert row is not None and lane is not None

    drag_row(window, row, lane)

    claim = window.editor.case.get(Claim, id_of(window, "C4"))
    assert claim is not None and claim.dispute is Dispute.DISPUTED
    press(window, "Ctrl+Z")
    claim = window.editor.case.get(Claim, id_of(window, "C4"))
    assert claim is not None and claim.dispute is None


@pytest.mark.xvfb
def test_on_a_real_display_a_row_of_the_outline_is_offered_to_others_as_a_copy(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    find(window, "C4")
    tree = window.outline.tree
    row, before = tree.currentItem(), window.editor.case
    assert row is not None
    offered: list[tuple[Qt.DropAction, str]] = []

    def look() -> None:
        drag = tree.findChild(QDrag)
        if drag is not None and not offered:
            offered.append((drag.supportedActions(), drag.mimeData().text()))

    watch = QTimer(window)
    watch.timeout.connect(look)
    watch.start(5)
    drag_row(window, row, row)
    watch.stop()

    ((supported, text),) = offered
    assert supported == Qt.DropAction.CopyAction
    assert text.startswith("C4 ")
    assert window.editor.case is before and tree.currentItem() is row


def drag_row(window: CaseWindow, row: QTreeWidgetItem, onto: QTreeWidgetItem) -> None:
    """Drag a row of the outline onto another with the mouse, as the window system tells of it."""
    tree, handle = window.outline.tree, window.windowHandle()
    start, end = (tree.viewport().mapTo(window, tree.visualItemRect(each).center()) for each in (row, onto))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def let_go() -> None:
        QTest.mouseMove(handle, end)
        QTest.mouseMove(handle, end + QPoint(1, 1))
        QTest.mouseRelease(handle, left, none, end + QPoint(1, 1))

    QTest.mousePress(handle, left, none, start)
    QTimer.singleShot(100, window, let_go)  # the drag has a loop of its own, which begins with the first move
    QTest.mouseMove(handle, start + QPoint(25, 3))
    QTest.mouseMove(handle, start + QPoint(30, 3))
