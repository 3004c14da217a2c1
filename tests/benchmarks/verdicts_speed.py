"""How long verdicts take: from scratch, and after one edit."""

import gc
import time
from collections.abc import Callable
from statistics import median

from evidencemap.analysis.verdicts import verdicts
from tests.benchmarks.generate import generate

Row = tuple[str, str, str]


def rows() -> list[Row]:
    """Return what was measured: what, the figure, the goal."""
    found: list[Row] = []
    for nodes, goal in ((10_000, "0.05 s CPU"), (100_000, "0.6 s CPU")):
        case = generate(nodes)
        seconds = cpu_seconds(lambda case=case: verdicts(case))  # type: ignore[misc]
        found.append((f"verdicts of {nodes:,} nodes from scratch", f"{seconds:.3f} s CPU", goal))
    return found


def cpu_seconds(job: Callable[[], object], times: int = 5) -> float:
    """Return the median CPU seconds of a job over so many runs."""
    taken = []
    for _ in range(times):
        gc.collect()
        before = time.process_time()
        job()
        taken.append(time.process_time() - before)
    return median(taken)
