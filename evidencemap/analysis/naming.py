"""How sentences name what is in a case: by its kind and its visible number, never by its text."""

from collections.abc import Iterable

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step, Term
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _

_CLAIMS = {
    ClaimKind.METHOD: "method {number}",
    ClaimKind.ASSUMPTION: "assumption {number}",
    ClaimKind.ASK: "ask {number}",
}
_KINDS = {
    Source: "source {number}",
    Evidence: "evidence {number}",
    Claim: "claim {number}",
    Request: "request {number}",
    Quantity: "quantity {number}",
    Term: "term {number}",
}


def name(case: Case, entity: Id) -> str:
    """Return how a sentence names an entity, such as `claim C2` or `step P7 from C1 to C2`.

    A derived step is named by what it leads from and to; what has left the case by its id.
    """
    if entity not in case:
        return _derived(case, entity)
    held = case[entity]
    if isinstance(held, Step):
        return _("step {number} from {premises} to {conclusion}").format(
            number=held.number,
            premises=listed(case.number(each) for each in held.premises),
            conclusion=case.number(held.conclusion),
        )
    if isinstance(held, Claim):
        return _(_CLAIMS.get(held.kind, "claim {number}")).format(number=held.number)
    return _(_KINDS.get(type(held), "{number}")).format(number=held.number)


def names(case: Case, entities: Iterable[Id]) -> str:
    """Return how a sentence names several entities, such as `claim C1 and claim C2`."""
    return listed(name(case, each) for each in entities)


def listed(parts: Iterable[str]) -> str:
    """Return words as a list in a sentence: `C1`, `C1 and C2`, `C1, C2 and C3`."""
    given = list(parts)
    if len(given) < 2:
        return "".join(given)
    return _("{first} and {last}").format(first=", ".join(given[:-1]), last=given[-1])


def _derived(case: Case, step: Id) -> str:
    head, dot, tail = step.partition(".")
    if not dot or Id(head) not in case:
        return step
    to = name(case, Id(head))
    if Id(tail) in case:
        return _("the step from {origin} to {item}").format(origin=name(case, Id(tail)), item=to)
    return _("the step from what it copies to {item}").format(item=to)
