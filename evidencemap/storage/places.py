"""Where work stores lie, who has the lock on one, and what is remembered beside it."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from evidencemap.errors import CaseFileRefused
from evidencemap.model.records import Id, new_id
from evidencemap.storage.driver import explained
from evidencemap.tongue import _

STORE = "work.db"
"""The name of the work store in its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is remembered of a work store: its case, the user's file, and the digests of that file.

    `base` is the SHA-256 of the file as it was opened or last published, empty if never; `since` the
    entry behind which undo does not go. `recipes` says how the key of the store is made, in
    hexadecimal: `plain` where it has none, and two with a comma while that changes. Of an encrypted
    store no title is remembered.
    """

    case: Id
    title: str
    path: str = ""
    base: str = ""
    since: int = 0
    recipes: str = "plain"


def state_folder() -> Path:
    """Return the private folder of this person for work that is under way, made if need be."""
    from platformdirs import user_state_path

    folder = user_state_path("evidencemap", appauthor=False)
    with explained(_("Your work has no place to be kept.")):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def resolved(path: Path) -> Path:
    """Return the one path that stands for a file: its folder without links, its own name as it is."""
    absolute = path.expanduser().absolute()
    try:
        return absolute.parent.resolve() / absolute.name
    except OSError:
        return absolute


def work_folder(case: Id, path: Path | None) -> Path:
    """Return the folder of the work store of a case at a path; a new one each time without a path."""
    name = f"{_path_key(path)}-{case}" if path is not None else f"untitled-{case}-{new_id()[:8]}"
    return state_folder() / "work" / name


def work_folders_for(path: Path) -> list[Path]:
    """Return the folders of work stores that were left for a path, whatever their case."""
    return sorted(each for each in _all() if each.name.startswith(f"{_path_key(path)}-"))


def untitled_folders() -> list[Path]:
    """Return the folders of work stores of cases that never had a file."""
    return sorted(each for each in _all() if each.name.startswith("untitled-"))


def make_folder(folder: Path) -> None:
    """Make an empty work folder whose name is durable. Raises CaseFileRefused where the disk refuses."""
    with explained(_("Your work has no place to be kept.")):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flush_folder(folder.parent)


def remove_folder(folder: Path) -> None:
    """Remove a work folder with all it holds, the store first, so that no half of it is recovered."""
    for name in (STORE, f"{STORE}-wal", "about.json"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_file(path: Path) -> None:
    """Make what a file of ours holds durable, however it was written."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_about(folder: Path, about: About) -> None:
    """Remember what a work store is about: all of it or, after a crash, what was remembered before."""
    held = {name: getattr(about, name) for name in About.__slots__}
    if about.recipes != "plain":
        held["title"] = ""
    with explained(_("Your work has no place to be kept.")):
        fresh = folder / "about.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(held, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / "about.json")
        flush_folder(folder)


def read_about(folder: Path) -> About | None:
    """Return what is remembered of a work store; None where nothing that can be read is."""
    try:
        held = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return About(**held)
    except (OSError, ValueError, TypeError):
        return None


def edits_ahead(path: Path) -> int:
    """Return how many edits of the case at a path wait in work stores, as far as hints say."""
    waiting = 0
    for folder in work_folders_for(path):
        try:
            waiting += int(_lock_file(folder.name).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
    return waiting


class Lock:
    """The right to write one work store, by the name of its folder.

    The system gives it back when the process ends, however it ends.
    """

    def __init__(self, name: str) -> None:
        file = _lock_file(name)
        with explained(_("Your work has no place to be kept.")):
            file.parent.mkdir(exist_ok=True, mode=0o700)
            self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise CaseFileRefused(_("The case is open in another window.")) from None

    def note_ahead(self, edits: int) -> None:
        """Leave a hint for commands that only read: how many edits are not published yet."""
        with suppress(OSError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f"{edits:<12}".encode())

    def release(self) -> None:
        """Give the right back."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def remember_head(case: Id, head: bytes, since: int) -> None:
    """Remember that a file with this head left this machine, so that its undo list is ours."""
    folder = state_folder() / "known"
    with explained(""):
        folder.mkdir(exist_ok=True, mode=0o700)
        held = _heads(folder / f"{case}.json")
        held.pop(head.hex(), None)
        held[head.hex()] = since
        kept = dict(list(held.items())[-50:])
        fresh = folder / f"{case}.new"
        fresh.write_text(json.dumps(kept), encoding="ascii")
        fresh.replace(folder / f"{case}.json")


def known_head(case: Id, head: bytes) -> int | None:
    """Return the entry behind which undo does not go, if a file with this head was written here."""
    return _heads(state_folder() / "known" / f"{case}.json").get(head.hex())


def _heads(path: Path) -> dict[str, int]:
    try:
        held = json.loads(path.read_text(encoding="ascii"))
        return {str(head): int(since) for head, since in held.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _lock_file(name: str) -> Path:
    return state_folder() / "locks" / f"{name}.lock"


def _all() -> Iterator[Path]:
    folder = state_folder() / "work"
    if folder.is_dir():
        yield from (each for each in folder.iterdir() if (each / STORE).exists())


def _path_key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(resolved(path))).hexdigest()[:24]


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # beyond the hint, which others may read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
