"""Intervals of grades as single integers, on which `and` is the weaker and `or` the stronger.

The low half of a byte holds the lower end, the high half the upper end; each half has as many bits
set as the grade has steps. So the minimum of two intervals is their bitwise and, end by end, and the
maximum their bitwise or. This is what lets plain lists of integers evaluate large cases.
"""

from collections.abc import Iterable
from functools import cache

from evidencemap.analysis.policy import Pair
from evidencemap.model.words import Grade

NOTHING = 0x00
ANYTHING = 0xF0
"""From nothing to established: what is known of a node before anything is computed."""
LOWER = 0x0F
UPPER = 0xF0
SUGGESTIVE = 0x11
ESTABLISHED = 0xFF

_BITS = (0, 1, 3, 7, 15)
_GRADE_OF_BITS = {bits: grade for grade, bits in enumerate(_BITS)}
INTERVALS = tuple(_BITS[low] | _BITS[high] << 4 for high in range(5) for low in range(high + 1))
"""Every interval that can occur."""

LO = bytes(_GRADE_OF_BITS.get(byte & LOWER, 0) for byte in range(256))
"""The grade at the lower end of an interval."""
HI = bytes(_GRADE_OF_BITS.get(byte >> 4, 0) for byte in range(256))
"""The grade at the upper end of an interval."""

EXACTLY = tuple(bits | bits << 4 for bits in _BITS)
"""The interval whose two ends are one grade, by that grade."""

UNDERCUT = bytes(NOTHING if byte & LOWER else UPPER if byte else ESTABLISHED for byte in range(256))
"""What an undercutter of this interval leaves of a step: nothing, only the upper end, or all."""

GRADES = tuple(Grade(grade) for grade in range(5))


@cache
def meeting(pairs: tuple[Pair, ...]) -> bytes:
    """Return the table that reads `for << 8 | against` and gives what the standard leaves.

    The lower end stands where enough is for it even against the most that may be against it; the
    upper end where enough may be for it against the least that is against it.
    """
    table = bytearray(0x10000)
    for pro in INTERVALS:
        for con in INTERVALS:
            low = pro & LOWER if _meets(pairs, LO[pro], HI[con]) else 0
            high = pro & UPPER if _meets(pairs, HI[pro], LO[con]) else 0
            table[pro << 8 | con] = low | high
    return bytes(table)


@cache
def never() -> bytes:
    """Return the table of a node that was withdrawn: it has nothing, whatever is for it."""
    return bytes(0x10000)


def enough(pairs: Iterable[Pair], pro: int) -> bool:
    """Tell whether a grade for a claim would meet the standard if nothing were against it."""
    return any(pro >= at_least for at_least, _ in pairs)


def _meets(pairs: Iterable[Pair], pro: int, con: int) -> bool:
    return any(pro >= at_least and con < less_than for at_least, less_than in pairs)
