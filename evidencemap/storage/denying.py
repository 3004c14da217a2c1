"""Whether every digest agrees with the rows that the gate took: things, journal, exhibits, state root."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import apsw

from evidencemap.storage.digests import (
    START,
    file_leaf,
    highest_leaf,
    json_text,
    line_digest,
    rows_text,
    text_leaf,
)
from evidencemap.storage.merkle import root
from evidencemap.storage.refusals import RefusedError, plain
from evidencemap.storage.tables import CHUNK, LETTERS, SHAPES, columns_of

Denial = tuple[str, dict[str, Any]]
"""What a digest denies: a code of `refusals.denial` and its values."""

_DIGITS = "[1-9][0-9]{0,8}"

_NUMBERS = {
    "header": re.compile("case"),
    "placement": re.compile(f"@[A-Z]{_DIGITS}"),
    **{
        table: re.compile(f"[{''.join(each for each in LETTERS if LETTERS[each] == table)}]{_DIGITS}")
        for table in LETTERS.values()
        if table != "placement"
    },
}


def denials(trusted: apsw.Connection, version: int) -> Iterator[Denial]:
    """Yield what the digests in a database of ours deny; nothing where all of them agree.

    Raises RefusedError where its rows are none that a case can have.
    """
    for table, *_more in trusted.execute("pragma main.foreign_key_check"):
        raise RefusedError("dangling", table=table)
    shape = SHAPES[version]
    yield from _entities(trusted, shape)
    yield from _journal(trusted)
    yield from _exhibits(trusted)
    _read_the_rest(trusted)


def _entities(trusted: apsw.Connection, shape: dict[str, str]) -> Iterator[Denial]:
    numbers: dict[int, str] = {}
    leaves: dict[str, bytes] = {}
    tables: dict[str, list[str]] = {}
    for key, id_, number, kind, leaf in trusted.execute("select key, id, number, kind, leaf from entity"):
        if "\0" in id_:
            raise RefusedError("text")
        numbers[key] = number
        leaves[number] = leaf
        held = tables.get(kind)
        if held is None:
            held = tables[kind] = []
        held.append(number)
    for kind, given in tables.items():
        _check_numbers(kind, given)
    pointers = _pointers(trusted, numbers)
    for kind in dict.fromkeys(("header", *LETTERS.values())):
        columns = ", ".join(f't."{each}"' for each in columns_of(shape[kind])[1:])
        rows = 0
        for key, *values in trusted.execute(
            f'select e.key, {columns} from "{kind}" t cross join entity e on e.key = t.key and e.kind = ?',
            (kind,),
        ):
            rows += 1
            number = numbers[key]
            text = rows_text(kind, number, values, pointers.get(key, ""))
            if "\\u0000" in text:
                _check_texts(values)
            if text_leaf(text) != leaves[number]:
                yield "thing", {"number": number}
        (kept,) = next(iter(trusted.execute(f'select count(*) from "{kind}"')))
        if kept != rows or rows != len(tables.get(kind, ())):
            raise RefusedError("unpaired", table=kind)
    ordered = [leaves[number] for number in sorted(leaves, key=str.encode)]
    ordered.append(highest_leaf(trusted.execute("select letter, digits from highest")))
    ordered.extend(
        file_leaf(sha256, size)
        for sha256, size in trusted.execute("select sha256, size from file order by sha256")
    )
    yield from _published_root(trusted, root(ordered), len(ordered))


def _pointers(trusted: apsw.Connection, numbers: dict[int, str]) -> dict[int, str]:
    """Return what each row points at, in the JSON of which its digest is made.

    The numbers were looked at before: they need no escape in JSON.
    """
    pointers: dict[int, str] = {}
    fields: dict[str, str] = {}
    for owner, field, place, target in trusted.execute(
        "select owner, field, position, target from reference order by owner, field, position"
    ):
        begun = fields.get(field)
        if begun is None:
            begun = fields[field] = f"[{json_text(field)},"
        text = f'{begun}{place},"{numbers[target]}"]'
        before = pointers.get(owner)
        pointers[owner] = text if before is None else f"{before},{text}"
    return pointers


def _published_root(trusted: apsw.Connection, found: bytes, leaves: int) -> Iterator[Denial]:
    last = next(
        iter(trusted.execute("select entry, kind, payload from journal order by entry desc limit 1")), None
    )
    if last is None or last[1] != "publish":
        yield "unpublished", {}
        return
    try:
        said = json.loads(last[2])
        agrees = said == {"root": found.hex(), "leaves": leaves}
    except ValueError:
        agrees = False
    if not agrees:
        yield "root", {"entry": last[0]}


def _journal(trusted: apsw.Connection) -> Iterator[Denial]:
    previous, expected = START, 1
    for entry, at, by, kind, of, label, payload, digest in trusted.execute(
        'select entry, at, "by", kind, of, label, payload, digest from journal order by entry'
    ):
        if entry != expected:
            yield "missing", {"entry": expected}
            return
        fields = (str(entry), at, by, kind, "" if of is None else str(of), label, payload)
        if line_digest(previous, fields) != digest:
            yield "entry", {"entry": entry}
            return
        previous, expected = digest, expected + 1


def _exhibits(trusted: apsw.Connection) -> Iterator[Denial]:
    for key, sha256, size in trusted.execute("select key, sha256, size from file"):
        digest, held, place, full = hashlib.sha256(), 0, 0, True
        for position, block in trusted.execute(
            "select position, bytes from chunk where file = ? order by position", (key,)
        ):
            if position != place or not full:
                break
            digest.update(block)
            held, place, full = held + len(block), place + 1, len(block) == CHUNK
        if held != size or digest.hexdigest() != sha256:
            named = trusted.execute(
                "select e.number from exhibit x join entity e on e.key = x.key where x.sha256 = ?", (sha256,)
            )
            yield "content", {"numbers": list(chain.from_iterable(named))}


def _read_the_rest(trusted: apsw.Connection) -> None:
    for table in ("_sqlite_migrations", "highest", "seal", "token"):
        for row in trusted.execute(f'select * from "{table}"'):
            _check_texts(row)
    (headers,) = next(iter(trusted.execute("select count(*) from header")))
    if headers != 1:
        raise RefusedError("header")


def _check_numbers(kind: str, numbers: list[str]) -> None:
    form = _NUMBERS.get(kind)
    for number in numbers:
        if form is None or form.fullmatch(number) is None:
            raise RefusedError("number", number=repr(plain(number)))


def _check_texts(values: Iterable[object]) -> None:
    if any(isinstance(each, str) and "\0" in each for each in values):
        raise RefusedError("text")
