"""The menus inside menus: recent files, panes, saved layouts; filled when they are opened."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from evidencemap.tongue import _
from evidencemap.ui.lettering import isolated
from evidencemap.ui.settings import Settings


class Submenus(QObject):
    """Offers what the settings remember. A path is shown by its name alone."""

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        docks: Sequence[QDockWidget],
        open_path: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._open_path = open_path
        self.recent = QMenu(_("Recent files"), window)
        self.recent.aboutToShow.connect(self._fill_recent)
        self.panes = QMenu(_("Panes"), window)
        for dock in docks:
            self.panes.addAction(dock.toggleViewAction())
        self.layouts = QMenu(_("Saved layouts"), window)
        self.layouts.aboutToShow.connect(self._fill_layouts)

    @property
    def after(self) -> Mapping[str, Sequence[QMenu]]:
        """The submenus by the name of the action that each stands after."""
        return {
            "open_founding": (self.recent,),
            "show_key_list": (self.panes,),
            "save_layout": (self.layouts,),
        }

    def _fill_recent(self) -> None:
        def entries() -> list[tuple[str, Callable[[], object]]]:
            return [(path.name, lambda path=path: self._open_path(path)) for path in self._settings.recent]  # type: ignore[misc]

        _fill(self.recent, entries())

    def _fill_layouts(self) -> None:
        def take(name: str) -> None:
            _geometry, panes = self._settings.layout(name)
            self._window.restoreState(panes)

        _fill(self.layouts, [(name, lambda name=name: take(name)) for name in self._settings.layouts])  # type: ignore[misc]


def _fill(menu: QMenu, entries: Sequence[tuple[str, Callable[[], object]]]) -> None:
    menu.clear()
    for called, act in entries:
        menu.addAction(isolated(called).replace("&", "&&")).triggered.connect(
            lambda _on=False, act=act: act()
        )
    if not entries:
        menu.addAction(_("none")).setEnabled(False)
