"""The Edit and Case menus: undo, text, removal, withdrawal, copying, requests, checkpoints."""

from collections.abc import Callable, Iterable, Sequence

from evidencemap.model import verbs
from evidencemap.model.entities import Request, Step, Term
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState, RequestState
from evidencemap.storage.journal import Line, changes_of
from evidencemap.tongue import _, several
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.copying import as_table, as_text, put_on_clipboard
from evidencemap.ui.dates import span_of
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row
from evidencemap.ui.searching import LARGE, found_everywhere
from evidencemap.ui.wording import text_of


class Editing:
    """Commands that change or copy what is selected."""

    def __init__(self, desk: Desk, mark_hits: Callable[[Iterable[Id]], None]) -> None:
        self._desk = desk
        self._mark_hits = mark_hits

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "undo": self._desk.editor.undo,
            "redo": self._desk.editor.redo,
            "edit_text": self.edit_text,
            "remove": self.remove,
            "reinstate": self.reinstate,
            "copy_text": self.copy_text,
            "copy_table": self.copy_table,
            "copy_picture": self.copy_picture,
            "select_all": self.select_all,
            "search": self.search,
            "checkpoint": self.checkpoint,
            "receive": lambda: self.mark_request(RequestState.RECEIVED),
            "ask": lambda: self.mark_request(RequestState.ASKED),
            "add_term": self.add_term,
            "add_watch": self.add_watch,
        }

    def edit_text(self, entity: Id | None = None) -> None:
        """Change what something says, in one line that holds its text."""
        entity = entity or self._desk.editor.chosen
        case = self._desk.editor.case
        if entity is None or entity not in case:
            return
        held = case[entity]
        if isinstance(held, Step):
            self._desk.editor.told.emit(_("A step has no text: give it a warrant with W."))
            return
        if self._desk.outline.tree.hasFocus() and entity in self._desk.outline.selected:
            self._desk.outline.edit_selected()
            return

        def answer(row: Row) -> None:
            self._desk.editor.perform(verbs.reword, held.id, row.text)

        text = held.value if hasattr(held, "value") else text_of(held)
        self._ask(_("{number} says").format(number=held.number), answer, text=str(text))

    def remove(self) -> None:
        """Remove what is selected, with the steps that cannot be without it."""
        chosen = self._desk.editor.selection
        if not chosen:
            return
        edit = self._desk.editor.perform(verbs.remove, chosen)
        if edit is not None:
            removed = sum(change.after is None for change in edit.changes)
            self._desk.editor.told.emit(
                several(
                    "{count} thing removed. Ctrl+Z brings it back.",
                    "{count} things removed. Ctrl+Z brings them back.",
                    removed,
                )
            )

    def reinstate(self) -> None:
        """Take a withdrawal back: an item is again what it was before, held or only reported."""
        editor = self._desk.editor
        if editor.chosen is not None:
            state = state_before(editor.session.history(), editor.case.number(editor.chosen))
            editor.perform(verbs.reinstate, editor.chosen, state)

    def copy_text(self) -> None:
        """Copy what is selected as text, a line each."""
        put_on_clipboard(
            as_text(self._desk.editor.case, self._desk.editor.verdicts, self._desk.editor.selection)
        )

    def copy_table(self) -> None:
        """Copy what is selected as a table that spreadsheets take, no cell of it a formula."""
        put_on_clipboard(
            as_table(self._desk.editor.case, self._desk.editor.verdicts, self._desk.editor.selection)
        )

    def copy_picture(self) -> None:
        """Copy the map, as it is seen now, as a picture."""
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setPixmap(self._desk.map.grab())

    def select_all(self) -> None:
        """Select all that the map shows."""
        case = self._desk.editor.case
        self._desk.editor.select(
            each.id
            for each in case.entities.values()
            if each.number[:1] in "SECMHARN" and each.number != "case"
        )

    def search(self) -> None:
        """Find text anywhere in the case; while it is typed, the hits are marked on the map."""
        editor = self._desk.editor

        def offers(typed: str) -> list[Row]:
            found = found_everywhere(editor.session, editor.verdicts, typed)
            self._mark_hits(Id(str(row.value)) for row in found)
            return found

        def answer(row: Row) -> None:
            if row.value is not None:
                editor.select([Id(str(row.value))])
                self._desk.map.focus_on(Id(str(row.value)))

        question = Question(
            prompt=_("Search text, quotes, sources"),
            offers=offers,
            answer=answer,
            left=lambda: self._mark_hits(()),
        )
        self._desk.picker.ask(question)
        if len(editor.case) >= LARGE and not editor.session.search_is_ready:
            session, picker = editor.session, self._desk.picker
            self._desk.jobs.start(
                "search",
                _("Getting ready to search"),
                lambda job: session.prepare_search(),
                lambda made: picker.offer_again(),
            )

    def case_details(self) -> None:
        """Show what the case says of itself in the inspector."""
        self._desk.editor.select([])
        self._desk.inspector.show_case()

    def checkpoint(self) -> None:
        """Ask for a name and give it to this point of the history."""
        session = self._desk.editor.session

        def answer(row: Row) -> None:
            self._desk.editor.alter(lambda: session.checkpoint(row.text))

        self._ask(_("Name this point of the history"), answer)

    def mark_request(self, state: RequestState) -> None:
        """Say how far the selected request has come."""
        chosen = self._desk.editor.chosen
        if self._desk.editor.case.get(Request, chosen) is None:
            self._desk.editor.refused.emit(_("Select a request first."))
            return
        self._desk.editor.perform(verbs.set_field, chosen, "state", state)

    def add_term(self) -> None:
        """Ask for a word that carries a verdict or needs explaining."""

        def answer(row: Row) -> None:
            words = tuple(part.strip() for part in row.text.split(",") if part.strip())
            edit = self._desk.editor.perform(verbs.add, Term, words=words)
            if edit is not None:
                self._desk.editor.select([edit.changes[0].id])

        self._ask(_("The word, in its forms, with commas"), answer)

    def add_watch(self) -> None:
        """Ask by when to look at the selected thing again, and why."""
        chosen = self._desk.editor.chosen

        def answer(row: Row) -> None:
            by, _colon, why = row.text.partition(":")
            dated = span_of(by) is not None
            fields = {"by": by.strip(), "why": why.strip()} if dated else {"why": row.text}
            self._desk.editor.perform(verbs.watch, chosen, **fields)

        self._ask(_("Look again: a date, a colon, and why"), answer)

    def _ask(self, prompt: str, answer: Callable[[Row], None], text: str = "") -> None:
        self._desk.picker.ask(
            Question(prompt=prompt, offers=lambda typed: [], answer=answer, text=text, free=True)
        )


def state_before(lines: Sequence[Line], number: str) -> EvidenceState:
    """Return in which state an item was before it was withdrawn last, by the lines of the journal.

    Where they do not tell, it was reported: that never makes a grade higher than it was.
    """
    for line in reversed(lines):
        for _table, changed, was, now in changes_of(line):
            if changed == number and was and now and now.get("state") == EvidenceState.WITHDRAWN:
                return EvidenceState(was.get("state", EvidenceState.HELD))
    return EvidenceState.REPORTED
