"""Rows that a person does not see yet: made in the pauses of the window, so that it never stops for them."""

from collections import deque
from collections.abc import Callable, Iterable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTreeWidgetItem

AT_ONCE = 60
"""Up to so many rows are made before the window goes on: more than any screen shows."""

PAUSE_S = 0.008
"""How long the rows that wait may take of one pause: half a frame."""


class Later:
    """Works off the rows of a tree: the first at once, the others from pause to pause, in their order.

    Whoever takes rows out of the tree calls `forget` first, since a row that is gone cannot be made.
    """

    def __init__(self, parent: QObject, make: Callable[[QTreeWidgetItem], None]) -> None:
        self._make = make
        self._waiting: deque[QTreeWidgetItem] = deque()
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._go_on)

    @property
    def count(self) -> int:
        """Return how many rows wait."""
        return len(self._waiting)

    def do(self, rows: Iterable[QTreeWidgetItem]) -> None:
        """Make the first of these rows, and let the others wait for a pause."""
        for at, row in enumerate(rows):
            if at < AT_ONCE:
                self._make(row)
            else:
                self._waiting.append(row)
        if self._waiting:
            self._timer.start(0)

    def forget(self) -> None:
        """Let no row wait any longer."""
        self._waiting.clear()
        self._timer.stop()

    def _go_on(self) -> None:
        until = perf_counter() + PAUSE_S
        while self._waiting and perf_counter() < until:
            self._make(self._waiting.popleft())
        if not self._waiting:
            self._timer.stop()
