"""The command that puts the case together with another copy of it."""

import os
from collections.abc import Callable
from pathlib import Path

from evidencemap.errors import EvidenceMapError
from evidencemap.model.merging import Merge, Side
from evidencemap.session import PassphraseNeeded, PassphraseWrong
from evidencemap.storage.places import resolved
from evidencemap.tongue import _
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.jobs import Job
from evidencemap.ui.pages.conflicts import Conflicts
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.paths import ask_for_case, ask_to_save
from evidencemap.ui.picker import secret_question


class Merging:
    """Compares the case with a copy, lets a person decide, and merges both into a new file."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[Callable[[Sheet], None]], None],
        again: Callable[[], None],
        open_path: Callable[[Path], object],
    ) -> None:
        self._desk = desk
        self._show, self._again, self._open_path = show, again, open_path
        self._page: Conflicts | None = None
        self._theirs: tuple[Path, str | None] | None = None
        self._merged: tuple[Path, str] | None = None
        desk.editor.opened.connect(self._tell_merged)

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {"merge": self.merge}

    def merge(self) -> None:
        """Ask for a copy of the case and compare both."""
        path = ask_for_case(self._desk.window, _("Merge with a copy"), self._desk.editor.session.path)
        if path is not None:
            self.merge_with(path)

    def merge_with(self, theirs: Path, passphrase: str | None = None) -> None:
        """Compare the case, as it is saved, with a copy at a path; show what each did."""
        editor = self._desk.editor
        session = editor.session
        ours = session.path
        if ours is None:
            editor.told.emit(_("Save the case first: then it can be merged with a copy."))
            return
        if not editor.attempt(session.save):
            return
        key = session.key

        def work(job: Job) -> object:
            from evidencemap.storage.copies import compare_files

            return compare_files(ours, theirs, (key, passphrase))

        def tell(found: object) -> None:
            if not isinstance(found, Merge):
                editor.refused.emit(
                    _("{name} is no copy of this case: they have no common history.").format(name=theirs.name)
                )
                return
            self._theirs = (theirs, passphrase)
            self._page = Conflicts(ours.name, theirs.name, found)
            self._show(self._page.fill)

        self._desk.jobs.start(
            "merge", _("Comparing two copies"), work, tell, lambda error: self._fail(error, theirs)
        )

    def act(self, act: str, about: object) -> None:
        """Take the word of one side in a conflict, or merge, as a button of the page asks."""
        if self._page is None:
            return
        if act == "merge into":
            editor = self._desk.editor
            name = f"{editor.case.header.title} merged"
            beside = editor.session.path
            out = ask_to_save(self._desk.window, _("Merge into"), name, ".evmap", beside, over=False)
            if out is not None:
                self.merge_into(out)
            return
        self._page.decided[str(about)] = Side(act.removeprefix("take "))
        self._again()

    def merge_into(self, out: Path) -> None:
        """Write both copies, put together as decided, to a new file, and open that.

        What has the name of that file already is not written over: the person gives another.
        """
        if os.path.lexists(out):
            sentence = _("{name} exists already: give another name.").format(name=out.name)
            self._desk.editor.refused.emit(sentence)
            return
        session = self._desk.editor.session
        ours, key, page = session.path, session.key, self._page
        if ours is None or page is None or self._theirs is None:
            return
        theirs, passphrase = self._theirs
        decided = dict(page.decided)

        def work(job: Job) -> object:
            from evidencemap.storage.copies import merge_files

            return merge_files(ours, theirs, out, decided, (key, passphrase))

        def tell(found: object) -> None:
            if isinstance(found, Merge) and found.edit is None:
                page.found = found
                self._again()
            else:
                self._page = None
                told = _("{name} holds both copies now, and is open.").format(name=out.name)
                if passphrase is not None and key is None:
                    told += " " + _("It has no passphrase, as {ours} has none.").format(ours=ours.name)
                self._merged = resolved(out), told
                self._open_path(out)

        self._desk.jobs.start("merge", _("Merging two copies"), work, tell, lambda error: self._fail(error))

    def _tell_merged(self) -> None:
        """Say, once it is open, which file the person works on from now on."""
        merged = self._merged
        if merged is not None and self._desk.editor.session.path == merged[0]:
            self._merged = None
            self._desk.editor.told.emit(merged[1])

    def _fail(self, error: BaseException, theirs: Path | None = None) -> None:
        if isinstance(error, PassphraseNeeded | PassphraseWrong) and theirs is not None:
            if isinstance(error, PassphraseWrong):
                self._desk.editor.refused.emit(str(error))
            prompt = _("Passphrase of {name}").format(name=theirs.name)
            self._desk.picker.ask(secret_question(prompt, lambda typed: self.merge_with(theirs, typed)))
        elif isinstance(error, EvidenceMapError):
            self._desk.editor.refused.emit(str(error))
        else:
            raise error
