"""The commands that show an exhibit: as a picture that is made beside the window, or as plain text."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from evidencemap.errors import EvidenceMapError
from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.model.records import Id
from evidencemap.session import PassphraseNeeded, PassphraseWrong
from evidencemap.tongue import _
from evidencemap.ui.commands.choosing import Choosing
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.jobs import Job
from evidencemap.ui.picker import secret_question
from evidencemap.ui.wording import one_line

if TYPE_CHECKING:
    from evidencemap.storage.looking import Look
    from evidencemap.ui.pages.exhibitwindow import ExhibitWindow


class Looking:
    """Shows one exhibit at a time in a window of its own; `act` does what its buttons ask for."""

    def __init__(self, desk: Desk, act: Callable[[str, object], None]) -> None:
        self._desk, self._act = desk, act
        self._choosing = Choosing(desk)
        self._job: Job | None = None
        self._published: tuple[Id, bytes] | None = None
        self.window: ExhibitWindow | None = None
        desk.editor.closing.connect(self.leave)
        desk.editor.edited.connect(lambda ids: self._follow())

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {"show_exhibit": self.show_chosen}

    def show_chosen(self) -> None:
        """Show the exhibit that is selected; of an item, the page that it quotes."""
        item = self._desk.editor.case.get(Evidence, self._desk.editor.chosen)
        anchored = None if item is None or item.anchor is None else item.anchor.exhibit
        if item is not None and anchored is not None:
            self.show(anchored, item)
        else:
            self._choosing.with_exhibit(lambda exhibit: self.show(exhibit, item))

    def show(self, exhibit: Id, item: Evidence | None = None) -> None:
        """Show an exhibit; with an item that has it, the page that its anchor names or its quote is on."""
        held = self._desk.editor.case.get(Exhibit, exhibit)
        if held is None:
            return
        page, about, quote = 1, "", ""
        if item is not None and exhibit in (*item.exhibits, item.anchor and item.anchor.exhibit):
            anchored = item.anchor is not None and item.anchor.exhibit in (None, exhibit)
            page = item.anchor.page or 0 if anchored and item.anchor is not None else 0
            quote = item.quote
            about = f"{item.number}  {one_line(item.text, 300)}"
            if quote:
                about = _("{number} quotes: “{quote}”").format(number=item.number, quote=one_line(quote, 300))
        if self._published is not None and self._published[0] != exhibit:
            self._published = None
        self._opened().begin(held, page, about, quote)

    def offer(self, exhibit: Id, at: QPoint) -> None:
        """Offer what can be done with an exhibit."""
        menu = QMenu(self._desk.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in (
            (_("Show exhibit"), "look"),
            (_("Custody…"), "custody"),
            (_("Save exhibit as…"), "save exhibit"),
        ):
            menu.addAction(text).triggered.connect(lambda _on=False, act=act: self._act(act, exhibit))
        menu.popup(at)

    def leave(self) -> None:
        """Close the window, because the case closes or the exhibit is gone; nothing of it is kept."""
        self._stop(wait=True)
        self._published = None
        if self.window is not None:
            self.window.close()

    def _opened(self) -> "ExhibitWindow":
        if self.window is None:
            from evidencemap.ui.pages.exhibitwindow import ExhibitWindow

            self.window = ExhibitWindow(self._desk.window)
            self.window.wanted.connect(self._make)
            self.window.stopped.connect(self._stop)
            self.window.act_wanted.connect(self._act)
        return self.window

    def _make(self, passphrase: str | None = None) -> None:
        """Make the picture that is wanted beside the window; one that is still being made is not any more."""
        from evidencemap.storage import exhibits
        from evidencemap.storage.looking import LARGEST, look

        window, session = self._opened(), self._desk.editor.session
        held, wish = window.exhibit, window.wish
        if held is None:
            return
        contents = session.contents if self._desk.editor.writable else None

        def blocks() -> Iterable[bytes]:
            if contents is not None:
                return exhibits.read_chunks(contents, held.sha256)
            if self._published is None:
                from evidencemap.storage.proofs import read_published

                assert session.path is not None
                self._published = held.id, read_published(session.path, held.number, LARGEST, passphrase)
            return iter((self._published[1],))

        def work(job: Job) -> "Look":
            return look(held, blocks(), wish, job.report)

        def finish(made: "Look") -> None:
            self._job = None
            window.show_look(made)

        def fail(error: BaseException) -> None:
            self._job = None
            if isinstance(error, PassphraseNeeded | PassphraseWrong) and session.path is not None:
                if isinstance(error, PassphraseWrong):
                    self._desk.editor.refused.emit(str(error))
                prompt = _("Passphrase of {name}").format(name=session.path.name)
                window.hide()  # the question stands in the window of the case
                self._desk.window.activateWindow()
                self._desk.picker.ask(secret_question(prompt, self._make))
            elif isinstance(error, EvidenceMapError):
                window.say(str(error))
            else:
                raise error

        window.show()
        window.activateWindow()
        window.wait()
        label = _("Making the picture of {number}").format(number=held.number)
        self._job = self._desk.jobs.start("look", label, work, finish, fail)
        self._job.progressed.connect(window.advance)

    def _stop(self, wait: bool = False) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            if wait:
                job.wait()
                job.let_go()

    def _follow(self) -> None:
        shown = None if self.window is None or not self.window.isVisible() else self.window.exhibit
        if shown is None or self.window is None:
            return
        held = self._desk.editor.case.get(Exhibit, shown.id)
        if held is None:
            self.leave()
        else:
            self.window.follow(held)
