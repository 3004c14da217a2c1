"""A person never sees a stale map, though little of it is painted from frame to frame."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.model.case import Case
from evidencemap.ui.canvas.view import MapView
from tests.benchmarks.generate import generate
from tests.canvas.conftest import OpenMap
from tests.canvas.hands import CTRL, LEFT, drag, id_of, seen, unlike, wheel


def painted_anew(view: MapView) -> float:
    """Return how much of what is on the screen differs from a map that is painted from the start."""
    shown = seen(view)
    view.set_theme(view.theme)
    return unlike(shown, seen(view))


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.2, 0.1])
def test_a_panned_map_looks_like_one_painted_from_the_start(the_map: MapView, zoom: float) -> None:
    the_map.zoom_to(zoom)
    the_map.grab()

    for across, down in ((17, 5), (-40, 12), (3, -33), (-9, -2)):
        the_map.camera.pan(across, down)
        the_map.grab()

    assert painted_anew(the_map) < 0.002


def test_the_comparison_sees_a_map_that_lies_a_few_pixels_off(the_map: MapView) -> None:
    shown = seen(the_map)

    the_map.camera.pan(7, 0)

    assert unlike(shown, seen(the_map)) > 0.02


def test_a_pan_paints_a_strip_and_not_the_rest(open_map: OpenMap, qtbot: QtBot) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    qtbot.waitUntil(lambda: bool(view.grab()) and not view.painted.unfinished)
    part = view.camera.seen(QSizeF(view.size()))
    whole = len(view.scene.nodes_in(part.left(), part.top(), part.right(), part.bottom()))

    view.camera.pan(10, 0)
    view.grab()

    assert whole >= 8
    assert view.painted.cards < whole
    assert view.painted.fresh == 0


def test_a_zoom_by_the_wheel_paints_no_card_until_it_rests(the_map: MapView, qtbot: QtBot) -> None:
    at = QPoint(700, 400)
    under = the_map.camera.to_map(QPointF(at))
    before = the_map.zoom

    wheel(the_map, at, 1, CTRL)
    the_map.grab()
    gliding = the_map.painted.cards
    qtbot.waitUntil(lambda: not the_map.glide.zooming)
    the_map.grab()

    assert gliding == 0
    assert painted_anew(the_map) < 0.002
    assert the_map.zoom == pytest.approx(before * 1.0016**120, rel=1e-3)
    now = the_map.camera.to_map(QPointF(at))
    assert (now.x(), now.y()) == pytest.approx((under.x(), under.y()), abs=0.5)


def test_with_reduced_motion_a_zoom_is_there_at_once(the_map: MapView) -> None:
    the_map.reduced_motion = True
    before = the_map.zoom

    wheel(the_map, QPoint(700, 400), 1, CTRL)

    assert the_map.zoom == pytest.approx(before * 1.0016**120, rel=1e-6)


def test_a_drag_paints_the_dragged_card_and_leaves_the_rest_still(the_map: MapView, letter: Case) -> None:
    claim = id_of(letter, "C6")
    start = the_map.point_of(claim)

    drag(the_map, start, start + QPoint(50, 40), let_go=False)
    the_map.grab()
    QTest.mouseMove(the_map, start + QPoint(60, 44))
    the_map.grab()
    held = seen(the_map)
    still = the_map.painted.cards
    QTest.mouseRelease(the_map, LEFT, pos=start + QPoint(60, 44))

    assert still == 0
    assert unlike(held, seen(the_map)) < 0.01
