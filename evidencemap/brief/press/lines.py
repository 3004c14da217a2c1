"""Breaks runs of styled text into lines of a width, each piece with its place, face and owner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidencemap.brief.bidi import levels, reordered
from evidencemap.brief.fonts import FontBook, Stretch, follows
from evidencemap.brief.tagged.canvas import Colour
from evidencemap.brief.tagged.faces import Face, Glyphs
from evidencemap.brief.tagged.structure import Element

_TOKENS = re.compile(r"\n|[ \u00a0]|[^ \u00a0\n]+")
# A line may break after these inside a word: hyphens, dashes and slashes between letters.
_SEAMS = re.compile(r"(?<=[^\W\d_][-\u2010\u2013\u2014/])(?=\w)")
_WIDE = (  # Compiled when first needed: so wide a class takes long.
    r"[\u2e80-\u303f\u3040-\u33ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]|[\U00020000-\U0003ffff]"
)

# Thai and Lao vowels that are written before their consonant, and the class of marks that join consonants.
_LEADING_VOWELS = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
_VIRAMA = 9


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """How a stretch of text is set, whose part of the structure it is and where it leads."""

    face: Face
    size: float
    colour: Colour
    owner: Element
    rise: float = 0.0
    target: str = ""
    words: str = ""
    link: Element | None = None
    struck: bool = False
    spacing: float = 0.0


@dataclass(slots=True)
class Piece:
    """Text of one ink in one face on one line; `x` and `width` in points from the line's beginning."""

    ink: Ink
    face: Face
    text: str | Glyphs
    width: float
    level: int
    x: float = 0.0
    stretch: Stretch | None = None


@dataclass(slots=True)
class Line:
    """The pieces of one line in reading order, each with its place, and the width they take."""

    pieces: list[Piece]
    width: float


@dataclass(slots=True)
class _Item:
    piece: Piece
    kind: str  # "word", "blank", "seam" or "end"


def break_lines(
    spans: Sequence[tuple[str, Ink]], width: float, book: FontBook, *, first: float = 0.0
) -> list[Line]:
    """Return the lines of the spans at the width; `first` is how much less the first line has.

    Words wider than a line are broken between letters. The last blank of a line broken at a blank
    stays in its text, so that words do not run together for a reader. An empty text has no lines.
    """
    text = "".join(text for text, _ in spans)
    depth = levels(text)
    lines: list[Line] = []
    current: list[Piece] = []
    used, room = 0.0, width - first
    word: list[Piece] = []
    word_width = 0.0

    def finish() -> None:
        nonlocal current, used, room
        lines.append(_line(current, depth.base))
        current, used, room = [], 0.0, width

    for item in _items(spans, depth.of, book):
        piece = item.piece
        if item.kind == "word":
            word.append(piece)
            word_width += piece.width
            continue
        if word:
            if used + word_width > room + 0.01 and current:
                finish()
            if word_width > room + 0.01:
                for part in _broken(word, room, width):
                    if part is None:
                        finish()
                    else:
                        current.append(part)
                        used += part.width
            else:
                current += word
                used += word_width
            word, word_width = [], 0.0
        if item.kind == "end":
            if current or piece.text == "\n":
                finish()
        elif item.kind == "blank" and (current or lines == []):
            current.append(piece)
            used += piece.width
    return lines


def line_of(text: str, face: Face, book: FontBook) -> list[tuple[Face, str | Glyphs, float]]:
    """Return one unbroken line from left to right: faces, what they show, advances in thousandths."""
    depth = levels(text)
    parts: list[Piece] = []
    ink = Ink(face, 1000.0, (0.0, 0.0, 0.0), Element("Span"))
    for level, run in _by_level(text, 0, depth.of):
        parts.extend(_piece(ink, stretch, level) for stretch in book.stretches(run, face))
    return [(piece.face, piece.text, piece.width) for piece in reordered(parts, depth.base)]


def _items(spans: Sequence[tuple[str, Ink]], depths: Sequence[int], book: FontBook) -> Iterator[_Item]:
    place, ink = 0, None
    for text, ink in spans:
        for token in _TOKENS.findall(text):
            level = depths[place] if depths else 0
            if token == "\n":
                yield _Item(Piece(ink, ink.face, "\n", 0.0, level), "end")
            elif token in " \xa0":
                kind = "blank" if token == " " else "word"
                blank = Piece(ink, ink.face, " ", ink.face.width(" ") * ink.size / 1000, level)
                yield _Item(blank, kind)
            else:
                yield from _words(token, place, ink, depths, book)
            place += len(token)
    if ink is not None:
        yield _Item(Piece(ink, ink.face, "", 0.0, 0), "end")


def _words(token: str, place: int, ink: Ink, depths: Sequence[int], book: FontBook) -> Iterator[_Item]:
    parts = _SEAMS.split(token) if len(token) > 5 and not token.isalnum() else [token]
    for number, part in enumerate(parts):
        if number:
            yield _Item(Piece(ink, ink.face, "", 0.0, 0), "seam")
        for level, run in _by_level(part, place, depths):
            for stretch in book.stretches(run, ink.face):
                if not stretch.shaped and not stretch.seen and _has_wide(stretch.text):
                    for character in stretch.text:
                        yield _Item(_piece(ink, Stretch(stretch.face, character), level), "word")
                        yield _Item(Piece(ink, stretch.face, "", 0.0, level), "seam")
                else:
                    yield _Item(_piece(ink, stretch, level), "word")
        place += len(part)


def _has_wide(text: str) -> bool:
    """Say whether a text has letters between which a line may break anywhere."""
    return not text.isascii() and re.search(_WIDE, text) is not None


def _by_level(text: str, place: int, depths: Sequence[int]) -> Iterator[tuple[int, str]]:
    if not depths:
        yield 0, text
        return
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or depths[place + index] != depths[place + start]:
            yield depths[place + start], text[start:index]
            start = index


def _piece(ink: Ink, stretch: Stretch, level: int) -> Piece:
    text = stretch.set(right_to_left=bool(level % 2))
    width = text.width if isinstance(text, Glyphs) else stretch.face.width(text)
    held = stretch if isinstance(text, Glyphs) else None
    return Piece(ink, stretch.face, text, width * ink.size / 1000, level, stretch=held)


def _broken(word: Sequence[Piece], room: float, width: float) -> Iterator[Piece | None]:
    """Yield the word in parts that fit, with None where a line ends."""
    left = room
    for piece in word:
        if isinstance(piece.text, Glyphs):
            if piece.width > left + 0.01 and left < width:
                yield None
                left = width
            parts = list(_shaped_parts(piece, width))
            for number, one in enumerate(parts):
                if number:
                    yield None
                    left = width
                yield one
                left -= one.width
            continue
        part, taken, scale = "", 0.0, piece.ink.size / 1000
        for character in piece.text:
            wide = piece.face.width(character) * scale
            if wide > left - taken + 0.01 and (part or left < width):
                if part:
                    yield Piece(piece.ink, piece.face, part, taken, piece.level)
                yield None
                part, taken, left = "", 0.0, width
            part += character
            taken += wide
        if part:
            yield Piece(piece.ink, piece.face, part, taken, piece.level)
            left -= taken


def _shaped_parts(piece: Piece, width: float) -> Iterator[Piece]:
    """Yield a shaped piece in parts no wider than a line, each shaped anew; never cuts a syllable.

    A part is tried a few times at about the length that fits, so that the work grows with the text.
    """
    stretch = piece.stretch
    if stretch is None or piece.width <= width + 0.01 or stretch.seen:
        yield piece
        return
    text, start = stretch.text, 0
    share = piece.width / len(text)
    while start < len(text):
        end = _cut_before(text, start, start + max(1, int(width / share * 1.1) if share else len(text)))
        part = _piece(piece.ink, replace(stretch, text=text[start:end]), piece.level)
        while part.width > width + 0.01:
            less = start + min(int((end - start) * width / part.width), end - start - 1)
            end = _cut_before(text, start, less)
            shorter = _piece(piece.ink, replace(stretch, text=text[start:end]), piece.level)
            if shorter.width >= part.width:
                break
            part = shorter
        yield part
        start = end


def _cut_before(text: str, start: int, wished: int) -> int:
    """Return the last place up to `wished` where a syllable ends, or the first after it where none does."""
    end = min(wished, len(text))
    while end > start and not _may_end(text, end):
        end -= 1
    if end > start:
        return end
    end = max(start + 1, wished)
    while not _may_end(text, end):
        end += 1
    return end


def _may_end(text: str, place: int) -> bool:
    if place >= len(text):
        return True
    before, after = text[place - 1], text[place]
    joined = before in "\u200c\u200d" or before in _LEADING_VOWELS or unicodedata.combining(before) == _VIRAMA
    return not joined and not follows(after)


def _line(pieces: list[Piece], base: int) -> Line:
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and isinstance(last.text, str)
            and isinstance(piece.text, str)
            and last.ink is piece.ink
            and last.face is piece.face
            and last.level == piece.level
        ):
            joined[-1] = Piece(
                last.ink, last.face, last.text + piece.text, last.width + piece.width, last.level
            )
        else:
            joined.append(piece)
    for piece in reversed(joined):
        if piece.text != " ":
            break
        piece.level = base
    seen = joined if not any(piece.level for piece in joined) else reordered(joined, base)
    x = 0.0
    for piece in seen:
        piece.x = x
        x += piece.width
    return Line(joined, x)
