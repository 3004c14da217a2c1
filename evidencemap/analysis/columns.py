"""What every node and step of an evaluated graph has, in lists by their numbers in it (see graph.py).

A number finds its place at once, where an id has to be looked up: what is asked of a whole map goes by
numbers. Origins, loads and findings share these lists; each is worked out once, when it is first asked
for, and not to be changed.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from evidencemap.analysis.evaluation import all_passed
from evidencemap.analysis.graph import (
    CON,
    DERIVED,
    HAS_ROLE,
    HAS_WARRANT,
    NEEDS_WARRANT,
    NO_ROLE,
    NO_WARRANT,
    Graph,
)
from evidencemap.analysis.intervals import HI, LO
from evidencemap.analysis.ordering import Order
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id

E = TypeVar("E", Evidence, Claim, Step)

Numbered = list[tuple[int, E]]
"""Entities by visible number, each after its number in the graph."""

LACKS_WARRANT = 1
"""A warrant is needed, none is recorded, and no request stands for it."""
LACKS_BACKING = 2
"""The warrant that is needed has nothing behind it."""
LACKS_ROLE = 4
"""A role is empty, and nothing that stands for it holds."""

_MAY_LACK = HAS_WARRANT | NO_WARRANT | HAS_ROLE | NO_ROLE
"""A step with none of these flags needs nothing but its premises."""


class Columns:
    """The columns of one evaluated graph of a case."""

    def __init__(self, case: Case, graph: Graph, order: Order, of: Sequence[int]) -> None:
        self._case = case
        self._graph = graph
        self._order = order
        self._of = of

    @cached_property
    def claims(self) -> Numbered[Claim]:
        """The claims, methods, assumptions and asks."""
        return self._numbered(Claim, self._graph.node_of)

    @cached_property
    def items(self) -> Numbered[Evidence]:
        """The evidence."""
        return self._numbered(Evidence, self._graph.node_of)

    @cached_property
    def steps(self) -> Numbered[Step]:
        """The drawn steps."""
        drawn = self._case.sorted(Step)
        ids = [each.id for each in drawn]
        if self._graph.step_ids[: len(ids)] == ids:
            return list(enumerate(drawn))
        return list(zip(map(self._graph.step_of.__getitem__, ids), drawn, strict=True))

    @cached_property
    def ordered(self) -> list[int]:
        """The nodes, each behind all that it leans on. Those of one circle come together, in any order."""
        places = list(map(self._order.rank.__getitem__, self._order.component))
        return sorted(range(len(places)), key=places.__getitem__)

    @cached_property
    def passed(self) -> list[int]:
        """The word that each step passes to its conclusion."""
        return all_passed(self._graph, self._of)

    @cached_property
    def passing(self) -> bytes:
        """The grade that each step passes at the least."""
        return bytes(map(LO.__getitem__, self.passed))

    @cached_property
    def grades(self) -> bytes:
        """The grade that each node has at the least."""
        return bytes(map(LO.__getitem__, self._of))

    @cached_property
    def least_for(self) -> bytes:
        """What is for each node at the least, as a grade: its own base and what its steps pass."""
        held = bytearray(map(LO.__getitem__, self._graph.base))
        for to, flags, passing in zip(self._graph.to, self._graph.flags, self.passing, strict=True):
            if passing > held[to] and not flags & CON:
                held[to] = passing
        return bytes(held)

    @cached_property
    def lacking(self) -> bytes:
        """What each step lacks: 0, or any of LACKS_WARRANT, LACKS_BACKING and LACKS_ROLE together."""
        graph, of = self._graph, self._of
        return bytes(
            [
                what_lacks(flags, body[2], of) if flags & _MAY_LACK else 0
                for flags, body in zip(graph.flags, graph.body, strict=True)
            ]
        )

    @cached_property
    def parts(self) -> list[tuple[int, ...]]:
        """What each node leans on: the premises and the backing of the steps for it."""
        return self._parts_by(b"\1" * len(self._graph.body))

    @cached_property
    def parts_behind(self) -> list[tuple[int, ...]]:
        """What each node leans on for its origins: `parts`, but that provenance brings an item none."""
        return self._reasoned(self.parts[:], b"\1" * len(self._graph.body))

    @cached_property
    def parts_carrying(self) -> list[tuple[int, ...]]:
        """What each node leans on for its origins, by steps that pass something."""
        return self._reasoned(self._parts_by(self.passing), self.passing)

    def _parts_by(self, kept: Sequence[int]) -> list[tuple[int, ...]]:
        """Return what each node leans on by the steps for it that are kept: of which the number is not 0."""
        graph = self._graph
        parts: list[tuple[int, ...]] = [()] * len(graph.ids)
        for to, flags, keep, (_, premises, backing, _) in zip(
            graph.to, graph.flags, kept, graph.body, strict=True
        ):
            if keep and not flags & CON:
                parts[to] += premises + backing
        return parts

    def _reasoned(self, parts: list[tuple[int, ...]], kept: Sequence[int]) -> list[tuple[int, ...]]:
        """Return what nodes lean on by the steps that are kept, with only drawn ones for items."""
        flags, body = self._graph.flags, self._graph.body
        for node, _ in self.items:
            if parts[node]:
                drawn = [step for step in self._graph.pro[node] if kept[step] and not flags[step] & DERIVED]
                parts[node] = tuple(part for step in drawn for part in body[step][1] + body[step][2])
        return parts

    def _numbered(self, kind: type[E], number_of: Mapping[Id, int]) -> Numbered[E]:
        return [(number_of[each.id], each) for each in self._case.sorted(kind)]


def what_lacks(flags: int, backing: Sequence[int], of: Sequence[int]) -> int:
    """Return what a step lacks, by its flags, its backing and the words of all nodes."""
    lacks = LACKS_WARRANT if flags & NO_WARRANT else 0
    if flags & NO_ROLE or (flags & HAS_ROLE and not HI[of[backing[-1]]]):
        lacks |= LACKS_ROLE
    if flags & HAS_WARRANT and flags & NEEDS_WARRANT and not HI[of[backing[0]]]:
        lacks |= LACKS_BACKING
    return lacks
