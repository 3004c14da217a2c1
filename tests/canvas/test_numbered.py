"""A card on the map is told by its number, however far the map is away: findings speak in numbers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from evidencemap.analysis.verdicts import verdicts
from evidencemap.layout.cards import Card, TextLine, card
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import Paint, level_at, paint_card
from evidencemap.ui.canvas.looks import Look, node_look
from evidencemap.ui.theme import LIGHT

ZOOMS = (1.0, 0.6, 0.5, 0.43, 0.35, 0.3, 0.25, 0.2)
"""From full size, through title and status, to mark and number."""


def painted(one: Card, look: Look, zoom: float) -> QImage:
    """Return the picture of a card at a zoom, with four points of the picture to a point of the screen."""
    scale = 4 * zoom
    picture = QImage(int(one.width * scale), int(one.height * scale), QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.scale(scale, scale)
    paint_card(painter, one, look, Paint(theme=LIGHT, zoom=zoom, level=level_at(zoom)))
    painter.end()
    return picture


def unnumbered(cards: list[tuple[Card, Look]], zoom: float) -> list[str]:
    """Return the cards that look the same at a zoom whatever their number is."""
    return [
        one.number
        for one, look in cards
        if painted(one, look, zoom) == painted(other_number(one), look, zoom)
    ]


def other_number(one: Card) -> Card:
    """Return a card that has another number wherever it says its own."""
    number = one.number[:1] + "".join("7" if each != "7" else "4" for each in one.number[1:])
    lines = (
        TextLine(x, y, text.replace(one.number, number), size, face, role)
        for x, y, text, size, face, role in one.lines
    )
    return replace(one, number=number, lines=tuple(lines))


@pytest.fixture
def claims(letter: Case, qtbot: QtBot) -> list[tuple[Card, Look]]:
    held = verdicts(letter)
    return [(card(letter, each), node_look(letter, held, each.id)) for each in letter.sorted(Claim)]


@pytest.mark.parametrize("zoom", ZOOMS)
def test_each_claim_shows_its_number_at_every_distance(claims: list[tuple[Card, Look]], zoom: float) -> None:
    assert len(claims) == 17

    assert unnumbered(claims, zoom) == []


def test_a_card_without_its_number_is_noticed(claims: list[tuple[Card, Look]]) -> None:
    nameless = [(replace(one, number="", lines=()), look) for one, look in claims]

    assert len(unnumbered(nameless, 0.43)) == len(claims)


@pytest.mark.parametrize("zoom", [0.31, 0.4, 0.5, 0.59])
def test_status_and_title_of_a_low_card_stand_one_above_the_other(
    letter: Case, qtbot: QtBot, zoom: float
) -> None:
    one = card(letter, Claim(id=Id("brief"), number="C13", text="Kept briefly"))
    look = node_look(letter, verdicts(letter), letter.by_number["C2"])

    picture = painted(one, look, zoom)

    of_title = rows_that_differ(picture, painted(replace(one, lines=()), look, zoom))
    of_status = rows_that_differ(picture, painted(one, replace(look, color="refuted"), zoom))
    assert of_status and of_title
    assert max(of_status) < min(of_title)


def rows_that_differ(one: QImage, other: QImage) -> list[int]:
    """Return the rows in which two pictures of a card differ, its bar at the left apart."""
    across = range(one.width() // 8, one.width())
    return [y for y in range(one.height()) if any(one.pixel(x, y) != other.pixel(x, y) for x in across)]
