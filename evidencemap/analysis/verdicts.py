"""The verdict on every claim and every drawn step of a case, by the definition that the manual prints."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from evidencemap.analysis.building import build
from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.evaluation import Values, evaluate, for_and_against, passed_by
from evidencemap.analysis.graph import Graph
from evidencemap.analysis.intervals import GRADES, HI, LO
from evidencemap.analysis.judged import ClaimStatus, Judged, StepStatus
from evidencemap.analysis.ordering import Order
from evidencemap.analysis.policy import Policy, policy
from evidencemap.analysis.reasoning import reason
from evidencemap.analysis.reasons import Reason
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Claim, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVerdict:
    """What a claim has. `grade`..`upto` is the interval of its grade; `pro` is what is for it at the
    least, `con` what is against it at the most. For an ask, `stated` is what its stake requires.
    """

    claim: Id
    status: ClaimStatus
    grade: Grade
    upto: Grade
    pro: Grade
    con: Grade
    stated: Grade
    overstated: int
    _within: "Verdicts" = field(repr=False, compare=False)

    @property
    def holds(self) -> bool:
        """Tell whether the claim stands, if only on an assumption."""
        return self.grade > 0

    @property
    def granting(self) -> tuple[Id, ...]:
        """Return the fewest assumptions on which a conditional claim stands; none for any other."""
        return self._within.granting(self.claim)

    @property
    def reason(self) -> Reason:
        """Return why the verdict is what it is, as a code with ids."""
        return self._within.reason(self.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepVerdict:
    """What a step passes to its conclusion: `grade` at the least and `upto` at the most.

    It borrows where its conclusion is stated above what is for it and a premise, the lender, is
    surer than what the step passes.
    """

    step: Id
    status: StepStatus
    grade: Grade
    upto: Grade
    borrows: bool
    lender: Id | None
    on_assumption: bool
    _within: "Verdicts" = field(repr=False, compare=False)

    @property
    def reason(self) -> Reason:
        """Return why the verdict is what it is, as a code with ids."""
        return self._within.reason(self.step)


class Verdicts(Judged):
    """All verdicts on one case, worked out from its intervals as they are asked for.

    `claims` and `steps` are read by id; `nodes` gives the interval of every item, claim and request.
    """

    def __init__(self, case: Case, graph: Graph, order: Order, values: Values, supposed: Supposed) -> None:
        super().__init__(case, graph, order, values, supposed)
        self.claims: Mapping[Id, ClaimVerdict] = _Asked(case.of(Claim), self._claim)
        self.steps: Mapping[Id, StepVerdict] = _Asked(case.of(Step), self._step)
        self.nodes: Mapping[Id, tuple[Grade, Grade]] = _Nodes(graph, values.of)
        self._reasons: dict[Id, Reason] = {}

    def reason(self, of: Id) -> Reason:
        """Return why the verdict on a claim or drawn step is what it is."""
        if of not in self._reasons:
            self._reasons[of] = reason(self, of)
        return self._reasons[of]

    def _claim(self, claim: Id) -> ClaimVerdict:
        node = self.graph.node_of[claim]
        value = self.values.of[node]
        pro, con = for_and_against(self.graph, self.values.of, self.graph.base, node)
        stated = self.stated(claim)
        return ClaimVerdict(
            claim=claim,
            status=self._status(node),
            grade=GRADES[LO[value]],
            upto=GRADES[HI[value]],
            pro=GRADES[LO[pro]],
            con=GRADES[HI[con]],
            stated=stated,
            overstated=max(0, stated - LO[pro]),
            _within=self,
        )

    def _step(self, step: Id) -> StepVerdict:
        graph, of = self.graph, self.values.of
        at = graph.step_of[step]
        passed = passed_by(graph, of, at)
        lender = self.lender(at, LO[passed])
        return StepVerdict(
            step=step,
            status=self.step_status(at),
            grade=GRADES[LO[passed]],
            upto=GRADES[HI[passed]],
            borrows=lender is not None,
            lender=lender,
            on_assumption=self.on_assumption(at),
            _within=self,
        )


def verdicts(
    case: Case,
    policy_used: Policy | None = None,
    *,
    granted: Collection[Id] = (),
    withdrawn: Collection[Id] = (),
) -> Verdicts:
    """Return the verdicts on a case, from nothing.

    `granted` names requests, taken at their hope, and gaps (`warrant_of` or `role_of` a step), taken
    as established. `withdrawn` names sources, items, claims and requests that count nothing.
    """
    chosen = policy_used if policy_used is not None else policy(case.header.profile)
    supposed = Supposed(frozenset(granted), frozenset(withdrawn))
    with uncollected():
        graph = build(case, chosen, supposed)
        values, order = evaluate(graph)
    return Verdicts(case, graph, order, values, supposed)


class _Asked(Mapping[Id, V], Generic[V]):
    """Verdicts by id, each made when it is first asked for."""

    def __init__(self, held: Mapping[Id, object], make: Callable[[Id], V]) -> None:
        self._held = held
        self._make = make
        self._made: dict[Id, V] = {}

    def __getitem__(self, key: Id) -> V:
        made = self._made.get(key)
        if made is None:
            if key not in self._held:
                raise KeyError(key)
            made = self._made[key] = self._make(key)
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._held  # without making what is only asked about

    def __iter__(self) -> Iterator[Id]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class _Nodes(Mapping[Id, tuple[Grade, Grade]]):
    """The interval of every node by id, backing nodes that requests stand for included."""

    def __init__(self, graph: Graph, of: list[int]) -> None:
        self._graph = graph
        self._of = of

    def __getitem__(self, key: Id) -> tuple[Grade, Grade]:
        value = self._of[self._graph.node_of[key]]
        return GRADES[LO[value]], GRADES[HI[value]]

    def __iter__(self) -> Iterator[Id]:
        return iter(self._graph.node_of)

    def __len__(self) -> int:
        return len(self._graph.node_of)
