"""Picks, the same way every time, the one step or part of several that says most about a verdict."""

from collections.abc import Sequence

from evidencemap.analysis.evaluation import passed_by
from evidencemap.analysis.graph import HAS_WARRANT
from evidencemap.analysis.intervals import HI, LO
from evidencemap.analysis.judged import ClaimStatus, Judged, StepStatus
from evidencemap.model.entities import Claim, Evidence, Request, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id

_FIRST = (
    StepStatus.CARRIES,
    StepStatus.CONTESTED,
    StepStatus.UNSUPPORTED,
    StepStatus.UNDERCUT,
    StepStatus.PREMISE_FAILS,
    StepStatus.CIRCULAR,
)
"""The steps to a claim that fails, those first that say most about why."""


def best_step(judged: Judged, node: int) -> int | None:
    """Return the pro step to a node that passes most. None where no step leads to it."""
    return next(iter(by_strength(judged, node)), None)


def by_strength(judged: Judged, node: int) -> list[int]:
    """Return the pro steps to a node, those that pass most first.

    Of several, those from originals come before those from copies, then the first by number.
    """
    graph, of = judged.graph, judged.values.of
    items = judged.case.of(Evidence)

    def key(step: int) -> tuple[int, bool, tuple[int, str, int, str]]:
        names = [graph.ids[each] for each in graph.body[step][1]]
        copied = any(each in items and items[each].copied_from for each in names)
        return (-LO[passed_by(graph, of, step)], copied, key_of(judged, step))

    return sorted(graph.pro[node], key=key)


def open_step(judged: Judged, steps: Sequence[int]) -> int | None:
    """Return, of some steps, the undecided one that may pass most. None where all are decided."""
    passed = {each: passed_by(judged.graph, judged.values.of, each) for each in steps}
    undecided = [each for each in steps if HI[passed[each]] > LO[passed[each]]]
    return min(undecided, key=lambda each: (-HI[passed[each]], key_of(judged, each)), default=None)


def strongest_against(judged: Judged, node: int) -> int | None:
    """Return the con step to a node that may pass most; of several the first by number."""
    graph, of = judged.graph, judged.values.of

    def key(step: int) -> tuple[int, int, object]:
        passed = passed_by(graph, of, step)
        return (-LO[passed], -HI[passed], key_of(judged, step))

    return min(graph.con[node], key=key, default=None)


def telling_step(judged: Judged, node: int) -> int | None:
    """Return, of the pro steps to a node that fails, the one that says most about why. None without one."""
    steps = [each for each in judged.graph.pro[node] if not _merely_requested(judged, each)]

    def key(step: int) -> tuple[int, int, object]:
        passed = HI[passed_by(judged.graph, judged.values.of, step)]
        return (_FIRST.index(judged.step_status(step)), -passed, key_of(judged, step))

    return min(steps, key=key, default=None)


def weakest_part(judged: Judged, step: int) -> int | None:
    """Return the premise or backing that holds a step down; None where its own ceiling does."""
    return next(iter(weakest_parts(judged, step)), None)


def weakest_parts(judged: Judged, step: int) -> list[int]:
    """Return all premises and backing that hold a step down; none where its own ceiling does.

    A step to an item from its source alone has neither, where something speaks against that source.
    """
    graph, of = judged.graph, judged.values.of
    ceiling, premises, backing, _ = graph.body[step]
    held = dict.fromkeys((*premises, *backing))
    lowest = min((LO[of[each]] for each in held), default=None)
    if lowest is None or lowest > LO[ceiling]:
        return []
    return [each for each in held if LO[of[each]] == lowest]


def failing_part(judged: Judged, step: int) -> int | None:
    """Return the first premise of a step that has nothing; None where each has something."""
    of = judged.values.of
    return next((each for each in judged.graph.body[step][1] if not HI[of[each]]), None)


def first_missing(judged: Judged, node: int) -> tuple[Id, ...]:
    """Return the ids from a node that fails to the first thing that is missing: a step or a node."""
    graph = judged.graph
    path: list[Id] = []
    seen: set[int] = set()
    while True:
        seen.add(node)
        path.append(graph.ids[node])
        if graph.ids[node] in judged.case.of(Claim) and not _lacking(judged, node):
            return tuple(path)
        step = telling_step(judged, node)
        if step is None:
            return tuple(path)
        path.append(graph.step_ids[step])
        status = judged.step_status(step)
        if status is StepStatus.UNSUPPORTED:
            failing = _empty_warrant(judged, step)
        elif status is StepStatus.PREMISE_FAILS:
            failing = failing_part(judged, step)
        else:
            return tuple(path)
        if failing is None or failing in seen:
            return tuple(path)
        node = failing


def _lacking(judged: Judged, claim: int) -> bool:
    """Tell whether a claim fails for want of what is for it, and not for what is against it."""
    return judged.status(judged.graph.ids[claim]) is ClaimStatus.UNSUPPORTED


def _empty_warrant(judged: Judged, step: int) -> int | None:
    graph = judged.graph
    if not graph.flags[step] & HAS_WARRANT or HI[judged.values.of[graph.body[step][2][0]]]:
        return None
    drawn = judged.case.of(Step)[graph.step_ids[step]].warrant
    return None if drawn is None else graph.node_of[drawn]


def _merely_requested(judged: Judged, step: int) -> bool:
    graph = judged.graph
    premises = graph.body[step][1]
    of_requests = all(graph.ids[each] in judged.case.of(Request) for each in premises)
    return of_requests and not HI[passed_by(graph, judged.values.of, step)]


def shown_as(judged: Judged, node: int) -> Id:
    """Return the id of a node that a person can see: for a backing node, what stands behind it."""
    graph = judged.graph
    seen = {node}
    while graph.ids[node] not in judged.case:
        behind: Sequence[int] = [each for step in graph.pro[node] for each in graph.body[step][1]]
        if not behind or behind[0] in seen:
            break
        of = judged.values.of
        node = min(behind, key=lambda each: (-LO[of[each]], -HI[of[each]], node_key(judged, each)))
        seen.add(node)
    return graph.ids[node]


def key_of(judged: Judged, step: int) -> tuple[int, str, int, str]:
    """Return the key that sorts a step, drawn or derived, among others."""
    return _key(judged, judged.graph.step_ids[step])


def node_key(judged: Judged, node: int) -> tuple[int, str, int, str]:
    """Return the key that sorts a node among others."""
    return _key(judged, judged.graph.ids[node])


def _key(judged: Judged, entity: Id) -> tuple[int, str, int, str]:
    case = judged.case
    if entity in case:
        return number_key(case.number(entity))
    head, _, tail = entity.partition(".")
    first = case.number(Id(head)) if Id(head) in case else head
    second = case.number(Id(tail)) if Id(tail) in case else tail
    _, letter, digits, _ = number_key(first)
    return (99, letter, digits, second)
