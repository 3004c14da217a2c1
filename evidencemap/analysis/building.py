"""Builds the graph of a whole case in one pass, and says who points at what in it."""

from collections.abc import Sequence

from evidencemap.analysis.compiling import Around, Compiled, Compiler, Supposed, by_number
from evidencemap.analysis.graph import CON, Graph
from evidencemap.analysis.intervals import NOTHING
from evidencemap.analysis.policy import Policy
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind


class WholeCase:
    """Who points at what, gathered once from every entity of a case."""

    def __init__(self, case: Case) -> None:
        self._requests: dict[Id, list[Request]] = {}
        self._quantities: dict[Id, list[Quantity]] = {}
        self._roles: dict[Id, list[Step]] = {}
        for request in case.of(Request).values():
            for settled in dict.fromkeys(request.settles):
                self._requests.setdefault(settled, []).append(request)
        for found in self._requests.values():
            if len(found) > 1:
                found.sort(key=lambda each: number_key(each.number))
        for quantity in case.of(Quantity).values():
            for node in dict.fromkeys(quantity.stated_in):
                self._quantities.setdefault(node, []).append(quantity)
        if self._requests:
            with_role = {name for name, scheme in schemes().items() if scheme.role}
            for step in case.of(Step).values():
                if step.scheme in with_role and not step.con and step.denominator is None:
                    self._roles.setdefault(step.conclusion, []).append(step)

    def requests(self, settled: Id) -> Sequence[Request]:
        """Return the requests that settle a claim or a step."""
        return self._requests.get(settled, ())

    def quantities(self, node: Id) -> Sequence[Quantity]:
        """Return the quantities that are stated in an item or claim."""
        return self._quantities.get(node, ())

    def open_roles(self, claim: Id) -> Sequence[Step]:
        """Return the drawn pro steps to a claim whose role is empty."""
        return self._roles.get(claim, ())


class Pointing:
    """Who points at what, read from the case as it is asked: for the few entities of one edit."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def requests(self, settled: Id) -> Sequence[Request]:
        """Return the requests that settle a claim or a step."""
        requests = self._case.of(Request)
        users = self._case.users(settled)
        return by_number(
            requests[each] for each in users if each in requests and _settles(requests[each], settled)
        )

    def quantities(self, node: Id) -> Sequence[Quantity]:
        """Return the quantities that are stated in an item or claim."""
        quantities = self._case.of(Quantity)
        users = self._case.users(node)
        return [
            quantities[each] for each in users if each in quantities and node in quantities[each].stated_in
        ]

    def open_roles(self, claim: Id) -> Sequence[Step]:
        """Return the drawn pro steps to a claim whose role is empty."""
        steps = self._case.of(Step)
        found = []
        for each in self._case.users(claim):
            step = steps.get(each)
            if step is not None and step.conclusion == claim and has_open_role(step) and not step.con:
                found.append(step)
        return found


def has_open_role(step: Step) -> bool:
    """Tell whether the scheme of a step needs a role that is empty."""
    scheme = schemes().get(step.scheme)
    return scheme is not None and bool(scheme.role) and step.denominator is None


def compiler(case: Case, policy: Policy, supposed: Supposed, around: Around | None = None) -> Compiler:
    """Return what compiles the entities of a case, by default for the whole of it."""
    return Compiler(case=case, policy=policy, around=around or WholeCase(case), supposed=supposed)


def build(case: Case, policy: Policy, supposed: Supposed = Supposed()) -> Graph:  # noqa: B008
    """Return the graph of a case, the same for the same content in whatever order it was put in."""
    graph = Graph(policy=policy)
    make = compiler(case, policy, supposed)
    derived = _add_nodes(graph, case, make)
    for node, compiled in derived:
        _put(graph, graph.node_of[node], compiled)
    reserved: dict[Id, int] = {}
    for step in case.of(Step).values():
        compiled_step, behind = make.step(graph, step, reserved)
        _put(graph, graph.node_of[step.conclusion], compiled_step)
        for at, led in behind:
            for each in led:
                _put(graph, reserved[at], each)
    return graph


def _add_nodes(graph: Graph, case: Case, make: Compiler) -> list[tuple[Id, Compiled]]:
    later: list[tuple[Evidence, list[tuple[Id | None, int]]]] = []
    for item in case.of(Evidence).values():
        base, table, steps = make.evidence(item)
        graph.add_node(item.id, base, table)
        if steps:
            later.append((item, steps))
    for claim in case.of(Claim).values():
        base, table = make.claim(claim)
        at = graph.add_node(claim.id, base, table)
        if claim.kind is ClaimKind.ASSUMPTION:
            graph.bare[at] = NOTHING
    for request in case.of(Request).values():
        graph.add_node(request.id, *make.request(request))
    derived = [(item.id, each) for item, steps in later for each in make.provenance(graph, item, steps)]
    for request in case.of(Request).values():
        derived += [(request.id, each) for each in make.answers(graph, request)]
        for settled in request.settles:
            claim_settled = case.of(Claim).get(settled)
            if claim_settled is not None and make.around.requests(settled)[0] is request:
                derived += [(settled, each) for each in make.settling(graph, claim_settled)]
    return derived


def _put(graph: Graph, to: int, compiled: Compiled) -> None:
    number = len(graph.body)
    step, flags, body = compiled
    graph.step_ids.append(step)
    graph.step_of[step] = number
    graph.to.append(to)
    graph.body.append(body)
    graph.flags.append(flags)
    (graph.con if flags & CON else graph.pro)[to].append(number)
    _, premises, backing, under = body
    users = graph.users
    for node in premises:
        users[node].append(to)
    for node in backing:
        users[node].append(to)
    for node in under:
        users[node].append(to)


def _settles(request: Request, settled: Id) -> bool:
    return settled in request.settles
