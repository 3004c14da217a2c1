"""What would settle a claim: the smallest sets of requests and gaps that lift it to a grade."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.incremental import supposing
from evidencemap.analysis.lifting import Lift, Trial, smallest_sets
from evidencemap.analysis.policy import Policy
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.analysis.whatif import called, each_gap
from evidencemap.model.case import Case
from evidencemap.model.entities import Request
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import Grade, RequestState

GRADES = (Grade.PROBABLE, Grade.STRONG, Grade.ESTABLISHED)
"""The grades that are asked about unless others are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What would lift one claim, by grade: sets of requests and gaps, the smallest first.

    No set holds another one of the same grade. The empty set means that the grade is reached
    already; no set at all that nothing listed would reach it. `capped` are the grades for which the
    search was cut short: there are at least these sets, and where there is none, that none was found
    says nothing. `sets` names things as people write them, `ids` by id.
    """

    target: Id
    sets: Mapping[Grade, tuple[tuple[str, ...], ...]]
    ids: Mapping[Grade, tuple[tuple[Id, ...], ...]]
    capped: frozenset[Grade]
    offered: tuple[Id, ...]

    @property
    def complete(self) -> bool:
        """Tell whether the search went to its end for every grade."""
        return not self.capped

    def nothing_would(self, grade: Grade) -> bool:
        """Tell whether nothing listed would reach a grade: a search to its end found no set."""
        return grade in self.ids and not self.ids[grade] and grade not in self.capped


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one request or gap alone would lift: each claim that it changes, before and after, by number."""

    of: Id
    lifts: tuple[tuple[Id, Grade, Grade], ...]


def settle(
    case: Case,
    target: Id,
    policy: Policy | None = None,
    *,
    grades: Sequence[Grade] = GRADES,
    known: Verdicts | None = None,
    most: int = 5_000,
) -> Settlement:
    """Return the smallest sets of what is listed that lift a claim to each of the grades.

    Requests that are not received count at their hope, whether they can be had or not; missing
    warrants and empty roles that no request stands for count as established. Objections and
    findings stay as they stand. `most` caps the trials, and each grade gets its share of them at the
    least. Raises KeyError for what is no claim.
    """
    held = known if known is not None else verdicts(case, policy)
    node = held.graph.node_of[held.claims[target].claim]
    offered = candidates(case)
    trial = Trial(held, node, offered, most)
    sets: dict[Grade, tuple[tuple[str, ...], ...]] = {}
    ids: dict[Grade, tuple[tuple[Id, ...], ...]] = {}
    capped = set()
    for grade in grades:
        trial.allow(most // len(grades))
        lift: Lift = smallest_sets(trial, grade)
        if not lift.complete:
            capped.add(grade)
        ids[grade] = lift.sets
        sets[grade] = tuple(tuple(called(case, each) for each in found) for found in lift.sets)
    return Settlement(target=target, sets=sets, ids=ids, capped=frozenset(capped), offered=trial.useful)


def candidates(case: Case) -> tuple[Id, ...]:
    """Return what settling may use: requests that are not received, then gaps that no request stands for."""
    return tuple(each_candidate(case))


def each_candidate(case: Case) -> Iterator[Id]:
    """Yield what `candidates` returns, one after the other: for whoever needs to know of so many only."""
    yield from (each.id for each in case.sorted(Request) if each.state is not RequestState.RECEIVED)
    yield from each_gap(case)


def worth(case: Case, policy: Policy | None = None, *, known: Verdicts | None = None) -> list[Worth]:
    """Return what each request that is not received, and each gap, would change alone."""
    held = known if known is not None else verdicts(case, policy)
    return [_worth(held, each) for each in candidates(case)]


def _worth(held: Verdicts, each: Id) -> Worth:
    supposed = Supposed(held.supposed.granted | {each}, held.supposed.withdrawn)
    after, changed = supposing(held, supposed)
    lifts = []
    for claim in _claims(held, changed):
        was, now = held.claims[claim].grade, after.claims[claim].grade
        if was != now:
            lifts.append((claim, was, now))
    return Worth(of=each, lifts=tuple(lifts))


def _claims(held: Verdicts, changed: Collection[Id]) -> list[Id]:
    claims = [each for each in changed if each in held.claims]
    return sorted(claims, key=lambda each: number_key(held.case.number(each)))
