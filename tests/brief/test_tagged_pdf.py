"""A brief's PDF can be read by everyone: PDF/UA-1 always, PDF/A-3a with the case attached."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.brief.outline import (
    Box,
    Column,
    Drawing,
    Figure,
    Heading,
    Outline,
    Paragraph,
    Run,
    Table,
    plain,
    row,
)
from evidencemap.brief.pdf import Attachment, pdf_bytes, write_pdf
from evidencemap.brief.tagged.canvas import TaggedCanvas, UntaggedContentError
from evidencemap.brief.tagged.faces import shared_face
from evidencemap.resources import resource
from tests.brief.oracles import failures, found_wanting, vera_faults
from tests.brief.samples import everything, memo

CASE = Attachment(name="case/letter \u00e9.yaml", data=b"evidencemap: 1\n", media_type="text/yaml")
LISTING = Attachment(name="case.json", data=b"{}\n" * 400, media_type="application/json", relation="Data")


def made(outline: Outline, *, paper: str = "letter", pdfa: bool = False) -> bytes:
    attachments = (CASE, LISTING) if pdfa else ()
    data, _ = pdf_bytes(outline, identity=b"digest", paper=paper, pdfa=pdfa, attachments=attachments)
    return data


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("outline", [memo(), everything()], ids=["memo", "everything"])
def test_every_block_is_accessible_and_archivable(outline: Outline, paper: str) -> None:
    plain_file = made(outline, paper=paper)
    archive = made(outline, paper=paper, pdfa=True)

    assert failures(plain_file, "ua1") == []
    assert failures(archive, "ua1") == []
    assert failures(archive, "3a") == []


def test_verapdf_finds_no_fault_either(tmp_path: Path) -> None:
    files = {"memo": made(memo(), pdfa=True), "everything": made(everything(), pdfa=True)}

    found = vera_faults(files, tmp_path)

    assert found == []


@pytest.mark.parametrize(
    ("whole", "broken", "profile"),
    [
        (b"/StructTreeRoot", b"/StructTreeXxxx", "ua1"),
        (b"/Marked true", b"/Marked null", "ua1"),
        (b"/Alt (", b"/Alx (", "ua1"),
        (b"/Lang (", b"/Lanx (", "ua1"),
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "ua1"),
        (b"/Contents (Note", b"/Contentx (Note", "ua1"),
        (b"/ToUnicode", b"/ToUnixode", "3a"),
        (b"/OutputIntents", b"/OutputIntenxx", "3a"),
        (b"/AFRelationship", b"/AFRelationshix", "3a"),
    ],
)
def test_a_file_with_one_thing_taken_away_is_found_wanting(whole: bytes, broken: bytes, profile: str) -> None:
    good = made(memo(), pdfa=True)

    assert found_wanting(good, whole, broken, profile)


def test_text_that_belongs_to_no_element_stops_the_work() -> None:
    canvas = TaggedCanvas((612, 792), language="en")
    face = shared_face("Inter-Regular", resource("fonts", "Inter-Regular.ttf"))

    with pytest.raises(UntaggedContentError, match="page 1"):
        canvas.show(72, 72, "never said", face, 10, (0, 0, 0))


def test_what_reportlab_paints_by_itself_outside_every_element_stops_the_work_too() -> None:
    canvas = TaggedCanvas((612, 792), language="en")

    canvas.rect(10, 10, 20, 20)

    with pytest.raises(UntaggedContentError, match="no element and no artifact"):
        canvas.showPage()


def test_an_element_inside_another_is_refused() -> None:
    canvas = TaggedCanvas((612, 792), language="en")

    with (
        pytest.raises(UntaggedContentError, match="inside another"),
        canvas.mark(canvas.root),
        canvas.mark(canvas.root),
    ):
        canvas.rectangle(0, 0, 1, 1, (0, 0, 0))


def test_the_file_carries_the_case_that_it_was_made_of() -> None:
    data = made(memo(), pdfa=True)

    with pypdfium2.PdfDocument(data) as document:
        carried = {
            document.get_attachment(number).get_name(): bytes(document.get_attachment(number).get_data())
            for number in range(document.count_attachments())
        }

    assert carried == {CASE.name: CASE.data, LISTING.name: LISTING.data}


def test_the_headings_are_the_bookmarks_and_the_title_is_the_title() -> None:
    data = made(everything())

    with pypdfium2.PdfDocument(data) as document:
        entries = [(entry.level, entry.get_title()) for entry in document.get_toc()]
        title = document.get_metadata_value("Title")

    assert title == "Every block"
    assert entries == [
        (0, "Every block"),
        (1, "Text"),
        (2, "Lists and keys"),
        (1, "Scripts"),
        (1, "After the break"),
        (1, "Notes"),
    ]


def test_the_words_on_the_page_are_the_words_of_the_outline() -> None:
    data = made(memo())

    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    words = " ".join(text.split())

    assert "exchanges came from one flagged cluster of accounts.1 [reported] Who held" in words
    assert "policies it asks for. [inferred]" in words
    assert "Page 1 of 2" in words
    assert "COMMITTEE SENSITIVE — DRAFT" in words


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "brief.pdf"
    target.write_bytes(b"the last brief")

    with pytest.raises(ValueError, match="foolscap"):
        write_pdf(memo(), target, identity=b"", paper="foolscap")

    assert target.read_bytes() == b"the last brief"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


def test_the_report_names_what_no_face_has(tmp_path: Path) -> None:
    outline = Outline(
        title="Signs", date="2026-01-31", blocks=(Paragraph(runs=plain("a \U000e1234 b \U000e1234")),)
    )

    report = write_pdf(outline, tmp_path / "signs.pdf", identity=b"")

    assert report.unknown_glyphs == (("U+E1234", 2),)
    assert report.pages == 1
    assert report.size == (tmp_path / "signs.pdf").stat().st_size


def test_a_stream_takes_the_brief_as_well_as_a_path() -> None:
    stream = io.BytesIO()

    report = write_pdf(memo(), stream, identity=b"digest")

    assert stream.getvalue() == made(memo())
    assert report.pages == 2


def test_an_empty_brief_and_a_figure_larger_than_the_page_print() -> None:
    huge = Drawing(width=3000, height=9000, shapes=(Box(x=0, y=0, width=3000, height=9000),))
    blocks = (Heading(text="", level=1), Figure(drawing=huge, alt="A very large box.", caption="Large."))

    bare = made(Outline(title="Bare", date="2026-01-31", blocks=()))
    large = made(Outline(title="Large", date="2026-01-31", blocks=blocks))

    assert failures(bare, "ua1") == []
    assert failures(large, "ua1") == []


def test_a_link_to_nowhere_prints_as_plain_words() -> None:
    runs = (Run(text="nowhere", target="no-such-place"), Run(text=" script", link="javascript:alert(1)"))
    outline = Outline(title="Links", date="2026-01-31", blocks=(Paragraph(runs=runs),))

    data = made(outline)

    assert b"javascript" not in data
    assert b"/Annot" not in data.replace(b"/Annots", b"")


def test_header_cells_that_repeat_on_later_pages_are_said_once() -> None:
    rows = tuple(row(f"row {number}") for number in range(120))
    outline = Outline(
        title="Long", date="2026-01-31", blocks=(Table(columns=(Column(header="HEADER"),), rows=rows),)
    )

    data = made(outline)

    with pypdfium2.PdfDocument(data) as document:
        shown = sum("HEADER" in page.get_textpage().get_text_range() for page in document)
        pages = len(document)
    assert pages > 2
    assert shown == pages
    assert data.count(b"/Scope /Column") == 1
    assert failures(data, "ua1") == []


def test_a_draft_says_so_on_every_page_and_stays_readable() -> None:
    issued, draft = made(memo()), made(replace(memo(), draft=True))

    with pypdfium2.PdfDocument(draft) as document:
        marked = ["DRAFT" in page.get_textpage().get_text_range().split("COMMITTEE")[0] for page in document]

    assert all(marked)
    assert failures(draft, "ua1") == []
    assert len(draft) > len(issued)


def test_headings_that_skip_a_level_are_set_without_the_gap() -> None:
    blocks = (Heading(text="Deep", level=3), Heading(text="Top", level=1), Heading(text="Low", level=4))
    outline = Outline(title="Levels", date="2026-01-31", blocks=(*blocks, Paragraph(runs=plain("Text."))))

    data = made(outline)

    assert failures(data, "ua1") == []
    assert data.count(b"/S /H1") == 2
    assert data.count(b"/S /H2") == 1
    assert failures(data.replace(b"/S /H2", b"/S /H3"), "ua1") != []
