"""Buttons whose words go on beneath each other where there is no room for them on one line."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import in_lines, isolated


class WordyButton(QPushButton):
    """Breaks its words into so many lines at the most, as its width asks for; what is left ends in dots."""

    def __init__(self, text: str, parent: QWidget, *, lines: int = 4) -> None:
        super().__init__(parent)
        self._whole = text
        self._lines = lines
        # As Qt has it, a button asks for the room of all its words, and its window with it.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._show([text])

    @guarded(default=QSize(60, 24))
    def sizeHint(self) -> QSize:
        """Return the size at which all words stand on one line, as high as they are broken now."""
        wide = QFontMetricsF(self.font()).horizontalAdvance(self._whole)
        return QSize(round(wide + 1) + self._around(), super().sizeHint().height())

    @guarded(default=QSize(60, 24))
    def minimumSizeHint(self) -> QSize:
        """Return the width of the longest word, or of three letters where there are no more lines."""
        metrics = QFontMetricsF(self.font())
        wide = metrics.averageCharWidth() * 3
        if self._lines > 1:
            wide = max(metrics.horizontalAdvance(each) for each in self._whole.split(" "))
        return QSize(round(wide + 1) + self._around(), super().sizeHint().height())

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words for another width."""
        metrics = QFontMetricsF(self.font())
        room = max(10.0, float(self.width() - self._around()))
        lines = in_lines(self._whole, metrics, room, self._lines)
        self._show([metrics.elidedText(each, Qt.TextElideMode.ElideRight, room + 0.5) for each in lines])
        super().resizeEvent(event)

    def _show(self, lines: list[str]) -> None:
        text = "\n".join(isolated(each) for each in lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def _around(self) -> int:
        """Return what a button takes beside its words: its frame and its mark."""
        lines = self.text().replace("&&", "&").split("\n")
        wide = max(QFontMetricsF(self.font()).horizontalAdvance(each) for each in lines)
        return max(0, super().sizeHint().width() - round(wide))
