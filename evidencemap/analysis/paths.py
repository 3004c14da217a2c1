"""The one path behind a verdict: to the weakest link, or to the first thing that is missing."""

from evidencemap.analysis.evaluation import passed_by
from evidencemap.analysis.intervals import GRADES, HI, LO
from evidencemap.analysis.lineage import provenance
from evidencemap.analysis.reasoning import (
    best_step,
    first_missing,
    node_key,
    of_step,
    strongest_against,
    weakest_part,
)
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceState

_LIMITS = {
    "retracted": Because.END_RETRACTED,
    "reported": Because.END_REPORTED,
    "interest": Because.END_INTEREST,
    "reliability": Because.END_RELIABILITY,
    "credibility": Because.END_CREDIBILITY,
}

_AGAINST = (Because.UNDECIDED, Because.BLOCKED, Because.REFUTED)
_MISSING = (Because.PREMISE_MISSING, Because.ON_CIRCLE, Because.GAP)


def because(verdicts: Verdicts, of: Id) -> tuple[list[Reason], tuple[Id, ...]]:
    """Return at most three reasons for the verdict on a claim, item, request or drawn step, and the path.

    The last reason is about the end of the path. Raises KeyError for what has no verdict.
    """
    if of in verdicts.steps:
        reasons, path = _of_step(verdicts, of)
    elif of in verdicts.claims:
        reasons, path = _of_claim(verdicts, of)
    else:
        end, path = weakest_link(verdicts, verdicts.graph.node_of[of])
        reasons = [end]
    kept = list(dict.fromkeys(reasons))
    if len(kept) > 3:
        kept = [*kept[:2], kept[-1]]
    return kept, tuple(each for each in dict.fromkeys(path) if each in verdicts.case)


def weakest_link(verdicts: Verdicts, node: int) -> tuple[Reason, tuple[Id, ...]]:
    """Return why a node has no more than it has, and the path from it to the link that holds it down."""
    graph, of = verdicts.graph, verdicts.values.of
    path: list[Id] = []
    seen: set[int] = set()
    while True:
        seen.add(node)
        name = graph.ids[node]
        path.append(name)
        step = best_step(verdicts, node)
        stands = LO[of[node]]
        if step is None or LO[passed_by(graph, of, step)] < stands or not HI[of[node]]:
            return _end(verdicts, node), tuple(path)
        path.append(graph.step_ids[step])
        part = weakest_part(verdicts, step)
        if part is None or part in seen:
            source = _source_of(verdicts, graph.step_ids[step])
            if name in verdicts.case.of(Evidence) and graph.step_ids[step] not in verdicts.steps:
                return _item(verdicts, name, source), tuple(path)
            return of_step(verdicts, step), tuple(path)
        node = part


def _of_claim(verdicts: Verdicts, claim: Id) -> tuple[list[Reason], tuple[Id, ...]]:
    graph = verdicts.graph
    node = graph.node_of[claim]
    first = verdicts.reason(claim)
    if first.code in _AGAINST:
        step = strongest_against(verdicts, node)
        assert step is not None
        return _through(verdicts, first, (claim,), step)
    if first.code in (Because.UNDERCUT, Because.RULER):
        by = first.ids[2:3]
        reasons = [first, *(verdicts.reason(each) for each in by if each in verdicts.claims)]
        return reasons, (claim, first.ids[1], *by)
    if first.code in _MISSING:
        path = first_missing(verdicts, node)
        middle = [_at(verdicts, path[1 if first.code is Because.GAP else 2])] if len(path) > 2 else []
        return [first, *middle, _at(verdicts, path[-1])], path
    if first.code in (
        Because.ORPHAN,
        Because.REQUESTED,
        Because.WITHDRAWN,
        Because.CIRCULAR,
        Because.ASSUMED,
    ):
        return [first], first.ids
    if first.code in (Because.BELOW_STANDARD, Because.UNDECIDED_STEP):
        return _through(verdicts, first, (claim,), graph.step_of[first.ids[1]])
    if first.code in (Because.CONDITIONAL, Because.SUPPORTED, Because.ANSWERED):
        best = best_step(verdicts, node)
        if best is not None:
            return _through(verdicts, first, (claim,), best)
    return [first], (claim,)


def _of_step(verdicts: Verdicts, step: Id) -> tuple[list[Reason], tuple[Id, ...]]:
    at = verdicts.graph.step_of[step]
    verdict = verdicts.steps[step]
    first = verdicts.reason(step)
    reasons: list[Reason] = [first]
    path: tuple[Id, ...] = (step,)
    if first.code in (
        Because.STEP_CARRIES,
        Because.STEP_CONTESTED,
        Because.STEP_CEILING,
        Because.STEP_VANTAGE,
    ):
        reasons, path = _through(verdicts, first, (), at)
    elif first.code in (Because.STEP_PREMISE, Because.STEP_WARRANT_EMPTY):
        way = first_missing(verdicts, verdicts.graph.node_of[first.ids[1]])
        middle = [_at(verdicts, way[0])] if len(way) > 1 else []
        reasons, path = [first, *middle, _at(verdicts, way[-1])], (step, *way)
    elif first.code in (Because.STEP_UNDERCUT, Because.STEP_ASSUMES):
        named = [each for each in first.ids[1:] if each in verdicts.claims]
        reasons, path = [first, *(verdicts.reason(each) for each in named[:1])], (step, *first.ids[1:])
    elif first.code is Because.STEP_RULER:
        path = first.ids
    if verdict.lender is not None:
        to = verdicts.case.of(Step)[step].conclusion
        values = (verdicts.grade(verdict.lender), verdict.grade, verdicts.stated(to))
        borrows = Reason(code=Because.STEP_BORROWS, ids=(step, verdict.lender, to), values=values)
        reasons = [reasons[0], borrows, *reasons[-1:]] if len(reasons) > 1 else [first, borrows]
    return reasons, path


def _through(
    verdicts: Verdicts, first: Reason, before: tuple[Id, ...], step: int
) -> tuple[list[Reason], tuple[Id, ...]]:
    """Return the reasons and the path from a step to what holds it down."""
    name = verdicts.graph.step_ids[step]
    middle = of_step(verdicts, step)
    part = weakest_part(verdicts, step)
    if part is None:
        return [first, middle], (*before, name)
    end, path = weakest_link(verdicts, part)
    tail = [] if len(path) == 1 and first.code is Because.SUPPORTED else [middle]
    return [first, *tail, end], (*before, name, *path)


def _at(verdicts: Verdicts, place: Id) -> Reason:
    """Return the reason for what is found at a place of a path: a claim, a step, an item, a request."""
    if place in verdicts.claims:
        return verdicts.reason(place)
    if place in verdicts.graph.step_of:
        return of_step(verdicts, verdicts.graph.step_of[place])
    return _end(verdicts, verdicts.graph.node_of[place])


def _end(verdicts: Verdicts, node: int) -> Reason:
    name = verdicts.graph.ids[node]
    case = verdicts.case
    grade = (GRADES[LO[verdicts.values.of[node]]],)
    claim = case.of(Claim).get(name)
    if claim is not None:
        assumed = claim.kind is ClaimKind.ASSUMPTION and grade[0]
        return (
            Reason(code=Because.END_ASSUMPTION, ids=(name,), values=grade)
            if assumed
            else verdicts.reason(name)
        )
    if name in case.of(Request):
        granted = name in verdicts.supposed.granted
        return Reason(code=Because.END_GRANTED if granted else Because.END_REQUEST, ids=(name,), values=grade)
    if name in case.of(Evidence):
        return _item(verdicts, name, None)
    behind = [each for step in verdicts.graph.pro[node] for each in verdicts.graph.body[step][1]]
    return _end(verdicts, min(behind, key=lambda each: node_key(verdicts, each)))


def _item(verdicts: Verdicts, name: Id, source: Id | None) -> Reason:
    item = verdicts.case.of(Evidence)[name]
    grade = (verdicts.grade(name),)
    if item.state is EvidenceState.WITHDRAWN or name in verdicts.supposed.withdrawn:
        return Reason(code=Because.END_WITHDRAWN, ids=(name,))
    ways = provenance(verdicts.case, item, verdicts.policy, verdicts.supposed.withdrawn)
    if not ways:
        return Reason(code=Because.END_UNSOURCED, ids=(name,), values=grade)
    chosen = [each for each in ways if source is None or each.source == source] or list(ways)
    best = max(each.ceiling for each in chosen)
    way = min(
        (each for each in chosen if each.ceiling == best), key=lambda each: _number(verdicts, each.source)
    )
    if way.ceiling > grade[0] and not item.copied_from:
        return Reason(code=Because.END_CONTESTED_ITEM, ids=(name,), values=grade)
    if way.source is None or way.ceiling > grade[0]:
        return Reason(code=Because.END_COPY, ids=(name, *item.copied_from), values=grade)
    code = _LIMITS[way.limits[0]] if way.ceiling < 4 else Because.END_ITEM
    return Reason(code=code, ids=(name, way.source), values=grade)


def _source_of(verdicts: Verdicts, step: Id) -> Id | None:
    tail = Id(step.partition(".")[2])
    return tail if tail in verdicts.case.of(Source) else None


def _number(verdicts: Verdicts, source: Id | None) -> tuple[int, str, int, str]:
    return number_key(verdicts.case.number(source)) if source is not None else number_key("")
