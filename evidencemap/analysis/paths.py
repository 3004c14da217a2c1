"""The one path behind a verdict: to the weakest link, or to the first thing that is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencemap.analysis.evaluation import passed_by
from evidencemap.analysis.intervals import GRADES, HI, LO
from evidencemap.analysis.lineage import provenance
from evidencemap.analysis.reasoning import ASSUMING, of_gap, of_step
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.telling import (
    best_step,
    by_strength,
    first_missing,
    node_key,
    strongest_against,
    weakest_part,
    weakest_parts,
)
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

_AGAINST = (Because.BLOCKED, Because.REFUTED)
_MISSING = (Because.PREMISE_MISSING, Because.ON_CIRCLE, Because.GAP)
_STANDING = (
    Because.CONDITIONAL,
    Because.CONDITIONAL_AGAINST,
    Because.SUPPORTED,
    Because.SUPPORTED_LESS,
    Because.ANSWERED,
)


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
        reasons = [_behind(verdicts, end, path)]
    kept = list(dict.fromkeys(reasons))
    if len(kept) > 3:
        kept = [*kept[:2], kept[-1]]
    return kept, tuple(each for each in dict.fromkeys(path) if each in verdicts.case)


def weakest_link(verdicts: Verdicts, node: int) -> tuple[Reason, tuple[Id, ...]]:
    """Return why a node has no more than it has, and the path from it to the link that holds it down.

    Of several ways on, the first that does not lead back to the path is taken. Where each does, which
    only what the map does not decide can do, the path ends where the first one closes.
    """
    graph = verdicts.graph
    path, seen = [node], {node}
    ways = [_ways_on(verdicts, node)]
    steps: list[int] = []
    closed: tuple[Reason, tuple[Id, ...]] | None = None
    while ways:
        way = next(ways[-1], None)
        if way is None:
            ways.pop()
            path.pop()
            del steps[len(path) - 1 :]
            continue
        step, part = way
        del steps[len(path) - 1 :]
        if step is not None:
            steps.append(step)
        if part is None or part in seen:
            names = [graph.ids[path[0]]]
            for at, each in enumerate(steps):
                names += [graph.step_ids[each], *(graph.ids[more] for more in path[at + 1 : at + 2])]
            ended = _end_at(verdicts, path[-1], step), tuple(names)
            if part is None:
                return ended
            closed = closed or ended
            continue
        seen.add(part)
        path.append(part)
        ways.append(_ways_on(verdicts, part))
    assert closed is not None
    return closed


def _ways_on(verdicts: Verdicts, node: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield the steps that carry a node, each with a part that holds it down; None where the path ends."""
    graph, of = verdicts.graph, verdicts.values.of
    stands = LO[of[node]]
    carrying = [each for each in by_strength(verdicts, node) if LO[passed_by(graph, of, each)] >= stands]
    if not carrying or not HI[of[node]]:
        yield None, None
        return
    for step in carrying:
        parts = weakest_parts(verdicts, step)
        if not parts:
            yield step, None
            return
        for part in parts:
            yield step, part
    if LO[graph.base[node]] >= stands:
        yield None, None


def _end_at(verdicts: Verdicts, node: int, step: int | None) -> Reason:
    """Return the reason for the end of a path: at a node, or at the step whose ceiling holds it."""
    if step is None:
        return _end(verdicts, node)
    name, of_node = verdicts.graph.step_ids[step], verdicts.graph.ids[node]
    if of_node in verdicts.case.of(Evidence) and name not in verdicts.steps:
        return _item(verdicts, of_node, _source_of(verdicts, name))
    return of_step(verdicts, step)


def _of_claim(verdicts: Verdicts, claim: Id) -> tuple[list[Reason], tuple[Id, ...]]:
    graph = verdicts.graph
    node = graph.node_of[claim]
    first = verdicts.reason(claim)
    if first.code in _AGAINST:
        step = strongest_against(verdicts, node)
        assert step is not None
        return _through(verdicts, first, (claim,), step)
    if first.code is Because.RULER:
        return [first, of_step(verdicts, graph.step_of[first.ids[1]])], first.ids
    if first.code is Because.UNDERCUT:
        by = first.ids[2:3]
        reasons = [first, *(verdicts.reason(each) for each in by if each in verdicts.claims)]
        return reasons, (claim, first.ids[1], *by)
    if first.code in _MISSING:
        path = first_missing(verdicts, node)
        if first.code is Because.GAP:
            return [first, of_step(verdicts, graph.step_of[path[1]]), *_end_of(verdicts, path[2::2])], path
        return [first, *_down(verdicts, path[2::2])], path
    if first.code in (
        Because.ORPHAN,
        Because.REQUESTED,
        Because.WITHDRAWN,
        Because.CIRCULAR,
        Because.ASSUMED,
        Because.ASSUMED_BELOW,
    ):
        return [first], first.ids
    if first.code is Because.UNDECIDED:
        return _through(verdicts, first, (claim,), graph.step_of[first.ids[1]])
    if first.code in (Because.BELOW_STANDARD, Because.BELOW_AT_MOST, Because.UNDECIDED_STEP):
        return _through(verdicts, first, (claim,), graph.step_of[first.ids[1]])
    if first.code in _STANDING:
        best = best_step(verdicts, node)
        values = verdicts.values.of
        if best is not None and LO[passed_by(graph, values, best)] >= LO[values[node]]:
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
        Because.STEP_WARRANT_WEAKEST,
        Because.STEP_CEILING,
        Because.STEP_VANTAGE,
        *ASSUMING,
    ):
        reasons, path = _through(verdicts, first, (), at)
    elif first.code in (Because.STEP_PREMISE, Because.STEP_WARRANT_EMPTY):
        way = first_missing(verdicts, verdicts.graph.node_of[first.ids[1]])
        nodes = way[::2]
        reasons, path = [first, *_down(verdicts, nodes)], (step, *way)
        if verdict.lender is not None and len(nodes) > 1:
            told = len(nodes) == 2 and reasons[1].code is Because.GAP_WARRANT_EMPTY
            reasons = reasons[:2] if told else [first, *_end_of(verdicts, nodes)]
    elif first.code is Because.STEP_UNDERCUT:
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
    if middle.code is Because.STEP_CONTESTED:
        open_part = middle.ids[1]
        told = [verdicts.reason(open_part)] if open_part in verdicts.claims else []
        return [first, middle, *(each for each in told if each != first)], (*before, name, open_part)
    part = weakest_part(verdicts, step)
    if part is None:
        return [first, middle], (*before, name)
    end, path = weakest_link(verdicts, part)
    end = _behind(verdicts, end, path)
    drawn = verdicts.case.of(Step).get(name)
    from_it = drawn is not None and path[0] in drawn.premises
    _, premises, backing, _ = verdicts.graph.body[step]
    if from_it and first.code is Because.SUPPORTED and (len(path) == 1 or len(premises + backing) == 1):
        return [first, end], (*before, name, *path)
    if drawn is not None and not from_it and path[0] not in (*middle.ids, *first.ids) and end.ids[0] in path:
        end = replace(end, behind=(*end.behind, name))
    return [first, middle, end], (*before, name, *path)


def _behind(verdicts: Verdicts, end: Reason, path: Sequence[Id]) -> Reason:
    """Return the reason for the end of a path, with the nodes that lie before it."""
    nodes = [each for each in path if each in verdicts.graph.node_of]
    return replace(end, behind=tuple(reversed(nodes[:-1]))) if end.ids[0] == nodes[-1] else end


def _down(verdicts: Verdicts, nodes: Sequence[Id]) -> list[Reason]:
    """Return why the first of some nodes on a path fails, which names the second, and why the last does."""
    return [_at(verdicts, each) for each in nodes[:1]] + _end_of(verdicts, nodes[1:])


def _end_of(verdicts: Verdicts, nodes: Sequence[Id]) -> list[Reason]:
    """Return why the last of some nodes on a path fails, and which of them lie before it; none of none."""
    return [_behind(verdicts, _at(verdicts, nodes[-1]), nodes)] if nodes else []


def _at(verdicts: Verdicts, node: Id) -> Reason:
    """Return why a claim, an item or a request has nothing."""
    if node in verdicts.claims:
        return of_gap(verdicts, node)
    return _end(verdicts, verdicts.graph.node_of[node])


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
