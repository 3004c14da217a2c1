"""What a node stands on: alternatives of parts, the landmarks that all of them share, and one proof.

A state is a node at a grade. It is an OR of its alternatives (its own base, each pro step that
reaches the grade); an alternative is an AND of leaves and of further states. Leaves are the sources
or the items that can be lost, kept as the bits of a whole number. What speaks against anything is
taken as it stands. Landmarks of AND/OR graphs: Keyder, Richter and Helmert (2010).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencemap.analysis.evaluation import for_and_against, passed_by
from evidencemap.analysis.graph import DERIVED, Graph, provenance_of
from evidencemap.analysis.intervals import EXACTLY, LO
from evidencemap.analysis.lineage import provenance
from evidencemap.analysis.ordering import Order
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Evidence, Source
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState

EVERYTHING = -1
"""The set of all leaves: what a state that nothing reaches would run through."""

Alternative = tuple[int, tuple[int, ...]]
"""Leaves that are needed, and states that are needed with them."""


@dataclass(slots=True, kw_only=True)
class Leaves:
    """The leaves of a case: the `ids` that can be lost with the `bits` of each, and what hangs on them.

    `direct` gives, for an item whose provenance is in its base, its sources with their ceilings; `sole`
    the bit of an item's one source, where nothing else is for the item; `step_bit` the bit of a
    provenance step that stands in the graph; `steps_of` and `items_of` what hangs on a source. `whole`
    tells that items are lost as a whole, and no sources.
    """

    ids: tuple[Id, ...]
    bits: tuple[int, ...]
    bit: Mapping[Id, int]
    direct: dict[int, list[tuple[int, Id]]] = field(default_factory=dict)
    sole: dict[int, int] = field(default_factory=dict)
    step_bit: dict[int, int] = field(default_factory=dict)
    steps_of: dict[Id, list[int]] = field(default_factory=dict)
    items_of: dict[Id, list[int]] = field(default_factory=dict)
    whole: bool = False

    def named(self, mask: int) -> tuple[Id, ...]:
        """Return the ids of a set of leaves, by visible number."""
        ids, bits, found = self.ids, self.bits, []
        while mask > 0:
            at = mask.bit_length() - 1
            found.append(ids[at])
            mask ^= bits[at]
        found.reverse()
        return tuple(found)


def leaves_of(verdicts: Verdicts, kind: type[Source] | type[Evidence]) -> Leaves:
    """Return the leaves of a case that are sources, or those that are items, but for those withdrawn."""
    case, graph, withdrawn = verdicts.case, verdicts.graph, verdicts.supposed.withdrawn
    ids = tuple(each.id for each in case.sorted(kind))
    bits = tuple(1 << at for at in range(len(ids)))
    bit = dict(zip(ids, bits, strict=True))
    leaves = Leaves(ids=ids, bits=bits, bit=bit, whole=kind is Evidence)
    derived = {graph.step_ids[at]: at for at, flags in enumerate(graph.flags) if flags & DERIVED}
    for node, item in verdicts.columns.items:
        if item.state is EvidenceState.WITHDRAWN or item.id in withdrawn or not item.sources:
            continue
        if item.copied_from or item.undercut_by:
            for source in item.sources:
                step = derived[provenance_of(item.id, source)]
                leaves.steps_of.setdefault(source, []).append(step)
                if not leaves.whole:
                    leaves.step_bit[step] = leaves.bit[source]
            continue
        if len(item.sources) == 1:
            leaves.direct[node] = [(4, item.sources[0])]
            if not leaves.whole and not graph.pro[node]:
                leaves.sole[node] = leaves.bit[item.sources[0]]
        else:
            found = provenance(case, item, graph.policy, withdrawn)
            leaves.direct[node] = [(each.ceiling, each.source) for each in found if each.source is not None]
        for source in item.sources:
            leaves.items_of.setdefault(source, []).append(node)
    return leaves


class Support:
    """The states of one evaluated graph over one kind of leaves, worked out as they are asked for.

    `lost` names the leaves without which the graph was evaluated; `passed`, where it is known, is what
    all its steps pass.
    """

    def __init__(
        self,
        graph: Graph,
        order: Order,
        of: list[int],
        leaves: Leaves,
        lost: Collection[Id] = (),
        passed: Sequence[int] | None = None,
    ) -> None:
        self._lost = lost
        self._passed = passed
        self._graph = graph
        self._order = order
        self._of = of
        self._leaves = leaves
        self._least: dict[int, int] = {}

    def least(self, node: int) -> int:
        """Return the lowest grade for a node at which it would still stand; 0 where it does not stand."""
        known = self._least.get(node)
        if known is None:
            known = self._least[node] = self._least_of(node)
        return known

    def _least_of(self, node: int) -> int:
        graph, of = self._graph, self._of
        held = LO[of[node]]
        if not held:
            return 0
        against = for_and_against(graph, of, graph.base, node)[1] if graph.con[node] else 0
        table = graph.table[node]
        for grade in range(1, held):
            if LO[table[EXACTLY[grade] << 16 | against]]:
                return grade
        return held

    def landmarks(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return, for each node at a grade, the leaves that every way to it runs through.

        A grade below the least at which the node stands is read as that least; above what the node
        has, the answer is EVERYTHING.
        """
        return self._solve(wanted, _shared)

    def proofs(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return, for each node at a grade, the leaves of one well-founded way to it, a small one."""
        return self._solve(wanted, _smallest)

    def _solve(
        self,
        wanted: Iterable[tuple[int, int]],
        combine: Callable[[list[Alternative], dict[int, int], int], int],
    ) -> dict[tuple[int, int], int]:
        asked = {pair: self._state(*pair) for pair in wanted}
        ways = self._ways(asked.values())
        component, rank, members = self._order.component, self._order.rank, self._order.members
        held = dict.fromkeys(ways, EVERYTHING)
        circles: dict[int, list[int]] = {}
        order = sorted(ways, key=lambda state: rank[component[state >> 3]])
        for state in order:
            circle = component[state >> 3]
            if circle in members:
                circles.setdefault(circle, []).append(state)
        done: set[int] = set()
        for state in order:
            circle = component[state >> 3]
            if circle not in members:
                held[state] = combine(ways[state], held, EVERYTHING)
            elif circle not in done:
                done.add(circle)
                _settle(circles[circle], ways, held, combine)
        return {pair: held.get(state, EVERYTHING) for pair, state in asked.items()}

    def _state(self, node: int, grade: int) -> int:
        return node << 3 | max(grade, self.least(node))

    def _ways(self, asked: Iterable[int]) -> dict[int, list[Alternative]]:
        waiting = list(asked)
        ways: dict[int, list[Alternative]] = {}
        while waiting:
            state = waiting.pop()
            if state not in ways:
                found = ways[state] = self._alternatives(state >> 3, state & 7)
                for _, parts in found:
                    waiting += parts
        return ways

    def _alternatives(self, node: int, grade: int) -> list[Alternative]:
        """Return the ways to a state. A part that has one source and nothing else is taken as that source."""
        graph, of, leaves = self._graph, self._of, self._leaves
        if LO[of[node]] < grade:
            return []
        own = leaves.bit.get(graph.ids[node], 0) if leaves.whole else 0
        found: list[Alternative] = []
        if LO[graph.base[node]] >= grade:
            if leaves.whole or node not in leaves.direct:
                return [(own, ())]
            for ceiling, source in leaves.direct[node]:
                if ceiling >= grade and source not in self._lost:
                    found.append((leaves.bit[source], ()))
        known, least, sole = self._passed, self._least, leaves.sole
        for step in graph.pro[node]:
            if LO[passed_by(graph, of, step) if known is None else known[step]] < grade:
                continue
            _, premises, backing, _ = graph.body[step]
            needed, parts = own | leaves.step_bit.get(step, 0), []
            for part in premises if grade == 1 else premises + backing:
                if part in sole:
                    needed |= sole[part]
                    continue
                at = least.get(part)
                if at is None:
                    at = self.least(part)
                parts.append(part << 3 | (at if at > grade else grade))
            found.append((needed, tuple(parts)))
        return found


def _settle(
    states: list[int],
    ways: Mapping[int, list[Alternative]],
    held: dict[int, int],
    combine: Callable[[list[Alternative], dict[int, int], int], int],
) -> None:
    changed = True
    while changed:
        changed = False
        for state in states:
            now = combine(ways[state], held, held[state])
            if now != held[state]:
                held[state] = now
                changed = True


def _shared(ways: list[Alternative], held: dict[int, int], was: int) -> int:
    shared = EVERYTHING
    for mask, parts in ways:
        for part in parts:
            mask |= held[part]
        shared &= mask
        if not shared:
            break
    return shared


def _smallest(ways: list[Alternative], held: dict[int, int], was: int) -> int:
    if was != EVERYTHING:
        return was
    best = EVERYTHING
    for mask, parts in ways:
        for part in parts:
            mask |= held[part]
        if mask != EVERYTHING and (best == EVERYTHING or mask.bit_count() < best.bit_count()):
            best = mask
    return best
