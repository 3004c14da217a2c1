"""Who other than the tellers has looked at what lies behind a claim, as far as the map records it."""

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import Verification

VERIFIER = "verifier"
"""The role of a source whose looking counts as independent."""

_CHECKED = (Verification.AUDITED, Verification.REPLICATED)


def behind(case: Case, entity: Id) -> tuple[Id, ...]:
    """Return a claim or item and all nodes for it on the map: premises, warrants, what items copy."""
    seen: dict[Id, None] = {entity: None}
    waiting = [entity]
    while waiting:
        node = waiting.pop()
        held = case.get(Evidence, node)
        below: list[Id] = list(held.copied_from) if held is not None else []
        for user in case.users(node):
            step = case.get(Step, user)
            if step is not None and step.conclusion == node and not step.con:
                below += [*step.premises, *((step.warrant,) if step.warrant else ())]
        for each in below:
            if each not in seen:
                seen[each] = None
                waiting.append(each)
    return tuple(seen)


def independent_looks(case: Case, claim: Id) -> tuple[Id, ...]:
    """Return what records an independent look behind a claim, by visible number; empty: none is recorded.

    An item that was audited, a number stated there that was audited or replicated, or a source there
    whose role is that of a verifier. It says something of the map and nothing of the world.
    """
    found: set[Id] = set()
    for node in behind(case, claim):
        item = case.get(Evidence, node)
        if item is not None:
            if item.audited:
                found.add(node)
            found.update(each for each in item.sources if _verifies(case, each))
        for user in case.users(node):
            number = case.get(Quantity, user)
            if number is not None and number.verification in _CHECKED and node in number.stated_in:
                found.add(user)
    return tuple(sorted(found, key=lambda each: number_key(case.number(each))))


def asks_for_a_look(claim: Claim) -> bool:
    """Say whether an independent look is a question for a claim: not for asks and assumptions."""
    return claim.kind.value not in ("ask", "assumption")


def _verifies(case: Case, source: Id) -> bool:
    held = case.get(Source, source)
    return held is not None and VERIFIER in held.role.casefold()
