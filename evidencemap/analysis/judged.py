"""How a case is judged: from the intervals of its graph to the status of each claim and step."""

from enum import StrEnum

from evidencemap.analysis.columns import Columns, what_lacks
from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.evaluation import Values, for_and_against, passed_by
from evidencemap.analysis.granting import granting
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
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade


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


class Judged:
    """A case with its intervals, and what they come to for each claim and step. Never changes."""

    def __init__(self, case: Case, graph: Graph, order: Order, values: Values, supposed: Supposed) -> None:
        self.case = case
        self.policy = graph.policy
        self.supposed = supposed
        self.graph = graph
        self.order = order
        self.values = values
        self.columns = Columns(case, graph, order, values.of)
        self._circles: dict[int, tuple[int, ...]] | None = None
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
            node = self.graph.node_of[claim]
            if self._status(node) is ClaimStatus.CONDITIONAL:
                behind = granting(self.graph, self.order, self.values, node, self._number)
                found = tuple(self.graph.ids[each] for each in behind)
            self._granting[claim] = found
        return self._granting[claim]

    def _number(self, entity: Id) -> tuple[int, str, int, str]:
        return number_key(self.case.number(entity))

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

    def on_assumption(self, at: int) -> bool:
        """Tell whether a step carries, by its number in the graph, and less without what is assumed."""
        passed = passed_by(self.graph, self.values.of, at)
        return self.step_status(at) is StepStatus.CARRIES and BARE_LO[passed] < LO[passed]

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
