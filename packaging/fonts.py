"""Makes resources/fonts from the fontpkg-inter wheel: static faces, and their advance widths as data."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case", "calt"]


def main() -> None:
    """Write the faces, their licence and their advance widths (thousandths of an em)."""
    wheel = files("fontpkg_inter")
    widths: dict[str, dict[str, int]] = {}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        face = _static(str(wheel / "files" / "Inter[opsz,wght].ttf"), name, weight)
        face.save(FOLDER / f"Inter-{name}.ttf")
        widths[name] = _advances(face)
    _static(str(wheel / "files" / "Inter-Italic[opsz,wght].ttf"), "Italic", 400).save(
        FOLDER / "Inter-Italic.ttf"
    )
    shutil.copyfile(str(wheel / "LICENSE"), FOLDER / "OFL.txt")
    data = json.dumps({"per em": 1000, "faces": widths}, separators=(",", ":"), ensure_ascii=True)
    (FOLDER / "advances.json").write_text(data + "\n", encoding="utf-8")


def _static(path: str, name: str, weight: int) -> TTFont:
    face = TTFont(path, recalcTimestamp=False)
    instantiateVariableFont(face, {"wght": weight, "opsz": 14}, inplace=True, updateFontNames=False)
    _name(face, name)
    face["OS/2"].usWeightClass = weight
    bold, italic = name == "Bold", name == "Italic"
    regular = not (bold or italic)
    face["OS/2"].fsSelection = bold << 5 | italic | regular << 6
    face["head"].macStyle = (1 if bold else 0) | (2 if italic else 0)
    options = Options(layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.getBestCmap())
    subsetter.subset(face)
    return face


def _name(face: TTFont, style: str) -> None:
    table = face["name"]
    for record in list(table.names):
        if record.nameID in (16, 17, 21, 22, 25):
            table.removeNames(nameID=record.nameID)
    plain = style in ("Regular", "Bold", "Italic")
    names = {
        1: "Inter" if plain else f"Inter {style}",
        2: style if plain else "Regular",
        4: f"Inter {style}",
        6: f"Inter-{style}",
    }
    if not plain:
        names |= {16: "Inter", 17: style}
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def _advances(face: TTFont) -> dict[str, int]:
    scale = 1000 / face["head"].unitsPerEm
    table, glyphs = face["hmtx"], face.getBestCmap()
    return {
        f"{code:x}": round(table[glyph][0] * scale) for code, glyph in sorted(glyphs.items()) if code < 65536
    }


if __name__ == "__main__":
    main()
