"""What a node stands on: alternatives of parts, the landmarks that all of them share, and one proof.

A state is a node at a grade. It is an OR of its alternatives (its own base, each pro step that
reaches the grade); an alternative is an AND of leaves and of further states. Leaves are the sources
or the items that can be lost, kept as the bits of a whole number. What speaks against anything is
taken as it stands. Landmarks of AND/OR graphs: Keyder, Richter and Helmert (2010).
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence

from evidencemap.analysis.evaluation import for_and_against, passed_by
from evidencemap.analysis.graph import Graph
from evidencemap.analysis.intervals import EXACTLY, LO
from evidencemap.analysis.leaves import Leaves
from evidencemap.analysis.ordering import Order
from evidencemap.model.records import Id

EVERYTHING = -1
"""The set of all leaves: what a state that nothing reaches would run through."""

Alternative = tuple[int, Sequence[int]]
"""Leaves that are needed, and states that are needed with them."""


class Support:
    """The states of one evaluated graph over one kind of leaves, worked out as they are asked for.

    `lost` names the leaves without which the graph was evaluated; `passing`, where it is known, has the
    grade that each step passes at the least.
    """

    def __init__(
        self,
        graph: Graph,
        order: Order,
        of: list[int],
        leaves: Leaves,
        lost: Collection[Id] = (),
        passing: bytes | None = None,
    ) -> None:
        self._lost = lost
        self._passing = _Passing(graph, of) if passing is None else passing
        self._graph = graph
        self._order = order
        self._of = of
        self._leaves = leaves
        self._least = _Least(graph, of)
        self._known: dict[int, int] = {}

    def least(self, node: int) -> int:
        """Return the lowest grade for a node at which it would still stand; 0 where it does not stand."""
        return self._least[node]

    def landmarks(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return, for each node at a grade, the leaves that every way to it runs through.

        A grade below the least at which the node stands is read as that least; above what the node
        has, the answer is EVERYTHING.
        """
        return self._solve(wanted, _shared, self._known)

    def proofs(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return, for each node at a grade, the leaves of one well-founded way to it, a small one."""
        return self._solve(wanted, _smallest, {})

    def look_through(self, ordered: Iterable[int]) -> None:
        """Work out the landmarks of all nodes that stand, each at its least grade, in one pass.

        `ordered` has the nodes, each behind all that it leans on. `looked_up` gives what was found.
        """
        of, known = self._of, self._known
        component, members, sole = self._order.component, self._order.members, self._leaves.sole
        for node in ordered:
            if sole[node] or not LO[of[node]]:
                continue
            state = node << 3 | self._least[node]
            if component[node] not in members:
                known[state] = self._shared_by_ways(node, state & 7)
            elif state not in known:
                self.landmarks([(node, state & 7)])

    def looked_up(self, node: int) -> int:
        """Return the landmarks of a node that stands and was looked through, at its least grade."""
        return self._known[node << 3 | self._least[node]]

    def _shared_by_ways(self, node: int, grade: int) -> int:
        """Return what `_shared` does for a node on no circle, from the landmarks of what it leans on."""
        graph, leaves, least, known = self._graph, self._leaves, self._least, self._known
        body, sole, passing, step_bit = graph.body, leaves.sole, self._passing, leaves.step_bit
        shared = EVERYTHING
        for mask, _ in self._by_itself(node, grade) if LO[graph.base[node]] >= grade else ():
            shared &= mask
        for step in graph.pro[node]:
            if not shared:
                break
            if passing[step] < grade:
                continue
            _, needing, backing, _ = body[step]
            mask = step_bit.get(step, 0)
            for part in needing if grade == 1 else needing + backing:
                if sole[part]:
                    mask |= sole[part]
                    continue
                at = least[part]
                held = known.get(part << 3 | (at if at > grade else grade))
                if held is None:
                    held = self.landmarks([(part, grade)])[part, grade]
                mask |= held
            shared &= mask
        return shared

    def _solve(
        self,
        wanted: Iterable[tuple[int, int]],
        combine: Callable[[list[Alternative], dict[int, int], int], int],
        held: dict[int, int],
    ) -> dict[tuple[int, int], int]:
        """Return what is asked for, from what is held of states already; all that is new is added to it."""
        least, of = self._least, self._of
        asked = {(node, grade): node << 3 | max(grade, least[node]) for node, grade in wanted}
        ways = self._ways([state for state in asked.values() if LO[of[state >> 3]] >= state & 7], held)
        component, rank, members = self._order.component, self._order.rank, self._order.members
        held.update(dict.fromkeys(ways, EVERYTHING))
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

    def _ways(self, asked: Iterable[int], known: Container[int]) -> dict[int, list[Alternative]]:
        """Return the alternatives of states that nodes reach, and of all states that are needed for these.

        Those that are known are passed over. A part that has one source and nothing else is taken as
        that source.
        """
        graph, leaves, least = self._graph, self._leaves, self._least
        base, pro, body, sole, step_bit = graph.base, graph.pro, graph.body, leaves.sole, leaves.step_bit
        passing = self._passing
        ways: dict[int, list[Alternative]] = {}
        waiting = list(asked)
        while waiting:
            state = waiting.pop()
            if state in ways or state in known:
                continue
            node, grade = state >> 3, state & 7
            own = leaves.bit.get(graph.ids[node], 0) if leaves.whole else 0
            found = ways[state] = self._by_itself(node, grade) if LO[base[node]] >= grade else []
            if found == [(own, ())]:
                continue
            for step in pro[node]:
                if passing[step] < grade:
                    continue
                _, needing, backing, _ = body[step]
                if backing and grade > 1:
                    needing += backing
                needed, parts = step_bit.get(step, own), []
                for part in needing:
                    if sole[part]:
                        needed |= sole[part]
                    else:
                        at = least[part]
                        parts.append(part << 3 | (at if at > grade else grade))
                found.append((needed, parts))
                waiting += parts
        return ways

    def _by_itself(self, node: int, grade: int) -> list[Alternative]:
        """Return the alternatives in which a node stands by its base: by its sources, if these are in it."""
        leaves = self._leaves
        if leaves.whole:
            return [(leaves.bit.get(self._graph.ids[node], 0), ())]
        direct = leaves.direct(node)
        if not direct:
            return [(0, ())]
        return [
            (leaves.bit[source], ())
            for ceiling, source in direct
            if ceiling >= grade and source not in self._lost
        ]


class _Least(dict[int, int]):
    """The lowest grade for each node at which it would still stand, worked out when it is asked for."""

    def __init__(self, graph: Graph, of: Sequence[int]) -> None:
        super().__init__()
        self._graph = graph
        self._of = of

    def __missing__(self, node: int) -> int:
        graph, of = self._graph, self._of
        held = LO[of[node]]
        if held > 1:
            against = for_and_against(graph, of, graph.base, node)[1] if graph.con[node] else 0
            table = graph.table[node]
            for grade in range(1, held):
                if LO[table[EXACTLY[grade] << 16 | against]]:
                    held = grade
                    break
        self[node] = held
        return held


class _Passing(dict[int, int]):
    """The grade that each step passes at the least, worked out when it is asked for."""

    def __init__(self, graph: Graph, of: Sequence[int]) -> None:
        super().__init__()
        self._graph = graph
        self._of = of

    def __missing__(self, step: int) -> int:
        found = self[step] = LO[passed_by(self._graph, self._of, step)]
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
