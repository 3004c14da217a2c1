"""Pages break where a reader would break them: nothing orphaned, nothing lost, nothing off the page."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from evidencemap.brief.basis import basis
from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import (
    Callout,
    Cell,
    Column,
    Drawing,
    Figure,
    Heading,
    Label,
    Outline,
    Paragraph,
    Row,
    Side,
    Table,
    Tone,
    TwoColumns,
    cell,
    plain,
    row,
    table_grid,
)
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.press.compose import Composer
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.pages import paginate
from evidencemap.brief.press.style import sheet
from evidencemap.brief.sections.register import exhibit_register, history
from evidencemap.brief.tagged.structure import Element
from evidencemap.brief.templates import TEMPLATES
from evidencemap.model.verbs import set_fields
from tests.brief import founding
from tests.brief.oracles import failures
from tests.brief.samples import everything

SENTENCE = "The premise is one sentence and the conclusion is another. "


def pages_of(outline: Outline, paper: str = "letter") -> list[str]:
    data, _ = pdf_bytes(outline, identity=b"", paper=paper)
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def outline_of(*blocks: object) -> Outline:
    return Outline(title="Layout", date="2026-01-31", blocks=blocks)  # type: ignore[arg-type]


@pytest.mark.parametrize("lines", range(30, 52))
def test_a_heading_never_ends_a_page(lines: int) -> None:
    fill = Paragraph(runs=plain("x\n" * lines))
    blocks = [
        fill,
        Heading(text="LONELY"),
        Heading(text="SUB", level=3),
        Paragraph(runs=plain(SENTENCE * 12)),
    ]

    pages = pages_of(outline_of(*blocks))

    (with_heading,) = [page for page in pages if "LONELY" in page]
    assert "The premise" in with_heading.partition("SUB")[2]


@pytest.mark.parametrize("lines", range(2, 40, 4))
def test_a_heading_stays_with_a_figure_that_is_most_of_a_page(lines: int) -> None:
    tall = Drawing(width=300, height=520, shapes=(Label(x=10, y=20, text="PICTURED"),))
    blocks = [
        Paragraph(runs=plain("x\n" * lines)),
        Heading(text="LONELY"),
        Figure(drawing=tall, alt="A tall figure.", title="Titled"),
    ]

    pages = pages_of(outline_of(*blocks))

    (with_heading,) = [page for page in pages if "LONELY" in page]
    assert "PICTURED" in with_heading.partition("Titled")[2]


def test_a_heading_that_keeps_no_company_would_end_a_page() -> None:
    def last_boxes(*, keeps: bool) -> list[bool]:
        found: list[bool] = []
        for lines in range(30, 52):
            fill, body = Paragraph(runs=plain("x\n" * lines)), Paragraph(runs=plain(SENTENCE * 12))
            outline, page = outline_of(fill, Heading(text="LONELY"), body), sheet("letter")
            boxes = Composer(outline, Element("Document"), Inker(FontBook()), page).boxes()
            boxes[1].keeps = keeps
            pages = paginate(boxes, page.measure, page.depth)
            found.extend(placed[-1].box is boxes[1] for placed in pages)
        return found

    assert not any(last_boxes(keeps=True))
    assert any(last_boxes(keeps=False))


@pytest.mark.parametrize("lines", range(30, 52))
def test_no_single_line_of_a_paragraph_stands_alone(lines: int) -> None:
    outline = outline_of(Paragraph(runs=plain("x\n" * lines)), Paragraph(runs=plain(SENTENCE * 10)))

    pages = pages_of(outline)

    parts = [len(re.findall(r"premise|conclusion|sentence|another", page)) for page in pages]
    assert all(part == 0 or part > 5 for part in parts)


def test_nothing_is_lost_where_cells_callouts_and_sides_split() -> None:
    long = plain("word " * 3000)
    blocks = (
        Table(
            columns=(Column(header="a"), Column(header="b")),
            rows=(Row(cells=(Cell(paragraphs=(long, long)), Cell())),),
        ),
        Callout(paragraphs=(long,)),
        TwoColumns(
            left=Side(title="L", paragraphs=(long,)), right=Side(title="R", paragraphs=(plain("word"),))
        ),
    )

    pages = pages_of(outline_of(*blocks))

    assert sum(page.count("word") for page in pages) == 3000 * 4 + 1


def test_rows_that_a_span_ties_split_only_when_they_must() -> None:
    tied = [Row(cells=(cell("S" * 3, rows=2), cell("upper " * 30))), Row(cells=(cell("lower " * 30),))]
    table = Table(columns=(Column(header="a"), Column(header="b")), rows=tuple(tied * 30))

    data, report = pdf_bytes(outline_of(table), identity=b"")
    pages = pages_of(outline_of(table))

    assert report.pages > 2
    assert failures(data, "ua1") == []
    assert [page.count("upper") for page in pages] == [page.count("lower") for page in pages]


def test_a_span_taller_than_a_page_splits_all_the_same() -> None:
    tall = Row(cells=(cell("tall " * 100, rows=3), cell("one " * 3000)))
    rows = (tall, Row(cells=(cell("two " * 3000),)), Row(cells=(cell("three"),)))
    table = Table(columns=(Column(header="a"), Column(header="b", width=4)), rows=rows)

    data, report = pdf_bytes(outline_of(table), identity=b"")
    words = " ".join(pages_of(outline_of(table)))

    assert report.pages > 4
    assert failures(data, "ua1") == []
    assert [len(re.findall(rf"\b{word}\b", words)) for word in ("tall", "one", "two", "three")] == [
        100,
        3000,
        3000,
        1,
    ]


def test_the_last_row_of_a_table_does_not_stand_alone() -> None:
    for count in range(20, 45):
        rows = tuple(row(f"row{number}") for number in range(count))
        pages = pages_of(outline_of(Table(columns=(Column(header="n"),), rows=rows)))

        assert all(len(re.findall(r"row\d", page)) != 1 for page in pages)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_no_word_leaves_the_page(paper: str) -> None:
    data, _ = pdf_bytes(everything(), identity=b"", paper=paper)

    outside = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            width, height = page.get_size()
            text = page.get_textpage()
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                if right - left > 0 and (left < 36 or right > width - 36 or bottom < 24 or top > height - 24):
                    outside.append((number, text.get_text_range(place, 1)))

    assert outside == []


def test_a_table_whose_cells_do_not_fill_it_is_refused() -> None:
    columns = (Column(header="a"), Column(header="b"))

    for rows in ((row("one"),), (row("one", "two", "three"),), (row(cell("one", rows=2), "two"),)):
        with pytest.raises(ValueError, match=r"row|span"):
            Table(columns=columns, rows=rows)


def test_spans_take_their_places_in_the_grid() -> None:
    columns = tuple(Column(header=letter) for letter in "abc")
    rows = (row(cell("tall", rows=2), "b", "c"), row(cell("wide", columns=2)), row("a", "b", "c"))

    grid = table_grid(Table(columns=columns, rows=rows))

    assert [[column for column, _ in cells] for cells in grid] == [[0, 1, 2], [1], [0, 1, 2]]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_register_with_neither_exhibits_nor_history_has_no_page_for_saying_so(paper: str) -> None:
    outline = founding.outline_of("register")
    apart = (*exhibit_register(founding.told()), *history(founding.told())) * 2

    pages = pages_of(outline, paper)
    longer = pages_of(replace(outline, blocks=(*outline.blocks[:-2], *apart)), paper)

    assert len(pages) == 1
    assert "The case holds no exhibits. No history is recorded" in " ".join(pages[0].split())
    assert len(longer) == 2
    assert "The case holds no exhibits. No history is recorded" not in " ".join(longer[0].split())


def test_figure_and_table_of_a_claim_stand_on_one_page() -> None:
    shown = next(
        block for block in founding.outline_of("report").blocks if isinstance(block, Figure) and block.keeps
    )
    table = Table(columns=(Column(header="Step"),), rows=(row("P1"),))

    def parted(figure: Figure, lines: int) -> bool:
        above = [Paragraph(runs=plain("line"), tone=Tone.SMALL)] * lines
        pages = pages_of(outline_of(*above, figure, table))
        return any(re.match(r"\s*Step", page) for page in pages)

    assert not any(parted(shown, lines) for lines in range(30, 46))
    assert any(parted(replace(shown, keeps=False), lines) for lines in range(30, 46))


def test_the_heading_of_a_group_of_rows_stays_with_its_first_row() -> None:
    def last_words(cells: tuple[Row, ...]) -> list[str]:
        columns = (Column(header="a"), Column(header="b"))
        pages = pages_of(outline_of(Table(columns=columns, rows=cells)))
        return [re.findall(r"group|member", page)[-1] for page in pages[:-1]]

    def rows(*, spans: bool) -> tuple[Row, ...]:
        head = row(cell("group", columns=2)) if spans else row("group", "")
        return tuple(each for _group in range(40) for each in (head, row("member", "x"), row("member", "x")))

    assert "group" not in last_words(rows(spans=True))
    assert "group" in last_words((*rows(spans=False)[1:], *rows(spans=False)))


def test_a_column_in_which_nothing_is_recorded_is_named_beneath_instead() -> None:
    case = founding.letter()
    cited = case.after(set_fields(case, case.by_number["S2"], cites=(("URL", "https://example.org"),)))

    without = founding.said(founding.outline_of("register"))
    told = TEMPLATES["register"](basis(cited, founding.DAY))

    assert "Nothing is recorded under: Cited as." in without
    assert "Nothing is recorded under" not in founding.said(told)


def test_what_a_claim_is_stays_on_the_page_of_how_it_stands() -> None:
    told = founding.outline_of("report").blocks
    first = next(at for at, block in enumerate(told) if isinstance(block, Heading) and block.level == 3)
    claim = [block for block in told[first : first + 4] if isinstance(block, Heading | Paragraph)]

    def alone(blocks: list[Heading | Paragraph], lines: int) -> bool:
        above = [Paragraph(runs=plain("line"), tone=Tone.SMALL)] * lines
        pages = pages_of(outline_of(*above, *blocks))
        return any(re.match(r"\s*Kind: ", page) for page in pages)

    loose = [replace(block, keeps=False) if isinstance(block, Paragraph) else block for block in claim]
    assert not any(alone(claim, lines) for lines in range(30, 46))
    assert any(alone(loose, lines) for lines in range(30, 46))
