"""The panes follow what was done: at once in a small case, after the map was painted in a large one."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDropEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from evidencemap.model.records import Id
from evidencemap.ui.editor import AT_ONCE, Editor
from evidencemap.ui.guarded import guarded
from evidencemap.ui.panels.pane import Pane

FIRST = 20
"""Milliseconds that the panes of a large case wait: the map shows first what was done."""

_HANDS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.KeyPress,
    QEvent.Type.ContextMenu,
    QEvent.Type.Drop,
)
"""What a person does to a window that a pane may answer."""


class Following(QObject):
    """Tells the panes what an edit changed and what is selected.

    In a large case they follow one in each turn of the window, those in sight first, and what was done
    in the meantime is shown once. Where something is gone, a pane follows before a key or a press reaches
    it: no row of what is gone can be acted on.
    """

    def __init__(self, editor: Editor, panes: Sequence[Pane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._panes = panes
        self._changed: dict[Pane, set[Id]] = {}
        self._unselected: set[Pane] = set()
        self._watched: list[QWindow] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._follow_next)

    @property
    def count(self) -> int:
        """Return how many panes have not followed yet."""
        return len(self._waiting())

    def edited(self, ids: Collection[Id]) -> None:
        """Let every pane show what an edit changed."""
        for pane in self._panes:
            self._changed.setdefault(pane, set()).update(ids)
        if not self._watched and any(each not in self._editor.case for each in ids):
            self._watch()
        self._follow()

    def selected(self) -> None:
        """Let every pane show what is selected."""
        self._unselected.update(self._panes)
        self._follow()

    def finish(self) -> None:
        """Let every pane that waits follow now."""
        while self.count:
            self._follow_next()

    def forget(self) -> None:
        """Let no pane follow any more: another case is shown, from the start."""
        self._changed.clear()
        self._unselected.clear()
        self._rest()

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the pane follow that a key or a press is about to reach."""
        if event.type() in _HANDS:
            for pane in self._waiting():
                if pane.window().windowHandle() is watched and _is_reached(pane, event):
                    self._follow_by(pane)
        return False

    def _waiting(self) -> list[Pane]:
        return [pane for pane in self._panes if pane in self._changed or pane in self._unselected]

    def _watch(self) -> None:
        for handle in {pane.window().windowHandle() for pane in self._panes}:
            if handle is not None:
                handle.installEventFilter(self)
                self._watched.append(handle)

    def _rest(self) -> None:
        self._turn.stop()
        for handle in self._watched:
            if isValid(handle):
                handle.removeEventFilter(self)
        self._watched.clear()

    def _follow(self) -> None:
        if len(self._editor.case) <= AT_ONCE:
            self.finish()
        elif not self._turn.isActive():
            self._turn.start(FIRST)

    def _follow_next(self) -> None:
        waiting = self._waiting()
        if waiting:
            self._follow_by(min(waiting, key=lambda each: not each.isVisible()))
        if not self.count:
            self._rest()
        elif not self._turn.isActive():
            self._turn.start(0)

    def _follow_by(self, pane: Pane) -> None:
        changed = self._changed.pop(pane, None)
        if changed is not None:
            pane.refresh(frozenset(changed))
        if pane in self._unselected:
            self._unselected.discard(pane)
            pane.select(self._editor.selection)


def _is_reached(pane: Pane, event: QEvent) -> bool:
    """Return whether a press lies on a pane, or a key goes to what has the focus in it."""
    reached = QApplication.focusWidget()
    if isinstance(event, QMouseEvent | QDropEvent):
        reached = pane.window().childAt(event.position().toPoint())
    return reached is not None and pane.isAncestorOf(reached)
