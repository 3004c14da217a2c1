"""A review: the structure is locked, remarks can be made, walked, accepted and rebutted."""

from pathlib import Path

from evidencemap.model import verbs
from evidencemap.model.entities import Remark
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import RemarkKind, RemarkState
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.commands.files import Files
from evidencemap.ui.paths import ask_to_open
from evidencemap.ui.picker import Question
from evidencemap.ui.rows import Row


class Reviewing:
    """Commands about remarks, and the lock under which somebody else's case is read."""

    def __init__(self, desk: Desk, files: Files) -> None:
        self._desk = desk
        self._files = files
        self._wanted: Path | None = None
        desk.editor.opened.connect(self._begin_if_wanted)

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "open_review": self.open,
            "review": self.flip,
            "remark": self.remark,
            "next_remark": self.next_remark,
            "accept_remark": lambda: self.close_remark(RemarkState.ACCEPTED),
            "rebut_remark": lambda: self.close_remark(RemarkState.REBUTTED),
        }

    def open(self) -> None:
        """Ask for a case and open it for a review."""
        path = ask_to_open(self._desk.window)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a case for a review; of an encrypted one once its passphrase is given."""
        self._wanted = path
        self._files.open_path(path)

    def flip(self) -> None:
        """Begin or end a review."""
        if self._desk.editor.reviewing:
            self._desk.editor.review(on=False)
            self._desk.editor.told.emit(_("The review has ended."))
        else:
            self._begin()

    def remark(self) -> None:
        """Ask for a remark on what is selected."""
        chosen = self._desk.editor.chosen
        if chosen is None:
            self._desk.editor.refused.emit(_("Select the one thing that the remark is on."))
            return
        held = self._desk.editor.case.get(Remark, chosen)
        about = chosen if held is None else held.about

        def answer(row: Row) -> None:
            kind, text = kind_of_remark(row.text)
            self._desk.editor.perform(verbs.remark, about, text, kind, self._desk.settings.author)

        prompt = _("Remark on {number}").format(number=self._desk.editor.case.number(about))
        hint = _("“challenge: …”, “alternative: …” or “correction: …” says what it is.")
        self._desk.picker.ask(
            Question(prompt=prompt, offers=lambda typed: [], answer=answer, hint=hint, free=True)
        )

    def next_remark(self) -> None:
        """Select the next remark that is still open, and bring what it is on into view."""
        editor = self._desk.editor
        waiting = [each for each in editor.case.sorted(Remark) if each.state is RemarkState.OPEN]
        if not waiting:
            editor.told.emit(_("No remark is open."))
            return
        held = editor.case.get(Remark, editor.chosen)
        after = [
            each for each in waiting if held is not None and number_key(each.number) > number_key(held.number)
        ]
        found = (after or waiting)[0]
        editor.select([found.id])
        self._desk.map.ring((found.about,), "contested")
        self._desk.map.show_item(found.about)
        editor.told.emit(
            _("{number}, a {kind} on {what}: {text}").format(
                number=found.number,
                kind=_(found.kind.value),
                what=editor.case.number(found.about),
                text=found.text,
            )
        )

    def close_remark(self, state: RemarkState, remark: Id | None = None) -> None:
        """Accept or rebut a remark: the one given, or the selected one, or the first on what is selected."""
        editor = self._desk.editor
        held = editor.case.get(Remark, remark or editor.chosen)
        if held is None and editor.chosen is not None:
            about = [editor.case.get(Remark, each) for each in editor.case.users(editor.chosen)]
            open_ones = [each for each in about if each is not None and each.state is RemarkState.OPEN]
            held = min(open_ones, key=lambda each: number_key(each.number), default=None)
        if held is None:
            editor.refused.emit(_("Select an open remark first."))
            return
        editor.perform(verbs.close_remark, held.id, state)

    def _begin(self) -> None:
        editor, settings = self._desk.editor, self._desk.settings
        editor.review(on=True)
        editor.told.emit(_("Review: only remarks can be made."))
        if settings.author:
            return

        def answer(row: Row) -> None:
            settings.author = row.text

        question = Question(
            prompt=_("Your name, as your remarks carry it"),
            offers=lambda typed: [],
            answer=answer,
            hint=_("Kept on this computer; Escape leaves remarks without a name."),
            free=True,
        )
        self._desk.picker.ask(question)

    def _begin_if_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._desk.editor.session.path in (wanted, wanted.resolve()):
            self._begin()


def kind_of_remark(text: str) -> tuple[RemarkKind, str]:
    """Return the kind that a typed remark begins with, in English or in the person's words, and the rest."""
    head, colon, rest = text.partition(":")
    word = head.strip().casefold()
    kinds = {named: each for each in RemarkKind for named in (each.value, _(each.value).casefold())}
    if colon and rest.strip() and word in kinds:
        return kinds[word], rest.strip()
    return RemarkKind.QUESTION, text.strip()
