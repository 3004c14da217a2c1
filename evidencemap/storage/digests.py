"""The digests of rows and of lines: what the chain and the state root are made of. Standard library only."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterable, Sequence

from evidencemap.storage.tables import ADDED, SHAPES, columns_of

START = b"\0" * 32
"""What the first line of a journal is chained to."""


def row_leaf(
    table: str, number: str, values: Iterable[object], pointers: Sequence[Sequence[object]]
) -> bytes:
    """Return the digest of one entity: SHA-256 of a zero byte and its row as JSON.

    The JSON is a list: table, number, the columns in the order of the table, and the references as
    [field, place, number of the target], sorted by field and place. Ids do not enter, nor do columns at
    the end that came after the first shape, as long as they and all after them are empty.
    """
    return text_leaf(row_text(table, number, values, pointers))


def row_text(table: str, number: str, values: Iterable[object], pointers: Sequence[Sequence[object]]) -> str:
    """Return the JSON of which a row's digest is made."""
    return "".join(_encode([table, number, *_filled(table, list(values)), pointers], 0))


def columns_text(table: str, number: str, values: list[object]) -> str:
    """Return what `row_text` does, without the references at its end."""
    return "".join(_encode([table, number, *_filled(table, values)], 0))


def row_in_sql(table: str, columns: Sequence[str]) -> str:
    """Return the expression by which a database makes what `columns_text` does.

    The columns are those of a row `t`, the number that of a row `e`. None may hold a number with a
    fraction, which the database writes otherwise.
    """
    added = ADDED.get(table, {})
    first = sum(each not in added for each in columns)
    written = [f"'{table}'", "e.number", *(f't."{each}"' for each in columns)]
    # The empty columns at the end are left out: as many as are empty, looking at most of them first.
    shorter = [
        "when {} then json_array({})".format(
            " and ".join(f"t.\"{each}\" = '{added[each]}'" for each in columns[upto:]),
            ", ".join(written[: upto + 2]),
        )
        for upto in range(first, len(columns))
    ]
    whole = f"json_array({', '.join(written)})"
    return f"case {' '.join(shorter)} else {whole} end" if shorter else whole


def text_leaf(text: str) -> bytes:
    """Return the digest of a row by its JSON."""
    return hashlib.sha256(f"\0{text}".encode("utf-8", "surrogatepass")).digest()


def highest_leaf(highest: Iterable[Sequence[object]]) -> bytes:
    """Return the digest of the highest numbers given: one leaf, the letters in order."""
    flat = [value for pair in sorted(tuple(row) for row in highest) for value in pair]
    return row_leaf("highest", "", flat, ())


def file_leaf(sha256: str, size: int) -> bytes:
    """Return the digest that says that the bytes with a SHA-256 are in the file, and how many they are."""
    return row_leaf("file", "", (sha256, size), ())


def line_digest(previous: bytes, fields: Sequence[str]) -> bytes:
    """Return the digest of a line of the journal: SHA-256 over the digest before and its fields.

    Each, the digest before included, is preceded by its length in bytes as eight bytes, the
    highest first; texts are UTF-8. The fields are entry, at, by, kind, of, label and payload, numbers
    in decimal, an absent `of` empty.
    """
    hashed = hashlib.sha256(struct.pack(">Q", len(previous)) + previous)
    for each in fields:
        raw = each.encode("utf-8", "surrogatepass")
        hashed.update(struct.pack(">Q", len(raw)) + raw)
    return hashed.digest()


def _filled(table: str, values: list[object]) -> list[object]:
    """Return the values of a row without the empty ones at its end that the first shape had no column for."""
    if table not in _EMPTY:
        return values
    first, empty = _EMPTY[table]
    last = len(values)
    while last > first and values[last - 1] == empty[last - 1 - first]:
        last -= 1
    return values[:last]


_EMPTY = {
    table: (len(columns_of(SHAPES[1][table])) - 1, tuple(columns.values()))
    for table, columns in ADDED.items()
}


def _encoder() -> Callable[[object, int], Iterable[str]]:
    # The encoder of the standard library makes this anew for each value, which takes half of its time.
    fast = getattr(json.encoder, "c_make_encoder", None)
    if fast is None:
        plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return lambda value, level: plain.iterencode(value)
    text = json.encoder.encode_basestring
    made: Callable[[object, int], Iterable[str]] = fast(None, None, text, None, ":", ",", False, False, False)
    return made


_encode = _encoder()
