"""What a person sees and does on the map itself, with real events."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.resources import resource
from evidencemap.ui.canvas.cards import Level
from evidencemap.ui.canvas.gestures import LINK
from evidencemap.ui.canvas.looks import LineStyle
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.theme import PAIRS, THEMES, contrast, theme_named
from tests.benchmarks.generate import generate
from tests.numbered import id_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


@pytest.fixture
def the_map(qtbot: QtBot, letter: Case) -> Iterator[MapView]:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(1500, 950)
    view.show_case(letter, verdicts(letter))
    with qtbot.waitExposed(view):
        view.show()
    view.grab()
    yield view


def drag(view: MapView, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier) -> None:
    QTest.mousePress(view, LEFT, modifier, start)
    for part in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * part / 5)
    QTest.mouseRelease(view, LEFT, modifier, end)


def test_the_step_that_nothing_backs_is_painted_in_long_dashes_with_its_label(
    the_map: MapView, letter: Case
) -> None:
    bare, carried = id_of(letter, "P7"), id_of(letter, "P1")

    the_map.grab()

    assert the_map.painted_line(bare) is LineStyle.LONG_DASH
    assert the_map.painted_line(carried) is LineStyle.SOLID
    assert the_map.painted_line(id_of(letter, "P13")) is LineStyle.CUT_BY_A_BAR
    assert bare in the_map.painted.labels
    assert carried not in the_map.painted.labels


def test_the_ink_of_an_unsupported_step_is_on_the_screen(the_map: MapView, letter: Case) -> None:
    the_map.focus_on(id_of(letter, "P7"))
    ink = the_map.theme.color("unsupported").rgb()

    picture = the_map.grab().toImage()
    at = the_map.point_of(id_of(letter, "P7"))
    around = [picture.pixel(at.x() + dx, at.y() + dy) for dx in range(-50, 50) for dy in range(-20, 20)]

    assert ink in around


def test_a_click_selects_and_says_so_once(the_map: MapView, letter: Case, qtbot: QtBot) -> None:
    claim = id_of(letter, "C2")

    with qtbot.waitSignal(the_map.selected) as heard:
        QTest.mouseClick(the_map, LEFT, pos=the_map.point_of(claim))

    assert heard.args == [(claim,)]
    assert the_map.selection == {claim}


def test_dragging_with_the_link_key_asks_for_a_connection(
    the_map: MapView, letter: Case, qtbot: QtBot
) -> None:
    one, other = id_of(letter, "C4"), id_of(letter, "C10")

    with qtbot.waitSignal(the_map.connect_wanted) as heard:
        drag(the_map, the_map.point_of(one), the_map.point_of(other), LINK)

    assert heard.args == [(one,), other]


def test_dragging_a_card_is_told_once_at_release(the_map: MapView, letter: Case, qtbot: QtBot) -> None:
    claim = id_of(letter, "C6")
    start = the_map.point_of(claim)
    told: list[object] = []
    the_map.moved.connect(told.append)

    drag(the_map, start, start + QPoint(60, -40), Qt.KeyboardModifier.NoModifier)

    assert len(told) == 1
    assert isinstance(told[0], dict)
    assert claim in told[0]


def test_escape_during_a_drag_leaves_the_card_where_it_was(the_map: MapView, letter: Case) -> None:
    claim = id_of(letter, "C6")
    before, start = the_map.place_of(claim), the_map.point_of(claim)
    told: list[object] = []
    the_map.moved.connect(told.append)

    QTest.mousePress(the_map, LEFT, pos=start)
    QTest.mouseMove(the_map, start + QPoint(90, 90))
    QTest.keyClick(the_map, Qt.Key.Key_Escape)
    QTest.mouseRelease(the_map, LEFT, pos=start + QPoint(90, 90))

    assert the_map.place_of(claim) == before
    assert told == []


def test_arrows_travel_and_alt_arrows_follow_a_step(the_map: MapView, letter: Case) -> None:
    the_map.choose((id_of(letter, "C4"),))

    QTest.keyClick(the_map, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    step = the_map.selection
    QTest.keyClick(the_map, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)

    assert step == {id_of(letter, "P10")}
    assert the_map.selection == {id_of(letter, "C5")}


def test_typing_over_a_card_asks_for_the_new_text(the_map: MapView, letter: Case, qtbot: QtBot) -> None:
    claim = id_of(letter, "C2")
    the_map.edit_text(claim)
    field = the_map.focusWidget()
    assert field is not None

    with qtbot.waitSignal(the_map.text_edited) as heard:
        QTest.keyClicks(field, "<b>Somebody</b> ran them")
        QTest.keyClick(field, Qt.Key.Key_Return)

    assert heard.args == [claim, "<b>Somebody</b> ran them"]


def test_a_screen_reader_finds_every_node_and_step_by_name(the_map: MapView, letter: Case) -> None:
    tree = QAccessible.queryAccessibleInterface(the_map)

    items = [tree.child(place) for place in range(tree.childCount())]
    names = [item.text(QAccessible.Text.Name) for item in items]

    assert tree.role() == QAccessible.Role.Tree
    assert {item.role() for item in items} == {QAccessible.Role.TreeItem}
    assert any(name.startswith("Claim 2, attribution: ") and "Unsupported." in name for name in names)
    assert any(name.startswith("Step 7, attribution: C1 to C2.") for name in names)
    assert "" not in names


def test_a_short_pan_after_a_pause_paints_no_card_and_nor_does_a_far_view(qtbot: QtBot) -> None:
    case = generate(1000)
    view = MapView()
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show_case(case, verdicts(case))
    with qtbot.waitExposed(view):
        view.show()
    view.finish_laying_out()
    view.focus_on(view.scene.ids[500])
    qtbot.waitUntil(lambda: bool(view.grab()) and not view.painted.unfinished)
    qtbot.waitUntil(lambda: view.painted_around, timeout=20_000)
    part = view.camera.seen(QSizeF(view.size()))
    whole = len(view.scene.nodes_in(part.left(), part.top(), part.right(), part.bottom()))

    view.camera.pan(-9, 6)
    view.grab()
    panned = view.painted
    view.fit()
    view.grab()

    assert 0 < whole < 100
    assert (panned.fresh, panned.cards) == (0, 0)
    assert view.painted.cards == 0
    assert view.painted.tiny == len(view.scene.ids)


@pytest.mark.parametrize(("zoom", "level"), [(0.8, Level.FULL), (0.45, Level.TITLE), (0.2, Level.MARK)])
def test_less_of_a_card_is_shown_from_farther_away(the_map: MapView, zoom: float, level: Level) -> None:
    the_map.zoom_to(zoom)

    the_map.grab()

    assert the_map.painted.level is level


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_every_ink_stands_out_from_its_ground(theme: str) -> None:
    colors = theme_named(theme)

    weak = [pair for pair in PAIRS if contrast(getattr(colors, pair[0]), getattr(colors, pair[1])) < 5.5]

    assert weak == []
    assert contrast("#777777", "#FFFFFF") < 5.5
