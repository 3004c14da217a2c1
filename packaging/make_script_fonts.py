"""Makes the shipped faces of other scripts in resources/fonts: Arabic, Hebrew, Devanagari, Thai.

Needs the wheels fontpkg-noto-sans-arabic, fontpkg-heebo, fontpkg-noto-sans-devanagari and
fontpkg-noto-sans-thai; run it again only to change what is shipped.
"""

import importlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One face: the wheel it comes from, its name here, the characters that it is kept for."""

    wheel: str
    name: str
    characters: tuple[tuple[int, int], ...]


SCRIPTS = (
    Script(
        wheel="fontpkg_noto_sans_arabic",
        name="NotoSansArabic-Regular",
        characters=((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
    ),
    Script(wheel="fontpkg_heebo", name="Heebo-Regular", characters=((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    Script(
        wheel="fontpkg_noto_sans_devanagari",
        name="NotoSansDevanagari-Regular",
        characters=((0x0900, 0x097F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF), (0x25CC, 0x25CC)),
    ),
    Script(wheel="fontpkg_noto_sans_thai", name="NotoSansThai-Regular", characters=((0x0E00, 0x0E7F),)),
)


def main() -> None:
    """Write every face and its licence; prints each file's size in bytes."""
    for script in SCRIPTS:
        folder = Path(str(importlib.import_module(script.wheel).__file__)).parent
        path = TARGET / f"{script.name}.ttf"
        static_face(folder, script).save(path)
        family = script.name.partition("-")[0]
        shutil.copyfile(folder / "LICENSE", TARGET / f"OFL-{family}.txt")
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def static_face(folder: Path, script: Script) -> TTFont:
    """Return the regular weight of the wheel's variable font, with the script's characters only."""
    (source,) = (one for one in (folder / "files").glob("*.ttf") if "Italic" not in one.name)
    variable = TTFont(source, recalcTimestamp=False)
    axes = {axis.axisTag: axis.defaultValue for axis in variable["fvar"].axes} | {"wght": 400.0}
    font = instantiateVariableFont(variable, axes)
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    options.glyph_names = False
    subsetter = Subsetter(options)
    joiners = {0x20, 0x200C, 0x200D}
    subsetter.populate(
        unicodes=joiners | {code for first, last in script.characters for code in range(first, last + 1)}
    )
    subsetter.subset(font)
    name = f"EvidenceMap{script.name}"
    for record in font["name"].names:
        if record.nameID == 6:
            record.string = name
    return font


if __name__ == "__main__":
    main()
