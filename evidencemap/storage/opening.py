"""How a case is opened: through the gate, its work store found, and what was left there recovered."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.labels import label_said
from evidencemap.model.records import new_id
from evidencemap.storage import exhibits, places
from evidencemap.storage.door import Admitted, admit
from evidencemap.storage.driver import explained
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.kept import open_kept, recipe_text
from evidencemap.storage.passphrases import PassphraseNeeded, PassphraseWrong
from evidencemap.storage.places import About, Lock
from evidencemap.storage.publish import sweep
from evidencemap.storage.receiving import Progress
from evidencemap.storage.store import Store, create_store, open_store
from evidencemap.storage.surroundings import cautions
from evidencemap.tongue import _, capital, several

_DAY = 86_400

_EDITS = frozenset(
    (LineKind.DO, LineKind.UNDO, LineKind.REDO, LineKind.IMPORT, LineKind.MERGE, LineKind.ISSUE)
)


@dataclass(slots=True, kw_only=True)
class Opened:
    """A case that is open: its work store with the lock on it, or none of both where it can only be read.

    `published` is the entry of the journal up to which the user's file holds it.
    """

    case: Case
    about: About
    notices: list[str]
    store: Store | None = None
    folder: Path | None = None
    lock: Lock | None = None
    lines: tuple[Line, ...] = ()
    published: int = 0

    @property
    def writable(self) -> Store:
        """Return the work store. Raises EvidenceMapError where the case can only be read."""
        if self.store is None:
            raise EvidenceMapError(_("This window can only read the case: close the other one to change it."))
        return self.store


def read_case(path: Path, passphrase: str | None = None) -> tuple[Case, list[str]]:
    """Return the published case at a path, and notices. Takes no lock and leaves nothing behind.

    Raises CaseFileRefused where the file is no case that may be trusted.
    """
    path = places.resolved(path)
    with scratch() as folder:
        admitted = admit(path, folder, passphrase=passphrase)
        _check_rules(path, admitted)
    waiting = places.edits_ahead(path)
    notices = list(admitted.notices)
    if waiting:
        notices.append(
            several(
                "{count} edit of {name} is not published yet and not included here: save the case in its "
                "window first.",
                "{count} edits of {name} are not published yet and not included here: save the case in its "
                "window first.",
                waiting,
                name=path.name,
            )
        )
    return admitted.case, notices


def read_history(path: Path, passphrase: str | None = None) -> tuple[Line, ...]:
    """Return the journal of the case file at a path, without payloads. Takes no lock, leaves nothing behind.

    Raises CaseFileRefused where the file is no case that may be trusted.
    """
    with scratch() as folder:
        return admit(places.resolved(path), folder, passphrase=passphrase).lines


def open_case(path: Path, progress: Progress | None = None, passphrase: str | None = None) -> Opened:
    """Open the case at a path for work, or for reading only where another window has it.

    `progress` hears the part done; what it raises stops the opening. Raises CaseFileRefused where the
    file is no case that may be trusted and no work was kept either.
    """
    path = places.resolved(path)
    left = places.work_folders_for(path)
    with scratch() as folder:
        try:
            admitted = admit(path, folder, progress, passphrase, durable=True)
        except PassphraseNeeded:
            raise
        except CaseFileRefused as refusal:
            found = _open_left(path, left, str(refusal), passphrase)
            if found is None:
                raise
            return found
        try:
            lock = Lock(places.work_folder(admitted.case.id, path).name)
        except CaseFileRefused:
            return _reading_only(path, admitted)
        try:
            return _open_admitted(path, admitted, lock, passphrase)
        except BaseException:
            lock.release()
            raise


def open_new(case: Case, label: str) -> Opened:
    """Keep a case that has no file in a work store of its own."""
    folder = places.work_folder(case.id, None)
    places.make_folder(folder)
    lock = Lock(folder.name)
    try:
        store = create_store(folder / places.STORE, case, label)
        places.flush_folder(folder)
        about = About(case=case.id, title=case.header.title, since=1)
        places.write_about(folder, about)
    except BaseException:
        lock.release()
        places.remove_folder(folder)
        raise
    return Opened(case=case, about=about, notices=[], store=store, folder=folder, lock=lock)


def untitled() -> list[tuple[Path, str]]:
    """Return the cases without a file whose work was left, with their titles, those in use left out."""
    found = []
    for folder in places.untitled_folders():
        about = places.read_about(folder)
        if about is not None and _is_free(folder):
            found.append((folder, about.title))
    return found


def recover_untitled(folder: Path, passphrase: str | None = None) -> Opened:
    """Open the work that was left of a case without a file."""
    notice = _("Recovered {title}, which was never saved to a file.").format(title=_title(folder))
    return _open_folder(folder, None, notice, passphrase)


def is_edit(line: Line) -> bool:
    """Return whether a line of the journal changed the case."""
    return line.kind in _EDITS


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a private folder that is gone afterwards."""
    above = places.state_folder() / "incoming"
    with explained(_("There is no place for a private copy.")):
        above.mkdir(exist_ok=True, mode=0o700)
        _sweep(above)
        folder = above / new_id()
        folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_rules(path: Path, admitted: Admitted) -> None:
    if admitted.broken:
        raise CaseFileRefused(
            _("{name} breaks a rule that every case keeps: {broken}").format(
                name=path.name, broken=admitted.broken
            )
        )


def _reading_only(path: Path, admitted: Admitted) -> Opened:
    case = admitted.case
    _check_rules(path, admitted)
    about = About(
        case=case.id,
        title=case.header.title,
        path=str(path),
        base=admitted.digest,
        recipes=recipe_text(admitted.key),
    )
    notice = _("{name} is open in another window: here it can only be read.").format(name=path.name)
    return Opened(
        case=case,
        about=about,
        notices=[*admitted.notices, notice],
        lines=admitted.lines,
        published=admitted.entries,
    )


def _open_admitted(path: Path, admitted: Admitted, lock: Lock, passphrase: str | None) -> Opened:
    folder = places.work_folder(admitted.case.id, path)
    notices = [*admitted.notices, *cautions(path)]
    sweep(path)
    if (folder / places.STORE).exists():
        kept = _continue(path, admitted, folder, notices, passphrase)
        if kept is not None:
            kept.lock = lock
            return kept
    places.remove_folder(folder)
    places.make_folder(folder)
    with explained(_("{name} was not opened.").format(name=path.name)):
        admitted.database.replace(folder / places.STORE)
        places.flush_folder(folder)
    store = open_store(folder / places.STORE, admitted.keys, admitted.key)
    try:
        case = admitted.case
        since = places.known_head(case.id, admitted.head)
        if since is None:
            _check_rules(path, admitted)
            since = admitted.entries
        about = About(
            case=case.id,
            title=case.header.title,
            path=str(path),
            base=admitted.digest,
            since=since,
            recipes=recipe_text(admitted.key),
        )
        places.write_about(folder, about)
    except BaseException:
        store.close()
        places.remove_folder(folder)
        raise
    return Opened(
        case=case,
        about=about,
        notices=notices,
        store=store,
        folder=folder,
        lock=lock,
        published=admitted.entries,
    )


def _continue(
    path: Path, admitted: Admitted, folder: Path, notices: list[str], passphrase: str | None
) -> Opened | None:
    """Return the work that was left, or None where the file holds all of it already."""
    about = places.read_about(folder)
    try:
        store = open_kept(folder, passphrase, admitted.key)
    except (PassphraseNeeded, PassphraseWrong):
        raise
    except CaseFileRefused:
        aside = folder.with_name(f"damaged-{new_id()[:8]}-{folder.name}")
        folder.rename(aside)
        notices.append(
            _("Work that was kept cannot be read; it lies in {place}. This is what was published.").format(
                place=aside
            )
        )
        return None
    try:
        at_file = store.last is not None and store.last.entry >= admitted.entries
        common = at_file and store.line(admitted.entries).digest == admitted.head
        waiting = [line for line in store.outline(since=admitted.entries if common else 0) if is_edit(line)]
        if (common and not waiting) or (not common and _holds(admitted, store)):
            store.close()
            return None
        case = store.load()
        exhibits.drop_unnamed(store.connection)
    except BaseException:
        store.close()
        raise
    if about is None:
        about = About(case=case.id, title=case.header.title, path=str(path), since=admitted.entries)
    about = replace(about, recipes=recipe_text(store.key))
    if common:
        about = replace(about, title=case.header.title, path=str(path), base=admitted.digest)
        notices.append(
            several(
                "Recovered {count} edit that was not published: {labels}.",
                "Recovered {count} edits that were not published: {labels}.",
                len(waiting),
                labels=_labels(waiting),
            )
        )
    else:
        notices.append(
            _(
                "{name} was changed by somebody else while work was kept here. This is the work that was "
                "kept; saving puts it beside the file, under a name with (conflict)."
            ).format(name=path.name)
        )
    places.write_about(folder, about)
    return Opened(
        case=case,
        about=about,
        notices=notices,
        store=store,
        folder=folder,
        published=admitted.entries if common else 0,
    )


def _holds(admitted: Admitted, store: Store) -> bool:
    """Return whether the file's journal holds every line of the store's."""
    last = store.last
    if last is None:
        return True
    return any(line.entry == last.entry and line.digest == last.digest for line in admitted.lines)


def _open_left(path: Path, left: list[Path], refusal: str, passphrase: str | None) -> Opened | None:
    for folder in left:
        if _is_free(folder):
            notice = _("{refusal} This is the work that was kept of it.").format(refusal=refusal)
            with suppress(PassphraseWrong):
                return _open_folder(folder, path, notice, passphrase)
    return None


def _open_folder(folder: Path, path: Path | None, notice: str, passphrase: str | None) -> Opened:
    lock = Lock(folder.name)
    try:
        store = open_kept(folder, passphrase)
        try:
            case = store.load()
            exhibits.drop_unnamed(store.connection)
        except BaseException:
            store.close()
            raise
    except BaseException:
        lock.release()
        raise
    about = places.read_about(folder) or About(case=case.id, title=case.header.title)
    about = replace(about, recipes=recipe_text(store.key))
    if path is not None:
        about = replace(about, case=case.id, title=case.header.title, path=str(path))
    return Opened(case=case, about=about, notices=[notice], store=store, folder=folder, lock=lock)


def _is_free(folder: Path) -> bool:
    try:
        Lock(folder.name).release()
    except CaseFileRefused:
        return False
    return True


def _title(folder: Path) -> str:
    about = places.read_about(folder)
    return _("“{title}”").format(title=about.title) if about is not None and about.title else _("a case")


def _labels(waiting: list[Line]) -> str:
    labels = []
    for line in waiting:
        label = label_said(line.label)
        kind = capital(_(line.kind.value))
        labels.append(label if line.of is None else f"{kind}: {label}")
    if len(labels) > 3:
        return _("{labels} and {count} before").format(labels=", ".join(labels[-3:]), count=len(labels) - 3)
    return ", ".join(labels)


def _sweep(above: Path) -> None:
    for each in above.iterdir():
        try:
            if time.time() - each.stat().st_mtime > _DAY:
                shutil.rmtree(each, ignore_errors=True)
        except OSError:
            continue
