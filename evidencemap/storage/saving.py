"""What of an open case is published, where, and since when; and how the rest gets there."""

from pathlib import Path

from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.storage import home, opening, places
from evidencemap.storage.home import SavedState
from evidencemap.storage.journal import Line
from evidencemap.storage.opening import Opened
from evidencemap.storage.publish import Published
from evidencemap.storage.undoing import Undoing
from evidencemap.tongue import _


class Saving:
    """The publications of one open case: counts the edits since the last, and makes the next."""

    def __init__(self, opened: Opened, undoing: Undoing) -> None:
        self._opened = opened
        self._undoing = undoing
        self._published, self._at = opened.published, ""
        self.changes = 0

    @property
    def path(self) -> Path | None:
        """Return where the case is published; None while it has no file."""
        return Path(self._opened.about.path) if self._opened.about.path else None

    @property
    def state(self) -> SavedState:
        """Return where the case is published and how many edits are not, yet."""
        return SavedState(path=self.path, changes=self.changes, published_at=self._at)

    def count(self, line: Line) -> None:
        """Take a line of the journal into account."""
        if line.entry == self._published:
            self.changes, self._at = 0, line.at
        elif opening.is_edit(line) and line.entry > max(self._published, 1):
            self.changes += 1

    def note_ahead(self) -> None:
        """Let other programs know how many edits the published file lacks."""
        if self._opened.lock is not None:
            self._opened.lock.note_ahead(self.changes)

    def save(self, case: Case, *, anew: bool = False) -> Path:
        """Publish the case to its file; return where it went. With `anew` also where no edit was made since.

        Raises EvidenceMapError where it has no file yet or can only be read, CaseFileRefused with the
        cause where it could not be written.
        """
        path = self.path
        if path is None:
            raise EvidenceMapError(_("This case has no file yet: say where to save it."))
        last = self._opened.writable.last
        if not anew and last is not None and last.entry == self._published:
            return path
        published = self._publish(path, self._opened.about.base)
        if published.conflict:
            self._opened.notices.append(
                _("{name} was changed by somebody else: your case was saved as {other}.").format(
                    name=path.name, other=published.path.name
                )
            )
        if published.path != path:
            home.move(self._opened, published)
        self._remember(case, published)
        return published.path

    def save_as(self, case: Case, path: Path) -> Path:
        """Publish the case to another file, which it is at home in from now on; return that."""
        path = places.resolved(path)
        if path == self.path:
            return self.save(case)
        published = self._publish(path, None)
        home.move(self._opened, published)
        self._remember(case, published)
        return published.path

    def save_copy(self, path: Path) -> Path:
        """Publish a copy of the case; return where it is. Raises EvidenceMapError for the case itself."""
        path = places.resolved(path)
        if path == self.path:
            raise EvidenceMapError(
                _("{name} is the case itself: choose another name for the copy.").format(name=path.name)
            )
        return self._publish(path, None).path

    def _publish(self, target: Path, expected: str | None) -> Published:
        published, line = home.publish(self._opened, target, expected)
        self._undoing.note(line)
        return published

    def _remember(self, case: Case, published: Published) -> None:
        last = self._opened.writable.last
        assert last is not None
        self._published, self.changes, self._at = last.entry, 0, last.at
        self.note_ahead()
        home.remember(self._opened, case, published)
