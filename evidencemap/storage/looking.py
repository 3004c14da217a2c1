"""What a person may see of an exhibit: a picture made by a process with little to lose, or its plain text.

What an exhibit is, its first bytes say, never its name. It is decoded as that one kind or not at all.
"""

import hashlib
import json
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from threading import Timer
from typing import IO

from evidencemap.errors import EvidenceMapError
from evidencemap.model.entities import Exhibit
from evidencemap.storage.aside import Aside
from evidencemap.storage.decoder import (
    HEAD,
    MARK,
    MOST_POINTS,
    MOST_SHOWN,
    MOST_STRUCK,
    MOST_TEXT,
    Outcome,
)
from evidencemap.storage.receiving import Progress
from evidencemap.tongue import _

DECODER = ("-I", "-m", "evidencemap.storage.decoder")
"""What Python is told to run as the decoder."""

LARGEST = 256 << 20
"""Bytes that an exhibit may have of which a picture is made: all of them go to the decoder."""

PATIENCE = 40
"""Seconds by the clock after which the decoder is ended, on a busy machine too."""

MOST_LETTERS = 200_000
"""Bytes of a plain text that are shown."""

_JUDGED = 1 << 16
"""Bytes from the beginning by which an exhibit is judged to be a text."""

_SENT = 0.5
"""How far a look is when the decoder has all bytes."""

_KEPT_FORMATS = frozenset(("\u200c", "\u200d", "\u00ad"))
"""Unseen signs that belong to writing: the joiners, and the hyphen that is only seen where a line ends."""


class Kind(Enum):
    """What is shown of exhibits, by the names that people know."""

    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    WEBP = "WebP"
    TIFF = "TIFF"
    PDF = "PDF"
    TEXT = "text"


_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"%PDF-", Kind.PDF),
)

_PAGED = frozenset((Kind.PDF, Kind.TIFF))
"""What is read page by page: it fills the width that there is, however high it then is."""


class NotShown(EvidenceMapError):
    """Why there is nothing to see of an exhibit, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which page (from 1), and how many points wide and high its picture may be at the most.

    Page 0 is the one that has the `quote`, else the first. Where a page has the quote it is marked, and
    where it has one of the passages `struck`, that is struck through.
    """

    page: int = 1
    wide: int = 1_200
    high: int = 1_600
    quote: str = ""
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of an exhibit: pixels in RGB, line by line without gaps; which page of how many it is.

    `marked` says in how many places the quote is marked, and `top` how many points stand above the first of
    them; `text` is the text of the page, as far as a PDF gives it.
    """

    kind: Kind
    page: int
    pages: int
    width: int
    height: int
    pixels: bytes
    marked: int = 0
    top: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """The beginning of a text; `whole` says whether that is all. Signs that nobody sees are U+FFFD."""

    text: str
    whole: bool


Look = Picture | PlainText
"""What is to be seen of an exhibit."""


def kind_of(beginning: bytes) -> Kind | None:
    """Return what the first bytes of a file say that it is; None where nothing of it is shown.

    A text is what reads as UTF-8 or, with its mark, as UTF-16, or else as Windows-1252, without controls.
    """
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return Kind.WEBP
    return None if _letters(beginning[:_JUDGED]) is None else Kind.TEXT


def look(
    exhibit: Exhibit,
    blocks: Iterable[bytes],
    wish: Wish,
    progress: Progress | None = None,
    *,
    decoder: tuple[str, ...] = DECODER,
) -> Look:
    """Return what is to be seen of an exhibit whose bytes come in `blocks`; none of it runs or is opened.

    `progress` hears the part done, from 0 to 1, ten times a second at least; what it raises stops this.
    Raises NotShown with a sentence where there is nothing to see, or where the bytes are not those that
    came in.
    """
    tell = progress or (lambda part: None)
    if exhibit.size > LARGEST:
        raise _not_shown(
            exhibit,
            _("it is larger than a preview takes ({most} MB)").format(most=LARGEST >> 20),
        )
    checked = _Checked(exhibit, blocks)
    beginning = checked.beginning()
    if not beginning:
        raise _not_shown(exhibit, _("it is empty"))
    kind = kind_of(beginning)
    if kind is None:
        raise _not_shown(
            exhibit,
            _("it begins like none of PNG, JPEG, GIF, WebP, TIFF and PDF, and is no plain text"),
        )
    if kind is Kind.TEXT:
        return _text(checked, tell)
    return _picture(exhibit, kind, checked, wish, tell, decoder)


class _Checked:
    """The bytes of an exhibit, handed on once while their SHA-256 is computed; `share` is how far that is."""

    def __init__(self, exhibit: Exhibit, blocks: Iterable[bytes]) -> None:
        self._exhibit, self._blocks = exhibit, iter(blocks)
        self.share = 0.0
        self._first: list[bytes] = []

    def beginning(self) -> bytes:
        """Return the first bytes, enough to judge by; they are handed on all the same."""
        held = 0
        while held < _JUDGED and (block := next(self._blocks, None)) is not None:
            self._first.append(block)
            held += len(block)
        return b"".join(self._first)

    def __iter__(self) -> Iterator[bytes]:
        hashed, held = hashlib.sha256(), 0
        for source in (iter(self._first), self._blocks):
            for block in source:
                hashed.update(block)
                held += len(block)
                if held > self._exhibit.size:
                    break
                yield block
                self.share = _SENT * held / max(self._exhibit.size, 1)
        if hashed.hexdigest() != self._exhibit.sha256:
            raise _not_shown(self._exhibit, _("its bytes are not those that were added"))


def _text(checked: _Checked, tell: Progress) -> PlainText:
    kept, held, whole = bytearray(), 0, True
    for block in checked:
        held += len(block)
        kept += block[: MOST_LETTERS - len(kept)]
        tell(checked.share)
    whole = held <= MOST_LETTERS
    text = _letters(bytes(kept)) or _legible(bytes(kept).decode("utf-8", "replace"))
    return PlainText(text=text, whole=whole)


def _letters(data: bytes) -> str | None:
    """Return bytes as a text that a person may see; None where they are none."""
    for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, code)
    return _decoded(data, "utf-8") or _decoded(data, "cp1252")


def _decoded(data: bytes, code: str) -> str | None:
    # Where more follows, the last character may be cut: all but the last bytes must read.
    for cut in range(4 if len(data) >= _JUDGED else 1):
        with suppress(UnicodeError):
            text = data[: len(data) - cut].decode(code)
            if any(each < " " and each not in "\t\n\r\f" for each in text):
                return None
            return _legible(text)
    return None


def _legible(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return "".join(
        "\ufffd"
        if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn")
        and each not in "\t\n"
        and each not in _KEPT_FORMATS
        else each
        for each in lines
    )


def _picture(
    exhibit: Exhibit, kind: Kind, checked: _Checked, wish: Wish, tell: Progress, decoder: tuple[str, ...]
) -> Picture:
    asked = {
        "kind": kind.value,
        "page": max(0, wish.page),
        "wide": max(1, wish.wide),
        "high": MOST_SHOWN if kind in _PAGED else max(1, wish.high),
        "quote": wish.quote[:2_000],
        "struck": [each[:2_000] for each in wish.struck[:MOST_STRUCK]],
        "size": exhibit.size,
    }
    with _process(decoder) as (process, hears, says):
        clock = Timer(PATIENCE, process.kill)
        clock.start()
        sent = Aside(lambda: _send(hears, json.dumps(asked).encode("ascii") + b"\n", checked))
        try:
            # A decoder that reads no further holds up who writes to it: so that is done aside.
            while not sent.wait(0.1):
                tell(checked.share)
            sent.result()
            answer = Aside(lambda: _heard(says))
            while not answer.wait(0.1):
                tell(_SENT)
            heard = answer.result()
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
        finally:
            clock.cancel()
            if not sent.wait(0):
                process.kill()
                sent.wait()
        if heard is None:
            raise _not_shown(exhibit, _why_none(process.poll()))
    outcome, picture = heard
    if picture is None:
        raise _not_shown(exhibit, _why_not(outcome, kind))
    tell(1.0)
    width, height, page, pages, marked, top, pixels, text = picture
    return Picture(
        kind=kind,
        page=page,
        pages=pages,
        width=width,
        height=height,
        pixels=pixels,
        marked=marked,
        top=top,
        text=_legible(text.decode("utf-8", "replace")),
    )


def _send(hears: IO[bytes], asked: bytes, checked: Iterable[bytes]) -> None:
    """Tell the decoder what is asked, and all bytes; one that is gone hears no more of it."""
    with suppress(BrokenPipeError):
        hears.write(asked)
        for block in checked:
            hears.write(block)
        hears.close()


_Heard = tuple[Outcome, tuple[int, int, int, int, int, int, bytes, bytes] | None]


def _heard(says: IO[bytes]) -> _Heard | None:
    """Read what the decoder says; None where it says nothing, or anything but one whole answer."""
    head = says.read(HEAD.size)
    if len(head) != HEAD.size:
        return None
    mark, outcome, width, height, page, pages, marked, top, letters = HEAD.unpack(head)
    if mark != MARK or outcome not in list(Outcome):
        return None
    if outcome != Outcome.PICTURE:
        return Outcome(outcome), None
    if not (
        0 < width * height <= MOST_SHOWN and 0 < page <= pages and top <= height and letters <= MOST_TEXT
    ):
        return None
    pixels, text = says.read(width * height * 3), says.read(letters)
    if len(pixels) != width * height * 3 or len(text) != letters or says.read(1):
        return None
    return Outcome.PICTURE, (width, height, page, pages, marked, top, pixels, text)


@contextmanager
def _process(decoder: tuple[str, ...]) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes], IO[bytes]]]:
    """Give a decoder that has just begun, and what it hears and says. It is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, *decoder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        assert process.stdin is not None and process.stdout is not None
        try:
            yield process, process.stdin, process.stdout
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            with suppress(BrokenPipeError):
                process.stdin.close()


def _why_none(code: int | None) -> str:
    """Return why the decoder gave no answer, as the end of a sentence."""
    if code in (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0)):
        return _("it takes longer than a preview may")
    return _("the process that read it broke down, and nothing else did")


def _why_not(outcome: Outcome, kind: Kind) -> str:
    """Return why the decoder made no picture, as the end of a sentence."""
    if outcome is Outcome.TOO_LARGE:
        return _("it has more points than a preview takes ({most} million)").format(
            most=MOST_POINTS // 1_000_000
        )
    if outcome is Outcome.MEMORY:
        return _("it takes more memory than a preview may")
    if outcome is Outcome.LOCKED:
        return _("the PDF is locked with a passphrase of its own")
    if outcome is Outcome.NO_FILTER:
        return _("this system did not grant the filter behind which previews are made")
    return _("it begins as {kind} and cannot be read as that").format(kind=kind.value)


def _not_shown(exhibit: Exhibit, why: str) -> NotShown:
    return NotShown(_("{number} has no preview: {why}.").format(number=exhibit.number, why=why))
