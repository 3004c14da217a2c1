"""What a person asks of the map, the outline and the inspector, led to the commands that do it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt

from evidencemap.layout.paths import Point
from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Exhibit, Quantity, Remark, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import RemarkState
from evidencemap.ui.commands.asking import Asking
from evidencemap.ui.commands.desk import Desk
from evidencemap.ui.commands.inserting import Inserting
from evidencemap.ui.commands.reviewing import Reviewing
from evidencemap.ui.menus import ActionSet
from evidencemap.ui.panels.branches import Branch
from evidencemap.ui.sheets import Sheets

_ON_SOMETHING: tuple[str, ...] = (
    *("edit_text", "premise", "connect", "warrant", "con", "undercut", ""),
    *("why", "settle", "impact", "challenge", "common_origin", ""),
    *("focus", "collapse", "expand", ""),
    *("remark", "withdraw", "reinstate", "remove"),
)
_ON_A_REMARK = ("edit_text", "", "next_remark", "accept_remark", "rebut_remark", "", "remove")
_ON_AN_EXHIBIT = ("show_exhibit", "custody", "save_exhibit", "prove_exhibit", "", "remark", "remove")
_ON_NOTHING = ("add_claim", "add_evidence", "add_source", "add_request")

_ASKING = ("premise", "warrant", "add_request", "answer")
"""Acts of buttons that ask for something with which they change more than remarks."""

_KINDS: dict[str, type[Any]] = {
    "claim": Claim,
    "evidence": Evidence,
    "source": Source,
    "number": Quantity,
    "request": Request,
}


class Wishes:
    """Joined to the signals of the panes. Each wish is one edit, one question or one page."""

    def __init__(
        self,
        desk: Desk,
        actions: ActionSet,
        sheets: Sheets,
        commands: tuple[Inserting, Asking, Reviewing],
    ) -> None:
        self._desk, self._actions, self._sheets = desk, actions, sheets
        self._inserting, self._asking, self._reviewing = commands

    def move(self, places: Mapping[Id, Point]) -> None:
        """Keep where nodes were moved to; where that may not be, show them where they were."""
        if self._desk.editor.perform(verbs.place, places) is None:
            self._desk.map.put_back(tuple(places))

    def edit(self, entity: Id) -> None:
        """Change the text of a card in its place; of a step, its warrant."""
        if self._desk.editor.case.get(Step, entity) is not None:
            if self._desk.editor.may_change():
                self._inserting.warrant(entity)
        elif self._desk.editor.case.get(Remark, entity) is not None or self._desk.editor.may_change():
            self._desk.map.edit_text(entity)

    def add_at(self, kind: object, x: float, y: float) -> None:
        """Ask for something new at a point of the map; `kind` is its name, or its class."""
        chosen = _KINDS.get(kind, Claim) if isinstance(kind, str) else kind
        if not self._desk.editor.may_change():
            return
        if chosen is Request:
            self._inserting.add_request(at=(x, y))
        elif isinstance(chosen, type):
            self._inserting.add(chosen, at=(x, y))

    def move_branch(self, branch: Branch, onto: Id) -> None:
        """Put a row of the outline beneath another."""
        self._desk.editor.perform(self._sheets.moved_branch, branch, onto)

    def act(self, act: str, about: object) -> None:
        """Do what a button of the inspector asks for."""
        entity = Id(str(about))
        if act in _ASKING and not self._desk.editor.may_change():
            return
        if act == "premise":
            self._inserting.premise(entity)
        elif act == "warrant":
            self._inserting.warrant(entity)
        elif act == "add_request":
            self._inserting.add_request(entity)
        elif act == "settle":
            self._sheets.show_ladder(entity)
        elif act == "impact":
            self._sheets.show_impact(entity, False)
        elif act == "accept remark":
            self._reviewing.close_remark(RemarkState.ACCEPTED, entity)
        elif act == "rebut remark":
            self._reviewing.close_remark(RemarkState.REBUTTED, entity)
        elif act == "answer" and isinstance(about, tuple):
            self._asking.answer_question(*about)

    def show_menu(self, ids: object, at: QPoint) -> None:
        """Offer what can be done with what is selected."""
        editor = self._desk.editor
        names = _ON_SOMETHING if editor.selection else _ON_NOTHING
        if editor.case.get(Remark, editor.chosen) is not None:
            names = _ON_A_REMARK
        elif editor.case.get(Exhibit, editor.chosen) is not None:
            names = _ON_AN_EXHIBIT
        elif (item := editor.case.get(Evidence, editor.chosen)) is not None and item.exhibits:
            names = ("show_exhibit", "", *_ON_SOMETHING)
        menu = self._actions.menu_for(names, self._desk.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
