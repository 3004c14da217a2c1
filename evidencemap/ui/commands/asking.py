"""The Analyze menu: why, what would settle it, what falls, and the walk through the findings."""

from collections.abc import Callable

from evidencemap.analysis.findings import Finding
from evidencemap.model import verbs
from evidencemap.model.entities import Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.picker import Question
from evidencemap.ui.problems import digest_of, sentence_of
from evidencemap.ui.rows import Row


class Asking:
    """Commands that ask the analysis and show its answer."""

    def __init__(
        self,
        desk: Desk,
        show_ladder: Callable[[Id], None],
        show_impact: Callable[[Id, bool], None],
        show_challenge: Callable[[Id], None],
        show_since: Callable[[int], None],
        show_profiles: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._show_ladder = show_ladder
        self._show_impact = show_impact
        self._show_challenge = show_challenge
        self._show_since = show_since
        self._show_profiles = show_profiles

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "why": self.why,
            "settle": lambda: self._about_chosen(self._show_ladder),
            "impact": lambda: self._about_chosen(lambda entity: self._show_impact(entity, False)),
            "withdraw": self.withdraw,
            "challenge": lambda: self._about_chosen(self._show_challenge),
            "next_finding": lambda: self._walk(1),
            "previous_finding": lambda: self._walk(-1),
            "accept_finding": self.accept,
            "compare_profiles": lambda: self._show_profiles(""),
            "changed_since": lambda: self._show_since(self._desk.history.entry),
        }

    def why(self) -> None:
        """Say why what is selected stands as it does, and select the way to the cause."""
        from evidencemap.analysis.sentences import explain

        editor = self._desk.editor
        chosen = editor.chosen
        if chosen is None:
            return
        try:
            found = explain(editor.case, editor.verdicts, chosen)
        except KeyError:
            said = _("Claims, steps, items and requests have a reason; {number} has none.")
            editor.told.emit(said.format(number=editor.case.number(chosen)))
            return
        self._desk.map.select((chosen, *found.path))
        editor.told.emit(" ".join(found.sentences))

    def withdraw(self) -> None:
        """Show what a withdrawal would touch; the sheet commits it, or not."""
        chosen = self._desk.editor.chosen
        if chosen is None:
            return
        if not isinstance(self._desk.editor.case[chosen], Source | Evidence):
            self._desk.editor.refused.emit(_("Sources and evidence can be withdrawn: select one."))
            return
        self._show_impact(chosen, True)

    def accept(self, finding: Finding | None = None) -> None:
        """Ask for a reason and accept the finding that the list stands on."""
        editor = self._desk.editor
        held = finding or self._desk.problems.current
        if held is None:
            editor.refused.emit(_("Stand on a finding first: F8 walks them."))
            return

        def answer(row: Row) -> None:
            by = self._desk.settings.author
            digest = digest_of(editor.case, held)
            editor.perform(verbs.accept, held.code, held.on, row.text, by=by, accepted=digest)

        question = Question(
            prompt=_("Accept: {sentence}").format(sentence=sentence_of(editor.case, held)),
            offers=lambda typed: [],
            answer=answer,
            hint=_("The reason prints in every brief. No verdict changes."),
            free=True,
        )
        self._desk.picker.ask(question)

    def answer_question(self, step: Id, question: str, text: str) -> None:
        """Ask for the answer to a critical question of a step."""
        editor = self._desk.editor
        held = editor.case.get(Step, step)
        if held is None:
            return

        def answer(row: Row) -> None:
            editor.perform(verbs.answer_question, step, question, row.text)

        asked = Question(
            prompt=_(text),
            offers=lambda typed: [],
            answer=answer,
            text=dict(held.answers).get(question, ""),
            free=True,
        )
        self._desk.picker.ask(asked)

    def _walk(self, by: int) -> None:
        if self._desk.problems.go(by) is None:
            self._desk.editor.told.emit(_("The map shows nothing to look at."))
        elif self._desk.editor.chosen is not None:
            self._desk.map.focus_on(self._desk.editor.chosen)

    def _about_chosen(self, show: Callable[[Id], None]) -> None:
        chosen = self._desk.editor.chosen
        if chosen is not None:
            show(chosen)
