"""A screen reader reaches everything: asked of the accessibility tree, never of our own objects."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, press, wait_until

_SILENT = (QAccessible.Role.Grip, QAccessible.Role.Separator, QAccessible.Role.Whitespace)


def below(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Return what the accessibility tree holds beneath a node, the node first."""
    yield node
    for at in range(node.childCount()):
        child = node.child(at)
        if child.isValid():
            yield from below(child)


def tree_of(widget: QWidget) -> list[tuple[QAccessible.Role, str, QAccessible.State]]:
    top = QAccessible.queryAccessibleInterface(widget)
    return [(each.role(), each.text(QAccessible.Text.Name), each.state()) for each in below(top)]


def nameless(widget: QWidget) -> list[str]:
    """Name what can have the keyboard and says nothing of itself."""
    found = []
    for each in [widget, *widget.findChildren(QWidget)]:
        if each.focusPolicy() == Qt.FocusPolicy.NoFocus or not each.isVisible() or not each.isEnabled():
            continue
        node = QAccessible.queryAccessibleInterface(each)
        if node.role() in _SILENT or node.text(QAccessible.Text.Name):
            continue
        if node.text(QAccessible.Text.Value) or each.focusProxy() is not None:
            continue
        found.append(f"{type(each).__name__} {each.objectName()} in {type(each.parent()).__name__}")
    return found


def labels_of(widget: QWidget) -> set[str]:
    """Return what a control is called: its own name, and those of the labels that belong to it."""
    node = QAccessible.queryAccessibleInterface(widget)
    found = {node.text(QAccessible.Text.Name)}
    for other, _relation in node.relations(QAccessible.RelationFlag.Label):
        found.add(other.text(QAccessible.Text.Name))
    return found - {""}


def test_every_row_of_the_outline_is_read_with_its_number_and_text(founding_window: CaseWindow) -> None:
    rows = [name for role, name, _state in tree_of(founding_window.outline.tree) if name]

    assert any(name.startswith("C9. A rival stole the model") for name in rows)
    assert any(name.startswith("C1. 28.8 million exchanges") for name in rows)


def test_every_finding_is_read_with_its_sentence_why_it_matters_and_what_mends_it(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    names = [name for role, name, _state in tree_of(window.problems.list) if name.startswith("Step P7")]

    assert any("request R1" in name for name in names)


def test_nothing_that_takes_the_keyboard_is_without_a_name(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C2")

    silent = nameless(window)

    assert silent == []


def test_a_control_without_a_name_is_seen(founding_window: CaseWindow) -> None:
    planted = QPushButton(founding_window.inspector)
    planted.setObjectName("planted")
    planted.show()

    silent = nameless(founding_window.inspector)

    assert any("planted" in each for each in silent)


def test_every_field_of_the_inspector_is_named_by_what_it_holds(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    find(window, "E1")
    fold = next(each for each in window.inspector.findChildren(QWidget, "fold") if not each.isHidden())
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    wait_until(qtbot, lambda: bool(window.inspector.findChildren(QWidget, "field credibility")))

    every = window.inspector.findChildren(QWidget)
    boxes = [each for each in every if each.objectName().startswith("field ")]
    names = {each.objectName(): labels_of(each) for each in boxes}

    assert "Credibility" in names["field credibility"]
    assert [name for name, said in names.items() if not said] == []


def test_the_open_question_is_read_with_its_prompt(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+F")

    field = QAccessible.queryAccessibleInterface(window.picker.field)

    assert field.text(QAccessible.Text.Name) == "Search text, quotes, sources"
    assert field.role() == QAccessible.Role.EditableText


def test_the_tabs_of_the_middle_and_of_the_docks_are_named(founding_window: CaseWindow) -> None:
    tabs = {name for role, name, _state in tree_of(founding_window) if role == QAccessible.Role.PageTab}

    assert {"MAP", "MATRIX", "TIMELINE", "KEY LIST", "OUTLINE", "INSPECTOR"} <= tabs


def test_f6_goes_round_every_pane_in_sight_and_shift_f6_back(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C2")
    press(window, "Ctrl+L")
    press(window, "Ctrl+2")

    visited = []
    for _turn in range(4):
        press(window, "F6")
        visited.append(pane_with_focus(window))

    assert visited == ["Outline", "Answer", "Findings", "Matrix"]
    press(window, "Shift+F6")
    assert pane_with_focus(window) == "Findings"


def pane_with_focus(window: CaseWindow) -> str:
    focused = QApplication.focusWidget()
    panes = [each for each in window.panes if focused is each or each.isAncestorOf(focused or window)]
    return panes[0].accessibleName() if panes else "Map"
