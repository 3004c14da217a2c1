"""The steps of a whole map as flat arrays of numbers, in which one call answers for all of them.

A number finds its place at once where an id has to be looked up, and numbers that lie in a row are read
many times faster than objects that lie apart. What is asked of every step of a large map is asked here.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from evidencemap.analysis.graph import (
    CON,
    DERIVED,
    HAS_ROLE,
    HAS_WARRANT,
    LACKS_BACKING,
    LACKS_ROLE,
    LACKS_WARRANT,
    NEEDS_WARRANT,
    NO_ROLE,
    NO_WARRANT,
    Graph,
)
from evidencemap.analysis.intervals import HI, LO, SUGGESTIVE, UNDERCUT

Numbers = NDArray[np.int32]
Small = NDArray[np.uint8]
"""Grades, or other whole numbers below 256."""
Marked = NDArray[np.bool_]
"""Whether something is true of each step or node."""

T = TypeVar("T", np.int32, np.uint8, np.bool_)

_ANY_WORD = 0xFFFF
_LO = np.frombuffer(LO, dtype=np.uint8)
_HI = np.frombuffer(HI, dtype=np.uint8)


class Rows(NamedTuple):
    """Rows of numbers, one after the other: row r is `entries[starts[r]:starts[r + 1]]`."""

    starts: Numbers
    entries: Numbers

    def owners(self) -> Numbers:
        """Return, for each entry, the row that it is in."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.counts())

    def lists(self) -> list[list[int]]:
        """Return a list for each row, in which a loop finds single numbers faster."""
        starts, entries = self.starts.tolist(), self.entries.tolist()
        return [entries[at:to] for at, to in pairwise(starts)]

    def row(self, at: int) -> list[int]:
        """Return one row."""
        found: list[int] = self.entries[self.starts[at] : self.starts[at + 1]].tolist()
        return found

    def counts(self) -> Numbers:
        """Return how many entries each row has."""
        return np.diff(self.starts)

    def filled(self) -> "Marked":
        """Return which rows have entries."""
        return self.counts() > 0

    def within(self, kept: "Marked") -> "Rows":
        """Return the rows with no entries but those that are kept; `kept` has every number."""
        staying = kept[self.entries]
        before = np.zeros(len(staying) + 1, dtype=np.int32)
        np.cumsum(staying, out=before[1:])
        return Rows(before[self.starts], self.entries[staying])

    def take(self, rows: Numbers) -> "Rows":
        """Return some of the rows, in the order in which they are named."""
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        long = self.counts()[rows]
        np.cumsum(long, out=starts[1:])
        shift = np.repeat(self.starts[rows] - starts[:-1], long)
        return Rows(starts, self.entries[np.arange(len(shift), dtype=np.int32) + shift])

    def each_once(self) -> "Rows":
        """Return the rows with each entry of a row where it comes first in it, and nowhere else."""
        owners = self.owners()
        keys = owners.astype(np.int64) << 32 | self.entries
        first = np.sort(np.unique(keys, return_index=True)[1])
        return gathered(owners[first], self.entries[first], len(self.starts) - 1)

    def shared(self, of_each: Sequence[int]) -> list[int]:
        """Return the number that all entries of each row have, by `of_each`; -1 where there is none such."""
        values = numbers(of_each)
        least = self.folded(np.minimum, values, -1)
        least[least != self.folded(np.maximum, values, -1)] = -1
        found: list[int] = least.tolist()
        return found

    def folded(self, fold: np.ufunc, values: NDArray[T], of_none: int) -> NDArray[T]:
        """Return, for each row, what its entries have folded into one; `of_none` where it is empty.

        `values` has the value of every number that may be an entry.
        """
        found = np.full(len(self.starts) - 1, of_none, dtype=values.dtype)
        filled = np.flatnonzero(self.counts())
        if len(filled):
            found[filled] = fold.reduceat(values[self.entries], self.starts[filled])
        return found


def rows_of(lists: Collection[Sequence[int]]) -> Rows:
    """Return lists of numbers as rows, in the same order."""
    starts = np.zeros(len(lists) + 1, dtype=np.int32)
    np.cumsum(np.fromiter(map(len, lists), dtype=np.int32, count=len(lists)), out=starts[1:])
    entries = np.fromiter(chain.from_iterable(lists), dtype=np.int32, count=int(starts[-1]))
    return Rows(starts, entries)


def gathered(owners: Numbers, entries: Numbers, size: int) -> Rows:
    """Return entries in the rows of their owners, numbered from 0 below `size`, those of one row in order."""
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(owners, minlength=size), out=starts[1:])
    return Rows(starts, entries[np.argsort(owners, kind="stable")])


class Steps:
    """The steps of a graph by their numbers in it, drawn and derived, under the words of its nodes.

    Every array but those of `Rows` has one number for each step, where nothing else is said.
    """

    def __init__(self, graph: Graph, of: Sequence[int]) -> None:
        self.to = np.array(graph.to, dtype=np.int32)
        self.flags = np.array(graph.flags, dtype=np.int32)
        self.premises = rows_of(list(map(itemgetter(1), graph.body)))
        self.backing = rows_of(list(map(itemgetter(2), graph.body)))
        self.pro = self.flags & CON == 0
        self._size = len(graph.ids)
        self._graph = graph
        self._words = np.array(of, dtype=np.int32)
        self.grades = _LO[self._words]

    @cached_property
    def passing(self) -> Small:
        """The grade that each step passes to its conclusion at the least."""
        return _LO[self._passed()]

    def _passed(self) -> Numbers:
        """Return the words that the steps pass to their conclusions: see `evaluation.passed_by`."""
        ceilings = np.fromiter(map(itemgetter(0), self._graph.body), dtype=np.int32, count=len(self.to))
        of_premises = self.premises.folded(np.bitwise_and, self._words, _ANY_WORD)
        of_backing = self.backing.folded(np.bitwise_and, self._words | SUGGESTIVE, _ANY_WORD)
        found: Numbers = ceilings & of_premises & of_backing
        for at, undercutters in enumerate(map(itemgetter(3), self._graph.body)):
            for each in undercutters:
                found[at] &= UNDERCUT[int(self._words[each])]
        return found

    @cached_property
    def lacking(self) -> Small:
        """Return what each step lacks: 0, or LACKS_WARRANT, LACKS_BACKING and LACKS_ROLE together."""
        flags, starts, entries = self.flags, self.backing.starts, self.backing.entries
        fallen = np.append(_HI[self._words[entries]] == 0, np.False_)
        no_warrant = flags & NO_WARRANT > 0
        warranted = flags & (HAS_WARRANT | NEEDS_WARRANT) == HAS_WARRANT | NEEDS_WARRANT
        no_role = (flags & NO_ROLE > 0) | ((flags & HAS_ROLE > 0) & fallen[starts[1:] - 1])
        lacks = no_warrant * LACKS_WARRANT + (warranted & fallen[starts[:-1]]) * LACKS_BACKING
        found: Small = (lacks + no_role * LACKS_ROLE).astype(np.uint8)
        return found

    @cached_property
    def least_for(self) -> Small:
        """Return what is for each node at the least, as a grade: its own base and what its steps pass."""
        held = _LO[np.array(self._graph.base, dtype=np.int32)].copy()
        np.maximum.at(held, self.to[self.pro], self.passing[self.pro])
        return held

    def with_any(self, nodes: Marked) -> Marked:
        """Return which steps have a premise of which something is true."""
        return self.premises.folded(np.logical_or, nodes, False)

    def with_all(self, nodes: Marked) -> Marked:
        """Return of the premises of which steps something is true, of all of them."""
        return self.premises.folded(np.logical_and, nodes, True)

    def surest_premise(self) -> Small:
        """Return the grade of the surest premise of each step, as it is at the least."""
        return self.premises.folded(np.maximum, self.grades, 0)

    def premises_for(self, nodes: Marked, steps: Numbers) -> Rows:
        """Return, for each node, the premises among some nodes of the steps for it, each premise once.

        They come in the order of `steps`, the numbers of those that are looked at.
        """
        looked_at = steps[self.pro[steps]]
        taken = self.premises.take(looked_at)
        owners, kept = self.to[looked_at][taken.owners()], nodes[taken.entries]
        found = gathered(owners[kept], taken.entries[kept], self._size)
        return found.each_once()

    def parts(self) -> Rows:
        """Return what each node leans on: the premises and the backing of the steps for it."""
        return self._parts_by(self.pro)

    def parts_carrying(self, items: Marked) -> Rows:
        """Return what each node leans on by steps that pass something; an item by drawn ones alone.

        For provenance brings an item no origin but its own.
        """
        drawn = self.flags & DERIVED == 0
        return self._parts_by(self.pro & (self.passing > 0) & (drawn | ~items[self.to]))

    def _parts_by(self, steps: Marked) -> Rows:
        owners, entries = [], []
        for rows in (self.premises, self.backing):
            of_step = rows.owners()
            counting = steps[of_step]
            owners.append(self.to[of_step[counting]])
            entries.append(rows.entries[counting])
        return gathered(np.concatenate(owners), np.concatenate(entries), self._size)


def numbers(held: Iterable[int]) -> Numbers:
    """Return whole numbers as an array."""
    return np.fromiter(held, dtype=np.int32)


def scattered(held: Sequence[int], places: Numbers, size: int, *, others: int) -> Small:
    """Return numbers below 256 at their places among `size`, another one everywhere else."""
    found = np.full(size, others, dtype=np.uint8)
    found[places] = np.frombuffer(bytes(held), dtype=np.uint8)
    return found


def among(held: Small, wanted: Sequence[int]) -> Marked:
    """Return which of some numbers are wanted ones."""
    return np.isin(held, np.array(wanted, dtype=np.uint8))


def small(held: bytes) -> Small:
    """Return bytes as an array."""
    return np.frombuffer(held, dtype=np.uint8)


def marked(true_of: Iterable[int], size: int) -> Marked:
    """Return of what, numbered from 0 below `size`, something is true."""
    found = np.zeros(size, dtype=np.bool_)
    found[numbers(true_of)] = True
    return found
