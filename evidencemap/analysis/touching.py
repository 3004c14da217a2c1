"""Says whose part of the graph an edit touches: those are compiled afresh, nothing else is."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from evidencemap.analysis.compiling import Supposed
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Claim, Evidence, Header, Quantity, Request, Source, Step
from evidencemap.model.records import Id

_MATTERS: dict[type[Any], tuple[str, ...]] = {
    Header: ("standard",),
    Source: ("reliability", "retracted", "gains_from", "knows"),
    Evidence: ("sources", "copied_from", "credibility", "state", "audited", "undercut_by"),
    Claim: ("kind", "standard", "disclosed"),
    Request: ("number", "settles", "hope", "state", "all_of", "answered_by"),
    Quantity: ("method", "stated_in"),
    Step: (
        "premises",
        "conclusion",
        "scheme",
        "warrant",
        "con",
        "undercut_by",
        "ceiling",
        "denominator",
    ),
}
"""The fields of each kind that a verdict can depend on."""


def touches_all(edit: Edit) -> bool:
    """Tell whether an edit changes what every verdict depends on."""
    return any(isinstance(each.entity, Header) and _differs(each, ("standard",)) for each in edit.changes)


def touched(before: Case, edit: Edit, after: Case) -> set[Id]:
    """Return the items, claims, requests and steps whose part of the graph an edit may change."""
    found: set[Id] = set()
    for change in edit.changes:
        kind = type(change.entity)
        if kind in _MATTERS and _differs(change, _MATTERS[kind]):
            for case, held in ((before, change.before), (after, change.after)):
                if held is not None:
                    found.update(_touched_by(case, held, change))
    return found


def touched_by_supposing(case: Case, was: Supposed, now: Supposed) -> set[Id]:
    """Return the items, claims, requests and steps whose part changes with what is supposed."""
    found: set[Id] = set()
    for each in (was.granted ^ now.granted) | (was.withdrawn ^ now.withdrawn):
        held = case.entities.get(each)
        if held is None:
            step = Id(each.partition(".")[0])
            if step in case.of(Step):
                found.add(step)
        elif isinstance(held, Source):
            found.update(_of(case, Evidence, each))
        elif isinstance(held, Request):
            found.update(_around_request(case, held))
        elif isinstance(held, Claim | Evidence):
            found.add(each)
    return found


def _touched_by(case: Case, held: Any, change: Change) -> Iterator[Id]:
    if isinstance(held, Source):
        items = _of(case, Evidence, held.id)
        yield from items
        if _differs(change, ("knows",)):
            yield from _told_by(case, items)
    elif isinstance(held, Evidence):
        yield held.id
        if _differs(change, ("sources", "copied_from")):
            yield from _told_by(case, (held.id,))
    elif isinstance(held, Claim):
        yield held.id
        if _differs(change, ("kind",)):
            yield from (
                each for each in _of(case, Step, held.id) if case.of(Step)[each].conclusion == held.id
            )
        for quantity in _of(case, Quantity, held.id):
            yield from _compared(case, case.of(Quantity)[quantity].stated_in)
    elif isinstance(held, Request):
        yield from _around_request(case, held)
    elif isinstance(held, Quantity):
        yield from _compared(case, held.stated_in)
    elif isinstance(held, Step):
        yield held.id
        if held.conclusion in case.of(Claim):
            yield held.conclusion


def _around_request(case: Case, request: Request) -> Iterator[Id]:
    yield request.id
    for settled in request.settles:
        yield settled
        for step in _of(case, Step, settled):
            if case.of(Step)[step].conclusion == settled:
                yield step


def _told_by(case: Case, items: Iterable[Id]) -> Iterator[Id]:
    """Yield the record steps and the answered claims whose vantage depends on where items come from."""
    waiting = list(items)
    seen: set[Id] = set()
    while waiting:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        for user in case.users(item):
            held = case[user]
            if isinstance(held, Step):
                yield user
            elif isinstance(held, Request):
                yield from held.settles
            elif isinstance(held, Evidence):
                waiting.append(user)


def _compared(case: Case, nodes: Iterable[Id]) -> Iterator[Id]:
    for node in nodes:
        for step in _of(case, Step, node):
            if case.of(Step)[step].scheme == "comparison":
                yield step


def _of(case: Case, kind: type[Any], entity: Id) -> list[Id]:
    held = case.of(kind)
    return [each for each in case.users(entity) if each in held]


def _differs(change: Change, names: Collection[str]) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return any(getattr(before, each) != getattr(after, each) for each in names)
