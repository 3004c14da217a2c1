"""A person never sees a stale map, though little of it is painted from frame to frame."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.model.case import Case
from evidencemap.ui.canvas.frame import paint_frame
from evidencemap.ui.canvas.kept import Kept
from evidencemap.ui.canvas.pictures import Pictures
from evidencemap.ui.canvas.sheet import FRESH, GLIDING, HURRIED, SHARPENED, WHOLE, Canvas, Painted
from evidencemap.ui.canvas.view import MapView
from tests.benchmarks.generate import generate
from tests.canvas.conftest import OpenMap
from tests.canvas.hands import CTRL, LEFT, drag, rest, seen, unlike, wheel
from tests.numbered import id_of


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


def test_a_pan_paints_a_strip_and_not_the_rest(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    rest(view)
    part = view.camera.seen(QSizeF(view.size()))
    whole = len(view.scene.nodes_in(part.left(), part.top(), part.right(), part.bottom()))

    view.camera.pan(10, 0)
    view.grab()

    assert whole >= 8
    assert view.painted.cards < whole
    assert view.painted.fresh <= 2 * HURRIED


def panned(view: MapView, kept: Kept, frames: int) -> list[Painted]:
    """Return what each frame of a pan painted, each frame begun at once after the one before."""
    picture = QImage(view.size(), QImage.Format.Format_RGB32)
    found = []
    for _frame in range(frames):
        painter = QPainter(picture)
        kept.paint(painter, view, zooming=False)
        painter.end()
        found.append(replace(kept.painted))
        view.camera.pan(15, 7)
    return found[1:]


def test_of_ten_frames_of_a_pan_seven_paint_no_strip_at_all(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    rest(view)

    frames = panned(view, Kept(), 40)
    afterwards = panned(view, Kept(ahead=0), 40)

    assert sum(bool(frame.cards) for frame in frames) <= 12
    assert max(frame.fresh for frame in frames) <= 2 * HURRIED + SHARPENED
    assert sum(bool(frame.cards) for frame in afterwards) > 30, "without what lies ahead all paint one"


def test_a_pan_after_a_pause_finds_what_lies_beside_the_view_painted(open_map: OpenMap, qtbot: QtBot) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    rest(view)
    qtbot.waitUntil(lambda: view.painted_around, timeout=10_000)

    view.camera.pan(-60, 50)
    view.grab()
    painted = view.painted.cards

    assert painted == 0
    assert painted_anew(view) < 0.0005


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


def test_a_zoom_that_goes_far_makes_little_while_it_runs_and_all_once_it_rests(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    rest(view)
    middle = QPointF(view.width() / 2, view.height() / 2)

    running = []
    for factor in (0.5, 0.7, 2.0, 2.0):
        view.glide.at_once(middle, factor)
        view.grab()
        running.append((view.painted.fresh, len(view.painted.lines)))
    view.glide.stop()
    rest(view)

    assert max(fresh for fresh, _lines in running) <= 2 * GLIDING
    assert all(lines == 0 for _fresh, lines in running[1:])
    assert view.painted.lines
    assert painted_anew(view) < 0.005


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


def frames_until_rest(view: MapView) -> list[Painted]:
    """Return what each frame made, up to the one after which nothing is left to make."""
    frames: list[Painted] = []
    while not frames or frames[-1].unfinished:
        view.grab()
        frames.append(replace(view.painted))
        assert len(frames) < 200
    return frames


def test_after_a_zoom_each_frame_makes_a_bounded_number_of_cards(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    view.zoom_to(0.4)
    rest(view)

    view.zoom_to(0.42)
    frames = frames_until_rest(view)

    made = [frame.fresh for frame in frames]
    assert frames[0].cards > 4 * SHARPENED
    assert max(made) <= 2 * SHARPENED
    assert sum(made) >= frames[0].cards, "every card is sharp in the end"
    assert painted_anew(view) < 0.0005


def test_a_view_far_away_is_made_in_bounded_frames(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.zoom_to(0.4)
    rest(view)

    view.focus_on(view.scene.ids[900])
    view.zoom_to(0.3)
    frames = frames_until_rest(view)

    assert len(frames) > 1
    assert max(frame.fresh for frame in frames) <= FRESH


def test_without_the_bound_one_frame_makes_every_card(open_map: OpenMap) -> None:
    view = open_map(generate(1000))
    view.focus_on(view.scene.ids[500])
    view.zoom_to(0.3)
    picture = QImage(view.size(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    canvas = Canvas(painter, view.scene, view.zoom, view.theme, view.shown.marks, Pictures())

    painter.setTransform(view.camera.transform())
    made = paint_frame(canvas, view.camera.seen(QSizeF(view.size())), WHOLE)
    painter.end()

    assert made.fresh > FRESH
    assert not made.unfinished
