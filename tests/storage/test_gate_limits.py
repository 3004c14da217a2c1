"""The process that reads files from outside has little to lose: time, memory and disk are bounded."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.session import Session
from tests.benchmarks.generate import generate

LIMITED = "from evidencemap.storage.gate import limit_this_process; limit_this_process(5, 1000); "
FREE = ""
TAKES_MEMORY = "held = bytearray(600 << 20)"
WRITES = "import sys; open(sys.argv[1], 'wb').write(bytes(80 << 20))"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a case file that takes some work to read."""
    path = tmp_path / "case.evmap"
    with Session.adopt(generate(2_000)) as session:
        session.save_as(path)
    return path


def said_by_the_gate(file: Path, seconds: float) -> list[dict[str, object]]:
    """Return what the gate says of a file where it may work for so many seconds."""
    asked = {
        "copy": str(file),
        "target": str(file.with_name("target.db")),
        "version": int.from_bytes(file.read_bytes()[60:64], "big"),
        "seconds": seconds,
        "size": file.stat().st_size,
        "key": "",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "evidencemap.storage.gate"],
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def ending(program: str, *words: str) -> str:
    """Return the last line that a program says as it fails; empty where it does not."""
    ran = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else (ran.stderr.strip().splitlines() or [str(ran.returncode)])[-1]


def test_a_file_that_takes_longer_than_it_may_is_given_up(file: Path) -> None:
    hurried = said_by_the_gate(file, 0)

    assert hurried[-1] == {"refused": "endless", "values": {}}


def test_the_same_file_passes_where_it_has_its_time(file: Path) -> None:
    given_time = said_by_the_gate(file, 60)

    assert given_time[-1] == {"damage": []}


def test_the_gate_may_not_take_more_memory_than_half_a_gigabyte() -> None:
    limited, free = ending(LIMITED + TAKES_MEMORY), ending(FREE + TAKES_MEMORY)

    assert limited.startswith("MemoryError")
    assert free == ""


def test_the_gate_may_not_fill_the_disk(tmp_path: Path) -> None:
    limited = ending(LIMITED + WRITES, str(tmp_path / "limited"))
    free = ending(FREE + WRITES, str(tmp_path / "free"))

    assert "File too large" in limited
    assert (tmp_path / "limited").stat().st_size < 80 << 20
    assert free == ""


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        ("ENOSPC", "The disk is full: free some space and try again."),
        ("EIO", "The disk fails to read or write."),
    ],
)
def test_a_disk_that_takes_no_copy_is_named_and_the_case_is_not_called_damaged(
    file: Path, oracle: Callable[[str], str], error: str, cause: str
) -> None:
    told = checked(
        oracle("strace"), file, "-e", "trace=pwrite64", "-e", f"inject=pwrite64:error={error}:when=9+"
    )

    assert told == f"{cause} case.evmap was not opened."


def test_a_case_that_is_damaged_is_called_so_on_a_disk_that_has_room(
    file: Path, oracle: Callable[[str], str]
) -> None:
    with file.open("r+b") as held:
        held.seek(4096)
        held.write(bytes(4096))

    told = checked(oracle("strace"), file, "-e", "trace=pwrite64")

    assert told.startswith("case.evmap is damaged:")


def checked(tracer: str, file: Path, *traced: str) -> str:
    """Return what the command line says of a case that it does not open, traced as `strace` is told."""
    command = [tracer, "-f", "-qq", "-o", os.devnull, *traced]
    ran = subprocess.run(
        [*command, sys.executable, "-m", "evidencemap", "check", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 2
    return " ".join(ran.stderr.split())
