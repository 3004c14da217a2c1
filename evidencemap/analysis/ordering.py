"""The order in which a graph can be evaluated, circles taken together.

What lies before every circle and behind every circle is peeled off (Kahn 1962); only the core that
remains goes through Tarjan's strongly connected components (1972).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from evidencemap.analysis.graph import Graph


@dataclass(slots=True, kw_only=True)
class Order:
    """To which component each node belongs, and in which order the components come.

    A component is named by one of its nodes; `rank` holds its place under that number (smaller is
    earlier). `members` lists the nodes of the components that are circles, a node that leans
    directly on itself among them; every other component is one node.
    """

    component: list[int]
    rank: list[float]
    members: dict[int, tuple[int, ...]]
    sequence: tuple[int, ...] = ()

    def groups(self) -> Iterable[int | tuple[int, ...]]:
        """Return the components in order: a node, or the nodes of a circle. Only for a fresh order."""
        if not self.members:
            return self.sequence
        members = self.members
        return (members.get(each, each) for each in self.sequence)

    def copy(self) -> "Order":
        """Return an order that may be changed without this one changing."""
        return Order(component=self.component[:], rank=self.rank[:], members=self.members.copy())


def order_of(graph: Graph) -> Order:
    """Return the order of a whole graph."""
    users = graph.users
    size = len(users)
    waiting = [0] * size
    for used in users:
        for user in used:
            waiting[user] += 1
    front = [node for node in range(size) if not waiting[node]]
    for node in front:
        for user in users[node]:
            left = waiting[user] = waiting[user] - 1
            if not left:
                front.append(user)
    component = list(range(size))
    members: dict[int, tuple[int, ...]] = {}
    sequence = front
    if len(front) < size:
        back = _peeled_from_behind(graph, waiting)
        behind = set(back)
        core = [node for node in range(size) if waiting[node] and node not in behind]
        inside = set(core)
        for circle in reversed(circles(core, users.__getitem__, inside)):
            name = circle[0]
            sequence.append(name)
            if len(circle) > 1 or name in users[name]:
                members[name] = circle
                for node in circle:
                    component[node] = name
        back.reverse()
        sequence += back
    rank = [0.0] * size
    for place, node in enumerate(sequence):
        rank[node] = float(place)
    return Order(component=component, rank=rank, members=members, sequence=tuple(sequence))


def circles(
    nodes: Iterable[int], successors: Callable[[int], Sequence[int]], inside: Collection[int]
) -> list[tuple[int, ...]]:
    """Return the strongly connected components of the nodes inside, each sorted, followers first."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    stacked: set[int] = set()
    found: list[tuple[int, ...]] = []
    for root in nodes:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        stacked.add(root)
        path = [(root, iter(successors(root)))]
        while path:
            node, following = path[-1]
            for each in following:
                if each not in inside:
                    continue
                if each not in index:
                    index[each] = low[each] = len(index)
                    stack.append(each)
                    stacked.add(each)
                    path.append((each, iter(successors(each))))
                    break
                if each in stacked and index[each] < low[node]:
                    low[node] = index[each]
            else:
                path.pop()
                if path and low[node] < low[path[-1][0]]:
                    low[path[-1][0]] = low[node]
                if low[node] == index[node]:
                    at = len(stack) - 1
                    while stack[at] != node:
                        at -= 1
                    circle = stack[at:]
                    del stack[at:]
                    stacked.difference_update(circle)
                    found.append(tuple(sorted(circle)))
    return found


def _peeled_from_behind(graph: Graph, waiting: Sequence[int]) -> list[int]:
    """Return the nodes that no circle depends on although they wait for one, last ones first."""
    users = graph.users
    ahead = {node: len(users[node]) for node in range(len(users)) if waiting[node]}
    back = [node for node, left in ahead.items() if not left]
    for node in back:
        for source in graph.sources_of(node):
            if source in ahead:
                left = ahead[source] = ahead[source] - 1
                if not left:
                    back.append(source)
    return back
