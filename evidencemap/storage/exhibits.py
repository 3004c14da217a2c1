"""Files kept inside the case, by SHA-256, in chunks: taken in, checked, and put out under a safe name."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.model.custody import File
from evidencemap.model.entities import Exhibit
from evidencemap.model.records import Id, new_id
from evidencemap.storage.driver import Connection, cause_alone, explained, transaction
from evidencemap.storage.naming import danger_of, media_type_of, name_as_data, safe_name
from evidencemap.storage.places import flush_folder
from evidencemap.storage.receiving import Progress, open_regular
from evidencemap.storage.tables import CHUNK
from evidencemap.tongue import _

LARGEST = 32 << 30
"""Bytes that one exhibit may have: half of what a case file may have."""

_QUICKLY = 64 << 20

Cancelled = Callable[[], bool]
"""Says, between two chunks, whether the person changed their mind."""


class StoppedError(EvidenceMapError):
    """A person stopped a long job; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file whose bytes are in the store. `fresh` is False where the same bytes were there already.

    `danger` is what it would do if it were opened, such as `a program`; empty where nothing is known.
    """

    file: File
    fresh: bool
    danger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A copy of an exhibit outside the case, and a sentence of warning, empty where none is due."""

    path: Path
    warning: str


def keep(
    connection: Connection, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Kept:
    """Copy the bytes of a file into the store, a chunk at a time; all of them or, on any fault, none.

    `progress` hears the part done. Raises StoppedError where `cancelled` says so, CaseFileRefused where
    the file cannot be read or kept.
    """
    with _open(path) as file:
        about = os.fstat(file.fileno())
        if about.st_size > LARGEST:
            raise CaseFileRefused(
                _("{name} is larger than an exhibit may be ({most} GiB).").format(
                    name=path.name, most=LARGEST >> 30
                )
            )
        with transaction(connection):
            kept = _copy_in(connection, file, name_as_data(path), about.st_size, progress, cancelled)
            after = os.fstat(file.fileno())
            if (about.st_size, about.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                raise _changed(path.name)
    # What was just written went through the write-ahead log, which would stay as large as that.
    with explained(""):
        connection.execute("pragma wal_checkpoint(truncate)")
    return kept


def forget(connection: Connection, kept: Kept) -> None:
    """Take the bytes out again that `keep` has just taken in, unless an exhibit was made of them."""
    named = connection.execute("select 1 from exhibit where sha256 = ?", (kept.file.sha256,)).fetchone()
    if kept.fresh and named is None:
        with transaction(connection):
            _drop(connection, kept.file.sha256)
        _give_room_back(connection)


@contextmanager
def forgotten_on_a_fault(connection: Connection, kept: Kept) -> Iterator[None]:
    """Forget what was kept where no exhibit could be made of it."""
    try:
        yield
    except BaseException:
        forget(connection, kept)
        raise


def drop_unnamed(connection: Connection) -> int:
    """Drop the contents that neither an exhibit nor any line of the journal names; return how many.

    What a line names stays, so that undo and redo find it.
    """
    with transaction(connection):
        found = [
            row[0]
            for row in connection.execute(
                "select sha256 from file where sha256 not in (select sha256 from exhibit)"
                " and not exists (select 1 from journal where instr(payload, file.sha256))"
            )
        ]
        for each in found:
            _drop(connection, each)
    if found:
        _give_room_back(connection)
    return len(found)


def is_held(connection: Connection, sha256: str) -> bool:
    """Return whether the store holds the bytes with this digest."""
    return connection.execute("select 1 from file where sha256 = ?", (sha256,)).fetchone() is not None


def read_chunks(connection: Connection, sha256: str) -> Iterator[bytes]:
    """Yield a content, a chunk at a time. Raises CaseFileRefused where the store does not hold it."""
    with explained(_("The exhibit cannot be read.")):
        row = connection.execute("select key from file where sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise CaseFileRefused(
                _("The bytes of that exhibit are not in this case, only its name and digest.")
            )
        for (block,) in connection.execute(
            "select bytes from chunk where file = ? order by position", (row[0],)
        ):
            yield bytes(block)


def verify(
    connection: Connection, exhibits: Sequence[Exhibit], progress: Progress | None = None
) -> dict[Id, bool | None]:
    """Return of each exhibit whether its bytes have its digest; None where the store does not hold them.

    `progress` hears the part done, from 0 to 1; what it raises stops this.
    """
    found: dict[Id, bool | None] = {}
    known: dict[str, bool | None] = {}
    whole, done = sum(each.size for each in exhibits) or 1, 0
    for each in exhibits:
        if each.sha256 not in known:
            hashed = hashlib.sha256()
            held = is_held(connection, each.sha256)
            for block in read_chunks(connection, each.sha256) if held else ():
                hashed.update(block)
                done += len(block)
                if progress is not None:
                    progress(min(1.0, done / whole))
            known[each.sha256] = hashed.hexdigest() == each.sha256 if held else None
        found[each.id] = known[each.sha256]
    return found


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file outside, to compare it with the exhibits. Raises CaseFileRefused."""
    hashed = hashlib.sha256()
    with _open(path) as file, explained(_("{name} was not read.").format(name=path.name)):
        while block := file.read(CHUNK):
            hashed.update(block)
    return hashed.hexdigest()


def name_outside(exhibit: Exhibit) -> str:
    """Return how a copy of an exhibit is called outside: its visible number, a safe form of its name."""
    return f"{exhibit.number}-{safe_name(exhibit.name)}"


def extract(
    connection: Connection,
    exhibit: Exhibit,
    folder: Path,
    progress: Progress | None = None,
    name: str = "",
) -> Extracted:
    """Write the bytes of an exhibit into a folder as a new file, which nobody else may write or run.

    The file is called as a person says in `name`, else by `name_outside`; a name that is taken gets a
    number in brackets, and nothing is ever written over. `progress` hears the part done, from 0 to 1.
    Raises CaseFileRefused where the bytes are not those of the digest, or the disk refuses; then no file
    is left, nor where `progress` raises.
    """
    number, sha256 = exhibit.number, exhibit.sha256
    folder = folder.expanduser().absolute()
    if not folder.is_dir():
        raise CaseFileRefused(_("There is no folder {folder}: make it first.").format(folder=folder))
    beginning, hashed = b"", hashlib.sha256()
    file, place = _new_file(folder, name or name_outside(exhibit))
    try:
        with file, explained(_("{number} was not extracted.").format(number=number)):
            for block in read_chunks(connection, sha256):
                beginning = beginning or block[:64]
                hashed.update(block)
                file.write(block)
                if progress is not None:
                    progress(min(1.0, file.tell() / max(exhibit.size, 1)))
            file.flush()
            os.fsync(file.fileno())
        if hashed.hexdigest() != sha256:
            raise CaseFileRefused(
                _("The bytes of {number} are not those that were added: none was extracted.").format(
                    number=number
                )
            )
    except BaseException:
        with suppress(OSError):
            place.unlink()
        raise
    with suppress(OSError):
        flush_folder(folder)
    danger = danger_of(place.name, beginning) or danger_of(exhibit.name, beginning)
    warning = _("{name} is {danger}: do not open it where it could do harm.") if danger else ""
    warning = warning.format(name=place.name, danger=_(danger))
    return Extracted(path=place, warning=warning)


def _open(path: Path) -> BinaryIO:
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except OSError as fault:
        raise CaseFileRefused(
            _("{name} cannot be read: {cause}").format(name=path.name, cause=cause_alone(fault))
        ) from fault
    return open_regular(handle, path.name)


def _copy_in(
    connection: Connection,
    file: BinaryIO,
    name: str,
    size: int,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Kept:
    connection.execute("savepoint exhibit")
    # The digest is known only at the end; until then the row has one that no content has.
    (key,) = connection.execute(
        "insert into file (sha256, size) values (?, 0) returning key", (new_id().ljust(64, "-"),)
    ).fetchone()
    hashed, held, position, beginning = hashlib.sha256(), 0, 0, b""
    while block := _whole_chunk(file):
        if cancelled is not None and cancelled():
            raise StoppedError(
                _("{name} was not added: you stopped it, and nothing was changed.").format(name=name)
            )
        beginning = beginning or block[:64]
        hashed.update(block)
        connection.execute(
            "insert into chunk (file, position, bytes) values (?, ?, ?)", (key, position, block)
        )
        held, position = held + len(block), position + 1
        if held > size:
            raise _changed(name)  # it may grow for ever
        if progress is not None:
            progress(min(1.0, held / max(size, 1)))
    sha256 = hashed.hexdigest()
    fresh = not is_held(connection, sha256)
    if fresh:
        connection.execute("update file set sha256 = ?, size = ? where key = ?", (sha256, held, key))
    else:
        connection.execute("rollback to exhibit")
    connection.execute("release exhibit")
    found = File(name=name, sha256=sha256, size=held, media_type=media_type_of(name, beginning))
    return Kept(file=found, fresh=fresh, danger=danger_of(name, beginning))


def _changed(name: str) -> CaseFileRefused:
    return CaseFileRefused(_("{name} was changed while it was read: add it again.").format(name=name))


def _whole_chunk(file: BinaryIO) -> bytes:
    """Read until a chunk is full or the file ends: only the last chunk of a content may be shorter."""
    block = file.read(CHUNK)
    while block and len(block) < CHUNK and (more := file.read(CHUNK - len(block))):
        block += more
    return block


def _drop(connection: Connection, sha256: str) -> None:
    connection.execute("delete from chunk where file in (select key from file where sha256 = ?)", (sha256,))
    connection.execute("delete from file where sha256 = ?", (sha256,))


def _give_room_back(connection: Connection) -> None:
    """Make the store small again where that is quick; room in a large one is used by what comes next."""
    (page,) = connection.execute("pragma page_size").fetchone()
    (pages,) = connection.execute("pragma page_count").fetchone()
    (free,) = connection.execute("pragma freelist_count").fetchone()
    if free * 4 > pages and (pages - free) * page <= _QUICKLY:
        with explained(_("The store was not made smaller.")):
            connection.execute("vacuum")


def _new_file(folder: Path, name: str) -> tuple[BinaryIO, Path]:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    place, count = folder / name, 2
    while True:
        try:
            return os.fdopen(os.open(place, flags, 0o600), "wb"), place
        except FileExistsError:
            place = folder / f"{stem} ({count}){dot}{ending}"
            count += 1
        except OSError as fault:
            raise CaseFileRefused(
                _("{name} was not written in {folder}: {cause}").format(
                    name=name, folder=folder, cause=cause_alone(fault)
                )
            ) from fault
