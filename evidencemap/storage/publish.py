"""How the user's file is written: whole or not at all, and never over what somebody else wrote."""

import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencemap.errors import CaseFileRefused
from evidencemap.model.records import new_id
from evidencemap.storage.driver import cause_alone
from evidencemap.storage.places import flush_folder
from evidencemap.storage.receiving import BLOCK, open_regular
from evidencemap.tongue import _

_PLAIN_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Where a case was published, the SHA-256 of the file, and whether that is beside the one asked for."""

    path: Path
    digest: str
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A finished file in the folder of its target, flushed and read back, not yet in its place."""

    temporary: Path
    target: Path
    digest: str
    conflict: bool


def prepare(whole: Path, target: Path, expected: str | None, header: bytes = b"") -> Prepared:
    """Write the file `whole` (ours, private) beside its target under another name, and flush it.

    `header` goes before it: that of an encrypted file.
    `expected` is the SHA-256 that the target must still have: empty for "there is none", None for "it
    may be replaced, whatever it is". Where it has another, the target becomes `X (conflict).evmap`.
    Raises CaseFileRefused with the cause; then nothing is left behind.
    """
    try:
        conflict = expected is not None and digest_of_file(target) not in (expected, "")
        place = _conflict_name(target) if conflict else target
    except OSError as fault:
        raise _refusal(target, fault) from fault
    temporary = _beside(place, "new")
    try:
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(temporary, flags, _mode(target))
            with whole.open("rb") as source, os.fdopen(handle, "wb") as file:
                digest = _copy(source, file, header)
                file.flush()
                os.fsync(file.fileno())
            if digest_of_file(temporary) != digest:
                raise CaseFileRefused(
                    _(
                        "What was written to {parent} reads back as something else: that disk fails. "
                        "{name} is as it was."
                    ).format(parent=place.parent, name=place.name)
                )
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as fault:
        raise _refusal(place, fault) from fault
    return Prepared(temporary=temporary, target=place, digest=digest, conflict=conflict)


def place(prepared: Prepared) -> Published:
    """Put a prepared file in its place; what was there is kept as `.bak`. Durable when this returns."""
    target = prepared.target
    try:
        try:
            _keep_previous(target)
            prepared.temporary.replace(target)
        except BaseException:
            with suppress(OSError):
                prepared.temporary.unlink()
            raise
        flush_folder(target.parent)
    except OSError as fault:
        raise _refusal(target, fault) from fault
    return Published(path=target, digest=prepared.digest, conflict=prepared.conflict)


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a regular file that is no link; empty where there is none."""
    hashed = hashlib.sha256()
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return ""
    with open_regular(handle, path.name) as file:
        while block := file.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()


def backup_of(path: Path) -> Path:
    """Return where the file that was published before is kept."""
    return path.with_name(f"{path.name}.bak")


def sweep(target: Path) -> None:
    """Remove what a publication that was killed left beside its target: a whole copy of the case each.

    Only who has the right to write the case may ask for it: nobody else is publishing it now.
    """
    with suppress(OSError):
        for each in target.parent.iterdir():
            if _is_left(target, each.name):
                with suppress(OSError):
                    each.unlink()


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name[:100]}.{new_id()[:8]}.{ending}")


def _is_left(target: Path, name: str) -> bool:
    return re.fullmatch(rf"\.{re.escape(target.name[:100])}\.[0-9a-f]{{8}}\.(new|old)", name) is not None


def _copy(source: BinaryIO, file: BinaryIO, header: bytes) -> str:
    hashed = hashlib.sha256(header)
    file.write(header)
    first = True
    while block := source.read(BLOCK):
        if first and block.startswith(_PLAIN_MAGIC):
            # Bytes 18 and 19 say "no write-ahead log": the file opens where nothing can be written.
            block = block[:18] + b"\1\1" + block[20:]
        first = False
        hashed.update(block)
        file.write(block)
    return hashed.hexdigest()


def _keep_previous(target: Path) -> None:
    if not target.exists() or target.is_symlink():
        return
    kept = backup_of(target)
    fresh = _beside(target, "old")
    try:
        try:
            os.link(target, fresh, follow_symlinks=False)
        except (OSError, NotImplementedError):
            _copy_durably(target, fresh)
        fresh.replace(kept)
    finally:
        with suppress(OSError):
            fresh.unlink()


def _copy_durably(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("xb") as written:
        while block := read.read(BLOCK):
            written.write(block)
        written.flush()
        os.fsync(written.fileno())


def _conflict_name(target: Path) -> Path:
    stem = re.sub(r" \(conflict(?: \d+)?\)$", "", target.stem)
    place = target.with_name(f"{stem} (conflict){target.suffix}")
    count = 2
    while place.exists() or place.is_symlink():
        place = target.with_name(f"{stem} (conflict {count}){target.suffix}")
        count += 1
    return place


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.lstat().st_mode) & 0o666
    except OSError:
        return 0o666


def _refusal(target: Path, fault: OSError) -> CaseFileRefused:
    return CaseFileRefused(
        _("{name} was not saved in {folder}: {cause} Your edits are kept.").format(
            name=target.name, folder=target.parent, cause=cause_alone(fault)
        )
    )
