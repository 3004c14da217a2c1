"""The one connection to a work store, and what its faults mean to a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidencemap.errors import CaseFileRefused
from evidencemap.tongue import _

try:
    from sqlcipher3 import dbapi2 as sqlite
except ImportError:  # no wheel for this platform
    import sqlite3 as sqlite

CAN_ENCRYPT = sqlite.__name__.startswith("sqlcipher3")
"""Whether this installation can keep encrypted cases: the sqlcipher3 driver is there."""

Connection = Any
"""A connection of the driver; typed loosely because the driver ships no types."""

DatabaseError: type[Exception] = sqlite.DatabaseError


def connect(path: Path, key: str = "") -> Connection:
    """Open a file of ours, alone: exclusive, WAL, every commit flushed to the disk before it counts.

    `key` is the key of an encrypted file in hexadecimal.
    """
    connection = sqlite.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        _unlock(connection, key)
        for pragma in (
            "locking_mode = exclusive",
            "trusted_schema = off",
            "foreign_keys = on",
            "journal_mode = wal",
            "synchronous = full",
            "temp_store = memory",
            "secure_delete = on",
            "cache_size = -16000",
        ):
            connection.execute(f"pragma {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_plainly(path: Path, key: str = "") -> Connection:
    """Open a private file of ours without a journal beside it, to write or read it once."""
    connection = sqlite.connect(str(path), isolation_level=None)
    _unlock(connection, key)
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")
    connection.execute("pragma temp_store = memory")
    return connection


def connect_to_read(path: Path, key: str = "") -> Connection:
    """Open a private file of ours that nobody writes, to read it without a lock."""
    connection = sqlite.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    _unlock(connection, key)
    return connection


def export(connection: Connection, path: Path, key: str = "") -> None:
    """Write all rows of an open file to a new one under another key, or under none, page by page afresh."""
    settings = {
        name: connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    }
    quoted = f"x'{key}'" if key else ""
    if any(row[1] == "fresh" for row in connection.execute("pragma database_list")):
        connection.execute("detach fresh")  # a file that came in kept it
    connection.execute("attach ? as fresh key ?", (str(path), quoted))
    try:
        connection.execute("pragma fresh.journal_mode = delete")
        connection.execute("select sqlcipher_export('fresh')").fetchall()
        for name, value in settings.items():
            connection.execute(f"pragma fresh.{name} = {value}")
    finally:
        connection.execute("detach fresh")


def _unlock(connection: Connection, key: str) -> None:
    if key:
        connection.execute(f"pragma key = \"x'{key}'\"")


def connect_in_memory() -> Connection:
    """Open a database that lies in memory alone and is gone with the connection."""
    connection = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("pragma temp_store = memory")
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Do all or nothing, durably. Raises CaseFileRefused with the cause where the disk refuses."""
    with explained(_("Nothing was changed.")):
        refuse_busy(connection)
        connection.execute("begin immediate")
        try:
            yield
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise


def refuse_busy(connection: Connection) -> None:
    """Raise CaseFileRefused where another thread is in the middle of a transaction: a large file comes in."""
    if connection.in_transaction:
        raise busy()


def busy() -> CaseFileRefused:
    """Return the refusal to do something while a large file comes in."""
    return CaseFileRefused(_("A file is being added to the case: wait until that is done, or stop it."))


@contextmanager
def explained(consequence: str) -> Iterator[None]:
    """Turn a fault of the driver or the disk into a sentence that ends with the consequence."""
    try:
        yield
    except sqlite.DatabaseError as fault:
        raise CaseFileRefused(f"{_cause(str(fault))} {consequence}".strip()) from fault
    except OSError as fault:
        raise CaseFileRefused(f"{cause_of(fault)} {consequence}".strip()) from fault


def cause_of(fault: OSError) -> str:
    """Return the sentence that says what an operating system refused, and where if the fault names a file."""
    where = f" ({fault.filename})" if isinstance(fault.filename, str) else ""
    return f"{_refused(fault)}{where}."


def cause_alone(fault: OSError) -> str:
    """Return the sentence that says what an operating system refused, for a message that names the file."""
    return f"{_refused(fault)}."


def _refused(fault: OSError) -> str:
    known = _ERRNO.get(fault.errno or 0)
    return _(known) if known else fault.strerror or _("The disk failed")


def _cause(text: str) -> str:
    for part, sentence in _FAULTS.items():
        if part in text:
            return _(sentence)
    return _("The case could not be kept: {fault}.").format(fault=text)


_FAULTS = {
    "disk is full": "The disk that keeps your work is full: free some space and try again.",
    "disk I/O error": "The disk that keeps your work fails: save a copy of the case to another disk.",
    "readonly": "The folder that keeps your work cannot be written: give yourself the right to write there.",
    "locked": "The case is open in another window.",
    "malformed": "The work that was kept is damaged.",
    "not a database": "The work that was kept is damaged.",
    "unable to open": "The folder that keeps your work cannot be opened: look at its permissions.",
}

_ERRNO = {
    1: "The system does not permit that",
    2: "There is no such file or folder",
    5: "The disk fails to read or write",
    13: "You have no right to write or read there",
    21: "That is a folder, not a file",
    27: "The file is larger than this disk allows",
    28: "The disk is full: free some space and try again",
    30: "The disk can only be read",
    36: "The name is too long",
    40: "That is a link to another file: open the file that it points to",
    122: "Your share of the disk is used up: free some space and try again",
}
