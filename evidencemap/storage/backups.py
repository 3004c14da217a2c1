"""Rolling backups: earlier publications of a case, kept in this person's private folder and thinned out."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evidencemap.model.records import Id
from evidencemap.storage.places import state_folder, work_folder

NEWEST = 10
"""How many of the latest publications are kept, whenever they were."""

DAYS = 30
"""From how many further days the last publication of the day is kept."""

ROOM = 2 << 30
"""Bytes that the backups of one case may take; the latest one is kept whatever it takes, up to this."""

_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """An earlier publication of a case: the file, when it was published (UTC), its size in bytes."""

    path: Path
    at: str
    size: int


def keep_backup(published: Path, case: Id) -> None:
    """Keep a copy of a file that was just published, and drop those that are too many.

    A file larger than all the room is not kept: its `.bak` is. Raises OSError where the disk refuses.
    """
    if published.stat().st_size > ROOM:
        return
    folder = _folder(published, case)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{datetime.now(UTC).strftime(_STAMP)}.evmap"
    fresh = folder / ".fresh"
    try:
        shutil.copyfile(published, fresh)
        fresh.chmod(0o600)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
    held = _listed(folder)
    kept = thinned(held)
    for each in held:
        if each not in kept:
            each.path.unlink(missing_ok=True)


def thinned(held: Sequence[Backup]) -> list[Backup]:
    """Return which backups stay, of those given with the latest first: by number, by day, and by room."""
    days: set[str] = set()
    kept: list[Backup] = []
    room = 0
    for place, each in enumerate(held):
        day = each.at[:10]
        wanted = place < NEWEST or (day not in days and len(days) <= DAYS)
        days.add(day)
        if wanted and (room + each.size <= ROOM or place == 0):
            kept.append(each)
            room += each.size
    return kept


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of what was published at a path, the latest first, though it be gone."""
    above = state_folder() / "backups"
    start = work_folder(Id(""), path).name
    folders = [each for each in above.iterdir() if each.name.startswith(start)] if above.is_dir() else []
    held = [backup for folder in folders for backup in _listed(folder)]
    return sorted(held, key=lambda each: (each.at, each.path.name), reverse=True)


def forget_backups(path: Path) -> int:
    """Remove the backups of what was published at a path; return how many there were."""
    held = backups_of(path)
    for each in held:
        each.path.unlink(missing_ok=True)
    return len(held)


def _folder(path: Path, case: Id) -> Path:
    return state_folder() / "backups" / work_folder(case, path).name


def _listed(folder: Path) -> list[Backup]:
    found = []
    for each in folder.glob("*.evmap"):
        with suppress(OSError, ValueError):
            at = datetime.strptime(each.stem, _STAMP).replace(tzinfo=UTC)
            size = each.stat().st_size
            found.append(Backup(path=each, at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), size=size))
    return sorted(found, key=lambda each: each.at, reverse=True)
