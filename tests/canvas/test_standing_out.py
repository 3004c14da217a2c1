"""What a person looks for stands out on the map, near and far, on dense screens too."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.theme import THEMES, Theme
from tests.canvas.hands import seen, unlike
from tests.conftest import ROOT
from tests.numbered import id_of


def ink(view: MapView, name: str, item: Id, around: int = 12) -> int:
    """Return how many pixels in and round a card have exactly a colour of the theme."""
    box = view.scene.box(item)
    assert box is not None
    corner = view.camera.to_screen(box.x, box.y).toPoint()
    end = view.camera.to_screen(box.right, box.bottom).toPoint()
    picture, wanted = seen(view), QColor(view.theme.color(name)).rgb()
    return sum(
        picture.pixel(x, y) == wanted
        for x in range(max(0, corner.x() - around), min(picture.width(), end.x() + around))
        for y in range(max(0, corner.y() - around), min(picture.height(), end.y() + around))
    )


@pytest.mark.parametrize("zoom", [0.8, 0.4, 0.1])
@pytest.mark.parametrize("theme", [THEMES[0], THEMES[1]], ids=lambda theme: theme.name)
def test_hits_rings_and_the_selection_are_told_apart_at_every_distance(
    the_map: MapView, letter: Case, theme: Theme, zoom: float
) -> None:
    the_map.set_theme(theme)
    hit, ringed, chosen = (id_of(letter, number) for number in ("C6", "C7", "C2"))
    the_map.camera.zoom = zoom
    the_map.focus_on(hit) if zoom > 0.7 else the_map.zoom_to(zoom)

    the_map.mark_hits([hit])
    the_map.ring([ringed], "contested")
    the_map.select([chosen])

    assert ink(the_map, "hit", hit) > 20
    assert ink(the_map, "hit", chosen, around=0) == 0
    assert ink(the_map, "contested", ringed) > 10
    assert ink(the_map, "focus", chosen) > 20


def test_what_is_not_lit_is_dim_until_all_is_lit_again(the_map: MapView, letter: Case) -> None:
    before = seen(the_map)
    other = id_of(letter, "C4")
    bar = ink(the_map, "supported", other, around=0)

    the_map.light([id_of(letter, "C2"), id_of(letter, "P7")])
    dim = ink(the_map, "supported", other, around=0)
    lit = ink(the_map, "unsupported", id_of(letter, "C2"), around=0)
    the_map.light(None)

    assert bar > 10
    assert dim == 0
    assert lit > 10
    assert unlike(before, seen(the_map)) == 0


def test_from_afar_too_what_is_not_lit_is_dim(the_map: MapView, letter: Case) -> None:
    the_map.zoom_to(0.1)
    claim, other = id_of(letter, "C4"), id_of(letter, "C2")
    before = ink(the_map, "supported", claim, around=0)

    the_map.light([other])

    assert before > 20
    assert ink(the_map, "supported", claim, around=0) == 0
    assert ink(the_map, "unsupported", other, around=0) > 20


def test_from_afar_what_holds_is_solid_and_what_does_not_is_hollow(the_map: MapView, letter: Case) -> None:
    the_map.zoom_to(0.07)
    held, bare = id_of(letter, "C1"), id_of(letter, "C2")

    solid, hollow = ink(the_map, "supported", held, around=0), ink(the_map, "unsupported", bare, around=0)

    assert ink(the_map, "card", held, around=0) == 0
    assert ink(the_map, "card", bare, around=0) > 8
    assert 0 < hollow < solid * 0.8


@pytest.mark.parametrize("zoom", [1.0, 0.7, 0.5])
def test_no_label_is_painted_over_a_card_at_any_zoom(the_map: MapView, zoom: float) -> None:
    the_map.zoom_to(zoom)
    the_map.grab()

    boxes = [box for node in the_map.scene.ids if (box := the_map.scene.box(node)) is not None]
    labels = the_map.painted.labels
    assert len(labels) >= 3
    assert [label for label in labels.values() for box in boxes if label.meets(box)] == []


def test_dimming_ends_with_none_alone(the_map: MapView) -> None:
    before = seen(the_map)

    the_map.light([])

    assert unlike(before, seen(the_map)) > 0.02


DENSE = """
import sys
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.resources import resource
from evidencemap.ui.canvas.view import MapView
from tests.canvas.hands import seen, unlike

application = QApplication([])
case = read_listing(resource("cases", "letter.yaml"))
view = MapView()
view.resize(1000, 640)
view.show_case(case, verdicts(case))
view.show()
application.processEvents()
view.grab()
view.camera.pan(-31, 17)
shown = seen(view)
view.set_theme(view.theme)
anew = seen(view)
apart = round(unlike(shown, anew), 5)
print(view.devicePixelRatioF(), shown.width(), apart, len(view.painted.lines))
shown.save(sys.argv[1], "PNG")
"""


def test_on_a_dense_screen_the_map_is_sharp_and_a_pan_leaves_no_seam(tmp_path: object) -> None:
    pictures = {}
    for ratio in ("1", "2"):
        path = f"{tmp_path}/{ratio}.png"
        run = subprocess.run(
            [sys.executable, "-c", DENSE, path],
            cwd=ROOT,
            env={**os.environ, "QT_SCALE_FACTOR": ratio},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        told = run.stdout.split()
        assert (float(told[0]), int(told[1])) == (float(ratio), 1000 * int(ratio))
        assert float(told[2]) < 0.001
        assert int(told[3]) > 10
        pictures[ratio] = QImage(path).convertToFormat(QImage.Format.Format_RGB32)

    blurred = pictures["1"].scaled(pictures["2"].size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert unlike(pictures["2"], blurred.convertToFormat(QImage.Format.Format_RGB32)) > 0.01
