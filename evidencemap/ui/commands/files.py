"""The File menu: open, save, export. Paths come from the system's own dialogs or are handed in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.session import PassphraseNeeded, PassphraseWrong, Session
from evidencemap.storage.mapplaces import forget_places
from evidencemap.storage.places import resolved
from evidencemap.tongue import _
from evidencemap.ui.briefs import ENDINGS, brief_bytes, called, told_by
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.jobs import Job
from evidencemap.ui.opening import CASE_SUFFIX, Ready, founding_session, made_ready, opened
from evidencemap.ui.paths import ask_to_open, ask_to_save
from evidencemap.ui.picker import Question, secret_question
from evidencemap.ui.rows import Row


class Files:
    """Commands about files. Those that end in a path can be called with one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "new": self.new,
            "open": lambda: self._with_path(ask_to_open, self.open_path),
            "open_founding": self.open_founding,
            "forget_recent": self.forget_recent,
            "save": self.save,
            "save_as": lambda: self._to_path(_("Save the case"), CASE_SUFFIX, self.save_to),
            "save_copy": lambda: self._to_path(_("Save a copy"), CASE_SUFFIX, self.save_copy_to),
            "export_listing": lambda: self._to_path(
                _("Export as a listing"), ".yaml", self.export_listing_to
            ),
            "export_map": lambda: self._to_path(_("Export the map"), ".svg", self.export_map_to),
            "export_brief": lambda: self._to_path(_("Export the brief"), ".pdf", self.export_brief_to),
            "export_other": self.export_other,
            "verify": self.verify,
            "encrypt": self.encrypt,
            "decrypt": self.decrypt,
        }

    def forget_recent(self) -> None:
        """Forget which files were opened, and where the nodes of their maps lay."""
        self._desk.settings.forget_recent()
        self._desk.editor.told.emit(_("The list of recent files is empty now."))
        forget_places()

    def new(self) -> None:
        """Ask for a title and start an empty case."""

        def answer(row: Row) -> None:
            self._begin(lambda: Session.new(row.text))

        question = Question(
            prompt=_("Title of the new case"), offers=lambda typed: [], answer=answer, free=True
        )
        self._desk.picker.ask(question)

    def open_path(self, path: Path, passphrase: str | None = None) -> None:
        """Open a case file, or a listing as an untitled case, beside the window.

        Until it is open everything goes on as it was, and so it does where that is cancelled or refused.
        Of an encrypted case the passphrase is asked for; then it opens once that was given.
        """
        session = self._desk.editor.session
        if session.path == resolved(path) and not session.read_only:
            self._desk.settings.remember(path)
            self._desk.map.remember()
            self._desk.editor.opened.emit()
            self._desk.editor.told.emit(_("{name} is open already.").format(name=path.name))
            return

        def work(job: Job) -> Ready:
            return made_ready(lambda: (opened(path, passphrase, job.report), ""), job.report)

        def then(ready: Ready) -> None:
            if self._show(ready) and path.suffix == CASE_SUFFIX:
                self._desk.settings.remember(path)

        def otherwise(error: BaseException) -> None:
            if not isinstance(error, PassphraseNeeded | PassphraseWrong):
                self._fail(error)
                return
            if isinstance(error, PassphraseWrong):
                self._desk.editor.refused.emit(str(error))
            self._ask_secret(
                _("Passphrase of {name}").format(name=path.name),
                lambda typed: self.open_path(path, typed),
            )

        label = _("Opening {name}").format(name=path.name)
        self._desk.jobs.start("open", label, work, then, otherwise, Ready.put_back)

    def open_founding(self) -> None:
        """Open the founding case as an untitled case."""
        self._begin(founding_session)

    def save(self) -> None:
        """Publish the case to its file; ask where, if it has none."""
        if self._desk.editor.session.path is None:
            self._to_path(_("Save the case"), CASE_SUFFIX, self.save_to)
            return
        if self._desk.editor.attempt(self._desk.editor.session.save):
            self._tell_saved()

    def save_to(self, path: Path) -> bool:
        """Publish the case to a path and go on working on that file."""
        session = self._desk.editor.session
        if self._desk.editor.attempt(lambda: session.save_as(path)):
            self._desk.settings.remember(path)
            self._tell_saved()
            return True
        return False

    def save_copy_to(self, path: Path) -> bool:
        """Publish a copy to a path and go on working on this case."""
        session = self._desk.editor.session
        done = self._desk.editor.attempt(lambda: session.save_copy(path))
        if done:
            self._desk.editor.told.emit(_("A copy was saved as {name}.").format(name=path.name))
        return done

    def export_listing_to(self, path: Path) -> None:
        """Write the case as a listing or, where the name ends in .json, as JSON."""
        from evidencemap.exchange.formats import format_of

        try:
            write = format_of(path, writing=True).write
        except EvidenceMapError as refusal:
            self._desk.editor.refused.emit(str(refusal))
            return
        assert write is not None
        self._make(path, _("Writing the listing"), lambda case: write(case).encode())

    def export_map_to(self, path: Path) -> None:
        """Write the map as SVG, PNG or PDF, by the end of the name."""
        case = self._desk.editor.case

        def work(job: Job) -> Path:
            from evidencemap.brief.map_file import map_bytes
            from evidencemap.exchange.files import write_over

            write_over(path, map_bytes(case, path.suffix))
            return path

        self._start(_("Drawing the map"), work)

    def export_other(self) -> None:
        """Ask which form the brief takes, then where to write it."""

        def answer(row: Row) -> None:
            self._to_path(
                _("Export the brief"), ".pdf", lambda path: self.export_brief_to(path, str(row.value))
            )

        def offers(typed: str) -> list[Row]:
            words = typed.casefold().split()
            named = [(name, text) for name, text in called().items()]
            return [
                Row(text=text.partition(": ")[0], detail=text.partition(": ")[2], mark="sheet", value=name)
                for name, text in named
                if all(word in f"{name} {text}".casefold() for word in words)
            ]

        self._desk.picker.ask(Question(prompt=_("Which brief?"), offers=offers, answer=answer))

    def export_brief_to(self, path: Path, template: str = "memo", paper: str = "letter") -> None:
        """Write a brief as PDF, web page or plain text, by the end of the name."""
        ending = path.suffix.casefold()
        if ending not in ENDINGS:
            self._desk.editor.refused.emit(_("A brief is a PDF, a web page (.html) or plain text (.txt)."))
            return
        told = told_by(self._desk.editor, template, paper)

        def work(job: Job) -> Path:
            from evidencemap.exchange.files import write_over

            write_over(path, brief_bytes(told, ending))
            return path

        self._start(_("Writing the brief"), work)

    def verify(self) -> None:
        """Check the history of the case file against its chain and its tables."""
        session = self._desk.editor.session
        path, key = session.path, session.key
        if path is None:
            self._desk.editor.told.emit(_("Save the case first: then its file can be verified."))
            return

        def work(job: Job) -> object:
            from evidencemap.session import verify

            return verify(path, passphrase=key)

        def tell(found: object) -> None:
            sentences = getattr(found, "sentences", ())
            self._desk.editor.told.emit(" ".join(str(each) for each in sentences))

        self._desk.jobs.start("verify", _("Verifying the history"), work, tell, self._fail)

    def encrypt(self) -> None:
        """Ask for a passphrase, twice, and keep the case under it."""
        session = self._desk.editor.session

        def again(first: str) -> None:
            def keep(second: str) -> None:
                if first != second:
                    self._desk.editor.refused.emit(_("The two are not the same: nothing was changed."))
                elif self._desk.editor.alter(lambda: session.set_passphrase(first)):
                    self._desk.editor.told.emit(_("The case opens with its passphrase alone now."))

            self._ask_secret(_("The same passphrase again"), keep)

        self._ask_secret(
            _("New passphrase"), again, _("A passphrase that is forgotten cannot be found again by anybody.")
        )

    def decrypt(self) -> None:
        """Keep the case without a passphrase from now on, once it was typed: nothing takes that back."""
        editor, session = self._desk.editor, self._desk.editor.session
        key = session.key
        if not session.encrypted or key is None:
            editor.told.emit(_("This case has no passphrase."))
            return

        def remove(typed: str) -> None:
            from evidencemap.storage.passphrases import key_of

            if key_of(typed, key.recipe) != key:
                editor.refused.emit(_("That is not the passphrase of this case: nothing was changed."))
            elif editor.alter(lambda: session.set_passphrase(None)):
                editor.told.emit(_("Whoever has the file of this case can read it now."))

        hint = _("Whoever has the file can read it then, and what was written so cannot be taken back.")
        self._ask_secret(_("The passphrase that is to be removed"), remove, hint)

    def _ask_secret(self, prompt: str, then: Callable[[str], object], hint: str = "") -> None:
        self._desk.picker.ask(secret_question(prompt, then, hint))

    def _begin(self, make: Callable[[], Session]) -> None:
        """Show a small case that is made at once, in place of one that is being opened."""
        self._desk.jobs.cancel("open")
        try:
            session = make()
        except EvidenceMapError as refusal:
            self._desk.editor.refused.emit(str(refusal))
            return
        self._show(made_ready(lambda: (session, ""), lambda part, what: None))

    def _show(self, ready: Ready) -> bool:
        """Show a case that is ready, unless the one that is open cannot be saved; return whether it is."""
        self._desk.picker.leave()
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what is being typed belongs to the case that goes
        try:
            self._desk.editor.replace(ready.session, ready.engine)
        except EvidenceMapError as refusal:
            ready.put_back()
            self._desk.editor.refused.emit(str(refusal))
            return False
        finally:
            if QApplication.focusWidget() is None:
                self._desk.map.setFocus()
        return True

    def _tell_saved(self) -> None:
        state = self._desk.editor.session.saved_state
        if state.path is not None:
            self._desk.editor.told.emit(_("Saved to {name}.").format(name=state.path.name))

    def _make(self, path: Path, label: str, make: Callable[[Case], bytes]) -> None:
        case = self._desk.editor.case

        def work(job: Job) -> Path:
            data = make(case)
            job.report(0.9)
            from evidencemap.exchange.files import write_over

            write_over(path, data)
            return path

        self._start(label, work)

    def _start(self, label: str, work: Callable[[Job], Path]) -> None:
        def tell(path: object) -> None:
            name = path.name if isinstance(path, Path) else ""
            self._desk.editor.told.emit(_("{name} was written.").format(name=name))

        self._desk.jobs.start("export", label, work, tell, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, EvidenceMapError):
            self._desk.editor.refused.emit(str(error))
            return
        raise error

    def _with_path(self, ask: Callable[..., Path | None], then: Callable[[Path], object]) -> None:
        path = ask(self._desk.window, self._desk.editor.session.path)
        if path is not None:
            then(path)

    def _to_path(self, title: str, suffix: str, then: Callable[[Path], object]) -> None:
        editor = self._desk.editor
        path = ask_to_save(self._desk.window, title, editor.case.header.title, suffix, editor.session.path)
        if path is not None:
            then(path)
