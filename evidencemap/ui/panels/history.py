"""The history: every line of the journal, the newest first, and what changed since any of them."""

import json
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencemap.model.labels import label_said
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.storage.journal import Line, LineKind
from evidencemap.tongue import _, capital, several
from evidencemap.ui.buttons import WordyButton
from evidencemap.ui.editor import Editor
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.plain import plain_label
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import NARROW, Row, Weight
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import number_shown

_MARKS = {
    LineKind.DO: "dot",
    LineKind.UNDO: "loop",
    LineKind.REDO: "loop",
    LineKind.IMPORT: "sheet",
    LineKind.MERGE: "diamond",
    LineKind.PUBLISH: "disc",
    LineKind.ISSUE: "flag",
    LineKind.MIGRATE: "diamond",
}


class History(Pane):
    """Lists acts by day and time, who did them, and counts what changed since the chosen one."""

    since_wanted = Signal(int)
    help_page = "history"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("History"), parent)
        self.list = RowList(self, lines=NARROW)
        self.list.setAccessibleName(_("History"))
        self.list.chosen.connect(self._choose)
        self._since = plain_label("", self, wrap=True)
        self._since.setObjectName("hint")
        self._more = WordyButton(_("What changed since…"), self)
        self._more.setObjectName("act")
        self._more.clicked.connect(lambda: self.since_wanted.emit(self.entry))
        self._back = WordyButton(_("Revert to here"), self)
        self._back.setObjectName("act")
        self._back.clicked.connect(self.revert)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.addWidget(self._since)
        foot.addWidget(self._more)
        foot.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.list)
        self._lines: list[Line] = []
        self._session: Session | None = None
        self._stale = True
        editor.reviewed.connect(lambda: self._choose(None))

    @property
    def entry(self) -> int:
        """The entry that the list stands on; 0 where it stands on none."""
        at = self.list.at
        return self._lines[at].entry if 0 <= at < len(self._lines) else 0

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.list.show_theme(theme)

    def show_case(self) -> None:
        """Show the journal, once the pane is seen."""
        self._stale = True
        if self.isVisible():
            self.show_lines()

    def refresh(self, ids: Collection[Id]) -> None:
        """Show the journal anew, once the pane is seen."""
        self.show_case()

    def show_lines(self) -> None:
        """Read what the journal has and this pane does not, payloads apart, and show all of it."""
        session = self.editor.session
        known = self._lines if session is self._session else []
        fresh = session.history(known[0].entry if known else 0, whole=False)
        self._lines, self._session = [*reversed(fresh), *known], session
        self._stale = False
        lines = self._lines
        self.list.show_many(len(lines), lambda at: _row(lines[at]))
        self._choose(None)

    def show_if_stale(self) -> None:
        """Show the journal where it was not read since the last edit."""
        if self._stale:
            self.show_lines()

    def revert(self) -> None:
        """Bring the case back to how it was after the chosen line, as one edit that undo takes back."""
        entry = self.entry
        if entry:
            self.editor.alter(lambda: self.editor.session.revert_to(entry))

    def changed_since(self, entry: int) -> list[str]:
        """Return the visible numbers of what was changed after an entry, each once, newest first."""
        numbers: dict[str, None] = {}
        for line in reversed(self.editor.session.history(entry)):
            if line.kind in (LineKind.DO, LineKind.UNDO, LineKind.REDO):
                for number in changed_by(line):
                    numbers[number] = None
        return list(numbers)

    def _choose(self, entry: object) -> None:
        chosen = self.entry
        self._back.setEnabled(bool(chosen) and not self.editor.session.read_only and not self.editor.lock)
        if not chosen:
            self._since.setText(several("{count} change", "{count} changes", len(self._lines)))
            return
        changed = self.changed_since(chosen)
        shown = ", ".join(number_shown(each) for each in changed[:6]) + (" …" if len(changed) > 6 else "")
        self._since.setText(_("Since then: {numbers}").format(numbers=shown or _("nothing")))


def changed_by(line: Line) -> list[str]:
    """Return the visible numbers that a line of the journal changes."""
    payload = json.loads(line.payload) if line.payload else []
    return [str(each[1]) for each in payload if isinstance(each, list) and not str(each[1]).startswith("@")]


def _row(line: Line) -> Row:
    moment = line.at.replace("T", " ").removesuffix("Z")[:16]
    label = label_said(line.label)
    label = label if line.of is None else f"{capital(_(line.kind.value))}: {label}"
    return Row(
        text=label,
        lead=moment[5:],
        right=line.by,
        right_ink="muted",
        mark=_MARKS.get(line.kind, "dot"),
        ink="supported" if line.kind is LineKind.PUBLISH else "muted",
        weight=Weight.MUTED if line.kind is LineKind.PUBLISH else Weight.USUAL,
        value=line.entry,
    )
