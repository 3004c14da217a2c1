"""Load: what rests on each thing of a map, and the gaps that carry the most.

A claim rests on whatever is a premise or the warrant of a step for it, at any remove; on the sources
of such an item and on a request that stands for such a thing as well. Whether the steps carry makes
no difference: a gap bears the load of all that is built over it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, partial
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from evidencemap.analysis.arrays import Rows, marked, rows_of
from evidencemap.analysis.graph import CON, LACKS_BACKING, LACKS_ROLE, LACKS_WARRANT, role_of, warrant_of
from evidencemap.analysis.resting import NOTHING, Leaning, Resting, resting
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind

AT_ONCE = 65_536
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


_load: Callable[[tuple[Id, int, int, int]], Load] = partial(tuple.__new__, Load)
_gap: Callable[[tuple[Id, Id, Lack, Load]], Gap] = partial(tuple.__new__, Gap)
"""These make what their classes do, of all fields in their order, without a call written in Python."""


class Loads:
    """The loads of one evaluated case, worked out once, when one is first asked for. Never changes."""

    def __init__(self, verdicts: Verdicts, at_once: int = AT_ONCE) -> None:
        self.verdicts = verdicts
        self._case = verdicts.case
        self._at_once = at_once

    def of(self, entity: Id) -> Load:
        """Return the load of a source, an item, a claim, a request or a pro step.

        What rests on a step is its conclusion and what rests on that; nothing rests on a con step.
        KeyError for anything else.
        """
        graph = self.verdicts.graph
        if entity in self._number_of:
            return Load(entity, *self._everything[self._number_of[entity]])
        if entity not in graph.step_of:
            return Load(entity, *self._everything[graph.node_of[entity]])
        step = graph.step_of[entity]
        if graph.flags[step] & CON:
            return Load(entity, *NOTHING)
        return Load(entity, *self._on_steps_to(graph.to[step], self._everything))

    @cached_property
    def _everything(self) -> dict[int, Resting]:
        """What rests on every node, and on every source, which is numbered after the nodes."""
        size = len(self.verdicts.graph.ids)
        with uncollected():
            return self._resting(range(size + len(self._number_of)))

    @cached_property
    def _number_of(self) -> dict[Id, int]:
        size = len(self.verdicts.graph.ids)
        return {source: at for at, source in enumerate(self._case.of(Source), size)}

    @cached_property
    def _stakes(self) -> dict[int, int]:
        """The stake of each node that is an ask, 0 of each other claim."""
        ask = ClaimKind.ASK
        return {
            node: claim.stake or 1 if claim.kind is ask else 0 for node, claim in self.verdicts.columns.claims
        }

    @cached_property
    def _users(self) -> list[list[int]]:
        parts = self.verdicts.columns.parts
        users: list[list[int]] = [[] for _ in parts]
        for user, leans_on in enumerate(parts):
            for part in leans_on:
                users[part].append(user)
        return users

    @cached_property
    def _items(self) -> dict[Id, list[Id]]:
        return _items_of(self._case)

    def _on_steps_to(self, node: int, known: Mapping[int, Resting]) -> Resting:
        """Return what rests on a pro step to a node: the node, if it is a claim, and what rests on that."""
        claims, asks, stake = rests = known[node]
        own = self._stakes.get(node)
        if own is None:
            return rests
        return Resting(claims + 1, asks + (own > 0), max(stake, own))

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
            known, stakes = self._resting({node for *_, node in lacking}), self._stakes
            found = []
            for gap, at, lack, node in lacking:
                claims, asks, stake = known[node]
                own = None if lack is Lack.SUPPORT else stakes.get(node)
                if own is not None:
                    claims += 1
                    if own:
                        asks, stake = asks + 1, max(stake, own)
                if claims:
                    load = _load((at, claims, asks, stake))
                    found.append(((stake, asks, claims), _gap((gap, at, lack, load))))
            found.sort(key=itemgetter(0), reverse=True)
        return [gap for _, gap in found]

    def _lacking(self) -> Iterator[tuple[Id, Id, Lack, int]]:
        """Yield each gap: its id, its claim or step, what is lacking, the node of the claim or conclusion.

        By the visible number of where they are.
        """
        graph, columns = self.verdicts.graph, self.verdicts.columns
        roles = {name: scheme.role for name, scheme in schemes().items()}
        for node, claim in columns.claims:
            if not graph.pro[node] and claim.kind is not ClaimKind.ASSUMPTION:
                yield claim.id, claim.id, Lack.SUPPORT, node
        lacking, to, flags = columns.lacking, graph.to, graph.flags
        for at, step in columns.steps:
            lacks = lacking[at]
            if not lacks or flags[at] & CON:
                continue
            if lacks & LACKS_BACKING:
                yield step.id, step.id, Lack.BACKING, to[at]
            if lacks & LACKS_ROLE:
                yield role_of(step.id, roles[step.scheme]), step.id, Lack.ROLE, to[at]
            if lacks & LACKS_WARRANT:
                yield warrant_of(step.id), step.id, Lack.WARRANT, to[at]

    def _resting(self, wanted: Collection[int]) -> dict[int, Resting]:
        """Return what rests on some nodes, and on some sources by their numbers after those.

        Nodes that no step leads to rest on nothing: they are looked at only where they are wanted.
        """
        columns = self.verdicts.columns
        sources = [number for number in self._number_of.values() if number in wanted]
        rows = self._with_sources() if sources else columns.leaning
        looked_at = rows.filled() | marked(wanted, len(rows.starts) - 1)
        users_first = [*reversed(columns.ordered), *sources]
        nodes = list(compress(users_first, looked_at[users_first].tolist()))
        circles = {node: circle for circle in self.verdicts.order.members.values() for node in circle}
        return resting(
            Leaning(nodes, rows.within(looked_at).lists(), circles, self._stakes), wanted, self._at_once
        )

    def _with_sources(self) -> Rows:
        """Return what each node leans on, the sources of items included."""
        parts, none = self.verdicts.columns.parts[:], list[int]()
        for node, item in self.verdicts.columns.items:
            parts[node] = [*parts[node], *(self._number_of[each] for each in item.sources)]
        return rows_of([*parts, *[none] * len(self._number_of)])


def loads(verdicts: Verdicts, at_once: int = AT_ONCE) -> Loads:
    """Return the loads of the case that these verdicts are on, counted for so many claims at once."""
    return Loads(verdicts, at_once)


def _items_of(case: Case) -> dict[Id, list[Id]]:
    """Return, for each source, the items that come from it."""
    items: dict[Id, list[Id]] = {each: [] for each in case.of(Source)}
    for item in case.of(Evidence).values():
        for source in item.sources:
            items[source].append(item.id)
    return items
