"""Entity to row and back: scalar fields in typed columns, every reference in a table of its own."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import repeat
from typing import Any

from evidencemap.errors import CaseFileRefused, RuleBroken
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS
from evidencemap.model.plain import canonical
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.words import Grade
from evidencemap.tongue import _

Value = str | int | float | None
"""What one column of an entity's row holds."""

Pointer = tuple[str, int, Id]
"""One reference of an entity: the field, the place in the field, the id pointed at."""

POINTING = (FieldKind.REFERENCE, FieldKind.REFERENCES)
"""The kinds of fields that stand in no column of an entity: what they point at is kept in `reference`."""

_BY_SHAPE = (FieldKind.RECORD, FieldKind.RECORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a table keeps of one entity: the values of its columns, and its references in order."""

    values: tuple[Value, ...]
    pointers: tuple[Pointer, ...]


def table_of(kind: type[Any]) -> str:
    """Return the name of the table that holds a kind, such as `issued_brief`."""
    return _TABLE_NAMES[kind]


def kind_of(table: str) -> type[Any]:
    """Return the kind that a table holds. Raises KeyError for any other name."""
    return _KINDS[table]


def columns(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the columns of a kind's table, the key left out."""
    return _plan(kind).columns


def to_row(entity: Entity) -> Row:
    """Return the row and the references of an entity.

    Raises RuleBroken where a text of it holds what no file can keep.
    """
    plan = _plan(type(entity))
    values: list[Value] = []
    for name, write in plan.writers:
        value = getattr(entity, name)
        values.append(value if write is None or value is None else write(value))
    _check_texts(entity.number, values)
    pointers: list[Pointer] = []
    for each in plan.pointing:
        value = getattr(entity, each.name)
        if each.kind is FieldKind.REFERENCES:
            pointers.extend((each.name, place, target) for place, target in enumerate(value))
        elif value is not None:
            pointers.append((each.name, 0, value))
    for each in plan.records:
        value = getattr(entity, each.name)
        if value:
            pointers.extend(_record_pointers(each, value if each.kind is FieldKind.RECORDS else (value,)))
    return Row(values=tuple(values), pointers=tuple(sorted(pointers)))


def from_row(
    kind: type[Any],
    id: Id,  # noqa: A002
    number: str,
    values: Sequence[Value],
    pointers: Mapping[str, Sequence[Id]],
    within: Mapping[tuple[str, int], Id],
) -> Any:
    """Return the entity of a row. `pointers` holds the targets of each field, in order; `within` those
    of references inside records, by path (`anchor.exhibit`) and place.

    Raises CaseFileRefused where a value is none that the field may hold.
    """
    try:
        fields: dict[str, Any] = {}
        plan = _plan(kind)
        for name, read, value in zip(plan.columns, plan.readers, values, strict=True):
            fields[name] = value if read is None else read(value)
        for each in plan.records if within else ():
            fields[each.name] = _with_pointers(each, fields[each.name], within)
        for each in plan.pointing:
            targets = pointers.get(each.name, ())
            if each.kind is FieldKind.REFERENCES:
                fields[each.name] = tuple(targets)
            else:
                fields[each.name] = targets[0] if targets else None
        if not plan.known.issuperset(pointers):
            raise ValueError("a reference stands in no field")
        return kind(id=id, number=number, **fields)
    except RuleBroken as broken:
        raise CaseFileRefused(
            _("{number} breaks a rule that every case keeps: {broken}").format(number=number, broken=broken)
        ) from broken
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as fault:
        raise CaseFileRefused(
            _("{number} cannot be read: the case file is damaged ({fault}).").format(
                number=number, fault=fault
            )
        ) from fault


def from_rows(
    kind: type[Any],
    ids: Sequence[Id],
    numbers: Sequence[str],
    values: Sequence[Sequence[Value]],
    targets: Mapping[str, Sequence[Sequence[Id]]],
) -> list[Any]:
    """Return the entities of many rows of one kind, as `from_row` does one by one: column by column.

    `values` holds the columns; `targets` the targets of each row in each field that points anywhere.
    Raises whatever a reader or the kind itself raises; then `from_row` says which row it was.
    """
    plan = _plan(kind)
    given: dict[str, Iterable[Any]] = {"id": ids, "number": numbers}
    for name, read, column in zip(plan.columns, plan.readers, values, strict=True):
        given[name] = column if read is None else _read_column(read, column)
    for each in plan.pointing:
        if each.name in targets:
            held = targets[each.name]
            if each.kind is FieldKind.REFERENCES:
                given[each.name] = map(tuple, held)
            else:
                given[each.name] = [some[0] if some else None for some in held]
        elif each.required:
            raise ValueError(f"{each.name} points nowhere")
    # A field of all of them at once: a frozen dataclass sets its own one by one, five times slower.
    made = list(map(object.__new__, repeat(kind, len(ids))))
    for name, put, default in plan.slots:
        deque(map(put, made, given.get(name) or repeat(default)), maxlen=0)
    if plan.checks is not None:
        deque(map(plan.checks, made), maxlen=0)
    return made


def _read_column(read: Callable[[Any], Any], column: Sequence[Value]) -> list[Any]:
    """Return what a reader makes of each value, each different one read once: most of a column repeat."""
    different = set(column)
    if len(different) * 4 > len(column):
        return [read(each) for each in column]
    known = {each: read(each) for each in different}
    return [known[each] for each in column]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How a kind is kept: its columns and how each is read, the fields that point, those with records.

    `slots` sets each field of an entity, with its default; `checks` is what the kind asks of a made one.
    """

    columns: tuple[str, ...]
    readers: tuple[Callable[[Any], Any] | None, ...]
    writers: tuple[tuple[str, Callable[[Any], Value] | None], ...]
    pointing: tuple[FieldShape, ...]
    known: frozenset[str]
    records: tuple[FieldShape, ...]
    slots: tuple[tuple[str, Callable[[Any, Any], None], object], ...]
    checks: Callable[[Any], None] | None


def _plan(kind: type[Any]) -> _Plan:
    known = _PLANS.get(kind)
    if known is None:
        kept = [each for each in shape(kind) if each.kind not in POINTING]
        # A column that came later stands after all earlier ones, so that digests of old rows hold.
        kept.sort(key=lambda each: each.since)
        known = _PLANS[kind] = _Plan(
            columns=tuple(each.name for each in kept),
            readers=tuple(_reader(each) for each in kept),
            writers=tuple((each.name, _writer(each)) for each in kept),
            pointing=tuple(each for each in shape(kind) if each.kind in POINTING),
            known=frozenset(each.name for each in shape(kind) if each.kind in POINTING),
            records=tuple(each for each in shape(kind) if each.kind in _BY_SHAPE),
            slots=tuple((each.name, vars(kind)[each.name].__set__, each.default) for each in fields(kind)),
            checks=getattr(kind, "__post_init__", None),
        )
    return known


def _record_pointers(field: FieldShape, records: Iterable[Any]) -> Iterable[Pointer]:
    assert field.record is not None
    for place, record in enumerate(records):
        for inner in shape(field.record):
            if inner.kind is FieldKind.REFERENCE:
                target = getattr(record, inner.name)
                if target is not None:
                    yield f"{field.name}.{inner.name}", place, target


def _check_texts(number: str, values: Iterable[Value]) -> None:
    for value in values:
        if type(value) is str and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise RuleBroken(
                    _("A text of {number} holds half a character: type it again.").format(number=number)
                ) from None
        if type(value) is str and "\0" in value:
            raise RuleBroken(
                _("A text of {number} holds a character that no text has (U+0000): take it out.").format(
                    number=number
                )
            )


def _writer(field: FieldShape) -> Callable[[Any], Value] | None:
    if field.kind in (FieldKind.FLAG, FieldKind.GRADE):
        return int
    if field.kind is FieldKind.WORD:
        return lambda value: str(value.value)
    if field.kind is FieldKind.TEXTS:
        return lambda value: canonical(list(value)) if value else "[]"
    if field.kind is FieldKind.WORDS:
        return lambda value: canonical([each.value for each in value])
    if field.kind is FieldKind.PAIRS:
        return lambda value: canonical([list(each) for each in value]) if value else "[]"
    if field.kind is FieldKind.RECORD:
        return lambda value: canonical(_record_row(field, value))
    if field.kind is FieldKind.RECORDS:
        return lambda value: canonical([_record_row(field, each) for each in value]) if value else "[]"
    if field.kind is FieldKind.REAL:
        return float
    return None


def _record_row(field: FieldShape, record: Any) -> dict[str, Any]:
    assert field.record is not None
    row = {}
    for inner in shape(field.record):
        value = getattr(record, inner.name)
        if inner.kind is not FieldKind.REFERENCE and value != inner.default:
            row[inner.name] = value.value if inner.kind is FieldKind.WORD else value
    return row


def _reader(field: FieldShape) -> Callable[[Any], Any] | None:
    read = _plain_reader(field)
    if read is None or not field.optional:
        return read
    found = read
    return lambda value: None if value is None else found(value)


def _plain_reader(field: FieldShape) -> Callable[[Any], Any] | None:
    if field.kind is FieldKind.FLAG:
        return bool
    if field.kind is FieldKind.GRADE:
        return Grade
    if field.kind is FieldKind.WORD:
        assert field.word is not None
        return {each.value: each for each in field.word}.__getitem__
    if field.kind is FieldKind.TEXTS:
        return _texts
    if field.kind is FieldKind.WORDS:
        assert field.word is not None
        word = field.word
        return lambda value: tuple(word(each) for each in _texts(value))
    if field.kind is FieldKind.PAIRS:
        return _pairs
    if field.kind is FieldKind.RECORD:
        return lambda value: _record(field, json.loads(value))
    if field.kind is FieldKind.RECORDS:
        return lambda value: tuple(_record(field, each) for each in json.loads(value))
    return None


def _texts(value: str) -> tuple[str, ...]:
    if value == "[]":
        return ()
    held = json.loads(value)
    if not isinstance(held, list) or not all(isinstance(each, str) for each in held):
        raise ValueError("a list of texts is something else")
    return tuple(held)


def _pairs(value: str) -> tuple[tuple[str, str], ...]:
    if value == "[]":
        return ()
    pairs = []
    for key, text in json.loads(value):
        if not isinstance(key, str) or not isinstance(text, str):
            raise ValueError("a pair of texts is something else")
        pairs.append((key, text))
    return tuple(pairs)


def _record(field: FieldShape, row: Any) -> Any:
    assert field.record is not None
    wanted = {each.name: each for each in shape(field.record) if each.kind is not FieldKind.REFERENCE}
    for name, value in row.items():
        expected = int if wanted[name].kind is FieldKind.WHOLE else str
        if type(value) is not expected:
            raise ValueError(f"{name} of {field.name} is something else")
    words = {name: each.word(row[name]) for name, each in wanted.items() if each.word is not None}
    # A record's own references are put in afterwards; until then a required one is empty.
    empty = {each.name: Id("") for each in shape(field.record) if each.required and each.name not in row}
    return field.record(**{**empty, **row, **words})


def _with_pointers(field: FieldShape, value: Any, within: Mapping[tuple[str, int], Id]) -> Any:
    if value is None or not value:
        return value
    if field.kind is FieldKind.RECORD:
        return _pointed(field, value, 0, within)
    return tuple(_pointed(field, each, place, within) for place, each in enumerate(value))


def _pointed(field: FieldShape, record: Any, place: int, within: Mapping[tuple[str, int], Id]) -> Any:
    assert field.record is not None
    found = {
        inner.name: within[f"{field.name}.{inner.name}", place]
        for inner in shape(field.record)
        if inner.kind is FieldKind.REFERENCE and (f"{field.name}.{inner.name}", place) in within
    }
    return replace(record, **found) if found else record


_PLANS: dict[type[Any], _Plan] = {}
_TABLE_NAMES: dict[type[Any], str] = {
    kind: re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in KINDS
}
_KINDS: dict[str, type[Any]] = {name: kind for kind, name in _TABLE_NAMES.items()}
