"""Each fault of reportlab that is mended here is still there without the patch, and gone with it.

When one of the first tests of a pair fails, reportlab has mended its own fault: drop the patch.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.resources import resource

UNPATCHED = """
import json, sys
from reportlab.pdfbase import pdfdoc, ttfonts
font = ttfonts.TTFont("F", sys.argv[1])
document = pdfdoc.PDFDocument()
shaped = ttfonts.TTFont("S", sys.argv[2])
shaper = shaped.hbFont(10)
glyph = next(g for g in range(3, 2000) if g not in shaped.face.glyphToChar and shaped.face.hmetrics[g][0])
code = shaped.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, 77777)
print(json.dumps({
    "stream": pdfdoc.PDFStream(content="BT ET", filters=[]).format(document).decode("latin-1"),
    "name": pdfdoc.PDFName("text/yaml\\x05"),
    "unused": ttfonts.makeToUnicodeCMap("F", [0, 0, 65, 0x1F600] + list(range(66, 266))),
    "width": shaped.face.charWidths[code],
    "true width": shaped.face._pdfScale(shaped.face.hmetrics[glyph][0]),
}))
"""
PATCHED = "import evidencemap.brief.tagged\n" + UNPATCHED


def behaviour(program: str, home: Path) -> dict[str, str | float]:
    faces = [
        str(resource("fonts", f"{name}.ttf")) for name in ("Inter-Regular", "NotoSansDevanagari-Regular")
    ]
    run = subprocess.run(
        [sys.executable, "-c", program, *faces],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=home,
    )
    result: dict[str, str | float] = json.loads(run.stdout)
    return result


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | float]:
    return behaviour(UNPATCHED, tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | float]:
    root = Path(__file__).resolve().parents[2]
    program = f"import sys; sys.path.insert(0, {str(root)!r})\n{PATCHED}"
    return behaviour(program, tmp_path_factory.mktemp("mended"))


def test_reportlab_still_writes_endstream_straight_after_the_data(bare: dict[str, str | float]) -> None:
    assert "ETendstream" in str(bare["stream"])


def test_a_stream_ends_on_a_line_of_its_own(mended: dict[str, str | float]) -> None:
    assert "BT ET\r\nendstream\n" in str(mended["stream"])


def test_reportlab_still_leaves_a_slash_in_a_name(bare: dict[str, str | float]) -> None:
    assert bare["name"] == "/text/yaml#5"


def test_a_name_escapes_what_would_end_it(mended: dict[str, str | float]) -> None:
    assert mended["name"] == "/text#2Fyaml#05"


def test_reportlab_still_maps_unused_codes_to_nothing(bare: dict[str, str | float]) -> None:
    assert "<00> <0000>" in str(bare["unused"])
    assert "<03> <1F600>" in str(bare["unused"])
    assert "204 beginbfchar" in str(bare["unused"])


def test_only_used_codes_are_mapped_in_blocks_of_a_hundred_and_in_utf_16(
    mended: dict[str, str | float],
) -> None:
    assert "<0000>" not in str(mended["unused"]).partition("endcodespacerange")[2]
    assert "<03> <D83DDE00>" in str(mended["unused"])
    assert "100 beginbfchar" in str(mended["unused"])


def test_reportlab_still_takes_the_shaped_advance_for_the_width(bare: dict[str, str | float]) -> None:
    assert bare["width"] == 77777


def test_a_shaped_glyph_has_the_width_of_its_face(mended: dict[str, str | float]) -> None:
    assert mended["width"] == mended["true width"]
