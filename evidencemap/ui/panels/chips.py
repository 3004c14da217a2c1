"""The chips by which findings are filtered: as many as there is room for, the rest in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from evidencemap.tongue import _
from evidencemap.ui.guarded import guarded


class Chips(QWidget):
    """A row of buttons of which one is chosen; a chosen one is always to be seen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.buttons: list[QPushButton] = []
        self.more = QPushButton(self)
        self.more.setObjectName("chip")
        self.more.setMenu(QMenu(self.more))
        self._row.addWidget(self.more)
        self.code = ""

    def show_codes(self, offered: Sequence[tuple[str, str]], code: str) -> None:
        """Offer these codes with their texts, one of them chosen."""
        self.code = code
        while len(self.buttons) > len(offered):
            gone = self.buttons.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.buttons) < len(offered):
            self._row.insertWidget(1 + len(self.buttons), self._made())
        for button, (each, text) in zip(self.buttons, offered, strict=True):
            button.setText(text.replace("&", "&&"))
            button.setProperty("code", each)
            button.setChecked(each == code)
        self._share_out()

    @guarded(default=QSize(60, 20))
    def minimumSizeHint(self) -> QSize:
        """Return the size of the button that opens the rest."""
        return self.more.sizeHint()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._share_out()

    def _made(self) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.clicked.connect(lambda: self._choose(str(chip.property("code"))))
        self.buttons.append(chip)
        return chip

    def _choose(self, code: str) -> None:
        self.code = code
        for each in self.buttons:
            each.setChecked(each.property("code") == code)
        self._share_out()
        self.chosen.emit(code)

    def _share_out(self) -> None:
        self.more.setText(_("More") + " ▾")
        gap = self._row.spacing()
        wide = {id(each): each.sizeHint().width() + gap for each in self.buttons}
        shown = list(self.buttons)
        if sum(wide.values()) > self.width():
            room = self.width() - self.more.sizeHint().width() - gap
            first = sorted(self.buttons, key=lambda each: not each.isChecked())
            shown = []
            for each in first:
                if wide[id(each)] > room:
                    break
                room -= wide[id(each)]
                shown.append(each)
        hidden = [each for each in self.buttons if each not in shown]
        for each in self.buttons:
            each.setVisible(each in shown)
        self.more.setVisible(bool(hidden))
        menu = self.more.menu()
        menu.clear()
        for each in hidden:
            code = str(each.property("code"))
            menu.addAction(each.text()).triggered.connect(lambda _on=False, code=code: self._choose(code))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
