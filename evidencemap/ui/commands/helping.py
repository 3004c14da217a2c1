"""The Help menu and the palette: every command by name, the keys, the pages, the tour."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from evidencemap import __version__
from evidencemap.tongue import _
from evidencemap.ui.actions import ACTIONS, found_by
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row, Weight


class Helping:
    """Commands that help a person find their way."""

    def __init__(
        self,
        desk: Desk,
        run: Callable[[str], None],
        key_of: Callable[[str], str],
        why_not: Callable[[str], str],
        show_page: Callable[[str], None],
        show_keys: Callable[[], None],
        take_tour: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._run = run
        self._key_of = key_of
        self._why_not = why_not
        self._show_page = show_page
        self._show_keys = show_keys
        self._take_tour = take_tour

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "palette": self.palette,
            "help": self.help,
            "keys": self._show_keys,
            "tour": self._take_tour,
            "about": self.about,
        }

    def palette(self) -> None:
        """Find any command by any of its words, and run it."""

        def offers(typed: str) -> list[Row]:
            found = found_by(typed) if typed.strip() else list(ACTIONS)
            return [
                Row(
                    text=_(action.text),
                    lead=_(action.menu.value),
                    right=self._key_of(action.name),
                    right_ink="muted",
                    value=action.name,
                    weight=Weight.MUTED if self._why_not(action.name) else Weight.USUAL,
                    hint=self._why_not(action.name),
                )
                for action in found
                if action.name != "palette"
            ]

        def answer(row: Row) -> None:
            self._run(str(row.value))

        self._desk.picker.ask(Question(prompt=_("Every command"), offers=offers, answer=answer))

    def help(self) -> None:
        """Show the page about what has the focus: the finding, else the pane, else the window."""
        focused = QApplication.focusWidget()
        current = self._desk.problems.current
        if current is not None and focused is not None and self._desk.problems.isAncestorOf(focused):
            self._show_page(current.code)
            return
        self._show_page(_pane_page(focused))

    def about(self) -> None:
        """Say what this program is."""
        self._desk.editor.told.emit(
            _("EvidenceMap {version}. MIT licence; Qt under the LGPL; Inter under the OFL.").format(
                version=__version__
            )
        )


def _pane_page(widget: QWidget | None) -> str:
    while widget is not None:
        if isinstance(widget, Pane | MapView):
            return widget.help_page
        widget = widget.parentWidget()
    return "window"
