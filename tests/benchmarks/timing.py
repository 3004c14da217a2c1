"""Measures jobs: CPU and wall seconds, medians over a few runs."""

import gc
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

Row = tuple[str, str, str]
"""What was measured, the figure, and the goal or a peer."""


def alone(folder: str) -> dict[str, str]:
    """Return the environment of a process whose window shows nothing, with state and settings in a folder."""
    private = {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
    return {**os.environ, **private}


def cpu_seconds(job: Callable[[], object], times: int = 5) -> float:
    """Return the median CPU seconds of a job over so many runs."""
    return _seconds(job, times, process_time)


def wall_seconds(job: Callable[[], object], times: int = 5) -> float:
    """Return the median seconds by the clock of a job over so many runs."""
    return _seconds(job, times, perf_counter)


def _seconds(job: Callable[[], object], times: int, clock: Callable[[], float]) -> float:
    taken = []
    for _ in range(times):
        gc.collect()
        before = clock()
        job()
        taken.append(clock() - before)
    return median(taken)
