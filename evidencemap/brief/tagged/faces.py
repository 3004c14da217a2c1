"""TrueType faces as the pages need them: what they hold, how wide it is, how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary, ref

import uharfbuzz
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_FIRST_COMPLEX = "\u0590"
"""From here on letters may need shaping, or run from right to left."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shaped glyph by the character that stands for it; lengths in thousandths of the size."""

    character: str
    advance: float
    right: float
    up: float
    width: float


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Shaped text: the glyphs from left to right, and the text they show in reading order."""

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """The advance of all glyphs, in thousandths of the size."""
        return sum(glyph.advance for glyph in self.glyphs)


class Face:
    """One TrueType file. A face with private characters of its own must serve one document only."""

    def __init__(self, name: str, path: Path, *, index: int = 0) -> None:
        self.name = name
        self._font = TTFont(name, str(path), subfontIndex=index)
        self._widths: dict[int, float] = self._font.face.charWidths
        self._words: dict[str, float] = {}
        self._characters = self._font.face.charToGlyph
        self._letters = frozenset(map(chr, self._characters))
        self._written: WeakKeyDictionary[PDFDocument, _Literals] = WeakKeyDictionary()
        self._shaper: uharfbuzz.Font | None = None
        self.ascent = float(self._font.face.ascent)
        self.descent = float(self._font.face.descent)

    def has(self, character: str) -> bool:
        """Say whether the face has a glyph for the character."""
        return ord(character) in self._characters

    def has_all(self, text: str) -> bool:
        """Say whether the face has a glyph for every character, none of which needs shaping."""
        return self._letters.issuperset(text) and (text.isascii() or max(text) < _FIRST_COMPLEX)

    def width(self, text: str) -> float:
        """Return the advance of unshaped text in thousandths of the size."""
        known = self._words.get(text)
        if known is None:
            widths, default = self._widths, self._font.face.defaultWidth
            known = sum(widths.get(ord(character), default) for character in text)
            if len(self._words) > 20_000:
                self._words.clear()
            self._words[text] = known
        return known

    def shape(self, text: str, *, right_to_left: bool) -> Glyphs:
        """Return the glyphs of a word of one script, marks and joined forms in place."""
        if self._shaper is None:
            self._shaper = self._font.hbFont(10)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": True, "liga": True})
        scale = self._font.pdfScale
        glyphs = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = self._code(info.codepoint, place.x_advance)
            glyphs.append(
                Glyph(
                    chr(code),
                    scale(place.x_advance),
                    scale(place.x_offset),
                    scale(place.y_offset),
                    self._widths[code],
                )
            )
        return Glyphs(text, tuple(glyphs))

    def unshaped(self, text: str, seen: str) -> Glyphs:
        """Return glyphs that show `seen`, one for each of its characters, and stand for `text`."""
        glyphs = (self._single(character) for character in seen)
        return Glyphs(text, tuple(glyphs))

    def _single(self, character: str) -> Glyph:
        width = self.width(character)
        return Glyph(character, width, 0.0, 0.0, width)

    def shown(self, text: str | Glyphs, size: float, document: PDFDocument) -> str:
        """Return the operators that show the text at this size."""
        return (
            self._shaped(text, size, document)
            if isinstance(text, Glyphs)
            else self._plain(text, size, document)
        )

    def _code(self, glyph: int, advance: int) -> int:
        characters = self._font.face.glyphToChar.get(glyph)
        if characters:
            return int(characters[0])
        assert self._shaper is not None
        return int(self._font.hbAddPrivate(self._shaper.glyph_to_string(glyph), glyph, advance))

    def _plain(self, text: str, size: float, document: PDFDocument) -> str:
        literals = self._written.get(document)
        if literals is None:
            literals = self._written[document] = _Literals(self._font, document)
        try:
            return f"{literals.name} {size:g} Tf ({text.translate(literals)}) Tj"
        except _OtherSubset:
            pass
        parts = []
        for subset, codes in self._font.splitString(text, document):
            parts.append(
                f"{self._font.getSubsetInternalName(subset, document)} {size:g} Tf {_literal(codes)} Tj"
            )
        return " ".join(parts)

    def _shaped(self, text: Glyphs, size: float, document: PDFDocument) -> str:
        parts: list[str] = []
        current, up = -1, 0.0
        for glyph in text.glyphs:
            ((subset, codes),) = self._font.splitString(glyph.character, document)
            if subset != current:
                parts.append(f"{self._font.getSubsetInternalName(subset, document)} {size:g} Tf")
                current = subset
            if glyph.up != up:
                up = glyph.up
                parts.append(f"{up * size / 1000:.3f} Ts")
            before, after = -glyph.right, glyph.width - glyph.advance + glyph.right
            parts.append(f"[{before:.3f} {_literal(codes)} {after:.3f}] TJ")
        if up:
            parts.append("0 Ts")
        return " ".join(parts)


class _OtherSubset(Exception):
    """A character is not in the first subset of its face."""


class _Literals(dict[int, str]):
    """What stands for each character inside a literal string of one document, in the first subset."""

    def __init__(self, font: TTFont, document: PDFDocument) -> None:
        super().__init__()
        # The face holds this for as long as the document lives, so it must not hold the document.
        self._font, self._document = font, ref(document)
        font.splitString(" ", document)
        self.name = font.getSubsetInternalName(0, document)

    def __missing__(self, character: int) -> str:
        ((subset, codes),) = self._font.splitString(chr(character), self._document())
        if subset:
            raise _OtherSubset
        shown = _literal(codes)[1:-1]
        self[character] = shown
        return shown


@cache
def system_face(name: str, path: Path) -> Face | None:
    """Return a face of the system, shared like the others, or None where its file cannot be used."""
    try:
        return Face(name, path)
    except TTFError:
        return None


@cache
def shared_face(name: str, path: Path) -> Face:
    """Return a face that many documents share; it must never be shaped with."""
    return Face(name, path)


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256), ord("("), ord(")"), ord("\\"))}


def _literal(codes: bytes) -> str:
    return f"({codes.decode('latin-1').translate(_ESCAPES)})"
