"""What every part of a map looks at: what lies where, what of it is seen, what stands out, the colours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidencemap.ui.canvas.camera import Camera
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import Marks
from evidencemap.ui.theme import LIGHT, Theme


class Looking(QWidget):
    """The widget of a map as its parts know it: they say what changed, and know nothing of each other."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.camera = Camera()
        self.marks = Marks()
        self._theme = LIGHT

    @property
    def theme(self) -> Theme:
        """Return the colours."""
        return self._theme

    def map_changed(self) -> None:
        """Paint again after cards came or went."""
        self.update()

    def seen_changed(self) -> None:
        """Paint again after the camera moved, and say the zoom."""
        self.zoomed.emit(self.camera.zoom)
        self.update()
