"""The verdict on every claim and every drawn step of a case, by the definition that the manual prints."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from evidencemap.analysis.building import build
from evidencemap.analysis.columns import Columns, what_lacks
from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.evaluation import Values, evaluate, for_and_against, passed_by
from evidencemap.analysis.graph import (
    CON,
    HAS_ROLE,
    HAS_WARRANT,
    NEEDS_WARRANT,
    RULER,
    Graph,
)
from evidencemap.analysis.intervals import BARE_LO, EXACTLY, GRADES, HI, LO
from evidencemap.analysis.ordering import Order, circles
from evidencemap.analysis.policy import Policy, policy
from evidencemap.analysis.reasons import Reason
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Claim, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade

V = TypeVar("V")


class ClaimStatus(StrEnum):
    """Whether a claim stands on this map. Says nothing about the world: unsupported is not false."""

    SUPPORTED = "supported"
    CONDITIONAL = "conditional"
    CONTESTED = "contested"
    REFUTED = "refuted"
    CIRCULAR = "circular"
    UNSUPPORTED = "unsupported"


class StepStatus(StrEnum):
    """Whether a step carries, and if not, what stops it."""

    UNDERCUT = "undercut"
    CIRCULAR = "circular"
    UNSUPPORTED = "unsupported"
    PREMISE_FAILS = "premise fails"
    CONTESTED = "contested"
    CARRIES = "carries"


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


class Verdicts:
    """All verdicts on one case, worked out from its intervals as they are asked for. Never changes.

    `claims` and `steps` are read by id; `nodes` gives the interval of every item, claim and request.
    """

    def __init__(self, case: Case, graph: Graph, order: Order, values: Values, supposed: Supposed) -> None:
        self.case = case
        self.policy = graph.policy
        self.supposed = supposed
        self.graph = graph
        self.order = order
        self.values = values
        self.claims: Mapping[Id, ClaimVerdict] = _Asked(case.of(Claim), self._claim)
        self.steps: Mapping[Id, StepVerdict] = _Asked(case.of(Step), self._step)
        self.nodes: Mapping[Id, tuple[Grade, Grade]] = _Nodes(graph, values.of)
        self.columns = Columns(case, graph, order, values.of)
        self._circles: dict[int, tuple[int, ...]] | None = None
        self._reasons: dict[Id, Reason] = {}
        self._granting: dict[Id, tuple[Id, ...]] = {}

    def status(self, claim: Id) -> ClaimStatus:
        """Return the status of a claim alone."""
        return self._status(self.graph.node_of[claim])

    def grade(self, node: Id) -> Grade:
        """Return the grade that an item, claim or request has at the least."""
        return GRADES[LO[self.values.of[self.graph.node_of[node]]]]

    def stated(self, claim: Id) -> Grade:
        """Return how sure a claim is stated to be; for an ask with a stake, what the stake requires."""
        return self.stated_of(self.case.of(Claim)[claim])

    def stated_of(self, claim: Claim) -> Grade:
        """Return what `stated` does, of the claim itself."""
        if claim.kind is ClaimKind.ASK and claim.stake is not None:
            return self.policy.required(claim.stake)
        return claim.stated

    def circle(self, node: Id) -> tuple[Id, ...]:
        """Return the nodes of the circle of support that a circular node is on, by number; else none."""
        found = self._circle_of(self.graph.node_of[node])
        ids = [self.graph.ids[each] for each in found]
        return tuple(sorted((each for each in ids if each in self.case), key=self._number))

    def granting(self, claim: Id) -> tuple[Id, ...]:
        """Return the fewest assumptions on which a conditional claim stands; none for any other."""
        if claim not in self._granting:
            found: tuple[Id, ...] = ()
            if self.status(claim) is ClaimStatus.CONDITIONAL:
                from evidencemap.analysis.granting import granting

                found = granting(self, claim)
            self._granting[claim] = found
        return self._granting[claim]

    def reason(self, of: Id) -> Reason:
        """Return why the verdict on a claim or drawn step is what it is."""
        if of not in self._reasons:
            from evidencemap.analysis.reasoning import reason

            self._reasons[of] = reason(self, of)
        return self._reasons[of]

    def _number(self, entity: Id) -> tuple[int, str, int, str]:
        return number_key(self.case.number(entity))

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

    def _status(self, node: int) -> ClaimStatus:
        value = self.values.of[node]
        if LO[value]:
            held_bare = BARE_LO[value] > 0
            return ClaimStatus.SUPPORTED if held_bare else ClaimStatus.CONDITIONAL
        if HI[value]:
            return ClaimStatus.CONTESTED
        pro, con = for_and_against(self.graph, self.values.of, self.graph.base, node)
        if LO[con] >= Grade.PROBABLE and LO[con] > HI[pro]:
            return ClaimStatus.REFUTED
        if self.graph.table[node][EXACTLY[HI[pro]] << 16]:
            return ClaimStatus.CONTESTED
        if self._circle_of(node):
            return ClaimStatus.CIRCULAR
        return ClaimStatus.UNSUPPORTED

    def _step(self, step: Id) -> StepVerdict:
        graph, of = self.graph, self.values.of
        at = graph.step_of[step]
        passed = passed_by(graph, of, at)
        status = self.step_status(at)
        lender = self.lender(at, LO[passed])
        on_assumption = status is StepStatus.CARRIES and BARE_LO[passed] < LO[passed]
        return StepVerdict(
            step=step,
            status=status,
            grade=GRADES[LO[passed]],
            upto=GRADES[HI[passed]],
            borrows=lender is not None,
            lender=lender,
            on_assumption=on_assumption,
            _within=self,
        )

    def step_status(self, at: int) -> StepStatus:
        """Return the status of a step, drawn or derived, by its number in the graph."""
        graph, of = self.graph, self.values.of
        flags = graph.flags[at]
        _, premises, backing, undercutters = graph.body[at]
        if flags & RULER or (undercutters and any(LO[of[each]] for each in undercutters)):
            return StepStatus.UNDERCUT
        if self.values.unfounded and not flags & CON:
            circle = self._circle_of(graph.to[at])
            if circle and any(each in circle for each in (*premises, *backing)):
                return StepStatus.CIRCULAR
        if self.lacks(at):
            return StepStatus.UNSUPPORTED
        if any(not HI[of[each]] for each in premises):
            return StepStatus.PREMISE_FAILS
        passed = passed_by(graph, of, at)
        if HI[passed] > LO[passed] == 0:
            return StepStatus.CONTESTED
        if any(not LO[of[each]] for each in _needed(flags, backing)):
            return StepStatus.CONTESTED
        return StepStatus.CARRIES

    def lacks(self, at: int) -> bool:
        """Tell whether a step lacks a warrant or a role that it needs, or has one with nothing behind it."""
        return what_lacks(self.graph.flags[at], self.graph.body[at][2], self.values.of) > 0

    def lender(self, at: int, passed: int) -> Id | None:
        """Return the premise that a step borrows from, by its number in the graph and what it passes."""
        graph = self.graph
        to = graph.to[at]
        if graph.flags[at] & CON or graph.ids[to] not in self.case.of(Claim):
            return None
        surer = self.surer(at, passed)
        if surer is None:
            return None
        pro = for_and_against(graph, self.values.of, graph.base, to)[0]
        return surer if self.stated(graph.ids[to]) > LO[pro] else None

    def surer(self, at: int, passed: int) -> Id | None:
        """Return the surest premise of a step if it is surer than what the step passes; else none."""
        graph, of = self.graph, self.values.of
        surest, found = passed, -1
        for each in graph.body[at][1]:
            if LO[of[each]] > surest:
                surest, found = LO[of[each]], each
        return None if found < 0 else graph.ids[found]

    def _circle_of(self, node: int) -> tuple[int, ...]:
        if not self.values.unfounded:
            return ()
        if self._circles is None:
            fallen = {each for each in self.values.unfounded if not HI[self.values.of[each]]}
            leads = _support_within(self.graph, fallen)
            self._circles = {}
            for circle in circles(sorted(fallen), leads.__getitem__):
                if len(circle) > 1 or circle[0] in leads[circle[0]]:
                    self._circles.update(dict.fromkeys(circle, circle))
        return self._circles.get(node, ())


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


def _needed(flags: int, backing: tuple[int, ...]) -> tuple[int, ...]:
    """Return what a step cannot do without of its backing: a needed warrant, what stands for a role."""
    if not backing:
        return ()
    warrant = backing[:1] if flags & NEEDS_WARRANT and flags & HAS_WARRANT else ()
    return (*warrant, backing[-1]) if flags & HAS_ROLE else warrant


def _support_within(graph: Graph, nodes: set[int]) -> dict[int, list[int]]:
    leads: dict[int, list[int]] = {each: [] for each in nodes}
    for node in sorted(nodes):
        for step in graph.pro[node]:
            _, premises, backing, _ = graph.body[step]
            for each in (*premises, *backing):
                if each in leads:
                    leads[each].append(node)
    return leads


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
