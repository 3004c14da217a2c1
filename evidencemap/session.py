"""One open case: check an edit, keep it, show it."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from evidencemap.errors import EvidenceMapError
from evidencemap.model import custody, rules, verbs
from evidencemap.model.case import Case, empty_case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Exhibit
from evidencemap.model.labels import label_said
from evidencemap.model.records import Id
from evidencemap.storage import exhibits, home, journal, opening, seals, timestamps
from evidencemap.storage.driver import Connection
from evidencemap.storage.exhibits import Cancelled, Extracted, Kept, StoppedError
from evidencemap.storage.home import SavedState
from evidencemap.storage.journal import Line, LineKind, utc_now
from evidencemap.storage.kept import PLAIN
from evidencemap.storage.opening import Opened, read_case, read_history
from evidencemap.storage.passphrases import Key, PassphraseNeeded, PassphraseWrong, new_key
from evidencemap.storage.receiving import Progress
from evidencemap.storage.saving import Saving
from evidencemap.storage.search import Index, find
from evidencemap.storage.store import Store
from evidencemap.storage.timestamps import Stamp
from evidencemap.storage.undoing import Undoing
from evidencemap.storage.verification import Verification, verify
from evidencemap.tongue import _

__all__ = [
    "Extracted",
    "Kept",
    "PassphraseNeeded",
    "PassphraseWrong",
    "SavedState",
    "Session",
    "StoppedError",
    "Verification",
    "read_case",
    "read_history",
    "verify",
]

Watcher = Callable[[Edit, Case, Case], None]
"""Told of every edit once it is true: the edit, the case before, the case after."""


class Session:
    """One open case. Every edit is durable before anybody is told of it.

    Made by `new`, `adopt`, `open` or `recover`. As a context manager it closes on leaving; after an
    exception it leaves the user's file alone and keeps the work for the next start.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._case = opened.case
        self._watchers: list[Watcher] = []
        self._closed = False
        self._index: Index | None = None
        lines = list(opened.lines if opened.store is None else opened.store.outline())
        self._undoing = Undoing(lines, None if opened.store is None else opened.about.since)
        self._saving = Saving(opened, self._undoing)
        for line in lines:
            self._saving.count(line)
        if opened.store is not None and (not opened.about.path or self._saving.changes):
            self._saving.note_ahead()

    @classmethod
    def new(cls, title: str) -> "Session":
        """Start an empty case without a file. Raises RuleBroken for an empty title."""
        return cls(opening.open_new(empty_case(title), "Start the case"))

    @classmethod
    def adopt(cls, case: Case, label: str = "Import a listing") -> "Session":
        """Start a case without a file from a case that was read; its work store keeps it at once."""
        rules.check(case)
        return cls(opening.open_new(case, label))

    @classmethod
    def open(cls, path: Path, progress: Progress | None = None, passphrase: str | None = None) -> "Session":
        """Open the case file at a path, recovering what was not published; `notices` says what was.

        `progress` hears the part done, from 0 to 1; what it raises stops the opening. Raises
        CaseFileRefused with a sentence where the file is no case that may be trusted: PassphraseNeeded
        where it is encrypted and no passphrase is given, PassphraseWrong for another one.
        """
        return cls(opening.open_case(Path(path), progress, passphrase))

    @classmethod
    def recover(cls, folder: Path, passphrase: str | None = None) -> "Session":
        """Open the work that was left of a case that never had a file; see `unsaved`."""
        return cls(opening.recover_untitled(folder, passphrase))

    @staticmethod
    def unsaved() -> list[tuple[Path, str]]:
        """Return the cases that were left without ever being saved: what `recover` takes, and a title."""
        return opening.untitled()

    @property
    def case(self) -> Case:
        """Return the case as it stands."""
        return self._case

    @property
    def path(self) -> Path | None:
        """Return where the case is published; None while it has no file."""
        return self._saving.path

    @property
    def read_only(self) -> bool:
        """Return whether another window has the case, so that this one can only read."""
        return self._opened.store is None

    @property
    def notices(self) -> tuple[str, ...]:
        """Return sentences that the person should see: what was recovered, what lay beside the file."""
        return tuple(self._opened.notices)

    @property
    def saved_state(self) -> SavedState:
        """Return where the case is published and how many edits are not, yet."""
        return self._saving.state

    @property
    def entries(self) -> int:
        """Return how many lines the journal has."""
        if self._opened.store is None:
            return self._opened.lines[-1].entry if self._opened.lines else 0
        last = self._opened.store.last
        return 0 if last is None else last.entry

    @property
    def undo_label(self) -> str | None:
        """Return what undo would take back; None where there is nothing."""
        return label_said(self._undoing.undo_label or "") or None

    @property
    def redo_label(self) -> str | None:
        """Return what redo would do again; None where there is nothing."""
        return label_said(self._undoing.redo_label or "") or None

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Tell the watcher of every edit from now on; the result, when called, stops that."""
        self._watchers.append(watcher)

        def unwatch() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return unwatch

    def apply(self, edit: Edit, *, kind: LineKind = LineKind.DO) -> Case:
        """Make an edit true: rules asked, one durable transaction, watchers told. Return the case after.

        Raises RuleBroken where a rule refuses and CaseFileRefused where the disk does; then nothing
        has changed.
        """
        self._make_true(edit, kind, None)
        return self._case

    def undo(self) -> Edit | None:
        """Take the latest edit back; return what was applied, None where there is nothing to undo."""
        found = self._undoing.backward(self._case, self._store)
        if found is not None:
            self._make_true(found[1], LineKind.UNDO, found[0])
        return None if found is None else found[1]

    def redo(self) -> Edit | None:
        """Do again what was last undone; return what was applied, None where there is nothing."""
        found = self._undoing.forward(self._case, self._store)
        if found is not None:
            self._make_true(found[1], LineKind.REDO, found[0])
        return None if found is None else found[1]

    def checkpoint(self, name: str) -> Edit:
        """Name this point of the history. Raises RuleBroken for an empty name."""
        last = self._store.last
        assert last is not None
        edit = verbs.checkpoint(self._case, name, when=utc_now(), entries=last.entry, head=last.digest.hex())
        self.apply(edit)
        return edit

    def issue(self, template: str, sha256: str, why: str = "") -> Edit:
        """Record that a brief went out, with the SHA-256 of its PDF and the head of the journal it tells.

        What is recorded so is not undone. Raises EvidenceMapError where the case can only be read.
        """
        last = self._store.last
        assert last is not None
        head = last.digest.hex()
        edit = verbs.issue(self._case, template, when=utc_now(), sha256=sha256, head=head, why=why)
        self.apply(edit, kind=LineKind.ISSUE)
        return edit

    @property
    def contents(self) -> Connection:
        """Return what holds the bytes of exhibits, for the functions of `storage.exhibits`."""
        return self._store.connection

    def keep_file(
        self, path: Path, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Kept:
        """Take the bytes of a file in, which any thread may do; `add_exhibit` then makes an exhibit of them.

        Until this returns every edit is refused with a sentence. Raises StoppedError where `cancelled`
        says so, CaseFileRefused where the file cannot be read or kept; then nothing has changed.
        """
        return exhibits.keep(self.contents, Path(path), progress, cancelled)

    def add_exhibit(
        self,
        file: Path | Kept,
        *,
        to: Id | None = None,
        by: str = "",
        why: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Exhibit:
        """Keep a file in the case as an exhibit, attach it to an item, and return the exhibit.

        `by` and `why` go into its custody. Content that the case has already makes no second exhibit: the
        custody of the first gets the entry. Raises as `keep_file`, and RuleBroken where `to` is no item.
        """
        kept = file if isinstance(file, Kept) else self.keep_file(file, progress, cancelled)
        with exhibits.forgotten_on_a_fault(self.contents, kept):
            edit = custody.add_exhibit(
                self._case, kept.file, custody.arrival(kept.file, utc_now(), by, why), to
            )
            self.apply(edit)
        return custody.added(edit)

    def extract_exhibit(self, exhibit: Id, folder: Path, *, by: str = "", why: str = "") -> Extracted:
        """Write an exhibit into a folder as a new file under a safe name, and write that into its custody.

        Raises CaseFileRefused where the bytes are not here, not those that came in, or cannot be written.
        """
        made = exhibits.extract(self.contents, custody.exhibit(self._case, exhibit), Path(folder))
        self.apply(custody.departure(self._case, exhibit, made.path.name, utc_now(), by, why))
        return made

    def verify_exhibits(self, progress: Progress | None = None) -> dict[Id, bool | None]:
        """Return of each exhibit whether its bytes are those that came in; None where they are not here."""
        return exhibits.verify(self.contents, self._case.sorted(Exhibit), progress)

    def search(self, words: str, limit: int = 60) -> list[Id]:
        """Return the ids of what has each word, or its beginning, in its texts; the best match first."""
        self.prepare_search()
        assert self._index is not None
        return find(self._index, self._case, words, limit)

    def prepare_search(self) -> None:
        """Make the index that `search` needs, which any thread may do: a second for 100,000 texts."""
        if self._index is None:
            self._index = Index(self._case)

    @property
    def search_is_ready(self) -> bool:
        """Return whether `search` answers at once."""
        return self._index is not None

    def history(self, since: int = 0, *, whole: bool = True) -> list[Line]:
        """Return the lines of the journal after an entry, the oldest first; `whole` with their payloads."""
        if self._opened.store is None:
            return [line for line in self._opened.lines if line.entry > since]
        return list(self._opened.store.lines(since) if whole else self._opened.store.outline(since))

    def revert_to(self, entry: int) -> Edit | None:
        """Bring the case back to how it was after an entry of the journal, as one edit that can be undone.

        What came since stays on the record; numbers given since are not given again. Returns None
        where nothing has changed since. Raises CaseFileRefused where the journal has no such entry.
        """
        then = journal.replay_plainly(self._store.lines(upto=self._store.line(entry).entry))
        edit = journal.difference(self._case, then, f"Revert to entry {entry}")
        if edit is not None:
            self.apply(edit)
        return edit

    def save(self) -> Path:
        """Publish the case to its file; return where it went, `X (conflict).evmap` where somebody changed X.

        Raises EvidenceMapError where it has no file yet or can only be read, CaseFileRefused with the
        cause where it could not be written: then the file is as it was and every edit is kept.
        """
        return self._saving.save(self._case)

    def seal(self) -> str:
        """Sign what the case says now with this person's key, publish it, and return the fingerprint.

        A brief prints the fingerprint; whoever holds it can see with `verify` whether anything was
        changed. Raises EvidenceMapError where the case has no file yet.
        """
        if self.path is None:
            raise EvidenceMapError(_("This case has no file yet: save it before it is sealed."))
        line = self._store.publication()
        made = seals.seal(self._store.connection, line, self._store.root()[0], utc_now())
        self._saving.save(self._case, anew=True)
        return made.fingerprint

    def add_time_stamp(self, answer: Path) -> tuple[Stamp, int]:
        """Keep the time stamp (RFC 3161) in a file, publish it, and return what it says and of which entry.

        Raises CaseFileRefused where it does not fit, as `timestamps.check` says.
        """
        kept = timestamps.keep(self._store.connection, timestamps.read_answer(answer), self.history())
        self._saving.save(self._case, anew=True)
        return kept

    @property
    def encrypted(self) -> bool:
        """Return whether the case is kept under a passphrase."""
        return self._opened.about.recipes != PLAIN

    @property
    def key(self) -> Key | None:
        """Return what opens the files of this case, for `verify`; None where they are not encrypted."""
        return None if self._opened.store is None else self._opened.store.key

    def set_passphrase(self, passphrase: str | None) -> None:
        """Keep the case under a passphrase, another one, or None; published at once if it has a file.

        Raises EvidenceMapError for an empty passphrase, CaseFileRefused where the disk refuses.
        """
        home.rekey(self._opened, self._store, None if passphrase is None else new_key(passphrase))
        if self.path is not None:
            self._saving.save(self._case, anew=True)
            home.forget_backup(self._opened)

    def save_as(self, path: Path) -> Path:
        """Publish the case to another file and go on working on that one; what lies there is replaced."""
        return self._saving.save_as(self._case, Path(path))

    def save_copy(self, path: Path) -> Path:
        """Publish a copy of the case and go on working on this one; what lies there is replaced."""
        return self._saving.save_copy(Path(path))

    def close(self) -> None:
        """Publish what is not yet published, if the case has a file, and leave nothing behind.

        A case without a file stays in its work store if anything was done to it. Raises CaseFileRefused
        where it could not be written: then it is still open, and `put_back` keeps the work.
        """
        if self._closed:
            return
        if self._opened.store is not None and self.path is not None and self._saving.changes:
            self.save()
        self._leave(discard=self.path is not None or self._untouched)

    def discard(self) -> None:
        """Close without publishing, and drop the edits that were not published."""
        if not self._closed:
            self._leave(discard=True)

    def put_back(self) -> None:
        """Close without publishing; what was not published is kept for the next start."""
        if not self._closed:
            self._leave(discard=self._saving.changes == 0 or (self.path is None and self._untouched))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            (self.close if fault is None else self.put_back)()
        finally:
            self.put_back()

    @property
    def _store(self) -> Store:
        return self._opened.writable

    @property
    def _untouched(self) -> bool:
        last = None if self.read_only else self._store.last
        return last is not None and last.entry == 1

    def _make_true(self, edit: Edit, kind: LineKind, of: int | None) -> None:
        before = self._case
        after = before.after(edit)
        rules.check(after, edit.ids)
        line = self._store.write(before, edit, after, kind=kind, of=of)
        self._undoing.note(line, edit)
        self._case = after
        if self._index is not None:
            self._index.learn(before, edit, after)
        self._saving.count(line)
        self._saving.note_ahead()
        for watcher in tuple(self._watchers):
            watcher(edit, before, after)

    def _leave(self, discard: bool = False) -> None:
        self._closed = True
        home.leave(self._opened, discard=discard)
