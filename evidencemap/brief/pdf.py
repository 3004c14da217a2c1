"""Outline to tagged PDF: PDF/UA-1 always, PDF/A-3a with attachments where asked."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import Outline
from evidencemap.brief.press import style
from evidencemap.brief.press.compose import Composer, known_anchors
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.lines import line_of
from evidencemap.brief.press.pages import Placed, paginate
from evidencemap.brief.press.style import Sheet, sheet
from evidencemap.brief.tagged.canvas import TaggedCanvas
from evidencemap.brief.tagged.document import Attachment, Metadata, tagged_file
from evidencemap.brief.words import clean_line
from evidencemap.tongue import _

__all__ = ["Attachment", "ExportReport", "pdf_bytes", "pdf_of_case", "write_pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was made: pages, size in bytes, and the characters that no face has ("U+4E2D" with counts)."""

    pages: int
    size: int
    unknown_glyphs: tuple[tuple[str, int], ...] = ()


def write_pdf(
    outline: Outline,
    target: Path | BinaryIO,
    *,
    identity: bytes,
    paper: str = "letter",
    attachments: Sequence[Attachment] = (),
    pdfa: bool = False,
) -> ExportReport:
    """Write the outline as a tagged PDF and say what was made.

    `identity` (a digest of the case, say) gives the file its ID; the same outline, identity, paper and
    attachments give the same bytes. Raises ValueError for an unknown paper, OSError where the target
    cannot be written; a path that exists is replaced at once or not at all.
    """
    data, report = pdf_bytes(outline, identity=identity, paper=paper, attachments=attachments, pdfa=pdfa)
    if not isinstance(target, Path):
        target.write(data)
        return report
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return report


def pdf_bytes(
    outline: Outline,
    *,
    identity: bytes,
    paper: str = "letter",
    attachments: Iterable[Attachment] = (),
    pdfa: bool = False,
) -> tuple[bytes, ExportReport]:
    """Return the bytes of the tagged PDF and what was made; see `write_pdf`."""
    with _uncollected():
        return _made(outline, identity, paper, attachments, pdfa=pdfa)


def pdf_of_case(
    outline: Outline, listing: bytes, twin: bytes | None = None, *, paper: str = "letter"
) -> tuple[bytes, ExportReport]:
    """Return the tagged PDF of a brief on the case of a listing, which makes it the same each time.

    With the JSON twin of the listing it is PDF/A-3a, and both are attached.
    """
    attached: tuple[Attachment, ...] = ()
    if twin is not None:
        attached = (
            Attachment(name="case.yaml", data=listing, media_type="application/yaml"),
            Attachment(name="case.json", data=twin, media_type="application/json", relation="Alternative"),
        )
    identity = sha256(listing).digest()
    return pdf_bytes(outline, identity=identity, paper=paper, attachments=attached, pdfa=twin is not None)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage meanwhile: there is hardly any, and the search is slow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _made(
    outline: Outline, identity: bytes, paper: str, attachments: Iterable[Attachment], *, pdfa: bool
) -> tuple[bytes, ExportReport]:
    page = sheet(paper, close=outline.compact)
    book = FontBook()
    canvas = TaggedCanvas((page.width, page.height), language=outline.language)
    inker = Inker(book, voices=outline.voices, anchors=known_anchors(outline))
    composer = Composer(outline, canvas.root, inker, page)
    pages = paginate(composer.boxes(), page.measure, page.depth)
    composer.pages.update(_pages_of_anchors(pages))
    for number, placed in enumerate(pages, 1):
        _paint_page(canvas, outline, book, page, placed, number, len(pages))
        canvas.showPage()
    metadata = Metadata(
        title=clean_line(outline.title),
        language=outline.language,
        date=outline.date,
        author=clean_line(outline.author),
        subject=clean_line(outline.subject),
        keywords=clean_line(outline.keywords),
    )
    data = tagged_file(canvas, metadata, identity=identity, archival=pdfa, attachments=tuple(attachments))
    unknown = tuple((f"U+{ord(character):04X}", count) for character, count in sorted(book.unknown.items()))
    return data, ExportReport(pages=len(pages), size=len(data), unknown_glyphs=unknown)


def _pages_of_anchors(pages: Sequence[Sequence[Placed]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, placed in enumerate(pages, 1):
        for one in placed:
            for anchor in getattr(one.box, "anchors", ()):
                found.setdefault(anchor, number)
    return found


def _paint_page(
    canvas: TaggedCanvas,
    outline: Outline,
    book: FontBook,
    page: Sheet,
    placed: Sequence[Placed],
    number: int,
    count: int,
) -> None:
    if outline.draft:
        _paint_watermark(canvas, book, page)
    handling = clean_line(outline.handling)
    if handling:
        with canvas.artifact("Pagination", "Header"):
            _spaced_centre(canvas, book, page, handling.upper())
    for one in placed:
        one.box.paint(canvas, page.side, page.height - page.top - one.down)
    with canvas.artifact("Pagination", "Footer"):
        _paint_footer(canvas, outline, book, page, number, count)


def _paint_watermark(canvas: TaggedCanvas, book: FontBook, page: Sheet) -> None:
    face = book.styled(bold=True)
    angle = math.atan2(page.height, page.width)
    size = 150.0
    turn = (math.cos(angle), math.sin(angle))
    width = face.width(_("DRAFT")) * size / 1000
    x = page.width / 2 - turn[0] * width / 2 + turn[1] * size * 0.36
    y = page.height / 2 - turn[1] * width / 2 - turn[0] * size * 0.36
    with canvas.artifact("Pagination", "Watermark"):
        canvas.show_turned(x, y, _("DRAFT"), face, size, style.WATERMARK, turn)


def _spaced_centre(canvas: TaggedCanvas, book: FontBook, page: Sheet, text: str) -> None:
    face, size, spacing = book.styled(strong=True), 8.4, style.HANDLING_SPACING
    parts = line_of(text, face, book)
    width = sum(advance for *_, advance in parts) * size / 1000 + spacing * len(text)
    x = max(page.side, (page.width - width) / 2)
    for one, part, advance in parts:
        gap = spacing if isinstance(part, str) else 0.0
        canvas.show(x, page.height - page.top + 15, part, one, size, style.MUTED, spacing=gap)
        x += advance * size / 1000 + gap * len(part if isinstance(part, str) else "")


def _paint_footer(
    canvas: TaggedCanvas, outline: Outline, book: FontBook, page: Sheet, number: int, count: int
) -> None:
    size, ink = style.FOOTER.size, style.FOOTER.ink
    line, base = page.bottom - 8, page.bottom - 19.5
    canvas.rule(page.side, page.width - page.side, line, 0.6, style.HAIRLINE)
    pages = _("Page {number} of {count}").format(number=number, count=count)
    wide = book.main.width(pages) * size / 1000
    canvas.show(page.width - page.side - wide, base, pages, book.main, size, ink)
    room = page.measure - wide - 16
    brief_date = _("Brief of {date}").format(date=outline.date)
    left = " · ".join(each for each in (brief_date, clean_line(outline.footer)) if each)
    middle = clean_line(outline.handling).upper()
    used = _show_within(canvas, book, page.side, base, left, room if not middle else room * 0.62)
    width = _width(book, middle, size)
    x = max(page.side + used + 16, (page.width - width) / 2)
    _show_within(canvas, book, x, base, middle, page.width - page.side - wide - 16 - x)


def _width(book: FontBook, text: str, size: float) -> float:
    return sum(advance for *_, advance in line_of(text, book.main, book)) * size / 1000


def _show_within(canvas: TaggedCanvas, book: FontBook, x: float, y: float, text: str, room: float) -> float:
    """Show a line of the footer, cut with an ellipsis where it is too long; return its width."""
    size, ink = style.FOOTER.size, style.FOOTER.ink
    if _width(book, text, size) > room:
        while text and _width(book, f"{text}…", size) > room:
            text = text[: -max(1, len(text) // 20)]
        text = f"{text.rstrip()}…" if text else ""
    used = 0.0
    for face, part, advance in line_of(text, book.main, book):
        canvas.show(x + used, y, part, face, size, ink)
        used += advance * size / 1000
    return used
