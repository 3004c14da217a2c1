"""A person moves cards: many at once, into line, snapped or not; each act is told once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from evidencemap.layout.align import Align, aligned
from evidencemap.layout.paths import Box, Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.view import MapView
from tests.canvas.hands import LEFT, drag
from tests.numbered import id_of

Told = list[dict[Id, Point]]


@pytest.fixture
def told(the_map: MapView) -> Told:
    found: Told = []
    the_map.moved.connect(found.append)
    return found


def test_a_lasso_selects_what_it_meets(the_map: MapView, letter: Case) -> None:
    one, other = id_of(letter, "E2"), id_of(letter, "E4")
    first, last = the_map.point_of(one), the_map.point_of(other)

    drag(
        the_map,
        QPoint(first.x() - 110, first.y() - 40),
        QPoint(last.x() + 20, last.y() + 5),
        Qt.KeyboardModifier.ShiftModifier,
    )

    assert {one, id_of(letter, "E3"), id_of(letter, "E1"), other} <= the_map.selection
    assert id_of(letter, "C2") not in the_map.selection


def test_dragging_one_of_several_selected_moves_them_all_alike(
    the_map: MapView, letter: Case, told: Told
) -> None:
    nodes = [id_of(letter, number) for number in ("C3", "A2", "C9")]
    before = {node: the_map.scene.place(node) for node in nodes}
    the_map.choose(tuple(nodes))
    start = the_map.point_of(nodes[0])

    drag(the_map, start, start + QPoint(-37, 61), Qt.KeyboardModifier.AltModifier)

    assert len(told) == 1
    moved = {
        (round(told[0][node][0] - x, 3), round(told[0][node][1] - y, 3)) for node, (x, y) in before.items()
    }
    assert len(moved) == 1
    assert set(told[0]) == set(nodes)


def snapped(the_map: MapView, letter: Case, held: Qt.KeyboardModifier) -> float:
    """Drag A1 to within three pixels of the left edge of A2; return how far from that edge it lies then."""
    one, other = id_of(letter, "A1"), id_of(letter, "A2")
    wanted = the_map.scene.place(other)[0]
    across = round((wanted - the_map.scene.place(one)[0]) * the_map.zoom) + 3
    start = the_map.point_of(one)
    drag(the_map, start, start + QPoint(across, 31), held)
    return abs(the_map.scene.place(one)[0] - wanted)


def test_a_card_snaps_to_the_edge_of_another(the_map: MapView, letter: Case) -> None:
    assert snapped(the_map, letter, Qt.KeyboardModifier.NoModifier) < 0.01


def test_snapping_can_be_turned_off_and_held_off(the_map: MapView, letter: Case) -> None:
    assert snapped(the_map, letter, Qt.KeyboardModifier.AltModifier) > 1

    the_map.snapping = False

    assert snapped(the_map, letter, Qt.KeyboardModifier.NoModifier) > 1


def test_escape_puts_all_dragged_cards_back(the_map: MapView, letter: Case, told: Told) -> None:
    nodes = [id_of(letter, number) for number in ("C3", "A2")]
    before = the_map.scene.places()
    the_map.choose(tuple(nodes))
    start = the_map.point_of(nodes[0])

    drag(the_map, start, start + QPoint(90, 45), let_go=False)
    QTest.keyClick(the_map, Qt.Key.Key_Escape)
    QTest.mouseRelease(the_map, LEFT, pos=start + QPoint(90, 45))

    assert the_map.scene.places() == before
    assert told == []


@pytest.mark.parametrize("how", list(Align))
def test_aligned_cards_stand_in_line_and_none_lies_on_another(how: Align) -> None:
    boxes = {
        Id(str(at)): Box(x=37.0 * at, y=float(91 * at * at % 140), width=100.0 + 9 * at, height=60.0)
        for at in range(5)
    }

    places = aligned(boxes, how)

    now = {
        node: Box(
            x=places.get(node, (box.x, 0))[0], y=places.get(node, (0, box.y))[1], width=box.width, height=60
        )
        for node, box in boxes.items()
    }
    line = {
        Align.LEFT: {box.x for box in now.values()},
        Align.RIGHT: {box.right for box in now.values()},
        Align.CENTER: {box.center[0] for box in now.values()},
        Align.TOP: {box.y for box in now.values()},
        Align.BOTTOM: {box.bottom for box in now.values()},
        Align.MIDDLE: {box.center[1] for box in now.values()},
    }
    if how in line:
        assert max(line[how]) - min(line[how]) < 0.001
        apart = list(now.values())
        assert [one for at, one in enumerate(apart) for other in apart[at + 1 :] if one.meets(other)] == []


def test_even_gaps_are_even_and_the_outermost_stay() -> None:
    boxes = {
        Id(str(at)): Box(x=x, y=10.0, width=50.0, height=20.0) for at, x in enumerate((0.0, 60.0, 400.0))
    }

    places = aligned(boxes, Align.ACROSS)

    assert places == {Id("1"): (200.0, 10.0)}


def test_aligning_the_selection_is_told_as_one_move_with_what_hangs_below(
    the_map: MapView, letter: Case, told: Told
) -> None:
    the_map.choose((id_of(letter, "C1"), id_of(letter, "M1")))

    the_map.align(Align.LEFT)

    assert len(told) == 1
    assert {letter.number(node) for node in told[0]} >= {"C1", "N1", "N2"}


def test_nothing_is_told_where_nothing_is_to_be_aligned(the_map: MapView, letter: Case, told: Told) -> None:
    the_map.choose((id_of(letter, "C1"),))

    the_map.align(Align.LEFT)

    assert told == []
