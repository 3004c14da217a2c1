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
    columns_text,
    file_leaf,
    highest_leaf,
    line_digest,
    row_in_sql,
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
    _check_pointers(trusted)
    yield from _entities(trusted, SHAPES[version])
    yield from _journal(trusted)
    yield from _exhibits(trusted)
    _read_the_rest(trusted)


def _check_pointers(trusted: apsw.Connection) -> None:
    """Refuse rows that point at none. A row of a kind without its thing is refused where it is read."""
    tables = ["chunk"]
    least, most, count = _first(trusted, "select min(key), max(key), count(*) from entity")
    if count and most - least + 1 == count:
        # Every key between the two is there: what lies between them points at something.
        (outside,) = _first(
            trusted,
            "select count(*) from reference"
            " where owner not between ?1 and ?2 or target not between ?1 and ?2",
            (least, most),
        )
        if outside:
            raise RefusedError("dangling", table="reference")
    else:
        tables.append("reference")
    for table in tables:
        for _row in trusted.execute(f"pragma main.foreign_key_check({table})"):
            raise RefusedError("dangling", table=table)


def _entities(trusted: apsw.Connection, shape: dict[str, str]) -> Iterator[Denial]:
    (odd,) = _first(trusted, "select count(*) from entity where instr(id, char(0))")
    if odd:
        raise RefusedError("text")
    given = dict(trusted.execute("select kind, count(*) from entity group by kind"))
    pointers = _pointers(trusted)
    for kind in dict.fromkeys(("header", *LETTERS.values())):
        read, rows = _NUMBERS[kind].fullmatch, 0
        for key, number, leaf, text in _rows(trusted, kind, shape[kind]):
            rows += 1
            if read(number) is None:
                raise RefusedError("number", number=repr(plain(number)))
            if "\\u0000" in text:
                _check_texts(json.loads(text))
            if text_leaf(f"{text[:-1]},{pointers.get(key, '[]')}]") != leaf:
                yield "thing", {"number": number}
        (kept,) = _first(trusted, f'select count(*) from "{kind}"')
        if kept != rows or given.pop(kind, 0) != rows:
            raise RefusedError("unpaired", table=kind)
    if given:
        raise RefusedError("unpaired", table="entity")
    # By its index, a text is ordered as its bytes are.
    ordered = [leaf for (leaf,) in trusted.execute("select leaf from entity order by number")]
    ordered.append(highest_leaf(trusted.execute("select letter, digits from highest")))
    ordered.extend(
        file_leaf(sha256, size)
        for sha256, size in trusted.execute("select sha256, size from file order by sha256")
    )
    yield from _published_root(trusted, root(ordered), len(ordered))


def _pointers(trusted: apsw.Connection) -> dict[int, str]:
    """Return what each row points at, in the JSON of which its digest is made.

    The database writes it, in the order in which it keeps the references: by owner, field and position.
    """
    query = (
        "select owner, json_group_array(json_array(field, position, number))"
        " from reference not indexed cross join entity on key = target group by owner"
    )
    return dict(trusted.execute(query))


def _rows(trusted: apsw.Connection, kind: str, definition: str) -> Iterator[tuple[int, str, bytes, str]]:
    """Yield of each row of a kind its key, number, leaf, and the JSON of which the leaf must be made,
    without its references.

    The database writes the JSON, as `digests.row_text` does: that takes a quarter of the time. A number
    with a fraction it writes otherwise, so that the rows of a kind that has some are written here.
    """
    columns = columns_of(definition)[1:]
    joined = f"from \"{kind}\" t cross join entity e on e.key = t.key and e.kind = '{kind}'"
    if " real " not in definition:
        yield from trusted.execute(f"select e.key, e.number, e.leaf, {row_in_sql(kind, columns)} {joined}")
        return
    listed = ", ".join(f't."{each}"' for each in columns)
    for key, number, leaf, *values in trusted.execute(f"select e.key, e.number, e.leaf, {listed} {joined}"):
        yield key, number, leaf, columns_text(kind, number, values)


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
    (headers,) = _first(trusted, "select count(*) from header")
    if headers != 1:
        raise RefusedError("header")


def _first(trusted: apsw.Connection, query: str, values: tuple[object, ...] = ()) -> Any:
    return next(iter(trusted.execute(query, values)))


def _check_texts(values: Iterable[object]) -> None:
    if any(isinstance(each, str) and "\0" in each for each in values):
        raise RefusedError("text")
