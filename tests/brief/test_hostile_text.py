"""Whatever people write, a brief comes out in bounded time, accessible, and with nothing hidden in it."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.brief.html import web_page
from evidencemap.brief.outline import (
    Block,
    Callout,
    Cell,
    Column,
    Contents,
    Drawing,
    Figure,
    Heading,
    Key,
    Label,
    ListBlock,
    MetaTable,
    Note,
    Notes,
    Outline,
    Paragraph,
    Row,
    Run,
    Runs,
    Side,
    State,
    Table,
    TwoColumns,
    Voice,
    plain,
)
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.text import plain_text
from evidencemap.brief.words import LONGEST, clean, pieces, safe_address
from tests.brief.oracles import failures

CANARY = '<img src="file:///etc/passwd"/><font face="x">&amp;<a href="http://x">'


def outline_of(*blocks: Block, title: str = "Hostile") -> Outline:
    return Outline(title=title, date="2026-01-31", blocks=blocks)


def words_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def random_outline(seed: int, strings: list[str]) -> Outline:
    """An outline with a naughty string in every field, drawn by the seed."""
    draw = random.Random(seed)

    def text() -> str:
        return draw.choice(strings)

    def runs() -> Runs:
        made = [
            Run(
                text=text(),
                bold=draw.random() < 0.3,
                italic=draw.random() < 0.3,
                small_caps=draw.random() < 0.1,
                struck=draw.random() < 0.1,
                state=draw.choice([None, None, *State]),
                voice=draw.choice([None, *Voice]),
                note=draw.choice([None, None, 1, 2]),
                link=draw.choice(["", "", text(), "https://example.org/a?b=c"]),
                target=draw.choice(["", text()]),
            )
            for _ in range(draw.randint(0, 4))
        ]
        return tuple(made)

    def table() -> Table:
        count = draw.randint(1, 4)
        columns = tuple(
            Column(header=text(), width=draw.random() * 3, row_header=not n) for n in range(count)
        )
        rows = tuple(
            Row(cells=tuple(Cell(paragraphs=(runs(),)) for _ in range(count)), anchor=text())
            for _ in range(3)
        )
        return Table(columns=columns, rows=rows, title=text(), summary=text(), anchor=text())

    label = Label(x=4, y=14, text=text(), state=draw.choice([None, *State]))
    drawing = Drawing(width=200, height=30, shapes=(label,))
    makers: list[Callable[[], Block]] = [
        lambda: Heading(text=text(), level=2, anchor=text(), kicker=draw.random() < 0.2),
        lambda: Paragraph(runs=runs(), anchor=text()),
        lambda: Callout(label=text(), paragraphs=(runs(), runs()), state=draw.choice([None, *State])),
        table,
        lambda: Figure(drawing=drawing, alt=text() + ".", title=text(), caption=text(), anchor=text()),
        lambda: ListBlock(items=(runs(), runs()), ordered=draw.random() < 0.5),
        lambda: MetaTable(rows=((text(), runs()), (text(), runs()))),
        lambda: Key(entries=((runs(), runs()),)),
        lambda: TwoColumns(
            left=Side(title=text(), paragraphs=(runs(),), bullets=True),
            right=Side(title=text(), paragraphs=(runs(), runs())),
        ),
        lambda: Contents(title=text(), depth=3),
    ]
    blocks = [draw.choice(makers)() for _ in range(12)]
    notes = Notes(title=text(), notes=(Note(number=1, runs=runs()), Note(number=2, runs=runs())))
    return Outline(
        title=text() + " ?",
        date="2026-01-31",
        handling=text(),
        footer=text(),
        author=text(),
        subject=text(),
        keywords=text(),
        blocks=(Heading(text=text(), level=1), *blocks, notes),
    )


@pytest.fixture(scope="module")
def naughty(corpora: Path) -> list[str]:
    strings: list[str] = json.loads((corpora / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    return strings


def test_every_naughty_string_prints_in_one_accessible_brief(naughty: list[str]) -> None:
    blocks = tuple(Paragraph(runs=plain(text)) for text in naughty)

    data, report = pdf_bytes(outline_of(*blocks), identity=b"", pdfa=True)

    assert report.pages < 40
    assert failures(data, "ua1") == []
    assert failures(data, "3a") == []


def test_random_briefs_with_naughty_strings_in_every_field_are_accessible(naughty: list[str]) -> None:
    seeds = range(60)

    found = {}
    for seed in seeds:
        data, _ = pdf_bytes(random_outline(seed, naughty), identity=b"", pdfa=True)
        wrong = failures(data, "ua1") + failures(data, "3a")
        if wrong:
            found[seed] = wrong

    assert found == {}


def test_random_briefs_are_whole_web_pages_and_texts(naughty: list[str]) -> None:
    for seed in range(20):
        outline = random_outline(seed, naughty)

        markup, text = web_page(outline), plain_text(outline)

        assert "<script" not in markup
        assert markup.count("<main") == markup.count("</main>") == 1
        assert max(len(line) for line in text.splitlines()) <= 78


def test_markup_in_a_case_is_text_on_the_page() -> None:
    outline = outline_of(Paragraph(runs=plain(CANARY)), Heading(text=CANARY), title=CANARY)

    data, _ = pdf_bytes(outline, identity=b"")

    assert words_of(data).replace("\r\n", "").count("<img src=") == 2
    assert b"/URI" not in data
    assert b"/XObject" not in data


def test_a_megabyte_without_a_paragraph_is_a_brief_in_bounded_size() -> None:
    text = "All work and no play. " * 45_000

    data, report = pdf_bytes(outline_of(Paragraph(runs=plain(text))), identity=b"")

    assert 200 < report.pages < 500
    assert len(data) < 3_000_000
    assert max(len("".join(run.text for run in piece)) for piece in pieces(plain(text))) <= LONGEST


@pytest.mark.parametrize("letter", ["x", "é", "中", "ش", "\u0301", "🧿", "[", "-"])
def test_a_word_of_300_000_letters_is_broken_over_lines(letter: str) -> None:
    data, report = pdf_bytes(outline_of(Paragraph(runs=plain(letter * 300_000))), identity=b"")

    assert report.pages < 900
    assert len(data) < 20_000_000


def test_a_row_of_a_table_taller_than_many_pages_splits() -> None:
    tall = Cell(paragraphs=(plain("word " * 20_000),))
    table = Table(columns=(Column(header="a"), Column(header="b")), rows=(Row(cells=(tall, Cell())),))

    data, report = pdf_bytes(outline_of(table), identity=b"")

    assert report.pages > 20
    assert words_of(data).count("word") == 20_000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("a\u200bb\u2066c\u2069\ufeff", "abc"),
        ("e\u0301", "é"),
        ("bell\x07 nul\x00 esc\x1b", "bell  nul  esc "),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("tab\tand  blanks\u3000", "tab and blanks "),
        ("soft\u00adhyphen \U000e0041", "softhyphen "),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
    ],
)
def test_what_is_invisible_is_taken_out_and_what_is_written_stays(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c#d", "http://example.org", "mailto:a@example.org"]
)
def test_web_and_mail_addresses_are_links(address: str) -> None:
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "JaVaScRiPt://https://",
        "https://a b",
        'https://a"onclick="x',
        "//example.org",
        "\\\\server\\share",
        "https://ex\u202eample.org",
        "",
    ],
)
def test_other_addresses_are_not(address: str) -> None:
    assert safe_address(address) == ""
