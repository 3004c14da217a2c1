"""The graph of a case as plain lists of whole numbers: what the verdicts are computed on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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

Body = tuple[int, tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""What a step passes depends on: its ceiling as an interval, and the nodes that are its premises,
its backing (a warrant, a request for a role: never worse than suggestive) and its undercutters."""


@dataclass(slots=True, kw_only=True)
class Graph:
    """Nodes (evidence, claims, requests, and one for each backing that requests stand for) and steps.

    Both are numbered from 0 in no order that means anything; a number that was freed has an empty
    id. Lists are parallel. `base` holds intervals; `bare` the bases of assumptions once they are
    withdrawn, for those nodes alone. `users` lists the conclusions of the steps that a node takes
    part in, once for each part. Nothing in a graph changes after it was built: `copy` first.
    """

    policy: Policy
    ids: list[Id] = field(default_factory=list)
    node_of: dict[Id, int] = field(default_factory=dict)
    base: list[int] = field(default_factory=list)
    bare: dict[int, int] = field(default_factory=dict)
    table: list[bytes] = field(default_factory=list)
    pro: list[list[int]] = field(default_factory=list)
    con: list[list[int]] = field(default_factory=list)
    users: list[list[int]] = field(default_factory=list)
    step_ids: list[Id] = field(default_factory=list)
    step_of: dict[Id, int] = field(default_factory=dict)
    to: list[int] = field(default_factory=list)
    body: list[Body] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    free_nodes: list[int] = field(default_factory=list)
    free_steps: list[int] = field(default_factory=list)

    def copy(self) -> "Graph":
        """Return a graph whose lists may be changed; their inner lists must be replaced, not changed."""
        return Graph(
            policy=self.policy,
            ids=self.ids[:],
            node_of=self.node_of.copy(),
            base=self.base[:],
            bare=self.bare.copy(),
            table=self.table[:],
            pro=self.pro[:],
            con=self.con[:],
            users=self.users[:],
            step_ids=self.step_ids[:],
            step_of=self.step_of.copy(),
            to=self.to[:],
            body=self.body[:],
            flags=self.flags[:],
            free_nodes=self.free_nodes[:],
            free_steps=self.free_steps[:],
        )

    def add_node(self, node: Id, base: int, table: bytes) -> int:
        """Add a node that no step leads to yet, and return its number."""
        if self.free_nodes:
            at = self.free_nodes.pop()
            self.ids[at], self.base[at], self.table[at] = node, base, table
            self.pro[at], self.con[at], self.users[at] = [], [], []
        else:
            at = len(self.ids)
            self.ids.append(node)
            self.base.append(base)
            self.table.append(table)
            self.pro.append([])
            self.con.append([])
            self.users.append([])
        self.node_of[node] = at
        return at

    def steps_to(self, node: int) -> list[int]:
        """Return the steps that conclude in a node, pro before con."""
        return self.pro[node] + self.con[node]

    def sources_of(self, node: int) -> Iterator[int]:
        """Yield the nodes that the interval of a node depends on, once for each part that they take."""
        for step in self.pro[node]:
            _, premises, backing, undercutters = self.body[step]
            yield from premises
            yield from backing
            yield from undercutters
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
