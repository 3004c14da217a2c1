"""The well-founded grades of a graph: once in order where it has no circle, jointly inside circles.

The well-founded model of Van Gelder, Ross and Schlipf (1991), kept for each node as an interval. In
a strongly connected component a monotone phase (lower ends rise, upper ends fall) alternates with
an unfounded-set step, in which what holds only by leaning on itself falls.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from evidencemap.analysis.graph import Graph
from evidencemap.analysis.intervals import ANYTHING, LOWER, NOTHING, SUGGESTIVE, UNDERCUT, UPPER
from evidencemap.analysis.ordering import Order


@dataclass(slots=True, kw_only=True)
class Values:
    """The interval of every node, and which nodes fell because they lean on themselves alone.

    `visited` counts the nodes that were computed to get here, which tests hold to account.
    """

    of: list[int]
    unfounded: set[int]
    visited: int = 0

    def copy(self) -> "Values":
        """Return values that may be changed without these changing; nothing visited yet."""
        return Values(of=self.of[:], unfounded=set(self.unfounded))


def evaluate(graph: Graph, order: Order) -> Values:
    """Return the values of every node of a graph, from nothing."""
    size = len(graph.ids)
    values = Values(of=[NOTHING] * size, unfounded=set())
    of, base, table, pro, con, body = values.of, graph.base, graph.table, graph.pro, graph.con, graph.body
    undercut = UNDERCUT
    for group in order.groups():
        if group.__class__ is not int:
            _component(graph, graph.base, of, group, values)  # type: ignore[arg-type]
            continue
        node: int = group  # type: ignore[assignment]
        held = base[node]
        for step in pro[node]:
            passed, premises, backing, undercutters = body[step]
            for each in premises:
                passed &= of[each]
            for each in backing:
                passed &= of[each] | 0x11
            for each in undercutters:
                passed &= undercut[of[each]]
            held |= passed
        against = 0
        for step in con[node]:
            passed, premises, backing, undercutters = body[step]
            for each in premises:
                passed &= of[each]
            for each in backing:
                passed &= of[each] | 0x11
            for each in undercutters:
                passed &= undercut[of[each]]
            against |= passed
        of[node] = table[node][held << 8 | against]
    values.visited = size
    return values


def propagate(
    graph: Graph, order: Order, values: Values, base: Sequence[int], changed: Iterable[int]
) -> set[int]:
    """Compute the changed nodes afresh and what follows from them, as far as anything changes.

    `base` stands for the bases of the graph. Returns the nodes whose interval is another one now.
    """
    component, rank, members = order.component, order.rank, order.members
    of, users, unfounded = values.of, graph.users, values.unfounded
    waiting = {component[node] for node in changed}
    heap = [(rank[each], each) for each in waiting]
    heapify(heap)
    moved: set[int] = set()
    while heap:
        _, group = heappop(heap)
        if group not in waiting:
            continue
        waiting.discard(group)
        inside = members.get(group)
        if inside is None:
            now = _value(graph, base, of, group)
            values.visited += 1
            unfounded.discard(group)
            if now == of[group]:
                continue
            of[group] = now
            changed_here: Iterable[int] = (group,)
        else:
            before = [of[node] for node in inside]
            unfounded.difference_update(inside)
            _component(graph, base, of, inside, values)
            values.visited += len(inside)
            changed_here = [node for node, was in zip(inside, before, strict=True) if of[node] != was]
        for node in changed_here:
            moved.add(node)
            for user in users[node]:
                target = component[user]
                if target != group and target not in waiting:
                    waiting.add(target)
                    heappush(heap, (rank[target], target))
    return moved


def passed_by(graph: Graph, of: Sequence[int], step: int) -> int:
    """Return the interval that a step passes to its conclusion."""
    passed, premises, backing, undercutters = graph.body[step]
    for each in premises:
        passed &= of[each]
    for each in backing:
        passed &= of[each] | SUGGESTIVE
    for each in undercutters:
        passed &= UNDERCUT[of[each]]
    return passed


def for_and_against(graph: Graph, of: Sequence[int], base: Sequence[int], node: int) -> tuple[int, int]:
    """Return the intervals of what is for a node and of what is against it."""
    held, against = base[node], NOTHING
    for step in graph.pro[node]:
        held |= passed_by(graph, of, step)
    for step in graph.con[node]:
        against |= passed_by(graph, of, step)
    return held, against


def _value(graph: Graph, base: Sequence[int], of: Sequence[int], node: int) -> int:
    held, against = for_and_against(graph, of, base, node)
    return graph.table[node][held << 8 | against]


def _component(
    graph: Graph, base: Sequence[int], of: list[int], nodes: Sequence[int], values: Values
) -> None:
    inside = frozenset(nodes)
    for node in nodes:
        of[node] = ANYTHING
    while True:
        _narrow(graph, base, of, nodes, inside)
        still_open = [node for node in nodes if of[node] & LOWER != of[node] >> 4]
        if not still_open:
            return
        leaning = _leaning(graph, base, of, still_open, inside)
        fallen = [node for node in still_open if leaning[node] & UPPER != of[node] & UPPER]
        if not fallen:
            return
        for node in fallen:
            of[node] = of[node] & LOWER | leaning[node] & UPPER
        values.unfounded.update(fallen)


def _narrow(
    graph: Graph, base: Sequence[int], of: list[int], nodes: Sequence[int], inside: frozenset[int]
) -> None:
    queue = deque(nodes)
    queued = set(nodes)
    while queue:
        node = queue.popleft()
        queued.discard(node)
        now = _value(graph, base, of, node)
        was = of[node]
        narrowed = (was | now) & LOWER | (was & now) & UPPER
        if narrowed != was:
            of[node] = narrowed
            for user in graph.users[node]:
                if user in inside and user not in queued:
                    queued.add(user)
                    queue.append(user)


def _leaning(
    graph: Graph, base: Sequence[int], of: list[int], still_open: Sequence[int], inside: frozenset[int]
) -> dict[int, int]:
    """Return, for the open nodes, the least upper ends that do not lean on themselves."""
    low = {node: (of[node] & LOWER) * 0x11 for node in still_open}
    against = {node: for_and_against(graph, of, base, node)[1] for node in still_open}
    queue = deque(still_open)
    queued = set(still_open)
    while queue:
        node = queue.popleft()
        queued.discard(node)
        held = base[node]
        for step in graph.pro[node]:
            passed, premises, backing, undercutters = graph.body[step]
            for each in premises:
                passed &= low.get(each, of[each])
            for each in backing:
                passed &= low.get(each, of[each]) | SUGGESTIVE
            for each in undercutters:
                passed &= UNDERCUT[of[each]]
            held |= passed
        raised = low[node] | graph.table[node][held << 8 | against[node]] & UPPER
        if raised != low[node]:
            low[node] = raised
            for user in graph.users[node]:
                if user in low and user not in queued:
                    queued.add(user)
                    queue.append(user)
    return low
