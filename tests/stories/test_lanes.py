"""What is agreed stands apart from what is in dispute: in the outline, by hand and by keyboard."""

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from evidencemap.model import verbs
from evidencemap.model.words import Dispute
from evidencemap.ui.panels.outlinerow import branch_of
from evidencemap.ui.rows import ROW_ROLE
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, press


def lanes(window: CaseWindow) -> dict[str, list[str]]:
    """Return what stands at the top of the outline: each lane with its claims, and the rest under ""."""
    found: dict[str, list[str]] = {"": []}
    for item in tops(window):
        branch = branch_of(item)
        if branch.role.startswith("lane"):
            beneath = [item.child(at) for at in range(item.childCount())]
            numbers = [window.editor.case.number(branch_of(each).id) for each in beneath if each is not None]
            found[str(item.data(0, ROW_ROLE).text)] = numbers
        else:
            found[""].append(window.editor.case.number(branch.id))
    return found


def tops(window: CaseWindow) -> list[QTreeWidgetItem]:
    tree = window.outline.tree
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [each for each in items if each is not None]


def say_so(window: CaseWindow, number: str, dispute: Dispute) -> None:
    window.editor.perform(verbs.set_field, id_of(window, number), "dispute", dispute)


def test_what_is_agreed_and_what_is_in_dispute_have_lanes_of_their_own(founding_window: CaseWindow) -> None:
    window = founding_window
    assert list(lanes(window)) == [""]

    say_so(window, "C4", Dispute.AGREED)
    say_so(window, "C9", Dispute.DISPUTED)
    say_so(window, "C2", Dispute.DISPUTED)

    window.outline.tree.expandAll()
    shown = lanes(window)
    assert list(shown) == ["", "Agreed", "In dispute"]
    assert shown["Agreed"] == ["C4"]
    assert shown["In dispute"] == ["C9", "C2"], "the headline comes first"
    assert "C9" not in shown[""] and "A1" in shown[""]
    press(window, "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert list(lanes(window)) == [""]


def test_a_search_finds_a_claim_in_its_lane_and_a_lane_selects_nothing(founding_window: CaseWindow) -> None:
    window = founding_window
    tree = window.outline.tree
    say_so(window, "C9", Dispute.DISPUTED)

    find(window, "C9")
    current = tree.currentItem()
    lane = tops(window)[0]
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(lane).center())

    assert current is not None and current.parent() is lane
    assert window.editor.selection == ()
    assert "1 claim" in str(lane.data(0, Qt.ItemDataRole.AccessibleTextRole))


def test_a_claim_that_is_dropped_on_a_lane_is_said_to_be_in_it_and_an_item_is_not(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    say_so(window, "C9", Dispute.DISPUTED)

    for number in ("C4", "E7"):
        find(window, number)
        drop_on(window, tops(window)[0])

    assert lanes(window)["In dispute"] == ["C9", "C4"]
    press(window, "Ctrl+Z")
    assert lanes(window)["In dispute"] == ["C9"]


def drop_on(window: CaseWindow, item: QTreeWidgetItem) -> None:
    """Let go of the current row of the outline over another."""
    tree = window.outline.tree
    tree.scrollToItem(item)
    at = QPointF(tree.visualItemRect(item).center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(at, Qt.DropAction.MoveAction, QMimeData(), left, none)
    tree.dropEvent(drop)
