"""A field of an entity as a person types it: what its editor shows, and what a typed text means."""

import re
from collections.abc import Iterator
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.kinds import INSIDE
from evidencemap.model.labels import field_name, quoted
from evidencemap.model.plain import from_plain_value, to_plain
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.tongue import _

_BETWEEN_TEXTS = re.compile(r"(?<!\\);")
_BETWEEN_PARTS = re.compile(r"(?<!\\);(?=\s*(?:\w+\s*:|$))|\n(?! )")
_NEEDS_A_SIGN = re.compile(r";(?=\s*(?:\w+\s*:|$))", re.MULTILINE)
_WHOLE = re.compile(r"[0-9]{1,9}")
_GOES_ON = "\n  "
"""How a text goes on in the next line of a field in which each line is an entry of its own."""


def as_text(case: Case, entity: Any, field: FieldShape) -> str:
    """Return a field as the text that its line editor shows; `from_text` reads the same out of it."""
    plain = to_plain(entity, case.number).get(field.key)
    if plain is None:
        return ""
    if field.kind is FieldKind.PAIRS:
        return "\n".join(f"{key}: {_folded(value)}" for key, value in plain.items())
    if field.kind is FieldKind.RECORD:
        return _record_text(field, plain)
    if field.kind is FieldKind.RECORDS:
        return "\n".join(_record_text(field, each) for each in plain)
    if field.kind is FieldKind.TEXTS:
        return "; ".join(_closed(str(each).replace(";", r"\;")) for each in plain)
    if isinstance(plain, list):
        return ", ".join(str(each) for each in plain)
    return str(plain)


def from_text(case: Case, field: FieldShape, typed: str) -> Any:
    """Return what a typed text means for a field. Raises RuleBroken where it means nothing."""
    plain = _plain(case, field, field, typed.strip())
    return from_plain_value(field, plain, lambda number: _found(case, field, number))


def sample(field: FieldShape) -> str:
    """Return how a record of a field is written, with the words that it may hold."""
    held = {each.key: [_(word.value) for word in each.word or ()] for each in _inner(field)}
    numbers = {each.key: example(each) if each.to else "…" for each in _inner(field)}
    return "; ".join(f"{key}: {' / '.join(words) or numbers[key]}" for key, words in held.items())


def example(field: FieldShape) -> str:
    """Return numbers that a field takes, such as `C1, M1`."""
    letters = "CES" if field.to == "*" else field.to
    return ", ".join(f"{letter}1" for letter in letters[:2])


def _record_text(field: FieldShape, plain: dict[str, Any]) -> str:
    words = {each.key for each in _inner(field) if each.word}
    parts = ((key, _(value) if key in words else _part(str(value))) for key, value in plain.items())
    return "; ".join(f"{key}: {text}" for key, text in parts)


def _part(text: str) -> str:
    return _folded(_NEEDS_A_SIGN.sub(r"\\;", _closed(text)))


def _folded(text: str) -> str:
    return text.replace("\n", _GOES_ON)


def _closed(text: str) -> str:
    """Return a text such that a semicolon behind it still parts it from the next."""
    return f"{text} " if text.endswith("\\") else text


def _plain(case: Case, whole: FieldShape, field: FieldShape, typed: str) -> Any:
    """Return the plain value that a text means for a field, which is `whole` or one within its records."""
    kind = field.kind
    if not typed and field.optional:
        return None
    if kind is FieldKind.TEXTS:
        parts = (each.replace(r"\;", ";").strip() for each in _BETWEEN_TEXTS.split(typed))
        return [each for each in parts if each]
    if kind is FieldKind.REFERENCES:
        return [each.strip() for each in typed.replace(";", ",").split(",") if each.strip()]
    if kind is FieldKind.WORD and field.word is not None:
        return _word(field, typed)
    if kind is FieldKind.WHOLE:
        if not _WHOLE.fullmatch(typed):
            raise RuleBroken(_("{field} takes a whole number.").format(field=field_name(field.name)))
        return int(typed)
    if kind is FieldKind.PAIRS:
        return _pairs(_entries(typed))
    if kind is FieldKind.RECORD:
        return _record(case, whole, field, _BETWEEN_PARTS.split(typed))
    if kind is FieldKind.RECORDS:
        entries = _entries(typed)
        return [_record(case, whole, field, _BETWEEN_PARTS.split(each)) for each in entries]
    return typed


def _entries(typed: str) -> Iterator[str]:
    return (each for each in re.split(r"\n(?! )", typed) if each.strip())


def _record(case: Case, whole: FieldShape, field: FieldShape, parts: list[str]) -> dict[str, Any]:
    inner = {each.key: each for each in _inner(field)}
    pairs = _pairs(each for each in parts if each.strip())
    for key in pairs:
        if key not in inner:
            raise RuleBroken(
                _("{field} has no part {key}: write “{sample}”.").format(
                    field=field_name(whole.name), key=quoted(key), sample=sample(field)
                )
            )
    if any(each.required and not pairs.get(each.key) for each in inner.values()):
        raise RuleBroken(
            _("A part of {field} is missing: write “{sample}”.").format(
                field=field_name(whole.name), sample=sample(field)
            )
        )
    return {key: _plain(case, whole, inner[key], text.replace(r"\;", ";")) for key, text in pairs.items()}


def _pairs(entries: Iterator[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in entries:
        key, colon, text = each.partition(":")
        if not colon:
            raise RuleBroken(_("Write each entry as a key, a colon and a text."))
        if key.strip() in found:
            raise RuleBroken(_("{key} stands twice: write it once.").format(key=quoted(key.strip())))
        found[key.strip()] = text.replace(_GOES_ON, "\n").strip()
    return found


def _word(field: FieldShape, typed: str) -> str:
    assert field.word is not None
    for each in field.word:
        if typed.casefold() in (_(each.value).casefold(), each.value.casefold()):
            return each.value
    offered = ", ".join(_(each.value) for each in field.word)
    raise RuleBroken(_("{field} is one of: {offered}.").format(field=field_name(field.name), offered=offered))


def _found(case: Case, field: FieldShape, typed: str) -> Id:
    if not typed:
        raise RuleBroken(
            _("{field} takes a number, such as {letters}.").format(
                field=field_name(field.name), letters=example(field) or "C1"
            )
        )
    held = case.numbered(typed) or case.numbered(typed.upper())
    if held is None or held.number[:1] in INSIDE:
        raise RuleBroken(_("There is no {number} in this case.").format(number=quoted(typed)))
    return held.id


def _inner(field: FieldShape) -> tuple[FieldShape, ...]:
    return shape(field.record) if field.record is not None else ()
