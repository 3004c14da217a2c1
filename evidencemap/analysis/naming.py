"""How sentences name what is in a case: by its kind and its visible number, never by its text."""

from collections.abc import Iterable, Sequence

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Header, Quantity, Request, Source, Step, Term
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _, several

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
    Header: "the case",
}
_SEVERAL = {
    "claim {number}": "claims {numbers}",
    "method {number}": "methods {numbers}",
    "assumption {number}": "assumptions {numbers}",
    "ask {number}": "asks {numbers}",
    "source {number}": "sources {numbers}",
    "evidence {number}": "evidence {numbers}",
    "request {number}": "requests {numbers}",
    "quantity {number}": "quantities {numbers}",
    "term {number}": "terms {numbers}",
}
"""How several of a kind are named together; what has no form here is named one by one."""


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
    return _(_form(case, entity)).format(number=held.number)


def names(case: Case, entities: Sequence[Id], most: int | None = None) -> str:
    """Return how a sentence names several entities: `claims C1 and C2`, `claim C1 and ask A1`.

    Of more than `most`, the first are named and the others counted.
    """
    shown = entities[:most]
    left = len(entities) - len(shown)
    rest = [several("{count} more", "{count} more", left)] if left else []
    forms = {_form(case, each) for each in entities}
    together = _SEVERAL.get(forms.pop()) if len(entities) > 1 and len(forms) == 1 else None
    if together is not None:
        return _(together).format(numbers=listed([*(case.number(each) for each in shown), *rest]))
    return listed([*(name(case, each) for each in shown), *rest])


def listed(parts: Iterable[str]) -> str:
    """Return words as a list in a sentence: `C1`, `C1 and C2`, `C1, C2 and C3`."""
    given = list(parts)
    if len(given) < 2:
        return "".join(given)
    return _("{first} and {last}").format(first=", ".join(given[:-1]), last=given[-1])


def _form(case: Case, entity: Id) -> str:
    """Return the text into which the number of an entity goes; empty for what is not named by it alone."""
    held = case.entities.get(entity)
    if held is None or isinstance(held, Step):
        return ""
    if isinstance(held, Claim):
        return _CLAIMS.get(held.kind, "claim {number}")
    return _KINDS.get(type(held), "{number}")


def _derived(case: Case, step: Id) -> str:
    head, dot, tail = step.partition(".")
    if not dot or Id(head) not in case:
        return step
    to = name(case, Id(head))
    if Id(tail) in case:
        return _("the step from {origin} to {item}").format(origin=name(case, Id(tail)), item=to)
    return _("the step from what it copies to {item}").format(item=to)
