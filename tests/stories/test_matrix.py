"""The matrix shows the case that is open, also where much happened while another tab was in front."""

from evidencemap.model import verbs
from evidencemap.model.entities import Evidence
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find


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
