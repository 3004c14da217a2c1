"""The commands that prove, to somebody without the case, that an exhibit is in it, and check such a proof."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidencemap.errors import EvidenceMapError
from evidencemap.model import custody
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.commands.choosing import Choosing
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.jobs import Job
from evidencemap.ui.paths import ask_to_add, ask_to_save


class Proving:
    """Writes a proof of one exhibit, and says whether a proof holds for a file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._choosing = Choosing(desk)

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "prove_exhibit": lambda: self._choosing.with_exhibit(self._ask_where),
            "check_proof": self._ask_what,
        }

    def prove_to(self, exhibit: Id, out: Path) -> None:
        """Publish the case and write a proof that an exhibit is in it, to a new file."""
        editor = self._desk.editor
        session, number = editor.session, custody.exhibit(editor.case, exhibit).number
        path = session.path
        if path is None:
            editor.told.emit(_("Save the case first: then its exhibits can be proved."))
            return
        if editor.writable and not editor.attempt(session.save):
            return
        key = session.key

        def work(job: Job) -> None:
            from evidencemap.exchange.files import write_new
            from evidencemap.storage.proofs import prove

            write_new(out, prove(path, number, key).encode("utf-8"))

        def tell(made: object) -> None:
            editor.told.emit(_("{name} was written.").format(name=out.name))

        self._start(_("Proving {number}").format(number=number), work, tell)

    def check(self, proof: Path, file: Path) -> None:
        """Say whether a proof holds for a file, and why not; the case is not needed."""
        editor = self._desk.editor

        def work(job: Job) -> Any:
            from evidencemap.storage.proofs import check_proof

            return check_proof(proof, file)

        def tell(found: Any) -> None:
            (editor.told if found.ok else editor.refused).emit(" ".join(found.sentences))

        self._start(_("Checking a proof"), work, tell)

    def _ask_where(self, exhibit: Id) -> None:
        number = custody.exhibit(self._desk.editor.case, exhibit).number
        title = _("Proof of {number}").format(number=number)
        out = ask_to_save(
            self._desk.window, title, f"{number} proof", ".proof.json", self._desk.editor.session.path
        )
        if out is not None:
            self.prove_to(exhibit, out)

    def _ask_what(self) -> None:
        proof = ask_to_add(self._desk.window, _("The proof"))
        file = ask_to_add(self._desk.window, _("The file that it is about")) if proof is not None else None
        if proof is not None and file is not None:
            self.check(proof, file)

    def _start(self, label: str, work: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        def fail(error: BaseException) -> None:
            if not isinstance(error, EvidenceMapError):
                raise error
            self._desk.editor.refused.emit(str(error))

        self._desk.jobs.start("proof", label, work, then, fail)
