"""Where claims come from in the end: their origins, their bottlenecks, and how independent they are.

The origins of an item are its sources, or the origins of what it is copied from; those of a claim are
the origins of the evidence that carries it. A bottleneck is a source that every way to a claim runs
through. Independence is the size of the smallest set of sources whose loss defeats the claim.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from operator import or_

from evidencemap.analysis.cuts import Lost, cuts, defending
from evidencemap.analysis.graph import DERIVED
from evidencemap.analysis.intervals import LO
from evidencemap.analysis.leaves import Leaves
from evidencemap.analysis.lineage import origins_known
from evidencemap.analysis.losing import Loss
from evidencemap.analysis.support import EVERYTHING, Support
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Evidence, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState, Grade

MOST_INDEPENDENT = 3
"""Independence is counted up to here: 3 means 3 or more."""
MOST_LOST_IN_TURN = 500
"""In a case with more sources than these, objections that a loss would raise are passed over."""
MOST_PAIRS = 100
"""How often a claim with objections is evaluated with sources lost before it counts as 3 or more."""


class Origins:
    """The origins of one evaluated case, worked out as they are asked for. Never changes.

    Every answer lists sources by visible number.
    """

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self._case = verdicts.case
        self._evidence = verdicts.case.of(Evidence)
        self._node_of = verdicts.graph.node_of
        with uncollected():
            self._leaves = Leaves(verdicts, Source)
            passing = verdicts.columns.passing
        self._support = Support(
            verdicts.graph, verdicts.order, verdicts.values.of, self._leaves, passing=passing
        )
        self._items: dict[Id, frozenset[Id]] = {}
        self._independence: dict[Id, int] = {}
        self._falling: dict[int, list[Id]] | None = None
        self._loss: Loss | None = None

    def of(self, node: Id) -> tuple[Id, ...]:
        """Return the origins of an item, or of the evidence that carries a claim: nothing carries, none."""
        if node in self._evidence:
            return self._leaves.named(self._mask_of_item(node))
        return self._leaves.named(self._carrying[self._node_of[node]])

    def behind(self, node: Id) -> tuple[Id, ...]:
        """Return the origins of everything that is for a node on the map, whether it carries or not."""
        return self._leaves.named(self.mask_behind(node))

    def mask_behind(self, node: Id) -> int:
        """Return the origins behind a node as a set of bits, for comparing many."""
        return self._behind[self._node_of[node]]

    def of_item(self, item: Id) -> frozenset[Id]:
        """Return the origins of an item; the item itself where the map goes no further back.

        So that two items of unknown source are never taken for one origin.
        """
        found = origins_known(self._case, item, self._items)
        return found or frozenset(_roots(self._case, item))

    def bottlenecks(self, claim: Id, grade: Grade | None = None) -> tuple[Id, ...]:
        """Return the sources that every way to a claim runs through.

        For the least grade at which the claim stands, or for the one that is asked for; none where
        the claim does not reach it. What speaks against anything is taken as it stands.
        """
        node = self._node_of[claim]
        if grade is None:
            found = self._landmarks.get(node, EVERYTHING)
        else:
            found = self._support.landmarks([(node, int(grade))])[node, int(grade)]
        return () if found == EVERYTHING else self._leaves.named(found)

    def one_source_carries(self, claim: Id) -> bool:
        """Tell whether independence is 1: whether the loss of some one source defeats a claim that stands.

        In a case with very many sources, objections that a loss would raise are passed over.
        """
        node = self._node_of[claim]
        if self._landmarks.get(node, EVERYTHING) not in (0, EVERYTHING):
            return True
        return node in self._falls_alone()

    def that_carry_alone(self, claim: Id) -> tuple[Id, ...]:
        """Return the sources that no way to a claim needs to run through, and the loss of each defeats it.

        Such a source holds off what speaks against the claim. None in a very large case.
        """
        return tuple(self._falls_alone().get(self._node_of[claim], ()))

    def independence(self, claim: Id) -> int:
        """Return how many sources must be lost before a claim falls, 0 where it does not stand, to 3 at most.

        3 stands for more, for a claim that no loss of sources defeats, and for one with so many
        objections behind it that the search was given up before it found two. In a case with very
        many sources, objections that a loss would raise are passed over.
        """
        known = self._independence.get(claim)
        if known is None:
            known = self._independence[claim] = self._independent(claim)
        return known

    def _independent(self, claim: Id) -> int:
        graph, leaves = self._verdicts.graph, self._leaves
        node = graph.node_of[claim]
        grade = self._support.least(node)
        if not grade:
            return 0
        if self.one_source_carries(claim):
            return 1
        if len(leaves.ids) <= MOST_LOST_IN_TURN and defending(graph, leaves, node):
            largest = MOST_INDEPENDENT - 1
            found = cuts(self._verdicts, claim, Lost.SOURCES, largest=largest, trials=MOST_PAIRS).sets
            return len(found[0]) if found else MOST_INDEPENDENT
        proof = self._support.proofs([(node, grade)])[node, grade]
        loss = self._losing()
        for source in leaves.named(proof):
            loss.lose((source,))
            left = Support(loss.graph, self._verdicts.order, loss.of, leaves, (source,))
            again = left.least(node)
            if left.landmarks([(node, again)])[node, again] not in (0, EVERYTHING):
                return 2
        return MOST_INDEPENDENT

    def _losing(self) -> Loss:
        if self._loss is None:
            self._loss = Loss(self._verdicts, self._leaves)
        return self._loss

    def _falls_alone(self) -> dict[int, list[Id]]:
        """Return the nodes that stand and that the loss of one source defeats, each with these sources.

        None in very large cases. Without anything that speaks against anything, the landmarks have said it.
        """
        if self._falling is None:
            self._falling = {}
            graph, of = self._verdicts.graph, self._verdicts.values.of
            objections = any(graph.con) or any(undercutters for _, _, _, undercutters in graph.body)
            if objections and len(self._leaves.ids) <= MOST_LOST_IN_TURN:
                loss = self._losing()
                for source in self._leaves.ids:
                    moved = loss.lose((source,))
                    for each in moved:
                        if LO[of[each]] and not LO[loss.of[each]]:
                            self._falling.setdefault(each, []).append(source)
        return self._falling

    @cached_property
    def _landmarks(self) -> dict[int, int]:
        """The sources that every way to each claim that stands runs through, at its least grade, by node."""
        columns, grades, support = self._verdicts.columns, self._verdicts.columns.grades, self._support
        with uncollected():
            support.look_through(columns.ordered)
            return {node: support.looked_up(node) for node, _ in columns.claims if grades[node]}

    @cached_property
    def _carrying(self) -> list[int]:
        return self._gather(carrying=True)

    @cached_property
    def _behind(self) -> list[int]:
        return self._gather(carrying=False)

    def _mask_of_item(self, item: Id) -> int:
        bit = self._leaves.bit
        return reduce(or_, [bit[each] for each in origins_known(self._case, item, self._items)], 0)

    def _gather(self, *, carrying: bool) -> list[int]:
        """Return the origins behind every node, through all steps for it or through those that carry."""
        columns, order = self._verdicts.columns, self._verdicts.order
        masks = self._masks_of_items(carrying=carrying)
        parts = columns.parts_carrying if carrying else columns.parts_behind
        component, members = order.component, order.members
        done: set[int] = set()
        for node in columns.ordered:
            if not parts[node]:
                continue
            circle = component[node]
            if circle not in members:
                mask = masks[node]
                for part in parts[node]:
                    mask |= masks[part]
                masks[node] = mask
            elif circle not in done:
                done.add(circle)
                _settle(members[circle], parts, masks)
        return masks

    def _masks_of_items(self, *, carrying: bool) -> list[int]:
        """Return the origins of each node that is an item and stands, or is at least present; else none."""
        columns, sole = self._verdicts.columns, self._leaves.sole
        gone = self._verdicts.supposed.withdrawn
        masks = [0] * len(self._verdicts.graph.ids)
        for node, item in columns.items:
            present = item.state is not EvidenceState.WITHDRAWN and item.id not in gone
            if columns.grades[node] if carrying else present:
                masks[node] = sole[node] or self._mask_of_item(item.id)
        return masks


def origins(case: Case, verdicts: Verdicts) -> Origins:
    """Return the origins of a case under these verdicts, which must be those of the case."""
    if verdicts.case is not case:
        raise ValueError("the verdicts are those of another state of the case")
    return Origins(verdicts)


def origins_behind(verdicts: Verdicts, node: Id) -> tuple[Id, ...]:
    """Return what `Origins.behind` does, for one node alone: only what is behind it is looked at."""
    case, graph, gone = verdicts.case, verdicts.graph, verdicts.supposed.withdrawn
    items, known, found = case.of(Evidence), dict[Id, frozenset[Id]](), set[Id]()
    seen = {graph.node_of[node]}
    waiting = list(seen)
    while waiting:
        at = waiting.pop()
        item = items.get(graph.ids[at])
        if item is not None and item.state is not EvidenceState.WITHDRAWN and item.id not in gone:
            found |= origins_known(case, item.id, known)
        for step in graph.pro[at]:
            if item is None or not graph.flags[step] & DERIVED:
                _, premises, backing, _ = graph.body[step]
                fresh = [each for each in (*premises, *backing) if each not in seen]
                seen.update(fresh)
                waiting += fresh
    return tuple(sorted(found, key=lambda each: number_key(case.number(each))))


def _settle(circle: Iterable[int], parts: Sequence[Iterable[int]], masks: list[int]) -> None:
    """Let what is behind the nodes of a circle go round it until nothing is added."""
    grown = True
    while grown:
        grown = False
        for node in circle:
            mask = masks[node]
            for part in parts[node]:
                mask |= masks[part]
            grown = grown or mask != masks[node]
            masks[node] = mask


def _roots(case: Case, item: Id) -> Iterable[Id]:
    seen = {item}
    waiting = [item]
    while waiting:
        each = waiting.pop()
        copied = case.of(Evidence)[each].copied_from
        if not copied:
            yield each
        for one in copied:
            if one not in seen:
                seen.add(one)
                waiting.append(one)
