"""How long verdicts take: from scratch, after one edit, and what settles a claim."""

import gc
import time
from collections.abc import Callable
from random import Random
from statistics import median

from evidencemap.analysis.incremental import Engine
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from tests.benchmarks.generate import generate
from tests.properties.edits import random_edit

Row = tuple[str, str, str]
_SIZES = ((10_000, "0.05 s CPU", "5 ms"), (100_000, "0.6 s CPU", "50 ms"))
_EDITS = 60


def rows() -> list[Row]:
    """Return what was measured: what, the figure, the goal."""
    found: list[Row] = []
    for nodes, from_scratch, one_edit in _SIZES:
        case = generate(nodes)
        seconds = cpu_seconds(lambda case=case: verdicts(case))  # type: ignore[misc]
        found.append((f"verdicts of {nodes:,} nodes from scratch", f"{seconds:.3f} s CPU", from_scratch))
        taken, visited = edits(case, _EDITS)
        figure = f"{1000 * median(taken):.1f} ms median of {len(taken)}, {median(visited):.0f} nodes visited"
        found.append((f"one edit's verdicts, {nodes:,} nodes", figure, one_edit))
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


def edits(case: Case, count: int) -> tuple[list[float], list[int]]:
    """Return the CPU seconds and the nodes visited of each of so many random edits, one after another."""
    random = Random(7)
    engine = Engine(case)
    taken: list[float] = []
    visited: list[int] = []
    while len(taken) < count:
        edit = random_edit(case, random)
        if edit.changes[0].id == case.id:
            continue
        after = case.after(edit)
        before = time.process_time()
        engine.update(case, edit, after)
        taken.append(time.process_time() - before)
        visited.append(engine.verdicts.values.visited)
        case = after
    return taken, visited
