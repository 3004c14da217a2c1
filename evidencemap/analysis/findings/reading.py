"""A case as the families of findings read it: with its verdicts, origins and what is asked often."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from evidencemap.analysis.findings.behind import few_behind
from evidencemap.analysis.intervals import GRADES, LO
from evidencemap.analysis.lineage import origins_known
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.verdicts import StepStatus, Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step, Term, Watch
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade, RequestState

NAMED = 6
"""How many entities a sentence names before it counts the others only."""


class Reading:
    """One case under its verdicts, and what several findings ask of it, each worked out once."""

    def __init__(self, case: Case, verdicts: Verdicts, today: str, known: Origins | None = None) -> None:
        self.case = case
        self.verdicts = verdicts
        self.today = today
        self._known = known
        self._item_origins: dict[Id, frozenset[Id]] = {}

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims, methods, assumptions and asks, by number."""
        return self.case.sorted(Claim)

    @cached_property
    def items(self) -> list[Evidence]:
        """The evidence, by number."""
        return self.case.sorted(Evidence)

    @cached_property
    def _items(self) -> Mapping[Id, Evidence]:
        return self.case.of(Evidence)

    @cached_property
    def sources(self) -> list[Source]:
        """The sources, by number."""
        return self.case.sorted(Source)

    @cached_property
    def steps(self) -> list[Step]:
        """The drawn steps, by number."""
        return self.case.sorted(Step)

    @cached_property
    def _schemes(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.scheme, []).append(step)
        return found

    def steps_of(self, scheme: str) -> list[Step]:
        """Return the drawn steps of one scheme, by number."""
        return self._schemes.get(scheme, [])

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities, by number."""
        return self.case.sorted(Quantity)

    @cached_property
    def terms(self) -> list[Term]:
        """The terms, by number."""
        return self.case.sorted(Term)

    @cached_property
    def origins(self) -> Origins:
        """Where everything comes from."""
        return self._known if self._known is not None else origins(self.case, self.verdicts)

    @cached_property
    def _behind(self) -> list[frozenset[Id] | None]:
        return few_behind(self.verdicts, self.origins.of_item)

    @cached_property
    def _for(self) -> list[int]:
        graph, passed = self.verdicts.graph, self.verdicts.passed
        found = graph.base[:]
        for node, steps in enumerate(graph.pro):
            if steps:
                held = found[node]
                for step in steps:
                    held |= passed[step]
                found[node] = held
        return found

    @cached_property
    def _items_for(self) -> dict[Id, list[Evidence]]:
        items = self._items
        found: dict[Id, list[Evidence]] = {}
        for claim, steps in self.pro.items():
            held = [items[each] for step in steps for each in step.premises if each in items]
            if held:
                found[claim] = held if len(held) == 1 else list({each.id: each for each in held}.values())
        return found

    @cached_property
    def pro(self) -> dict[Id, list[Step]]:
        """The drawn steps for each node."""
        return self._into[False]

    @cached_property
    def con(self) -> dict[Id, list[Step]]:
        """The drawn steps against each node."""
        return self._into[True]

    @cached_property
    def stated_in(self) -> dict[Id, list[Quantity]]:
        """The quantities that each claim or item states."""
        found: dict[Id, list[Quantity]] = {}
        for each in self.quantities:
            for node in dict.fromkeys(each.stated_in):
                found.setdefault(node, []).append(each)
        return found

    @cached_property
    def requests(self) -> dict[Id, list[Id]]:
        """The requests that would settle each claim or step and are not received, by number."""
        found: dict[Id, list[Id]] = {}
        for each in self.case.sorted(Request):
            if each.state is not RequestState.RECEIVED:
                for settled in dict.fromkeys(each.settles):
                    found.setdefault(settled, []).append(each.id)
        return found

    @cached_property
    def answered(self) -> set[Id]:
        """Return the claims and steps that a request settles that was received with evidence."""
        return {
            settled
            for each in self.case.of(Request).values()
            if each.state is RequestState.RECEIVED and each.answered_by
            for settled in each.settles
        }

    @cached_property
    def place(self) -> dict[Id, int]:
        """Return where each entity that a finding may be on stands by visible number."""
        every: list[list[Any]] = [
            self.sources,
            self.items,
            self.claims,
            self.quantities,
            self.steps,
            self.terms,
        ]
        every.append(self.case.sorted(Watch))
        ids = [self.case.id, *(each.id for some in every for each in some)]
        return dict(zip(ids, range(len(ids)), strict=True))

    @cached_property
    def items_of_source(self) -> dict[Id, list[Evidence]]:
        """The items that come from each source."""
        found: dict[Id, list[Evidence]] = {}
        for item in self.items:
            for source in dict.fromkeys(item.sources):
                found.setdefault(source, []).append(item)
        return found

    def items_for(self, claim: Id) -> list[Evidence]:
        """Return the items that are premises of the drawn steps for a claim, in the order of the steps."""
        return self._items_for.get(claim, [])

    def origins_of_item(self, item: Id) -> frozenset[Id]:
        """Return the sources that an item goes back to; none where the map records none."""
        return origins_known(self.case, item, self._item_origins)

    def one_origin(self, items: Iterable[Evidence]) -> Id | None:
        """Return the one origin of several items, None where they have more; unknown ones are their own."""
        found: Id | None = None
        of_item = self.origins.of_item
        for item in items:
            of_this = of_item(item.id)
            if len(of_this) > 1:
                return None
            for each in of_this:
                if found is not None and found != each:
                    return None
                found = each
        return found

    def behind(self, node: Id) -> frozenset[Id] | None:
        """Return the origins of all that is for a node, whether it carries or not; None for very many.

        An item of unknown source counts as its own origin.
        """
        return self._behind[self.verdicts.graph.node_of[node]]

    def asked(self, *settled: Id | None) -> tuple[Id, ...]:
        """Return the open requests that would settle any of these, each once."""
        if not self.requests:
            return ()
        found: dict[Id, None] = {}
        for each in settled:
            if each is not None:
                found.update(dict.fromkeys(self.requests.get(each, ())))
        return tuple(found)

    def step_status(self, step: Id) -> StepStatus:
        """Return the status of a drawn step alone."""
        return self.verdicts.step_status(self.verdicts.graph.step_of[step])

    def passed(self, step: Id) -> Grade:
        """Return the grade that a drawn step passes at the least."""
        return GRADES[LO[self.verdicts.passed[self.verdicts.graph.step_of[step]]]]

    def least_for(self, claim: Id) -> Grade:
        """Return what is for a claim at the least."""
        return GRADES[LO[self._for[self.verdicts.graph.node_of[claim]]]]

    def lacks(self, step: Id) -> bool:
        """Tell whether a drawn step lacks a warrant or a role, or has one with nothing behind it."""
        return self.verdicts.lacks(self.verdicts.graph.step_of[step])

    def surer(self, step: Id) -> Id | None:
        """Return the surest premise of a drawn step if it is surer than what the step passes; else none."""
        at = self.verdicts.graph.step_of[step]
        return self.verdicts.surer(at, LO[self.verdicts.passed[at]])

    def holds(self, claim: Id) -> bool:
        """Tell whether a claim or an item stands, if only on an assumption."""
        return self.verdicts.grade(claim) > 0

    def kind(self, node: Id) -> ClaimKind | None:
        """Return the kind of a claim; None for evidence."""
        held = self.case.of(Claim).get(node)
        return None if held is None else held.kind

    def in_order(self, ids: Collection[Id]) -> tuple[Id, ...]:
        """Return ids by visible number."""
        return tuple(sorted(ids, key=lambda each: number_key(self.case.number(each))))

    def flags(self, step: Id) -> int:
        """Return what the engine recorded of a drawn step, as the flags of graph.py."""
        graph = self.verdicts.graph
        return graph.flags[graph.step_of[step]]

    @cached_property
    def _into(self) -> dict[bool, dict[Id, list[Step]]]:
        """The drawn steps to each node, by whether they speak against it."""
        found: dict[bool, dict[Id, list[Step]]] = {False: {}, True: {}}
        for step in self.steps:
            into = found[step.con]
            if step.conclusion in into:
                into[step.conclusion].append(step)
            else:
                into[step.conclusion] = [step]
        return found
