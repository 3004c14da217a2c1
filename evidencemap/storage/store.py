"""The work store: a case in tables, each edit one durable transaction with its line in the journal."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case, case_of, everything
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS
from evidencemap.model.plain import canonical
from evidencemap.model.records import Id
from evidencemap.storage import journal, merkle
from evidencemap.storage.digests import highest_leaf, row_leaf
from evidencemap.storage.driver import (
    Connection,
    connect,
    connect_plainly,
    connect_to_read,
    explained,
    transaction,
)
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.rows import columns, from_row, table_of, to_row
from evidencemap.storage.tables import VERSION


class Store:
    """One open work store: the only connection to it, and what it needs to write edits quickly."""

    def __init__(self, connection: Connection, keys: dict[Id, int] | None = None) -> None:
        self._connection = connection
        self._keys = keys or {}
        self._next_key = max(self._keys.values(), default=0) + 1
        self._last = self._read_last()

    @property
    def connection(self) -> Connection:
        """Return the one connection, for the modules of this folder that keep other tables."""
        return self._connection

    @property
    def keys(self) -> dict[Id, int]:
        """Return the row of each id, as `open_store` takes it."""
        return self._keys

    @property
    def last(self) -> Line | None:
        """Return the last line of the journal."""
        return self._last

    def load(self) -> Case:
        """Return the case that the tables hold. Raises CaseFileRefused where they hold none."""
        with explained("The case cannot be read."):
            case = _read_case(self._connection, self._keys)
        self._next_key = max(self._keys.values(), default=0) + 1
        return case

    def write(
        self,
        before: Case,
        edit: Edit,
        after: Case,
        *,
        kind: LineKind = LineKind.DO,
        of: int | None = None,
        by: str = "",
    ) -> Line:
        """Make an edit true: its rows and one line of the journal, durable when this returns.

        Raises CaseFileRefused where the disk refuses; then nothing has changed.
        """
        payload = journal.payload_of(before, edit, after)
        keys = {
            change.id: self._next_key + place
            for place, change in enumerate(each for each in edit.changes if each.before is None)
        }
        with transaction(self._connection):
            for change in edit.changes:
                self._write_change(change, after, keys)
            for letter, digits in after.highest.items():
                if before.highest.get(letter) != digits:
                    self._connection.execute("insert or replace into highest values (?, ?)", (letter, digits))
            line = self._write_line(kind=kind, label=edit.label, payload=payload, by=by, of=of)
        self._keys.update(keys)
        for change in edit.changes:
            if change.after is None:
                del self._keys[change.id]
        self._next_key += len(keys)
        self._last = line
        return line

    def append(self, kind: LineKind, label: str, payload: str) -> Line:
        """Add a line to the journal that changes no row."""
        with transaction(self._connection):
            line = self._write_line(kind=kind, label=label, payload=payload)
        self._last = line
        return line

    def line(self, entry: int) -> Line:
        """Return one line of the journal. Raises CaseFileRefused where there is none."""
        for found in self.lines(since=entry - 1, upto=entry):
            return found
        raise CaseFileRefused(f"The journal has no entry {entry}.")

    def lines(self, since: int = 0, upto: int = 1 << 62) -> Iterator[Line]:
        """Yield the lines after the entry `since`, in order."""
        with explained("The journal cannot be read."):
            yield from read_lines(self._connection, since, upto)

    def outline(self, since: int = 0) -> Iterator[Line]:
        """Yield the lines after the entry `since` without their payloads, which may be large."""
        with explained("The journal cannot be read."):
            yield from _read_outline(self._connection, since)

    def root(self) -> tuple[bytes, int]:
        """Return the state root over all rows, and how many leaves it has."""
        with explained("The case cannot be read."):
            leaves = [row[0] for row in self._connection.execute("select leaf from entity order by number")]
            leaves.append(highest_leaf(self._connection.execute("select letter, digits from highest")))
        return merkle.root(leaves), len(leaves)

    def publication(self) -> Line:
        """Write down, if anything came since the last one, that the case is published in this state."""
        if self._last is not None and self._last.kind is LineKind.PUBLISH:
            return self._last
        root, leaves = self.root()
        return self.append(LineKind.PUBLISH, "Publish", canonical({"root": root.hex(), "leaves": leaves}))

    def copy_to(self, path: Path) -> None:
        """Write the whole store as one file that has no journal beside it. The path must be free."""
        with explained("The copy was not made."):
            target = connect_plainly(path)
            try:
                self._connection.backup(target)
            finally:
                target.close()

    def close(self) -> None:
        """Close the connection. The store stays where it is."""
        self._connection.close()

    def _read_last(self) -> Line | None:
        with explained(""):
            found = self._connection.execute(
                'select entry, at, "by", kind, of, label, payload, digest from journal'
                " order by entry desc limit 1"
            ).fetchone()
        return None if found is None else _line(found)

    def _write_line(
        self, *, kind: LineKind, label: str, payload: str, by: str = "", of: int | None = None
    ) -> Line:
        line = journal.next_line(
            self._last, at=utc_now(), kind=kind, label=label, payload=payload, by=by, of=of
        )
        self._connection.execute(
            "insert into journal values (?, ?, ?, ?, ?, ?, ?, ?)",
            (line.entry, line.at, line.by, line.kind.value, line.of, line.label, line.payload, line.digest),
        )
        return line

    def _write_change(self, change: Change, after: Case, keys: dict[Id, int]) -> None:
        run = self._connection.execute
        table = table_of(type(change.entity))
        if change.after is None:
            key = self._keys[change.id]
            run(f"delete from {table} where key = ?", (key,))
            run("delete from reference where owner = ?", (key,))
            run("delete from entity where key = ?", (key,))
            return
        row = to_row(change.after)
        digest = entity_leaf(change.after, after)
        if change.before is None:
            key = keys[change.id]
            run(
                "insert into entity values (?, ?, ?, ?, ?)",
                (key, change.id, change.after.number, table, digest),
            )
            old_pointers: tuple[Any, ...] = ()
        else:
            key = self._keys[change.id]
            run("update entity set leaf = ? where key = ?", (digest, key))
            old_pointers = to_row(change.before).pointers
        marks = ", ".join("?" * (len(row.values) + 1))
        run(f"insert or replace into {table} values ({marks})", (key, *row.values))
        if row.pointers != old_pointers:
            if old_pointers:
                run("delete from reference where owner = ?", (key,))
            self._connection.executemany(
                "insert into reference values (?, ?, ?, ?)",
                [
                    (key, field, place, keys.get(target) or self._keys[target])
                    for field, place, target in row.pointers
                ],
            )


def create_store(path: Path, case: Case, label: str) -> Store:
    """Make a work store that holds a case, with one line in its journal that says where it came from."""
    from sqlite_utils import Database

    from evidencemap.storage.migrations import bring_up

    with explained("The case was not made."):
        connection = connect(path)
        try:
            bring_up(Database(connection, execute_plugins=False))
            store = Store(connection)
            nothing = Case(id=case.id, tables={}, entities={}, by_number={}, highest={})
            changes = tuple(Change(before=None, after=entity) for entity in everything(case))
            store.write(nothing, Edit(label=label, changes=changes), case, kind=LineKind.IMPORT)
        except BaseException:
            connection.close()
            raise
    return store


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a database of ours holds: the case, the row of each id, the journal without payloads."""

    case: Case
    keys: dict[Id, int]
    lines: tuple[Line, ...]


def load_plainly(path: Path) -> Loaded:
    """Return what a database of ours holds without locking or changing it."""
    keys: dict[Id, int] = {}
    with explained("The case cannot be read."):
        connection = connect_to_read(path)
        try:
            case = _read_case(connection, keys)
            lines = tuple(_read_outline(connection, 0))
        finally:
            connection.close()
    return Loaded(case=case, keys=keys, lines=lines)


def open_store(path: Path, keys: dict[Id, int] | None = None) -> Store:
    """Open a work store that was left, completing what its write-ahead log holds, brought up to date.

    `keys` gives the row of each id where the case is loaded already; else call `load` before writing.
    """
    with explained("The work that was kept cannot be opened."):
        connection = connect(path)
        try:
            (version,) = connection.execute("pragma user_version").fetchone()
            store = Store(connection, keys)
            if version < VERSION:
                _migrate(store, version)
        except BaseException:
            connection.close()
            raise
    return store


def utc_now() -> str:
    """Return the time as the journal writes it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read_case(connection: Connection, keys: dict[Id, int]) -> Case:
    # Hundreds of thousands of small objects are made here and none is garbage: looking for some costs half.
    collecting = gc.isenabled()
    gc.disable()
    try:
        entities = list(_read_entities(connection, keys))
        highest = dict(connection.execute("select letter, digits from highest"))
        return case_of(entities, highest)
    except ValueError as fault:
        raise CaseFileRefused(f"The case file is damaged: {fault}.") from fault
    finally:
        if collecting:
            gc.enable()


def _read_entities(connection: Connection, keys: dict[Id, int]) -> Iterator[Entity]:
    ids: dict[int, Id] = {key: Id(found) for key, found in connection.execute("select key, id from entity")}
    pointers: dict[int, dict[str, list[Id]]] = {}
    within: dict[int, dict[tuple[str, int], Id]] = {}
    query = "select owner, field, position, target from reference order by owner, field, position"
    for owner, field, position, target in connection.execute(query):
        if "." in field:
            within.setdefault(owner, {})[field, position] = ids[target]
        else:
            pointers.setdefault(owner, {}).setdefault(field, []).append(ids[target])
    nothing: dict[str, list[Id]] = {}
    none_within: dict[tuple[str, int], Id] = {}
    for kind in KINDS:
        table = table_of(kind)
        names = ", ".join(f't."{name}"' for name in columns(kind))
        comma = ", " if names else ""
        query = f"select e.key, e.number{comma}{names} from {table} t join entity e on e.key = t.key"
        for key, number, *values in connection.execute(query):
            yield from_row(
                kind, ids[key], number, values, pointers.get(key, nothing), within.get(key, none_within)
            )
    keys.update((found, key) for key, found in ids.items())


def read_lines(connection: Connection, since: int = 0, upto: int = 1 << 62) -> Iterator[Line]:
    """Yield the lines of a journal after one entry, up to another, in order."""
    query = (
        'select entry, at, "by", kind, of, label, payload, digest from journal'
        " where entry > ? and entry <= ? order by entry"
    )
    for row in connection.execute(query, (since, upto)):
        yield _line(row)


def _read_outline(connection: Connection, since: int) -> Iterator[Line]:
    query = (
        "select entry, at, \"by\", kind, of, label, '', digest from journal where entry > ? order by entry"
    )
    for row in connection.execute(query, (since,)):
        yield _line(row)


def entity_leaf(entity: Entity, case: Case) -> bytes:
    """Return the digest of an entity as the case holds it: visible numbers and fields, never ids."""
    row = to_row(entity)
    pointers = [(field, place, case.number(target)) for field, place, target in row.pointers]
    return row_leaf(table_of(type(entity)), entity.number, row.values, pointers)


def _migrate(store: Store, version: int) -> None:
    from sqlite_utils import Database

    from evidencemap.storage.migrations import bring_up

    bring_up(Database(store.connection, execute_plugins=False))
    store.append(
        LineKind.MIGRATE, f"Bring the file from shape {version} to {VERSION}", canonical({"from": version})
    )


def _line(row: Any) -> Line:
    entry, at, by, kind, of, label, payload, digest = row
    try:
        read = LineKind(kind)
    except ValueError as fault:
        raise CaseFileRefused(f"Entry {entry} of the journal is of no kind that is known.") from fault
    return Line(
        entry=entry, at=at, by=by, kind=read, of=of, label=label, payload=payload, digest=bytes(digest)
    )
