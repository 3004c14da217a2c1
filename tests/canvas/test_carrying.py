"""Cards dragged out of the map with Ctrl are a copy: text and picture for whoever takes them."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.layout.paths import Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.theme import LIGHT
from tests.canvas.hands import CTRL, LEFT, NOTHING_HELD, drag
from tests.numbered import id_of


def out_of(view: MapView, start: QPoint, modifier: Qt.KeyboardModifier) -> QMimeData | None:
    """Drag from a place straight out of the map and let go; return what went to another program."""
    outside = QPoint(view.width() + 60, start.y())
    drag(view, start, outside, modifier, let_go=False)
    under_way = view.findChild(QDrag)
    QTest.mouseRelease(view, LEFT, modifier, outside)
    return None if under_way is None else under_way.mimeData()


def test_a_card_dragged_out_with_ctrl_is_text_and_picture(the_map: MapView, letter: Case) -> None:
    wished: list[object] = []
    the_map.connect_wanted.connect(lambda *told: wished.append(told))
    the_map.moved.connect(wished.append)
    places = {node: the_map.scene.place(node) for node in the_map.scene.ids}

    carried = out_of(the_map, the_map.point_of(id_of(letter, "C1")), CTRL)

    assert carried is not None
    assert carried.text().startswith("C1  28.8 million exchanges")
    assert "supported" in carried.text() and "\n" not in carried.text()
    picture = QImage(carried.imageData())
    assert 2 * 206 < picture.width() < 2 * 206 + 120
    across = {picture.pixel(x, picture.height() // 2) for x in range(picture.width())}
    assert LIGHT.color("supported").rgb() in across, "the bar that says how the claim stands"
    assert wished == []
    assert {node: the_map.scene.place(node) for node in the_map.scene.ids} == places


def test_all_that_is_selected_goes_along(the_map: MapView, letter: Case) -> None:
    chosen = tuple(id_of(letter, number) for number in ("C1", "E1", "C8"))
    the_map.choose(chosen)

    carried = out_of(the_map, the_map.point_of(chosen[0]), CTRL)

    assert carried is not None
    assert {line.split()[0] for line in carried.text().splitlines()} == {"C1", "E1", "C8"}
    assert QImage(carried.imageData()).width() > 2 * 300


def test_without_ctrl_a_card_is_moved_beyond_the_edge(the_map: MapView, letter: Case) -> None:
    card = id_of(letter, "C1")
    wished: list[dict[Id, Point]] = []
    the_map.moved.connect(wished.append)

    carried = out_of(the_map, the_map.point_of(card), NOTHING_HELD)

    assert carried is None
    assert [card in places for places in wished] == [True]


def test_a_link_from_the_handle_is_never_carried_out(the_map: MapView, letter: Case) -> None:
    box = the_map.scene.box(id_of(letter, "C1"))
    assert box is not None
    handle = the_map.camera.to_screen(box.right, box.center[1]).toPoint()
    wished: list[object] = []
    the_map.moved.connect(wished.append)
    the_map.connect_wanted.connect(lambda *told: wished.append(told))

    QTest.mouseMove(the_map, handle - QPoint(20, 0))
    QTest.mouseMove(the_map, handle)
    carried = out_of(the_map, handle, NOTHING_HELD)

    assert carried is None
    assert wished == []


def test_with_ctrl_a_card_dragged_to_another_inside_the_map_is_linked(the_map: MapView, letter: Case) -> None:
    wished: list[object] = []
    the_map.connect_wanted.connect(lambda *told: wished.append(told))
    one, other = id_of(letter, "C4"), id_of(letter, "C1")

    drag(the_map, the_map.point_of(one), the_map.point_of(other), CTRL)

    assert wished == [((one,), other)]
    assert the_map.findChild(QDrag) is None


def test_the_map_lies_as_it_did_once_a_card_was_carried_out(
    the_map: MapView, letter: Case, qtbot: QtBot
) -> None:
    card = id_of(letter, "C1")
    the_map.focus_on(card)
    start, lay = the_map.point_of(card), (the_map.camera.x, the_map.camera.y)
    drag(the_map, start, QPoint(the_map.width() - 4, start.y()), CTRL, let_go=False)
    qtbot.waitUntil(lambda: the_map.camera.x != lay[0])

    QTest.mouseMove(the_map, QPoint(the_map.width() + 60, start.y()))
    carried = the_map.findChild(QDrag)
    QTest.mouseRelease(the_map, LEFT, CTRL, start)

    assert carried is not None
    assert (the_map.camera.x, the_map.camera.y) == pytest.approx(lay)
