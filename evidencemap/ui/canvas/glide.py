"""A zoom that glides: the wheel sets where it ends, and the map follows within a moment, or at once."""

import math

from PySide6.QtCore import QObject, QPointF, QTimer

from evidencemap.ui.canvas.camera import LEAST, MOST
from evidencemap.ui.canvas.looking import Looking

TICK = 16
"""Milliseconds between two steps of a glide."""

REST = 140
"""Milliseconds without a zoom after which the map is painted sharp again."""

_SHARE = 0.38
"""How much of what is left each step goes."""


class Glide(QObject):
    """Zooms one map about a pixel. Where motion is to be reduced, it goes there at once."""

    def __init__(self, view: Looking) -> None:
        super().__init__(view)
        self._view = view
        self.reduced = False
        self._left = 0.0
        self._at = QPointF()
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK)
        self._ticks.timeout.connect(self._step)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(view.update)

    @property
    def zooming(self) -> bool:
        """Say whether a zoom runs, or ended a moment ago."""
        return self._ticks.isActive() or self._rest.isActive()

    def by(self, at: QPointF, factor: float) -> None:
        """Zoom by a factor about a pixel, in a glide."""
        if self.reduced:
            self.at_once(at, factor)
            return
        goal = self._view.camera.zoom * math.exp(self._left) * factor
        goal = min(MOST, max(LEAST, goal))
        self._left = math.log(goal / self._view.camera.zoom)
        self._at = at
        if not self._ticks.isActive():
            self._ticks.start()
            self._step()

    def at_once(self, at: QPointF, factor: float) -> None:
        """Zoom by a factor about a pixel, as two fingers do: there is nothing to glide."""
        self._view.camera.zoom_at(at, factor)
        self._rest.start()
        self._view.seen_changed()

    def stop(self) -> None:
        """End where the map is now, sharp at once: something else moves it."""
        self._left = 0.0
        self._ticks.stop()
        self._rest.stop()

    def _step(self) -> None:
        part = self._left if abs(self._left) < 0.004 else self._left * _SHARE
        self._left -= part
        if not self._left:
            self._ticks.stop()
        self.at_once(self._at, math.exp(part))
