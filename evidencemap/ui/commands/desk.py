"""What every command may reach: the editor, the picker, the panes, the messages and the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow

from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.editor import Editor
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.messages import MessageBar
from evidencemap.ui.panels.history import History
from evidencemap.ui.panels.inspector import Inspector
from evidencemap.ui.panels.outline import Outline
from evidencemap.ui.panels.problems import Problems
from evidencemap.ui.picker import Picker
from evidencemap.ui.settings import Settings

Handlers = Mapping[str, Callable[[], None]]
"""What each action does, by the action's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts of one window, as commands know them."""

    window: QMainWindow
    editor: Editor
    jobs: Jobs
    settings: Settings
    messages: MessageBar
    picker: Picker
    map: MapView
    outline: Outline
    inspector: Inspector
    problems: Problems
    history: History
