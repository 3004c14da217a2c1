"""How long a cold start takes: the command line, the founding case, a large case, beside an empty window.

Run it as `python -m tests.benchmarks --only start`. Each start is a process of its own, after one that only
compiles what is imported, as the first start on a machine does; medians of five.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from tests.benchmarks.timing import Row, alone

RUNS = 5
LARGE = 100_000
ROOT = Path(__file__).resolve().parents[2]


def rows() -> Iterator[Row]:
    """Yield what was measured: what, the figure, and the goal with the peer."""
    with tempfile.TemporaryDirectory() as folder:
        clock, spent, _told = _started(folder, "-m", "evidencemap", "--version")
        yield "cold start: `evidencemap --version`", _figure(clock, spent), "0.15 s"
        empty, spent, _told = _child(folder, "empty")
        yield "an empty PySide6 window, painted", _figure(empty, spent), "the peer"
        clock, spent, _told = _child(folder, "founding")
        yield "cold start: the founding case, painted", _figure(clock, spent), "1 s"
        window, map_ = _large(folder, "large")
        _again, remembered = _large(folder, "again")
        goal = f"2.5 times an empty window: {2.5 * empty:.2f} s"
        yield f"{LARGE:,} nodes, from judged to the window painted, its map beside it", window, goal
        yield f"{LARGE:,} nodes, from judged to their map laid out and painted", map_, ""
        yield f"{LARGE:,} nodes, from judged to their map painted, opened again", remembered, ""


def _large(folder: str, what: str) -> list[str]:
    """Return how long the window of a large case took, and its map."""
    _clock, _spent, told = _child(folder, what, runs=1)
    return [_figure(*map(float, each.split())) for each in told.split(";")]


def _figure(clock: float, spent: float) -> str:
    return f"{clock:.2f} s, {spent:.2f} s CPU"


def _child(folder: str, what: str, runs: int = RUNS) -> tuple[float, float, str]:
    return _started(folder, "-m", "tests.benchmarks.start_speed", what, runs=runs)


def _started(folder: str, *words: str, runs: int = RUNS) -> tuple[float, float, str]:
    """Return the median clock and CPU seconds of a process from its start to its end, and its last line."""
    clocks, spents, told = [], [], ""
    apart = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
    for _ in range(runs + 1):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        told = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**alone(folder), **apart},
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout
        clocks.append(perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spents.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(clocks[1:]), median(spents[1:]), (told.splitlines() or [""])[-1]


def _empty() -> None:
    """Paint a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.resize(1400, 900)
    window.show()
    window.repaint()
    application.processEvents()


def _shown(what: str) -> None:
    """Paint the founding case, or a large one, for the first time or again, and print what that took.

    It prints that of the window since the case was judged, and after a semicolon that of the map, which a
    large case has later.
    """
    from PySide6.QtCore import QEventLoop

    from evidencemap.session import Session
    from evidencemap.storage.mapplaces import forget_places
    from evidencemap.ui.app import application_made
    from evidencemap.ui.opening import founding_session, made_ready
    from evidencemap.ui.settings import Settings
    from evidencemap.ui.window import CaseWindow

    application = application_made()
    if what != "again":
        forget_places()
    if what != "founding":
        from tests.benchmarks.generate import generated

        ready = made_ready(lambda: (Session.adopt(generated(LARGE)), ""), lambda part, said: None)
    else:
        ready = made_ready(lambda: (founding_session(), ""), lambda part, said: None)
    begun, spent = perf_counter(), process_time()
    window = CaseWindow(ready.session, Settings(Path(os.environ["XDG_STATE_HOME"]) / "window"), ready.engine)
    window.show()
    view = window.map
    laid_out: list[bool] = []
    view.laid_out.connect(lambda: laid_out.append(True))
    view.repaint()
    told = f"{perf_counter() - begun} {process_time() - spent}"
    while view.painted.unfinished or not (laid_out or view.scene.ids):
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    view.repaint()
    assert view.scene.ids
    sys.stdout.write(f"{told};{perf_counter() - begun} {process_time() - spent}\n")
    sys.stdout.flush()
    os._exit(0)  # a window that closes is not measured here


if __name__ == "__main__":
    _empty() if sys.argv[1] == "empty" else _shown(sys.argv[1])
