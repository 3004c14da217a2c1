"""How a file from outside comes in: its bytes into a private copy, never opened where it lies."""

import hashlib
import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencemap.errors import CaseFileRefused
from evidencemap.model.records import Id
from evidencemap.storage.driver import cause_of, explained
from evidencemap.storage.journal import Line
from evidencemap.storage.tables import APPLICATION_ID, VERSION

BLOCK = 1 << 20
"""Bytes that are read and written at a time."""

LARGEST = 64 << 30
"""Bytes that a case file may have."""

SIDE_CARS = ("-journal", "-wal", "-shm")
"""What a database leaves beside itself, and a case file never has."""

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A private copy of a file from outside: where it is, the SHA-256 of the file, its shape, notices."""

    copy: Path
    digest: str
    size: int
    version: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A file that passed the gate: the database that we made from its rows, and what its journal says."""

    database: Path
    case: Id
    digest: str
    size: int
    lines: tuple[Line, ...]
    notices: tuple[str, ...]

    @property
    def entries(self) -> int:
        """Return how many lines the journal has."""
        return self.lines[-1].entry if self.lines else 0

    @property
    def head(self) -> bytes:
        """Return the digest of the last line."""
        return self.lines[-1].digest if self.lines else b""


def admit(path: Path, folder: Path) -> Admitted:
    """Take the file at a path through the gate into a database of ours in `folder`.

    Raises CaseFileRefused with a sentence where it is no case that may be trusted.
    """
    from evidencemap.storage.driver import connect_plainly
    from evidencemap.storage.store import read_lines

    received = copy_in(path, folder / "copy.db")
    connection = connect_plainly(received.copy)
    try:
        with explained(f"{path.name} was not opened."):
            (case,) = connection.execute(
                "select e.id from entity e join header h on h.key = e.key"
            ).fetchone()
            lines = tuple(read_lines(connection))
    finally:
        connection.close()
    return Admitted(
        database=received.copy,
        case=Id(case),
        digest=received.digest,
        size=received.size,
        lines=lines,
        notices=received.notices,
    )


def copy_in(path: Path, copy: Path) -> Received:
    """Copy the bytes of a case file to a private place, having looked at its header.

    Raises CaseFileRefused with a sentence where the file is none that may be trusted so far.
    """
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise CaseFileRefused(f"There is no file {path}.") from None
    except OSError as fault:
        raise CaseFileRefused(f"{path.name} cannot be read: {cause_of(fault)}") from fault
    with open_regular(handle, path.name) as file:
        about = os.fstat(file.fileno())
        if about.st_size > LARGEST:
            raise CaseFileRefused(f"{path.name} is larger than a case file may be.")
        with explained(f"{path.name} was not opened."):
            header = file.read(100)
            version = _look_at(path.name, header, about.st_size)
            digest = hashlib.sha256(header)
            with copy.open("xb") as written:
                # Bytes 18 and 19 make the copy a file without a write-ahead log, whatever it says itself.
                written.write(header[:18] + b"\1\1" + header[20:])
                while block := file.read(BLOCK):
                    digest.update(block)
                    written.write(block)
    return Received(
        copy=copy,
        digest=digest.hexdigest(),
        size=about.st_size,
        version=version,
        notices=side_cars(path),
    )


def open_regular(handle: int, name: str) -> BinaryIO:
    """Return a file to read the handle with. Raises CaseFileRefused where it is no regular file."""
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise CaseFileRefused(f"{name} is a folder, not a case file.")
    raise CaseFileRefused(f"{name} is not a regular file.")


def side_cars(path: Path) -> tuple[str, ...]:
    """Return a notice for each file beside a case that claims to belong to it and was left alone."""
    beside = [f"{path.name}{each}" for each in SIDE_CARS]
    found = [each for each in beside if os.path.lexists(path.with_name(each))]
    if not found:
        return ()
    return (f"Beside the case lies {' and '.join(found)}: a case file needs none, and it was not read.",)


def _look_at(name: str, header: bytes, size: int) -> int:
    if size == 0:
        raise CaseFileRefused(f"{name} is empty.")
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise CaseFileRefused(f"{name} is not a case file.")
    page, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    page = 65536 if page == 1 else page
    version, encoding = struct.unpack(">II", header[60:64] + header[56:60])
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise CaseFileRefused(f"{name} is a database, but not a case of EvidenceMap.")
    if version > VERSION:
        raise CaseFileRefused(
            f"{name} was written by a newer EvidenceMap (file shape {version}; this one knows {VERSION}): "
            "install the newer one to open it."
        )
    if version < 1 or encoding != 1 or page < 1024 or page & (page - 1):
        raise CaseFileRefused(f"{name} is not a case file that EvidenceMap has written.")
    if pages * page != size:
        part = "is cut short" if size < pages * page else "has something added at its end"
        raise CaseFileRefused(f"{name} {part}: ask for the file again, or open {name}.bak.")
    return int(version)
