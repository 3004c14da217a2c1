"""On which assumptions a conditional claim stands: the fewest that will do."""

from collections.abc import Callable, Sequence
from itertools import combinations

from evidencemap.analysis.evaluation import Values, propagate
from evidencemap.analysis.intervals import LO, bare
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id

_FEW = 6
"""Up to so many assumptions every set is tried, the smallest first; above, sets are divided."""


def granting(verdicts: Verdicts, claim: Id) -> tuple[Id, ...]:
    """Return the smallest set of assumptions on which a claim holds, the others being withdrawn.

    Among sets of one size the first by number. Above six assumptions the set is minimal (none of
    its members can be left out) but others may be smaller: Junker's QuickXplain (2004).
    """
    graph = verdicts.graph
    target = graph.node_of[claim]
    assumed = sorted(_behind(verdicts, target), key=lambda each: _number(verdicts, each))
    without = Values(of=[bare(word) for word in verdicts.values.of], unfounded=set())
    bases = graph.base[:]
    for each in graph.assumed:
        bases[each] = bare(bases[each])

    def holds(chosen: Sequence[int]) -> bool:
        base = bases[:]
        for each in chosen:
            base[each] = graph.base[each]
        values = without.copy()
        propagate(graph, verdicts.order, values, base, chosen)
        return LO[values.of[target]] > 0

    found = _smallest(assumed, holds) if len(assumed) <= _FEW else _minimal(assumed, holds)
    return tuple(graph.ids[each] for each in found)


def _number(verdicts: Verdicts, node: int) -> tuple[int, str, int, str]:
    return number_key(verdicts.case.number(verdicts.graph.ids[node]))


def _behind(verdicts: Verdicts, target: int) -> list[int]:
    graph = verdicts.graph
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
