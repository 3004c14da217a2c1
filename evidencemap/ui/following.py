"""The panes follow what was done: at once in a small case, after the map was painted in a large one."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QTimer

from evidencemap.model.records import Id
from evidencemap.ui.editor import AT_ONCE, Editor
from evidencemap.ui.panels.pane import Pane

FIRST = 20
"""Milliseconds that the panes of a large case wait: the map shows first what was done."""


class Following(QObject):
    """Tells the panes what an edit changed and what is selected.

    In a large case they follow one in each turn of the window, those in sight first, and what was done
    in the meantime is shown once. Where something is gone they follow at once: no row may name it.
    """

    def __init__(self, editor: Editor, panes: Sequence[Pane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._panes = panes
        self._changed: dict[Pane, set[Id]] = {}
        self._unselected: set[Pane] = set()
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._follow_one)

    @property
    def count(self) -> int:
        """Return how many panes have not followed yet."""
        return len(self._changed.keys() | self._unselected)

    def edited(self, ids: Collection[Id]) -> None:
        """Let every pane show what an edit changed."""
        for pane in self._panes:
            self._changed.setdefault(pane, set()).update(ids)
        self._follow(at_once=any(each not in self._editor.case for each in ids))

    def selected(self) -> None:
        """Let every pane show what is selected."""
        self._unselected.update(self._panes)
        self._follow(at_once=False)

    def finish(self) -> None:
        """Let every pane that waits follow now."""
        while self.count:
            self._follow_one()

    def forget(self) -> None:
        """Let no pane follow any more: another case is shown, from the start."""
        self._turn.stop()
        self._changed.clear()
        self._unselected.clear()

    def _follow(self, *, at_once: bool) -> None:
        if at_once or len(self._editor.case) <= AT_ONCE:
            self.finish()
        elif not self._turn.isActive():
            self._turn.start(FIRST)

    def _follow_one(self) -> None:
        waiting = [pane for pane in self._panes if pane in self._changed or pane in self._unselected]
        if waiting:
            pane = min(waiting, key=lambda each: not each.isVisible())
            changed = self._changed.pop(pane, None)
            if changed is not None:
                pane.refresh(frozenset(changed))
            if pane in self._unselected:
                self._unselected.discard(pane)
                pane.select(self._editor.selection)
        if self.count and not self._turn.isActive():
            self._turn.start(0)
        elif not self.count:
            self._turn.stop()
