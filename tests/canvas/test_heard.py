"""Who hears the map finds on it what others see, by the system's own accessibility tree."""

from PySide6.QtGui import QAccessible, QAccessibleInterface

from evidencemap.analysis.verdicts import verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.ui.canvas.view import MapView
from tests.numbered import id_of


def tree_of(view: MapView) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(view)


def names(view: MapView) -> list[str]:
    tree = tree_of(view)
    return [tree.child(at).text(QAccessible.Text.Name) for at in range(tree.childCount())]


def child(view: MapView, start: str) -> QAccessibleInterface:
    tree = tree_of(view)
    found = [
        item
        for at in range(tree.childCount())
        if (item := tree.child(at)).text(QAccessible.Text.Name).startswith(start)
    ]
    assert len(found) == 1, f"{len(found)} items begin with {start}"
    return found[0]


def test_every_node_and_step_has_a_name_a_parent_and_a_place(the_map: MapView, letter: Case) -> None:
    tree = tree_of(the_map)

    items = [tree.child(at) for at in range(tree.childCount())]

    count = sum(len(letter.of(kind)) for kind in (Source, Evidence, Claim, Request, Quantity, Step))
    assert len(items) == count
    assert len(set(names(the_map))) == count
    assert {item.parent() is tree for item in items} == {True}
    assert [tree.indexOfChild(item) for item in items] == list(range(count))
    assert all(item.isValid() and not item.rect().isEmpty() for item in items)


def test_the_tree_goes_by_kind_and_number_whatever_was_added_when(the_map: MapView, letter: Case) -> None:
    edit = verbs.add(letter, Source, name="A second paper")
    case = letter.after(edit)

    the_map.refresh(case, verdicts(case), edit.ids)

    kinds = [name.split()[0].rstrip(":") for name in names(the_map)]
    sources = [name for name in names(the_map) if name.startswith("Source")]
    assert sources[-1].startswith("Source 10: A second paper.")
    assert kinds[: len(sources)] == ["Source"] * len(sources)


def test_what_is_at_a_point_of_the_screen_is_found_there(the_map: MapView, letter: Case) -> None:
    tree = tree_of(the_map)
    for number, start in (("C2", "Claim 2"), ("E6", "Evidence 6"), ("P7", "Step 7")):
        at = the_map.mapToGlobal(the_map.point_of(id_of(letter, number)))

        found = tree.childAt(at.x(), at.y())

        assert found.text(QAccessible.Text.Name).startswith(start)
    empty = the_map.mapToGlobal(the_map.rect().topLeft())
    assert tree.childAt(empty.x() + 3, empty.y() + 3) is None


def test_the_item_with_the_keyboard_is_the_one_that_has_the_focus(the_map: MapView, letter: Case) -> None:
    the_map.activateWindow()
    the_map.setFocus()

    the_map.choose((id_of(letter, "C2"),))

    focused = tree_of(the_map).focusChild()
    assert focused.text(QAccessible.Text.Name).startswith("Claim 2, attribution")
    assert focused.state().selected == 1
    assert focused.state().focused == 1
    assert child(the_map, "Claim 3").state().selected == 0


def test_a_collapsed_claim_says_so_and_what_it_hides_is_not_heard(the_map: MapView, letter: Case) -> None:
    before = child(the_map, "Claim 8").state()

    the_map.collapse(id_of(letter, "C8"))

    claim = child(the_map, "Claim 8")
    assert (before.expandable, before.expanded, before.collapsed) == (1, 1, 0)
    assert (claim.state().expanded, claim.state().collapsed) == (0, 1)
    assert claim.text(QAccessible.Text.Name).endswith("Collapsed: 3 cards are hidden.")
    assert [name for name in names(the_map) if name.startswith("Evidence 6")] == []


def test_what_a_search_found_and_what_is_out_of_sight_is_said(the_map: MapView, letter: Case) -> None:
    the_map.mark_hits([id_of(letter, "C2")])
    the_map.zoom_to(3.0)
    the_map.focus_on(id_of(letter, "C2"))

    assert child(the_map, "Claim 2").text(QAccessible.Text.Name).endswith("Found by the search.")
    assert child(the_map, "Claim 2").state().offscreen == 0
    assert child(the_map, "Evidence 2").state().offscreen == 1


def test_the_field_over_a_card_is_part_of_the_tree_while_it_is_open(the_map: MapView, letter: Case) -> None:
    before = tree_of(the_map).childCount()

    the_map.edit_text(id_of(letter, "C2"))

    tree = tree_of(the_map)
    field = tree.child(tree.childCount() - 1)
    assert tree.childCount() == before + 1
    assert field.role() == QAccessible.Role.EditableText
    assert field.text(QAccessible.Text.Name) == "Text of the card"
