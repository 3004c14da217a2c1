"""On which assumptions a conditional claim stands: the fewest that will do."""

from collections.abc import Callable, Sequence
from itertools import combinations

from evidencemap.analysis.evaluation import Values, propagate
from evidencemap.analysis.graph import Graph
from evidencemap.analysis.intervals import LO, bare
from evidencemap.analysis.ordering import Order
from evidencemap.model.records import Id

_FEW = 6
"""Up to so many assumptions every set is tried, the smallest first; above, sets are divided."""


def granting(
    graph: Graph, order: Order, values: Values, claim: int, key: Callable[[Id], tuple[int, str, int, str]]
) -> Sequence[int]:
    """Return the smallest set of assumptions on which a claim holds, the others being withdrawn.

    `claim` is a node of the graph, as are those that are returned; `key` sorts ids, by number. Among
    sets of one size the first by number. Above six assumptions the set is minimal (none of its members
    can be left out) but others may be smaller: Junker's QuickXplain (2004).
    """
    assumed = sorted(_behind(graph, claim), key=lambda each: key(graph.ids[each]))
    without = Values(of=[bare(word) for word in values.of], unfounded=set())
    bases = graph.base[:]
    for each in graph.assumed:
        bases[each] = bare(bases[each])

    def holds(chosen: Sequence[int]) -> bool:
        base = bases[:]
        for each in chosen:
            base[each] = graph.base[each]
        supposed = without.copy()
        propagate(graph, order, supposed, base, chosen)
        return LO[supposed.of[claim]] > 0

    return _smallest(assumed, holds) if len(assumed) <= _FEW else _minimal(assumed, holds)


def _behind(graph: Graph, target: int) -> list[int]:
    seen = {target}
    waiting = [target]
    while waiting:
        for source in graph.sources_of(waiting.pop()):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return [each for each in graph.assumed if each in seen]


def _smallest(assumed: Sequence[int], holds: Callable[[Sequence[int]], bool]) -> Sequence[int]:
    for size in range(1, len(assumed) + 1):
        for chosen in combinations(assumed, size):
            if holds(chosen):
                return chosen
    return assumed


def _minimal(assumed: Sequence[int], holds: Callable[[Sequence[int]], bool]) -> Sequence[int]:
    found = sorted(_divided([], False, list(assumed), holds), key=assumed.index)
    return found if holds(found) else assumed


def _divided(
    kept: list[int], added: bool, rest: list[int], holds: Callable[[Sequence[int]], bool]
) -> list[int]:
    if added and holds(kept):
        return []
    if len(rest) == 1:
        return rest
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    of_second = _divided(kept + first, bool(first), second, holds)
    of_first = _divided(kept + of_second, bool(of_second), first, holds)
    return of_first + of_second
