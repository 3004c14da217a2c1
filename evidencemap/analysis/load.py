"""Load: what rests on each thing of a map, and the gaps that carry the most.

A claim rests on whatever is a premise or the warrant of a step for it, at any remove; on the sources
of such an item and on a request that stands for such a thing as well. Whether the steps carry makes
no difference: a gap bears the load of all that is built over it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidencemap.analysis.collecting import uncollected
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
from evidencemap.analysis.ordering import Order
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What rests on one thing: how many claims, how many asks among them, and the highest stake of those.

    The thing itself is not counted. The stake is 0 where no ask rests on it; an ask whose stake is
    not recorded counts as 1.
    """

    of: Id
    claims: int
    asks: int
    stake: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap that bears a load: where it is, what is lacking, and the load.

    `id` is that of a claim, of a step, or of what is missing (`warrant_of` or `role_of` a step); `at`
    is the claim or the step.
    """

    id: Id
    at: Id
    lack: Lack
    load: Load


class Loads:
    """The loads of one evaluated case, worked out once, when one is first asked for. Never changes."""

    def __init__(self, verdicts: Verdicts, at_once: int = AT_ONCE) -> None:
        self.verdicts = verdicts
        self._case = verdicts.case
        self._at_once = at_once
        with uncollected():
            self._users = _supported_by(verdicts.graph)
            self._items = _items_of(verdicts.case)
        self._loads: dict[Id, tuple[int, int, int]] = {}

    def of(self, entity: Id) -> Load:
        """Return the load of a source, an item, a claim, a request or a pro step.

        What rests on a step is its conclusion and what rests on that; nothing rests on a con step.
        KeyError for anything else.
        """
        if not self._loads:
            with uncollected():
                self._loads = self._counted()
        graph = self.verdicts.graph
        if entity not in graph.step_of:
            claims, asks, stake = self._loads[entity]
            return Load(of=entity, claims=claims, asks=asks, stake=stake)
        step = graph.step_of[entity]
        if graph.flags[step] & CON:
            return Load(of=entity, claims=0, asks=0, stake=0)
        to = graph.ids[graph.to[step]]
        claims, asks, stake = self._loads[to]
        own = _stake(self._case.of(Claim).get(to))
        counted = to in self._case.of(Claim)
        return Load(of=entity, claims=claims + counted, asks=asks + (own > 0), stake=max(stake, own))

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
            found = [gap for gap in self._gaps() if gap.load.claims]
            found.sort(key=lambda gap: (gap.load.stake, gap.load.asks, gap.load.claims), reverse=True)
        return found

    def _gaps(self) -> Iterator[Gap]:
        """Yield the gaps by the visible number of where they are."""
        graph, of = self.verdicts.graph, self.verdicts.values.of
        for claim in self._case.sorted(Claim):
            if claim.kind is not ClaimKind.ASSUMPTION and not graph.pro[graph.node_of[claim.id]]:
                yield self._gap(claim.id, claim.id, Lack.SUPPORT)
        for step in self._case.sorted(Step):
            at = graph.step_of[step.id]
            flags, backing = graph.flags[at], graph.body[at][2]
            if flags & CON:
                continue
            if flags & NEEDS_WARRANT and flags & HAS_WARRANT and not HI[of[backing[0]]]:
                yield self._gap(step.id, step.id, Lack.BACKING)
            if flags & NO_ROLE or (flags & HAS_ROLE and not HI[of[backing[-1]]]):
                yield self._gap(role_of(step.id, schemes()[step.scheme].role), step.id, Lack.ROLE)
            if flags & NO_WARRANT:
                yield self._gap(warrant_of(step.id), step.id, Lack.WARRANT)

    def _gap(self, gap: Id, at: Id, lack: Lack) -> Gap:
        return Gap(id=gap, at=at, lack=lack, load=self.of(at))

    def _counted(self) -> dict[Id, tuple[int, int, int]]:
        """Count what rests on every node and source, some claims at a time, then the asks by stake."""
        graph = self.verdicts.graph
        claims, ids = self._case.of(Claim), graph.ids
        sequence = _users_first(graph, self.verdicts.order)
        ranked = [node for node in sequence if ids[node] in claims]
        counts = [-1 if name in claims else 0 for name in ids]
        of_sources = dict.fromkeys(self._items, 0)
        for at in range(0, len(ranked), self._at_once):
            masks = self._with_itself(sequence, ranked[at : at + self._at_once])
            for node, mask in enumerate(masks):
                if mask:
                    counts[node] += mask.bit_count()
            for source, mask in self._on_sources(masks):
                of_sources[source] += mask.bit_count()
        asks = [node for node in ranked if claims[ids[node]].kind is ClaimKind.ASK]
        masks = self._with_itself(sequence, asks)
        for at, node in enumerate(asks):
            masks[node] &= ~(1 << at)
        heaviest = _Heaviest([_stake(claims[ids[node]]) for node in asks])
        found = {
            name: (counts[node], masks[node].bit_count(), heaviest(masks[node]))
            for name, node in graph.node_of.items()
        }
        for source, mask in self._on_sources(masks):
            found[source] = (of_sources[source], mask.bit_count(), heaviest(mask))
        return found

    def _with_itself(self, sequence: Sequence[int], counted: Sequence[int]) -> list[int]:
        """Return, for every node, which of some claims rest on it, as bits in their order.

        A claim that is counted is in its own bits.
        """
        users = self._users
        component, members = self.verdicts.order.component, self.verdicts.order.members
        masks = [0] * len(users)
        if not counted:
            return masks
        for at, node in enumerate(counted):
            masks[node] = 1 << at
        for node in sequence[sequence.index(counted[0]) :]:
            if component[node] in members:
                _settle(members[component[node]], users, masks)
                continue
            mask = masks[node]
            for user in users[node]:
                mask |= masks[user]
            masks[node] = mask
        return masks

    def _on_sources(self, masks: Sequence[int]) -> Iterator[tuple[Id, int]]:
        node_of = self.verdicts.graph.node_of
        for source, items in self._items.items():
            mask = 0
            for item in items:
                mask |= masks[node_of[item]]
            yield source, mask


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


def _supported_by(graph: Graph) -> list[list[int]]:
    """Return, for each node, the conclusions of the pro steps that it is a premise or the backing of."""
    users: list[list[int]] = [[] for _ in graph.ids]
    for to, steps in enumerate(graph.pro):
        for step in steps:
            _, premises, backing, _ = graph.body[step]
            for node in premises:
                users[node].append(to)
            for node in backing:
                users[node].append(to)
    return users


def _users_first(graph: Graph, order: Order) -> list[int]:
    """Return the nodes of a graph, each behind all that it is a part of; circles in any order inside."""
    rank, component = order.rank, order.component
    places = [-rank[each] for each in component]
    return sorted((node for node, name in enumerate(graph.ids) if name), key=places.__getitem__)


def _items_of(case: Case) -> dict[Id, list[Id]]:
    """Return, for each source, the items that come from it."""
    items: dict[Id, list[Id]] = {each: [] for each in case.of(Source)}
    for item in case.of(Evidence).values():
        for source in item.sources:
            items[source].append(item.id)
    return items
