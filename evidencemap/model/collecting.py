"""Lets the collector of cyclic garbage wait while much is made that has no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY_MADE = 100_000
"""From so many new objects on, what was made while the collector waited counts as old at once."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector wait: what is built here has no cycles and is much.

    What was made is then moved to the oldest generation, which takes no time. The collector would walk
    through all of it at the next small thing made, to move it there as well.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if gc.get_count()[0] > MANY_MADE and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
