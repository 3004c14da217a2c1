"""A card can be taken farther than the view reaches: at an edge the map moves along."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.layout.paths import Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.drift import FASTEST, NEAR, pull
from evidencemap.ui.canvas.view import MapView
from tests.canvas.hands import LEFT, drag
from tests.numbered import id_of


def test_a_card_held_at_the_edge_goes_on_with_the_map_until_it_is_let_go(
    the_map: MapView, letter: Case, qtbot: QtBot
) -> None:
    claim = id_of(letter, "C6")
    the_map.focus_on(claim)
    start = the_map.point_of(claim)
    moved: list[dict[Id, Point]] = []
    the_map.moved.connect(moved.append)
    edge = QPoint(the_map.width() - 4, start.y())
    drag(the_map, start, edge, let_go=False)
    seen, lies = the_map.camera.x, the_map.scene.place(claim)[0]

    qtbot.waitUntil(lambda: the_map.camera.x > seen + 200)
    went = the_map.scene.place(claim)[0] - lies
    QTest.mouseRelease(the_map, LEFT, pos=edge)
    still = the_map.camera.x
    qtbot.wait(80)

    assert went == pytest.approx(the_map.camera.x - seen, abs=NEAR)
    assert the_map.camera.x == still
    assert [claim in places for places in moved] == [True]


def test_a_card_held_in_the_middle_leaves_the_map_where_it_is(
    the_map: MapView, letter: Case, qtbot: QtBot
) -> None:
    claim = id_of(letter, "C6")
    the_map.focus_on(claim)
    start, seen = the_map.point_of(claim), (the_map.camera.x, the_map.camera.y)

    drag(the_map, start, start + QPoint(60, 30), let_go=False)
    qtbot.wait(80)

    assert (the_map.camera.x, the_map.camera.y) == seen


def test_a_lasso_held_at_the_edge_takes_the_map_along_to_its_end_and_no_farther(
    the_map: MapView, letter: Case, qtbot: QtBot
) -> None:
    the_map.focus_on(id_of(letter, "S1"))
    the_map.zoom_to(1.0)
    right = the_map.scene.extent()[2]
    ground, edge = QPoint(the_map.width() // 2, 8), QPoint(the_map.width() - 4, the_map.height() // 2)
    begun = the_map.camera.x

    drag(the_map, ground, edge, Qt.KeyboardModifier.ShiftModifier, let_go=False)
    ended = right - the_map.width() / the_map.camera.zoom
    qtbot.waitUntil(lambda: the_map.camera.x >= ended)
    qtbot.wait(120)

    assert begun < ended <= the_map.camera.x <= ended + FASTEST / the_map.camera.zoom
    QTest.mouseRelease(the_map, LEFT, pos=edge)


def test_a_map_that_did_not_move_along_would_be_noticed() -> None:
    assert pull(4.0, 1000.0) > 0 > pull(996.0, 1000.0)
    assert pull(500.0, 1000.0) == 0.0
    assert pull(-50.0, 1000.0) == FASTEST


def test_what_a_refused_move_left_elsewhere_goes_back(the_map: MapView, letter: Case) -> None:
    claim = id_of(letter, "C6")
    before, start = the_map.scene.place(claim), the_map.point_of(claim)
    drag(the_map, start, start + QPoint(50, 40))
    assert the_map.scene.place(claim) != before

    the_map.put_back([claim])

    assert the_map.scene.place(claim) == before
    box = the_map.scene.box(claim)
    assert box is not None
    around = QRectF(box.x, box.y, box.width, box.height)
    assert around.contains(QPointF(*box.center))
