"""What draws nodes together on the map: the arcs of a case, drawn and derived, as pairs of nodes."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from evidencemap.layout.cards import NODE_KINDS
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Evidence, Quantity, Request, Step
from evidencemap.model.records import Id

BACKED_ALREADY = frozenset({"record", "definition", "practical"})
"""The schemes whose steps can carry no label in their line: they need neither warrant nor role."""


class ArcKind(StrEnum):
    """Why one node lies left of another."""

    PROVENANCE = "provenance"
    COPIED = "copied from"
    PREMISE = "premise"
    WARRANT = "warrant"
    UNDERCUT = "undercut"
    SETTLES = "settles"
    ANSWERS = "answers"


WEIGHTS = {
    ArcKind.PROVENANCE: 2,
    ArcKind.COPIED: 1,
    ArcKind.PREMISE: 4,
    ArcKind.WARRANT: 3,
    ArcKind.UNDERCUT: 1,
    ArcKind.SETTLES: 2,
    ArcKind.ANSWERS: 1,
}
"""How hard an arc pulls its two ends together."""


class Arc(NamedTuple):
    """That `tail` lies before `head`, because of the entity `by`. A named tuple, for a layout makes many."""

    tail: Id
    head: Id
    kind: ArcKind
    by: Id


def arcs(case: Case) -> Iterator[Arc]:
    """Yield every arc between nodes of a case. A warrant's head is the conclusion of its step."""
    kinds: tuple[type[Any], ...] = (Evidence, Step, Request)
    for kind in kinds:
        for entity in case.sorted(kind):
            yield from arcs_of(case, entity)


def arcs_of(case: Case, entity: Entity) -> Iterator[Arc]:
    """Yield the arcs that one entity makes."""
    if isinstance(entity, Evidence):
        for source in entity.sources:
            yield Arc(tail=source, head=entity.id, kind=ArcKind.PROVENANCE, by=entity.id)
        for copied in entity.copied_from:
            yield Arc(tail=copied, head=entity.id, kind=ArcKind.COPIED, by=entity.id)
    elif isinstance(entity, Step):
        yield from _of_step(entity)
    elif isinstance(entity, Request):
        steps = case.of(Step)
        for settled in entity.settles:
            head = steps[settled].conclusion if settled in steps else settled
            yield Arc(tail=entity.id, head=head, kind=ArcKind.SETTLES, by=entity.id)
        for answer in entity.answered_by:
            yield Arc(tail=answer, head=entity.id, kind=ArcKind.ANSWERS, by=entity.id)


def hosts(case: Case) -> dict[Id, Id]:
    """Return, for each quantity that is stated somewhere, the node under which it hangs."""
    return {quantity.id: held[0] for quantity in case.sorted(Quantity) if (held := hosts_of(case, quantity))}


def hosts_of(case: Case, quantity: Quantity) -> list[Id]:
    """Return what a quantity is stated in, claims first: it hangs under the first."""
    held = [each for each in quantity.stated_in if each in case]
    return sorted(held, key=lambda each: each not in case.of(Claim))


def may_lack_backing(step: Step) -> bool:
    """Say whether the line of a step may have to carry the label that nothing backs it."""
    return step.scheme not in BACKED_ALREADY


def is_node(case: Case, entity: Id) -> bool:
    """Say whether an id is that of something with a card."""
    return any(entity in case.of(kind) for kind in NODE_KINDS)


def undercutters(case: Case) -> Iterator[tuple[Id, Id, Id | None]]:
    """Yield claim, step (or evidence whose derived step it meets) and the source of a derived step."""
    for step in case.sorted(Step):
        for claim in step.undercut_by:
            yield claim, step.id, None
    for item in case.sorted(Evidence):
        for undercut in item.undercut_by:
            yield undercut.by, item.id, undercut.source


def _of_step(step: Step) -> Iterator[Arc]:
    for premise in step.premises:
        yield Arc(tail=premise, head=step.conclusion, kind=ArcKind.PREMISE, by=step.id)
    if step.warrant is not None:
        yield Arc(tail=step.warrant, head=step.conclusion, kind=ArcKind.WARRANT, by=step.id)
    for claim in step.undercut_by:
        yield Arc(tail=claim, head=step.conclusion, kind=ArcKind.UNDERCUT, by=step.id)
