"""Intervals of grades as whole numbers, on which `and` is the weaker and `or` the stronger.

A word has two lanes of a byte: what holds while assumptions are granted (the low byte), and what
holds with every assumption withdrawn. In each byte the low half is the lower end and the high half
the upper end of the interval; each half has as many bits set as the grade has steps. So the minimum
of two words is their bitwise and, end by end and lane by lane, and the maximum their bitwise or.
"""

from collections.abc import Iterable
from functools import cache

from evidencemap.analysis.policy import Pair
from evidencemap.model.words import Grade

NOTHING = 0x0000
ANYTHING = 0xF0F0
"""From nothing to established: what is known of a node before anything is computed."""
LOWER = 0x0F0F
UPPER = 0xF0F0
SUGGESTIVE = 0x1111
GRANTED = 0x00FF
"""The lane in which assumptions are granted."""
LANES = 0x0101
"""Times this, a byte stands in both lanes."""

_BITS = (0, 1, 3, 7, 15)
_GRADE_OF_BITS = {bits: grade for grade, bits in enumerate(_BITS)}

EXACTLY = tuple((bits | bits << 4) * LANES for bits in _BITS)
"""The word whose ends are all one grade, by that grade."""

GRADES = tuple(Grade(grade) for grade in range(5))

_LO = bytes(_GRADE_OF_BITS.get(byte & 0x0F, 0) for byte in range(256))
_HI = bytes(_GRADE_OF_BITS.get(byte >> 4, 0) for byte in range(256))


LO = _LO * 256
"""The grade at the lower end of a word, assumptions granted."""
HI = _HI * 256
"""The grade at the upper end of a word, assumptions granted."""
BARE_LO = b"".join(bytes([grade]) * 256 for grade in _LO)
"""The grade at the lower end of a word with every assumption withdrawn."""


def bare(word: int) -> int:
    """Return the word that holds in both lanes what this one holds with every assumption withdrawn."""
    return (word >> 8) * LANES


class _Undercut(dict[int, int]):
    """What an undercutter leaves of a step: nothing, only the upper end, or all; by its interval."""

    def __missing__(self, word: int) -> int:
        kept = self[word] = _left(word & GRANTED) | _left(word >> 8) << 8
        return kept


def _left(byte: int) -> int:
    return 0x00 if byte & 0x0F else 0xF0 if byte else 0xFF


UNDERCUT = _Undercut()


class Table(dict[int, int]):
    """What a standard leaves of `for << 16 | against`.

    The lower end stands where enough is for a node even against the most that may be against it;
    the upper end where enough may be for it against the least that is against it.
    """

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        super().__init__()
        self.pairs = pairs

    def __missing__(self, key: int) -> int:
        pro, con = key >> 16, key & 0xFFFF
        met = _met(self.pairs, pro & GRANTED, con & GRANTED) | _met(self.pairs, pro >> 8, con >> 8) << 8
        self[key] = met
        return met


@cache
def meeting(pairs: tuple[Pair, ...]) -> Table:
    """Return the table of a standard."""
    return Table(pairs)


@cache
def never() -> Table:
    """Return the table of a node that was withdrawn: it has nothing, whatever is for it."""
    return Table(())


def _met(pairs: Iterable[Pair], pro: int, con: int) -> int:
    low = pro & 0x0F if _meets(pairs, _LO[pro], _HI[con]) else 0
    high = pro & 0xF0 if _meets(pairs, _HI[pro], _LO[con]) else 0
    return low | high


def _meets(pairs: Iterable[Pair], pro: int, con: int) -> bool:
    return any(pro >= at_least and con < less_than for at_least, less_than in pairs)
