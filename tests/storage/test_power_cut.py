"""No edit that counted as kept is lost in a power cut, and the user's file is always a whole one."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.storage import gate, places
from evidencemap.storage.journal import first_break
from evidencemap.storage.receiving import copy_in
from evidencemap.storage.refusals import RefusedError
from evidencemap.storage.store import load_plainly, open_store
from tests.conftest import absent
from tests.storage.disk import Act, Trace, images, read, record
from tests.storage.forging import founding_file

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def states(request: pytest.FixtureRequest) -> int:
    return 1_000 if request.param == "quick" else 20_000


@pytest.mark.parametrize("way", ["edits", "saves"])
def test_a_power_cut_loses_nothing_that_was_kept(tmp_path: Path, way: str, states: int) -> None:
    disk = Disk(tmp_path, way)
    busiest = disk.file.parent if way == "saves" else disk.work

    outcomes = disk.outcomes(states // 4) + disk.outcomes(states // 4, near=busiest)

    assert sum(outcomes.values()) >= states // 2
    assert set(outcomes) == {"whole"}


@pytest.mark.parametrize("way", ["saves_without_flushing", "saves_in_place"])
def test_a_program_that_saves_carelessly_is_found_out(tmp_path: Path, way: str) -> None:
    disk = Disk(tmp_path, way)

    outcomes = disk.outcomes(200, near=disk.file.parent, whole_file_only=True)

    assert outcomes["damaged"] > 5


def test_a_program_that_does_not_flush_its_edits_is_found_out(tmp_path: Path) -> None:
    disk = Disk(tmp_path, "edits_without_flushing")

    outcomes = disk.outcomes(100, near=disk.work)

    assert outcomes["lost"] > 5


def test_the_first_save_of_a_disk_after_a_cut_opens_as_a_person_would(tmp_path: Path) -> None:
    disk = Disk(tmp_path, "saves")

    for image, told in disk.images(40):
        with disk.laid_out(image) as file, Session.open(file) as session:
            assert session.case.highest["C"] >= told


def test_calls_that_two_threads_make_at_once_are_all_seen() -> None:
    told = "\n".join(
        (
            '7 openat(AT_FDCWD, "\\x2f\\x64\\x2f\\x61", O_RDWR|O_CREAT, 0644) = 3',
            "7 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 8",
            '7 openat(AT_FDCWD, "\\x2f\\x64\\x2f\\x62", O_WRONLY|O_CREAT, 0644) = 4',
            '8 write(3, "\\x31\\x32", 2 <unfinished ...>',
            "7 lseek(4, 0, SEEK_CUR) = 0",
            "8 <... write resumed>) = 2",
            "8 fsync(3 <unfinished ...>",
            "7 sendfile(4, 3, [1] => [2], 100) = 1",
            "8 <... fsync resumed>) = 0",
            '9 write(3, "\\x39", 1) = 1',
        )
    )

    trace = read(told, "/d", Trace(before={}, folders={"/d"}))

    seen = [(call.act, call.path, call.data) for call in trace.calls]
    assert seen == [
        (Act.CREATE, "/d/a", b""),
        (Act.CREATE, "/d/b", b""),
        (Act.WRITE, "/d/a", b"12"),
        (Act.WRITE, "/d/b", b"2"),
        (Act.FLUSH, "/d/a", b""),
    ]


class Disk:
    """One worker's calls, recorded, and the disks that a power cut could leave."""

    def __init__(self, folder: Path, way: str) -> None:
        if shutil.which("strace") is None:
            absent("the program strace is not installed")
        self.root = folder / "disk"
        (self.root / "state").mkdir(parents=True)
        (self.root / "cases").mkdir()
        self.file = self.root / "cases" / "case.evmap"
        self.work = self.root / "state" / "evidencemap" / "work"
        environment = {**os.environ, "XDG_STATE_HOME": str(self.root / "state"), "PYTHONPATH": str(ROOT)}
        os.environ["XDG_STATE_HOME"] = str(self.root / "state")
        founding_file(self.file)
        for each in ("work", "locks", "incoming", "known"):
            (self.root / "state" / "evidencemap" / each).mkdir(exist_ok=True)
        words = [sys.executable, "-m", "tests.storage.worker", way, str(self.file), "6"]
        self.trace: Trace = record(words, self.root, folder / "trace", environment)

    def images(self, count: int, near: str = "") -> Iterator[tuple[dict[str, bytes], int]]:
        points = min(sum(call.path.startswith(near) for call in self.trace.calls), count // 5)
        assert points, f"nothing was done in {near}: there is no power cut to try"
        return images(self.trace, points=points, samples=-(-count // points), seed=11, near=near)

    def outcomes(
        self, count: int, *, near: Path | None = None, whole_file_only: bool = False
    ) -> Counter[str]:
        seen: dict[str, str] = {}
        outcomes: Counter[str] = Counter()
        for image, told in self.images(count, "" if near is None else str(near)):
            key = hashlib.sha256(repr((sorted(image.items()), told)).encode()).hexdigest()
            if key not in seen:
                with self.laid_out(image) as file:
                    seen[key] = judged(file, told, whole_file_only)
            outcomes[seen[key]] += 1
        return outcomes

    @contextmanager
    def laid_out(self, image: dict[str, bytes]) -> Iterator[Path]:
        """Put an image on a real disk and make it the state that the program finds."""
        memory = Path("/dev/shm")
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
            for path, content in image.items():
                place = Path(folder) / Path(path).relative_to(self.root)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            before = os.environ["XDG_STATE_HOME"]
            os.environ["XDG_STATE_HOME"] = f"{folder}/state"
            # Work stores are known by the path of the file: on this disk it is another one.
            work = Path(folder) / "state" / "evidencemap" / "work"
            old = places.work_folder(IDLESS, self.file).name.removesuffix(f"-{IDLESS}")
            file = Path(folder) / "cases" / "case.evmap"
            new = places.work_folder(IDLESS, file).name.removesuffix(f"-{IDLESS}")
            for each in work.iterdir() if work.is_dir() else ():
                each.rename(each.with_name(each.name.replace(old, new)))
            try:
                yield file
            finally:
                os.environ["XDG_STATE_HOME"] = before


def judged(file: Path, told: int, whole_file_only: bool) -> str:
    """Return what a disk is worth: `whole`, `lost` something that was kept, or `damaged`."""
    try:
        published = published_case(file)
    except CaseFileRefused:
        return "damaged"
    highest = published.highest["C"]
    if whole_file_only:
        return "whole" if highest >= told else "lost"
    for folder in places.work_folders_for(file):
        try:
            store = open_store(folder / places.STORE)
        except CaseFileRefused:
            continue
        try:
            if store.last is not None and first_break(store.lines()) is None:
                highest = max(highest, store.load().highest["C"])
        except CaseFileRefused:
            continue
        finally:
            store.close()
    return "whole" if highest >= told else "lost"


def published_case(file: Path) -> Case:
    """Return the published case through the gate's own examination, without a process for each."""
    with tempfile.TemporaryDirectory(dir=file.parent.parent) as folder:
        copy, target = Path(folder) / "copy.db", Path(folder) / "target.db"
        received = copy_in(file, copy, lambda part: None)
        try:
            damage = gate.examine(
                str(copy), str(target), received.version, lambda **said: None, lambda: False
            )
        except (RefusedError, *gate.FAULTS) as fault:
            raise CaseFileRefused(str(fault)) from fault
        if damage:
            raise CaseFileRefused(damage[0][0])
        return load_plainly(target).case


IDLESS = Id("case")
