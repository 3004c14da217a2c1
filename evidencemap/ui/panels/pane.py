"""What every pane can do: show the case, show what an edit changed, show the selection."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evidencemap.model.records import Id
from evidencemap.ui.editor import Editor
from evidencemap.ui.theme import LIGHT, Theme


class Pane(QWidget):
    """A pane of the window. It asks the editor for what it shows and gives gestures back to it."""

    all_wanted = Signal()
    help_page = "window"

    def __init__(self, editor: Editor, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.theme: Theme = LIGHT
        self.setObjectName(title)
        self.setAccessibleName(title)

    def show_case(self) -> None:
        """Show the case from the start, as another one was opened."""

    def refresh(self, ids: Collection[Id]) -> None:
        """Show what an edit changed: these entities and verdicts, and no others."""

    def show_findings(self) -> None:
        """Show the findings that were just made."""

    def select(self, ids: Collection[Id]) -> None:
        """Show what is selected."""

    def show_only(self, ids: Collection[Id] | None, name: str = "") -> None:
        """Hide all but these, which are the things of a person of this name; None hides nothing."""

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self.theme = theme
