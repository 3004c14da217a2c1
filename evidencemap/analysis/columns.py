"""What every node and step of an evaluated graph has, in lists by their numbers in it (see graph.py).

A number finds its place at once, where an id has to be looked up: what is asked of a whole map goes by
numbers. Origins, loads and findings share these lists; each is worked out once, when it is first asked
for, and not to be changed. `arrays` has the steps once more, for questions to all of them at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from evidencemap.analysis.graph import (
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
from evidencemap.analysis.intervals import HI, LO
from evidencemap.analysis.ordering import Order
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind

if TYPE_CHECKING:
    from evidencemap.analysis.arrays import Marked, Numbers, Rows, Small, Steps

E = TypeVar("E", Evidence, Claim, Step)

Numbered = list[tuple[int, E]]
"""Entities by visible number, each after its number in the graph."""

Parts = list[list[int]]
"""What each node leans on, by the number of the node."""


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
        return self._numbered(Claim, self._graph.ids, lambda: self._graph.node_of)

    @cached_property
    def items(self) -> Numbered[Evidence]:
        """The evidence."""
        return self._numbered(Evidence, self._graph.ids, lambda: self._graph.node_of)

    @cached_property
    def steps(self) -> Numbered[Step]:
        """The drawn steps."""
        return self._numbered(Step, self._graph.step_ids, lambda: self._graph.step_of)

    @cached_property
    def ordered(self) -> list[int]:
        """The nodes, each behind all that it leans on. Those of one circle come together, in any order."""
        places = list(map(self._order.rank.__getitem__, self._order.component))
        return sorted(range(len(places)), key=places.__getitem__)

    @cached_property
    def arrays(self) -> "Steps":
        """The steps as flat arrays of numbers."""
        from evidencemap.analysis.arrays import Steps  # numpy loads with it, which no verdict needs

        return Steps(self._graph, self._of)

    @cached_property
    def passing(self) -> bytes:
        """The grade that each step passes at the least."""
        return self.arrays.passing.tobytes()

    @cached_property
    def grades(self) -> bytes:
        """The grade that each node has at the least."""
        return bytes(map(LO.__getitem__, self._of))

    @cached_property
    def least_for(self) -> bytes:
        """What is for each node at the least, as a grade: its own base and what its steps pass."""
        return self.arrays.least_for.tobytes()

    @cached_property
    def stated(self) -> bytes:
        """The grade at which each node that is a claim is stated: see `Verdicts.stated`; 0 for any other."""
        from evidencemap.analysis.arrays import scattered

        stated = [claim.stated for _, claim in self.claims]
        found = scattered(stated, self._nodes_of_claims, len(self._graph.ids), others=0)
        for node, claim in self.claims_where(self.of_kinds(ClaimKind.ASK)):
            if claim.stake is not None:
                found[node] = self._graph.policy.required(claim.stake)
        return found.tobytes()

    @cached_property
    def _kinds(self) -> "Small":
        """The place in `ClaimKind` of the kind of each node that is a claim; past them all for any other."""
        from evidencemap.analysis.arrays import scattered

        place = {id(kind): at for at, kind in enumerate(ClaimKind)}
        kinds = [place[id(claim.kind)] for _, claim in self.claims]
        return scattered(kinds, self._nodes_of_claims, len(self._graph.ids), others=len(place))

    def of_kinds(self, *kinds: ClaimKind) -> "Marked":
        """Return which nodes are claims of some kinds."""
        from evidencemap.analysis.arrays import among

        return among(self._kinds, [at for at, kind in enumerate(ClaimKind) if kind in kinds])

    @cached_property
    def lacking(self) -> bytes:
        """What each step lacks: 0, or any of LACKS_WARRANT, LACKS_BACKING and LACKS_ROLE together."""
        return self.arrays.lacking.tobytes()

    @cached_property
    def leaning(self) -> "Rows":
        """What each node leans on: the premises and the backing of the steps for it, in rows."""
        return self.arrays.parts()

    @cached_property
    def parts(self) -> Parts:
        """What each node leans on: the premises and the backing of the steps for it."""
        return self.leaning.lists()

    @cached_property
    def parts_behind(self) -> Parts:
        """What each node leans on for its origins: `parts`, but that provenance brings an item none."""
        parts, graph = self.parts[:], self._graph
        for node, _ in self.items:
            if parts[node]:
                drawn = [step for step in graph.pro[node] if not graph.flags[step] & DERIVED]
                parts[node] = [part for step in drawn for part in graph.body[step][1] + graph.body[step][2]]
        return parts

    @cached_property
    def parts_carrying(self) -> Parts:
        """What each node leans on for its origins, by steps that pass something."""
        return self.arrays.parts_carrying(self.are_items).lists()

    @cached_property
    def are_items(self) -> "Marked":
        """Which nodes are evidence."""
        from evidencemap.analysis.arrays import marked

        return marked(map(itemgetter(0), self.items), len(self._graph.ids))

    def claims_where(self, marks: "Marked") -> Iterator[tuple[int, Claim]]:
        """Return the claims of which something is true, by visible number; `marks` has each node."""
        return compress(self.claims, marks[self._nodes_of_claims].tolist())

    def steps_where(self, marks: "Marked") -> Iterator[tuple[int, Step]]:
        """Return the drawn steps of which something is true, by visible number; `marks` has each step."""
        return compress(self.steps, marks[self.numbers_of_steps].tolist())

    @cached_property
    def _nodes_of_claims(self) -> "Numbers":
        from evidencemap.analysis.arrays import numbers

        return numbers(map(itemgetter(0), self.claims))

    @cached_property
    def numbers_of_steps(self) -> "Numbers":
        """The numbers of the drawn steps, by their visible numbers."""
        from evidencemap.analysis.arrays import numbers

        return numbers(map(itemgetter(0), self.steps))

    def _numbered(
        self, kind: type[E], ids: Sequence[Id], number_of: Callable[[], Mapping[Id, int]]
    ) -> Numbered[E]:
        """Return entities with their numbers: read off where these follow each other, as they were built."""
        held, table = self._case.sorted(kind), self._case.of(kind)
        first = ids.index(held[0].id) if held else 0
        if ids[first : first + len(held)] == list(table) and held == list(table.values()):
            return list(enumerate(held, first))
        numbers = number_of()
        return [(numbers[each.id], each) for each in held]


def what_lacks(flags: int, backing: Sequence[int], of: Sequence[int]) -> int:
    """Return what a step lacks, by its flags, its backing and the words of all nodes."""
    lacks = LACKS_WARRANT if flags & NO_WARRANT else 0
    if flags & NO_ROLE or (flags & HAS_ROLE and not HI[of[backing[-1]]]):
        lacks |= LACKS_ROLE
    if flags & HAS_WARRANT and flags & NEEDS_WARRANT and not HI[of[backing[0]]]:
        lacks |= LACKS_BACKING
    return lacks
