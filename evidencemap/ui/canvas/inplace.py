"""The editor that opens over a card: type, Enter to keep, Escape to leave it as it was."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from evidencemap.model.case import Case
from evidencemap.model.entities import Quantity, Source
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.canvas.edited import NODES
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.guarded import guarded
from evidencemap.ui.theme import face


class InPlace(QPlainTextEdit):
    """One plain text field, moved over the card that it edits. Text is plain in, plain out."""

    text_edited = Signal(object, str)
    opening = Signal(object)

    def __init__(self, view: Looking) -> None:
        super().__init__(view)
        self._view = view
        self._node: Id | None = None
        self._before = ""
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Text of the card"))
        self.hide()

    @property
    def node(self) -> Id | None:
        """Return the node whose text is being edited."""
        return self._node

    def open(self, node: Id) -> None:
        """Open over the card of a node with all of its text selected."""
        case = self._view.scene.case_needed()
        held = case[node]
        if not isinstance(held, NODES) or node not in self._view.scene.index:
            return
        if isinstance(held, Source):
            text = held.name
        else:
            text = held.value if isinstance(held, Quantity) else held.text
        self._node, self._before = node, text
        self.setPlainText(text)
        self.selectAll()
        theme = self._view.theme
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.card}; color: {theme.text};"
            f" border: 2px solid {theme.focus}; border-radius: 4px; }}"
        )
        self.opening.emit(node)
        self.follow()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Stay over the card while the map moves."""
        if self._node is None or self._node not in self._view.scene.index:
            return
        box = self._view.scene.box(self._node)
        assert box is not None
        camera = self._view.camera
        at = camera.to_screen(box.x, box.y)
        size = max(12.0, 13.0 * camera.zoom)
        self.setFont(face(size))
        wide = max(round(box.width * camera.zoom), 200)
        high = max(round(box.height * camera.zoom), 72)
        self.setGeometry(QRect(round(at.x()), round(at.y()), wide, high))

    def keep_to(self, case: Case) -> None:
        """Close without a word where the node is gone."""
        if self._node is not None and self._node not in case:
            self.leave()

    def keep(self) -> None:
        """Close and say the text, if it differs."""
        node, text = self._node, self.toPlainText()
        self._close()
        if node is not None and text != self._before:
            self.text_edited.emit(node, text)

    def leave(self) -> None:
        """Close and say nothing."""
        self._close()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Shift+Enter breaks the line, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.keep()
        else:
            super().keyPressEvent(event)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when the person goes elsewhere."""
        super().focusOutEvent(event)
        if self._node is not None and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.keep()

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        """Take keys that are shortcuts of the window while typing."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def _close(self) -> None:
        had_focus = self.hasFocus()
        self._node = None
        self.hide()
        if had_focus:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
