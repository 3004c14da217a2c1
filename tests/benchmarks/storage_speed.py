"""Measures the case file: an edit beside a raw write and fsync, opening through the gate, searching.

Run it as `python -m tests.benchmarks storage`. Medians of five; the large case has 100,000 nodes and an
exhibit of 100 MB. The folder that is measured is EVIDENCEMAP_BENCH, by default the one for temporary files.
"""

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from tests.benchmarks.generate import generate

RUNS = 5
MEDIUM = 30_000
LARGE = 100_000
EXHIBIT = 100 << 20
TYPED = ("a", "ac", "acc", "acco", "accounts", "accounts op", "traffic meth", "provider audit", "zzz")


def raw_write(folder: Path) -> float:
    """Return the seconds that a write of 4 KiB and its fsync take: the median of 100."""
    times = []
    with (folder / "raw.bin").open("wb", buffering=0) as file:
        for _ in range(100):
            begun = time.perf_counter()
            file.write(os.urandom(4096))
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def edits(session: Session) -> float:
    """Return the seconds that a durable edit takes: the median of 100 rewordings."""
    claims = session.case.sorted(Claim)[:100]
    times = []
    for each in claims:
        edit = verbs.reword(session.case, each.id, f"{each.text} once more")
        begun = time.perf_counter()
        session.apply(edit)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median wall time of the work."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def open_and_leave(path: Path) -> None:
    """Open a case file through the gate, for work, and close it again."""
    Session.open(path).discard()


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, the figures, and the goal."""
    above = os.environ.get("EVIDENCEMAP_BENCH")
    with tempfile.TemporaryDirectory(dir=above) as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        yield _an_edit(folder)
        path = folder / "large.evmap"
        _make_large(folder, path)
        yield from _opening(path)
        yield from _searching(path)


def _an_edit(folder: Path) -> tuple[str, str, str]:
    session = Session.adopt(generate(MEDIUM))
    first, mine, second = raw_write(folder), edits(session), raw_write(folder)
    session.discard()
    raw = (first + second) / 2
    figure = f"{mine * 1000:.2f} ms, {mine / raw:.1f} times ({raw * 1000:.2f} ms)"
    return f"a durable edit of {MEDIUM:,} nodes, beside 4 KiB and fsync", figure, "2 times"


def _make_large(folder: Path, path: Path) -> None:
    exhibit = folder / "exhibit.bin"
    exhibit.write_bytes(os.urandom(EXHIBIT))
    with Session.adopt(generate(LARGE)) as session:
        session.add_exhibit(exhibit)
        session.save_as(path)
    exhibit.unlink()


def _opening(path: Path) -> Iterator[tuple[str, str, str]]:
    size = path.stat().st_size / (1 << 20)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    begun = time.process_time()
    spent = median(lambda: open_and_leave(path))
    own = (time.process_time() - begun) / RUNS
    gate = (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before) / RUNS
    figure = f"{spent:.1f} s ({own:.1f} s CPU here, {gate:.1f} s in the gate)"
    yield f"open {LARGE:,} nodes and {size:.0f} MB through the gate", figure, "6 s"


def _searching(path: Path) -> Iterator[tuple[str, str, str]]:
    session = Session.open(path)
    begun = time.perf_counter()
    session.prepare_search()
    made = time.perf_counter() - begun
    times = [median(lambda typed=typed: session.search(typed)) * 1000 for typed in TYPED]  # type: ignore[misc]
    claim = session.case.sorted(Claim)[0]
    session.apply(verbs.reword(session.case, claim.id, "A text that was just typed"))
    begun = time.perf_counter()
    found = session.search("just typed")
    after = (time.perf_counter() - begun) * 1000
    session.discard()
    assert found == [claim.id]
    figure = f"{statistics.median(times):.1f} ms, at most {max(times):.1f} ms; after an edit {after:.1f} ms"
    yield f"search of {LARGE:,} texts, first page while typing", figure, "20 ms"
    yield "the index for that, beside the window", f"{made:.1f} s", ""
