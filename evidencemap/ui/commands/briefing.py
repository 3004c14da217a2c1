"""Briefs from the window: looked at before they go out, issued, and known again afterwards."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from evidencemap.errors import EvidenceMapError
from evidencemap.model.upkeep import IssuedBrief
from evidencemap.session import Session
from evidencemap.tongue import _, several
from evidencemap.ui.briefs import Issue, Told, checks_of, outline_of, pdf_of, told_by
from evidencemap.ui.commands.desk import Desk, Handlers
from evidencemap.ui.commands.files import Files
from evidencemap.ui.jobs import Job
from evidencemap.ui.pages import issued as issued_page
from evidencemap.ui.pages.issuing import IssueSheet
from evidencemap.ui.paths import ask_to_save
from evidencemap.ui.preview import Preview
from evidencemap.ui.sheets import Sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A brief that may go out: its PDF and pages, and the sentence that says whose signature it bears."""

    data: bytes
    pages: int
    signer: str


class Briefing:
    """Commands about briefs that a person looks at, and lets go out."""

    def __init__(self, desk: Desk, files: Files, sheets: Sheets) -> None:
        self._desk = desk
        self._files = files
        self._sheets = sheets
        self.preview: Preview | None = None
        self.sheet: IssueSheet | None = None
        desk.editor.edited.connect(self._follow)
        desk.editor.opened.connect(self._leave)

    @property
    def handlers(self) -> Handlers:
        """What each of these actions does."""
        return {
            "print_preview": self.show_preview,
            "issue_brief": self.ask_to_issue,
            "issued_briefs": self.show_issued,
        }

    def show_preview(self, template: str = "memo") -> None:
        """Show a brief as it would print, with what pre-flight found."""
        editor = self._desk.editor
        self._leave()
        shown = Preview(self._desk.window, self._desk.jobs, lambda form, paper: told_by(editor, form, paper))
        shown.choose(template)
        shown.failed.connect(editor.refused)
        shown.printed.connect(editor.told)
        shown.export_wanted.connect(self._export)
        shown.issue_wanted.connect(self.ask_to_issue)
        shown.destroyed.connect(lambda: self._forget(shown))
        self.preview = shown
        shown.open_when_ready()

    def ask_to_issue(self, template: str = "memo", paper: str = "letter") -> None:
        """Open the sheet that issues a brief, if this case may issue one."""
        editor = self._desk.editor
        refusal = _why_not(editor.session, reviewing=editor.reviewing)
        if refusal:
            editor.refused.emit(refusal)
            return
        from evidencemap.brief.issued import last_issued

        parent = self.preview if self.preview is not None else self._desk.window
        earlier = last_issued(editor.case)
        sheet = IssueSheet(parent, editor.case.header.title, earlier, template, editor.session.path)
        sheet.paper.setCurrentIndex(sheet.paper.findData(paper))
        sheet.template_chosen.connect(self._check)
        sheet.wanted.connect(self.issue)
        sheet.destroyed.connect(lambda: self._forget(sheet))
        self.sheet = sheet
        self._check(template)
        sheet.open()

    def issue(self, asked: Issue) -> None:
        """Make the PDF beside the window, then write it and record it in the case: both or neither."""
        editor = self._desk.editor
        session = editor.session
        try:
            published = session.save()
        except EvidenceMapError as refusal:
            self._refuse(refusal)
            return
        told = replace(
            told_by(editor, asked.template, asked.paper),
            published=published,
            lines=tuple(session.history()),
            issued=True,
            why=asked.why,
            despite=asked.despite,
            archive=asked.archive,
        )
        entries = session.entries

        def record(ready: _Ready) -> None:
            try:
                if editor.session is not session or session.entries != entries:
                    raise EvidenceMapError(_("The case was changed meanwhile: issue the brief again."))
                number = _recorded(session, asked, ready.data)
            except EvidenceMapError as refusal:
                self._refuse(refusal)
                return
            self._tell(asked, ready, number)

        self._desk.jobs.start(
            "issue", _("Issuing the brief"), lambda job: _made(told, asked, job), record, self._refuse
        )

    def show_issued(self) -> None:
        """Show the briefs that went out."""
        session = self._desk.editor.session
        self._sheets.show_merge(
            lambda sheet: issued_page.fill(sheet, session.history(), self._ask_about_pdf, self.show_preview)
        )

    def judge(self, path: Path) -> None:
        """Say whether a PDF is a brief that was issued from this case."""
        from evidencemap.brief.issued import LARGEST, judge
        from evidencemap.exchange.files import read_bounded

        editor = self._desk.editor
        case, lines = editor.case, editor.session.history()

        def work(job: Job) -> str:
            found = judge(read_bounded(path, LARGEST), path.name, case, lines)
            job.report(1.0)
            return ("" if found.genuine else "✕  ") + " ".join(found.sentences)

        self._desk.jobs.start("judge", _("Reading the brief"), work, editor.told.emit, self._refuse)

    def _check(self, template: str) -> None:
        told = replace(told_by(self._desk.editor, template), issued=True)

        def show(found: object) -> None:
            from evidencemap.brief.preflight import Preflight

            if self.sheet is not None and isinstance(found, Preflight):
                self.sheet.show_checks(found)

        self._desk.jobs.start("preflight", _("Pre-flight"), lambda job: checks_of(told), show, self._refuse)

    def _tell(self, asked: Issue, ready: _Ready, number: str) -> None:
        editor = self._desk.editor
        if self.sheet is not None:
            self.sheet.accept()
        said = _("Issued {name} as {number}: {pages}, recorded in the case.").format(
            name=asked.path.name,
            number=number,
            pages=several("{count} page", "{count} pages", ready.pages),
        )
        editor.kept.emit()
        editor.told.emit(f"{said} {ready.signer}".strip())

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, EvidenceMapError):
            raise error
        if self.sheet is not None:
            self.sheet.refuse(str(error))
        self._desk.editor.refused.emit(str(error))

    def _export(self, template: str, paper: str) -> None:
        parent = self.preview if self.preview is not None else self._desk.window
        editor = self._desk.editor
        title = editor.case.header.title
        path = ask_to_save(parent, _("Export the brief"), title, ".pdf", editor.session.path)
        if path is not None:
            self._files.export_brief_to(path, template, paper)

    def _ask_about_pdf(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self._desk.window, _("Is this PDF one of them?"), "", "PDF (*.pdf)"
        )
        if chosen:
            self.judge(Path(chosen))

    def _follow(self) -> None:
        if self.preview is not None:
            self.preview.follow()

    def _leave(self) -> None:
        for each in (self.sheet, self.preview):
            if each is not None:
                each.close()

    def _forget(self, gone: Preview | IssueSheet) -> None:
        if self.preview is gone:
            self.preview = None
        if self.sheet is gone:
            self.sheet = None


def _why_not(session: Session, *, reviewing: bool) -> str:
    """Return the sentence that says why this case issues nothing now; empty where it may."""
    if session.path is None:
        return _("Save the case first: a brief is issued from a case file, so that it is on record.")
    if session.read_only:
        return _("This window can only read the case: close the other one to issue a brief.")
    if reviewing:
        return _("This is a review: only remarks change. Leave the review to edit.")
    return ""


def _made(told: Told, asked: Issue, job: Job) -> _Ready:
    data, pages = pdf_of(told, outline_of(told))
    job.report(0.7)
    signer = ""
    if asked.key is not None:
        from evidencemap.brief.signing.asking import KeyFile, signed, whose

        made = signed(data, KeyFile(path=asked.key, passphrase=asked.passphrase))
        data, signer = made.data, whose(made)
    job.report(1.0)
    return _Ready(data=data, pages=pages, signer=signer)


def _recorded(session: Session, asked: Issue, data: bytes) -> str:
    """Write the PDF and record it, or neither; return the number under which it is on record."""
    from evidencemap.brief.issued import reason_on_record
    from evidencemap.exchange.files import write_new

    write_new(asked.path, data)
    try:
        why = reason_on_record(asked.why, asked.despite)
        made = session.issue(asked.template, hashlib.sha256(data).hexdigest(), why)
        session.save()
    except BaseException:
        asked.path.unlink(missing_ok=True)
        raise
    brief = made.changes[0].entity
    assert isinstance(brief, IssuedBrief)
    return brief.number
