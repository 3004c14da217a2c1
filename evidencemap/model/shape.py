"""The fields of every entity, read from its dataclass: text, word, reference, record."""

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from evidencemap.model.records import Id
from evidencemap.model.words import Grade


class FieldKind(Enum):
    """What a field holds, which decides how it is stored, listed, compared and edited."""

    TEXT = "text"
    FLAG = "flag"
    WHOLE = "whole number"
    REAL = "real number"
    GRADE = "grade"
    WORD = "word"
    REFERENCE = "reference"
    TEXTS = "texts"
    WORDS = "words"
    REFERENCES = "references"
    PAIRS = "pairs"
    RECORD = "record"
    RECORDS = "records"

    __hash__ = object.__hash__  # That of Enum is written in Python, and every value of a listing asks for it.


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """One field: its name in code, its key in listings, what it holds and what it may point at.

    `word` is the enum of a word field; `record` the dataclass of a nested one; `to` the letters
    of the numbers that a reference may name (`*` for any). `optional` fields may be None. `since` is
    the shape of the case file with which the field came.
    """

    name: str
    key: str
    kind: FieldKind
    optional: bool
    default: object = None
    required: bool = False
    word: type[StrEnum] | None = None
    record: type[Any] | None = None
    to: str = ""
    since: int = 1


_TAKEN = ("id", "number")


def shape(kind: type[Any]) -> tuple[FieldShape, ...]:
    """Return the fields of an entity or record in their order; `id` and `number` are left out."""
    known = _SHAPES.get(kind)
    if known is None:
        known = _SHAPES[kind] = tuple(_read(kind))
    return known


def field_of(kind: type[Any], name: str) -> FieldShape:
    """Return one field of an entity by its name in code. Raises KeyError where there is none."""
    for each in shape(kind):
        if each.name == name:
            return each
    raise KeyError(name)


def reference_fields(kind: type[Any]) -> tuple[FieldShape, ...]:
    """Return the fields through which an entity points at others, records with references included."""
    known = _REFERENCES.get(kind)
    if known is None:
        known = _REFERENCES[kind] = tuple(each for each in shape(kind) if _points(each))
    return known


_SHAPES: dict[type[Any], tuple[FieldShape, ...]] = {}
_REFERENCES: dict[type[Any], tuple[FieldShape, ...]] = {}


def _read(kind: type[Any]) -> Iterator[FieldShape]:
    hints = get_type_hints(kind)
    for each in fields(kind):
        if each.name not in _TAKEN:
            required = each.default is MISSING and each.default_factory is MISSING
            yield FieldShape(
                name=each.name,
                key=each.metadata.get("key", "") or each.name,
                default=None if required else each.default,
                required=required,
                to=each.metadata.get("to", ""),
                since=each.metadata.get("since", 1),
                **_about(hints[each.name]),
            )


def _points(field: FieldShape) -> bool:
    if field.record is not None:
        return any(inner.to for inner in shape(field.record))
    return field.kind in (FieldKind.REFERENCE, FieldKind.REFERENCES)


def _about(hint: Any) -> dict[str, Any]:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not type(None)]
        optional, hint = True, inner[0]
    if get_origin(hint) is tuple:
        return {"optional": optional, **_many(get_args(hint)[0])}
    return {"optional": optional, **_one(hint)}


def _one(hint: Any) -> dict[str, Any]:
    if hint is Id:
        return {"kind": FieldKind.REFERENCE}
    if hint is Grade:
        return {"kind": FieldKind.GRADE}
    if is_dataclass(hint):
        return {"kind": FieldKind.RECORD, "record": hint}
    if isinstance(hint, NewType):
        raise TypeError(f"no shape for {hint}")
    if issubclass(hint, StrEnum):
        return {"kind": FieldKind.WORD, "word": hint}
    plain = {str: FieldKind.TEXT, bool: FieldKind.FLAG, int: FieldKind.WHOLE, float: FieldKind.REAL}
    return {"kind": plain[hint]}


def _many(hint: Any) -> dict[str, Any]:
    if hint is Id:
        return {"kind": FieldKind.REFERENCES}
    if hint is str:
        return {"kind": FieldKind.TEXTS}
    if get_origin(hint) is tuple:
        return {"kind": FieldKind.PAIRS}
    if is_dataclass(hint):
        return {"kind": FieldKind.RECORDS, "record": hint}
    return {"kind": FieldKind.WORDS, "word": hint}
