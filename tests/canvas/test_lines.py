"""Lines look the same however the map came to be where it is, and say what they say at every size."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from evidencemap.model.case import Case
from evidencemap.ui.canvas.strokes import LONG, STUB, is_long, paint_inks, stroked
from evidencemap.ui.canvas.view import MapView
from tests.benchmarks.generate import generate
from tests.canvas.conftest import OpenMap
from tests.canvas.hands import rest, seen, unlike
from tests.numbered import id_of

CURVE = ((0.0, 20.0), (500.0, 20.0), (200.0, 300.0), (900.0, 300.0))


def dashed() -> QPen:
    pen = QPen(QColor("black"), 3.0)
    pen.setDashPattern([3.0, 2.2])
    return pen


def painted(parts: list[QRectF], *, outline: bool) -> QImage:
    """Return a dashed curve as it looks when it is painted part by part, each on a sheet of its own."""
    whole = QImage(900, 320, QImage.Format.Format_RGB32)
    onto = QPainter(whole)
    for part in parts:
        sheet = QImage(part.size().toSize(), QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-part.topLeft())
        paint_inks(painter, stroked(dashed(), CURVE, outline=outline), part)
        painter.end()
        onto.drawImage(part.topLeft(), sheet)
    onto.end()
    return whole


def test_a_dashed_line_painted_in_strips_fits_together() -> None:
    at_once = [QRectF(0, 0, 900, 320)]
    strips = [QRectF(x, 0, 90, 320) for x in range(0, 900, 90)]

    ours = unlike(painted(at_once, outline=True), painted(strips, outline=True))
    left_to_qt = unlike(painted(at_once, outline=False), painted(strips, outline=False))

    assert ours == 0.0
    assert left_to_qt > 0.0002, "the comparison sees dashes that do not fit"


@pytest.mark.parametrize("zoom", [0.75, 0.4])
def test_a_panned_map_of_many_lines_looks_like_one_painted_from_the_start(
    open_map: OpenMap, zoom: float
) -> None:
    view = open_map(generate(600))
    view.focus_on(view.scene.ids[300])
    view.zoom_to(zoom)
    rest(view)

    for across, down in ((17, 5), (-140, 12), (3, -33), (-60, 90)):
        view.camera.pan(across, down)
        view.grab()
    shown = seen(view)
    view.set_theme(view.theme)

    assert unlike(shown, seen(view)) < 0.0006


def test_a_very_long_line_is_seen_at_both_its_ends_and_goes_on_in_dots() -> None:
    curve = ((0.0, 0.0), (2000.0, 0.0), (3000.0, 0.0), (5000.0, 0.0))

    inks = stroked(QPen(QColor("black"), 2.0), curve, "tail head")

    reached = [ink.path.boundingRect() for ink in inks]
    assert is_long(curve)
    assert not is_long(((0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (LONG - 1, 0.0)))
    assert len(reached) == 4
    assert all(box.right() < 1.2 * STUB or box.left() > 5000 - 1.2 * STUB for box in reached)


def test_a_label_too_small_to_read_is_a_mark_large_enough_to_see(the_map: MapView, letter: Case) -> None:
    the_map.focus_on(id_of(letter, "C2"))
    the_map.zoom_to(1.0)
    rest(the_map)
    words = dict(the_map.painted.labels)

    the_map.zoom_to(0.5)
    rest(the_map)
    marks = dict(the_map.painted.labels)

    shared = words.keys() & marks.keys()
    assert shared
    assert all(words[step].width > 60 for step in shared)
    assert all(marks[step].width == marks[step].height for step in shared)
    assert all(marks[step].width * 0.5 >= 14 for step in shared)
