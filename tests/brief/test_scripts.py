"""Every script is shown as it is written, or named by its number where no face has it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.brief.bidi import levels, reordered, turned
from evidencemap.brief.fonts import FontBook, system_cjk_face
from evidencemap.brief.outline import Outline, Paragraph, plain
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.tagged.faces import Face
from evidencemap.resources import resource
from tests.brief.oracles import failures

ROOT = Path(__file__).resolve().parents[2]
HEBREW, ARABIC, DEVANAGARI, THAI = "הטענה (3) אינה", "الادعاء غير مدعوم", "प्रमाण नहीं क्षत्रिय", "ไม่มีหลักฐาน"
TRACED = """
from evidencemap.brief.outline import Heading, Outline, Paragraph, Run, plain
from evidencemap.brief.html import web_page
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.text import plain_text
canary = '<img src="/canary/one.png"/> file:///canary/two.css <font name="/canary/three.ttf">x</font>'
runs = (Run(text=canary, link="file:///canary/four"), Run(text="x", link="https://canary.example/"))
blocks = (Heading(text=canary), Paragraph(runs=runs))
outline = Outline(title=canary, date="2026-01-31", footer=canary, handling=canary, blocks=blocks)
pdf_bytes(outline, identity=b""), web_page(outline), plain_text(outline)
"""


class Levelled:
    """A piece of a line that has a level and a name."""

    def __init__(self, name: str, level: int) -> None:
        self.name = name
        self.level = level


def printed(text: str) -> bytes:
    outline = Outline(title="Scripts", date="2026-01-31", blocks=(Paragraph(runs=plain(text)),))
    data, report = pdf_bytes(outline, identity=b"")
    assert report.unknown_glyphs == ()
    return data


@pytest.mark.parametrize(
    "text", [HEBREW, ARABIC, DEVANAGARI, THAI], ids=["Hebrew", "Arabic", "Devanagari", "Thai"]
)
def test_a_shaped_script_is_read_aloud_as_it_was_written(text: str) -> None:
    data = printed(text)

    read = b"".join(re.findall(rb"/ActualText \((.*?)(?<!\\)\)", data, re.DOTALL))

    assert failures(data, "ua1") == []
    assert unescaped(read).count(text.encode("utf-16-be")) == 1


def unescaped(written: bytes) -> bytes:
    octal = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), written)
    return re.sub(rb"\\([()\\])", rb"\1", octal).replace(b"\xfe\xff", b"")


def test_hebrew_stands_at_the_right_and_its_first_letter_is_the_rightmost() -> None:
    data = printed("אב")

    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        places = {text.get_text_range(n, 1): text.get_charbox(n)[0] for n in range(text.count_chars())}

    assert places["א"] > places["ב"] > 500


def test_arabic_letters_join() -> None:
    face = FontBook()
    (stretch,) = face.stretches("بيت", face.main)

    glyphs = stretch.set(right_to_left=True)

    assert not isinstance(glyphs, str)
    assert glyphs.text == "بيت"
    assert [glyph.character for glyph in glyphs.glyphs] != list(turned("بيت"))
    assert glyphs.width < sum(stretch.face.width(letter) for letter in "بيت")


def test_numbers_and_latin_inside_hebrew_run_to_the_right() -> None:
    found = levels("אב 12 cd")

    assert found.base == 1
    assert list(found.of) == [1, 1, 1, 2, 2, 1, 2, 2]


def test_a_line_is_turned_level_by_level() -> None:
    line = [Levelled("a", 0), Levelled("B", 1), Levelled("12", 2), Levelled("C", 1), Levelled("d", 0)]

    seen = reordered(line, 0)

    assert [piece.name for piece in seen] == ["a", "C", "12", "B", "d"]


def test_text_without_letters_that_run_to_the_left_has_no_levels() -> None:
    assert levels("plain (1) ελληνικά").of == ()
    assert turned("(אב") == "בא)"


def test_a_sign_that_the_faces_lack_is_shown_by_its_likeness_and_read_as_itself() -> None:
    data = printed("no evidence ✕")

    assert "✕".encode("utf-16-be") in unescaped(data)
    assert failures(data, "ua1") == []


def test_the_systems_east_asian_face_is_taken_where_it_has_truetype_outlines(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "msyh.ttc").write_bytes(b"OTTO, outlines that cannot be embedded")
    shutil.copyfile(resource("fonts", "Inter-Regular.ttf"), tmp_path / "unifont.ttf")
    shutil.copyfile(resource("fonts", "Inter-Regular.ttf"), tmp_path / "unknown.ttf")

    found = system_cjk_face([tmp_path])

    assert found == tmp_path / "unifont.ttf"
    assert system_cjk_face([tmp_path / "a"]) is None


def test_a_book_without_the_systems_faces_names_what_it_lacks() -> None:
    book = FontBook(system=False)

    shown = "".join(stretch.text for stretch in book.stretches("中a中", book.main))

    assert shown == "[U+4E2D]a[U+4E2D]"
    assert book.unknown == {"中": 2}


def test_a_shaped_glyph_never_reaches_a_face_that_documents_share() -> None:
    path = resource("fonts", "NotoSansDevanagari-Regular.ttf")
    one, two = Face("One", path), Face("Two", path)

    one.shape("क्षत्रिय", right_to_left=False)

    assert [glyph.character for glyph in two.shape("प्रमाण", right_to_left=False).glyphs] == [
        glyph.character for glyph in Face("Three", path).shape("प्रमाण", right_to_left=False).glyphs
    ]


def test_nothing_that_a_case_names_is_opened_or_asked_for(
    oracle: Callable[[str], str], tmp_path: Path
) -> None:
    strace, log = oracle("strace"), tmp_path / "trace"

    def traced(program: str) -> str:
        command = [
            strace,
            "-f",
            "-s",
            "400",
            "-e",
            "trace=file,network",
            "-o",
            str(log),
            sys.executable,
            "-c",
        ]
        subprocess.run([*command, program], cwd=ROOT, check=True, capture_output=True)
        return log.read_text(encoding="utf-8", errors="replace")

    calls = traced(TRACED)
    planted = traced(f"{TRACED}\nimport os; os.path.exists('/canary/five')")

    assert "Inter-Regular.ttf" in calls
    assert "canary" not in calls.replace(TRACED, "").partition("Inter-Regular")[2]
    assert "connect(" not in calls
    assert "/canary/five" in planted.partition("Inter-Regular")[2]


def test_a_sign_that_is_not_assigned_yet_stands_beside_right_to_left_text() -> None:
    signs = ["\u0378", "\U000e1234", "\ufdd0", "\u2066", "\u202e", "\x85", "\u200d", "\u0661", "7", "%"]

    found = [levels(f"שלום {sign} שלום") for sign in signs]

    assert {each.base for each in found} == {1}
    assert all(len(each.of) == 11 for each in found)
