"""The graph of a case as plain lists of whole numbers: what the verdicts are computed on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from evidencemap.analysis.intervals import NOTHING, Table, never
from evidencemap.analysis.policy import Policy
from evidencemap.model.records import Id

CON = 1
"""The step speaks against its conclusion."""
DERIVED = 2
"""The step is not drawn: it follows from what an item comes from or what a request settles."""
NEEDS_WARRANT = 4
NO_WARRANT = 8
"""A warrant is needed, none is recorded, and no request stands for it."""
NO_ROLE = 16
"""A role is empty and no request stands for it."""
RULER = 32
"""The program undercuts the comparison: one undisclosed method is behind all of its operands."""
VANTAGE = 64
"""Every origin has a recorded position to know and none includes what the conclusion is about."""
HAS_WARRANT = 128
"""The first of the backing nodes is the warrant."""
HAS_ROLE = 256
"""The last of the backing nodes stands for an empty role."""

LACKS_WARRANT = 1
"""A warrant is needed, none is recorded, and no request stands for it."""
LACKS_BACKING = 2
"""The warrant that is needed has nothing behind it."""
LACKS_ROLE = 4
"""A role is empty, and nothing that stands for it holds."""

Body = tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""What a step passes depends on: its ceiling as an interval, and the nodes that are its premises,
its backing (a warrant, a request for a role: never worse than suggestive) and its undercutters."""


@dataclass(slots=True, kw_only=True)
class Graph:
    """Nodes (evidence, claims, requests, and one for each backing that requests stand for) and steps.

    Both are numbered from 0 in no order that means anything; a number that was freed has an empty
    id. Lists are parallel. `base` holds words (see intervals); `assumed` the nodes whose base is that
    of an assumption. Nothing in a graph changes after it was built: `copy` first.
    """

    policy: Policy
    ids: list[Id] = field(default_factory=list)
    node_of: dict[Id, int] = field(default_factory=dict)
    base: list[int] = field(default_factory=list)
    assumed: set[int] = field(default_factory=set)
    table: list[Table] = field(default_factory=list)
    pro: list[list[int]] = field(default_factory=list)
    con: list[list[int]] = field(default_factory=list)
    step_ids: list[Id] = field(default_factory=list)
    to: list[int] = field(default_factory=list)
    body: list[Body] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    free_nodes: list[int] = field(default_factory=list)
    free_steps: list[int] = field(default_factory=list)
    _users: list[list[int]] | None = None
    _step_of: dict[Id, int] | None = None

    def copy(self) -> "Graph":
        """Return a graph whose lists may be changed; their inner lists must be replaced, not changed."""
        return Graph(
            policy=self.policy,
            ids=self.ids[:],
            node_of=self.node_of.copy(),
            base=self.base[:],
            assumed=set(self.assumed),
            table=self.table[:],
            pro=self.pro[:],
            con=self.con[:],
            step_ids=self.step_ids[:],
            to=self.to[:],
            body=self.body[:],
            flags=self.flags[:],
            free_nodes=self.free_nodes[:],
            free_steps=self.free_steps[:],
            _users=None if self._users is None else self._users[:],
            _step_of=None if self._step_of is None else self._step_of.copy(),
        )

    @property
    def step_of(self) -> dict[Id, int]:
        """The number of each step by its id: made when it is first asked for, as no verdict needs it."""
        if self._step_of is None:
            self._step_of = {step: at for at, step in enumerate(self.step_ids) if step}
        return self._step_of

    def add_node(self, node: Id, base: int, table: Table) -> int:
        """Add a node that no step leads to yet, and return its number."""
        if self.free_nodes:
            at = self.free_nodes.pop()
            self.ids[at], self.base[at], self.table[at] = node, base, table
        else:
            at = len(self.ids)
            self.ids.append(node)
            self.base.append(base)
            self.table.append(table)
            self.pro.append([])
            self.con.append([])
            if self._users is not None:
                self._users.append([])
        self.node_of[node] = at
        return at

    def add_step(self, step: Id, to: int, flags: int, body: Body) -> int:
        """Add a step to a node of this graph, and return its number."""
        if self.free_steps:
            at = self.free_steps.pop()
            self.step_ids[at], self.to[at], self.flags[at], self.body[at] = step, to, flags, body
        else:
            at = len(self.body)
            self.step_ids.append(step)
            self.to.append(to)
            self.flags.append(flags)
            self.body.append(body)
        if self._step_of is not None:
            self._step_of[step] = at
        lists = self.con if flags & CON else self.pro
        lists[to] = [*lists[to], at]
        if self._users is not None:
            for part in body[1:]:
                for node in part:
                    self._users[node] = [*self._users[node], to]
        return at

    def drop_step(self, step: int) -> None:
        """Take a step out of this graph; its number is free again."""
        to, (_, *parts) = self.to[step], self.body[step]
        lists = self.con if self.flags[step] & CON else self.pro
        lists[to] = [each for each in lists[to] if each != step]
        if self._users is not None:
            for part in parts:
                for node in part:
                    left = self._users[node][:]
                    left.remove(to)
                    self._users[node] = left
        del self.step_of[self.step_ids[step]]
        self.step_ids[step], self.flags[step], self.body[step] = Id(""), 0, (NOTHING, (), (), ())
        self.free_steps.append(step)

    def drop_node(self, node: int) -> None:
        """Take a node out of this graph that no step leads to or from; its number is free again."""
        del self.node_of[self.ids[node]]
        self.ids[node], self.base[node], self.table[node] = Id(""), NOTHING, never()
        self.assumed.discard(node)
        self.free_nodes.append(node)

    def users(self) -> list[list[int]]:
        """Return, for each node, the conclusions of the steps that it takes part in, once for each part."""
        if self._users is None:
            users: list[list[int]] = [[] for _ in self.ids]
            for to, (_, premises, backing, undercutters) in zip(self.to, self.body, strict=True):
                for node in premises:
                    users[node].append(to)
                for node in backing:
                    users[node].append(to)
                for node in undercutters:
                    users[node].append(to)
            self._users = users
        return self._users

    def sources_of(self, node: int) -> Iterator[int]:
        """Yield the nodes that the word of a node depends on, once for each part that they take."""
        for step in self.pro[node]:
            _, premises, backing, undercutters = self.body[step]
            yield from premises
            yield from backing
            yield from undercutters
        yield from self.sources_against(node)

    def sources_against(self, node: int) -> Iterator[int]:
        """Yield the nodes that what is against a node depends on, once for each part that they take."""
        for step in self.con[node]:
            _, premises, backing, undercutters = self.body[step]
            yield from premises
            yield from backing
            yield from undercutters


def warrant_of(step: Id) -> Id:
    """Return the id of the node that requests for the warrant of a step lead to; also of that gap."""
    return Id(f"{step}.warrant")


def role_of(step: Id, role: str = "denominator") -> Id:
    """Return the id of the node that requests for an empty role of a step lead to; also of that gap."""
    return Id(f"{step}.{role}")


def provenance_of(item: Id, source: Id | None) -> Id:
    """Return the id of the derived step to an item from a source, or from what it copies."""
    return Id(f"{item}.{source or 'copy'}")
