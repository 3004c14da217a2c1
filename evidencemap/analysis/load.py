"""Load: what rests on each thing of a map, and the gaps that carry the most.

A claim rests on whatever is a premise or the warrant of a step for it, at any remove; on the sources
of such an item and on a request that stands for such a thing as well. Whether the steps carry makes
no difference: a gap bears the load of all that is built over it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from evidencemap.analysis.graph import (
    CON,
    HAS_ROLE,
    HAS_WARRANT,
    NEEDS_WARRANT,
    NO_ROLE,
    NO_WARRANT,
    Graph,
    role_of,
    warrant_of,
)
from evidencemap.analysis.intervals import HI
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Claim, Evidence, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind

AT_ONCE = 16_384
"""How many claims are counted in one pass: it bounds the memory that a large case takes."""


class Lack(StrEnum):
    """What a gap is."""

    WARRANT = "no warrant"
    ROLE = "no denominator"
    BACKING = "nothing behind the warrant"
    SUPPORT = "nothing for the claim"


class Load(NamedTuple):
    """What rests on one thing: how many claims, how many asks among them, and the highest stake of those.

    The thing itself is not counted. The stake is 0 where no ask rests on it; an ask whose stake is
    not recorded counts as 1.
    """

    of: Id
    claims: int
    asks: int
    stake: int


class Gap(NamedTuple):
    """One gap that bears a load: where it is, what is lacking, and the load.

    `id` is that of a claim, of a step, or of what is missing (`warrant_of` or `role_of` a step); `at`
    is the claim or the step.
    """

    id: Id
    at: Id
    lack: Lack
    load: Load


Counted = tuple[int, int, int]
"""What rests on one thing: claims, asks, and the highest stake."""


class Loads:
    """The loads of one evaluated case, worked out once, when one is first asked for. Never changes."""

    def __init__(self, verdicts: Verdicts, at_once: int = AT_ONCE) -> None:
        self.verdicts = verdicts
        self._case = verdicts.case
        self._at_once = at_once
        self._of_nodes: dict[int, Counted] = {}
        self._of_sources: dict[Id, Counted] = {}
        self._all = False

    def of(self, entity: Id) -> Load:
        """Return the load of a source, an item, a claim, a request or a pro step.

        What rests on a step is its conclusion and what rests on that; nothing rests on a con step.
        KeyError for anything else.
        """
        if not self._all:
            with uncollected():
                self._count(range(len(self.verdicts.graph.ids)), sources=True)
            self._all = True
        graph = self.verdicts.graph
        if entity in self._of_sources:
            return Load(entity, *self._of_sources[entity])
        if entity not in graph.step_of:
            return Load(entity, *self._of_nodes[graph.node_of[entity]])
        step = graph.step_of[entity]
        if graph.flags[step] & CON:
            return Load(entity, 0, 0, 0)
        return self._of_step(entity, graph.to[step])

    @cached_property
    def _users(self) -> list[list[int]]:
        return _users_among(self.verdicts.graph, range(len(self.verdicts.graph.ids)))

    @cached_property
    def _items(self) -> dict[Id, list[Id]]:
        return _items_of(self._case)

    def _of_step(self, step: Id, to: int) -> Load:
        """Return the load of a pro step to a node that is counted: the node, if a claim, and its load."""
        claims, asks, stake = self._of_nodes[to]
        conclusion = self._case.of(Claim).get(self.verdicts.graph.ids[to])
        own = _stake(conclusion)
        return Load(step, claims + (conclusion is not None), asks + (own > 0), max(stake, own))

    def resting(self, entity: Id) -> tuple[Id, ...]:
        """Return the claims that rest on a source, an item, a claim, a request or a pro step, by number."""
        graph = self.verdicts.graph
        if entity in graph.step_of:
            step = graph.step_of[entity]
            starts = [] if graph.flags[step] & CON else [graph.to[step]]
            seen = set(starts)
        elif entity in self._case.of(Source):
            starts = [graph.node_of[each] for each in self._items.get(entity, ())]
            seen = set()
        else:
            starts, seen = [graph.node_of[entity]], set()
        waiting = list(starts)
        while waiting:
            for user in self._users[waiting.pop()]:
                if user not in seen:
                    seen.add(user)
                    waiting.append(user)
        claims = self._case.of(Claim)
        found = [graph.ids[node] for node in seen if graph.ids[node] in claims and graph.ids[node] != entity]
        return tuple(sorted(found, key=lambda each: number_key(self._case.number(each))))

    def gaps(self) -> list[Gap]:
        """Return every gap that something rests on, the one that carries most first.

        That is the one under the ask of the highest stake, then under the most asks, then under the
        most claims. A gap is a warrant or a role that is missing or still only requested, a warrant
        with nothing behind it, or a claim that no step leads to.
        """
        with uncollected():
            lacking = list(self._lacking())
            self._count({node for *_, node in lacking})
            found = []
            for gap, at, lack, node in lacking:
                load = Load(at, *self._of_nodes[node]) if lack is Lack.SUPPORT else self._of_step(at, node)
                if load.claims:
                    found.append(Gap(gap, at, lack, load))
            found.sort(key=attrgetter("load.stake", "load.asks", "load.claims"), reverse=True)
        return found

    def _lacking(self) -> Iterator[tuple[Id, Id, Lack, int]]:
        """Yield each gap: its id, its claim or step, what is lacking, the node of the claim or conclusion.

        By the visible number of where they are.
        """
        graph, of = self.verdicts.graph, self.verdicts.values.of
        roles = {name: scheme.role for name, scheme in schemes().items()}
        step_of, needing = graph.step_of, HAS_WARRANT | HAS_ROLE | NO_ROLE | NO_WARRANT
        for claim in self._case.sorted(Claim):
            node = graph.node_of[claim.id]
            if not graph.pro[node] and claim.kind is not ClaimKind.ASSUMPTION:
                yield claim.id, claim.id, Lack.SUPPORT, node
        for step in self._case.sorted(Step):
            at = step_of[step.id]
            flags = graph.flags[at]
            if flags & CON or not flags & needing:
                continue
            to, backing = graph.to[at], graph.body[at][2]
            if flags & NEEDS_WARRANT and flags & HAS_WARRANT and not HI[of[backing[0]]]:
                yield step.id, step.id, Lack.BACKING, to
            if flags & NO_ROLE or (flags & HAS_ROLE and not HI[of[backing[-1]]]):
                yield role_of(step.id, roles[step.scheme]), step.id, Lack.ROLE, to
            if flags & NO_WARRANT:
                yield warrant_of(step.id), step.id, Lack.WARRANT, to

    def _count(self, wanted: Collection[int], *, sources: bool = False) -> None:
        """Count what rests on some nodes, some claims at a time, then the asks by stake.

        Nodes that no step leads to rest on nothing: they are looked at only where they are wanted.
        With `sources`, every node has to be wanted.
        """
        graph, claims = self.verdicts.graph, self._case.of(Claim)
        ids, pro = graph.ids, graph.pro
        users_first = reversed(self.verdicts.ordered)
        nodes = [node for node in users_first if ids[node] and (pro[node] or node in wanted)]
        users = _users_among(graph, nodes)
        ranked = [node for node in nodes if ids[node] in claims]
        counts = dict.fromkeys(wanted, 0)
        counts.update((node, -1) for node in ranked if node in counts)
        of_sources = dict.fromkeys(self._items if sources else (), 0)
        for at in range(0, len(ranked), self._at_once):
            masks = self._with_itself(nodes, users, ranked[at : at + self._at_once])
            for node in counts:
                if masks[node]:
                    counts[node] += masks[node].bit_count()
            for source in of_sources:
                of_sources[source] += self._on_source(source, masks).bit_count()
        asks = [node for node in ranked if claims[ids[node]].kind is ClaimKind.ASK]
        masks = self._with_itself(nodes, users, asks)
        for at, node in enumerate(asks):
            masks[node] &= ~(1 << at)
        heaviest = _Heaviest([_stake(claims[ids[node]]) for node in asks])
        for node, count in counts.items():
            self._of_nodes[node] = (count, masks[node].bit_count(), heaviest(masks[node]))
        for source, count in of_sources.items():
            mask = self._on_source(source, masks)
            self._of_sources[source] = (count, mask.bit_count(), heaviest(mask))

    def _with_itself(
        self, nodes: Sequence[int], users: Sequence[Sequence[int]], counted: Sequence[int]
    ) -> list[int]:
        """Return, by node, which of some claims rest on each of some nodes, as bits in their order.

        The nodes come users first; `users` gives, by node, what rests on it at one remove. A claim that
        is counted is in its own bits.
        """
        component, members = self.verdicts.order.component, self.verdicts.order.members
        masks = [0] * len(component)
        for at, node in enumerate(counted):
            masks[node] = 1 << at
        for node in nodes[nodes.index(counted[0]) :] if counted else ():
            if component[node] in members:
                _settle(members[component[node]], users, masks)
                continue
            mask = masks[node]
            for user in users[node]:
                mask |= masks[user]
            masks[node] = mask
        return masks

    def _on_source(self, source: Id, masks: Sequence[int]) -> int:
        node_of = self.verdicts.graph.node_of
        mask = 0
        for item in self._items[source]:
            mask |= masks[node_of[item]]
        return mask


class _Heaviest:
    """Tells the highest stake of a set of asks, which is given as bits in the order of these stakes."""

    def __init__(self, stakes: Sequence[int]) -> None:
        self._of = [
            (stake, sum(1 << at for at, each in enumerate(stakes) if each == stake))
            for stake in sorted(set(stakes), reverse=True)
        ]

    def __call__(self, mask: int) -> int:
        return next((stake for stake, of_stake in self._of if mask & of_stake), 0)


def loads(verdicts: Verdicts, at_once: int = AT_ONCE) -> Loads:
    """Return the loads of the case that these verdicts are on, counted for so many claims at once."""
    return Loads(verdicts, at_once)


def _stake(claim: Claim | None) -> int:
    if claim is None or claim.kind is not ClaimKind.ASK:
        return 0
    return claim.stake or 1


def _settle(inside: Iterable[int], users: Sequence[Sequence[int]], masks: list[int]) -> None:
    """Let what rests on the nodes of a circle go round it until nothing is added."""
    grown = True
    while grown:
        grown = False
        for node in inside:
            mask = masks[node]
            for user in users[node]:
                mask |= masks[user]
            grown = grown or mask != masks[node]
            masks[node] = mask


def _users_among(graph: Graph, nodes: Sequence[int]) -> list[list[int]]:
    """Return, for each of some nodes, by node, those of them that a step leads to from it; else none.

    A step leads from its premises and its backing; con steps apart.
    """
    pro, body = graph.pro, graph.body
    among = bytearray(len(graph.ids))
    users: list[list[int]] = [[]] * len(graph.ids)
    for node in nodes:
        among[node] = 1
        users[node] = []
    for to in nodes:
        for step in pro[to]:
            _, premises, backing, _ = body[step]
            for part in premises + backing if backing else premises:
                if among[part]:
                    users[part].append(to)
    return users


def _items_of(case: Case) -> dict[Id, list[Id]]:
    """Return, for each source, the items that come from it."""
    items: dict[Id, list[Id]] = {each: [] for each in case.of(Source)}
    for item in case.of(Evidence).values():
        for source in item.sources:
            items[source].append(item.id)
    return items
