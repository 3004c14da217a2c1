"""The bar above a pane that shows one person's things alone: whose, how many are hidden, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from evidencemap.tongue import _, several
from evidencemap.ui.plain import ShortLabel, set_plain_tooltip


class OnlyBar(QWidget):
    """Says that something is hidden; seen only while that is so."""

    all_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = ShortLabel("", self)
        self.sentence.setObjectName("alert")
        self.button = QPushButton(_("Show all"), self)
        self.button.setObjectName("act")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self.all_wanted)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 4, 8, 4)
        across.addWidget(self.sentence, 1)
        across.addWidget(self.button)
        self.hide()

    def tell(self, name: str, hidden: int) -> None:
        """Say whose things are shown and how many others are not; the empty name shows all."""
        text = several("Only {name}: {count} hidden", "Only {name}: {count} hidden", hidden, name=name)
        self.sentence.setText(text if name else "")
        set_plain_tooltip(self.sentence, self.sentence.text())
        self.setVisible(bool(name))
