"""What a case file must pass before it is trusted. Runs in a process of its own, with little to lose.

`python -m evidencemap.storage.gate COPY TARGET VERSION SECONDS` reads a private copy of a file from
outside and writes what may be trusted of it into a new database that this program makes. It says on
standard output, a line of JSON each, how far it is, that the target is complete, and the outcome.
"""

import gc
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import apsw

from evidencemap.storage.digests import START, file_leaf, highest_leaf, line_digest, row_text, text_leaf
from evidencemap.storage.merkle import root
from evidencemap.storage.tables import APPLICATION_ID, CHUNK, LETTERS, SHAPES, columns_of, stored, type_of

MEMORY = 512 << 20
"""Bytes of memory that the process may have."""

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

_NUMBER = re.compile(r"[A-Z][1-9][0-9]{0,8}\Z")

_FUNCTIONS = frozenset(("length", "count", "max", "min", "total"))


FAULTS = (apsw.Error, UnicodeError, MemoryError, OverflowError, ValueError, TypeError, KeyError)
"""What reading rows of a damaged file can raise: all of it means that the file is refused."""


class RefusedError(Exception):
    """The file is none that may be trusted; the text is the end of a sentence about it."""


def examine(
    copy: str, target: str, version: int, tell: Callable[..., None], late: Callable[[], bool], key: str = ""
) -> list[str]:
    """Copy what may be trusted into a new database at `target` and return what its digests deny.

    An empty list means that every digest agrees. `tell` hears how far it is; `late` says whether to
    give up. Raises RefusedError where the file is not even one from
    which rows may be taken.
    """
    connection = _open(target, copy, key)
    connection.set_progress_handler(late, 5000)
    try:
        shape = SHAPES[version or _version_inside(connection)]
        _check_schema(connection, shape)
        tell(stage="checking")
        _quick_check(connection)
        connection.authorizer = _authorizer(shape)
        tell(stage="copying")
        _copy_rows(connection, shape, tell)
        connection.authorizer = None
        _check_foreign_keys(connection)
    finally:
        connection.close(True)
    tell(stage="copied", version=version or next(each for each, held in SHAPES.items() if held is shape))
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    trusted = apsw.Connection(f"file:{_quoted(target)}?mode=ro&immutable=1{_cipher(key)}", flags=flags)
    trusted.set_progress_handler(late, 5000)
    try:
        damage = list(_entities(trusted, shape))
        damage.extend(_journal(trusted))
        damage.extend(_exhibits(trusted))
        _read_the_rest(trusted, shape)
    finally:
        trusted.close(True)
    return damage


def _open(target: str, copy: str, key: str) -> apsw.Connection:
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
        raise RefusedError("does not open with this passphrase, or its first page is damaged") from None
    for name, value in _LIMITS.items():
        option = getattr(apsw, f"SQLITE_LIMIT_{name}", None)
        if option is not None:
            connection.limit(option, value)
    for name in ("ENABLE_ATTACH_CREATE", "ENABLE_ATTACH_WRITE"):
        option = getattr(apsw, f"SQLITE_DBCONFIG_{name}", None)
        if option is not None:
            connection.config(option, 0)
    return connection


def _cipher(key: str) -> str:
    """Return what makes apsw-sqlite3mc read and write the pages of SQLCipher 4 under a key."""
    return f"&cipher=sqlcipher&legacy=4&key=raw:{key}" if key else ""


def _version_inside(connection: apsw.Connection) -> int:
    """Return the version of an encrypted file, whose header cannot be looked at from outside."""
    (identity,) = next(iter(connection.execute("pragma outside.application_id")))
    (version,) = next(iter(connection.execute("pragma outside.user_version")))
    if identity != APPLICATION_ID:
        raise RefusedError("is an encrypted database, but not a case of EvidenceMap")
    if version > max(SHAPES):
        raise RefusedError(
            f"was written by a newer EvidenceMap (file shape {version}; this one knows {max(SHAPES)}): "
            "install the newer one to open it"
        )
    if version not in SHAPES:
        raise RefusedError("is not a case file that EvidenceMap has written")
    return int(version)


def _check_schema(connection: apsw.Connection, shape: dict[str, str]) -> None:
    wanted = {(type_of(text), name, stored(text)) for name, text in shape.items()}
    found = set()
    for count, (type_, name, table, text) in enumerate(
        connection.execute("select type, name, tbl_name, sql from outside.sqlite_schema")
    ):
        if count > 100:
            raise RefusedError("holds more kinds of tables than a case file has")
        if (
            type_ == "index"
            and text is None
            and table in shape
            and name.startswith(f"sqlite_autoindex_{table}_")
        ):
            continue
        if (type_, name, text) not in wanted:
            raise RefusedError(f"holds something that no case file has: the {_plain(type_)} {_plain(name)}")
        found.add((type_, name, text))
    for _, name, _ in sorted(wanted - found):
        raise RefusedError(f"lacks what every case file has: {name}")
    if next(iter(connection.execute("pragma outside.freelist_count")))[0] < 0:
        raise RefusedError("is damaged")


def _quick_check(connection: apsw.Connection) -> None:
    for (answer,) in connection.execute("pragma outside.quick_check(1)"):
        if answer != "ok":
            raise RefusedError(f"is damaged: {_plain(answer)[:100]}")


def _copy_rows(connection: apsw.Connection, shape: dict[str, str], tell: Callable[..., None]) -> None:
    tables = {name: text for name, text in shape.items() if type_of(text) == "table"}
    indexes = {name: text for name, text in shape.items() if type_of(text) == "index"}
    version = next(key for key, value in SHAPES.items() if value is shape)
    total = 0
    connection.execute("begin")
    for name, text in tables.items():
        connection.execute(text)
        columns = ", ".join(f'"{each}"' for each in columns_of(text))
        (rows,) = next(iter(connection.execute(f'select count(*) from outside."{name}"')))
        total += rows
        if total > MOST_ROWS:
            raise RefusedError("has more rows than a case may have")
        connection.execute(f'insert into main."{name}" ({columns}) select {columns} from outside."{name}"')
        tell(stage="copying", table=name)
    for text in indexes.values():
        connection.execute(text)
    connection.execute("commit")
    connection.authorizer = None
    connection.execute(f"pragma application_id = {APPLICATION_ID}; pragma user_version = {version}")


def _check_foreign_keys(connection: apsw.Connection) -> None:
    for table, *_ in connection.execute("pragma main.foreign_key_check"):
        raise RefusedError(f"points at something that it does not hold, in the table {table}")


def _entities(trusted: apsw.Connection, shape: dict[str, str]) -> Iterator[str]:
    numbers: dict[int, str] = {}
    leaves: dict[str, bytes] = {}
    tables: dict[str, int] = {}
    for key, id_, number, kind, leaf in trusted.execute("select key, id, number, kind, leaf from entity"):
        _check_number(number, kind)
        _check_texts((id_,))
        numbers[key] = number
        leaves[number] = leaf
        tables[kind] = tables.get(kind, 0) + 1
    pointers: dict[int, list[tuple[str, int, str]]] = {}
    for owner, field, place, target in trusted.execute(
        "select owner, field, position, target from reference order by owner, field, position"
    ):
        pointers.setdefault(owner, []).append((field, place, numbers[target]))
    for kind in dict.fromkeys(("header", *LETTERS.values())):
        columns = ", ".join(f't."{each}"' for each in columns_of(shape[kind])[1:])
        rows = 0
        for key, *values in trusted.execute(
            f'select e.key, {columns} from "{kind}" t join entity e on e.key = t.key and e.kind = ?', (kind,)
        ):
            rows += 1
            number = numbers[key]
            text = row_text(kind, number, values, pointers.get(key, ()))
            if "\\u0000" in text:
                _check_texts(values)
            if text_leaf(text) != leaves[number]:
                yield f"{_called(number)} is not as it was written: its digest does not fit"
        (kept,) = next(iter(trusted.execute(f'select count(*) from "{kind}"')))
        if kept != rows or rows != tables.get(kind, 0):
            raise RefusedError(
                f"has things without their rows, or rows without their things, in the table {kind}"
            )
    ordered = [leaves[number] for number in sorted(leaves, key=lambda each: each.encode())]
    ordered.append(highest_leaf(trusted.execute("select letter, digits from highest")))
    ordered.extend(
        file_leaf(sha256, size)
        for sha256, size in trusted.execute("select sha256, size from file order by sha256")
    )
    yield from _published_root(trusted, root(ordered), len(ordered))


def _published_root(trusted: apsw.Connection, found: bytes, leaves: int) -> Iterator[str]:
    last = next(
        iter(trusted.execute("select entry, kind, payload from journal order by entry desc limit 1")), None
    )
    if last is None or last[1] != "publish":
        yield "the journal does not end with a publication"
        return
    try:
        said = json.loads(last[2])
        agrees = said == {"root": found.hex(), "leaves": leaves}
    except ValueError:
        agrees = False
    if not agrees:
        yield f"the rows are not those that entry {last[0]} published: the state root does not fit"


def _journal(trusted: apsw.Connection) -> Iterator[str]:
    previous, expected = START, 1
    for entry, at, by, kind, of, label, payload, digest in trusted.execute(
        'select entry, at, "by", kind, of, label, payload, digest from journal order by entry'
    ):
        if entry != expected:
            yield f"entry {expected} of the journal is missing"
            return
        fields = (str(entry), at, by, kind, "" if of is None else str(of), label, payload)
        if line_digest(previous, fields) != digest:
            yield f"entry {entry} of the journal is not as it was written: its digest does not fit"
            return
        previous, expected = digest, expected + 1


def _exhibits(trusted: apsw.Connection) -> Iterator[str]:
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
            named = [
                row[0]
                for row in trusted.execute(
                    "select e.number from exhibit x join entity e on e.key = x.key where x.sha256 = ?",
                    (sha256,),
                )
            ]
            yield f"the content of {' and '.join(named) or 'an exhibit'} is not the one with its SHA-256"


def _read_the_rest(trusted: apsw.Connection, shape: dict[str, str]) -> None:
    for table in ("_sqlite_migrations", "highest", "seal", "token"):
        for row in trusted.execute(f'select * from "{table}"'):
            _check_texts(row)
    (headers,) = next(iter(trusted.execute("select count(*) from header")))
    if headers != 1:
        raise RefusedError("does not have one header")


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


def _check_number(number: str, kind: str) -> None:
    if kind == "header":
        fits = number == "case"
    elif kind == "placement":
        fits = number.startswith("@") and _NUMBER.match(number[1:]) is not None
    else:
        fits = _NUMBER.match(number) is not None and LETTERS.get(number[0]) == kind
    if not fits:
        raise RefusedError(f"gives something the number {_plain(number)!r}, which is none")


def _check_texts(values: Iterable[object]) -> None:
    if any(isinstance(each, str) and "\0" in each for each in values):
        raise RefusedError("holds a text with a character that no text has")


def _called(number: str) -> str:
    if number == "case":
        return "the header"
    return f"the placement of {number[1:]}" if number.startswith("@") else number


def _plain(text: object) -> str:
    return "".join(each if each.isprintable() else "?" for each in str(text))[:60]


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace("'", "''")


def limit_this_process(seconds: float, size: int) -> None:
    """Bound memory, time, open files and the size of written files, where the system can."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        most = size * 2 + (64 << 20)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def main(words: list[str]) -> int:
    """Examine one file, within limits; return 0 if rows may be trusted, 3 if not."""
    copy, target, version, seconds, size = words[0], words[1], int(words[2]), float(words[3]), int(words[4])
    limit_this_process(seconds, size)
    gc.disable()  # many small things are made and none is garbage before the end
    key = sys.stdin.readline().strip()  # in hexadecimal; empty for a file that is not encrypted
    end = time.process_time() + seconds  # of its own work: a busy machine makes no case worse

    def late() -> bool:
        return time.process_time() > end

    def tell(**said: object) -> None:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    try:
        damage = examine(copy, target, version, tell, late, key)
    except RefusedError as refusal:
        said: dict[str, Any] = {"refused": str(refusal)}
    except apsw.InterruptError:
        said = {"refused": "takes longer to read than any case does"}
    except FAULTS as fault:
        said = {"refused": f"is damaged: {_plain(fault) or type(fault).__name__}"}
    else:
        said = {"damage": damage[:1000]}
    sys.stdout.write(json.dumps(said) + "\n")
    return 3 if "refused" in said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
