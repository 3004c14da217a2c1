"""A case as the families of findings read it: with its verdicts, origins and what is asked often.

What nearly every entity is asked is kept in lists by the numbers that nodes and steps have in the
graph (see graph.py): a number finds its place at once, where an id has to be looked up.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import chain

from evidencemap.analysis.arrays import Marked, Rows, marked
from evidencemap.analysis.findings.behind import few_behind
from evidencemap.analysis.findings.finding import Seen
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step, Term
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import RequestState

NAMED = 6
"""How many entities a sentence names before it counts the others only."""

NumberedStep = tuple[int, Step]
"""A drawn step after its number in the graph."""


class Reading:
    """One case under its verdicts, and what several findings ask of it, each worked out once."""

    def __init__(self, case: Case, verdicts: Verdicts, today: str, known: Origins | None = None) -> None:
        self.case = case
        self.verdicts = verdicts
        self.columns = verdicts.columns
        self.today = today
        self._known = known

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims, methods, assumptions and asks, by number."""
        return self.case.sorted(Claim)

    @cached_property
    def items(self) -> list[Evidence]:
        """The evidence, by number."""
        return self.case.sorted(Evidence)

    @cached_property
    def sources(self) -> list[Source]:
        """The sources, by number."""
        return self.case.sorted(Source)

    @cached_property
    def steps(self) -> list[Step]:
        """The drawn steps, by number."""
        return self.case.sorted(Step)

    @cached_property
    def _schemes(self) -> dict[str, list[NumberedStep]]:
        found: dict[str, list[NumberedStep]] = {}
        for each in self.columns.steps:
            found.setdefault(each[1].scheme, []).append(each)
        return found

    def steps_of(self, scheme: str) -> list[NumberedStep]:
        """Return the drawn steps of one scheme, by number."""
        return self._schemes.get(scheme, [])

    @cached_property
    def stating(self) -> set[Id]:
        """The sources that state a claim."""
        return set(chain.from_iterable([claim.stated_by for claim in self.claims]))

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
    def led_to(self) -> Marked:
        """Which nodes drawn steps are for."""
        arrays, drawn = self.columns.arrays, self.columns.numbers_of_steps
        return marked(arrays.to[drawn[arrays.pro[drawn]]], len(self.verdicts.graph.ids))

    @cached_property
    def stated_in(self) -> dict[Id, list[Quantity]]:
        """The quantities that each claim or item states."""
        found: dict[Id, list[Quantity]] = {}
        for each in self.quantities:
            for node in dict.fromkeys(each.stated_in):
                found.setdefault(node, []).append(each)
        return found

    @cached_property
    def requests(self) -> dict[Id | None, list[Id]]:
        """The requests that would settle each claim or step and are not received, by number."""
        found: dict[Id | None, list[Id]] = {}
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

    def by_number(self, seen: Iterable[Seen]) -> list[Seen]:
        """Return what was seen by the kind and the visible number of what it is on, the case first."""
        return sorted(seen, key=lambda each: number_key(self.case.number(each.on)))

    @cached_property
    def items_of_source(self) -> dict[Id, list[Evidence]]:
        """The items that come from each source."""
        found: dict[Id, list[Evidence]] = {}
        for item in self.items:
            for source in dict.fromkeys(item.sources):
                found.setdefault(source, []).append(item)
        return found

    def items_for(self, node: int) -> list[int]:
        """Return the items that are premises of the drawn steps for a node, in the order of the steps.

        Items are nodes too, each once.
        """
        return self._items_for.row(node)

    @cached_property
    def how_many_items(self) -> list[int]:
        """How many items are premises of the drawn steps for each node."""
        found: list[int] = self._items_for.counts().tolist()
        return found

    def what_shows(self, items: list[int]) -> dict[int, list[int]]:
        """Return the nodes for which items are given (see `items_for`), by item."""
        found: dict[int, list[int]] = {each: [] for each in items}
        wanted = marked(items, len(self.verdicts.graph.ids))[self._items_for.entries]
        shown, given = self._items_for.owners()[wanted], self._items_for.entries[wanted]
        for node, item in zip(shown.tolist(), given.tolist(), strict=True):
            found[item].append(node)
        return found

    @cached_property
    def _items_for(self) -> Rows:
        return self.columns.arrays.premises_for(self.columns.are_items, self.columns.numbers_of_steps)

    @cached_property
    def origins_of_items(self) -> list[frozenset[Id]]:
        """The origins of each node that is an item; the item itself where the map goes no further back.

        Of every other node the empty set.
        """
        of_item, one = self.origins.of_item, {each.id: frozenset([each.id]) for each in self.sources}
        found: list[frozenset[Id]] = [frozenset()] * len(self.verdicts.graph.ids)
        for node, item in self.columns.items:
            first_hand = len(item.sources) == 1 and not item.copied_from
            found[node] = one[item.sources[0]] if first_hand else of_item(item.id)
        return found

    @cached_property
    def one_origin(self) -> list[Id | None]:
        """The one origin of all items for each node, None where there are no items or more origins.

        Unknown ones are their own.
        """
        numbers: dict[Id, int] = {}
        of_each = [-1] * len(self.verdicts.graph.ids)
        for node, _ in self.columns.items:
            origins = self.origins_of_items[node]
            if len(origins) == 1:
                (only,) = origins
                of_each[node] = numbers.setdefault(only, len(numbers))
        named = [*numbers, None]
        return [named[each] for each in self._items_for.shared(of_each)]

    @cached_property
    def behind(self) -> list[frozenset[Id] | None]:
        """The origins of all that is for each node, whether it carries or not; None for very many.

        An item of unknown source counts as its own origin.
        """
        return few_behind(self.verdicts, self.origins_of_items)

    def asked(self, *settled: Id | None) -> tuple[Id, ...]:
        """Return the open requests that would settle any of these, each once."""
        requests = self.requests
        if not requests:
            return ()
        found = [request for each in settled if each in requests for request in requests[each]]
        return tuple(dict.fromkeys(found)) if found else ()

    def holds(self, node: Id) -> bool:
        """Tell whether a claim or an item stands, if only on an assumption."""
        return self.verdicts.grade(node) > 0

    def lacks(self, step: Id) -> bool:
        """Tell whether a drawn step lacks a warrant or a role, or has one with nothing behind it."""
        return self.verdicts.lacks(self.verdicts.graph.step_of[step])

    def in_order(self, ids: Collection[Id]) -> tuple[Id, ...]:
        """Return ids by visible number."""
        return tuple(sorted(ids, key=lambda each: number_key(self.case.number(each))))
