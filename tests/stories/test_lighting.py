"""What stands out on the map when a person asks: a focus, the weakest, one origin, search hits, ghosts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton

from evidencemap.ui.panels.outlinerow import branch_of
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, on_map, press, say, status, type_text


def lit(window: CaseWindow) -> set[str]:
    """Return the visible numbers of what is lit while the rest is dim; empty where nothing is dim."""
    case = window.editor.case
    return {case.number(each) for each in window.map.shown.marks.lit or ()}


def ringed(window: CaseWindow) -> set[str]:
    return {window.editor.case.number(each) for each in window.map.shown.marks.ringed}


def hits(window: CaseWindow) -> set[str]:
    return {window.editor.case.number(each) for each in window.map.shown.marks.hits}


def said(window: CaseWindow) -> str:
    return window.messages.sentence.text()


def test_focus_dims_all_that_a_claim_does_not_rest_on_and_escape_lights_it_again(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    find(window, "C2")
    on_map(window)

    press(window, "Z")

    assert {"C2", "P7", "M1", "C1", "E1", "S1", "R1"} <= lit(window)
    assert not {"C5", "P10", "E7"} & lit(window)
    assert window.actions_set.by_name["focus"].isChecked()
    press(window, "Escape")
    assert lit(window) == set()
    assert not window.actions_set.by_name["focus"].isChecked()


def test_weakest_first_lights_what_does_not_hold_and_lists_the_findings_about_it_alone(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    all_findings = len(window.problems.shown)

    press(window, "Ctrl+Shift+W")

    assert {"P7", "C2", "C3", "C9"} <= lit(window)
    assert "P1" not in lit(window)
    assert 0 < len(window.problems.shown) < all_findings
    press(window, "Ctrl+Shift+W")
    assert lit(window) == set()
    assert len(window.problems.shown) == all_findings


def test_a_step_that_comes_to_carry_leaves_the_weakest_at_once(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "E6")
    find(window, "P11")
    press(window, "Ctrl+Shift+W")
    assert "P11" in lit(window)

    window.editor.select([id_of(window, "P11")])
    on_map(window)
    press(window, "Delete")

    assert "P11" not in lit(window)
    assert "P7" in lit(window)


def test_the_items_of_one_origin_are_ringed_and_counted(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C1")

    press(window, "Ctrl+Shift+O")

    assert ringed(window) == {"E1", "E2", "E3", "E4", "E5", "S1"}
    assert "5 reports, 1 origin" in said(window)


def test_an_item_shows_every_other_item_of_its_origin(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "E3")

    press(window, "Ctrl+Shift+O")

    assert {"E1", "E3", "E6", "S1"} <= ringed(window)
    assert "E7" not in ringed(window)


def test_what_a_search_finds_is_marked_on_the_map_while_it_is_typed(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+F")

    type_text(window, "distillation")

    assert "C4" in hits(window)
    assert "C2" not in hits(window)
    press(window, "Escape")
    assert hits(window) == set()


def test_supposing_a_request_rings_what_it_would_change_and_commits_nothing(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    before = window.editor.case
    find(window, "C2")
    press(window, "Ctrl+L")

    box = window.answer.findChild(QCheckBox, "suppose R1")
    assert isinstance(box, QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, box.height() // 2))

    assert {"C2", "M1"} <= ringed(window)
    assert window.editor.case is before
    assert status(window, "C2") == "unsupported"


def test_two_profiles_are_compared_before_one_is_chosen(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "compare profiles")
    before = window.editor.case

    buttons = {each.text(): each for each in window.answer.findChildren(QPushButton)}

    assert window.editor.case is before
    use = next(each for text, each in buttons.items() if text.startswith("Use “"))
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    assert window.editor.case.header.profile != before.header.profile
    press(window, "Ctrl+Z")
    assert window.editor.case.header.profile == before.header.profile


def test_one_persons_things_are_all_that_outline_and_library_show_until_escape(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    on_map(window)
    every_row, every_source = outline_rows(window), library_rows(window)

    press(window, "Ctrl+K")
    say(window, "only one person")
    say(window, "CNBC")

    assert "S2" in library_rows(window) and "S3" not in library_rows(window)
    shown = outline_rows(window)
    assert {"C1", "E2"} <= shown and not {"E3", "C4", "E7"} & shown
    assert "hidden" in window.outline.only.sentence.text() and "CNBC" in window.outline.only.sentence.text()
    on_map(window)
    press(window, "Escape")
    assert lit(window) == set()
    assert outline_rows(window) == every_row and library_rows(window) == every_source
    assert not window.outline.only.isVisible()


def test_a_click_on_show_all_ends_the_filter_by_a_person(founding_window: CaseWindow) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "only one person")
    say(window, "CNBC")
    assert lit(window)

    QTest.mouseClick(window.outline.only.button, Qt.MouseButton.LeftButton)

    assert lit(window) == set()
    assert "S3" in library_rows(window)


def outline_rows(window: CaseWindow) -> set[str]:
    """Return the visible numbers in the outline, every row opened."""
    tree = window.outline.tree
    tree.expandAll()
    found, waiting = set(), [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    while waiting:
        item = waiting.pop()
        assert item is not None
        found.add(window.editor.case.number(branch_of(item).id))
        waiting += [item.child(at) for at in range(item.childCount())]
    return found


def library_rows(window: CaseWindow) -> set[str]:
    held = window.library.list.held
    rows = [held.row(at) for at in range(held.rowCount())]
    return {row.lead.split()[0] for row in rows if row is not None}


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_map_is_exported_as_a_picture(
    founding_window: CaseWindow, tmp_path: Path, suffix: str, qtbot: object
) -> None:
    from pytestqt.qtbot import QtBot

    from tests.stories.hands import wait_for_file

    assert isinstance(qtbot, QtBot)
    path = tmp_path / f"map{suffix}"

    founding_window.files.export_map_to(path)

    begins = {".svg": b"<", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix]
    assert wait_for_file(qtbot, path).startswith(begins)
