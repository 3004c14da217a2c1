"""Where an open case is at home: its file written, remembered, and another one made the one it works on."""

from dataclasses import replace
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case
from evidencemap.storage import places
from evidencemap.storage.journal import Line
from evidencemap.storage.opening import Opened
from evidencemap.storage.places import Lock
from evidencemap.storage.publish import Published, place, prepare
from evidencemap.storage.store import open_store


def publish(opened: Opened, target: Path, expected: str | None) -> tuple[Published, Line]:
    """Write an open case to a file, and return where it went with the line that says so.

    `expected` is the SHA-256 that the target must still have, as `prepare` takes it. Raises
    CaseFileRefused with the cause; then the file is as it was and every edit is kept.
    """
    assert opened.store is not None and opened.folder is not None
    line = opened.store.publication()
    whole = opened.folder / "whole.db"
    whole.unlink(missing_ok=True)
    try:
        opened.store.copy_to(whole)
        published = place(prepare(whole, target, expected))
    finally:
        whole.unlink(missing_ok=True)
    places.remember_head(opened.about.case, line.digest, opened.about.since)
    return published, line


def remember(opened: Opened, case: Case, published: Published) -> None:
    """Write down that the work store is about the file that was just published."""
    assert opened.folder is not None
    opened.about = replace(
        opened.about, title=case.header.title, path=str(published.path), base=published.digest
    )
    places.write_about(opened.folder, opened.about)


def move(opened: Opened, published: Published) -> None:
    """Make the file that was just published the one that the work store belongs to.

    Raises CaseFileRefused where another window has that file open; the work store stays where it is.
    """
    assert opened.store is not None and opened.folder is not None
    folder = places.work_folder(opened.about.case, published.path)
    try:
        lock = Lock(folder.name)
    except CaseFileRefused as fault:
        raise CaseFileRefused(
            f"{published.path.name} is open in another window: your case was saved there, "
            "and this window goes on with the one it has."
        ) from fault
    opened.store.close()
    places.remove_folder(folder)
    opened.folder.rename(folder)
    places.flush_folder(folder.parent)
    opened.store = open_store(folder / places.STORE, opened.store.keys)
    if opened.lock is not None:
        opened.lock.release()
    opened.lock, opened.folder = lock, folder
