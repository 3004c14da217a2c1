"""A person collapses a claim, sees how much is hidden, and has it back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.layout.collapse import collapsed
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import badge_box
from evidencemap.ui.canvas.view import MapView
from tests.benchmarks.generate import generate
from tests.canvas.hands import LEFT, seen, unlike
from tests.numbered import id_of


def numbers(case: Case, ids: frozenset[Id] | set[Id]) -> set[str]:
    return {case.number(each) for each in ids}


def test_what_leads_to_a_claim_and_to_nothing_else_is_hidden(letter: Case) -> None:
    hidden, counts = collapsed(letter, [id_of(letter, "C8")])

    assert numbers(letter, hidden) == {"E6", "N3", "N4"}
    assert counts == {id_of(letter, "C8"): 3}


def test_what_leads_elsewhere_too_stays_in_sight_until_that_is_collapsed_as_well(letter: Case) -> None:
    volume, purpose = id_of(letter, "C5"), id_of(letter, "C4")

    one, _ = collapsed(letter, [volume])
    both, counts = collapsed(letter, [volume, purpose])

    assert "C4" in numbers(letter, one)
    assert numbers(letter, one) >= {"E7", "S6"}
    assert one == both
    assert purpose not in counts


def test_claims_that_lead_to_each_other_do_not_both_vanish() -> None:
    case = generate(2)
    one, other = (claim.id for claim in case.sorted(Claim)[:2])
    for step in list(case.entities.values()):
        if step.number.startswith("P"):
            case = case.after(verbs.remove(case, [step.id]))
    case = case.after(verbs.connect(case, [one], other))
    case = case.after(verbs.connect(case, [other], one))

    hidden, counts = collapsed(case, [one, other])

    assert hidden == {other}
    assert counts == {one: 1}


def test_minus_collapses_what_is_selected_and_plus_has_it_back(the_map: MapView, letter: Case) -> None:
    claim, before = id_of(letter, "C8"), seen(the_map)
    the_map.choose((claim,))
    chosen = seen(the_map)

    QTest.keyClick(the_map, Qt.Key.Key_Minus)
    hidden = [number for number in ("E6", "N3", "N4") if id_of(letter, number) not in the_map.scene.index]
    folded = seen(the_map)
    QTest.keyClick(the_map, Qt.Key.Key_Plus)

    assert hidden == ["E6", "N3", "N4"]
    assert unlike(chosen, folded) > 0.003
    assert unlike(chosen, seen(the_map)) < 0.001
    the_map.choose(())
    assert unlike(before, seen(the_map)) < 0.001


def test_a_click_on_the_badge_expands(the_map: MapView, letter: Case) -> None:
    claim = id_of(letter, "C8")
    the_map.collapse(claim)
    the_map.grab()
    box = the_map.scene.box(claim)
    assert box is not None
    badge = badge_box(the_map.scene.card(claim), 3, the_map.zoom).center()

    at = the_map.camera.to_screen(box.x + badge.x(), box.y + badge.y()).toPoint()
    QTest.mouseClick(the_map, LEFT, pos=at)

    assert id_of(letter, "E6") in the_map.scene.index
    assert the_map.shown.marks.collapsed == {}


def test_the_handle_at_the_left_edge_collapses_while_the_pointer_is_on_the_card(
    the_map: MapView, letter: Case
) -> None:
    claim = id_of(letter, "C8")
    box = the_map.scene.box(claim)
    assert box is not None
    edge = the_map.camera.to_screen(box.x, box.center[1]).toPoint()

    QTest.mouseMove(the_map, edge + QPoint(20, 0))
    QTest.mouseMove(the_map, edge + QPoint(1, 0))
    QTest.mouseClick(the_map, LEFT, pos=edge + QPoint(1, 0))

    assert the_map.shown.marks.collapsed == {claim: 3}


def test_showing_a_hidden_item_expands_what_hides_it(the_map: MapView, letter: Case) -> None:
    the_map.collapse(id_of(letter, "C8"))

    the_map.show_item(id_of(letter, "E6"))

    assert id_of(letter, "E6") in the_map.scene.index


def test_what_is_added_under_a_collapsed_claim_is_counted_and_hidden(the_map: MapView, letter: Case) -> None:
    claim = id_of(letter, "C8")
    the_map.collapse(claim)
    edit = verbs.add(letter, Claim, text="Another ground for it")
    case = letter.after(edit)
    new = next(each for each in edit.ids if each in case.of(Claim))
    the_map.refresh(case, verdicts(case), edit.ids)

    joined = verbs.connect(case, [new], claim)
    after = case.after(joined)
    the_map.refresh(after, verdicts(after), joined.ids)

    assert new not in the_map.scene.index
    assert the_map.shown.marks.collapsed == {claim: 4}
