"""A person sees a picture of what an exhibit shows; an evil one gives one sentence, and does nothing."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from evidencemap.model.entities import Exhibit
from evidencemap.model.records import new_id
from evidencemap.storage.looking import DECODER, Kind, Look, NotShown, Picture, PlainText, Wish, kind_of, look
from tests.storage.evil_exhibits import RED, archive, gif, pages_of, picture

BLOCK = 1 << 18
USUAL = Wish()
QUOTE = "the pump ran dry at night"


def exhibit_of(data: bytes) -> Exhibit:
    """Return an exhibit with these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return Exhibit(id=new_id(), number="X1", name="thing.png", sha256=digest, size=len(data))


def seen(data: bytes, wish: Wish = USUAL, decoder: tuple[str, ...] = DECODER) -> Look:
    """Look at bytes as at an exhibit."""
    blocks = [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]
    return look(exhibit_of(data), blocks, wish, decoder=decoder)


def drawn(data: bytes, wish: Wish = USUAL) -> Picture:
    """Look at bytes that give a picture."""
    made = seen(data, wish)
    assert isinstance(made, Picture)
    return made


def as_image(made: Picture) -> Image.Image:
    return Image.frombytes("RGB", (made.width, made.height), made.pixels)


def why(data: bytes, decoder: tuple[str, ...] = DECODER) -> str:
    """Return the sentence that says why nothing is shown of some bytes; empty where something is."""
    try:
        seen(data, decoder=decoder)
    except NotShown as refusal:
        return str(refusal)
    return ""


def pdf_of(pages: list[list[str]], *, filled: str = "") -> bytes:
    """Return a PDF with these lines on its pages."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(400, 500))
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(40, 450 - 20 * at, line)
        if filled:
            canvas.acroForm.textfield(name="a", value=filled, x=40, y=100, width=300, height=60)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_each_kind_of_picture_is_shown_in_its_colours(form: str) -> None:
    made = drawn(picture(form))

    color = as_image(made).getpixel((30, 20))
    assert (made.width, made.height, made.page, made.pages) == (64, 48, 1, 1)
    assert made.kind.value.upper() == form
    assert isinstance(color, tuple)
    assert all(abs(one - other) < 8 for one, other in zip(color, RED, strict=True))


def test_a_large_picture_is_made_as_small_as_is_wished_and_a_small_one_stays() -> None:
    large, small = drawn(picture("JPEG", (4_000, 1_000)), Wish(wide=500, high=500)), drawn(picture("PNG"))

    assert (large.width, large.height) == (500, 125)
    assert (small.width, small.height) == (64, 48)


def test_what_lies_under_nothing_is_shown_on_white_and_deep_greys_are_spread_out() -> None:
    clear, deep = io.BytesIO(), io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(clear, "PNG")
    levels = Image.new("I;16", (2, 1))
    levels.putpixel((1, 0), 900)
    levels.save(deep, "PNG")

    assert as_image(drawn(clear.getvalue())).getpixel((1, 1)) == (255, 255, 255)
    shades = as_image(drawn(deep.getvalue()))
    assert [shades.getpixel((at, 0)) for at in (0, 1)] == [(0, 0, 0), (255, 255, 255)]


def test_a_photograph_stands_upright_as_the_camera_held_it() -> None:
    made, turned = io.BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (60, 20)).save(made, "JPEG", exif=turned)

    upright = drawn(made.getvalue())

    assert (upright.width, upright.height) == (20, 60)


@pytest.mark.parametrize("form", ["TIFF", "GIF"])
def test_pictures_in_one_file_are_turned_like_pages_and_the_last_is_the_end(form: str) -> None:
    data = pages_of(form, 5)

    third, last = drawn(data, Wish(page=3)), drawn(data, Wish(page=99))

    assert (third.page, third.pages, last.page) == (3, 5, 5)
    assert as_image(third).getpixel((9, 9)) == (40, 40, 40)


def test_a_page_of_a_pdf_is_shown_with_its_text_and_with_what_was_filled_in() -> None:
    plain, filled = pdf_of([["one"], ["two"]]), pdf_of([["one"], ["two"]], filled="HAND")

    shown = drawn(plain, Wish(page=2, wide=400))
    with_hand = drawn(filled, Wish(page=2, wide=400))

    assert (shown.page, shown.pages, shown.width, shown.height) == (2, 2, 400, 500)
    assert shown.text.strip() == "two"
    assert with_hand.pixels != shown.pixels


def test_a_quote_is_found_on_its_page_and_marked_however_its_lines_break() -> None:
    pages = [["nothing"], ["It says that the pump", "ran dry at night."]]
    data = pdf_of(pages)

    found = drawn(data, Wish(page=0, wide=400, quote=QUOTE))
    elsewhere = drawn(data, Wish(page=1, wide=400, quote=QUOTE))

    assert (found.page, found.marked) == (2, 2)
    assert 30 < found.top < 60
    assert (elsewhere.page, elsewhere.marked) == (1, 0)
    yellow = [count for count, color in as_image(found).getcolors(1 << 20) or () if color == (255, 232, 120)]
    assert yellow and yellow[0] > 500
    assert all(color != (255, 232, 120) for _n, color in as_image(elsewhere).getcolors(1 << 20) or ())


def test_what_is_struck_out_is_struck_through_where_it_stands_and_nothing_else() -> None:
    data = pdf_of([["It says that the pump", "ran dry at night.", "Subscribe to", "our letter."]])
    plain, wish = as_image(drawn(data, Wish(wide=400))), Wish(wide=400, struck=("subscribe to our letter.",))

    struck = as_image(drawn(data, wish))

    box = ImageChops.difference(plain, struck).getbbox()
    quoted = as_image(drawn(data, Wish(wide=400, quote="Subscribe to our letter.")))
    marked = ImageChops.difference(plain, quoted).getbbox()
    assert box is not None and marked is not None
    assert marked[0] <= box[0] and marked[1] < box[1] and box[2] <= marked[2] and box[3] < marked[3]
    assert as_image(drawn(data, Wish(wide=400, struck=("nowhere here",)))).tobytes() == plain.tobytes()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("PNG") + b"<html><script>alert(1)</script>", Kind.PNG),
        (picture("GIF") + archive(), Kind.GIF),
        (picture("JPEG") + archive(), Kind.JPEG),
        (pdf_of([["one"]]) + archive(), Kind.PDF),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Kind.TEXT),
        (b"<!doctype html><script>alert(1)</script>", Kind.TEXT),
        (b"[Desktop Entry]\nExec=/bin/sh\n", Kind.TEXT),
        (b"%!PS\n(/etc/passwd) (r) file\n", Kind.TEXT),
        (archive() + picture("PNG"), None),
        (archive() + pdf_of([["one"]]), None),
        (b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60), None),
        (b"BM" + bytes(100), None),
        (b"\0\0\x01\0" + bytes(100), None),
        (b"MZ" + bytes(100), None),
    ],
)
def test_the_first_bytes_alone_say_what_an_exhibit_is(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + picture("GIF"),
        b"\xff\xd8\xff" + picture("PNG"),
        b"GIF89a" + picture("PNG"),
        b"II*\0" + picture("JPEG"),
        b"RIFF\0\0\0\0WEBP" + picture("PNG"),
        b"%PDF-1.7\n" + picture("PNG"),
    ],
)
def test_what_begins_as_one_kind_is_never_shown_as_another(data: bytes) -> None:
    assert "and cannot be read as that." in why(data)
    assert why(picture("PNG")) == ""


def test_what_is_none_of_the_kinds_is_handed_to_no_decoder(tmp_path: Path) -> None:
    marker = tmp_path / "started"
    decoder = ("-c", f"open({str(marker)!r}, 'x')")

    sentence = why(b"\x01\0\0\0" + bytes(100), decoder=decoder)
    handed_on = marker.exists()
    why(picture("PNG"), decoder=decoder)

    assert sentence == (
        "X1 has no preview: it begins like none of PNG, JPEG, GIF, WebP, TIFF and PDF, and is no plain text."
    )
    assert not handed_on
    assert marker.exists()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Grüße\r\naus".encode(), "Grüße\naus"),
        ("Grüße".encode("cp1252"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
        (b"\xef\xbb\xbfplain", "plain"),
        ("fdp\u202eexe".encode(), "fdp\ufffdexe"),
        (b"a\tb", "a\tb"),
    ],
)
def test_a_plain_text_is_shown_letter_by_letter_and_unseen_signs_are_seen(data: bytes, text: str) -> None:
    assert seen(data) == PlainText(text=text, whole=True)


def test_of_a_long_text_the_beginning_is_shown() -> None:
    made = seen("ä".encode() * 400_001)

    assert isinstance(made, PlainText)
    assert not made.whole
    assert set(made.text) == {"ä"} and 90_000 < len(made.text) <= 100_000


def test_nothing_is_shown_of_bytes_that_are_not_those_that_were_added() -> None:
    data = picture("PNG")
    held = exhibit_of(data)

    for changed in (data[:-1], data[:-1] + b"x", data + b"x", picture("PNG", (65, 48))):
        with pytest.raises(NotShown, match=r"^X1 has no preview: its bytes are not those that were added\.$"):
            look(held, [changed], Wish())
    assert isinstance(look(held, [data], Wish()), Picture)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", picture("PNG")[:60], gif(8, 8, []), b"%PDF-"])
def test_of_what_is_empty_or_broken_off_a_sentence_says_why_there_is_nothing(data: bytes) -> None:
    assert why(data).startswith("X1 has no preview: it ")


class EnoughError(Exception):
    """The person has seen enough."""


@pytest.mark.parametrize(
    ("reads", "more"),
    [("sys.stdin.buffer.read(); ", 0), ("", 4 << 20)],
    ids=["while the picture is made", "while no more bytes are taken"],
)
def test_a_look_can_be_stopped_and_leaves_no_process(tmp_path: Path, reads: str, more: int) -> None:
    number, data = tmp_path / "number", picture("PNG") + bytes(more)
    tells = f"pathlib.Path({str(number)!r}).write_text(str(os.getpid()))"
    waits = f"import os, pathlib, sys, threading; {reads}{tells}; threading.Event().wait()"

    def tell(part: float) -> None:
        if number.exists() and number.read_text():
            raise EnoughError

    with pytest.raises(EnoughError):
        look(exhibit_of(data), [data], USUAL, tell, decoder=("-c", waits))

    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
