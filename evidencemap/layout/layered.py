"""Layered layout of a small graph: layers, order within them, coordinates.

Sugiyama, Tagawa and Toda (1981) with the layers of longest paths pulled tight, barycentre sweeps with
swaps of neighbours (Gansner et al. 1993), and coordinates by isotonic regression in each layer. It knows
numbers only: node i has a size, an edge runs from a lower layer to a higher one.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Edge = tuple[int, int, float]
"""Tail, head and how hard it pulls."""

_ROUNDS = 12
_SWAP_LIMIT = 700


@dataclass(slots=True)
class Layers:
    """A graph in layers, with a dummy node wherever an edge passes a layer. `order` is top to bottom."""

    real: int
    layer: list[int]
    order: list[list[int]]
    before: list[list[tuple[int, float]]] = field(default_factory=list)
    after: list[list[tuple[int, float]]] = field(default_factory=list)
    place: list[int] = field(default_factory=list)

    def number(self) -> None:
        """Note for each node how far down its layer it stands."""
        for nodes in self.order:
            for at, node in enumerate(nodes):
                self.place[node] = at


def acyclic(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges with those turned round that close a circle (depth first, in the given order)."""
    following: list[list[int]] = [[] for _ in range(count)]
    indegree = [0] * count
    for at, (tail, head, _) in enumerate(edges):
        following[tail].append(at)
        indegree[head] += 1
    state = bytearray(count)
    turned: set[int] = set()
    for root in sorted(range(count), key=lambda node: indegree[node] > 0):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(following[root]))]
        while stack:
            node, rest = stack[-1]
            for at in rest:
                head = edges[at][1]
                if state[head] == 1:
                    turned.add(at)
                elif state[head] == 0:
                    state[head] = 1
                    stack.append((head, iter(following[head])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return [
        (head, tail, pull) if at in turned else (tail, head, pull)
        for at, (tail, head, pull) in enumerate(edges)
        if tail != head
    ]


def layers_of(count: int, edges: Sequence[Edge]) -> list[int]:
    """Return the layer of each node: longest paths, then each node pulled to where its edges are short."""
    before: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    after: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for tail, head, pull in edges:
        before[head].append((tail, pull))
        after[tail].append((head, pull))
    waiting = [len(each) for each in before]
    topological = [node for node in range(count) if waiting[node] == 0]
    layer = [0] * count
    for node in topological:
        for head, _ in after[node]:
            layer[head] = max(layer[head], layer[node] + 1)
            waiting[head] -= 1
            if waiting[head] == 0:
                topological.append(head)
    inward = [sum([pull for _, pull in linked]) for linked in before]
    outward = [sum([pull for _, pull in linked]) for linked in after]
    later = [node for node in reversed(topological) if after[node] and outward[node] > inward[node]]
    sooner = [node for node in topological if before[node] and inward[node] > outward[node]]
    for _ in range(4):
        for node in later:
            layer[node] = min([layer[head] for head, _ in after[node]]) - 1
        for node in sooner:
            layer[node] = max([layer[tail] for tail, _ in before[node]]) + 1
    least = min(layer, default=0)
    return [each - least for each in layer]


def in_layers(layer: list[int], edges: Sequence[Edge], first: Sequence[int]) -> Layers:
    """Return the layers with dummies; nodes stand in them in the order in which `first` names them."""
    made = Layers(real=len(layer), layer=list(layer), order=[[] for _ in range(max(layer, default=-1) + 1)])
    rank = [0.0] * len(layer)
    for at, node in enumerate(first):
        rank[node] = float(at)
        made.order[layer[node]].append(node)
    links: list[tuple[int, int, float]] = []
    for tail, head, pull in edges:
        last, span = tail, layer[head] - layer[tail]
        for at in range(layer[tail] + 1, layer[head]):
            dummy = len(made.layer)
            made.layer.append(at)
            made.order[at].append(dummy)
            rank.append(rank[tail] + (rank[head] - rank[tail]) * (at - layer[tail]) / span)
            links.append((last, dummy, pull))
            last = dummy
        links.append((last, head, pull))
    for nodes in made.order:
        nodes.sort(key=rank.__getitem__)
    total = len(made.layer)
    made.before = [[] for _ in range(total)]
    made.after = [[] for _ in range(total)]
    made.place = [0] * total
    for tail, head, pull in links:
        made.after[tail].append((head, pull))
        made.before[head].append((tail, pull))
    made.number()
    return made


def reduce_crossings(made: Layers, rounds: int = _ROUNDS) -> int:
    """Reorder each layer until no round brings fewer crossings; return how many are left."""
    best = [list(nodes) for nodes in made.order]
    fewest = crossings(made)
    stale = 0
    for turn in range(rounds):
        if not fewest or stale > 3:
            break
        _sweep(made, downward=turn % 2 == 0)
        if len(made.layer) <= _SWAP_LIMIT:
            _swap_neighbours(made)
        count = crossings(made)
        if count < fewest:
            fewest, best, stale = count, [list(nodes) for nodes in made.order], 0
        else:
            stale += 1
    made.order = best
    made.number()
    return fewest


def crossings(made: Layers) -> int:
    """Count the crossings between neighbouring layers."""
    return sum(_crossings_after(made, nodes) for nodes in made.order[:-1])


def _crossings_after(made: Layers, nodes: Sequence[int]) -> int:
    seen: list[int] = []
    count = 0
    place = made.place
    for node in nodes:
        heads = sorted([place[head] for head, _ in made.after[node]])
        for head in heads:
            count += len(seen) - bisect_right(seen, head)
        for head in heads:
            insort(seen, head)
    return count


def _sweep(made: Layers, downward: bool) -> None:
    order = made.order if downward else made.order[::-1]
    for nodes in order[1:]:
        beside = made.before if downward else made.after
        keys = {}
        for node in nodes:
            linked = beside[node]
            total = at = 0.0
            for other, pull in linked:
                total += pull
                at += made.place[other] * pull
            keys[node] = at / total if total else None
        fixed = [node for node in nodes if keys[node] is None]
        moving = sorted((node for node in nodes if keys[node] is not None), key=lambda node: keys[node])  # type: ignore[arg-type,return-value]
        at_fixed = {made.place[node]: node for node in fixed}
        rest = iter(moving)
        nodes[:] = [at_fixed[at] if at in at_fixed else next(rest) for at in range(len(nodes))]
        for at, node in enumerate(nodes):
            made.place[node] = at


def _swap_neighbours(made: Layers) -> None:
    for _ in range(4):
        better = False
        for nodes in made.order:
            for at in range(len(nodes) - 1):
                upper, lower = nodes[at], nodes[at + 1]
                if _gain(made, upper, lower) > 0:
                    nodes[at], nodes[at + 1] = lower, upper
                    made.place[upper], made.place[lower] = at + 1, at
                    better = True
        if not better:
            return


def _gain(made: Layers, upper: int, lower: int) -> int:
    """Return how many crossings fewer there are when two neighbours are swapped."""
    count, place = 0, made.place
    for beside in (made.before, made.after):
        below = [place[other] for other, _ in beside[lower]]
        if below:
            for one, _ in beside[upper]:
                at = place[one]
                for other in below:
                    if other != at:
                        count += 1 if other < at else -1
    return count


def spread(
    made: Layers, extents: Sequence[float], gap: float, dummy_gap: float, rounds: int = 8
) -> list[float]:
    """Return the top of each node: no two overlap, edges as straight as the order allows.

    `extents` are the lengths of nodes along their layer; a dummy has none.
    """
    total = len(made.layer)
    length = list(extents) + [0.0] * (total - len(extents))
    center = [0.0] * total
    for nodes in made.order:
        at = 0.0
        for node in nodes:
            center[node] = at + length[node] / 2
            at += length[node] + (gap if node < made.real else dummy_gap)
    middle = max((center[nodes[-1]] + length[nodes[-1]] / 2 for nodes in made.order if nodes), default=0) / 2
    for nodes in made.order:
        if nodes:
            shift = middle - (center[nodes[-1]] + length[nodes[-1]] / 2) / 2
            for node in nodes:
                center[node] += shift
    before, after = _weighted(made, made.before), _weighted(made, made.after)
    both = [one + other for one, other in zip(before, after, strict=True)]
    gaps = [
        [
            (length[one] + length[other]) / 2 + (gap if one < made.real and other < made.real else dummy_gap)
            for one, other in pairwise(nodes)
        ]
        for nodes in made.order
    ]
    for turn in range(rounds):
        beside = both if turn >= rounds - 3 else before if turn % 2 == 0 else after
        places = range(len(made.order))
        for layer in places if turn % 2 == 0 else places[::-1]:
            nodes = made.order[layer]
            wished, weight = [], []
            for node in nodes:
                at = pulls = 0.0
                for other, pull in beside[node] or both[node]:
                    pulls += pull
                    at += center[other] * pull
                wished.append(at / pulls if pulls else center[node])
                weight.append(pulls or 0.05)
            for node, place in zip(nodes, separated(wished, weight, gaps[layer]), strict=True):
                center[node] = place
    top = min((center[node] - length[node] / 2 for node in range(total)), default=0.0)
    return [center[node] - length[node] / 2 - top for node in range(made.real)]


def _weighted(made: Layers, links: list[list[tuple[int, float]]]) -> list[list[tuple[int, float]]]:
    """Return the links with how hard each pulls: the more, the more of its two ends are dummies."""
    real = made.real
    return [
        [(other, pull * (1.0, 2.0, 8.0)[(node >= real) + (other >= real)]) for other, pull in linked]
        for node, linked in enumerate(links)
    ]


def separated(wished: Sequence[float], weight: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Return the positions nearest to those wished (weighted least squares) that keep the gaps and the order.

    Isotonic regression by pooling adjacent violators (Ayer et al. 1955) on positions less their gaps.
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []
    for at, wish in enumerate(wished):
        value, mass, size = wish - offsets[at], weight[at], 1
        while pools and pools[-1][0] > value:
            other, its_mass, its_size = pools.pop()
            value = (value * mass + other * its_mass) / (mass + its_mass)
            mass += its_mass
            size += its_size
        pools.append((value, mass, size))
    found: list[float] = []
    for value, _, size in pools:
        found.extend([value + offset for offset in offsets[len(found) : len(found) + size]])
    return found
