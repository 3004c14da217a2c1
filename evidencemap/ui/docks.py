"""Where the panes lie: docks at both sides and below, tables and the map in the middle."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.editor import Editor
from evidencemap.ui.panels.keylist import KeyList
from evidencemap.ui.panels.matrix import Matrix
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.panels.timeline import Timeline
from evidencemap.ui.plain import plain_tooltip
from evidencemap.ui.tabfit import TabFit

TABS = ("map", "matrix", "timeline", "key_list")
"""The names of the tabs in the middle, from the left."""

PANES = ("outline", "library", "history", "inspector", "answer", "findings")
"""The names of the panes in the docks."""

_MOST_OF_WINDOW = 0.24
"""The part of a window's width up to which a dock is widened for the titles of its tabs."""


class Docks(QObject):
    """The panes of a window in their docks, and the tabs in its middle."""

    history_seen = Signal()

    def __init__(self, window: QMainWindow, the_map: MapView, editor: Editor) -> None:
        super().__init__(window)
        self._window = window
        self.tabs = QTabWidget(window)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.matrix = Matrix(editor, window)
        self.timeline = Timeline(editor, window)
        self.key_list = KeyList(editor, window)
        self.tables: tuple[Pane, ...] = (self.matrix, self.timeline, self.key_list)
        self._pages: dict[str, QWidget] = {
            "map": the_map,
            "matrix": self.matrix,
            "timeline": self.timeline,
            "key_list": self.key_list,
        }
        for name, page in self._pages.items():
            self.tabs.addTab(page, _titles()[name].upper())
        self.all: list[QDockWidget] = []

    def place(
        self, outline: Pane, library: Pane, history: Pane, inspector: Pane, answer: Pane, below: Pane
    ) -> None:
        """Put the panes into their docks."""
        first, second = self._sides()
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        window = self._window
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)
        wanted = (
            (outline, first, "outline"),
            (library, first, "library"),
            (history, first, "history"),
            (inspector, second, "inspector"),
            (answer, second, "answer"),
            (below, bottom, "findings"),
        )
        for pane, area, name in wanted:
            dock = QDockWidget(pane.accessibleName().upper(), window)
            dock.setObjectName(name)
            dock.setWidget(pane)
            dock.setTitleBarWidget(QWidget(dock))
            dock.toggleViewAction().setText(pane.accessibleName())
            dock.setAccessibleName(pane.accessibleName())
            beside = next((each for each in self.all if window.dockWidgetArea(each) is area), None)
            if beside is None:
                window.addDockWidget(area, dock)
            else:
                window.tabifyDockWidget(beside, dock)
            self.all.append(dock)
        self._dock("history").visibilityChanged.connect(self._see_history)

    def reset(self) -> None:
        """Put every pane where it usually lies."""
        first, second = self._sides()
        window = self._window
        for dock in self.all:
            dock.setFloating(False)
            dock.show()
        areas = {"inspector": second, "answer": second, "findings": Qt.DockWidgetArea.BottomDockWidgetArea}
        for dock in self.all:
            area = areas.get(dock.objectName(), first)
            if window.dockWidgetArea(dock) is not area:
                window.addDockWidget(area, dock)
        for front, behind in (("outline", "library"), ("outline", "history"), ("inspector", "answer")):
            if self._dock(behind) not in window.tabifiedDockWidgets(self._dock(front)):
                window.tabifyDockWidget(self._dock(front), self._dock(behind))
        self._dock("outline").raise_()
        self._dock("inspector").raise_()
        self.give_room()

    def _sides(self) -> tuple[Qt.DockWidgetArea, Qt.DockWidgetArea]:
        """Return the sides at which the window begins and ends: left and right, or mirrored."""
        sides = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        return (sides[1], sides[0]) if self._window.isRightToLeft() else sides

    def give_room(self) -> None:
        """Give the panes at the sides the width that they usually have; of effect in a shown window."""
        window = self._window
        wide = max(window.width(), 1000)
        left = max(round(wide * 0.17), min(self._titles_wide("outline"), round(wide * _MOST_OF_WINDOW)))
        window.resizeDocks(
            [self._dock("outline"), self._dock("inspector")],
            [left, max(360, round(wide * 0.23))],
            Qt.Orientation.Horizontal,
        )
        high = max(window.height(), 700)
        window.resizeDocks([self._dock("findings")], [round(high * 0.24)], Qt.Orientation.Vertical)
        self.show_tab("map")
        QTimer.singleShot(0, self._window, self.settle_tabs)

    def settle_tabs(self) -> None:
        """Let the tabs of the docks show their whole titles, and hide a bar that Qt 6.11 shows twice."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self._window.findChildren(QTabBar, options=direct):
            titles = {bar.tabText(at) for at in range(bar.count())}
            homes = [dock for dock in self.all if dock.windowTitle() in titles and dock.isVisible()]
            across = [
                dock.geometry().left() <= bar.geometry().center().x() <= dock.geometry().right()
                for dock in homes
            ]
            if homes and not any(across):
                bar.hide()
        for bar in self._window.findChildren(QTabBar):
            bar.setElideMode(Qt.TextElideMode.ElideRight)
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setUsesScrollButtons(False)
            if bar.findChild(TabFit) is None:
                TabFit(bar)
            for at in range(bar.count()):
                bar.setTabToolTip(at, plain_tooltip(bar.tabText(at).capitalize()))

    def show_tab(self, name: str) -> None:
        """Show the map or one of the tables in the middle, and give it the focus."""
        page = self._pages[name]
        self.tabs.setCurrentWidget(page)
        (page.focusProxy() or page).setFocus()

    def show_pane(self, name: str) -> None:
        """Bring a pane to the front of its dock."""
        dock = self._dock(name)
        dock.show()
        dock.raise_()

    def show_chosen(self, ids: tuple[Id, ...]) -> None:
        """Bring the inspector out from behind another pane, for what was chosen; closed it stays so."""
        dock = self._dock("inspector")
        if ids and not dock.isHidden():
            dock.raise_()

    def go_to_pane(self, name: str) -> None:
        """Bring a pane to the front of its dock and give it the focus."""
        self.show_pane(name)
        pane = self._dock(name).widget()
        (pane.focusProxy() or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def in_sight(self) -> list[QWidget]:
        """What a person sees: the tab in the middle, then the panes at its sides, then those below."""
        return [self.tabs.currentWidget(), *(dock.widget() for dock in self.all if self._is_in_sight(dock))]

    def _is_in_sight(self, dock: QDockWidget) -> bool:
        """Return whether a dock is shown with no other over it: Qt puts those beneath out of the window."""
        return dock.isVisible() and (dock.isFloating() or dock.geometry().intersects(self._window.rect()))

    def _dock(self, name: str) -> QDockWidget:
        return next(dock for dock in self.all if dock.objectName() == name)

    def _titles_wide(self, name: str) -> int:
        """Return how wide the titles of the tabs are among which a pane stands; 0 before they are shown."""
        title = self._dock(name).windowTitle()
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        held = (bar for bar in bars if title in {bar.tabText(at) for at in range(bar.count())})
        return max((bar.sizeHint().width() + 2 for bar in held), default=0)

    def _see_history(self, visible: bool) -> None:
        if visible:
            self.history_seen.emit()


def _titles() -> dict[str, str]:
    return {"map": _("Map"), "matrix": _("Matrix"), "timeline": _("Timeline"), "key_list": _("Key list")}
