"""The titles of tabs, in letters as large as asked, or smaller where they would not all be read."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QTabBar

from evidencemap.ui.guarded import guarded

LEAST = 11
"""Pixels below which no title is made smaller: what it has at the usual size of text."""

_SIDE = 5
"""Pixels beside a title that was made smaller."""


class TabFit(QObject):
    """Follows the width of a bar of tabs: large titles get smaller before they are cut."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        self._fitting = False
        bar.installEventFilter(self)
        self._soon.start(0)

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the titles again once the bar has another width, or its text another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange) and not self._fitting:
            self._soon.start(0)
        return False

    def _fit(self) -> None:
        self._fitting = True
        bar = self._bar
        if bar.styleSheet():
            bar.setStyleSheet("")
        size = bar.fontInfo().pixelSize()
        while bar.isVisible() and bar.sizeHint().width() > bar.width() and size > LEAST:
            size = max(LEAST, min(size - 1, size * bar.width() // bar.sizeHint().width()))
            bar.setStyleSheet(
                f"QTabBar {{ font-size: {size}px; }} QTabBar::tab {{ font-size: {size}px;"
                f" padding-left: {_SIDE}px; padding-right: {_SIDE}px; }}"
            )
        self._fitting = False
