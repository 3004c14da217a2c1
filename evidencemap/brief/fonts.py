"""The faces of a brief: which face shows which character, and what no face has."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from evidencemap.brief.bidi import turned
from evidencemap.brief.tagged.faces import Face, Glyphs, shared_face, system_face
from evidencemap.resources import resource

# Scripts whose letters join, stack or reorder, or run from right to left: they need shaping.
_COMPLEX = (
    (0x0590, 0x08FF),
    (0x0900, 0x0DFF),
    (0x0E00, 0x0EFF),
    (0x0F00, 0x109F),
    (0x1780, 0x17FF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10A00, 0x10EFF),
    (0x1E800, 0x1EFFF),
)
SHIPPED_SCRIPTS = (
    "Heebo-Regular",
    "NotoSansArabic-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansThai-Regular",
)
# Signs that the shipped faces lack, and the sign that looks the same. A reader still gets the first.
LOOKALIKES = {"✕": "×", "✖": "×", "⨯": "×", "❌": "×", "✔": "✓", "✅": "✓", "◐": "◇", "⚫": "●", "⚪": "○"}
_JOINERS = "\u200c\u200d"
# TrueType faces with Han, Kana and Hangul, by the names under which systems keep them. The list is
# tried in order; a face with CFF outlines cannot be embedded and is passed over.
CJK_FILES = (
    "NotoSansCJKsc-VF.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC[wght].ttf",
    "NotoSansJP[wght].ttf",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "msyh.ttc",
    "simsun.ttc",
    "meiryo.ttc",
    "malgun.ttf",
    "Arial Unicode.ttf",
    "STHeiti Light.ttc",
    "Hiragino Sans GB.ttc",
    "unifont.ttf",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one face; `shaped` where its script needs it, `seen` where another sign stands in for it."""

    face: Face
    text: str
    shaped: bool = False
    seen: str = ""

    def set(self, *, right_to_left: bool) -> str | Glyphs:
        """Return what a canvas shows for the stretch: the text itself, or glyphs."""
        if self.seen:
            return self.face.unshaped(self.text, self.seen)
        if self.shaped:
            return self.face.shape(self.text, right_to_left=right_to_left)
        return self.face.unshaped(self.text, turned(self.text)) if right_to_left else self.text


def is_complex(character: str) -> bool:
    """Say whether the character's script needs shaping or runs from right to left."""
    code = ord(character)
    return code >= 0x0590 and any(first <= code <= last for first, last in _COMPLEX)


def _alike(one: Stretch, other: Stretch) -> bool:
    return one.face is other.face and one.shaped == other.shaped and not one.seen and not other.seen


@lru_cache(maxsize=4096)
def follows(character: str) -> bool:
    """Say whether the character belongs to the letter before it: a mark or a joiner."""
    return character in _JOINERS or unicodedata.category(character) in ("Mn", "Mc", "Me")


@dataclass(slots=True)
class FontBook:
    """The faces that one document uses. Faces that shape are its own; the others are shared.

    `unknown` collects the characters that no face has; they print as U+ and their number.
    """

    system: bool = True
    unknown: dict[str, int] = field(default_factory=dict)
    _own: list[Face] = field(default_factory=list)
    _script_faces_loaded: bool = False
    _system_face: Face | None = None
    _system_sought: bool = False
    _begun: dict[tuple[str, str], Stretch] = field(default_factory=dict)

    @property
    def main(self) -> Face:
        """The face of running text."""
        return self.styled()

    def styled(self, *, bold: bool = False, italic: bool = False, strong: bool = False) -> Face:
        """Return the shipped face of a style; bold wins over italic, `strong` is the half-bold one."""
        return _shipped("SemiBold" if strong else "Bold" if bold else "Italic" if italic else "Regular")

    def stretches(self, text: str, wanted: Face) -> Iterator[Stretch]:
        """Yield the text in stretches of one face each.

        A character that no face has is replaced by its number and recorded.
        """
        if all(map(wanted.has, text)):
            if text:
                yield Stretch(wanted, text)
            return
        begun_with: Stretch | None = None
        letters: list[str] = []
        for character in text:
            if begun_with is not None and follows(character) and begun_with.face.has(character):
                letters.append(character)
                continue
            if character in _JOINERS:
                continue
            begun = self._stretch(character, wanted)
            if begun_with is not None and _alike(begun_with, begun):
                letters.append(begun.text)
                continue
            if begun_with is not None:
                yield replace(begun_with, text="".join(letters))
            begun_with, letters = begun, [begun.text]
        if begun_with is not None:
            yield replace(begun_with, text="".join(letters))

    def _stretch(self, character: str, wanted: Face) -> Stretch:
        if character in self.unknown:
            self.unknown[character] += 1
        key = (wanted.name, character)
        if key not in self._begun:
            self._begun[key] = self._first_stretch(character, wanted)
        return self._begun[key]

    def _first_stretch(self, character: str, wanted: Face) -> Stretch:
        face = wanted if wanted.has(character) else self._sought(character)
        if face is not None:
            return Stretch(face, character, is_complex(character))
        alike = LOOKALIKES.get(character, "")
        if alike and wanted.has(alike):
            return Stretch(wanted, character, seen=alike)
        self.unknown.setdefault(character, 1)
        return Stretch(wanted, f"[U+{ord(character):04X}]")

    def _sought(self, character: str) -> Face | None:
        if self.main.has(character):
            return self.main
        for face in self._script_faces():
            if face.has(character):
                return face
        if not self.system or is_complex(character) or unicodedata.category(character) in ("Cn", "Co", "Cs"):
            return None
        system = self._system()
        return system if system is not None and system.has(character) else None

    def _script_faces(self) -> list[Face]:
        if not self._script_faces_loaded:
            self._script_faces_loaded = True
            for name in SHIPPED_SCRIPTS:
                path = resource("fonts", f"{name}.ttf")
                if path.is_file():
                    self._own.append(Face(name, path))
        return self._own

    def _system(self) -> Face | None:
        if not self._system_sought:
            self._system_sought = True
            path = system_cjk_face()
            if path is not None:
                self._system_face = system_face("System-CJK", path)
        return self._system_face


@cache
def _shipped(style: str) -> Face:
    name = f"Inter-{style}"
    return shared_face(name, resource("fonts", f"{name}.ttf"))


def system_cjk_face(folders: Sequence[Path] | None = None) -> Path | None:
    """Return the first TrueType face with East Asian letters in the folders, by default the system's."""
    found: dict[str, Path] = {}
    for folder in _system_folders() if folders is None else folders:
        for directory, subfolders, files in os.walk(folder):
            subfolders.sort()
            for name in sorted(files):
                if name in CJK_FILES:
                    found.setdefault(name, Path(directory, name))
    for name in CJK_FILES:
        if name in found and _has_truetype_outlines(found[name]):
            return found[name]
    return None


def _system_folders() -> list[Path]:
    if sys.platform == "win32":
        return [Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "Fonts")]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts")]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]


def _has_truetype_outlines(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"\0\1\0\0", b"true", b"ttcf")
