"""How long one gesture takes to the screen, its durable commit included, and how long a pane takes to follow.

Run it as `python -m tests.benchmarks --only gesture`. The window is a process of its own, laid out as at a
first start, with a claim selected and at rest; what is timed ends when the map is painted whole. Of 100,000
nodes the map stands where the claim can be read, as cards are a pixel high where all are seen, and what is
timed is how long the window is held: to the end of the first frame. All figures are CPU time of the thread
that shows the window.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time

from tests.benchmarks.timing import Row, alone

SIZES: dict[int, tuple[int, int]] = {10_000: (20, 33), 100_000: (9, 50)}
"""How many nodes a case has, how often each gesture is made, and the most milliseconds that it may take."""

CLOSE = 100_000
"""From so many nodes the map stands where a claim can be read, and only the first frame is waited for."""

ROOT = Path(__file__).resolve().parents[2]


def rows() -> Iterator[Row]:
    """Yield what was measured: what, the figure, the goal."""
    for nodes, (_count, goal) in SIZES.items():
        for line in _told(nodes):
            what, figure = line.split("\t")
            yield (
                f"{what}, {nodes:,} nodes",
                figure,
                f"{goal} ms CPU" if what.startswith("one gesture") else "",
            )


def _told(nodes: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.gesture_speed", str(nodes)],
            cwd=ROOT,
            env=alone(folder),
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout.splitlines()


def _measured(nodes: int) -> None:
    """Print a line for each gesture: what it is, a tab, the figure."""
    from evidencemap.model import verbs
    from evidencemap.model.entities import Claim
    from evidencemap.session import Session
    from evidencemap.ui.app import application_made
    from evidencemap.ui.settings import Settings
    from evidencemap.ui.window import CaseWindow
    from tests.benchmarks.generate import generated

    application = application_made()
    window = CaseWindow(
        Session.adopt(generated(nodes)), Settings(Path(os.environ["XDG_STATE_HOME"]) / "window")
    )
    editor, view = window.editor, window.map
    window.show()

    def settle() -> list[float]:
        """Let the window come to rest; return the seconds of each of its turns."""
        turns = []
        rested = perf_counter() + 0.1
        while perf_counter() < rested or editor.looking or window.jobs.busy or window.following.count:
            begun = thread_time()
            application.processEvents()
            turns.append(thread_time() - begun)
        return turns

    def timed(gesture: Callable[[Claim], object]) -> tuple[list[float], list[float]]:
        """Return the seconds of each gesture, and of the longest turn of the window after each."""
        taken, longest = [], []
        for claim in editor.case.sorted(Claim)[: SIZES[nodes][0]]:
            editor.select([claim.id])
            if nodes >= CLOSE:
                view.focus_on(claim.id)
            settle()
            begun = thread_time()
            gesture(claim)
            view.repaint()
            while view.painted.unfinished and nodes < CLOSE:
                application.processEvents()
            taken.append(thread_time() - begun)
            longest.append(max(settle()))
        return taken, longest

    last = editor.case.sorted(Claim)[-1].id
    gestures: dict[str, Callable[[Claim], object]] = {
        "reword a claim": lambda claim: editor.perform(verbs.reword, claim.id, f"{claim.text} again"),
        "drag a card": lambda claim: editor.perform(verbs.place, {claim.id: (90.0, 40.0)}),
        "connect two claims": lambda claim: editor.perform(verbs.connect, [claim.id], last),
        "take a step back": lambda claim: editor.undo(),
        "select a card": lambda claim: editor.select([min(editor.case.users(claim.id))]),
        "remove a claim": lambda claim: editor.perform(verbs.remove, [claim.id]),
        "take its removal back": lambda claim: editor.undo(),
    }
    for name, gesture in gestures.items():
        taken, longest = timed(gesture)
        late = quantiles(taken, n=20)[-1]
        figure = f"{1000 * median(taken):.1f} ms CPU, 95th percentile {1000 * late:.1f}"
        sys.stdout.write(f"one gesture to the screen: {name}\t{figure}; ")
        sys.stdout.write(f"longest turn after it {1000 * median(longest):.0f}\n")
    sys.stdout.flush()
    os._exit(0)  # a window that closes is not measured here


if __name__ == "__main__":
    _measured(int(sys.argv[1]))
