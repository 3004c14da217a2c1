"""Measures jobs: CPU and wall seconds, medians over a few runs."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

Row = tuple[str, str, str]
"""What was measured, the figure, and the goal or a peer."""


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
