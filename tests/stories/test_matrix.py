"""The matrix shows the case that is open, also where much happened while another tab was in front."""

from PySide6.QtCore import Qt

from evidencemap.model import verbs
from evidencemap.model.entities import Evidence
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, press


def items_shown(window: CaseWindow) -> int:
    return window.docks.matrix.held.rowCount()


def test_an_item_that_was_added_behind_another_tab_is_in_the_matrix_once_it_is_seen(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    items = len(window.editor.case.of(Evidence))
    window.docks.show_tab("matrix")
    before = items_shown(window)
    window.docks.show_tab("map")

    window.editor.perform(verbs.add, Evidence, text="A log that came in later")
    find(window, "C2")
    window.docks.show_tab("matrix")

    assert (before, items_shown(window)) == (items, items + 1)
    standing = window.docks.matrix.table.currentIndex()
    assert window.docks.matrix.held.pair(standing)[1] == window.editor.case.by_number["C2"]


def test_a_matrix_that_nobody_sees_costs_nothing(founding_window: CaseWindow) -> None:
    before = items_shown(founding_window)

    founding_window.editor.perform(verbs.add, Evidence, text="A log that came in later")

    assert before == items_shown(founding_window) == 0


def test_items_of_one_origin_stand_together_and_count_once_in_the_head_of_a_claim(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    press(window, "Ctrl+2")
    held = window.docks.matrix.held
    at = held.claims.index(id_of(window, "C1"))

    head = held.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    tip = held.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    window.editor.perform(verbs.set_field, id_of(window, "E2"), "copied_from", ())
    parted = held.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)

    assert head == "C1\n1 origin" and "5 items, 1 origin" in tip
    origins = [origin for _item, origin in held.items]
    assert origins == sorted(origins, key=origins.index), "rows with one origin stand together"
    assert parted == "C1\n2 origins", "an item that is copied no longer has its own"
