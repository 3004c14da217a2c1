"""What an entity points at, and the same entity without some of it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import is_dataclass, replace
from operator import attrgetter
from typing import Any

from evidencemap.model.entities import Entity
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, reference_fields


def references(entity: Any) -> Iterator[tuple[FieldShape, Id]]:
    """Yield each field of an entity that points at another entity, with the id pointed at."""
    for each in reference_fields(type(entity)):
        value = getattr(entity, each.name)
        if value is None:
            continue
        if each.kind is FieldKind.REFERENCE:
            yield each, value
        elif each.kind is FieldKind.REFERENCES:
            for target in value:
                yield each, target
        else:
            for record in value if each.kind is FieldKind.RECORDS else (value,):
                yield from references(record)


def targets(entity: Entity) -> tuple[Id, ...]:
    """Return the ids that an entity points at, each once, in the order of its fields."""
    return tuple(dict.fromkeys(target for _, target in references(entity)))


def gather_users(kind: type[Any], entities: Collection[Any], users: dict[Id, list[Id]]) -> None:
    """Add to `users`, under each id that entities of a kind point at, the ids of these; some more than once.

    It goes through all of them a field at a time, which takes a quarter of asking each for its targets.
    """
    for field in reference_fields(kind):
        values = map(attrgetter(field.name), entities)
        held = ((entity.id, value) for entity, value in zip(entities, values, strict=True) if value)
        if field.kind is FieldKind.REFERENCE:
            for user, target in held:
                users.setdefault(target, []).append(user)
            continue
        for user, value in held:
            for target in value if field.kind is FieldKind.REFERENCES else _targets_within(field, value):
                users.setdefault(target, []).append(user)


def _targets_within(field: FieldShape, value: Any) -> Iterator[Id]:
    for record in value if field.kind is FieldKind.RECORDS else (value,):
        yield from targets(record)


def without(entity: Entity, gone: Collection[Id]) -> Entity | None:
    """Return the entity with every reference to `gone` left out; None where it cannot be without one."""
    held: Entity | None = _without(entity, gone)
    return held


def redirected(entity: Any, new_id: Callable[[Id], Id]) -> Any:
    """Return an entity or record with every id that it points at passed through `new_id`."""
    changed: dict[str, Any] = {}
    for each in reference_fields(type(entity)):
        value = getattr(entity, each.name)
        if value is None:
            continue
        if each.kind is FieldKind.REFERENCE:
            changed[each.name] = new_id(value)
        elif each.kind is FieldKind.REFERENCES:
            changed[each.name] = tuple(new_id(target) for target in value)
        elif each.kind is FieldKind.RECORDS:
            changed[each.name] = tuple(redirected(record, new_id) for record in value)
        else:
            changed[each.name] = redirected(value, new_id)
    return replace(entity, **changed) if changed else entity


def _without(entity: Any, gone: Collection[Id]) -> Any:
    assert is_dataclass(entity) and not isinstance(entity, type)
    changed: dict[str, Any] = {}
    for each in reference_fields(type(entity)):
        value = getattr(entity, each.name)
        if value is None:
            continue
        if each.kind is FieldKind.REFERENCE:
            if value in gone:
                if not each.optional:
                    return None
                changed[each.name] = None
        elif each.kind is FieldKind.REFERENCES:
            kept = tuple(target for target in value if target not in gone)
            if len(kept) < len(value):
                if each.required:
                    return None
                changed[each.name] = kept
        elif each.kind is FieldKind.RECORDS:
            held = [_without(record, gone) for record in value]
            changed[each.name] = tuple(record for record in held if record is not None)
        else:
            changed[each.name] = _without(value, gone)
    return replace(entity, **changed) if changed else entity
