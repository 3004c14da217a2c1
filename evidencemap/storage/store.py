"""The work store: a case in tables, each edit one durable transaction with its line in the journal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case, everything
from evidencemap.model.edit import Change, Edit
from evidencemap.model.plain import canonical
from evidencemap.model.records import Id
from evidencemap.storage import journal, merkle
from evidencemap.storage.driver import (
    Connection,
    connect,
    connect_plainly,
    connect_to_read,
    explained,
    refuse_busy,
    transaction,
)
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.migrating import migrate
from evidencemap.storage.passphrases import Key, secret
from evidencemap.storage.reading import read_case, read_last, read_leaves, read_lines, read_outline
from evidencemap.storage.tables import APPLICATION_ID, SHAPES, STEPS, STEPS_OF, VERSION
from evidencemap.storage.writing import add_line, write_edit
from evidencemap.tongue import _


class Store:
    """One open work store: the only connection to it, and what it needs to write edits quickly."""

    def __init__(
        self, connection: Connection, keys: dict[Id, int] | None = None, key: Key | None = None
    ) -> None:
        self._connection = connection
        self._key = key
        self._keys = keys or {}
        self._next_key = max(self._keys.values(), default=0) + 1
        with explained(""):
            self._last = read_last(connection)

    @property
    def connection(self) -> Connection:
        """Return the one connection, for the modules of this folder that keep other tables."""
        return self._connection

    @property
    def key(self) -> Key | None:
        """Return the key of the store; None where it is not encrypted."""
        return self._key

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
        with explained(_("The case cannot be read.")):
            case = read_case(self._connection, self._keys)
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
            write_edit(self._connection, edit, after, self._keys, keys)
            for letter, digits in after.highest.items():
                if before.highest.get(letter) != digits:
                    self._connection.execute("insert or replace into highest values (?, ?)", (letter, digits))
            line = add_line(
                self._connection, self._last, kind=kind, label=edit.label, payload=payload, by=by, of=of
            )
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
            line = add_line(self._connection, self._last, kind=kind, label=label, payload=payload)
        self._last = line
        return line

    def line(self, entry: int) -> Line:
        """Return one line of the journal. Raises CaseFileRefused where there is none."""
        for found in self.lines(since=entry - 1, upto=entry):
            return found
        raise CaseFileRefused(_("The journal has no entry {entry}.").format(entry=entry))

    def lines(self, since: int = 0, upto: int = 1 << 62) -> Iterator[Line]:
        """Yield the lines after the entry `since`, in order."""
        with explained(_("The journal cannot be read.")):
            yield from read_lines(self._connection, since, upto)

    def outline(self, since: int = 0) -> Iterator[Line]:
        """Yield the lines after the entry `since` without their payloads, which may be large."""
        with explained(_("The journal cannot be read.")):
            yield from read_outline(self._connection, since)

    def root(self) -> tuple[bytes, int]:
        """Return the state root over all rows, and how many leaves it has."""
        with explained(_("The case cannot be read.")):
            leaves = read_leaves(self._connection)
        return merkle.root(leaves), len(leaves)

    def publication(self) -> Line:
        """Write down, if anything came since the last one, that the case is published in this state."""
        if self._last is not None and self._last.kind is LineKind.PUBLISH:
            return self._last
        root, leaves = self.root()
        return self.append(LineKind.PUBLISH, "Publish", canonical({"root": root.hex(), "leaves": leaves}))

    def copy_to(self, path: Path) -> None:
        """Write the whole store as one file that has no journal beside it. The path must be free."""
        with explained(_("The copy was not made.")):
            refuse_busy(self._connection)
            target = connect_plainly(path, secret(self._key))
            try:
                self._connection.backup(target)
                if self._key is not None:
                    # The page that says "write-ahead log" is encrypted: only the driver can change it.
                    target.execute("pragma journal_mode = delete")
            finally:
                target.close()

    def close(self) -> None:
        """Close the connection. The store stays where it is."""
        self._connection.close()


def create_store(
    path: Path,
    case: Case,
    label: str,
    *,
    origin: tuple[LineKind, str, str] | None = None,
    key: Key | None = None,
) -> Store:
    """Make a work store that holds a case, with one line in its journal that says where it came from.

    `origin` is a line before that: its kind, label and payload.
    """
    with explained(_("The case was not made.")):
        connection = connect(path, secret(key))
        try:
            _make_tables(connection)
            store = Store(connection, key=key)
            if origin is not None:
                store.append(*origin)
            nothing = Case(id=case.id, tables={}, entities={}, by_number={}, highest={})
            changes = tuple(Change(before=None, after=entity) for entity in everything(case))
            store.write(nothing, Edit(label=label, changes=changes), case, kind=LineKind.IMPORT)
        except BaseException:
            connection.close()
            raise
    return store


def _make_tables(connection: Connection) -> None:
    """Make the newest shape at once, as the steps to it would one after the other.

    The library that does the steps is not asked: to load it takes a tenth of a start.
    """
    with transaction(connection):
        for text in SHAPES[VERSION].values():
            connection.execute(text)
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(f"pragma user_version = {VERSION}")
        now = str(datetime.now(UTC))
        connection.executemany(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)",
            [(STEPS_OF, step, now) for step in STEPS],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a database of ours holds: the case, the row of each id, the journal without payloads."""

    case: Case
    keys: dict[Id, int]
    lines: tuple[Line, ...] = ()


def load_plainly(
    path: Path, key: Key | None = None, progress: Callable[[float], None] | None = None
) -> Loaded:
    """Return the case that a database of ours holds, without its journal, without locking or changing it.

    `progress` hears the part done, from 0 to 1; what it raises stops this.
    """
    keys: dict[Id, int] = {}
    with explained(_("The case cannot be read.")):
        connection = connect_to_read(path, secret(key))
        try:
            case = read_case(connection, keys, progress)
        finally:
            connection.close()
    return Loaded(case=case, keys=keys)


def outline_of(path: Path, key: Key | None = None) -> tuple[Line, ...]:
    """Return the lines of the journal in a database of ours without their payloads, which may be large."""
    with explained(_("The journal cannot be read.")):
        connection = connect_to_read(path, secret(key))
        try:
            return tuple(read_outline(connection, 0))
        finally:
            connection.close()


def open_store(path: Path, keys: dict[Id, int] | None = None, key: Key | None = None) -> Store:
    """Open a work store that was left, completing what its write-ahead log holds, brought up to date.

    `keys` gives the row of each id where the case is loaded already; else call `load` before writing.
    """
    with explained(_("The work that was kept cannot be opened.")):
        connection = connect(path, secret(key))
        try:
            (version,) = connection.execute("pragma user_version").fetchone()
            if version < VERSION:
                connection.close()
                migrate(path, key)
                connection = connect(path, secret(key))
            store = Store(connection, keys, key)
        except BaseException:
            connection.close()
            raise
    return store
