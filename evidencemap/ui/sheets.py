"""Shows answers: which page of the answer pane a question leads to, and what its buttons do."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from evidencemap.analysis.findings import Finding
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk
from evidencemap.ui.commands.inserting import Inserting
from evidencemap.ui.guarded import guarded
from evidencemap.ui.menus import ActionSet
from evidencemap.ui.pages import challenge, helppage, keysheet, since
from evidencemap.ui.pages.impact import Impact
from evidencemap.ui.pages.ladder import Ladder
from evidencemap.ui.pages.profiles import Profiles
from evidencemap.ui.pages.tour import Tour
from evidencemap.ui.panels.answer import Answer
from evidencemap.ui.panels.branches import Branch
from evidencemap.ui.panels.sheet import Sheet


class Sheets(QObject):
    """Leads questions to pages. Every page says what is so on this map and commits nothing by itself."""

    def __init__(
        self,
        desk: Desk,
        answer: Answer,
        show_pane: Callable[[str], None],
        run: Callable[[str], None],
        inserting: Inserting,
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._answer = answer
        self._show_pane = show_pane
        self._run = run
        self._inserting = inserting
        self._tour: Tour | None = None
        self.search_box: QLineEdit | None = None
        self.act_of_merge: Callable[[str, object], None] = lambda act, about: None
        answer.act_wanted.connect(self._act)

    def show_ladder(self, claim: Id) -> None:
        """Show what would settle a claim."""
        editor = self._desk.editor
        step = editor.case.get(Step, claim)
        target = step.conclusion if step is not None else claim
        if editor.case.get(Claim, target) is None:
            editor.refused.emit(_("Select a claim: claims are what is settled."))
            return
        ladder = Ladder(target)

        def fill(sheet: Sheet) -> None:
            ladder.fill(sheet)
            self._desk.map.ring(ladder.ghosts, "request")

        self._show(fill, target)

    def show_impact(self, entity: Id, offers: bool) -> None:
        """Show what falls if something does; with `offers`, with the button that withdraws it."""
        held = self._desk.editor.case[entity]
        if not isinstance(held, Claim | Evidence | Source):
            self._desk.editor.refused.emit(_("Select a claim, an item or a source."))
            return
        self._show(Impact(entity, offers).fill, entity)
        if offers:
            self._answer.focus_act()

    def show_challenge(self, claim: Id) -> None:
        """Show what a challenger would say first about a claim."""
        if self._desk.editor.case.get(Claim, claim) is None:
            self._desk.editor.refused.emit(_("Select the claim to challenge."))
            return
        self._show(lambda sheet: challenge.fill(sheet, claim), claim)

    def show_since(self, entry: int) -> None:
        """Show what changed since an entry of the history; 0 takes the last named point."""
        session = self._desk.editor.session
        self._show(lambda sheet: since.fill(sheet, session.history(), entry), None)

    def show_profiles(self, other: str) -> None:
        """Show which verdicts another profile would change; the empty name takes the first other one."""
        self._show(Profiles(other).fill, None)

    def show_merge(self, fill: Callable[[Sheet], None]) -> None:
        """Show what two copies of the case did, and what is to be decided."""
        self._show(fill, None)

    def show_again(self) -> None:
        """Show the page anew."""
        self._again()

    def show_page(self, page: str) -> None:
        """Show a page of the manual."""
        self._show(lambda sheet: helppage.fill(sheet, page), None, lives=False)

    def show_keys(self, actions: ActionSet) -> None:
        """Show every key, to read and to change."""
        self._show(lambda sheet: keysheet.fill(sheet, actions, self._desk.settings), None, lives=False)

    def take_tour(self) -> None:
        """Begin the five-step tour."""
        self._tour = Tour(self._desk, self._run, self._again)
        self._show(self._tour.fill, None)
        self._tour.act("tour show")

    def fix(self, finding: object) -> None:
        """Go to where a finding is mended: the step that wants a warrant, the claim that wants support."""
        if not isinstance(finding, Finding):
            return
        editor = self._desk.editor
        here = [each for each in finding.on if each in editor.case]
        editor.select(here)
        if not here:
            return
        self._desk.map.focus_on(here[0])
        held = editor.case[here[0]]
        if not editor.may_change():
            return
        if isinstance(held, Step) and held.warrant is None and finding.code == "UNSUPPORTED_STEP":
            self._inserting.warrant(held.id)
        elif isinstance(held, Claim) and finding.code in ("ORPHAN_CLAIM",):
            self._inserting.premise(held.id)
        elif isinstance(held, Claim) and finding.code == "COMPOUND_CLAIM":
            self.show_challenge(held.id)
        elif isinstance(held, Claim):
            self.show_ladder(held.id)
        elif isinstance(held, Evidence) and finding.code == "UNSOURCED_EVIDENCE":
            self._inserting.premise(held.id)
        else:
            self._show_pane("inspector")

    def show_finding_menu(self, finding: object, at: QPoint) -> None:
        """Offer what can be done about a finding."""
        if not isinstance(finding, Finding):
            return
        menu = QMenu(self._desk.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Mend it")).triggered.connect(partial(self.fix, finding))
        menu.addAction(_("Accept with a reason…")).triggered.connect(lambda: self._run("accept_finding"))
        menu.addAction(_("Help on this finding")).triggered.connect(lambda: self.show_page(finding.code))
        menu.popup(at)

    @staticmethod
    def moved_branch(case: Case, branch: Branch, onto: Id) -> Edit:
        """Return the edit that puts a row of the outline beneath another: the step moves along."""
        step = case.get(Step, branch.via)
        target = case.get(Step, onto)
        if target is not None:
            return verbs.give_warrant(case, onto, branch.id)
        if step is not None and branch.id in step.premises and len(step.premises) == 1:
            return verbs.set_field(case, step.id, "conclusion", onto)
        return verbs.connect(case, [branch.id], onto)

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the search where the box in the toolbar is clicked."""
        if watched is self.search_box and event.type() == QEvent.Type.MouseButtonPress:
            self._run("search")
            return True
        return False

    def _show(self, page: Callable[..., None], about: Id | None, *, lives: bool = True) -> None:
        self._desk.map.ring(())
        self._answer.show_page(page, about, lives=lives)
        self._show_pane("answer")

    def _again(self) -> None:
        self._answer.refresh(())

    def _act(self, act: str, about: object) -> None:
        if act == "again":
            self._again()
        elif act == "tour end":
            self._desk.settings.tour_seen = True
            self._tour = None
            self._answer.show_case()
            self._show_pane("inspector")
        elif act.startswith("tour ") and self._tour is not None:
            self._tour.act(act)
        elif act == "merge into" or act.startswith("take "):
            self.act_of_merge(act, about)
        elif act == "compare":
            self.show_profiles(str(about))
        elif act == "use profile":
            editor = self._desk.editor
            editor.perform(verbs.set_field, editor.case.id, "profile", str(about))
        elif act == "withdraw":
            editor = self._desk.editor
            if editor.perform(verbs.withdraw, Id(str(about))) is not None:
                editor.told.emit(_("Withdrawn; Ctrl+Z takes it back."))
