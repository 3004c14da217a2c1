"""The bytes of a file from outside, taken into a private copy: never opened where it lies."""

import hashlib
import os
import stat
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencemap.errors import CaseFileRefused
from evidencemap.storage.driver import cause_of, explained
from evidencemap.storage.passphrases import (
    HEADER,
    PAGE,
    Key,
    Opens,
    PassphraseNeeded,
    PassphraseWrong,
    is_encrypted,
    made_key,
    recipe_of,
)
from evidencemap.storage.refusals import refusal
from evidencemap.storage.tables import APPLICATION_ID, VERSION
from evidencemap.tongue import _

BLOCK = 1 << 20
"""Bytes that are read and written at a time."""

LARGEST = 64 << 30
"""Bytes that a case file may have."""

Progress = Callable[[float], None]
"""Hears which part of a long job is done, from 0 to 1; what it raises stops the job."""

SIDE_CARS = ("-journal", "-wal", "-shm")
"""What a database leaves beside itself, and a case file never has."""

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A private copy of a file from outside: where it is, how large the file was, its shape, notices.

    The shape of an encrypted file is not known yet: 0. `header` is how the file itself begins.
    """

    copy: Path
    size: int
    version: int
    notices: tuple[str, ...]
    header: bytes
    key: Key | None = None

    def digest(self) -> str:
        """Return the SHA-256 of the file, in hexadecimal: what it began with, and the rest of the copy."""
        hashed = hashlib.sha256(self.header)
        with self.copy.open("rb") as held:
            held.seek(len(self.header) - (HEADER if self.key is not None else 0))
            while block := held.read(BLOCK):
                hashed.update(block)
        return hashed.hexdigest()


def copy_in(path: Path, copy: Path, tell: Progress, passphrase: Opens | None = None) -> Received:
    """Copy the bytes of a case file to a private place, having looked at its header.

    Of an encrypted file the pages are copied, and its key is made of the passphrase.

    `tell` hears the part done. Raises CaseFileRefused with a sentence where the file is none that may be
    trusted so far.
    """
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise CaseFileRefused(_("There is no file {path}.").format(path=path)) from None
    except OSError as fault:
        raise CaseFileRefused(
            _("{name} cannot be read: {cause}").format(name=path.name, cause=cause_of(fault))
        ) from fault
    with open_regular(handle, path.name) as file:
        about = os.fstat(file.fileno())
        if about.st_size > LARGEST:
            raise CaseFileRefused(_("{name} is larger than a case file may be.").format(name=path.name))
        with explained(_("{name} was not opened.").format(name=path.name)):
            header = file.read(100)
            version, key = 0, None
            if is_encrypted(header):
                key = _key(path.name, header, about.st_size, passphrase)
                beginning = header[HEADER:]
            else:
                version = _look_at(path.name, header, about.st_size)
                # Bytes 18 and 19 make the copy a file without a write-ahead log, whatever it says itself.
                beginning = header[:18] + b"\1\1" + header[20:]
            with copy.open("xb") as written:
                written.write(beginning)
                while block := file.read(BLOCK):
                    written.write(block)
                    tell(written.tell() / about.st_size)
    return Received(
        copy=copy, size=about.st_size, version=version, notices=side_cars(path), header=header, key=key
    )


def _key(name: str, header: bytes, size: int, passphrase: Opens | None) -> Key:
    recipe = recipe_of(header, name)
    if size <= HEADER or (size - HEADER) % PAGE:
        raise CaseFileRefused(
            _("{name} is cut short: ask for the file again, or open {name}.bak.").format(name=name)
        )
    if passphrase is None:
        raise PassphraseNeeded(_("{name} is encrypted: give its passphrase.").format(name=name))
    key = made_key(passphrase, recipe)
    if key is None:
        raise PassphraseWrong(
            _("{name} has another passphrase than the case that is open.").format(name=name)
        )
    return key


def open_regular(handle: int, name: str) -> BinaryIO:
    """Return a file to read the handle with. Raises CaseFileRefused where it is no regular file."""
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise CaseFileRefused(_("{name} is a folder, not a case file.").format(name=name))
    raise CaseFileRefused(_("{name} is not a regular file.").format(name=name))


def side_cars(path: Path) -> tuple[str, ...]:
    """Return a notice for each file beside a case that claims to belong to it and was left alone."""
    beside = [f"{path.name}{each}" for each in SIDE_CARS]
    found = [each for each in beside if os.path.lexists(path.with_name(each))]
    if not found:
        return ()
    beside_it = _(" and ").join(found)
    return (
        _("Beside the case lies {files}: a case file needs none, and it was not read.").format(
            files=beside_it
        ),
    )


def _look_at(name: str, header: bytes, size: int) -> int:
    if size == 0:
        raise CaseFileRefused(_("{name} is empty.").format(name=name))
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise CaseFileRefused(_("{name} is not a case file.").format(name=name))
    page, pages = struct.unpack(">H", header[16:18])[0], struct.unpack(">I", header[28:32])[0]
    page = 65536 if page == 1 else page
    version, encoding = struct.unpack(">II", header[60:64] + header[56:60])
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise CaseFileRefused(_("{name} is a database, but not a case of EvidenceMap.").format(name=name))
    if version > VERSION:
        raise CaseFileRefused(refusal(name, "newer", {"version": version, "known": VERSION}))
    if version < 1 or encoding != 1 or page < 1024 or page & (page - 1):
        raise CaseFileRefused(refusal(name, "unknown", {}))
    if pages * page != size:
        if size < pages * page:
            raise CaseFileRefused(
                _("{name} is cut short: ask for the file again, or open {name}.bak.").format(name=name)
            )
        raise CaseFileRefused(
            _("{name} has something added at its end: ask for the file again, or open {name}.bak.").format(
                name=name
            )
        )
    return int(version)
