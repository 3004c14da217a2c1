"""The answer pane: what a person asked last, kept up to date with the case until they ask anew."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidencemap.errors import EvidenceMapError
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.editor import Editor
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.theme import Theme

Page = Callable[[Sheet], None]
"""Fills a sheet with an answer, from the case as it is now."""


class Answer(Pane):
    """Shows one page: the ladder of grades, an impact, a challenge, help, keys, the tour."""

    act_wanted = Signal(str, object)
    help_page = "answer"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Answer"), parent)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.accessibleName())
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.setFocusProxy(self._area)
        self._page: Page = nothing_asked
        self._lives = True
        self.about: Id | None = None

    def show_page(self, page: Page, about: Id | None = None, *, lives: bool = True) -> None:
        """Show a page; one that `lives` is made anew after every edit."""
        self._page, self._lives, self.about = page, lives, about
        self._make()

    def show_case(self) -> None:
        """Forget the answer about another case."""
        self.show_page(nothing_asked)

    def refresh(self, ids: Collection[Id]) -> None:
        """Make the answer anew, as the case has changed."""
        if self.about is not None and self.about not in self.editor.case:
            self.show_page(nothing_asked)
        elif self._lives:
            self._make()

    def focus_act(self) -> None:
        """Give the focus to the last button that acts, so that a person at the keyboard can press it."""
        held = self._area.widget()
        acts = [each for each in held.findChildren(QPushButton) if each.objectName() == "act"] if held else []
        if acts:
            acts[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self._make()

    def _make(self) -> None:
        sheet = Sheet(self.editor, self.theme)
        sheet.followed.connect(lambda entity: self.editor.select([Id(entity)]))
        sheet.act_wanted.connect(self.act_wanted)
        place = self._area.verticalScrollBar().value()
        try:
            self._page(sheet)
        except EvidenceMapError as refusal:
            sheet.line(str(refusal), "unsupported")
        sheet.finish()
        pressed = self._pressed()
        old = self._area.takeWidget()
        self._area.setWidget(sheet)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._area.verticalScrollBar().setValue(place)
        if pressed is not None:
            again = sheet.findChildren(QPushButton)
            (again[pressed] if pressed < len(again) else self._area).setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> int | None:
        """Return which button of the page has the focus: the one in its place is to have it again."""
        held, focused = self._area.widget(), QApplication.focusWidget()
        buttons = held.findChildren(QPushButton) if held is not None else []
        return buttons.index(focused) if isinstance(focused, QPushButton) and focused in buttons else None


def nothing_asked(sheet: Sheet) -> None:
    """Say how to ask."""
    sheet.kicker(_("Nothing asked yet").upper())
    for text in (
        _("Ctrl+L: what would settle the selected claim."),
        _("Ctrl+Shift+I: what falls if the selected thing does."),
        _("Ctrl+I: why it stands as it does."),
        _("F1: help on the pane you are in. Ctrl+K: every command by name."),
    ):
        sheet.line(text, "muted")
