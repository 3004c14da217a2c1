"""What if this were withdrawn, or that granted: which claims fall, which rise, what else changes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.graph import role_of, warrant_of
from evidencemap.analysis.incremental import supposing
from evidencemap.analysis.policy import Policy
from evidencemap.analysis.verdicts import ClaimVerdict, StepVerdict, Verdicts, verdicts
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.tongue import _


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What a supposition changes. Nothing of it is in the case.

    `falls` are the claims that held (supported or conditional) and no longer do, `rises` those that
    come to hold, both by number. `claims` and `steps` give each verdict that changes, before and after.
    """

    falls: tuple[Id, ...]
    rises: tuple[Id, ...]
    claims: Mapping[Id, tuple[ClaimVerdict, ClaimVerdict]]
    steps: Mapping[Id, tuple[StepVerdict, StepVerdict]]
    before: Verdicts
    after: Verdicts

    @property
    def changed(self) -> Mapping[Id, tuple[ClaimVerdict, ClaimVerdict] | tuple[StepVerdict, StepVerdict]]:
        """Return the verdicts on claims and steps that change, before and after."""
        return {**self.claims, **self.steps}


def what_if(
    case: Case,
    withdraw: Collection[Id] = (),
    grant: Collection[Id] = (),
    policy: Policy | None = None,
    *,
    known: Verdicts | None = None,
) -> WhatIf:
    """Suppose that things are withdrawn or granted, and return what changes.

    Sources, items, claims and requests can be withdrawn: a source takes what it alone carries
    along. Requests can be granted, at their hope, and gaps (`warrant_of`, `role_of` a step), as
    established. `known` gives verdicts on the case that are at hand. Raises EvidenceMapError for
    anything else.
    """
    _check(case, withdraw, grant)
    before = known if known is not None else verdicts(case, policy)
    supposed = Supposed(
        before.supposed.granted | frozenset(grant), before.supposed.withdrawn | frozenset(withdraw)
    )
    after, changed = supposing(before, supposed)
    claims = {}
    steps = {}
    for each in sorted(changed, key=lambda found: number_key(case.number(found))):
        if each in before.claims:
            claims[each] = (before.claims[each], after.claims[each])
        elif each in before.steps:
            steps[each] = (before.steps[each], after.steps[each])
    falls = tuple(each for each, (was, now) in claims.items() if was.holds and not now.holds)
    rises = tuple(each for each, (was, now) in claims.items() if now.holds and not was.holds)
    return WhatIf(falls=falls, rises=rises, claims=claims, steps=steps, before=before, after=after)


def gaps(case: Case) -> tuple[Id, ...]:
    """Return the missing warrants and empty roles that no request stands for, by step."""
    return tuple(each_gap(case))


def each_gap(case: Case) -> Iterator[Id]:
    """Yield what `gaps` returns, one after the other: for whoever needs to know of so many only."""
    asked = {each for request in case.of(Request).values() for each in request.settles}
    known = schemes()
    for step in case.sorted(Step):
        scheme = known.get(step.scheme)
        if scheme is None:
            continue
        if scheme.needs_warrant and step.warrant is None and step.id not in asked:
            yield warrant_of(step.id)
        if scheme.role and step.denominator is None:
            stands = step.id in asked and not scheme.needs_warrant and step.warrant is None
            if not stands and (step.con or step.conclusion not in asked):
                yield role_of(step.id, scheme.role)


def called(case: Case, supposed: Id) -> str:
    """Return how people write what can be granted: `R1`, or `P10.warrant` for a gap."""
    if supposed in case:
        return case.number(supposed)
    step, _dot, what = supposed.partition(".")
    return f"{case.number(Id(step))}.{what}" if Id(step) in case else supposed


def _check(case: Case, withdraw: Collection[Id], grant: Collection[Id]) -> None:
    for each in withdraw:
        if each not in case or not isinstance(case[each], Source | Evidence | Claim | Request):
            raise EvidenceMapError(
                _("{number} cannot be withdrawn: sources, evidence, claims and requests can.").format(
                    number=called(case, each)
                )
            )
    for each in grant:
        step, _dot, what = each.partition(".")
        if each in case.of(Request) or (Id(step) in case.of(Step) and what in ("warrant", "denominator")):
            continue
        raise EvidenceMapError(
            _("{number} cannot be granted: requests, missing warrants and empty roles can.").format(
                number=called(case, each)
            )
        )
