"""What undo would take back and redo would do again: the entries of the journal, their words, their edits."""

from collections.abc import Iterable

from evidencemap.model.case import Case
from evidencemap.model.edit import Edit, inverse
from evidencemap.storage import journal
from evidencemap.storage.journal import Line, LineKind, UndoLists
from evidencemap.storage.store import Store


class Undoing:
    """The undo and redo lists of one open case. Edits of this sitting are held, others read back."""

    def __init__(self, lines: Iterable[Line], since: int | None) -> None:
        """Take the lists from the lines of a journal; up to `since` nothing is undone (None: none at all)."""
        held = list(lines)
        self._labels = {line.entry: line.label for line in held}
        self._lists = UndoLists() if since is None else journal.undo_lists(held, since)
        self._edits: dict[int, Edit] = {}

    @property
    def undo_label(self) -> str | None:
        """Return what undo would take back; None where there is nothing."""
        return self._labels[self._lists.undo[-1]] if self._lists.undo else None

    @property
    def redo_label(self) -> str | None:
        """Return what redo would do again; None where there is nothing."""
        return self._labels[self._lists.redo[-1]] if self._lists.redo else None

    def backward(self, case: Case, store: Store) -> tuple[int, Edit] | None:
        """Return the entry that undo is about and the edit that takes it back; None for nothing."""
        if not self._lists.undo:
            return None
        entry = self._lists.undo[-1]
        known = self._edits.get(entry)
        return entry, journal.backward(case, store.line(entry)) if known is None else inverse(known)

    def forward(self, case: Case, store: Store) -> tuple[int, Edit] | None:
        """Return the entry that redo is about and the edit that does it again; None for nothing."""
        if not self._lists.redo:
            return None
        entry = self._lists.redo[-1]
        known = self._edits.get(entry)
        return entry, journal.forward(case, store.line(entry)) if known is None else known

    def note(self, line: Line, edit: Edit | None = None) -> None:
        """Take a new line of the journal into the lists, with the edit that it records."""
        self._labels[line.entry] = line.label
        if line.kind is LineKind.DO and edit is not None:
            for entry in self._lists.redo:
                self._edits.pop(entry, None)
            self._edits[line.entry] = edit
        elif line.of is not None and edit is not None:
            self._edits[line.of] = inverse(edit) if line.kind is LineKind.UNDO else edit
        journal.follow(self._lists, line)
