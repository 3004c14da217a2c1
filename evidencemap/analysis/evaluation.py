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
from evidencemap.analysis.intervals import ANYTHING, GRANTED, LOWER, NOTHING, SUGGESTIVE, UNDERCUT, UPPER
from evidencemap.analysis.ordering import Order, circles

_UNKNOWN = -1


@dataclass(slots=True, kw_only=True)
class Values:
    """The word of every node, and which nodes fell because they lean on themselves alone.

    `visited` counts the nodes that were computed to get here, which tests hold to account.
    """

    of: list[int]
    unfounded: set[int]
    visited: int = 0

    def copy(self) -> "Values":
        """Return values that may be changed without these changing; nothing visited yet."""
        return Values(of=self.of[:], unfounded=set(self.unfounded))


def evaluate(graph: Graph) -> tuple[Values, Order]:
    """Return the values of every node of a graph from nothing, and the order they were computed in."""
    size = len(graph.ids)
    base, table, pro, con, body = graph.base, graph.table, graph.pro, graph.con, graph.body
    of = [
        _UNKNOWN if steps or against else kept[own << 16]
        for own, kept, steps, against in zip(base, table, pro, con, strict=True)
    ]
    values = Values(of=of, unfounded=set(), visited=size)
    undercut = UNDERCUT
    entered = bytearray(size)
    sequence = [node for node, word in enumerate(of) if word >= 0]
    members: dict[int, tuple[int, ...]] = {}
    for root in range(size):
        if of[root] >= 0:
            continue
        stack = [root]
        while stack:
            node = stack[-1]
            if of[node] >= 0:
                stack.pop()
                continue
            entered[node] = 1
            leans = False
            held, against = base[node], 0
            for step in pro[node]:
                passed, premises, backing, undercutters = body[step]
                for each in premises:
                    value = of[each]
                    if value < 0:
                        leans = leans or entered[each] > 0
                        stack.append(each)
                    passed &= value
                for each in backing:
                    value = of[each]
                    if value < 0:
                        leans = leans or entered[each] > 0
                        stack.append(each)
                    passed &= value | 0x1111
                for each in undercutters:
                    value = of[each]
                    if value < 0:
                        leans = leans or entered[each] > 0
                        stack.append(each)
                    else:
                        passed &= undercut[value]
                held |= passed
            if con[node]:
                for each in graph.sources_against(node):
                    if of[each] < 0:
                        leans = leans or entered[each] > 0
                        stack.append(each)
                if stack[-1] == node:
                    against = _against(graph, of, node)
            if leans:
                _circles_behind(graph, node, values, sequence, members)
            elif stack[-1] == node:
                of[node] = table[node][held << 16 | against]
                sequence.append(node)
                stack.pop()
    component = list(range(size))
    for name, circle in members.items():
        for node in circle:
            component[node] = name
    rank = [0.0] * size
    for place, node in enumerate(sequence):
        rank[node] = float(place)
    return values, Order(component=component, rank=rank, members=members)


def propagate(
    graph: Graph, order: Order, values: Values, base: Sequence[int], changed: Iterable[int]
) -> set[int]:
    """Compute the changed nodes afresh and what follows from them, as far as anything changes.

    `base` stands for the bases of the graph. Returns the nodes whose word is another one now.
    """
    component, rank, members = order.component, order.rank, order.members
    of, users, unfounded = values.of, graph.users(), values.unfounded
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
            values.visited += 1
            unfounded.discard(group)
            now = _value(graph, base, of, group)
            if now == of[group]:
                continue
            of[group] = now
            changed_here: Iterable[int] = (group,)
        else:
            before = [of[node] for node in inside]
            unfounded.difference_update(inside)
            _component(graph, base, values, inside)
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
    """Return the word that a step passes to its conclusion."""
    passed, premises, backing, undercutters = graph.body[step]
    for each in premises:
        passed &= of[each]
    for each in backing:
        passed &= of[each] | SUGGESTIVE
    for each in undercutters:
        passed &= UNDERCUT[of[each]]
    return passed


def all_passed(graph: Graph, of: Sequence[int]) -> list[int]:
    """Return the words that all steps pass to their conclusions, by the number of the step."""
    undercut = UNDERCUT
    found = []
    for passed, premises, backing, undercutters in graph.body:
        for each in premises:
            passed &= of[each]
        for each in backing:
            passed &= of[each] | 0x1111
        for each in undercutters:
            passed &= undercut[of[each]]
        found.append(passed)
    return found


def for_and_against(graph: Graph, of: Sequence[int], base: Sequence[int], node: int) -> tuple[int, int]:
    """Return the words of what is for a node and of what is against it."""
    held = base[node]
    for step in graph.pro[node]:
        held |= passed_by(graph, of, step)
    return held, _against(graph, of, node)


def _against(graph: Graph, of: Sequence[int], node: int) -> int:
    against = NOTHING
    for step in graph.con[node]:
        against |= passed_by(graph, of, step)
    return against


def _value(graph: Graph, base: Sequence[int], of: Sequence[int], node: int) -> int:
    held, against = for_and_against(graph, of, base, node)
    return graph.table[node][held << 16 | against]


def _circles_behind(
    graph: Graph, node: int, values: Values, sequence: list[int], members: dict[int, tuple[int, ...]]
) -> None:
    """Compute a node that leans on itself through others, with everything unknown that it depends on."""
    of = values.of

    def unknown(each: int) -> list[int]:
        return [source for source in graph.sources_of(each) if of[source] < 0]

    for circle in circles((node,), unknown):
        name = circle[0]
        sequence.append(name)
        if len(circle) > 1 or name in graph.sources_of(name):
            members[name] = circle
            _component(graph, graph.base, values, circle)
        else:
            of[name] = _value(graph, graph.base, of, name)


def _component(graph: Graph, base: Sequence[int], values: Values, nodes: Sequence[int]) -> None:
    of = values.of
    inside = frozenset(nodes)
    for node in nodes:
        of[node] = ANYTHING
    while True:
        _narrow(graph, base, of, nodes, inside)
        still_open = [node for node in nodes if (of[node] & LOWER) << 4 != of[node] & UPPER]
        if not still_open:
            return
        leaning = _leaning(graph, base, of, still_open)
        fallen = [node for node in still_open if (leaning[node] ^ of[node]) & UPPER]
        if not fallen:
            return
        values.unfounded.update(node for node in fallen if (leaning[node] ^ of[node]) & UPPER & GRANTED)
        for node in fallen:
            of[node] = of[node] & LOWER | leaning[node] & UPPER


def _narrow(
    graph: Graph, base: Sequence[int], of: list[int], nodes: Sequence[int], inside: frozenset[int]
) -> None:
    """Let lower ends rise and upper ends fall until nothing changes."""
    users = _users_inside(graph, nodes, inside)
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
            for user in users[node]:
                if user not in queued:
                    queued.add(user)
                    queue.append(user)


def _leaning(
    graph: Graph, base: Sequence[int], of: Sequence[int], still_open: Sequence[int]
) -> dict[int, int]:
    """Return, for the open nodes, words whose upper ends are the least that do not lean on themselves."""
    low = {node: (of[node] & LOWER) * 0x11 for node in still_open}
    users = _users_inside(graph, still_open, frozenset(still_open))
    against = {node: _against(graph, of, node) for node in still_open}
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
        raised = low[node] | graph.table[node][held << 16 | against[node]] & UPPER
        if raised != low[node]:
            low[node] = raised
            for user in users[node]:
                if user not in queued:
                    queued.add(user)
                    queue.append(user)
    return low


def _users_inside(graph: Graph, nodes: Sequence[int], inside: frozenset[int]) -> dict[int, list[int]]:
    users: dict[int, list[int]] = {node: [] for node in nodes}
    for node in nodes:
        for source in graph.sources_of(node):
            if source in inside:
                users[source].append(node)
    return users
