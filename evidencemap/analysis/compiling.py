"""Turns a case into its graph, owner by owner, so that an edit can have a few owners compiled afresh."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from evidencemap.analysis.graph import (
    CON,
    DERIVED,
    HAS_ROLE,
    HAS_WARRANT,
    NEEDS_WARRANT,
    NO_ROLE,
    NO_WARRANT,
    RULER,
    VANTAGE,
    Body,
    Graph,
    provenance_of,
    role_of,
    warrant_of,
)
from evidencemap.analysis.intervals import EXACTLY, GRANTED, NOTHING, SUGGESTIVE, Table, meeting, never
from evidencemap.analysis.lineage import origins_known, undisclosed
from evidencemap.analysis.policy import OPEN_PAIRS, STANDARD_PAIRS, Policy
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind, EvidenceState, RequestState


class Around(Protocol):
    """What points at an entity, as far as a compiled step depends on it. Sorted by visible number."""

    def requests(self, settled: Id) -> Sequence[Request]:
        """Return the requests that settle a claim or a step."""

    def quantities(self, node: Id) -> Sequence[Quantity]:
        """Return the quantities that are stated in an item or claim."""

    def open_roles(self, claim: Id) -> Sequence[Step]:
        """Return the drawn pro steps to a claim whose role is empty."""


class Supposed(NamedTuple):
    """What is granted (requests, `step.warrant`, `step.denominator`) or withdrawn in thought."""

    granted: frozenset[Id] = frozenset()
    withdrawn: frozenset[Id] = frozenset()


class Compiled(NamedTuple):
    """A step ready for the graph: its id, its flags and its body."""

    id: Id
    flags: int
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiler:
    """Compiles entities of one case under one policy. Numbers nodes through the graph that it is given."""

    case: Case
    policy: Policy
    around: Around
    supposed: Supposed
    open_table: Table = field(default_factory=lambda: meeting(OPEN_PAIRS))
    tables: dict[tuple[ClaimKind, object], Table] = field(default_factory=dict)
    forms: dict[str, tuple[bool, int, str]] = field(default_factory=dict)
    origins: dict[Id, frozenset[Id]] = field(default_factory=dict)
    worth: dict[Id, tuple[int, int]] = field(default_factory=dict)

    def evidence(self, item: Evidence) -> tuple[int, Table, list[tuple[Id | None, int]]]:
        """Return the base of an item, its table, and the ceilings of its steps that are no constants."""
        if item.state is EvidenceState.WITHDRAWN or item.id in self.supposed.withdrawn:
            return NOTHING, never(), self._provenance(item)[1]
        base, steps = self._provenance(item)
        return base, self.open_table, steps

    def claim(self, claim: Claim) -> tuple[int, Table]:
        """Return the base and the table of a claim."""
        assumed = claim.kind is ClaimKind.ASSUMPTION
        base = EXACTLY[self.policy.assumption] & GRANTED if assumed else NOTHING
        if claim.id in self.supposed.withdrawn:
            return NOTHING, never()
        key = (claim.kind, claim.standard)
        table = self.tables.get(key)
        if table is None:
            header = self.case.header
            standard = self.policy.standard_of(claim.kind, claim.standard, header.standard)
            table = self.tables[key] = meeting(STANDARD_PAIRS[standard])
        return base, table

    def request(self, request: Request) -> tuple[int, Table]:
        """Return the base and the table of a request."""
        if request.id in self.supposed.withdrawn:
            return NOTHING, never()
        base = EXACTLY[request.hope] if request.id in self.supposed.granted else NOTHING
        return base, self.open_table

    def provenance(self, graph: Graph, item: Evidence, steps: list[tuple[Id | None, int]]) -> list[Compiled]:
        """Return the provenance steps of an item that copies, or whose provenance is undercut."""
        nodes = graph.node_of
        copied = tuple(nodes[each] for each in item.copied_from)
        found = []
        for source, ceiling in steps:
            under = tuple(nodes[each.by] for each in item.undercut_by if each.source == source)
            body = (ceiling, copied, (), under)
            found.append(Compiled(provenance_of(item.id, source), DERIVED, body))
        return found

    def answers(self, graph: Graph, request: Request) -> list[Compiled]:
        """Return the record steps to a received request from the items that answer it."""
        if request.state is not RequestState.RECEIVED:
            return []
        return [
            Compiled(Id(f"{request.id}.{each}"), DERIVED, (EXACTLY[4], (graph.node_of[each],), (), ()))
            for each in dict.fromkeys(request.answered_by)
        ]

    def settling(self, graph: Graph, claim: Claim) -> list[Compiled]:
        """Return the record steps to a claim from the requests that settle it, joint ones as one step."""
        requests = self.around.requests(claim.id)
        if not requests or self.around.open_roles(claim.id):
            return []
        return self._joint(graph, claim.id, requests, claim.kind)

    def step(
        self, graph: Graph, step: Step, reserved: dict[Id, int]
    ) -> tuple[Compiled, list[tuple[Id, list[Compiled]]]]:
        """Return a drawn step, and the backing nodes that requests stand for with the steps to them.

        `reserved` gives the numbers of backing nodes; a node that is wanted and has none is added.
        """
        nodes = graph.node_of
        needs, ceiling, role = self.form(step.scheme)
        if step.ceiling is not None:
            ceiling &= EXACTLY[step.ceiling]
        flags = (CON if step.con else 0) | (NEEDS_WARRANT if needs else 0)
        backing: tuple[int, ...] = ()
        behind: list[tuple[Id, list[Compiled]]] = []
        requests = self.around.requests(step.id) if needs or role or step.warrant is not None else ()
        if step.warrant is not None:
            backing = (nodes[step.warrant],)
            flags |= HAS_WARRANT
        elif needs and not requests and warrant_of(step.id) not in self.supposed.granted:
            flags |= NO_WARRANT
            ceiling &= SUGGESTIVE
        if requests and (needs or step.warrant is not None):
            at = warrant_of(step.id)
            led = self._joint(graph, at, requests, None)
            if backing:
                led.insert(0, Compiled(Id(f"{at}.drawn"), DERIVED, (EXACTLY[4], backing, (), ())))
            backing = (_backing_node(graph, at, reserved, self.open_table),)
            flags |= HAS_WARRANT
            behind.append((at, led))
        if role and step.denominator is None:
            asked = [] if step.con else list(self.around.requests(step.conclusion))
            if not needs and step.warrant is None:
                asked = _by_number([*asked, *requests])
            at = role_of(step.id, role)
            if asked:
                backing += (_backing_node(graph, at, reserved, self.open_table),)
                flags |= HAS_ROLE
                behind.append((at, self._joint(graph, at, asked, None)))
            elif at not in self.supposed.granted:
                flags |= NO_ROLE
                ceiling &= SUGGESTIVE
        target = self.case.of(Claim).get(step.conclusion)
        if step.scheme == "record" and target is not None and self.outside(step.premises, target.kind):
            flags |= VANTAGE
            ceiling = self.limited(ceiling)
        elif step.scheme == "comparison" and self.ruler(step) is not None:
            flags |= RULER
            ceiling = NOTHING
        premises = tuple(nodes[each] for each in step.premises)
        under = tuple(nodes[each] for each in step.undercut_by) if step.undercut_by else ()
        return Compiled(step.id, flags, (ceiling, premises, backing, under)), behind

    def limited(self, ceiling: int) -> int:
        """Return a ceiling as saying without knowing leaves it."""
        return ceiling & EXACTLY[self.policy.vantage]

    def ruler(self, step: Step) -> Id | None:
        """Return the one undisclosed method behind the quantities of all operands of a comparison.

        Operands with no quantity are passed over; at least two must have one.
        """
        common: set[Id] | None = None
        operands = 0
        for operand in step.premises:
            stated = self.around.quantities(operand)
            if stated:
                operands += 1
                methods = {each.method for each in stated if each.method is not None}
                common = methods if common is None else common & methods
        if operands < 2 or not common:
            return None
        found = [each for each in common if undisclosed(self.case, each)]
        return min(found, key=lambda each: number_key(self.case.number(each)), default=None)

    def _provenance(self, item: Evidence) -> tuple[int, list[tuple[Id | None, int]]]:
        cap = EXACTLY[self.policy.credibility[item.credibility]]
        if item.state is EvidenceState.REPORTED:
            cap &= EXACTLY[self.policy.reported]
        if not item.sources:
            if item.copied_from:
                return NOTHING, [(None, cap)]
            return EXACTLY[self.policy.unsourced], []
        worth = self.worth
        if not item.copied_from and not item.undercut_by:
            base = NOTHING
            for each in item.sources:
                pair = worth.get(each)
                if pair is None:
                    pair = self._worth(each)
                base |= pair[item.audited]
            return base & cap, []
        ceilings: list[tuple[Id | None, int]] = []
        for each in item.sources:
            pair = worth.get(each) or self._worth(each)
            ceilings.append((each, cap & pair[item.audited]))
        return NOTHING, ceilings

    def _worth(self, source: Id) -> tuple[int, int]:
        held = self.case.of(Source)[source]
        gone = held.retracted is not None or source in self.supposed.withdrawn
        best = NOTHING if gone else EXACTLY[self.policy.reliability[held.reliability]]
        capped = best & EXACTLY[self.policy.interest] if held.gains_from else best
        pair = self.worth[source] = (capped, best)
        return pair

    def form(self, scheme: str) -> tuple[bool, int, str]:
        """Return whether a scheme needs a warrant, its ceiling, and its role."""
        form = self.forms.get(scheme)
        if form is None:
            held = schemes().get(scheme)
            needs = held is None or held.needs_warrant
            ceiling = self.policy.ceilings.get(scheme, held.ceiling if held is not None else 4)
            role = held.role if held is not None else ""
            form = self.forms[scheme] = (needs, EXACTLY[ceiling], role)
        return form

    def _joint(
        self, graph: Graph, target: Id, requests: Iterable[Request], kind: ClaimKind | None
    ) -> list[Compiled]:
        groups: dict[str, list[Request]] = {}
        for each in requests:
            groups.setdefault(each.all_of or f" {each.id}", []).append(each)
        found = []
        for group in groups.values():
            flags, ceiling = DERIVED, EXACTLY[4]
            if kind is not None and self._answered_from_outside(group, kind):
                flags |= VANTAGE
                ceiling = self.limited(ceiling)
            premises = tuple(graph.node_of[each.id] for each in group)
            found.append(Compiled(Id(f"{target}.{group[0].id}"), flags, (ceiling, premises, (), ())))
        return found

    def _answered_from_outside(self, group: Iterable[Request], kind: ClaimKind) -> bool:
        if kind not in self.policy.vantage_kinds:
            return False
        items: list[Id] = []
        for each in group:
            if each.id in self.supposed.granted or each.state is not RequestState.RECEIVED:
                return False
            items.extend(each.answered_by)
        return self.outside(items, kind)

    def outside(self, nodes: Iterable[Id], kind: ClaimKind) -> bool:
        """Tell whether every origin has a recorded position to know and none includes the kind.

        Nodes that are no items have no origins; without any, nothing is outside.
        """
        if kind not in self.policy.vantage_kinds:
            return False
        items, sources = self.case.of(Evidence), self.case.of(Source)
        asked = False
        for each in nodes:
            item = items.get(each)
            if item is None:
                continue
            for origin in origins_known(self.case, each, self.origins) if item.copied_from else item.sources:
                knows = sources[origin].knows
                if knows is None or kind in knows:
                    return False
                asked = True
        return asked


def by_number(requests: Iterable[Request]) -> list[Request]:
    """Return requests sorted by their visible numbers, each once."""
    return _by_number(requests)


def _by_number(requests: Iterable[Request]) -> list[Request]:
    once = {each.id: each for each in requests}
    return sorted(once.values(), key=lambda each: number_key(each.number))


def _backing_node(graph: Graph, at: Id, reserved: dict[Id, int], table: Table) -> int:
    known = reserved.get(at)
    if known is None:
        known = reserved[at] = graph.add_node(at, NOTHING, table)
    return known
