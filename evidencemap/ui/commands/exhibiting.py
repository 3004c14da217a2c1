"""The commands about exhibits: files kept inside the case, taken in and out beside the window."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt

from evidencemap.errors import EvidenceMapError
from evidencemap.model import custody
from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.model.records import Custody, Id
from evidencemap.session import Extracted, Kept, PassphraseNeeded, PassphraseWrong
from evidencemap.storage import exhibits
from evidencemap.storage.journal import utc_now
from evidencemap.tongue import _, several
from evidencemap.ui.canvas.hits import node_at
from evidencemap.ui.commands.choosing import Choosing
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.commands.looking import Looking
from evidencemap.ui.jobs import Job
from evidencemap.ui.pages.custody import CustodySheet
from evidencemap.ui.panels.exhibits import size_said
from evidencemap.ui.paths import ask_for_copy, ask_to_add
from evidencemap.ui.picker import secret_question
from evidencemap.ui.wording import name_shown

Tell = Callable[[Any], None]


class Exhibiting:
    """Takes files into the case and copies out of it, one at a time; the original is never opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._choosing = Choosing(desk)
        self.looking = Looking(desk, self.act)
        self._job: Job | None = None
        self._stop_said = ""
        desk.editor.closing.connect(self._stop)

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "add_exhibit": self.add,
            "save_exhibit": lambda: self._choosing.with_exhibit(self._ask_where),
            "verify_exhibits": self.verify,
            "custody": lambda: self._choosing.with_exhibit(self.show_custody),
            "identify": self.identify,
            **self.looking.handlers,
        }

    def act(self, act: str, about: object) -> None:
        """Do what a button of the inspector asks for; acts of others are left alone."""
        if act == "add exhibit":
            self.add()
        elif act == "save exhibit":
            self._ask_where(Id(str(about)))
        elif act == "custody":
            self.show_custody(Id(str(about)))
        elif act == "look":
            self.looking.show(Id(str(about)))
        elif act == "look for" and isinstance(about, tuple):
            self.looking.show(*about)
        elif act == "offer exhibit" and isinstance(about, tuple):
            self.looking.offer(*about)
        elif act in ("strike", "put back") and isinstance(about, tuple) and not self._refuses():
            self._desk.editor.perform(custody.strike if act == "strike" else custody.put_back, *about)

    def add(self) -> None:
        """Ask for a file, for the item it belongs to unless one is selected, for who adds it and why."""
        if self._refuses():
            return
        path = ask_to_add(self._desk.window, _("Add exhibit"))
        if path is None:
            return

        def asked(to: Id | None) -> None:
            prompt = _("Who adds {name}, and why?").format(name=name_shown(path.name))
            self._choosing.ask_why(prompt, lambda by, why: self.take([path], to, by, why))

        chosen = self._choosing.chosen_item()
        if chosen is not None:
            asked(chosen)
        else:
            self._choosing.ask_item(path.name, asked)

    def drop(self, paths: Sequence[Path], at: QPoint) -> None:
        """Take in files that were dropped at a point of the map: with the item there, else as a person says.

        Beside the map the selected item is meant.
        """
        if self._refuses():
            return
        the_map = self._desk.map
        on_map = the_map.isVisible() and the_map.rect().contains(at)
        item = self._item_at(at) if on_map else self._choosing.chosen_item()
        if item is not None:
            self.take(paths, item)
        else:
            self._choosing.ask_item(paths[0].name, lambda to: self.take(paths, to))

    def take(self, paths: Sequence[Path], to: Id | None = None, by: str = "", why: str = "") -> None:
        """Keep files in the case, one after another, with an item or with the case alone."""
        editor = self._desk.editor
        session, path = editor.session, paths[0]
        name = name_shown(path.name)

        def keep(job: Job) -> Kept:
            return session.keep_file(path, job.report)

        def then(kept: Kept) -> None:
            held = custody.same_content(editor.case, kept.file.sha256)
            if self._refuses():
                exhibits.forget(session.contents, kept)
                return
            added: list[Exhibit] = []
            by_whom = by or self._desk.settings.author
            if not editor.attempt(
                lambda: added.append(session.add_exhibit(kept, to=to, by=by_whom, why=why))
            ):
                return
            editor.select([to or added[0].id])
            editor.told.emit(_added(added[0], name, editor.case.number(to) if to else "", held, kept.danger))
            if paths[1:]:
                self.take(paths[1:], to, by, why)

        self._start(
            _("Adding {name}").format(name=name),
            keep,
            then,
            _("{name} was not added: you stopped it, and nothing was changed.").format(name=name),
            lambda kept: exhibits.forget(session.contents, kept),
        )

    def save_to(
        self, exhibit: Id, path: Path, by: str = "", why: str = "", passphrase: str | None = None
    ) -> None:
        """Copy an exhibit to a new file, and write that into its custody; no file is ever written over.

        In a review, and where the case can only be read, the custody stays as it is, which is said.
        """
        editor = self._desk.editor
        session, held = editor.session, custody.exhibit(editor.case, exhibit)

        def copy(job: Job) -> Extracted:
            if editor.writable:
                return exhibits.extract(session.contents, held, path.parent, job.report, path.name)
            from evidencemap.storage.proofs import extract_published

            assert session.path is not None
            return extract_published(session.path, held.number, path.parent, passphrase, path.name)

        def then(made: Extracted) -> None:
            said = [_("{name} was written in {folder}.").format(name=made.path.name, folder=path.parent)]
            lock = self._lock()
            if lock:
                said.append(_("The custody does not say so.") + " " + lock)
            elif not editor.perform(custody.departure, held.id, made.path.name, utc_now(), by, why):
                return
            editor.told.emit(" ".join((*said, made.warning)).strip())

        def again(typed: str) -> None:
            self.save_to(exhibit, path, by, why, typed)

        self._start(
            _("Saving {number}").format(number=held.number),
            copy,
            then,
            _("{number} was not saved: you stopped it.").format(number=held.number),
            lambda made: made.path.unlink(missing_ok=True),
            again,
        )

    def verify(self, passphrase: str | None = None) -> None:
        """Compute the SHA-256 of every exhibit anew, and say which are not as they came in."""
        editor = self._desk.editor
        session, held = editor.session, editor.case.sorted(Exhibit)
        if not held:
            editor.told.emit(_("There is no exhibit in this case."))
            return

        def check(job: Job) -> list[tuple[Exhibit, bool | None]]:
            if editor.writable:
                found = exhibits.verify(session.contents, held, job.report)
                return [(each, found[each.id]) for each in held]
            from evidencemap.storage.proofs import verify_published

            assert session.path is not None
            return verify_published(session.path, passphrase)

        def then(found: list[tuple[Exhibit, bool | None]]) -> None:
            sentence, whole = _verified(found)
            (editor.told if whole else editor.refused).emit(sentence)

        self._start(
            _("Verifying originals"),
            check,
            then,
            _("You stopped it: the originals were not verified."),
            lambda found: None,
            self.verify,
        )

    def identify(self) -> None:
        """Ask for a file and say which exhibit it is, bit for bit."""
        path = ask_to_add(self._desk.window, _("Which exhibit is this file…"))
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        """Say which exhibit a file is, bit for bit; the file stays outside."""
        name = name_shown(path.name)

        def then(sha256: str) -> None:
            held = custody.same_content(self._desk.editor.case, sha256)
            if held is None:
                said = _("{name} is none of the exhibits.").format(name=name)
            else:
                said = _("{name} is {number}, bit for bit.").format(name=name, number=held.number)
            self._desk.editor.told.emit(said)

        self._start(
            _("Reading {name}").format(name=name),
            lambda job: exhibits.digest_of(path),
            then,
            _("You stopped it: {name} was not compared.").format(name=name),
        )

    def show_custody(self, exhibit: Id) -> None:
        """Show the custody of an exhibit, and let a person write the next entry down."""
        editor = self._desk.editor
        held = custody.exhibit(editor.case, exhibit)
        sheet = CustodySheet(self._desk.window, held, self._desk.settings.author, self._lock())

        def write(entry: Custody) -> None:
            if editor.perform(custody.note_custody, exhibit, entry) is None:
                return
            if entry.who:
                self._desk.settings.author = entry.who
            sheet.written(custody.exhibit(editor.case, exhibit))

        sheet.wanted.connect(write)
        editor.refused.connect(sheet.refuse)
        sheet.open()

    def _lock(self) -> str:
        if not self._desk.editor.writable:
            return _("This window can only read the case: close the other one to change it.")
        return self._desk.editor.lock

    def _refuses(self) -> bool:
        lock = self._lock()
        if lock:
            self._desk.editor.refused.emit(lock)
        return bool(lock)

    def _item_at(self, at: QPoint) -> Id | None:
        the_map = self._desk.map
        point = the_map.camera.to_map(QPointF(at))
        found = node_at(the_map.scene, point.x(), point.y())
        held = self._desk.editor.case.get(Evidence, found)
        return None if held is None else held.id

    def _ask_where(self, exhibit: Id) -> None:
        held = custody.exhibit(self._desk.editor.case, exhibit)
        title = _("Save exhibit as…").rstrip("…")
        path = ask_for_copy(self._desk.window, f"{title} · {held.number}", exhibits.name_outside(held))
        if path is None:
            return
        if self._lock():
            self.save_to(exhibit, path)
            return
        prompt = _("Who takes a copy of {number} out, and why?").format(number=held.number)
        self._choosing.ask_why(prompt, lambda by, why: self.save_to(exhibit, path, by, why))

    def _start(
        self,
        label: str,
        work: Callable[[Job], Any],
        then: Tell,
        stopped: str,
        drop: Tell = lambda made: None,
        again: Callable[[str], None] | None = None,
    ) -> None:
        """Do one thing beside the window; a second one waits for its turn with a sentence."""
        editor = self._desk.editor
        if self._job is not None:
            editor.refused.emit(_("Another exhibit is on its way: wait until that is done, or stop it."))
            return

        def finish(made: Any) -> None:
            self._job = None
            then(made)

        def fail(error: BaseException) -> None:
            self._job = None
            if again is not None and isinstance(error, PassphraseNeeded | PassphraseWrong):
                if isinstance(error, PassphraseWrong):
                    editor.refused.emit(str(error))
                path = editor.session.path
                prompt = _("Passphrase of {name}").format(name=path.name if path is not None else "")
                self._desk.picker.ask(secret_question(prompt, again))
            elif isinstance(error, EvidenceMapError):
                editor.refused.emit(str(error))
            else:
                raise error

        def end() -> None:
            if self._job is job:
                self._job = None
                editor.told.emit(stopped)

        self._stop_said = stopped
        job = self._desk.jobs.start("exhibit", label, work, finish, fail, drop)
        self._job = job
        job.ended.connect(end, Qt.ConnectionType.QueuedConnection)

    def _stop(self) -> None:
        """Stop what is on its way, because the case closes; what came in so far goes."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait()
            job.let_go()
            self._desk.editor.told.emit(self._stop_said)


def _added(made: Exhibit, name: str, item: str, held: Exhibit | None, danger: str) -> str:
    """Return what is said of a file that came in: as what, or that the case has it already."""
    if held is not None:
        said = _("{file} is in the case already, as {number} ({name}).").format(
            file=name, number=held.number, name=name_shown(held.name)
        )
    elif item:
        said = _("{number} was added with {item}: {name}, {size}.").format(
            number=made.number, item=item, name=name, size=size_said(made.size)
        )
    else:
        said = _("{number} was added: {name}, {size}.").format(
            number=made.number, name=name, size=size_said(made.size)
        )
    if danger and held is None:
        said += " " + _("It is {danger}: do not open it where it could do harm.").format(danger=_(danger))
    return said


def _verified(found: Sequence[tuple[Exhibit, bool | None]]) -> tuple[str, bool]:
    """Return what is said of originals that were checked, and whether all are as they came in."""
    changed = [each.number for each, whole in found if whole is False]
    absent = [each.number for each, whole in found if whole is None]
    if not changed and not absent:
        all_said = several(
            "The exhibit is as it was added.", "All {count} exhibits are as they were added.", len(found)
        )
        return all_said, True
    said: list[str] = []
    if changed:
        said.append(_("Not as they were added: {numbers}.").format(numbers=", ".join(changed)))
    if absent:
        numbers = ", ".join(absent)
        said.append(
            _("Not here, the case holds their name and digest only: {numbers}.").format(numbers=numbers)
        )
    return " ".join(said), False
