"""Where an open case is at home: its file written, remembered, and another one made the one it works on."""

from dataclasses import dataclass, replace
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case
from evidencemap.storage import places
from evidencemap.storage.backups import forget_backups, keep_backup
from evidencemap.storage.driver import busy, cause_alone, explained, export, refuse_busy
from evidencemap.storage.journal import Line
from evidencemap.storage.kept import recipe_text
from evidencemap.storage.mapplaces import forget_places
from evidencemap.storage.opening import Opened
from evidencemap.storage.passphrases import Key, secret
from evidencemap.storage.places import Lock
from evidencemap.storage.publish import Published, backup_of, place, prepare
from evidencemap.storage.store import Store, open_store
from evidencemap.storage.surroundings import cautions, refuse_too_large
from evidencemap.tongue import _


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedState:
    """What the status bar says: where the case is published, since when, and what is not yet.

    `changes` counts the edits since the last publication; they are safe in the work store.
    """

    path: Path | None
    changes: int
    published_at: str = ""


def publish(opened: Opened, target: Path, expected: str | None) -> tuple[Published, Line]:
    """Write an open case to a file, and return where it went with the line that says so.

    `expected` is the SHA-256 that the target must still have, as `prepare` takes it. Raises
    EvidenceMapError where the case can only be read, CaseFileRefused with the cause; then the file is as
    it was and every edit is kept.
    """
    store = opened.writable
    assert opened.folder is not None
    line = store.publication()
    whole = opened.folder / "whole.db"
    whole.unlink(missing_ok=True)
    try:
        store.copy_to(whole)
        refuse_too_large(target, whole.stat().st_size)
        key = store.key
        published = place(prepare(whole, target, expected, b"" if key is None else key.recipe.header))
    finally:
        whole.unlink(missing_ok=True)
    places.remember_head(opened.about.case, line.digest, opened.about.since)
    return published, line


def remember(opened: Opened, case: Case, published: Published) -> None:
    """Write down that the work store is about the file that was just published, and keep a backup of it."""
    assert opened.folder is not None
    opened.about = replace(
        opened.about, title=case.header.title, path=str(published.path), base=published.digest
    )
    places.write_about(opened.folder, opened.about)
    try:
        keep_backup(published.path, opened.about.case)
    except OSError as fault:
        notice = _("{name} was saved, but no backup of it was kept: {cause}").format(
            name=published.path.name, cause=cause_alone(fault)
        )
        if notice not in opened.notices:
            opened.notices.append(notice)


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
            _(
                "{name} is open in another window: your case was saved there, and this window "
                "goes on with the one it has."
            ).format(name=published.path.name)
        ) from fault
    opened.store.close()
    places.remove_folder(folder)
    opened.folder.rename(folder)
    places.flush_folder(folder.parent)
    opened.store = open_store(folder / places.STORE, opened.store.keys, opened.store.key)
    if opened.lock is not None:
        opened.lock.release()
    opened.lock, opened.folder = lock, folder
    opened.notices.extend(each for each in cautions(published.path) if each not in opened.notices)


def leave(opened: Opened, *, discard: bool) -> None:
    """Close the work store and give the right to it back; `discard` removes it with what it holds."""
    if opened.store is not None:
        opened.store.close()
        if discard:
            assert opened.folder is not None
            places.remove_folder(opened.folder)
    if opened.lock is not None:
        opened.lock.release()


def rekey(opened: Opened, store: Store, key: Key | None) -> None:
    """Write the work store anew under another key, or under none; what it holds stays the same.

    A crash at any moment leaves the old one or the new one, and either opens with its own passphrase.
    Raises CaseFileRefused where the disk refuses; then nothing has changed.
    """
    folder = opened.folder
    assert folder is not None
    fresh = folder / "rekeyed.db"
    fresh.unlink(missing_ok=True)
    either = f"{recipe_text(store.key)},{recipe_text(key)}"
    with explained(_("The passphrase was not changed.")):
        refuse_busy(store.connection)
        held, alone = _held(store), False
        try:
            export(store.connection, fresh, secret(key))
            places.flush_file(fresh)
            # From here on no file can come in, which would be lost; what came in meanwhile is seen.
            refuse_busy(store.connection)
            store.connection.execute("begin immediate")
            alone = True
            if _held(store) != held:
                raise busy()
            opened.about = replace(opened.about, recipes=either)
            places.write_about(folder, opened.about)
        except BaseException:
            if alone:
                store.connection.execute("rollback")
            fresh.unlink(missing_ok=True)
            raise
    store.close()
    fresh.replace(folder / places.STORE)
    places.flush_folder(folder)
    opened.store = open_store(folder / places.STORE, store.keys, key)
    opened.about = replace(opened.about, recipes=recipe_text(key))
    places.write_about(folder, opened.about)
    if key is not None:
        forget_places(opened.about.case)


def _held(store: Store) -> tuple[int, int]:
    """Return the last entry of the journal and the last content of an exhibit: what both grow by."""
    found = store.connection.execute(
        "select (select max(entry) from journal), (select max(key) from file)"
    ).fetchone()
    return found[0] or 0, found[1] or 0


def forget_backup(opened: Opened) -> None:
    """Remove what was published before, backups included, which the passphrase of now does not protect."""
    path = Path(opened.about.path)
    kept = backup_of(path)
    with explained(_("The case is kept under its passphrase now, but not its earlier backups.")):
        forget_backups(path)
        keep_backup(path, opened.about.case)
    if kept.exists():
        with explained(_("The case is kept under its passphrase now, but not the file before it.")):
            kept.unlink()
            places.flush_folder(kept.parent)
        opened.notices.append(
            _(
                "{name} was removed, since this passphrase did not protect it; its bytes may still be "
                "found on the disk."
            ).format(name=kept.name)
        )
