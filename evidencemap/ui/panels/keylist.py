"""The key list: every claim as a numbered proposition, with how it stands."""

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.editor import Editor, steps_into
from evidencemap.ui.glosses import glossed
from evidencemap.ui.marks import mark_of
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.rowlist import SHORT, RowList
from evidencemap.ui.rows import Row
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import one_line, standing


class KeyList(Pane):
    """Lists the claims in the order of their numbers."""

    help_page = "key_list"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Key list"), parent)
        self.list = RowList(self, banded=True, lines=SHORT)
        self.list.setAccessibleName(_("Key list"))
        self.list.chosen.connect(lambda entity: self.editor.select([Id(str(entity))]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._ids: list[Id] = []

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.list.show_theme(theme)

    def show_case(self) -> None:
        """List the claims."""
        self._ids = [each.id for each in self.editor.case.sorted(Claim)]
        self.list.show_many(len(self._ids), self._row)
        self.select(self.editor.selection)

    def refresh(self, ids: Collection[Id]) -> None:
        """List the claims anew where they changed, else paint their new verdicts."""
        if len(self._ids) != len(self.editor.case.of(Claim)):
            self.show_case()
        else:
            self.list.viewport().update()

    def select(self, ids: Collection[Id]) -> None:
        """Stand on what is selected."""
        if len(ids) == 1:
            wanted = next(iter(ids))
            self.list.choose(self._ids.index(wanted) if wanted in self.editor.case.of(Claim) else -1)

    def _row(self, at: int) -> Row:
        case, verdicts = self.editor.case, self.editor.verdicts
        entity = self._ids[at]
        held = case.get(Claim, entity)
        if held is None:
            return Row(text="")
        mark, ink = mark_of(case, verdicts, entity)
        premises = [case.number(each) for step in steps_into(case, entity) for each in step.premises]
        row = Row(
            text=one_line(held.text, 300),
            lead=held.number,
            detail=_("from {numbers}").format(numbers=", ".join(premises[:8])) if premises else "",
            right=standing(verdicts, entity),
            right_ink=ink,
            mark=mark,
            ink=ink,
            value=entity,
        )
        return glossed(case, row)
