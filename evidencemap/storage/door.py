"""How a file from outside comes in: its bytes into a private copy, never opened where it lies."""

import hashlib
import json
import os
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.storage.driver import cause_of, connect_to_read, explained
from evidencemap.storage.journal import Line
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
    secret,
)
from evidencemap.storage.reading import read_outline
from evidencemap.storage.store import Loaded, load_plainly
from evidencemap.storage.tables import APPLICATION_ID, VERSION
from evidencemap.tongue import _

BLOCK = 1 << 20
"""Bytes that are read and written at a time."""

LARGEST = 64 << 30
"""Bytes that a case file may have."""

Progress = Callable[[float], None]
"""Hears which part of a long job is done, from 0 to 1; what it raises stops the job."""

PATIENCE = 6
"""How many times as long as its own work the gate may take, since it shares the machine."""

SIDE_CARS = ("-journal", "-wal", "-shm")
"""What a database leaves beside itself, and a case file never has."""

_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A private copy of a file from outside: where it is, the SHA-256 of the file, its shape, notices.

    The shape of an encrypted file is not known yet: 0.
    """

    copy: Path
    digest: str
    size: int
    version: int
    notices: tuple[str, ...]
    key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A file that passed the gate: the database that we made from its rows, and what those hold.

    `damage` says what its digests deny, a sentence without its end each; `keys` gives the row of each id.
    """

    database: Path
    case: Case
    keys: dict[Id, int]
    lines: tuple[Line, ...]
    digest: str
    size: int
    damage: tuple[str, ...]
    notices: tuple[str, ...]
    key: Key | None = None

    @property
    def entries(self) -> int:
        """Return how many lines the journal has."""
        return self.lines[-1].entry if self.lines else 0

    @property
    def head(self) -> bytes:
        """Return the digest of the last line."""
        return self.lines[-1].digest if self.lines else b""


def admit(
    path: Path, folder: Path, progress: Progress | None = None, passphrase: Opens | None = None
) -> Admitted:
    """Take the file at a path through the gate into a database of ours in `folder`.

    `progress` hears the part done, from 0 to 1; what it raises stops the opening. Raises
    CaseFileRefused with a sentence where the file is no case, or not as it was published:
    PassphraseNeeded where it is encrypted and no passphrase is given, PassphraseWrong for another one.
    What is made of an encrypted file is encrypted under the same key.
    """
    admitted = examine(path, folder, progress, passphrase)
    if admitted.damage:
        more = f" ({len(admitted.damage)} things in all)" if len(admitted.damage) > 1 else ""
        beside = f"{path.name}.bak"
        raise CaseFileRefused(
            _(
                "{name} was changed after it was published: {damage}{more}. Ask for the file "
                "again, or open {beside}."
            ).format(name=path.name, damage=admitted.damage[0], more=more, beside=beside)
        )
    return admitted


def examine(
    path: Path, folder: Path, progress: Progress | None = None, passphrase: Opens | None = None
) -> Admitted:
    """Do as `admit`, but return a file whose digests do not agree, with its damage."""
    tell = progress or (lambda part: None)
    received = copy_in(path, folder / "copy.db", tell, passphrase)
    target = folder / "admitted.db"
    seconds = 10 + received.size / 5_000_000
    words = [str(received.copy), str(target), str(received.version), str(seconds), str(received.size)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "evidencemap.storage.gate", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        text=True,
    )
    # The gate counts the seconds of its own work; on a busy machine those take longer.
    clock = Timer(PATIENCE * seconds, process.kill)
    clock.start()
    try:
        loaded, outcome = _listen(process, target, tell, received.key)
    finally:
        clock.cancel()
        process.kill()
        process.communicate()
    if received.key is not None and "passphrase" in str(outcome.get("refused")):
        raise PassphraseWrong(f"{path.name} {outcome['refused']}.")
    if "refused" in outcome:
        raise CaseFileRefused(f"{path.name} {outcome['refused']}.")
    if loaded is None and "damage" in outcome:
        loaded = _brought_up(target, received.key)
    if loaded is None or "damage" not in outcome:
        raise CaseFileRefused(
            _("{name} could not be examined within the limits: it was not opened.").format(name=path.name)
        )
    received.copy.unlink()
    return Admitted(
        database=target,
        case=loaded.case,
        keys=loaded.keys,
        lines=loaded.lines,
        digest=received.digest,
        size=received.size,
        damage=tuple(str(each) for each in outcome["damage"]),
        notices=received.notices,
        key=received.key,
    )


def _listen(
    process: "subprocess.Popen[str]", target: Path, tell: Progress, key: Key | None
) -> tuple[Loaded | None, dict[str, Any]]:
    """Follow what the gate says; load the case while it goes on checking the digests of what it copied."""
    loaded, outcome = None, dict[str, Any]()
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{secret(key)}\n")
    process.stdin.flush()
    for said in process.stdout:
        try:
            outcome = json.loads(said)
        except ValueError:
            return None, {}
        tell(_PARTS.get(str(outcome.get("stage")), 0.5))
        if outcome.get("stage") == "copied" and outcome.get("version") == VERSION:
            loaded = load_plainly(target, key)
            tell(0.9)
    return loaded, outcome


def _brought_up(target: Path, key: Key | None) -> Loaded:
    """Bring what came from an older file to the newest shape, and load it with the journal of that file."""
    from evidencemap.storage.migrating import migrate

    connection = connect_to_read(target, secret(key))
    try:
        lines = tuple(read_outline(connection))
    finally:
        connection.close()
    migrate(target, key)
    return replace(load_plainly(target, key), lines=lines)


_PARTS = {"checking": 0.3, "copying": 0.5, "copied": 0.6}


def copy_in(path: Path, copy: Path, tell: Progress, passphrase: Opens | None = None) -> Received:
    """Copy the bytes of a case file to a private place, having looked at its header.

    Of an encrypted file the pages are copied, and its key is made of the passphrase.

    Raises CaseFileRefused with a sentence where the file is none that may be trusted so far.
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
        with explained(f"{path.name} was not opened."):
            header = file.read(100)
            version, key = 0, None
            if is_encrypted(header):
                key = _key(path.name, header, about.st_size, passphrase)
                beginning = header[HEADER:]
            else:
                version = _look_at(path.name, header, about.st_size)
                # Bytes 18 and 19 make the copy a file without a write-ahead log, whatever it says itself.
                beginning = header[:18] + b"\1\1" + header[20:]
            digest = hashlib.sha256(header)
            with copy.open("xb") as written:
                written.write(beginning)
                while block := file.read(BLOCK):
                    digest.update(block)
                    written.write(block)
                    tell(0.3 * written.tell() / about.st_size)
    return Received(
        copy=copy,
        digest=digest.hexdigest(),
        size=about.st_size,
        version=version,
        notices=side_cars(path),
        key=key,
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
    return (f"Beside the case lies {' and '.join(found)}: a case file needs none, and it was not read.",)


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
        raise CaseFileRefused(
            _(
                "{name} was written by a newer EvidenceMap (file shape {version}; this one "
                "knows {known}): install the newer one to open it."
            ).format(name=name, version=version, known=VERSION)
        )
    if version < 1 or encoding != 1 or page < 1024 or page & (page - 1):
        raise CaseFileRefused(_("{name} is not a case file that EvidenceMap has written.").format(name=name))
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
