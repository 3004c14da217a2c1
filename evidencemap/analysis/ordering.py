"""The order in which the nodes of a graph can be computed, circles taken together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


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

    def copy(self) -> "Order":
        """Return an order that may be changed without this one changing."""
        return Order(component=self.component[:], rank=self.rank[:], members=self.members.copy())


def circles(nodes: Iterable[int], following: Callable[[int], Sequence[int]]) -> list[tuple[int, ...]]:
    """Return the strongly connected components reached from the nodes, each sorted, followers first.

    Tarjan's algorithm (1972), without recursion.
    """
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
        path = [(root, iter(following(root)))]
        while path:
            node, ahead = path[-1]
            for each in ahead:
                if each not in index:
                    index[each] = low[each] = len(index)
                    stack.append(each)
                    stacked.add(each)
                    path.append((each, iter(following(each))))
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
