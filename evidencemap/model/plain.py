"""An entity as plain data with visible numbers: what listings, the journal and digests hold."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from evidencemap.model.case import Case
from evidencemap.model.entities import Entity
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.words import Grade

Plain = dict[str, Any]
"""Fields by their listing keys: texts, whole and real numbers, booleans, lists and mappings."""


def to_plain(entity: Any, number: Callable[[Id], str]) -> Plain:
    """Return the fields of an entity or record that differ from their defaults.

    References are given as visible numbers, grades and words as words. `id` and `number` are not
    among the fields: ids never leave the case, and the number stands beside.
    """
    plain: Plain = {}
    for each in shape(type(entity)):
        value = getattr(entity, each.name)
        if each.required or value != each.default:
            plain[each.key] = _to_plain(each, value, number)
    return plain


def plain_entity(case: Case, entity: Entity) -> Plain:
    """Return the plain fields of an entity of a case."""
    return to_plain(entity, case.number)


def canonical(value: object) -> str:
    """Return plain data as text that is the same for the same data: JSON, keys sorted, no spaces.

    This is the text that digests and the journal's hash chain cover.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_plain(
    kind: type[Any],
    plain: Mapping[str, Any],
    find: Callable[[str], Id],
    **given: Any,
) -> Any:
    """Return the entity or record that plain fields describe; `given` adds id and number.

    `find` turns a visible number into an id. Raises ValueError with a readable text where a key
    is unknown or missing or a value does not fit, and whatever `find` and the entity itself raise.
    """
    fields = shape(kind)
    unknown = sorted(set(plain) - {each.key for each in fields})
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    values: dict[str, Any] = {}
    for each in fields:
        if each.key in plain:
            values[each.name] = from_plain_value(each, plain[each.key], find)
        elif each.required:
            raise ValueError(f"the key {each.key!r} is missing")
    return kind(**given, **values)


def from_plain_value(field: FieldShape, value: Any, find: Callable[[str], Id]) -> Any:
    """Return what a field holds for one plain value. Raises ValueError where it does not fit."""
    if value is None and field.optional:
        return None
    kind = field.kind
    if kind is FieldKind.REFERENCE:
        return find(_text(field, value))
    if kind is FieldKind.REFERENCES:
        return tuple(find(_text(field, each)) for each in _list(field, value))
    if kind is FieldKind.TEXT:
        return _text(field, value)
    if kind is FieldKind.TEXTS:
        return tuple(_text(field, each) for each in _list(field, value))
    if kind is FieldKind.FLAG:
        return _exactly(field, value, bool)
    if kind is FieldKind.WHOLE:
        return _exactly(field, value, int)
    if kind is FieldKind.REAL:
        return float(_exactly(field, value, int, float))
    if kind is FieldKind.GRADE:
        return Grade.from_word(_text(field, value))
    if kind is FieldKind.WORD:
        return _word(field, value)
    if kind is FieldKind.WORDS:
        return tuple(_word(field, each) for each in _list(field, value))
    if kind is FieldKind.PAIRS:
        pairs = _exactly(field, value, dict)
        return tuple((_text(field, key), _text(field, each)) for key, each in pairs.items())
    assert field.record is not None
    if kind is FieldKind.RECORD:
        return from_plain(field.record, _exactly(field, value, dict), find)
    return tuple(from_plain(field.record, _exactly(field, each, dict), find) for each in _list(field, value))


def _to_plain(field: FieldShape, value: Any, number: Callable[[Id], str]) -> Any:
    kind = field.kind
    if value is None:
        return None
    if kind is FieldKind.REFERENCE:
        return number(value)
    if kind is FieldKind.REFERENCES:
        return [number(each) for each in value]
    if kind is FieldKind.GRADE:
        return value.word
    if kind is FieldKind.WORD:
        return value.value
    if kind is FieldKind.WORDS:
        return [each.value for each in value]
    if kind is FieldKind.TEXTS:
        return list(value)
    if kind is FieldKind.PAIRS:
        return dict(value)
    if kind is FieldKind.RECORD:
        return to_plain(value, number)
    if kind is FieldKind.RECORDS:
        return [to_plain(each, number) for each in value]
    return value


def _text(field: FieldShape, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{field.key!r} takes a text")
    return value


def _list(field: FieldShape, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{field.key!r} takes a list")
    return value


def _exactly(field: FieldShape, value: Any, *types: type[Any]) -> Any:
    if type(value) not in types:
        raise ValueError(f"{field.key!r} takes a {_CALLED[types[0]]}")
    return value


_CALLED: dict[type[Any], str] = {bool: "yes or no", int: "whole number", dict: "mapping"}


def _word(field: FieldShape, value: Any) -> Any:
    assert field.word is not None
    try:
        return field.word(_text(field, value))
    except ValueError:
        offered = ", ".join(field.word)
        raise ValueError(f"{field.key!r} is one of: {offered}; not {value!r}") from None
