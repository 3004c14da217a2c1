"""Makes resources/fonts/advances.json: the advance widths of the shipped faces, which sizes are made of."""

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "resources" / "fonts"


def main() -> None:
    """Write the widths in thousandths of an em, by face and code point (hexadecimal)."""
    faces = {
        name: _advances(TTFont(FOLDER / f"Inter-{name}.ttf")) for name in ("Regular", "SemiBold", "Bold")
    }
    data = json.dumps({"per em": 1000, "faces": faces}, separators=(",", ":"))
    (FOLDER / "advances.json").write_text(data + "\n", encoding="utf-8")


def _advances(face: TTFont) -> dict[str, int]:
    scale = 1000 / face["head"].unitsPerEm
    table, glyphs = face["hmtx"], sorted(face.getBestCmap().items())
    return {f"{code:x}": round(table[glyph][0] * scale) for code, glyph in glyphs if code < 0x10000}


if __name__ == "__main__":
    main()
