"""The inspector: one entity in full, why it stands as it does, and every field of it to change."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Exhibit, Header, Request, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.editor import Editor
from evidencemap.ui.panels import sections, stepcards
from evidencemap.ui.panels.exhibits import exhibit, exhibits_of
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.panels.remarks import remarks
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.panels.told import told


class Inspector(Pane):
    """Shows what is selected; where nothing is, the case itself. Edits go through the editor."""

    edit_wanted = Signal(str)
    act_wanted = Signal(str, object)
    help_page = "inspector"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Inspector"), parent)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.accessibleName())
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.setFocusProxy(self._area)
        self.shown: Id | None = None
        self.sheet: Sheet | None = None
        self._open_fields = False
        editor.reviewed.connect(lambda: self.refresh(()))

    def show_case(self) -> None:
        """Show what the case says of itself."""
        self.show_entity(self.editor.chosen or self.editor.case.id)

    def refresh(self, ids: Collection[Id]) -> None:
        """Show the entity anew: its neighbours or their verdicts may have changed with it."""
        self.show_entity(self.shown if self.shown in self.editor.case else self.editor.case.id)

    def select(self, ids: Collection[Id]) -> None:
        """Show the one entity that is selected."""
        wanted = self.editor.chosen or self.editor.case.id
        if wanted != self.shown:
            self.show_entity(wanted)

    def show_theme(self, theme: Any) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        if self.shown is not None:
            self.show_entity(self.shown)

    def show_entity(self, entity: Id | None) -> None:
        """Show one entity, the focus staying in the field that had it."""
        focused = self._focused()
        place = self._area.verticalScrollBar().value() if entity == self.shown else 0
        self.shown = entity if entity is not None else self.editor.case.id
        sheet = Sheet(self.editor, self.theme)
        sheet.followed.connect(self._follow)
        sheet.edit_wanted.connect(self.edit_wanted)
        sheet.act_wanted.connect(self.act_wanted)
        self._fill(sheet, self.shown)
        old = self._area.takeWidget()
        self._area.setWidget(sheet)
        self.sheet = sheet
        if old is not None:
            old.hide()
            old.deleteLater()
        self._area.verticalScrollBar().setValue(place)
        if focused:
            again = sheet.findChild(QWidget, focused)
            if again is not None:
                again.setFocus()

    def _fill(self, sheet: Sheet, entity: Id) -> None:
        held = self.editor.case[entity]
        sections.head(sheet, entity)
        if isinstance(held, Claim):
            sections.verdict(sheet, entity)
            sections.facts(sheet, held)
            told(sheet, held)
            stepcards.steps_in(sheet, entity)
            sections.settling(sheet, entity)
            sections.rests_on(sheet, entity)
        elif isinstance(held, Step):
            sections.verdict(sheet, entity)
            stepcards.step(sheet, held)
            sections.settling(sheet, entity)
        elif isinstance(held, Header):
            sections.whole_case(sheet)
        elif isinstance(held, Exhibit):
            exhibit(sheet, held)
        else:
            told(sheet, held)
            sections.neighbours(sheet, entity)
            if isinstance(held, Evidence):
                exhibits_of(sheet, held)
            if isinstance(held, Evidence):
                stepcards.steps_in(sheet, entity)
            if not isinstance(held, Request):
                sections.rests_on(sheet, entity)
        remarks(sheet, entity)
        sections.found(sheet, entity)
        if isinstance(held, Exhibit):
            sheet.finish()  # its custody is only added to, its digest never changes
            return
        opened = self._open_fields or not isinstance(held, Claim | Step)
        sections.all_fields(sheet, held, opened, self._keep_open)
        sheet.finish()

    def _keep_open(self, opened: bool) -> None:
        self._open_fields = opened

    def _follow(self, entity: str) -> None:
        self.editor.select([Id(entity)])

    def _focused(self) -> str:
        focused = self.window().focusWidget() if self.window() is not None else None
        if focused is not None and self.isAncestorOf(focused):
            return focused.objectName()
        return ""

    def reword(self, text: str) -> None:
        """Change what the shown entity says."""
        if self.shown is not None:
            self.editor.perform(verbs.reword, self.shown, text)
