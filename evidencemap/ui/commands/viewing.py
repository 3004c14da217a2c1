"""The View menu: zoom, colours, size of text, panes."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.docks import PANES, TABS, Docks
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row


class Viewing:
    """Commands that change what is seen and nothing of the case."""

    def __init__(self, desk: Desk, docks: Docks) -> None:
        self._desk = desk
        self._docks = docks

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        settings, the_map = self._desk.settings, self._desk.map
        return {
            "fit": the_map.fit,
            "zoom_in": the_map.zoom_in,
            "zoom_out": the_map.zoom_out,
            "text_larger": lambda: self.scale_text(10),
            "text_smaller": lambda: self.scale_text(-10),
            "scheme_system": lambda: setattr(settings, "scheme", "system"),
            "scheme_light": lambda: setattr(settings, "scheme", "light"),
            "scheme_dark": lambda: setattr(settings, "scheme", "dark"),
            "scheme_contrast": lambda: setattr(settings, "scheme", "contrast"),
            "reduce_motion": lambda: setattr(settings, "reduced_motion", not settings.reduced_motion),
            **{f"show_{name}": partial(self._docks.show_tab, name) for name in TABS},
            **{f"show_{name}": partial(self._docks.go_to_pane, name) for name in PANES},
            "next_pane": lambda: self.go_to_pane(1),
            "previous_pane": lambda: self.go_to_pane(-1),
            "save_layout": self.save_layout,
            "reset_layout": self._docks.reset,
        }

    def scale_text(self, by: int) -> None:
        """Make all text larger or smaller by some per cent of its usual size."""
        self._desk.settings.font_percent += by

    def go_to_pane(self, by: int) -> None:
        """Give the focus to the next pane, round the window."""
        panes = self._docks.in_sight
        focused = QApplication.focusWidget()
        at = next(
            (at for at, pane in enumerate(panes) if focused in (pane, *pane.findChildren(QWidget))),
            -1 if by > 0 else 0,
        )
        pane = panes[(at + by) % len(panes)]
        (pane.focusProxy() or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_layout(self) -> None:
        """Ask for a name and keep the layout of the panes under it."""
        window = self._desk.window

        def answer(row: Row) -> None:
            self._desk.settings.keep_layout(
                window.saveGeometry(), window.saveState(), row.text.replace("/", "-")
            )

        question = Question(prompt=_("Name this layout"), offers=lambda typed: [], answer=answer, free=True)
        self._desk.picker.ask(question)
