"""Builds the graph of a whole case in one pass, and says who points at what in it."""

from collections.abc import Collection, Sequence

from evidencemap.analysis.compiling import Around, Compiled, Compiler, Supposed, by_number
from evidencemap.analysis.graph import CON, HAS_WARRANT, NEEDS_WARRANT, NO_ROLE, NO_WARRANT, VANTAGE, Graph
from evidencemap.analysis.intervals import SUGGESTIVE
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
            requests[each] for each in users if each in requests and settled in requests[each].settles
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


NOTHING_SUPPOSED = Supposed()


def compiler(case: Case, policy: Policy, supposed: Supposed, around: Around | None = None) -> Compiler:
    """Return what compiles the entities of a case, by default for the whole of it."""
    return Compiler(case=case, policy=policy, around=around or WholeCase(case), supposed=supposed)


def build(case: Case, policy: Policy, supposed: Supposed = NOTHING_SUPPOSED) -> Graph:
    """Return the graph of a case, the same for the same content in whatever order it was put in."""
    make = compiler(case, policy, supposed)
    graph = Graph(policy=policy)
    derived = _add_nodes(graph, case, make)
    _add_drawn(graph, case, make)
    for to, each in derived:
        graph.add_step(each.id, to, each.flags, each.body)
    return graph


def _add_nodes(graph: Graph, case: Case, make: Compiler) -> list[tuple[int, Compiled]]:
    items, claims, requests = case.of(Evidence), case.of(Claim), case.of(Request)
    graph.ids = [*items, *claims, *requests]
    size = len(graph.ids)
    graph.node_of = dict(zip(graph.ids, range(size), strict=True))
    graph.pro = [[] for _ in range(size)]
    graph.con = [[]] * size
    base, table = graph.base, graph.table
    derived: list[tuple[int, Compiled]] = []
    for item in items.values():
        of_item, kept, steps = make.evidence(item)
        if steps:
            derived += [(len(base), each) for each in make.provenance(graph, item, steps)]
        base.append(of_item)
        table.append(kept)
    for claim in claims.values():
        if claim.kind is ClaimKind.ASSUMPTION:
            graph.assumed.add(len(base))
        of_claim, kept = make.claim(claim)
        base.append(of_claim)
        table.append(kept)
    for request in requests.values():
        to = len(base)
        derived += [(to, each) for each in make.answers(graph, request)]
        for settled in request.settles:
            if settled in claims and make.around.requests(settled)[0] is request:
                to = graph.node_of[settled]
                derived += [(to, each) for each in make.settling(graph, claims[settled])]
        of_request, kept = make.request(request)
        base.append(of_request)
        table.append(kept)
    return derived


def _add_drawn(graph: Graph, case: Case, make: Compiler) -> None:
    """Add the drawn steps: plain ones here, all in a row, those that depend on more by the compiler."""
    steps = case.of(Step)
    first = len(graph.body)
    graph.step_ids.extend(steps)
    to, flags, body = graph.to, graph.flags, graph.body
    node_of, pro, con = graph.node_of, graph.pro, graph.con
    forms = _forms(make)
    asked_for = {each for request in case.of(Request).values() for each in request.settles}
    # Gaps that are granted are named after their steps: see warrant_of and role_of.
    filled = {each.rpartition(".")[0] for each in make.supposed.granted}
    limited = _of_kinds(graph, case, make.policy.vantage_kinds)
    quantities = make.around.quantities if case.of(Quantity) else None
    behind: list[tuple[Id, list[Compiled]]] = []
    reserved: dict[Id, int] = {}
    for number, step in enumerate(steps.values(), first):
        flag, ceiling, capped, more = forms.get(step.scheme) or _unknown(make, forms, step.scheme)
        target, premises, warrant = step.conclusion, step.premises, step.warrant
        conclusion = node_of[target]
        plain = step.ceiling is None and step.id not in asked_for and step.id not in filled
        further = 0
        if more and plain:
            if more == "record":
                if conclusion in limited and make.outside(step.premises, limited[conclusion]):
                    further, ceiling = VANTAGE, make.limited(ceiling)
            elif more == "comparison":
                plain = quantities is None or not any(map(quantities, premises))
            elif step.denominator is None:
                plain = target not in asked_for
                further, ceiling, capped = NO_ROLE, ceiling & SUGGESTIVE, capped & SUGGESTIVE
        if not plain:
            compiled, backed = make.step(graph, step, reserved)
            behind += backed
            flag, held = compiled.flags, compiled.body
        else:
            if warrant is not None:
                flag |= HAS_WARRANT
                backing: tuple[int, ...] = (node_of[warrant],)
            else:
                backing = ()
                if flag:
                    flag |= NO_WARRANT
                    ceiling = capped
            if len(premises) == 1:
                grounds: tuple[int, ...] = (node_of[premises[0]],)
            else:
                grounds = tuple([node_of[each] for each in premises])
            under = tuple([node_of[each] for each in step.undercut_by]) if step.undercut_by else ()
            held = (ceiling, grounds, backing, under)
            flag |= further
            if step.con:
                flag |= CON
        if flag & CON:
            con[conclusion] = [*con[conclusion], number]
        else:
            pro[conclusion].append(number)
        to.append(conclusion)
        flags.append(flag)
        body.append(held)
    for at, led in behind:
        for each in led:
            graph.add_step(each.id, reserved[at], each.flags, each.body)


def _of_kinds(graph: Graph, case: Case, kinds: Collection[ClaimKind]) -> dict[int, ClaimKind]:
    """Return the kind of each claim of some kinds, by its number in the graph."""
    node_of = graph.node_of
    return {node_of[each.id]: each.kind for each in case.of(Claim).values() if each.kind in kinds}


_Form = tuple[int, int, int, str]


def _forms(make: Compiler) -> dict[str, _Form]:
    """Return, by scheme, its flags, its ceilings with and without a warrant, and what else it asks."""
    return {name: _form(make, name) for name in schemes()}


def _form(make: Compiler, scheme: str) -> _Form:
    needs, ceiling, role = make.form(scheme)
    more = "role" if role else scheme if scheme in ("record", "comparison") else ""
    return (NEEDS_WARRANT if needs else 0, ceiling, ceiling & SUGGESTIVE if needs else ceiling, more)


def _unknown(make: Compiler, forms: dict[str, _Form], scheme: str) -> _Form:
    form = forms[scheme] = _form(make, scheme)
    return form
