"""Moves the map along while something is held near an edge of the view, so that it can be taken farther."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QTimer

NEAR = 36.0
"""From so many pixels before an edge the map moves, the faster the nearer."""

FASTEST = 24.0
"""How many pixels the map moves at the most from frame to frame."""

_FRAME = 25


class Drift(QObject):
    """Calls `move` with how far the map is to move, frame by frame, while the pointer stays at an edge."""

    def __init__(self, parent: QObject, move: Callable[[float, float], None]) -> None:
        super().__init__(parent)
        self._move = move
        self._by = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._step)

    def follow(self, at: QPointF, width: float, height: float) -> None:
        """Take where the pointer is, in pixels of a view of this size."""
        self._by = (pull(at.x(), width), pull(at.y(), height))
        if self._by == (0.0, 0.0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Let the map lie still."""
        self._timer.stop()

    def _step(self) -> None:
        self._move(*self._by)


def pull(at: float, size: float) -> float:
    """Return by how many pixels the map moves a frame: more than 0 near the start of a side of this size."""
    before, after = NEAR - at, at - (size - NEAR)
    if before > 0:
        return FASTEST * min(1.0, before / NEAR)
    return -FASTEST * min(1.0, after / NEAR) if after > 0 else 0.0
