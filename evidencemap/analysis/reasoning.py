"""Finds why each verdict is what it is: along one path, chosen the same way every time."""

from evidencemap.analysis.building import Pointing, compiler
from evidencemap.analysis.evaluation import for_and_against, passed_by
from evidencemap.analysis.graph import (
    HAS_ROLE,
    HAS_WARRANT,
    NEEDS_WARRANT,
    NO_ROLE,
    NO_WARRANT,
    RULER,
    VANTAGE,
)
from evidencemap.analysis.intervals import BARE_LO, GRADES, HI, LO
from evidencemap.analysis.judged import ClaimStatus, Judged, StepStatus
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.telling import (
    best_step,
    failing_part,
    open_step,
    shown_as,
    strongest_against,
    telling_step,
    weakest_part,
)
from evidencemap.model.entities import Claim, Request, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import RequestState

ASSUMING = (Because.STEP_ASSUMES, Because.STEP_WARRANT_ASSUMED, Because.STEP_PART_ASSUMED)
"""Why a step carries that carries on assumption alone."""

_GAPS = {
    Because.STEP_NO_WARRANT: Because.GAP_NO_WARRANT,
    Because.STEP_WARRANT_ASKED: Because.GAP_WARRANT_ASKED,
    Because.STEP_WARRANT_EMPTY: Because.GAP_WARRANT_EMPTY,
    Because.STEP_NO_ROLE: Because.GAP_NO_ROLE,
    Because.STEP_ROLE_ASKED: Because.GAP_ROLE_ASKED,
}
"""What is missing at a step, and what that is for the claim that the step leads to."""


def reason(judged: Judged, of: Id) -> Reason:
    """Return why the verdict on a claim or on a drawn step is what it is. KeyError for anything else."""
    if of in judged.case.of(Claim):
        return _of_claim(judged, of)
    return of_step(judged, judged.graph.step_of[judged.case.of(Step)[of].id])


def requests_for(judged: Judged, settled: Id) -> tuple[Id, ...]:
    """Return the requests that settle a claim or step and are not received, by number."""
    case = judged.case
    found = [
        each.id
        for each in case.of(Request).values()
        if settled in each.settles and each.state is not RequestState.RECEIVED
    ]
    return tuple(sorted(found, key=lambda each: number_key(case.number(each))))


def of_step(judged: Judged, step: int) -> Reason:
    """Return why a step, drawn or derived, passes what it passes."""
    graph, of = judged.graph, judged.values.of
    status, name, flags = judged.step_status(step), graph.step_ids[step], graph.flags[step]
    ceiling, premises, backing, undercutters = graph.body[step]
    passed = passed_by(graph, of, step)
    if status is StepStatus.UNDERCUT:
        if flags & RULER:
            return Reason(code=Because.STEP_RULER, ids=(name, *ruler_of(judged, name)))
        accepted = [each for each in undercutters if LO[of[each]]]
        by = max(accepted, key=lambda each: LO[of[each]])
        return Reason(code=Because.STEP_UNDERCUT, ids=(name, graph.ids[by]), values=(GRADES[LO[of[by]]],))
    if status is StepStatus.CIRCULAR:
        return Reason(code=Because.STEP_CIRCULAR, ids=(name, *judged.circle(graph.ids[graph.to[step]])))
    if status is StepStatus.UNSUPPORTED:
        return _gap(judged, step)
    if status is StepStatus.PREMISE_FAILS:
        failing = failing_part(judged, step)
        assert failing is not None
        return Reason(code=Because.STEP_PREMISE, ids=(name, graph.ids[failing]))
    if status is StepStatus.CONTESTED:
        open_parts = [each for each in (*premises, *backing, *undercutters) if HI[of[each]] > LO[of[each]]]
        by = min(open_parts, key=lambda each: LO[of[each]])
        return Reason(code=Because.STEP_CONTESTED, ids=(name, shown_as(judged, by)))
    values = (GRADES[LO[passed]],)
    weakest = weakest_part(judged, step)
    if name in judged.case.of(Step) and judged.on_assumption(step):
        found = _assuming(judged, step)
        if found is not None:
            return found
    if flags & VANTAGE and LO[ceiling] == LO[passed]:
        return Reason(code=Because.STEP_VANTAGE, ids=(name, graph.ids[graph.to[step]]), values=values)
    if weakest is None:
        return Reason(code=Because.STEP_CEILING, ids=(name,), values=values)
    shown = shown_as(judged, weakest)
    drawn = judged.case.of(Step).get(name)
    by_warrant = drawn is not None and shown == drawn.warrant and shown not in drawn.premises
    code = Because.STEP_WARRANT_WEAKEST if by_warrant else Because.STEP_CARRIES
    return Reason(code=code, ids=(name, shown), values=values)


def _assuming(judged: Judged, step: int) -> Reason | None:
    """Return that a drawn step carries only on assumptions, and through which part; None for any other."""
    graph = judged.graph
    name, (_, premises, backing, _) = graph.step_ids[step], graph.body[step]
    values = (GRADES[LO[passed_by(graph, judged.values.of, step)]],)
    granting: dict[Id, tuple[Id, ...]] = {}
    for each in (*premises, *backing):
        if graph.ids[each] in judged.case.of(Claim) and judged.granting(graph.ids[each]):
            granting[graph.ids[each]] = judged.granting(graph.ids[each])
    assumed = {each for sets in granting.values() for each in sets}
    if not assumed:
        return None
    if len(granting) == 1:
        ((part, behind),) = granting.items()
        if behind != (part,):
            return Reason(code=Because.STEP_PART_ASSUMED, ids=(name, part, *behind), values=values)
        if part == judged.case.of(Step)[name].warrant:
            return Reason(code=Because.STEP_WARRANT_ASSUMED, ids=(name, part), values=values)
    by_number = sorted(assumed, key=lambda each: number_key(judged.case.number(each)))
    return Reason(code=Because.STEP_ASSUMES, ids=(name, *by_number), values=values)


def ruler_of(judged: Judged, step: Id) -> tuple[Id, ...]:
    """Return the undisclosed method behind all operands of a comparison that the program undercuts."""
    make = compiler(judged.case, judged.policy, judged.supposed, Pointing(judged.case))
    method = make.ruler(judged.case.of(Step)[step])
    return () if method is None else (method,)


def _of_claim(judged: Judged, claim: Id) -> Reason:
    graph, of = judged.graph, judged.values.of
    node = graph.node_of[claim]
    status = judged.status(claim)
    grade = GRADES[LO[of[node]]]
    if status in (ClaimStatus.SUPPORTED, ClaimStatus.CONDITIONAL):
        return _standing(judged, claim, node, status)
    pro, con = for_and_against(graph, of, graph.base, node)
    against = strongest_against(judged, node)
    if status is ClaimStatus.CONTESTED:
        if HI[of[node]]:
            upto = (grade, GRADES[HI[of[node]]])
            by = open_step(judged, graph.con[node])
            if by is not None and HI[con] > LO[con]:
                return Reason(code=Because.UNDECIDED, ids=(claim, graph.step_ids[by]), values=upto)
            step = open_step(judged, graph.pro[node])
            assert step is not None
            return Reason(code=Because.UNDECIDED_STEP, ids=(claim, graph.step_ids[step]), values=upto)
        assert against is not None
        values = (GRADES[HI[pro]], GRADES[HI[con]])
        return Reason(code=Because.BLOCKED, ids=(claim, graph.step_ids[against]), values=values)
    if status is ClaimStatus.REFUTED:
        assert against is not None
        values = (GRADES[LO[con]], GRADES[HI[pro]])
        return Reason(code=Because.REFUTED, ids=(claim, graph.step_ids[against]), values=values)
    if status is ClaimStatus.CIRCULAR:
        return Reason(code=Because.CIRCULAR, ids=(claim, *judged.circle(claim)))
    return _unsupported(judged, claim, node)


def of_gap(judged: Judged, claim: Id) -> Reason:
    """Return why the verdict on a claim is what it is; where there is a gap, with what is missing there."""
    known = reason(judged, claim)
    if known.code is not Because.GAP:
        return known
    missing = of_step(judged, judged.graph.step_of[known.ids[1]])
    return Reason(code=_GAPS[missing.code], ids=(*known.ids, *missing.ids[1:]))


def _standing(judged: Judged, claim: Id, node: int, status: ClaimStatus) -> Reason:
    graph, of = judged.graph, judged.values.of
    values = (GRADES[LO[of[node]]],)
    if status is ClaimStatus.CONDITIONAL:
        granting = judged.granting(claim)
        if granting == (claim,):
            return Reason(code=Because.ASSUMED, ids=(claim,), values=values)
        best = best_step(judged, node)
        code = Because.CONDITIONAL
        if best is not None and LO[passed_by(graph, of, best)] == LO[of[node]]:
            by_itself = of_step(judged, best).code not in ASSUMING
            code = Because.CONDITIONAL_AGAINST if by_itself else code
        return Reason(code=code, ids=(claim, *granting), values=values)
    step = best_step(judged, node)
    assert step is not None
    name = graph.step_ids[step]
    bare = GRADES[BARE_LO[of[node]]]
    if LO[passed_by(graph, of, step)] < LO[of[node]]:
        code = Because.ASSUMED_MORE if bare < values[0] else Because.ASSUMED_OR_NOT
        return Reason(code=code, ids=(claim,), values=(*values, bare))
    if bare < values[0]:
        return Reason(code=Because.SUPPORTED_LESS, ids=(claim, name), values=(*values, bare))
    if name in judged.case.of(Step):
        return Reason(code=Because.SUPPORTED, ids=(claim, name), values=values)
    requests = [graph.ids[each] for each in graph.body[step][1]]
    return Reason(code=Because.ANSWERED, ids=(claim, *requests), values=values)


def _unsupported(judged: Judged, claim: Id, node: int) -> Reason:
    graph, of = judged.graph, judged.values.of
    if claim in judged.supposed.withdrawn:
        return Reason(code=Because.WITHDRAWN, ids=(claim,))
    step = telling_step(judged, node)
    assumed = LO[graph.base[node]]
    if assumed and (step is None or LO[passed_by(graph, of, step)] < assumed):
        return Reason(code=Because.ASSUMED_BELOW, ids=(claim,), values=(GRADES[assumed],))
    if step is None:
        asked = requests_for(judged, claim)
        return Reason(code=Because.REQUESTED if asked else Because.ORPHAN, ids=(claim, *asked))
    name, status = graph.step_ids[step], judged.step_status(step)
    if status is StepStatus.UNDERCUT:
        why = of_step(judged, step)
        code = Because.RULER if why.code is Because.STEP_RULER else Because.UNDERCUT
        return Reason(code=code, ids=(claim, *why.ids), values=why.values)
    if status is StepStatus.UNSUPPORTED:
        return Reason(code=Because.GAP, ids=(claim, name))
    if status is StepStatus.PREMISE_FAILS:
        failing = failing_part(judged, step)
        assert failing is not None
        if judged.circle(graph.ids[failing]):
            return Reason(code=Because.ON_CIRCLE, ids=(claim, name, graph.ids[failing]))
        return Reason(code=Because.PREMISE_MISSING, ids=(claim, name, graph.ids[failing]))
    if status is StepStatus.CIRCULAR:
        return Reason(code=Because.ON_CIRCLE, ids=(claim, name, claim))
    pro, _ = for_and_against(graph, of, graph.base, node)
    code = Because.BELOW_STANDARD if LO[pro] == HI[pro] else Because.BELOW_AT_MOST
    return Reason(code=code, ids=(claim, name), values=(GRADES[HI[pro]],))


def _gap(judged: Judged, step: int) -> Reason:
    graph, of = judged.graph, judged.values.of
    name, flags = graph.step_ids[step], graph.flags[step]
    backing = graph.body[step][2]
    if flags & NO_WARRANT:
        return Reason(code=Because.STEP_NO_WARRANT, ids=(name,))
    if flags & NO_ROLE:
        return Reason(code=Because.STEP_NO_ROLE, ids=(name,))
    if flags & NEEDS_WARRANT and flags & HAS_WARRANT and not HI[of[backing[0]]]:
        drawn = judged.case.of(Step)[name].warrant
        if drawn is not None:
            return Reason(code=Because.STEP_WARRANT_EMPTY, ids=(name, drawn))
        return Reason(code=Because.STEP_WARRANT_ASKED, ids=(name, *requests_for(judged, name)))
    assert flags & HAS_ROLE
    asked = requests_for(judged, graph.ids[graph.to[step]]) + requests_for(judged, name)
    return Reason(code=Because.STEP_ROLE_ASKED, ids=(name, *dict.fromkeys(asked)))
