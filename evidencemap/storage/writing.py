"""An edit to rows, of which only what it touches is written, and its line in the journal."""

from collections.abc import Iterable, Mapping

from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Entity
from evidencemap.model.records import Id
from evidencemap.storage.digests import row_leaf
from evidencemap.storage.driver import Connection
from evidencemap.storage.journal import Line, LineKind, next_line, utc_now
from evidencemap.storage.rows import Row, table_of, to_row

_POINT = "insert into reference values (?, ?, ?, ?)"


def write_edit(
    connection: Connection, edit: Edit, after: Case, keys: Mapping[Id, int], fresh: Mapping[Id, int]
) -> None:
    """Write the rows of an edit, inside a transaction: what went, what came, what changed.

    `keys` gives the row of each id that the store holds, `fresh` that of each which the edit adds.
    """
    for change in edit.changes:
        if change.after is None:
            _remove(connection, table_of(type(change.entity)), keys[change.id])
    _add([each.after for each in edit.changes if each.before is None], connection, after, keys, fresh)
    for change in edit.changes:
        if change.before is not None and change.after is not None:
            _replace(connection, change.before, change.after, after, keys, fresh)


def add_line(
    connection: Connection,
    last: Line | None,
    *,
    kind: LineKind,
    label: str,
    payload: str,
    by: str = "",
    of: int | None = None,
) -> Line:
    """Add the line of the journal that follows the last one, inside a transaction, and return it."""
    line = next_line(last, at=utc_now(), kind=kind, label=label, payload=payload, by=by, of=of)
    connection.execute(
        "insert into journal values (?, ?, ?, ?, ?, ?, ?, ?)",
        (line.entry, line.at, line.by, line.kind.value, line.of, line.label, line.payload, line.digest),
    )
    return line


def entity_leaf(entity: Entity, row: Row, case: Case) -> bytes:
    """Return the digest of an entity as the case holds it: visible numbers and fields, never ids."""
    pointers = [(field, place, case.number(target)) for field, place, target in row.pointers]
    return row_leaf(table_of(type(entity)), entity.number, row.values, pointers)


def _remove(connection: Connection, table: str, key: int) -> None:
    connection.execute(f"delete from {table} where key = ?", (key,))
    connection.execute("delete from reference where owner = ?", (key,))
    connection.execute("delete from entity where key = ?", (key,))


def _add(
    entities: Iterable[Entity | None],
    connection: Connection,
    after: Case,
    keys: Mapping[Id, int],
    fresh: Mapping[Id, int],
) -> None:
    named: list[tuple[int, str, str, str, bytes]] = []
    rows: dict[str, list[tuple[object, ...]]] = {}
    pointers: list[tuple[int, str, int, int]] = []
    for entity in entities:
        assert entity is not None
        key, table, row = fresh[entity.id], table_of(type(entity)), to_row(entity)
        named.append((key, entity.id, entity.number, table, entity_leaf(entity, row, after)))
        rows.setdefault(table, []).append((key, *row.values))
        pointers.extend(_pointers(key, row, keys, fresh))
    connection.executemany("insert into entity values (?, ?, ?, ?, ?)", named)
    for table, values in rows.items():
        connection.executemany(f"insert into {table} values ({_marks(len(values[0]))})", values)
    connection.executemany(_POINT, pointers)


def _replace(
    connection: Connection,
    before: Entity,
    entity: Entity,
    after: Case,
    keys: Mapping[Id, int],
    fresh: Mapping[Id, int],
) -> None:
    key, table, row = keys[entity.id], table_of(type(entity)), to_row(entity)
    connection.execute("update entity set leaf = ? where key = ?", (entity_leaf(entity, row, after), key))
    marks = _marks(len(row.values) + 1)
    connection.execute(f"insert or replace into {table} values ({marks})", (key, *row.values))
    if row.pointers != to_row(before).pointers:
        connection.execute("delete from reference where owner = ?", (key,))
        connection.executemany(_POINT, _pointers(key, row, keys, fresh))


def _pointers(
    key: int, row: Row, keys: Mapping[Id, int], fresh: Mapping[Id, int]
) -> list[tuple[int, str, int, int]]:
    return [
        (key, field, place, fresh[target] if target in fresh else keys[target])
        for field, place, target in row.pointers
    ]


def _marks(count: int) -> str:
    return ", ".join("?" * count)
