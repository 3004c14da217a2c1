"""Makes resources/fonts from the fontpkg-inter wheel: static faces, and their advance widths as data."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import fontpkg_inter
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WHEEL = Path(fontpkg_inter.__file__).parent
TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
OPTICAL_SIZE = 14.0

CHARACTERS = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x0259, 0x0259),  # schwa
    (0x02B0, 0x02FF),  # spacing modifiers
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letterlike symbols
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical symbols
    (0x2500, 0x257F),  # lines
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x27BF),  # symbols and dingbats
    (0xFFFD, 0xFFFD),  # replacement character
)
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "frac", "sups", "subs", "case")
# Not kept: calt, which draws "->" as an arrow; a case must show what was written.


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One static face: where it comes from and what it is called."""

    source: str
    weight: int
    style: str

    @property
    def file_name(self) -> str:
        """The name of the file in resources/fonts."""
        return f"Inter-{self.style.replace(' ', '')}.ttf"


UPRIGHT, ITALIC = "Inter[opsz,wght].ttf", "Inter-Italic[opsz,wght].ttf"
FACES = (
    Face(source=UPRIGHT, weight=400, style="Regular"),
    Face(source=UPRIGHT, weight=500, style="Medium"),
    Face(source=UPRIGHT, weight=600, style="SemiBold"),
    Face(source=UPRIGHT, weight=700, style="Bold"),
    Face(source=ITALIC, weight=400, style="Italic"),
)
MEASURED = ("Regular", "SemiBold", "Bold")


def main() -> None:
    """Write every face, the advance widths and the licence; print each face's size in bytes."""
    TARGET.mkdir(parents=True, exist_ok=True)
    widths: dict[str, dict[str, int]] = {}
    for face in FACES:
        path, font = TARGET / face.file_name, static_face(face)
        font.save(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")
        if face.style in MEASURED:
            widths[face.style] = advances(font)
    data = json.dumps({"per em": 1000, "faces": widths}, separators=(",", ":"))
    (TARGET / "advances.json").write_text(data + "\n", encoding="utf-8")
    shutil.copyfile(WHEEL / "LICENSE", TARGET / "OFL.txt")


def static_face(face: Face) -> TTFont:
    """Return one weight of the variable font, with only the characters and features that are shipped."""
    variable = TTFont(WHEEL / "files" / face.source, recalcTimestamp=False)
    font = instantiateVariableFont(variable, {"wght": face.weight, "opsz": OPTICAL_SIZE})
    subsetter = Subsetter(options())
    subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    subsetter.subset(font)
    name_face(font, face)
    return font


def options() -> Options:
    """Return how a face is subset: no hinting, the named features, every name that a viewer reads."""
    chosen = Options()
    chosen.layout_features = list(FEATURES)
    chosen.hinting = False
    chosen.glyph_names = False
    chosen.notdef_outline = True
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    chosen.drop_tables += ["STAT", "DSIG", "MVAR", "HVAR", "avar"]
    return chosen


def name_face(font: TTFont, face: Face) -> None:
    """Give a face the names, weight and flags by which Qt, fontconfig and PDF readers tell it apart."""
    linked = face.style in ("Regular", "Bold", "Italic")
    family = "Inter" if linked else f"Inter {face.style}"
    names = {
        1: family,
        2: face.style if linked else "Regular",
        3: f"EvidenceMap:Inter-{face.style}",
        4: f"Inter {face.style}",
        6: f"Inter-{face.style}",
        16: "Inter",
        17: face.style,
    }
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)
    windows = font["OS/2"]
    windows.usWeightClass = face.weight
    bold, italic = face.style == "Bold", face.style == "Italic"
    regular = not (bold or italic)
    windows.fsSelection = (windows.fsSelection & ~0b1100001) | italic | bold << 5 | regular << 6
    font["head"].macStyle = bold | italic << 1


def advances(font: TTFont) -> dict[str, int]:
    """Return the advance width of each character, by its code in hexadecimal, in thousandths of an em."""
    scale = 1000 / font["head"].unitsPerEm
    glyphs = sorted(font.getBestCmap().items())
    return {f"{code:x}": round(font["hmtx"][glyph][0] * scale) for code, glyph in glyphs}


if __name__ == "__main__":
    main()
