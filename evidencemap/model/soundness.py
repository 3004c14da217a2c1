"""Whether all references and texts of a whole case are as they must be: a quick yes, or "look closer"."""

from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any

from evidencemap.model.case import Case
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS, LETTERS
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, reference_fields, shape


def is_plainly_sound(case: Case, longest: int) -> bool:
    """Return True where every reference leads to a kind that its field takes and no text is over `longest`.

    It looks at all entities of a kind at once, a field at a time, which takes a sixth of asking each.
    False says only that something is to be looked at: `rules.check` finds what it is and says so.
    """
    for kind in KINDS:
        entities: Iterable[Any] = case.of(kind).values()
        texts = ["id", "number", *(each.name for each in shape(kind) if each.kind is FieldKind.TEXT)]
        for name in texts:
            if max(map(len, filter(None, map(attrgetter(name), entities))), default=0) > longest:
                return False
        for field in reference_fields(kind):
            if not _leads_right(field, map(attrgetter(field.name), entities), case.entities):
                return False
    return True


def _leads_right(field: FieldShape, values: Iterable[Any], entities: Mapping[Id, Entity]) -> bool:
    held = filter(None, values)
    if field.record is not None:
        records = list(chain.from_iterable(held)) if field.kind is FieldKind.RECORDS else list(held)
        return all(
            _leads_right(inner, map(attrgetter(inner.name), records), entities)
            for inner in reference_fields(field.record)
        )
    # Comprehensions let other threads in between; one call that makes a set of all would not.
    if field.kind is FieldKind.REFERENCES:
        targets = {target for each in held for target in each}
    else:
        targets = {target for target in held}  # noqa: C416
    if not targets <= entities.keys():
        return False
    kinds = {type(entities[target]) for target in targets}
    return field.to == "*" or kinds <= {LETTERS[letter] for letter in field.to}
