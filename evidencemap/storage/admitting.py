"""How the gate takes rows out of a file that nobody trusts yet, into a database that this program makes."""

import re
from collections.abc import Callable

import apsw

from evidencemap.storage.refusals import RefusedError, plain
from evidencemap.storage.tables import APPLICATION_ID, SHAPES, columns_of, stored, type_of

HEAP = 192 << 20
"""Bytes of memory that the database library may have."""

MOST_ROWS = 20_000_000
"""Rows that a case may have, references included."""

_SWITCHES = {
    "DEFENSIVE": 1,
    "TRUSTED_SCHEMA": 0,
    "ENABLE_TRIGGER": 0,
    "ENABLE_VIEW": 0,
    "ENABLE_LOAD_EXTENSION": 0,
    "WRITABLE_SCHEMA": 0,
    "DQS_DDL": 0,
    "DQS_DML": 0,
    "ENABLE_ATTACH_CREATE": 0,
    "ENABLE_ATTACH_WRITE": 0,
    "ENABLE_FTS3_TOKENIZER": 0,
}

_LIMITS = {
    "LENGTH": 64 << 20,
    "SQL_LENGTH": 20_000,
    "COLUMN": 40,
    "EXPR_DEPTH": 50,
    "COMPOUND_SELECT": 5,
    "VDBE_OP": 25_000,
    "FUNCTION_ARG": 16,
    "ATTACHED": 1,
    "LIKE_PATTERN_LENGTH": 200,
    "VARIABLE_NUMBER": 50,
    "TRIGGER_DEPTH": 1,
    "WORKER_THREADS": 0,
}

_LATER = frozenset(("journal", "file", "chunk", "seal", "token"))
"""The tables of which no case is made: they are copied once the rows can be read."""

_FUNCTIONS = frozenset(("length", "count", "max", "min", "total"))


def opened(target: str, copy: str, key: str) -> apsw.Connection:
    """Open a new database with a private copy of a file from outside attached to be read, within limits.

    Raises RefusedError where an encrypted copy does not open with the key.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
    connection = apsw.Connection(f"file:{_quoted(target)}?mode=rwc{_cipher(key)}", flags=flags)
    for name, value in _SWITCHES.items():
        option = getattr(apsw, f"SQLITE_DBCONFIG_{name}", None)
        if option is not None and not name.startswith("ENABLE_ATTACH"):
            connection.config(option, value)
    pragmas = connection.execute(
        f"pragma hard_heap_limit = {HEAP}; pragma cell_size_check = on; pragma mmap_size = 0;"
        "pragma temp_store = memory; pragma journal_mode = memory; pragma synchronous = off;"
        "pragma locking_mode = exclusive; pragma trusted_schema = off; pragma cache_size = -64000;"
    )
    list(pragmas)  # some answer with a row, and what follows one is run only once that was read
    try:
        connection.execute(f"attach 'file:{_quoted(copy)}?mode=ro&immutable=1{_cipher(key)}' as outside")
    except apsw.NotADBError:
        if not key:
            raise
        raise RefusedError("passphrase") from None
    for name, value in _LIMITS.items():
        option = getattr(apsw, f"SQLITE_LIMIT_{name}", None)
        if option is not None:
            connection.limit(option, value)
    for name in ("ENABLE_ATTACH_CREATE", "ENABLE_ATTACH_WRITE"):
        option = getattr(apsw, f"SQLITE_DBCONFIG_{name}", None)
        if option is not None:
            connection.config(option, 0)
    return connection


def opened_again(target: str, key: str) -> apsw.Connection:
    """Open the database that was made, to read it alone."""
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"file:{_quoted(target)}?mode=ro&immutable=1{_cipher(key)}", flags=flags)


def rows_copied(connection: apsw.Connection, version: int, tell: Callable[..., None]) -> int:
    """Demand exactly our schema of the file outside, copy the rows of things, and return its version.

    `version` is 0 for an encrypted file, which says its own. Raises RefusedError with the reason.
    """
    version = version or _version_inside(connection)
    shape = SHAPES[version]
    _check_schema(connection, shape)
    tell(stage="checking")
    for (answer,) in connection.execute("pragma outside.quick_check(1)"):
        if answer != "ok":
            raise RefusedError("damaged", how=plain(answer))
    _check_size(connection, shape)
    tell(stage="copying")
    _copy(connection, shape, [name for name in _tables(shape) if name not in _LATER], tell)
    connection.execute(f"pragma application_id = {APPLICATION_ID}; pragma user_version = {version}")
    return version


def rest_copied(connection: apsw.Connection, version: int, tell: Callable[..., None]) -> None:
    """Copy to the rows that `rows_copied` took what else the file holds, and make the indexes."""
    shape = SHAPES[version]
    indexes = [name for name, text in shape.items() if type_of(text) == "index"]
    _copy(connection, shape, [*(name for name in _tables(shape) if name in _LATER), *indexes], tell)


def _cipher(key: str) -> str:
    """Return what makes apsw-sqlite3mc read and write the pages of SQLCipher 4 under a key."""
    return f"&cipher=sqlcipher&legacy=4&key=raw:{key}" if key else ""


def _version_inside(connection: apsw.Connection) -> int:
    """Return the version of an encrypted file, whose header cannot be looked at from outside."""
    (identity,) = next(iter(connection.execute("pragma outside.application_id")))
    (version,) = next(iter(connection.execute("pragma outside.user_version")))
    if identity != APPLICATION_ID:
        raise RefusedError("another")
    if version > max(SHAPES):
        raise RefusedError("newer", version=version, known=max(SHAPES))
    if version not in SHAPES:
        raise RefusedError("unknown")
    return int(version)


def _check_schema(connection: apsw.Connection, shape: dict[str, str]) -> None:
    wanted = {(type_of(text), name, stored(text)) for name, text in shape.items()}
    found = set()
    for count, (type_, name, table, text) in enumerate(
        connection.execute("select type, name, tbl_name, sql from outside.sqlite_schema")
    ):
        if count > 100:
            raise RefusedError("tables")
        if (
            type_ == "index"
            and text is None
            and table in shape
            and name.startswith(f"sqlite_autoindex_{table}_")
        ):
            continue
        if (type_, name, text) not in wanted:
            raise RefusedError("extra", type=plain(type_), object=plain(name))
        found.add((type_, name, text))
    for _type, name, _text in sorted(wanted - found):
        raise RefusedError("lacking", object=name)
    if next(iter(connection.execute("pragma outside.freelist_count")))[0] < 0:
        raise RefusedError("damaged", how="freelist")


def _check_size(connection: apsw.Connection, shape: dict[str, str]) -> None:
    counts = (
        next(iter(connection.execute(f'select count(*) from outside."{name}"')))[0] for name in _tables(shape)
    )
    if sum(counts) > MOST_ROWS:
        raise RefusedError("rows")


def _tables(shape: dict[str, str]) -> list[str]:
    return [name for name, text in shape.items() if type_of(text) == "table"]


def _copy(
    connection: apsw.Connection, shape: dict[str, str], names: list[str], tell: Callable[..., None]
) -> None:
    """Make tables and indexes of our own, and fill the tables from the file outside."""
    connection.authorizer = _authorizer(shape)
    connection.execute("begin")
    for done, name in enumerate(names):
        connection.execute(shape[name])
        if type_of(shape[name]) == "table":
            columns = ", ".join(f'"{each}"' for each in columns_of(shape[name]))
            connection.execute(
                f'insert into main."{name}" ({columns}) select {columns} from outside."{name}"'
            )
        tell(stage="copying", part=done / len(names))
    connection.execute("commit")
    connection.authorizer = None


def _authorizer(shape: dict[str, str]) -> Callable[..., int]:
    schema = frozenset(("sqlite_schema", "sqlite_master", "sqlite_stat1"))
    making = frozenset(
        (apsw.SQLITE_CREATE_TABLE, apsw.SQLITE_CREATE_INDEX, apsw.SQLITE_REINDEX, apsw.SQLITE_INSERT)
    )

    def decide(
        operation: int, first: str | None, second: str | None, database: str | None, inner: str | None
    ) -> int:
        if inner is not None:
            return apsw.SQLITE_DENY
        if operation in (apsw.SQLITE_SELECT, apsw.SQLITE_TRANSACTION):
            return apsw.SQLITE_OK
        if operation == apsw.SQLITE_READ and (first in shape or first in schema):
            return apsw.SQLITE_OK
        if operation == apsw.SQLITE_FUNCTION and second in _FUNCTIONS:
            return apsw.SQLITE_OK
        if operation in making and database == "main":
            return apsw.SQLITE_OK
        if operation == apsw.SQLITE_UPDATE and first in schema and database == "main":
            return apsw.SQLITE_OK
        return apsw.SQLITE_DENY

    return decide


def _quoted(path: str) -> str:
    return re.sub(r"[%?#]", lambda found: f"%{ord(found[0]):02x}", path).replace("'", "''")
