"""The two toolbars: what can be added at the left, search and export at the right."""

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from evidencemap.tongue import _
from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import isolated
from evidencemap.ui.menus import ActionSet
from evidencemap.ui.theme import Theme

_TWO_ROWS_ABOVE = 150
"""The size of text, in per cent, above which the toolbars take two rows."""

_NO_ICONS_ABOVE = 250
"""The size of text, in per cent, above which words take the room of the icons."""


class Toolbars(QObject):
    """Makes the toolbars of a window and fits them to the size of its text."""

    def __init__(self, window: QMainWindow, actions: ActionSet, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self.left = _bar(_("Toolbar"), "toolbar", window)
        actions.fill_toolbar(self.left, theme)
        self.right = _bar(_("Search and export"), "toolbar right", window)
        gap = QWidget(self.right)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.right.addWidget(gap)
        self.search = SearchBox(self.right)
        self.search.setReadOnly(True)
        hint = _("Search text, quotes, sources…") + "  " + actions.key_of("search")
        self.search.setPlaceholderText(isolated(hint))
        self.search.setAccessibleName(_("Search"))
        self.search.setMinimumWidth(120)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.right.addWidget(self.search)
        space = QWidget(self.right)
        space.setFixedWidth(4)
        self.right.addWidget(space)
        export = QPushButton(isolated(_("Export brief…") + "  " + actions.key_of("export_brief")), self.right)
        export.setObjectName("primary")
        export.clicked.connect(actions.by_name["export_brief"].trigger)
        self.right.addWidget(export)

    def fit(self, pixels: float, percent: int) -> None:
        """Fit the icons and the rows to the size of text."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if percent > _NO_ICONS_ABOVE:
            style = Qt.ToolButtonStyle.ToolButtonTextOnly
        for button in self.left.findChildren(QToolButton):
            if button.defaultAction() is not None:
                button.setToolButtonStyle(style)
        side = round(pixels * 1.1)
        self.left.setIconSize(QSize(side, side))
        self.search.setMaximumWidth(max(520, self.search.sizeHint().width()))
        self._window.removeToolBarBreak(self.right)
        if percent > _TWO_ROWS_ABOVE:
            self._window.insertToolBarBreak(self.right)


class SearchBox(QLineEdit):
    """A box that would be as wide as what it says while it is empty."""

    @guarded(default=QSize(160, 24))
    def sizeHint(self) -> QSize:
        """Return the size at which nothing of the hint is cut short."""
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText() + "  ")
        return QSize(wide + 2 * self.fontMetrics().height(), super().sizeHint().height())


def _bar(title: str, name: str, window: QMainWindow) -> QToolBar:
    bar = QToolBar(title, window)
    bar.setObjectName(name)
    bar.setMovable(False)
    window.addToolBar(bar)
    return bar
