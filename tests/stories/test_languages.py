"""The window in another language, and with scripts that run from right to left."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from evidencemap.__main__ import main
from evidencemap.brief.templates import TEMPLATES
from evidencemap.exchange.listing import read_listing
from evidencemap.model.entities import Claim
from evidencemap.model.words import ClaimKind
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.tongue import _, catalogue, speak
from evidencemap.ui.actions import ACTIONS, found_by
from evidencemap.ui.app import application_made
from evidencemap.ui.pages.helppage import page_text
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import Row, RowDelegate
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import cut_titles, find, press, say

MIXED = """evidencemap: 1
title: رسالة عن التقطير
sources:
  S1: {name: وكالة الأنباء, kind: organisation, reliability: B}
  S2: {name: עיתון הארץ, kind: outlet, reliability: C}
evidence:
  E1: {text: تقرير عن 28.8 مليون طلب, from: [S1], credibility: 2}
  E2: {text: כתבה על המכתב, from: [S2], credibility: 3}
claims:
  C1: {text: جرت 28.8 مليون عملية (API), kind: volume, stated: established}
  C2: {text: החשבונות הופעלו עבור Alibaba, kind: attribution, stated: established}
steps:
  P1: {from: [E1, E2], to: C1, scheme: record}
  P2: {from: [C1], to: C2, scheme: attribution}
"""
"""A case in Arabic and Hebrew, with numbers and Latin names among the words."""

NEAR = 5
"""Blank columns, in pixels, that part two things in a row."""


@pytest.fixture
def german() -> Iterator[None]:
    """Let the program speak German, and go back to the language of the tests afterwards."""
    speak("de")
    yield
    speak()
    application_made()


@pytest.fixture
def mixed_file(tmp_path: Path) -> Path:
    """Return a case file in Arabic and Hebrew."""
    listing = tmp_path / "mixed.yaml"
    listing.write_text(MIXED, encoding="utf-8")
    path = tmp_path / "mixed.evmap"
    with Session.adopt(read_listing(listing)) as session:
        session.save_as(path)
    return path


def clipped(widget: QWidget) -> list[str]:
    """Name every button in a widget that is too small for its words."""
    return [
        f"{button.text()}: {button.width()} < {button.sizeHint().width()}"
        for button in widget.findChildren(QAbstractButton)
        if isinstance(button, QToolButton | QPushButton)
        and button.isVisible()
        and button.text()
        and button.width() < button.sizeHint().width()
    ]


def hidden_in_toolbars(window: CaseWindow) -> list[str]:
    """Name the toolbars that hide what does not fit behind an arrow."""
    arrows = window.findChildren(QToolButton, "qt_toolbar_ext_button")
    return [str(arrow.parent()) for arrow in arrows if arrow.isVisible()]


def parts(picture: QImage, row: QRect) -> list[int]:
    """Return how wide the things are that stand in a row of a picture, from the left: mark, number, text."""
    ground = picture.pixelColor(row.left() + 1, row.top() + 1)
    inked = [
        any(picture.pixelColor(x, y) != ground for y in range(row.top() + 2, row.bottom() - 2))
        for x in range(row.left(), row.right() + 1)
    ]
    found: list[int] = []
    blank = NEAR
    for ink in inked:
        if ink and blank >= NEAR:
            found.append(1)
        elif ink:
            found[-1] += blank + 1
        blank = 0 if ink else blank + 1
    return found


class Unmirrored(RowDelegate):
    """Paints rows from the left, whatever the language: what would go wrong."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        option.direction = Qt.LayoutDirection.LeftToRight
        super().paint(painter, option, index)


def rows_painted(qtbot: QtBot, rows: list[Row], delegate: type[RowDelegate] = RowDelegate) -> list[list[int]]:
    """Return the parts of each row as a list paints them."""
    held = RowList()
    qtbot.addWidget(held)
    held.setItemDelegate(delegate(held))
    held.resize(640, 200)
    held.show_rows(rows)
    held.show()
    picture = held.viewport().grab().toImage()
    return [parts(picture, held.visualRect(held.held.index(at))) for at in range(len(rows))]


def are_mirrored(usual: list[list[int]], other: list[list[int]]) -> bool:
    """Say whether the parts of all rows are the same in the opposite order, to two pixels."""
    return all(
        len(one) == len(two) and all(abs(a - b) <= 2 for a, b in zip(one, reversed(two), strict=True))
        for one, two in zip(usual, other, strict=True)
    )


@pytest.mark.usefixtures("german")
def test_a_german_finds_german_menus_and_nothing_clipped(
    open_window: OpenWindow, founding_file: Path
) -> None:
    window = open_window(Session.open(founding_file))

    menus = [each.text().replace("&", "") for each in window.menuBar().actions()]
    words = {action.name: window.actions_set.by_name[action.name].text() for action in ACTIONS}

    assert menus == ["Datei", "Bearbeiten", "Fall", "Ansicht", "Einfügen", "Auswerten", "Hilfe"]
    assert words["warrant"] == "Schlussregel"
    assert {name for name, text in words.items() if text != _(text_of(name))} <= {"undo", "redo"}
    for width in (1680, 1280):
        window.resize(width, 900)
        QApplication.processEvents()
        assert clipped(window) == []
        assert hidden_in_toolbars(window) == []
        assert cut_titles(window) == []


class Missed(gettext.NullTranslations):
    """Stands behind a catalogue and notes what that one does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        """Note a text."""
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Note a text that counts."""
        self.texts.add(msgid2)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        """Note a text in its context."""
        self.texts.add(message)
        return message


@pytest.mark.usefixtures("german")
def test_nothing_that_the_program_says_on_the_way_is_left_in_english(
    open_window: OpenWindow, founding_file: Path, tmp_path: Path
) -> None:
    missed = Missed()
    catalogue().add_fallback(missed)
    _("a text that no catalogue has")
    window = open_window(Session.open(founding_file))

    for number in ("C2", "P7", "E1", "S1", "R1", "N1", "M1", "H1", "A1"):
        find(window, number)
        for name in ("why", "settle", "impact", "challenge"):
            window.run(name)
    for name in ("compare_profiles", "changed_since", "keys", "help", "tour", "palette"):
        window.run(name)
    for name in ("show_map", "show_matrix", "show_timeline", "show_key_list"):
        window.run(name)
    for template in TEMPLATES:
        main(["brief", str(founding_file), "-o", str(tmp_path / f"{template}.txt"), "--template", template])

    assert {text for text in missed.texts if len(text) > 1} == {"a text that no catalogue has"}


def text_of(name: str) -> str:
    """Return the English text of an action."""
    return next(action.text for action in ACTIONS if action.name == name)


@pytest.mark.usefixtures("german")
def test_german_words_fit_the_toolbars_at_three_times_their_size(
    open_window: OpenWindow, founding_file: Path, qtbot: QtBot
) -> None:
    window = open_window(Session.open(founding_file))
    arrows_before = hidden_in_toolbars(window)

    window.settings.font_percent = 300
    qtbot.waitUntil(lambda: window.font().pixelSize() == 39)
    QApplication.processEvents()

    assert arrows_before == []
    assert hidden_in_toolbars(window) == []
    window.toolbars.left.setFixedWidth(500)
    QApplication.processEvents()
    assert hidden_in_toolbars(window) != []


def test_a_button_too_small_for_its_words_is_seen(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    button = QPushButton("Befund mit Begründung akzeptieren", room)
    button.setFixedWidth(60)
    room.show()

    found = clipped(room)

    assert len(found) == 1


@pytest.mark.usefixtures("german")
def test_a_german_runs_a_command_by_its_german_or_english_name(
    open_window: OpenWindow, founding_file: Path
) -> None:
    window = open_window(Session.open(founding_file))
    press(window, "Ctrl+K")

    say(window, "zeitleiste")

    assert window.docks.tabs.currentWidget() is window.docks.timeline
    assert [action.name for action in found_by("schlussregel")] == ["warrant", "take_warrant"]
    assert "warrant" in [action.name for action in found_by("warrant")]
    assert "remove" in [action.name for action in found_by("löschen")], "by a word beside its name"
    assert "fit" in [action.name for action in found_by("ansicht überblick")], "by its menu as well"


@pytest.mark.usefixtures("german")
def test_a_german_is_told_why_in_german(open_window: OpenWindow, founding_file: Path) -> None:
    window = open_window(Session.open(founding_file))
    find(window, "C2")

    press(window, "Ctrl+I")

    assert "Behauptung C2 ist unbelegt" in window.messages.sentence.text()
    assert window.problems.accessibleName() == "Befunde"


def test_rows_are_mirrored_where_a_language_begins_at_the_right(qtbot: QtBot) -> None:
    rows = [
        Row(text="החשבונות", lead="C2", detail="עיתון", right="12", mark="ring"),
        Row(text="مليون", lead="C1", mark="disc", right="R1"),
    ]
    application_made().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    usual = rows_painted(qtbot, rows)

    application_made().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = rows_painted(qtbot, rows)
        broken = rows_painted(qtbot, rows, Unmirrored)
    finally:
        application_made().setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert min(len(row) for row in usual) >= 4
    assert are_mirrored(usual, mirrored)
    assert not are_mirrored(usual, broken)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_an_english_sentence_keeps_its_full_stop_at_its_right_in_either_direction(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    application_made().setLayoutDirection(direction)
    try:
        (painted,) = rows_painted(qtbot, [Row(text="A sentence                  .")])
    finally:
        application_made().setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    first, last = painted[0], painted[-1]
    assert len(painted) == 2 and first > 2 * last


@pytest.mark.usefixtures("german")
def test_a_german_says_in_german_of_which_kind_a_claim_is(
    open_window: OpenWindow, founding_file: Path
) -> None:
    window = open_window(Session.open(founding_file))
    press(window, "Ctrl+1", "C")

    say(window, f"{_('volume')}: Es waren 28 Anfragen")

    chosen = window.editor.chosen
    made = None if chosen is None else window.editor.case.get(Claim, chosen)
    assert made is not None and made.kind is ClaimKind.VOLUME
    assert made.text == "Es waren 28 Anfragen"


@pytest.mark.usefixtures("from_right_to_left")
def test_the_outline_of_a_case_in_arabic_and_hebrew_reads_from_the_right(
    open_window: OpenWindow, mixed_file: Path
) -> None:
    window = open_window(Session.open(mixed_file))
    find(window, "C2")
    tree = window.outline.tree
    assert tree.layoutDirection() == Qt.LayoutDirection.RightToLeft
    top = tree.topLevelItem(0)
    assert top is not None

    picture = tree.viewport().grab().toImage()
    child = top.child(0)
    assert child is not None
    beneath = tree.visualItemRect(child)
    shown = parts(picture, QRect(0, beneath.top(), beneath.right() + 1, beneath.height()))

    height = tree.fontMetrics().height()
    assert len(shown) >= 3, "mark, number and text overlap"
    assert shown[-1] <= 1.3 * height, "the mark does not stand at the right"
    assert shown[0] > shown[-1], "the text does not stand at the left"
    assert window.editor.chosen is not None


@pytest.mark.usefixtures("german")
def test_a_german_reads_the_page_on_a_pane_in_german_and_any_other_page_in_english() -> None:
    pages = {path.name for path in resource("help", "de").glob("*.md")}

    told, not_translated = page_text("outline"), page_text("case-file")

    assert told.startswith("# Die Gliederung")
    assert not_translated == resource("help", "case-file.md").read_text(encoding="utf-8")
    assert page_text("no such page").startswith("# Das Fenster")
    assert pages <= {path.name for path in resource("help").glob("*.md")}


def test_a_zoom_below_one_per_cent_is_told_with_a_decimal(founding_window: CaseWindow) -> None:
    fitted = zooms_told(founding_window, 0.5, 0.008, 0.0096)

    assert fitted == ["50 %", "0.8 %", "1 %"]


@pytest.mark.usefixtures("german")
def test_german_tells_a_zoom_below_one_per_cent_with_its_own_comma(founding_window: CaseWindow) -> None:
    fitted = zooms_told(founding_window, 0.008)

    assert fitted == ["0,8 %"]


def zooms_told(window: CaseWindow, *zooms: float) -> list[str]:
    """Return what the status bar says of each zoom of the map."""
    told = []
    for zoom in zooms:
        window.map.glide.at_once(QPointF(300, 300), zoom / window.map.camera.zoom)
        told.append(window.status.percent.text())
    return told
