"""A disk that fails while a case is saved: the file is the old or the new one, and the person is told why."""

import errno
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencemap.session import Session, read_case, verify
from tests.conftest import absent
from tests.storage.forging import founding_file

ROOT = Path(__file__).resolve().parent.parent.parent

FAULTS = {
    "write": ("ENOSPC", "EIO", "EDQUOT", "EFBIG"),
    "pwrite64": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "fdatasync": ("EIO", "ENOSPC"),
    "rename": ("EIO", "EACCES", "EROFS", "ENOSPC"),
    "link": ("EPERM", "EMLINK", "EIO"),
    "linkat": ("EPERM", "EMLINK", "EIO"),
    "ftruncate": ("EIO", "ENOSPC"),
    "openat": ("EACCES", "EROFS", "ENOSPC", "EMFILE"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The call that fails, the how-manieth of its kind in the process, and with what."""

    call: str
    place: int
    error: str


@pytest.fixture
def file(tmp_path: Path) -> Path:
    if shutil.which("strace") is None:
        absent("the program strace is not installed")
    (tmp_path / "cases").mkdir()
    return founding_file(tmp_path / "cases" / "case.evmap")


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def errors(request: pytest.FixtureRequest) -> int:
    """Return how many different errors each call fails with."""
    return 1 if request.param == "quick" else 4


def test_a_save_that_fails_anywhere_leaves_the_old_file_or_the_new_one(
    file: Path, tmp_path: Path, errors: int
) -> None:
    faults = faults_of_a_save(file, tmp_path, "save_once", errors)

    outcomes = Counter(outcome(file, tmp_path, "save_once", each) for each in faults)

    assert sum(outcomes.values()) > 25
    assert outcomes["refused, old file"] > 10
    assert set(outcomes) <= {"refused, old file", "refused, new file", "saved, new file"}


def test_a_program_that_saves_in_place_is_found_out(file: Path, tmp_path: Path) -> None:
    faults = faults_of_a_save(file, tmp_path, "save_once_in_place", 1)

    outcomes = Counter(outcome(file, tmp_path, "save_once_in_place", each) for each in faults)

    assert outcomes["refused, damaged file"] > 0


def test_a_full_disk_is_named_and_every_edit_is_kept(file: Path, tmp_path: Path) -> None:
    first_write = next(
        each for each in faults_of_a_save(file, tmp_path, "save_once", 1) if each.call == "write"
    )

    said = failing(file, tmp_path, "save_once", first_write)

    assert "REFUSED" in said
    assert "The disk is full: free some space and try again." in said
    with Session.open(file) as session:
        assert session.notices[0].startswith("Recovered 1 edit that was not published")


def test_a_folder_that_may_not_be_written_is_named(file: Path, tmp_path: Path) -> None:
    opened = [each for each in faults_of_a_save(file, tmp_path, "save_once", 1) if each.call == "openat"]

    said = [failing(file, tmp_path, "save_once", each) for each in opened]

    assert any("You have no right to write or read there" in each for each in said)


def faults_of_a_save(file: Path, folder: Path, way: str, errors: int) -> list[Fault]:
    """Return each call that a save makes between READY and its outcome, as something that can fail."""
    before = file.read_bytes()
    run(file, folder, way, ["-e", f"trace={','.join(FAULTS)}"])
    restore(file, before)
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    for line in (folder / "trace").read_text(encoding="utf-8", errors="replace").splitlines():
        found = re.match(r"(\w+)\(", line)
        if 'write(1, "SAVED' in line or 'write(1, "REFUSED' in line:
            break
        if found is not None:
            counts[found[1]] += 1
            names = FAULTS[found[1]][:errors]
            faults.extend(Fault(call=found[1], place=counts[found[1]], error=each) for each in names)
    return faults


def outcome(file: Path, folder: Path, way: str, fault: Fault) -> str:
    """Return what a person was told, and which file there was, when one call failed."""
    before = file.read_bytes()
    claims = read_case(file)[0].highest["C"]
    said = failing(file, folder, way, fault)
    told = "saved" if "SAVED" in said else "refused" if re.search(r"REFUSED .{20,}", said) else "silent"
    if file.read_bytes() == before:
        kind = "old"
    elif verify(file).ok and read_case(file)[0].highest["C"] == claims + 1:
        kind = "new"
    else:
        kind = "damaged"
    left = [each.name for each in file.parent.iterdir() if each.name.startswith(".")]
    if kind != "damaged":
        with Session.open(file) as session:
            kept = session.case.highest["C"] == claims + 1
        told = told if kept else f"{told} and lost"
    restore(file, before)
    return f"{told}, {kind} file" + (" and litter" if left else "")


def failing(file: Path, folder: Path, way: str, fault: Fault) -> str:
    inject = f"inject={fault.call}:error={fault.error}:when={fault.place}"
    return run(file, folder, way, ["-e", f"trace={fault.call}", "-e", inject])


def run(file: Path, folder: Path, way: str, words: list[str]) -> str:
    """Let the worker come to the point of saving, trace it from there, and return what it said."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.worker", way, str(file), "1"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    while worker.stdout.readline() not in ("READY\n", ""):
        pass
    tracer = subprocess.Popen(
        ["strace", *words, "-o", str(folder / "trace"), "-p", str(worker.pid)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    assert "attached" in tracer.stderr.readline()
    said, _ = worker.communicate("\n")
    tracer.communicate()
    return said


def restore(file: Path, content: bytes) -> None:
    """Put everything back as it was before a run: the file, and no work kept."""
    for each in file.parent.iterdir():
        each.unlink()
    file.write_bytes(content)
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"]) / "evidencemap" / "work", ignore_errors=True)


def test_the_errors_that_are_made_are_errors_of_this_system() -> None:
    names = {name for each in FAULTS.values() for name in each}

    assert names <= set(errno.errorcode.values())
