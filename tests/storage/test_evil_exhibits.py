"""Whoever looks at an evil exhibit gets one sentence or a picture, soon, and nothing else happens."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.storage.decoder import MEMORY, SECONDS
from tests.conftest import ROOT
from tests.storage.evil_exhibits import (
    gif,
    pdf,
    pdf_that_acts,
    pdf_that_draws_itself,
    pdf_that_swells,
    pdf_whose_table_is_before_itself,
    picture,
    png,
    png_of_2500_million_points,
    png_with_a_text_that_swells,
    stream,
    tiff,
    tiff_of_many,
)
from tests.storage.test_looking import seen, why

TOO_LARGE = "it has more points than a preview takes (100 million)."
UNREADABLE = "cannot be read as that."
BROKE_DOWN = "the process that read it broke down, and nothing else did."
TOO_LONG = "it takes longer than a preview may."
A_PICTURE = ""

QUICK = {
    "a PNG of 2,500 million points": (png_of_2500_million_points, TOO_LARGE),
    "a PNG with more lines than it says": (lambda: png(8, 8, lines=1_000_000), A_PICTURE),
    "a PNG whose remark swells": (png_with_a_text_that_swells, UNREADABLE),
    "a giant GIF": (lambda: gif(65_535, 65_535, [(65_535, 65_535)]), TOO_LARGE),
    "a small GIF with a giant frame": (lambda: gif(10, 10, [(65_535, 65_535)]), TOO_LARGE),
    "a TIFF with a strip of 4 GiB": (lambda: tiff(9_000, 9_000, 0xFFFFFFF0), UNREADABLE),
    "a packed TIFF with a strip of 4 GiB": (lambda: tiff(9_000, 9_000, 0xFFFFFFF0, packed=5), UNREADABLE),
    "a TIFF that comes after itself": (lambda: tiff(10, 10, 100, then=8) + bytes(100), A_PICTURE),
    "a PDF with a page of 10^11 points": (lambda: pdf(stream(b""), box=b"[0 0 1e11 1e11]"), A_PICTURE),
    "a PDF with a page of no size": (lambda: pdf(stream(b""), box=b"[0 0 0 0]"), A_PICTURE),
    "a PDF of a million brackets": (lambda: pdf(stream(b"[" * 1_000_000)), A_PICTURE),
    "a PDF of a million nested lists": (lambda: pdf(stream(b""), page=b"/X " + b"[ " * 1_000_000), None),
    "a PDF whose table is before itself": (pdf_whose_table_is_before_itself, UNREADABLE),
    "a PDF whose picture has 3,600 million points": (
        lambda: pdf(
            stream(b"600 0 0 800 0 0 cm /F Do"),
            stream(
                bytes(100),
                b"/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
            ),
            page=b"/Resources << /XObject << /F 5 0 R >> >>",
        ),
        A_PICTURE,
    ),
}
LONG = {
    "a GIF of three million frames": (lambda: gif(10, 10, [(10, 10)] * 3_000_000), None),
    "a TIFF of 300,000 pictures": (lambda: tiff_of_many(300_000), TOO_LONG),
    "a PDF that draws itself": (lambda: pdf_that_draws_itself(1, 2), None),
    "a PDF of 10^12 drawings": (lambda: pdf_that_draws_itself(12, 10), None),
    "a PDF whose page swells to 1 GB": (lambda: pdf_that_swells(1_000_000_000), None),
    "a PDF that keeps 5 million states": (lambda: pdf(stream(b"q " * 5_000_000)), None),
}
EVERY = [
    *(pytest.param(name, id=name) for name in QUICK),
    *(pytest.param(name, id=name, marks=pytest.mark.long) for name in LONG),
]

LIMITED = "from evidencemap.storage.decoder import limit_this_process; limit_this_process(1); "
FREE = ""
TAKES_MEMORY = f"held = bytearray({MEMORY + (100 << 20)})"
TAKES_TIME = "import time; exec('while time.process_time() < 1.7: pass')"
WRITES = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(b'something')"

ANSWERS = "import struct, sys; sys.stdin.buffer.read(); out = sys.stdout.buffer; "
HEAD = "struct.pack('>4sBIIIIIII', b'EMPV', 0, {width}, {height}, {page}, 1, 0, 0, {letters})"
SOUND = HEAD.format(width=2, height=1, page=1, letters=0)

LOOKS = """
import sys
from pathlib import Path
from tests.storage.test_looking import seen
from evidencemap.storage.looking import NotShown
for path in sys.argv[2:]:
    if sys.argv[1] == "opens":
        import subprocess
        subprocess.run([sys.executable, "-c", "open('/canary')"], capture_output=True)
    try:
        print(seen(Path(path).read_bytes()).page)
    except NotShown as refusal:
        print(refusal)
"""


def work_of_children() -> float:
    """Return the seconds of work of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def most_memory_of_children() -> int:
    """Return the bytes that the largest of those processes took: of the tests before, too."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10


def ending(program: str, *words: str) -> tuple[int, str]:
    """Return how a program ends, and the last line that it says as it fails."""
    ran = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    return ran.returncode, (ran.stderr.strip().splitlines() or [""])[-1]


def started(calls: list[str]) -> int:
    """Return how many programs were started, by what strace tells."""
    return sum("execve" in line and line.endswith(" = 0") for line in calls)


@pytest.mark.parametrize("name", EVERY)
def test_a_bomb_gives_one_sentence_or_a_picture_within_its_limits(name: str) -> None:
    make, sentence = {**QUICK, **LONG}[name]
    data = make()
    before, most = work_of_children(), max(most_memory_of_children(), MEMORY + (64 << 20))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    said = why(data)

    assert said == "" or (said.startswith("X1 has no preview: ") and said.count(". ") == 0)
    assert sentence is None or said.endswith(sentence)
    assert sentence != A_PICTURE or said == ""
    assert work_of_children() - before < SECONDS + 2
    assert most_memory_of_children() <= most
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < (128 << 20) >> 10


def test_the_decoder_may_not_take_more_memory_than_it_may() -> None:
    limited, free = ending(LIMITED + TAKES_MEMORY), ending(FREE + TAKES_MEMORY)

    assert limited[1].startswith("MemoryError")
    assert free[0] == 0


def test_the_decoder_may_not_work_longer_than_it_may() -> None:
    limited, free = ending(LIMITED + TAKES_TIME), ending(FREE + TAKES_TIME)

    assert limited[0] < 0
    assert free[0] == 0


def test_the_decoder_may_not_write_one_byte_into_a_file(tmp_path: Path) -> None:
    limited, free = (ending(way + WRITES, str(tmp_path / "file")) for way in (LIMITED, FREE))

    assert "File too large" in limited[1]
    assert free[0] == 0


@pytest.mark.parametrize(
    "answer",
    [
        "pass",
        "out.write(b'EMP')",
        "out.write(bytes(33))",
        f"out.write({SOUND}[:-1])",
        f"out.write({SOUND} + bytes(5))",
        f"out.write({SOUND} + bytes(7))",
        f"out.write({HEAD.format(width=0, height=1, page=1, letters=0)})",
        f"out.write({HEAD.format(width=1 << 31, height=1 << 31, page=1, letters=0)} + bytes(1 << 20))",
        f"out.write({HEAD.format(width=4_001, height=4_000, page=1, letters=0)} + bytes(4_001 * 12_000))",
        f"out.write({HEAD.format(width=2, height=1, page=2, letters=0)} + bytes(6))",
        f"out.write({HEAD.format(width=2, height=1, page=1, letters=1 << 30)} + bytes(1 << 20))",
        f"out.write({SOUND.replace('EMPV', 'EMPX')} + bytes(6))",
        "[out.write(bytes(1 << 20)) for _each in range(1 << 20)]",
        "import ctypes; ctypes.string_at(0)",
    ],
)
def test_an_answer_of_the_decoder_that_is_no_picture_is_not_taken_for_one(answer: str) -> None:
    data = picture("PNG")

    said = why(data, decoder=("-c", ANSWERS + answer))
    sound = seen(data, decoder=("-c", f"{ANSWERS}out.write({SOUND} + bytes(6))"))

    assert said == f"X1 has no preview: {BROKE_DOWN}"
    assert getattr(sound, "pixels", None) == bytes(6)


def test_nothing_that_a_document_asks_for_is_started_opened_or_reached(
    oracle: Callable[[str], str], tmp_path: Path
) -> None:
    asks, plain = tmp_path / "asks.pdf", tmp_path / "plain.png"
    asks.write_bytes(pdf_that_acts("/canary"))
    plain.write_bytes(picture("PNG"))
    calls = "execve,execveat,socket,connect,openat,open,creat,fork,vfork,kill"
    trace = (oracle("strace"), "-f", "--seccomp-bpf", "-qq", "-s", "200", "-e", f"trace={calls}")

    def traced(way: str) -> tuple[str, list[str]]:
        log = tmp_path / f"{way}.trace"
        command = [*trace, "-o", str(log), sys.executable, "-c", LOOKS, way, str(asks), str(plain)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
        return ran.stdout, log.read_text(encoding="utf-8", errors="replace").splitlines()

    (said, honest), (_said, planted) = traced("looks"), traced("opens")

    assert said.split() == ["1", "1"]
    assert any("libpdfium" in line for line in honest)
    assert not [line for line in honest if "canary" in line or "AF_INET" in line]
    assert started(honest) == 3  # this program, and a decoder for each
    assert [line for line in planted if "canary" in line]
    assert started(planted) > 3
