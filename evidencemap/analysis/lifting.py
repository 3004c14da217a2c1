"""Searches for the smallest sets of what may be granted that lift a node to a grade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from evidencemap.analysis.building import Pointing, compiler
from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.evaluation import evaluate
from evidencemap.analysis.graph import CON, Body, Graph
from evidencemap.analysis.intervals import EXACTLY, LO
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Request, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """The sets that were found, the smallest first, none of them holding another; and whether that is all."""

    sets: tuple[tuple[Id, ...], ...]
    complete: bool


class Trial:
    """Grants sets of things in thought and tells what a node has then; remembers, and counts.

    `useful` are those of the offered things that lie behind the node at all. `objecting` are those of
    them that lie behind an objection: of the others, granting more never lifts less.
    """

    def __init__(self, held: Verdicts, node: int, offered: Sequence[Id], most: int) -> None:
        self._known: dict[frozenset[Id], int] = {}
        self._left = most
        behind, against = _behind(held.graph, node)
        self._graph, self._place = _cut_out(held.graph, behind)
        self._node = self._place[node]
        self._requests: dict[Id, tuple[int, int]] = {}
        self._gaps: dict[Id, int] = {}
        self._bodies: dict[tuple[int, frozenset[Id]], Body] = {}
        self._make = compiler(held.case, held.policy, held.supposed, Pointing(held.case))
        useful = []
        objecting = []
        for each in offered:
            at = self._find(held, each)
            if at is not None:
                useful.append(each)
                if at in against:
                    objecting.append(each)
        self.useful = tuple(useful)
        self.objecting = tuple(objecting)

    @property
    def spent(self) -> bool:
        """Tell whether no more trials may be made."""
        return self._left <= 0

    def allow(self, least: int) -> None:
        """Allow so many more trials at the least."""
        self._left = max(self._left, least)

    def count(self) -> None:
        """Count one trial, or one look at what was tried already."""
        self._left -= 1

    def grade(self, granted: Iterable[Id]) -> int:
        """Return the grade that the node has at the least once a set of things is granted."""
        chosen = frozenset(granted)
        if chosen not in self._known:
            self.count()
            self._known[chosen] = self._tried(chosen)
        return self._known[chosen]

    def unopposed(self) -> int:
        """Return the grade with everything granted and no objection counted: no set lifts to more."""
        self.count()
        return self._tried(frozenset(self.useful), opposed=False)

    def _tried(self, chosen: frozenset[Id], *, opposed: bool = True) -> int:
        graph = self._graph
        base, body, con = graph.base, graph.body, graph.con
        graph.base, graph.body = base[:], body[:]
        opened: dict[int, set[Id]] = {}
        for each in chosen:
            if each in self._requests:
                at, hoped = self._requests[each]
                graph.base[at] = hoped
            else:
                opened.setdefault(self._gaps[each], set()).add(each)
        for step, gaps in opened.items():
            graph.body[step] = self._bodies[step, frozenset(gaps)]
        if not opposed:
            graph.con = [[] for _ in con]
            graph.body = [(*each[:3], ()) for each in graph.body]
        try:
            values, _ = evaluate(graph)
            return LO[values.of[self._node]]
        finally:
            graph.base, graph.body, graph.con = base, body, con

    def _find(self, held: Verdicts, each: Id) -> int | None:
        """Find where something offered enters what lies behind the node; None where it does not.

        Returns the number of its node in the whole graph; -1 for a gap of a step that speaks against.
        """
        request = held.case.of(Request).get(each)
        if request is not None:
            at = held.graph.node_of[each]
            if at not in self._place:
                return None
            self._requests[each] = (self._place[at], EXACTLY[request.hope])
            return at
        name = Id(each.partition(".")[0])
        at = held.graph.to[held.graph.step_of[name]]
        if at not in self._place:
            return None
        step = self._graph.step_of[name]
        self._gaps[each] = step
        siblings = [gap for gap, of in self._gaps.items() if of == step]
        for size in range(1, len(siblings) + 1):
            for gaps in combinations(siblings, size):
                self._bodies[step, frozenset(gaps)] = self._opened(held, name, frozenset(gaps))
        return -1 if self._graph.flags[step] & CON else at

    def _opened(self, held: Verdicts, step: Id, gaps: frozenset[Id]) -> Body:
        supposed = Supposed(held.supposed.granted | gaps, held.supposed.withdrawn)
        make = replace(self._make, supposed=supposed)
        compiled, _ = make.step(held.graph, held.case.of(Step)[step], dict(held.graph.node_of))
        return _placed(compiled.body, self._place)


def smallest_sets(trial: Trial, grade: Grade) -> Lift:
    """Return the minimal sets that lift the node of a trial to a grade.

    Where more never lifts less, sets are found and excluded in turn (the duality of minimal sets
    and their hitting sets, Reiter 1987). What lies behind an objection is granted in every way, the
    fewest first, and the others are searched so for each. The search stops at the cap.
    """
    if trial.grade(()) >= grade:
        return Lift(sets=((),), complete=True)
    if trial.objecting and trial.unopposed() < grade:
        return Lift(sets=(), complete=True)
    found: list[frozenset[Id]] = []
    for size in range(len(trial.objecting) + 1):
        for objecting in map(frozenset, combinations(trial.objecting, size)):
            if any(each <= objecting for each in found):
                continue
            if trial.spent:
                return _lift(trial, found, complete=False)
            more, complete = _by_duality(trial, grade, objecting)
            found += [each for each in more if not any(held <= each for held in found)]
            if not complete:
                return _lift(trial, found, complete=False)
    return _lift(trial, found, complete=True)


def _by_duality(trial: Trial, grade: Grade, granted: frozenset[Id]) -> tuple[list[frozenset[Id]], bool]:
    """Return the minimal sets that hold `granted` and lift a node; and whether that is all."""
    everything = [each for each in trial.useful if each not in trial.objecting]
    found: list[frozenset[Id]] = []
    if trial.grade(granted.union(everything)) < grade:
        return found, True
    waiting: list[frozenset[Id]] = [frozenset()]
    seen = {frozenset[Id]()}
    while waiting:
        if trial.spent:
            return found, False
        trial.count()
        left_out = waiting.pop()
        known = next((each for each in found if each.isdisjoint(left_out)), None)
        if known is None:
            allowed = [each for each in everything if each not in left_out]
            if trial.grade(granted.union(allowed)) < grade:
                continue
            known = granted.union(_shrunk(trial, grade, allowed, granted))
            found.append(known)
        for each in sorted(known - granted):
            further = left_out | {each}
            if further not in seen:
                seen.add(further)
                waiting.append(further)
    return found, True


def _shrunk(trial: Trial, grade: Grade, allowed: Sequence[Id], granted: frozenset[Id]) -> list[Id]:
    kept = list(allowed)
    for each in reversed(allowed):
        rest = [other for other in kept if other != each]
        if trial.grade(granted.union(rest)) >= grade:
            kept = rest
    return kept


def _lift(trial: Trial, found: Iterable[frozenset[Id]], *, complete: bool) -> Lift:
    place = {each: at for at, each in enumerate(trial.useful)}
    sets = [tuple(sorted(each, key=place.__getitem__)) for each in found]
    sets.sort(key=lambda each: (len(each), [place[one] for one in each]))
    return Lift(sets=tuple(sets), complete=complete)


def _behind(graph: Graph, node: int) -> tuple[set[int], set[int]]:
    """Return the nodes that a node depends on, itself among them, and those that objections depend on.

    -1 stands in the second set for what is an objection itself.
    """
    behind, against = {node}, {-1}
    waiting = [(node, False)]
    while waiting:
        at, objects = waiting.pop()
        ways = [(step, objects) for step in graph.pro[at]] + [(step, True) for step in graph.con[at]]
        for step, objecting in ways:
            _, premises, backing, undercutters = graph.body[step]
            parts = [(each, objecting) for each in (*premises, *backing)]
            for each, speaks_against in (*parts, *((each, True) for each in undercutters)):
                known = against if speaks_against else behind
                if each not in known:
                    known.add(each)
                    waiting.append((each, speaks_against))
    return behind | against - {-1}, against


def _cut_out(graph: Graph, nodes: set[int]) -> tuple[Graph, dict[int, int]]:
    """Return the part of a graph that these nodes and the steps to them make up, and their numbers in it."""
    part = Graph(policy=graph.policy)
    place: dict[int, int] = {}
    for node in sorted(nodes):
        place[node] = part.add_node(graph.ids[node], graph.base[node], graph.table[node])
    for node in sorted(nodes):
        for step in (*graph.pro[node], *graph.con[node]):
            body = _placed(graph.body[step], place)
            part.add_step(graph.step_ids[step], place[node], graph.flags[step], body)
    return part, place


def _placed(body: Body, place: dict[int, int]) -> Body:
    ceiling, *parts = body
    premises, backing, undercutters = (tuple(place[each] for each in part) for part in parts)
    return ceiling, premises, backing, undercutters
