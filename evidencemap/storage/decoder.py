"""Makes a picture of one exhibit. Runs in a process of its own, with little to lose and nothing to reach.

`python -m evidencemap.storage.decoder` reads from standard input a line of JSON (see `looking`), then the
bytes of the exhibit, and answers with a head of fixed size (`HEAD`), the pixels in RGB, and the text of
the page. It decodes as the one kind that it was told and guesses none. It may use `SECONDS` of work and
`MEMORY`, writes no file and, where the system can, may ask the kernel for nothing more (`filter.confine`).
"""

import json
import math
import os
import re
import struct
import sys
import time
import warnings
from contextlib import suppress
from enum import IntEnum
from io import BytesIO
from typing import Any

from evidencemap.storage.filter import FilterAbsent, confine, is_known

SECONDS, MEMORY = 6, 1 << 30
"""What the process may use at the most: seconds of work, bytes of memory."""

MOST_POINTS = 100_000_000
"""Points that a picture may have before it is made smaller: A3 at 600 dots an inch has 70 million."""

MOST_SHOWN = 16_000_000
"""Points that the answer may have."""

MOST_TEXT = 60_000
"""Bytes of the text of a page that the answer may have."""

MOST_STRUCK = 50
"""Passages that are struck through on a page."""

HEAD = struct.Struct(">4sBIIIIIII")
"""The head of an answer.

`MARK`, outcome, width, height, page, pages, places of the quote, points above the first of them, bytes of
text.
"""

MARK = b"EMPV"

_LONGEST = 30_000
"""Points that one side of the answer may have: what shows pictures takes no more."""

_LARGEST_SCALE = 20.0
_SEARCHED_FOR = SECONDS / 3
"""Seconds of work for which a quote is looked for on page after page."""

_PAPER, _MARKER, _INK = (255, 255, 255), (255, 232, 120), (90, 90, 90)


class Outcome(IntEnum):
    """What came of an exhibit: a picture, or why there is none."""

    PICTURE = 0
    DAMAGED = 1
    TOO_LARGE = 2
    MEMORY = 3
    LOCKED = 4
    NO_FILTER = 5


class NoPicture(Exception):
    """There is no picture, and why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def limit_this_process(seconds: int = SECONDS) -> None:
    """Bound memory, time, open files and written files, where the system can."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        # The first limit ends the process with a signal of its own, by which it is known.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Answer one question, within limits."""
    line = sys.stdin.buffer.readline()
    if not line:
        return  # who started this process found already that there is nothing to look at
    asked = json.loads(line)
    _load_all_that_is_needed()
    limit_this_process()
    try:
        if is_known():
            confine()
        answer = _answer(asked, sys.stdin.buffer.read(int(asked["size"])))
    except FilterAbsent:
        answer = [_refusal(Outcome.NO_FILTER)]
    except NoPicture as refusal:
        answer = [_refusal(refusal.outcome)]
    except MemoryError:
        answer = [_refusal(Outcome.MEMORY)]
    except Exception:
        # What decoders raise on damaged bytes is of every kind.
        answer = [_refusal(Outcome.DAMAGED)]
    for part in answer:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to tidy up, and what a damaged document holds is not asked to


def _load_all_that_is_needed() -> None:
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw, ImageOps, TiffImagePlugin, WebPImagePlugin

    del pypdfium2, ImageChops, ImageDraw, ImageOps, TiffImagePlugin, WebPImagePlugin
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _answer(asked: dict[str, Any], data: bytes) -> list[bytes]:
    kind, page = str(asked["kind"]), int(asked["page"])
    wide, high = int(asked["wide"]), int(asked["high"])
    if kind == "PDF":
        struck = [str(each) for each in asked["struck"]]
        made, page, pages, tops, text = _page(data, page, wide, high, str(asked["quote"]), struck)
    else:
        made, page, pages = _image(kind, data, page, wide, high)
        tops, text = [], ""
    said = text.encode("utf-8", "replace")[:MOST_TEXT].decode("utf-8", "ignore").encode()
    head = HEAD.pack(
        MARK,
        Outcome.PICTURE,
        made.width,
        made.height,
        page,
        pages,
        len(tops),
        min(tops, default=0),
        len(said),
    )
    return [head, made.tobytes(), said]


def _refusal(outcome: Outcome) -> bytes:
    return HEAD.pack(MARK, outcome, 0, 0, 0, 0, 0, 0, 0)


def _image(kind: str, data: bytes, page: int, wide: int, high: int) -> tuple[Any, int, int]:
    """Return one picture of a file, no larger than asked, its place among them, and how many there are."""
    from PIL import Image, ImageOps

    try:
        image = Image.open(BytesIO(data), formats=[kind.upper()])
        pages = 1 if kind == "JPEG" else max(1, int(getattr(image, "n_frames", 1)))
        page = min(max(page, 1), pages)
        if page > 1:
            image.seek(page - 1)
        _refuse_too_large(image)
        image.draft("RGB", (wide, high))
        image.load()
        _refuse_too_large(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture(Outcome.TOO_LARGE) from None
    seen = _plain(image)
    scale = _scale(seen.width, seen.height, wide, high, 1.0)
    seen.thumbnail((max(1, seen.width * scale), max(1, seen.height * scale)), reducing_gap=2.0)
    seen = ImageOps.exif_transpose(seen)
    if seen.mode in ("LA", "RGBA"):
        seen = seen.convert("RGBA")
        paper = Image.new("RGB", seen.size, _PAPER)
        paper.paste(seen, mask=seen.getchannel("A"))
        seen = paper
    return seen.convert("RGB"), page, pages


def _scale(width: float, height: float, wide: float, high: float, most: float) -> float:
    """Return by how much what is so large is to be made larger, so that it fits into what may be answered."""
    least = math.sqrt(0.99 * MOST_SHOWN / (width * height))
    return min(wide / width, high / height, _LONGEST / width, _LONGEST / height, least, most)


def _refuse_too_large(image: Any) -> None:
    if image.width * image.height > MOST_POINTS:
        raise NoPicture(Outcome.TOO_LARGE)


def _plain(image: Any) -> Any:
    """Return a picture in a form that can be made smaller; greys too deep for a screen are spread out."""
    if image.mode.startswith(("I", "F")):
        deep = image.convert("F")
        least, most = deep.getextrema()
        scale = 255.0 / (most - least) if most > least else 0.0
        return deep.point(lambda value: value * scale - least * scale).convert("L")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"):
        return image.convert("RGBA") if "transparency" in image.info else image
    return image.convert("L" if image.mode == "1" else "RGBA")


def _page(
    data: bytes, page: int, wide: int, high: int, quote: str, struck: list[str]
) -> tuple[Any, int, int, list[int], str]:
    """Return a page, no larger than asked, its number, how many there are, where the quote is, and its text.

    For page 0 the first one is taken that has the quote. No script of a document is run: this PDFium
    has no engine for any.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = getattr(fault, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise NoPicture(Outcome.LOCKED if locked else Outcome.DAMAGED) from None
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()  # without it what was filled in is not drawn
        pypdfium2.raw.FPDF_SetFormFieldHighlightAlpha(document.formenv, 0)
    pages = len(document)
    if pages < 1:
        raise NoPicture(Outcome.DAMAGED)
    page = min(page, pages) if page > 0 else _page_with(document, quote)
    drawn = document[page - 1]
    width, height = drawn.get_size()
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise NoPicture(Outcome.DAMAGED)
    scale = _scale(width, height, wide, high, _LARGEST_SCALE)
    made = drawn.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    letters, text = _letters_of(drawn)
    tops = []
    for box in _boxes(drawn, letters, text, quote, made.width, made.height):
        tops += _mark(made, *box)
    for passage in struck:
        for box in _boxes(drawn, letters, text, passage, made.width, made.height):
            _strike(made, *box)
    return made, page, pages, tops, text


def _page_with(document: Any, quote: str) -> int:
    """Return the number of the first page that has a quote; 1 where none of those that are read has it."""
    for at in range(len(document)) if quote.strip() else ():
        if time.process_time() > _SEARCHED_FOR:
            break
        if place_of(quote, _letters_of(document[at])[1]) is not None:
            return at + 1
    return 1


def _letters_of(page: Any) -> tuple[Any, str]:
    letters = page.get_textpage()
    return letters, letters.get_text_range(0, min(letters.count_chars(), MOST_TEXT))


def place_of(quote: str, text: str) -> "re.Match[str] | None":
    """Return where a quote stands in a text, however either breaks its lines; None where it does not.

    A sign that could not be read (U+FFFD) stands for any one.
    """
    words = [re.escape(each).replace("\ufffd", ".") for each in quote.split()]
    return re.search(r"\s+".join(words), text, re.IGNORECASE) if words else None


def _boxes(
    page: Any, letters: Any, text: str, quote: str, wide: int, high: int
) -> list[tuple[int, int, int, int]]:
    """Return where a quote stands in the picture of a page: left, top, right, bottom of each of its lines."""
    from ctypes import byref, c_int

    from pypdfium2 import raw

    found = place_of(quote, text)
    if found is None:
        return []
    start, end = (
        raw.FPDFText_GetCharIndexFromTextIndex(letters, at) for at in (found.start(), found.end() - 1)
    )
    boxes = []
    for each in range(letters.count_rects(start, end - start + 1)):
        left, bottom, right, top = letters.get_rect(each)
        corners = []
        for across, up in ((left, top), (right, bottom)):
            x, y = c_int(), c_int()
            raw.FPDF_PageToDevice(page, 0, 0, wide, high, 0, across, up, byref(x), byref(y))
            corners.append((x.value, y.value))
        (x1, y1), (x2, y2) = corners
        boxes.append((min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1))
    return boxes


def _mark(picture: Any, left: int, top: int, right: int, bottom: int) -> list[int]:
    """Colour a part of a picture as a marker pen does; return its top, or nothing where it lies outside."""
    from PIL import Image, ImageChops

    box = (max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom))
    if box[0] >= box[2] or box[1] >= box[3]:
        return []
    part = picture.crop(box)
    picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _MARKER)), box)
    return [box[1]]


def _strike(picture: Any, left: int, top: int, right: int, bottom: int) -> None:
    """Draw a line through a part of a picture, as thick as a stroke of its letters."""
    from PIL import ImageDraw

    high = max(1, (bottom - top) // 10)
    ImageDraw.Draw(picture).line(((left, (top + bottom) // 2), (right - 1, (top + bottom) // 2)), _INK, high)


if __name__ == "__main__":
    main()
