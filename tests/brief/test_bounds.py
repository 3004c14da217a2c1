"""Whatever a case holds, a brief of it takes a bounded time and memory, and opens none of its files."""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from evidencemap.brief.templates import TEMPLATES
from evidencemap.exchange.listing import read_listing, write_listing
from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence
from evidencemap.resources import resource
from evidencemap.session import Session
from tests.brief.founding import DAY, letter

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEMORY = 240, 1 << 30
BOUNDED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]), int(sys.argv[1])))
from evidencemap.__main__ import main
sys.exit(main(sys.argv[2:]))
"""
TEXTS = {
    "a megabyte": "All work and no play. " * 45_000,
    "a word": "x" * 300_000,
    "han": "\u4e2d" * 300_000,
    "marks": "\u0301" * 300_000,
    "arabic": "\u0634" * 300_000,
    "devanagari": "\u0915" * 300_000,
    "thai": "\u0e01" * 300_000,
}


def brief(path: Path, out: Path, template: str, memory: int = MEMORY) -> subprocess.CompletedProcess[str]:
    """Write a brief in a process that may use so many seconds and bytes of memory, and no more."""
    words = ["brief", str(path), "-o", str(out), "--template", template, "--date", DAY]
    return subprocess.run(
        [sys.executable, "-c", BOUNDED, str(memory), *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=280,
    )


def bomb(path: Path) -> Path:
    """Write a PNG of a few kilobytes that says it has 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(20_000_000), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize(
    ("text", "template"),
    [
        *((each, "memo") for each in TEXTS),
        *(pytest.param(each, "report", marks=pytest.mark.long) for each in TEXTS),
    ],
)
def test_a_text_without_end_is_told_within_bounds(tmp_path: Path, template: str, text: str) -> None:
    case = letter()
    case = case.after(verbs.set_fields(case, case.by_number["C2"], text=TEXTS[text]))
    listing, out = tmp_path / "case.yaml", tmp_path / "brief.pdf"
    listing.write_text(write_listing(case), encoding="utf-8")

    ran = brief(listing, out, template)

    assert ran.returncode == 0, ran.stderr
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.stat().st_size < 30_000_000


def test_bounds_that_are_too_narrow_would_be_noticed(tmp_path: Path) -> None:
    ran = brief(resource("cases", "letter.yaml"), tmp_path / "brief.pdf", "memo", memory=20_000_000)

    assert ran.returncode != 0


def test_a_picture_that_is_a_bomb_is_named_with_its_digest_and_never_opened(tmp_path: Path) -> None:
    path, out = tmp_path / "case.evmap", tmp_path / "register.pdf"
    with Session.adopt(read_listing(resource("cases", "letter.yaml"))) as session:
        item = session.case.sorted(Evidence)[0].id
        exhibit = session.add_exhibit(bomb(tmp_path / "bomb.png"), to=item)
        session.save_as(path)

    ran = brief(path, out, "register")

    text = out.with_suffix(".txt")
    brief(path, text, "register")
    told = text.read_text(encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    assert b"/Subtype /Image" not in out.read_bytes()
    assert "bomb.png" in told
    assert exhibit.sha256[:12] in told.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_naughty_string_in_one_case_is_told_in_every_template(
    corpora: Path, tmp_path: Path, template: str
) -> None:
    strings = json.loads((corpora / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    case = letter()
    for at, text in enumerate(each for each in strings if each.strip()):
        named = "".join(each for each in text if each.isprintable()).strip()
        if named:
            case = case.after(verbs.add(case, Claim, text=f"{at}: {named}"))
    listing, out = tmp_path / "case.yaml", tmp_path / "brief.pdf"
    listing.write_text(write_listing(case), encoding="utf-8")

    ran = brief(listing, out, template)

    assert len(case.of(Claim)) > 400
    assert ran.returncode == 0, ran.stderr
    assert b"/URI" not in out.read_bytes()
