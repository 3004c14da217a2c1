"""The longest words are broken without leaving their line, in work that grows with their length alone."""

import pytest

from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import Cell, Column, Outline, Paragraph, Row, Table, plain
from evidencemap.brief.press.compose import Composer
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.lines import Ink, Line, break_lines
from evidencemap.brief.press.pages import paginate
from evidencemap.brief.press.style import sheet
from evidencemap.brief.tagged.faces import Glyphs
from evidencemap.brief.tagged.structure import Element
from tests.counting import calls_in

WIDTH = 300.0
WORDS = {
    "Latin": "evidence",
    "Han": "\u4e2d\u6587",
    "Thai": "\u0e44\u0e21\u0e48\u0e21\u0e35",
    "Arabic": "\u0634\u0639\u0628",
    "Devanagari": "\u0915\u094d\u0937\u0947\u0924\u094d\u0930",
}


def lines_of(text: str) -> list[Line]:
    book = FontBook()
    return break_lines([(text, Ink(book.main, 10.0, (0.0, 0.0, 0.0), Element("P")))], WIDTH, book)


def laid_out(text: str) -> int:
    """Return how many pages a paragraph and a cell with the text take."""
    table = Table(
        columns=(Column(header="a"), Column(header="b")),
        rows=(Row(cells=(Cell(paragraphs=(plain(text),)), Cell())),),
    )
    outline = Outline(title="Long", date="2026-01-31", blocks=(Paragraph(runs=plain(text)), table))
    page = sheet("letter")
    boxes = Composer(outline, Element("Document"), Inker(FontBook()), page).boxes()
    return len(paginate(boxes, page.measure, page.depth))


@pytest.mark.parametrize("script", WORDS)
def test_no_line_of_an_endless_word_is_wider_than_the_page(script: str) -> None:
    word = WORDS[script] * 400

    lines = lines_of(word)

    assert max(line.width for line in lines) <= WIDTH + 0.02
    assert sum(line.width for line in lines[:-1]) > (len(lines) - 1) * WIDTH * 0.75


@pytest.mark.parametrize("script", ["Thai", "Arabic", "Devanagari"])
def test_a_broken_word_loses_no_letter_and_ends_no_line_inside_a_syllable(script: str) -> None:
    word = WORDS[script] * 400

    lines = lines_of(word)

    texts = [
        "".join(piece.text.text for piece in line.pieces if isinstance(piece.text, Glyphs)) for line in lines
    ]
    assert "".join(texts) == word
    assert not [text for text in texts if text[0] in "\u0e48\u0e35\u094d\u0947" or text[-1] in "\u0e44\u094d"]


@pytest.mark.parametrize("script", WORDS)
def test_a_word_four_times_as_long_takes_about_four_times_the_work(script: str) -> None:
    short, long = WORDS[script] * 600, WORDS[script] * 2_400
    laid_out(short)

    once, fourfold = calls_in(lambda: laid_out(short)), calls_in(lambda: laid_out(long))

    assert fourfold < 5 * once


def test_work_that_begins_anew_for_every_line_would_be_noticed() -> None:
    def anew(count: int) -> None:
        for end in range(1, count, 50):
            lines_of(WORDS["Thai"] * end)

    once, fourfold = calls_in(lambda: anew(200)), calls_in(lambda: anew(800))

    assert fourfold > 8 * once
