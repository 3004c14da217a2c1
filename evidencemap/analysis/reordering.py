"""Keeps the order of a graph right after an edit, touching only what lies between the ends of a new link.

After Pearce and Kelly, "A dynamic topological sort algorithm for directed acyclic graphs" (2007),
with circles merged as they close and split as they open.
"""

from collections.abc import Callable, Iterable, Iterator

from evidencemap.analysis.graph import Graph
from evidencemap.analysis.ordering import Order, circles

_BETWEEN = 0.381966
_APART = 2.0**-16


class OrderLostError(Exception):
    """The order has no room left or too much would move: it has to be made afresh."""


def seat(graph: Graph, order: Order, node: int) -> None:
    """Give a new node, whose links are in the graph, a place before its users and behind its sources."""
    while len(order.component) < len(graph.ids):
        order.component.append(len(order.component))
        order.rank.append(0.0)
    order.component[node] = node
    order.members.pop(node, None)
    component, rank = order.component, order.rank
    low = max((rank[component[each]] for each in graph.sources_of(node) if each != node), default=None)
    high = min((rank[component[each]] for each in graph.users()[node] if each != node), default=None)
    if low is None:
        rank[node] = 0.0 if high is None else high - _BETWEEN
    elif high is None or high <= low:
        rank[node] = low + _BETWEEN
    else:
        rank[node] = low + (high - low) * _BETWEEN


def split(graph: Graph, order: Order, name: int) -> tuple[int, ...]:
    """Take a circle apart where links in it have gone, and return the nodes that were in it."""
    members = order.members.pop(name)
    present = [node for node in members if graph.ids[node]]
    inside = set(present)
    rank = order.rank[name]

    def following(node: int) -> list[int]:
        return [user for user in graph.users()[node] if user in inside]

    for place, circle in enumerate(reversed(circles(present, following))):
        _join(graph, order, circle, rank + place * _APART)
    return tuple(present)


def repair(graph: Graph, order: Order, nodes: Iterable[int], most: int = 20_000) -> None:
    """Put right every link that leads to one of the nodes against the order, and what that upsets.

    Several new links can lead through each other, so what was moved is looked at again. Raises
    OrderLostError where more than `most` components would have to be looked at.
    """
    component, rank, users = order.component, order.rank, graph.users()
    waiting = dict.fromkeys(nodes)
    left = most
    while waiting:
        node = waiting.popitem()[0]
        for source in graph.sources_of(node):
            before, behind = component[source], component[node]
            if before == behind:
                if source == node and behind not in order.members:
                    order.members[behind] = (node,)
            elif rank[before] >= rank[behind]:
                for moved in _put_right(graph, order, before, behind, left):
                    left -= 1
                    for each in order.members.get(moved, (moved,)):
                        waiting[each] = None
                        waiting.update(dict.fromkeys(users[each]))
                if left <= 0:
                    raise OrderLostError


def _put_right(graph: Graph, order: Order, before: int, behind: int, most: int) -> set[int]:
    """Move what lies between the ends of a link, merge what it closes, and return what was moved."""
    component, rank, members = order.component, order.rank, order.members
    low, high = rank[behind], rank[before]

    def users(name: int) -> Iterator[int]:
        for node in members.get(name, (name,)):
            for user in graph.users()[node]:
                yield component[user]

    def sources(name: int) -> Iterator[int]:
        for node in members.get(name, (name,)):
            for source in graph.sources_of(node):
                yield component[source]

    forward = _reached(behind, users, lambda each: rank[each] <= high, most)
    backward = _reached(before, sources, lambda each: rank[each] >= low, most)
    ranks = sorted(rank[each] for each in forward | backward)
    if len(set(ranks)) < len(ranks):
        raise OrderLostError
    merged = forward & backward
    moved = sorted(backward - merged, key=rank.__getitem__)
    places = iter(ranks)
    for each in moved:
        rank[each] = next(places)
    rest = sorted(forward - merged, key=rank.__getitem__)
    if merged:
        nodes = tuple(sorted(node for each in merged for node in members.get(each, (each,))))
        for each in merged:
            members.pop(each, None)
        _join(graph, order, nodes, next(places))
    for each in rest:
        rank[each] = next(places)
    return {component[each] for each in forward | backward}


def _join(graph: Graph, order: Order, circle: tuple[int, ...], rank: float) -> None:
    name = circle[0]
    for node in circle:
        order.component[node] = name
    order.rank[name] = rank
    if len(circle) > 1 or name in graph.users()[name]:
        order.members[name] = circle


def _reached(
    start: int, onward: Callable[[int], Iterator[int]], within: Callable[[int], bool], most: int
) -> set[int]:
    seen = {start}
    waiting = [start]
    while waiting:
        for each in onward(waiting.pop()):
            if each not in seen and within(each):
                seen.add(each)
                waiting.append(each)
        if len(seen) > most:
            raise OrderLostError
    return seen
