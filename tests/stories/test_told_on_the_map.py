"""What the window tells of how a thing is known: chips on cards, meters, pairs, one person's things."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QToolTip

from evidencemap.layout.cards import Role, card, nodes_of
from evidencemap.layout.metrics import width
from evidencemap.model import verbs
from evidencemap.model.entities import Term
from evidencemap.model.words import Dispute, Knowability, Modality
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.spoken import name_of, tooltip_of
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.panels.branches import roots, row_of
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import ROW_ROLE, Row
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, line_of, on_map, press, say


def chips(window: CaseWindow, number: str) -> list[str]:
    """Return the chips on a card."""
    return texts(window, number, Role.CHIP)


def texts(window: CaseWindow, number: str, role: Role) -> list[str]:
    shown = window.map.scene.card(id_of(window, number))
    return [line.text for line in shown.lines if line.role is role]


def told(window: CaseWindow) -> str:
    """Return all that the inspector says in plain lines."""
    assert window.inspector.sheet is not None
    return "\n".join(each.text for each in window.inspector.sheet.findChildren(LinkText))


def put(window: CaseWindow, number: str, field: str, value: object) -> None:
    window.editor.perform(verbs.set_field, id_of(window, number), field, value)


def lit(window: CaseWindow) -> set[str]:
    return {window.editor.case.number(each) for each in window.map.shown.marks.lit or ()}


def test_a_card_says_who_says_it_and_through_whom(founding_window: CaseWindow) -> None:
    window = founding_window

    notes = texts(window, "C1", Role.NOTE)

    assert any(each.startswith("said by Anthropic, via CNBC") for each in notes)
    assert not any("said by" in each for each in texts(window, "C9", Role.NOTE))
    window.editor.select([id_of(window, "C1")])
    assert "S2 CNBC, S3 The Next Web" in told(window)


def test_a_copy_is_second_hand_on_its_card_and_an_original_is_not(founding_window: CaseWindow) -> None:
    window = founding_window

    put(window, "E3", "copied_from", (id_of(window, "E2"),))

    assert chips(window, "E2") == ["2nd hand"]
    assert chips(window, "E3") == ["3rd hand"]
    assert chips(window, "E1") == []
    assert "2nd hand." in name_of(window.editor.case, window.editor.verdicts, id_of(window, "E2"))


def test_a_card_says_could_and_where_the_answer_lives_and_counts_what_has_no_room(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    assert chips(window, "C5") == []

    put(window, "C5", "modality", Modality.POSSIBLE)
    put(window, "C5", "knowability", Knowability.UNOBSERVABLE)
    put(window, "C5", "hedges", ("roughly", "so far"))

    shown = chips(window, "C5")
    assert shown[0] == "could"
    assert shown[-1].startswith("+")
    window.editor.select([id_of(window, "C5")])
    assert "possible" in told(window)
    assert "“roughly”, “so far”" in told(window)
    assert "Unobservable to its author" in told(window)


def test_no_chip_leaves_its_card_or_lies_on_another_text(founding_window: CaseWindow) -> None:
    window = founding_window
    put(
        window,
        "C1",
        "hedges",
        ("a hedge longer than any card is wide, as some are", "so far"),
    )
    put(window, "C2", "knowability", Knowability.UNOBSERVABLE)
    put(window, "C9", "hedges", ("roughly", "about", "some", "per the reporting", "as described publicly"))
    case = window.editor.case

    cards = [card(case, node) for node in nodes_of(case)]

    for made in cards:
        rows: dict[float, list[tuple[float, float]]] = {}
        for line in made.lines:
            pad = 5.0 if line.role is Role.CHIP else 0.0
            wide = width(line.text, line.size, line.face)
            rows.setdefault(round(line.y / 4), []).append((line.x - pad, line.x + wide + pad))
        for spans in rows.values():
            spans.sort()
            assert spans[-1][1] <= made.width
            assert all(one[1] <= other[0] + 0.5 for one, other in pairwise(spans))


def test_a_number_says_who_checked_it_and_what_it_measures(founding_window: CaseWindow) -> None:
    window = founding_window
    assert chips(window, "N1") == ["self-reported"]

    find(window, "N1")
    assert "self-reported: auditable" not in told(window)
    put(window, "C1", "knowability", Knowability.LOGGED)

    assert "self-reported: auditable, not audited" in told(window)
    find(window, "C1")
    assert "API exchanges from flagged accounts" in told(window)
    assert "attacks" in told(window)


def test_what_is_believed_stands_beside_what_was_measured(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C3")
    before = window.editor.verdicts.claims[id_of(window, "C3")]
    assert "no measurement" not in told(window)

    put(window, "C3", "likelihood", "likely")

    assert "●●●●●○○  likely" in told(window)
    assert "○○○○  no measurement" in told(window)
    assert window.editor.verdicts.claims[id_of(window, "C3")] == before


def test_an_independent_look_is_told_as_missing_until_one_is_recorded(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "C1")
    assert window.inspector.sheet is not None
    assert "none is recorded" in told(window)

    put(window, "E1", "audited", True)

    assert "none is recorded" not in told(window)


def test_the_caveats_of_a_source_are_counted(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "S1")
    assert "none is recorded" in told(window)

    put(window, "S1", "caveats", "own count; not audited")

    assert "2: own count; not audited" in told(window)


def test_a_step_that_only_fits_has_a_dash_of_its_own(founding_window: CaseWindow) -> None:
    window = founding_window
    assert line_of(window, "P1") is LineStyle.SOLID

    put(window, "E1", "credibility", 4)

    assert line_of(window, "P1") is LineStyle.EVEN_DASH
    assert line_of(window, "P7") is LineStyle.LONG_DASH
    assert "Fits only." in name_of(window.editor.case, window.editor.verdicts, id_of(window, "P1"))


def test_the_map_is_filtered_by_a_person(founding_window: CaseWindow) -> None:
    window = founding_window
    on_map(window)

    window.run("one_person")
    say(window, "CNBC")

    assert {"S2", "E2", "P2", "C1"} <= lit(window)
    assert not {"S3", "E3", "C5", "E7"} & lit(window)
    window.run("light_all")
    assert lit(window) == set()


def test_a_term_is_explained_under_the_pointer_as_plain_text(founding_window: CaseWindow) -> None:
    window = founding_window
    on_map(window)
    number = id_of(window, "C4")
    plain = tooltip_of(window.map.scene, number)

    window.editor.perform(verbs.add, Term, words=("distillation",), definition="<b>training on answers</b>")

    assert "training on answers" not in plain
    assert "<b>training on answers</b>" in tooltip_of(window.map.scene, number)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_term_is_explained_in_the_panes_by_pointer_keyboard_and_for_who_hears(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    find(window, "C4")
    assert texts_of_titles(window) == []
    window.editor.perform(verbs.add, Term, words=("distillation",), definition="training on <i>answers</i>")
    find(window, "C4")

    assert window.inspector.sheet is not None
    title = next(
        each for each in window.inspector.sheet.findChildren(LinkText) if each.objectName() == "title"
    )
    read = QAccessible.queryAccessibleInterface(title).text(QAccessible.Text.Description)
    title.setFocus()
    shown = QToolTip.text()

    assert read == "Distillation: training on <i>answers</i>"
    assert "training on &lt;i&gt;answers&lt;/i&gt;" in shown, "the tooltip shows it letter by letter"
    assert title.focusPolicy() == Qt.FocusPolicy.TabFocus
    item = window.outline.tree.currentItem()
    assert item is not None
    assert "training on" in str(item.data(0, Qt.ItemDataRole.ToolTipRole))
    assert item.data(0, ROW_ROLE).terms == ((0, 12),)


def test_a_term_has_dots_beneath_it_and_other_words_have_none(founding_window: CaseWindow) -> None:
    window = founding_window
    rows = window.docks.key_list.list
    press(window, "Ctrl+4")
    at = next(at for at in range(rows.held.rowCount()) if row_at(rows, at).lead == "C4")
    plain = rows.viewport().grab(rows.visualRect(rows.held.index(at))).toImage()

    window.editor.perform(verbs.add, Term, words=("distillation",), definition="training on answers")

    dotted = rows.viewport().grab(rows.visualRect(rows.held.index(at))).toImage()
    apart = changed_columns(plain, dotted)
    text_begins = 40
    assert apart and min(apart) >= text_begins
    assert max(apart) - min(apart) < rows.fontMetrics().horizontalAdvance("Distillation") * 1.3


def texts_of_titles(window: CaseWindow) -> list[str]:
    assert window.inspector.sheet is not None
    every = window.inspector.sheet.findChildren(LinkText)
    return [each.text for each in every if each.objectName() == "title"]


def row_at(rows: RowList, at: int) -> Row:
    found = rows.held.row(at)
    assert found is not None
    return found


def changed_columns(one: QImage, other: QImage) -> list[int]:
    """Return where across two pictures of one size anything differs."""
    columns = range(min(one.width(), other.width()))
    return [x for x in columns if any(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()))]


def test_the_outline_says_what_is_agreed_and_what_is_in_dispute(founding_window: CaseWindow) -> None:
    window = founding_window
    branch = roots(window.editor.case)[0]
    case, verdicts = window.editor.case, window.editor.verdicts
    assert row_of(case, verdicts, branch).right == ""

    window.editor.perform(verbs.set_field, branch.id, "dispute", Dispute.DISPUTED)

    assert row_of(window.editor.case, window.editor.verdicts, branch).right == "in dispute"
