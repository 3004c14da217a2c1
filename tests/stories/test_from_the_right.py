"""Where a language begins at the right, the window does; texts keep the direction of their own letters."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.ui.app import application_made, begin_where_read
from evidencemap.ui.lettering import isolated, numbered
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.plain import ShortLabel, plain_label
from evidencemap.ui.theme import LIGHT
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import id_of, press

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft

Pixels = NDArray[Any]

ENGLISH = "17 claims · 4 requests."
"""Begins with figures and ends with a stop: both change sides where the text is set from the right."""


@pytest.fixture(params=[LEFT, RIGHT], ids=["from the left", "from the right"])
def direction(request: pytest.FixtureRequest) -> Qt.LayoutDirection:
    """Return the direction in which the window is laid out; it is set as long as the test lasts."""
    if request.param is RIGHT:
        request.getfixturevalue("from_right_to_left")
    found: Qt.LayoutDirection = request.param
    return found


def pixels(picture: QImage) -> Pixels:
    """Return the pixels of a picture, row by row, each as one number."""
    held = picture.convertToFormat(QImage.Format.Format_ARGB32)
    return np.frombuffer(held.constBits(), np.uint32).reshape(held.height(), held.width()).copy()


def inked(picture: QImage, ink: QColor | None = None) -> QRect:
    """Return the part of a picture that is not as its corner is, or that has a colour."""
    held = pixels(picture)
    rows, columns = np.nonzero(held != held[0, 0] if ink is None else held == ink.rgb())
    assert len(rows), "nothing is painted"
    return QRect(QPoint(columns.min(), rows.min()), QPoint(columns.max(), rows.max()))


def strength(picture: QImage, part: QRect) -> Pixels:
    """Return how much ink is in each tenth of a part of a picture, from the left, as parts of the whole."""
    ink = 255 - (pixels(picture.copy(part)) & 255).astype(np.int64)
    found: Pixels = np.array([each.sum() for each in np.array_split(ink, 10, axis=1)]) / ink.sum()
    return found


def columns_of(window: CaseWindow, widget: QWidget) -> tuple[int, int]:
    """Return the first and the last column of the window that a widget takes."""
    left = widget.mapTo(window, QPoint(0, 0)).x()
    return left, left + widget.width()


@pytest.mark.parametrize("again", [False, True], ids=["at first", "after Reset layout"])
def test_the_outline_is_where_reading_begins_and_the_inspector_where_it_ends(
    direction: Qt.LayoutDirection, founding_window: CaseWindow, again: bool
) -> None:
    window = founding_window

    if again:
        window.run("reset_layout")

    places = [columns_of(window, each) for each in (window.outline, window.map, window.inspector)]
    begun = places if direction is LEFT else places[::-1]
    assert begun[0][1] <= begun[1][0] and begun[1][1] <= begun[2][0]


def test_the_small_map_is_where_reading_ends(
    direction: Qt.LayoutDirection, founding_window: CaseWindow
) -> None:
    the_map = founding_window.map
    left, top, right, bottom = the_map.scene.extent()
    the_map.zoom_to(2.0)
    at = the_map.width() - 80 if direction is LEFT else 80

    QTest.mouseClick(
        the_map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at, the_map.height() - 56)
    )

    seen = the_map.camera.seen(QSizeF(the_map.size())).center()
    assert abs(seen.x() - (left + right) / 2) < 20 and abs(seen.y() - (top + bottom) / 2) < 20


def test_sentences_of_the_inspector_stand_where_reading_begins_and_their_links_are_hit(
    direction: Qt.LayoutDirection, founding_window: CaseWindow
) -> None:
    window = founding_window
    window.editor.select([id_of(window, "C2")])
    assert window.inspector.sheet is not None
    texts = [each for each in window.inspector.sheet.findChildren(LinkText) if each.links == ["C1"]]
    (text,) = texts

    picture = text.grab().toImage()
    ink = inked(picture)
    link = inked(picture, LIGHT.color("link"))
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, pos=link.center())

    beside = ink.left() if direction is LEFT else picture.width() - 1 - ink.right()
    assert beside <= 2 < picture.width() - ink.width()
    assert window.editor.chosen == id_of(window, "C1")


def test_a_click_beside_a_link_follows_nothing(direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    application_made()
    text = LinkText("C1", lambda number: True, LIGHT)
    qtbot.addWidget(text)
    text.resize(300, 24)
    text.grab()
    followed: list[str] = []
    text.followed.connect(followed.append)
    on, beside = QPoint(5, 8), QPoint(290, 8)
    if direction is RIGHT:
        on, beside = beside, on

    QTest.mouseClick(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside)
    assert followed == []
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on)

    assert followed == ["C1"]


def test_arrows_walk_links_the_way_that_they_point(
    direction: Qt.LayoutDirection, founding_window: CaseWindow
) -> None:
    window = founding_window
    window.editor.select([id_of(window, "C2")])
    assert window.inspector.sheet is not None
    text = next(each for each in window.inspector.sheet.findChildren(LinkText) if len(each.links) == 4)
    text.setFocus()

    QTest.keyClick(text, Qt.Key.Key_Right if direction is LEFT else Qt.Key.Key_Left)
    QTest.keyClick(text, Qt.Key.Key_Return)

    assert window.editor.chosen == id_of(window, text.links[1])


def test_time_runs_the_way_that_is_read(direction: Qt.LayoutDirection, founding_window: CaseWindow) -> None:
    window = founding_window
    for number, when in (("E6", "2025-03"), ("E7", "2025-06")):
        window.editor.perform(verbs.set_field, id_of(window, number), "when", when)
    press(window, "Ctrl+3")

    picture = window.docks.timeline.canvas.grab().toImage()
    bars = []
    for number in ("E6", "E7"):
        window.editor.select([id_of(window, number)])
        picture = window.docks.timeline.canvas.grab().toImage()
        bars.append(inked(picture, LIGHT.color("focus")))
    names = inked(picture.copy(0, 0, picture.width(), bars[0].top()), LIGHT.color("muted"))

    march, june = bars
    if direction is LEFT:
        assert march.right() < june.left()
        assert names.left() < march.left()
    else:
        assert june.right() < march.left()
        assert march.right() < names.right()


@pytest.mark.parametrize("make", [ShortLabel, plain_label])
def test_an_english_line_is_the_same_in_a_mirrored_window_and_stands_at_its_beginning(
    qtbot: QtBot, make: Callable[[str], QWidget], request: pytest.FixtureRequest
) -> None:
    def painted() -> tuple[QImage, QRect]:
        label = make(ENGLISH)
        qtbot.addWidget(label)
        label.resize(400, 30)
        picture = label.grab().toImage()
        return picture, inked(picture)

    application_made()
    usual, there = painted()
    request.getfixturevalue("from_right_to_left")
    mirrored, here = painted()

    assert there.left() <= 4 and here.right() >= mirrored.width() - 5
    assert np.abs(strength(mirrored, here) - strength(usual, there)).max() < 0.02


@pytest.mark.usefixtures("from_right_to_left")
def test_a_button_in_another_direction_than_its_window_is_marked_and_no_other(qtbot: QtBot) -> None:
    assert isolated("Open…") == "\u2066Open…\u2069"
    assert isolated("פתיחה…") == "פתיחה…"
    assert isolated("…") == "…"
    assert numbered("E2", "כתבה") == "\u2067E2  \u2067כתבה\u2069\u2069"
    assert numbered("E2", "Letter.") == "\u2067E2  \u2066Letter.\u2069\u2069"


def test_nothing_is_marked_in_a_window_from_the_left(qtbot: QtBot) -> None:
    application_made()

    assert isolated("Open…") == "Open…"
    assert isolated("פתיחה") == "\u2067פתיחה\u2069"
    assert numbered("E2", "Letter.") == "E2  Letter."


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("ar_EG.UTF-8", RIGHT),
        ("he", RIGHT),
        ("fa_IR", RIGHT),
        ("en_GB.UTF-8", LEFT),
        ("de", LEFT),
        ("C", LEFT),
    ],
)
def test_the_window_begins_where_the_language_that_is_asked_for_does(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, asked: str, begins: Qt.LayoutDirection
) -> None:
    application = application_made()
    monkeypatch.setenv("EVIDENCEMAP_LANGUAGE", asked)

    begin_where_read(application)
    found = application.layoutDirection()
    application.setLayoutDirection(LEFT)

    assert found is begins


def test_a_program_that_is_started_in_arabic_begins_at_the_right() -> None:
    begun = """
import os
from PySide6.QtCore import QTimer
from evidencemap.ui.app import application_made, main
application = application_made()
QTimer.singleShot(0, lambda: os._exit(40 + application.isRightToLeft()))
main([])
"""

    ends = {
        asked: subprocess.run(
            [sys.executable, "-c", begun],
            env=os.environ | {"EVIDENCEMAP_LANGUAGE": asked},
            timeout=120,
            check=False,
        ).returncode
        for asked in ("ar_EG.UTF-8", "en_GB.UTF-8")
    }

    assert ends == {"ar_EG.UTF-8": 41, "en_GB.UTF-8": 40}
