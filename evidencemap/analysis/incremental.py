"""Keeps the verdicts of a case through its edits: only what an edit touches, and what follows from it."""

from collections.abc import Collection, Iterable

from evidencemap.analysis.building import Pointing, compiler
from evidencemap.analysis.compiling import Compiled, Compiler, Supposed
from evidencemap.analysis.evaluation import Values, propagate
from evidencemap.analysis.graph import DERIVED, Graph, role_of, warrant_of
from evidencemap.analysis.intervals import NOTHING
from evidencemap.analysis.ordering import Order
from evidencemap.analysis.policy import Policy, policy
from evidencemap.analysis.reordering import OrderLostError, repair, seat, split
from evidencemap.analysis.touching import touched, touched_by_supposing, touches_all
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Request, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind


class Engine:
    """The verdicts of an open case, kept right from edit to edit. What it gave out never changes."""

    def __init__(self, case: Case, policy_used: Policy | None = None) -> None:
        self._verdicts = verdicts(case, policy_used or policy(case.header.profile))

    @property
    def verdicts(self) -> Verdicts:
        """Return the verdicts on the case as it is now."""
        return self._verdicts

    def update(self, before: Case, edit: Edit, after: Case) -> frozenset[Id]:
        """Take an edit in, and return the claims, steps, items and requests whose verdict it changed.

        Edits of anything but the case that was given last are answered from scratch.
        """
        known = self._verdicts.case
        if before is not known and before.entities != known.entities:
            held = self._verdicts
            self._verdicts = verdicts(after, held.policy)
            others = _changed(held, self._verdicts, range(len(self._verdicts.graph.ids)))
            return frozenset(others | _gone(held.case, after))
        self._verdicts, changed = updated(self._verdicts, edit, after)
        return changed


def updated(held: Verdicts, edit: Edit, after: Case) -> tuple[Verdicts, frozenset[Id]]:
    """Return the verdicts after an edit, and the ids of those that it changed."""
    if touches_all(edit):
        made = verdicts(after, held.policy, granted=held.supposed.granted, withdrawn=held.supposed.withdrawn)
        return made, frozenset(_changed(held, made, range(len(made.graph.ids))) | _removed(edit))
    owners = touched(held.case, edit, after)
    made, looked_at = _patched(held, after, held.supposed, owners)
    looked_at.update(made.graph.node_of[each] for each in edit.ids if each in made.graph.node_of)
    looked_at.update(
        made.graph.to[made.graph.step_of[each]] for each in edit.ids if each in made.graph.step_of
    )
    return made, frozenset(_changed(held, made, looked_at) | _removed(edit))


def supposing(held: Verdicts, supposed: Supposed) -> tuple[Verdicts, frozenset[Id]]:
    """Return the verdicts with other things granted or withdrawn in thought, and the ids that change."""
    owners = touched_by_supposing(held.case, held.supposed, supposed)
    made, looked_at = _patched(held, held.case, supposed, owners)
    return made, frozenset(_changed(held, made, looked_at))


def _patched(held: Verdicts, case: Case, supposed: Supposed, owners: set[Id]) -> tuple[Verdicts, set[int]]:
    """Return the verdicts with the parts of some owners compiled afresh, and the nodes to look at."""
    if not owners:
        return Verdicts(case, held.graph, held.order, held.values, supposed), set()
    held.graph.users()
    patch = _Patch(held, compiler(case, held.policy, supposed, Pointing(case)))
    patch.apply(owners)
    try:
        patch.reorder()
    except OrderLostError:
        made = verdicts(case, held.policy, granted=supposed.granted, withdrawn=supposed.withdrawn)
        return made, apart(held, made, {patch.graph.ids[each] for each in patch.dirty})
    graph, order, values = patch.graph, patch.order, patch.values
    moved = propagate(graph, order, values, graph.base, patch.dirty)
    looked_at = moved | (values.unfounded ^ held.values.unfounded)
    for node in patch.dirty:
        looked_at.update(order.members.get(order.component[node], (node,)))
    for node in moved:
        looked_at.update(graph.users()[node])
    return Verdicts(case, graph, order, values, supposed), looked_at


class _Patch:
    """A copy of a graph, its order and its values while the parts of some owners are replaced."""

    def __init__(self, held: Verdicts, make: Compiler) -> None:
        self.graph: Graph = held.graph.copy()
        self.order: Order = held.order.copy()
        self.values: Values = held.values.copy()
        self.make = make
        self.dirty: set[int] = set()
        self._added: list[int] = []
        self._opened: set[int] = set()

    def apply(self, owners: Iterable[Id]) -> None:
        """Replace the parts of the owners: first every old part goes, then every new one comes."""
        graph, case = self.graph, self.make.case
        named = sorted(owners)
        steps = [each for each in named if each in graph.step_of or each in case.of(Step)]
        nodes = [each for each in named if each not in steps]
        for each in steps:
            self._drop_drawn(each)
        for each in nodes:
            if each in graph.node_of:
                for step in [*graph.pro[graph.node_of[each]]]:
                    if graph.flags[step] & DERIVED:
                        self._drop_step(step)
            self._renew_node(each)
        for each in nodes:
            if each in graph.node_of and each in case:
                for compiled in self._derived(each):
                    self._add_step(graph.node_of[each], compiled)
        for each in steps:
            if each in case.of(Step):
                self._add_drawn(case.of(Step)[each])
        for each in nodes:
            if each in graph.node_of and each not in case:
                self._drop_node(graph.node_of[each])

    def reorder(self) -> None:
        """Give new nodes their places and put the order right around what changed."""
        graph, order = self.graph, self.order
        checked = set(self.dirty)
        for name in self._opened:
            if name in order.members:
                apart = split(graph, order, name)
                checked.update(apart)
                checked.update(user for node in apart for user in graph.users()[node])
                self.dirty.update(apart)
        for node in self._added:
            if graph.ids[node]:
                seat(graph, order, node)
        self.dirty = {node for node in self.dirty if graph.ids[node]}
        repair(graph, order, sorted(node for node in checked if graph.ids[node]))

    def _renew_node(self, owner: Id) -> None:
        graph, case, make = self.graph, self.make.case, self.make
        held = case.entities.get(owner)
        if isinstance(held, Evidence):
            base, table, _ = make.evidence(held)
        elif isinstance(held, Claim):
            base, table = make.claim(held)
        elif isinstance(held, Request):
            base, table = make.request(held)
        else:
            return
        if owner in graph.node_of:
            node = graph.node_of[owner]
            graph.base[node], graph.table[node] = base, table
        else:
            node = self._new_node(graph.add_node(owner, base, table))
        graph.assumed.discard(node)
        if isinstance(held, Claim) and held.kind is ClaimKind.ASSUMPTION:
            graph.assumed.add(node)
        self.dirty.add(node)

    def _derived(self, owner: Id) -> list[Compiled]:
        held = self.make.case[owner]
        if isinstance(held, Evidence):
            return self.make.provenance(self.graph, held, self.make.evidence(held)[2])
        if isinstance(held, Claim):
            return self.make.settling(self.graph, held)
        assert isinstance(held, Request)
        return self.make.answers(self.graph, held)

    def _add_drawn(self, step: Step) -> None:
        graph = self.graph
        reserved: dict[Id, int] = {}
        compiled, behind = self.make.step(graph, step, reserved)
        for node in reserved.values():
            self._new_node(node)
            self.dirty.add(node)
        self._add_step(graph.node_of[step.conclusion], compiled)
        for at, led in behind:
            for each in led:
                self._add_step(reserved[at], each)

    def _drop_drawn(self, step: Id) -> None:
        graph = self.graph
        if step not in graph.step_of:
            return
        backing = graph.body[graph.step_of[step]][2]
        self._drop_step(graph.step_of[step])
        for node in backing:
            if graph.ids[node] in (warrant_of(step), role_of(step)):
                for led in [*graph.pro[node]]:
                    self._drop_step(led)
                self._drop_node(node)

    def _new_node(self, node: int) -> int:
        values = self.values
        while len(values.of) < len(self.graph.ids):
            values.of.append(NOTHING)
        values.of[node] = NOTHING
        self._added.append(node)
        return node

    def _add_step(self, to: int, compiled: Compiled) -> None:
        self.graph.add_step(compiled.id, to, compiled.flags, compiled.body)
        self.dirty.add(to)

    def _drop_step(self, step: int) -> None:
        self.dirty.add(self.graph.to[step])
        self._open(self.graph.to[step])
        self.graph.drop_step(step)

    def _drop_node(self, node: int) -> None:
        self._open(node)
        self.values.of[node] = NOTHING
        self.values.unfounded.discard(node)
        self.graph.drop_node(node)

    def _open(self, node: int) -> None:
        component = self.order.component
        if node < len(component) and component[node] in self.order.members:
            self._opened.add(component[node])


def apart(held: Verdicts, made: Verdicts, replaced: Collection[Id]) -> set[int]:
    """Return the nodes to look at where verdicts were made from nothing although little was replaced.

    They are what uses a node with another value, and those that were replaced or fall, or no longer do,
    for leaning on themselves, with all on a circle with them.
    """
    graph, order, known = made.graph, made.order, held.graph.node_of
    was, now, users = held.values, made.values, graph.users()
    fallen = {held.graph.ids[each] for each in was.unfounded} ^ {graph.ids[each] for each in now.unfounded}
    found: set[int] = set()
    for name in fallen.union(replaced) & graph.node_of.keys():
        node = graph.node_of[name]
        found.update(order.members.get(order.component[node], (node,)))
    for name, node in graph.node_of.items():
        if name not in known or was.of[known[name]] != now.of[node]:
            found.update(users[node])
    return found


def _changed(held: Verdicts, made: Verdicts, looked_at: Iterable[int]) -> set[Id]:
    """Return what is on the map with another verdict than it had, or with its first, among some nodes."""
    graph = made.graph
    found: set[Id] = set()
    for node in looked_at:
        if node >= len(graph.ids):
            continue
        name = graph.ids[node]
        if name in made.claims:
            if name not in held.claims or held.claims[name] != made.claims[name]:
                found.add(name)
        elif name in made.case and (name not in held.nodes or held.nodes[name] != made.nodes[name]):
            found.add(name)
        for step in (*graph.pro[node], *graph.con[node]):
            drawn = graph.step_ids[step]
            if drawn in made.steps and (drawn not in held.steps or held.steps[drawn] != made.steps[drawn]):
                found.add(drawn)
    return found


def _removed(edit: Edit) -> set[Id]:
    """Return the claims and steps that an edit takes away: what they had goes with them."""
    return {
        change.id
        for change in edit.changes
        if change.after is None and isinstance(change.before, (Claim, Step))
    }


def _gone(before: Case, after: Case) -> set[Id]:
    """Return the claims and steps that one state of a case has and another has not."""
    return {each for kind in (Claim, Step) for each in before.of(kind).keys() - after.of(kind).keys()}
