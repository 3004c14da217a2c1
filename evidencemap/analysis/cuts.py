"""The smallest sets of sources, or of items, whose loss defeats a claim.

Reiter's hitting-set tree (1987), breadth first: while a claim stands, every set that defeats it holds
a leaf of the proof by which it stands, or one of those that keep an objection down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evidencemap.analysis.graph import Graph
from evidencemap.analysis.leaves import Leaves
from evidencemap.analysis.losing import Loss
from evidencemap.analysis.support import EVERYTHING, Support
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Evidence, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id

LARGEST_SET = 4
"""Sets with more members are not looked for."""
MOST_TRIALS = 4_000
"""How often a claim is evaluated with something lost before the search gives up."""


class Lost(StrEnum):
    """What is lost: whole sources, or single items."""

    SOURCES = "sources"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Minimal sets whose loss defeats a claim, smallest first, each sorted by visible number.

    `complete` tells that there are no others; where it is false, these are at least some of them.
    None are listed for a claim that does not stand, or that stands on nothing that can be lost.
    """

    claim: Id
    lost: Lost
    sets: tuple[tuple[Id, ...], ...]
    complete: bool


def cuts(
    verdicts: Verdicts,
    claim: Id,
    lost: Lost = Lost.SOURCES,
    *,
    largest: int = LARGEST_SET,
    trials: int = MOST_TRIALS,
) -> Cuts:
    """Return the smallest sets of sources or items whose loss defeats a claim that stands.

    `largest` bounds their size and `trials` the search. A set is listed if none of its subsets
    would do. Losses count in full: an objection that rises when its own rebuttal is lost, too.
    """
    searched = _Search(verdicts, lost)
    sets, complete = searched.run(verdicts.graph.node_of[claim], largest, trials)
    return Cuts(claim=claim, lost=lost, sets=sets, complete=complete)


class _Search:
    def __init__(self, verdicts: Verdicts, lost: Lost) -> None:
        kind = Source if lost is Lost.SOURCES else Evidence
        self._case = verdicts.case
        self._order = verdicts.order
        self._leaves = Leaves(verdicts, kind)
        self._loss = Loss(verdicts, self._leaves)

    def run(self, node: int, largest: int, trials: int) -> tuple[tuple[tuple[Id, ...], ...], bool]:
        found: list[frozenset[Id]] = []
        level: list[frozenset[Id]] = [frozenset()]
        complete = True
        defenders = defending(self._loss.graph, self._leaves, node)
        for size in range(largest + 1):
            following: dict[frozenset[Id], None] = {}
            for removed in level:
                if any(each <= removed for each in found):
                    continue
                if trials <= 0:
                    complete = False
                    break
                trials -= 1
                self._loss.lose(removed)
                support = Support(self._loss.graph, self._order, self._loss.of, self._leaves, removed)
                grade = support.least(node)
                if not grade:
                    if removed:
                        found.append(removed)
                    continue
                proof = support.proofs([(node, grade)])[node, grade]
                mask = (0 if proof == EVERYTHING else proof) | defenders
                for leaf in self._leaves.named(mask):
                    if leaf not in removed:
                        following.setdefault(removed | {leaf})
            level = list(following)
            if size == largest and any(not any(each <= left for each in found) for left in level):
                complete = False
        return tuple(self._sorted(found)), complete

    def _sorted(self, found: Iterable[frozenset[Id]]) -> list[tuple[Id, ...]]:
        def key(each: Id) -> tuple[int, str, int, str]:
            return number_key(self._case.number(each))

        sets = [tuple(sorted(each, key=key)) for each in found]
        return sorted(sets, key=lambda each: (len(each), [key(one) for one in each]))


def defending(graph: Graph, leaves: Leaves, node: int) -> int:
    """Return the leaves behind what speaks against whatever speaks against a node, at any remove."""
    behind = _behind(graph, [node])
    attackers = _attackers(graph, behind)
    if not attackers:
        return 0
    against = _attackers(graph, _behind(graph, attackers))
    against.update(under for each in behind for step in graph.con[each] for under in graph.body[step][3])
    mask = 0
    for each in _behind(graph, against):
        mask |= leaves_at(graph, leaves, each)
    return mask


def leaves_at(graph: Graph, leaves: Leaves, node: int) -> int:
    """Return the leaves that a node itself is, or comes from."""
    if leaves.whole:
        return leaves.bit.get(graph.ids[node], 0)
    mask = 0
    for _, source in leaves.direct(node):
        mask |= leaves.bit[source]
    for step in graph.pro[node]:
        mask |= leaves.step_bit.get(step, 0)
    return mask


def _behind(graph: Graph, nodes: Iterable[int]) -> set[int]:
    seen = set(nodes)
    waiting = list(seen)
    while waiting:
        for each in graph.sources_of(waiting.pop()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


def _attackers(graph: Graph, nodes: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for node in nodes:
        for step in graph.pro[node]:
            found.update(graph.body[step][3])
        if graph.con[node]:
            found.update(graph.sources_against(node))
    return found
