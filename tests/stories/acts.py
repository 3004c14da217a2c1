"""A person's acts, counted: every click, every drag and every command key is one; typed letters are none."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from evidencemap.ui.canvas.gestures import LINK
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import id_of, press, spot, type_text

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Acts:
    """What one person does to one window. Enter that ends a text counts; so does the row that is clicked."""

    def __init__(self, window: CaseWindow) -> None:
        self.window = window
        self.count = 0
        self.suggested = ""

    def key(self, *keys: str) -> None:
        """Press command keys."""
        for each in keys:
            self.count += 1
            press(self.window, each)

    def say(self, text: str) -> None:
        """Type a text into the open picker and press Enter."""
        assert self.window.picker.asking, f"no question is open for {text!r}"
        type_text(self.window, text)
        self.key("Return")

    def find(self, number: str) -> None:
        """Select by number with the search."""
        self.key("Ctrl+F")
        self.say(number)
        self._is_chosen(number)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a control."""
        self.count += 1
        QTest.mouseClick(widget, LEFT, NO_MODIFIER, at or widget.rect().center())

    def click_card(self, number: str, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Click a card or the handle of a step on the map."""
        self.count += 1
        QTest.mouseClick(self.window.map, LEFT, modifier, spot(self.window, number))
        assert id_of(self.window, number) in self.window.editor.selection

    def drag_card(self, number: str, onto: str) -> None:
        """Draw a step from one card to another."""
        self.count += 1
        self.window.map.fit()
        start, end = (self.window.map.point_of(id_of(self.window, each)) for each in (number, onto))
        QTest.mousePress(self.window.map, LEFT, LINK, start)
        for part in range(1, 6):
            QTest.mouseMove(self.window.map, start + (end - start) * part / 5)
        QTest.mouseRelease(self.window.map, LEFT, LINK, end)

    def tool(self, name: str) -> None:
        """Click a button of the toolbar."""
        found = self.window.findChild(QWidget, f"tool {name}")
        assert isinstance(found, QWidget)
        self.click(found)

    def choose(self, text: str) -> None:
        """Type a text into the open picker and click the first row that it offers."""
        assert self.window.picker.asking, f"no question is open for {text!r}"
        type_text(self.window, text)
        rows = self.window.picker.list
        if not rows.isVisible():
            self.key("Return")
            return
        at = rows.visualRect(rows.model().index(0, 0, QModelIndex())).center()
        self.click(rows.viewport(), at)

    def button(self, text: str) -> None:
        """Click a button of the inspector or the answer pane by the beginning of its text."""
        for pane in (self.window.inspector, self.window.answer):
            for each in pane.findChildren(QPushButton):
                if each.text().startswith(text) and each.isVisible():
                    self.click(each)
                    return
        raise AssertionError(f"no button says {text!r}")

    def buttons(self) -> list[str]:
        """Return what the buttons in sight of the inspector and the answer pane say."""
        panes = (self.window.inspector, self.window.answer)
        held = [each for pane in panes for each in pane.findChildren(QPushButton)]
        return [each.text() for each in held if each.isVisible()]

    def menu(self, menu: str, entry: str) -> None:
        """Open a menu and click an entry of it: two clicks."""
        bar = self.window.menuBar()
        opener = next(each for each in bar.actions() if each.text().replace("&", "") == menu)
        self.click(bar, bar.actionGeometry(opener).center())
        shown = QApplication.activePopupWidget()
        assert isinstance(shown, QMenu)
        wanted = next(each for each in shown.actions() if each.objectName() == entry)
        self.click(shown, shown.actionGeometry(wanted).center())

    def name_file(self, path: Path) -> None:
        """Be ready to type a path into the file dialog that the next act opens, and to accept it there.

        Then the window is active again, as a desktop sees to and the offscreen platform does not.
        """

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog) or not dialog.isVisible():
                QTimer.singleShot(20, answer)
                return
            field = dialog.findChild(QLineEdit)
            box = dialog.findChild(QDialogButtonBox)
            assert isinstance(field, QLineEdit) and isinstance(box, QDialogButtonBox)
            self.suggested = field.text()
            field.setText(str(path))
            accept = QDialogButtonBox.ButtonRole.AcceptRole
            self.click(next(each for each in box.buttons() if box.buttonRole(each) is accept))
            self.window.activateWindow()

        QTimer.singleShot(0, answer)

    def _is_chosen(self, number: str) -> None:
        chosen = self.window.editor.chosen
        assert chosen == id_of(self.window, number)
