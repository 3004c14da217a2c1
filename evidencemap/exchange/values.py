"""Reads one field from the tree of a listing: the field says what its value is, never the spelling."""

import re
from collections.abc import Callable
from typing import Any

from evidencemap.exchange.sections import COPIED, means_none
from evidencemap.exchange.tree import Form, Mapping, Node, Scalar, Sequence, quoted, refused
from evidencemap.model.records import Id, Undercut
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.words import Grade
from evidencemap.tongue import _

Find = Callable[[FieldShape, str, int], Id]
"""Turns a visible number in a field into an id, or refuses it at its line."""

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def read_value(field: FieldShape, node: Node, find: Find) -> Any:
    """Return what a field holds for a node. Raises ListingRefused, naming the line, where it does not fit."""
    if field.record is Undercut:
        return tuple(_undercuts(field, node, find))
    if _is_none(field, node):
        return None if field.optional else field.default
    if field.kind in _SCALARS:
        return _SCALARS[field.kind](field, node, find)
    if field.kind is FieldKind.PAIRS:
        entries = as_mapping(field.key, node).items()
        return tuple((key, _text(field, value, find)) for key, _, value in entries)
    if field.kind is FieldKind.RECORD:
        return read_record(field, node, find)
    items = _as_list(field, node)
    if field.kind is FieldKind.RECORDS:
        return tuple(read_record(field, each, find) for each in items)
    one = _MANY[field.kind]
    return tuple(_SCALARS[one](field, each, find) for each in items)


def read_record(field: FieldShape, node: Node, find: Find) -> Any:
    """Return the record that a mapping describes, such as `retracted: {date, why}`."""
    assert field.record is not None
    shapes = {each.key: each for each in shape(field.record)}
    mapping = as_mapping(field.key, node)
    values: dict[str, Any] = {}
    for key, line, value in mapping.items():
        if key not in shapes:
            raise unknown_key(line, key, f"{field.key!r}", tuple(shapes))
        values[shapes[key].name] = read_value(shapes[key], value, find)
    for each in shapes.values():
        if each.required and each.name not in values:
            raise refused(
                mapping.line, "the key {key} is missing in {field}", key=repr(each.key), field=repr(field.key)
            )
    return field.record(**values)


def as_mapping(key: str, node: Node) -> Mapping:
    """Return a node that must be a mapping."""
    if not isinstance(node, Mapping):
        raise refused(node.line, "{key} takes a mapping of keys to values", key=repr(key))
    return node


def as_text(key: str, node: Node) -> str:
    """Return the text of a node that must be one: in JSON it stands in quotes."""
    if not isinstance(node, Scalar):
        raise refused(node.line, "{key} takes a text, not a list or a mapping", key=repr(key))
    if node.form not in (Form.PLAIN, Form.QUOTED):
        raise refused(
            node.line, "{key} takes a text in quotes, not {text}", key=repr(key), text=quoted(node.text)
        )
    return node.text


def as_whole(key: str, node: Node) -> int:
    """Return the whole number that a node must be."""
    fits = isinstance(node, Scalar) and node.form in (Form.PLAIN, Form.QUOTED, Form.NUMBER)
    if not fits or not isinstance(node, Scalar) or _WHOLE.fullmatch(node.text) is None:
        raise refused(node.line, "{key} takes a whole number{instead}", key=repr(key), instead=_not(node))
    return int(node.text)


def unknown_key(line: int, key: str, where: str, known: tuple[str, ...]) -> Exception:
    """Return the refusal of a key that means nothing there, with the keys that would."""
    return refused(
        line,
        "{key} is no key of {where}; it knows {known}",
        key=quoted(key),
        where=where,
        known=", ".join(known),
    )


def _is_none(field: FieldShape, node: Node) -> bool:
    if not isinstance(node, Scalar):
        return False
    if field.optional and node.form is Form.NULL:
        return True
    empty = node.form is Form.PLAIN and node.text in ("", "none")
    if empty and field.optional and field.kind is FieldKind.WORDS:
        raise refused(
            node.line,
            "{key} takes a list: [] records that there are none; leave it out if unknown",
            key=repr(field.key),
        )
    return empty and means_none(field)


def _text(field: FieldShape, node: Node, find: Find) -> str:
    return as_text(field.key, node)


def _flag(field: FieldShape, node: Node, find: Find) -> bool:
    if isinstance(node, Scalar) and node.form is not Form.NUMBER and node.text.lower() in _FLAGS:
        return _FLAGS[node.text.lower()]
    raise refused(node.line, "{key} takes yes or no{instead}", key=repr(field.key), instead=_not(node))


def _whole(field: FieldShape, node: Node, find: Find) -> int:
    return as_whole(field.key, node)


def _grade(field: FieldShape, node: Node, find: Find) -> Grade:
    text = as_text(field.key, node)
    for grade in Grade:
        if grade.word == text:
            return grade
    raise _one_of(field, node, text, tuple(each.word for each in Grade))


def _word(field: FieldShape, node: Node, find: Find) -> Any:
    assert field.word is not None
    text = as_text(field.key, node)
    try:
        return field.word(text)
    except ValueError:
        raise _one_of(field, node, text, tuple(field.word)) from None


def _reference(field: FieldShape, node: Node, find: Find) -> Id:
    return find(field, as_text(field.key, node), node.line)


def _undercuts(field: FieldShape, node: Node, find: Find) -> Any:
    by, source = (each for each in shape(Undercut))
    for key, line, value in as_mapping(field.key, node).items():
        origin = None if key == COPIED else find(source, key, line)
        for each in _as_list(field, value):
            yield Undercut(by=_reference(by, each, find), source=origin)


def _as_list(field: FieldShape, node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return node.items
    short = isinstance(node, Scalar) and len(node.text) < 40
    hint = _(": write [{text}]").format(text=node.text) if isinstance(node, Scalar) and short else ""
    raise refused(node.line, "{key} takes a list{hint}", key=repr(field.key), hint=hint)


def _one_of(field: FieldShape, node: Node, text: str, words: tuple[str, ...]) -> Exception:
    return refused(
        node.line,
        "{key} is one of {words}; not {text}",
        key=repr(field.key),
        words=", ".join(words),
        text=quoted(text),
    )


def _not(node: Node) -> str:
    return _(", not {text}").format(text=quoted(node.text)) if isinstance(node, Scalar) else ""


_SCALARS: dict[FieldKind, Callable[[FieldShape, Node, Find], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.FLAG: _flag,
    FieldKind.WHOLE: _whole,
    FieldKind.GRADE: _grade,
    FieldKind.WORD: _word,
    FieldKind.REFERENCE: _reference,
}

_MANY = {
    FieldKind.TEXTS: FieldKind.TEXT,
    FieldKind.WORDS: FieldKind.WORD,
    FieldKind.REFERENCES: FieldKind.REFERENCE,
}
