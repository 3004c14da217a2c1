"""Briefs written from the window, beside it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from evidencemap.analysis.findings import Finding
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.labels import label_said
from evidencemap.session import Session
from evidencemap.storage.journal import Line
from evidencemap.storage.passphrases import Key
from evidencemap.tongue import _, several
from evidencemap.ui.editor import Editor, today

if TYPE_CHECKING:
    from evidencemap.brief.basis import Basis
    from evidencemap.brief.fitting import Length
    from evidencemap.brief.outline import Outline
    from evidencemap.brief.preflight import Preflight

ENDINGS = (".pdf", ".html", ".txt")
"""The ends of the names of what a brief can be written as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a brief is about: a case, what follows from it, and the file that holds just that, if any.

    `findings` is None where they are not made yet; `template` names the form of the brief, and `key`
    opens the file where it is encrypted. `issued` is False for a draft; `why` and `despite` are the
    reasons given for issuing, and `archive` has the case itself come along inside the PDF.
    """

    case: Case
    verdicts: Verdicts
    findings: tuple[Finding, ...] | None = None
    published: Path | None = None
    lines: tuple[Line, ...] = ()
    template: str = "memo"
    key: Key | None = None
    paper: str = "letter"
    archive: bool = False
    issued: bool = False
    why: str = ""
    despite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is asked for as a brief goes out: its form and paper, where to, why, and with whose signature.

    `despite` is the reason to issue it though something blocks it; `key` is None for no signature.
    """

    template: str
    paper: str
    path: Path
    why: str = ""
    despite: str = ""
    archive: bool = False
    key: Path | None = None
    passphrase: str = field(default="", repr=False)


def told_by(editor: Editor, template: str = "memo", paper: str = "letter") -> Told:
    """Return what a brief of this form is about, as the case is now."""
    return Told(
        case=editor.case,
        verdicts=editor.verdicts,
        findings=tuple(editor.findings) if editor.settled else None,
        published=published_whole(editor.session),
        lines=tuple(editor.session.history()) if template in ("change", "report") else (),
        template=template,
        key=editor.session.key,
        paper=paper,
    )


def published_whole(session: Session) -> Path | None:
    """Return the file of a case if everything that was done is in it."""
    return session.path if session.path is not None and not session.saved_state.changes else None


def called() -> dict[str, str]:
    """Return what each form of a brief is called, by its name, the memo first."""
    return {
        "memo": _("Memo: two pages, what stands and what does not"),
        "settle": _("Settle sheet: what would settle it, and who holds it"),
        "report": _("Report: every claim with its grounds"),
        "register": _("Register: every item and its source"),
        "change": _("Change note: what is different since the last issued brief"),
    }


def memo_pdf(told: Told) -> bytes:
    """Return a brief as a PDF. The fingerprint is printed where a file holds the case as it is."""
    return brief_bytes(told, ".pdf")


def brief_bytes(told: Told, ending: str) -> bytes:
    """Return a brief as PDF, web page or plain text, by the end of its name.

    Raises EvidenceMapError where the template has nothing to tell, as a change note before the first issue.
    """
    outline = outline_of(told)
    if ending == ".html":
        from evidencemap.brief.html import web_page

        return web_page(outline).encode()
    if ending == ".txt":
        from evidencemap.brief.text import plain_text

        return plain_text(outline).encode()
    return pdf_of(told, outline)[0]


def pdf_of(told: Told, outline: "Outline") -> tuple[bytes, int]:
    """Return the PDF of an outline and its pages; as PDF/A-3a with the case inside, where that is wanted."""
    from evidencemap.brief.pdf import pdf_of_case
    from evidencemap.exchange.json_case import write_json
    from evidencemap.exchange.listing import write_listing

    listing = write_listing(told.case).encode()
    twin = write_json(told.case).encode() if told.archive else None
    data, report = pdf_of_case(outline, listing, twin, paper=told.paper)
    return data, report.pages


def outline_of(told: Told) -> "Outline":
    """Return what a brief says, as plain data."""
    from evidencemap.brief.templates import TEMPLATES

    return TEMPLATES[told.template](basis_of(told))


def checks_of(told: Told) -> "Preflight":
    """Return what the checks before a brief goes out say of it, and how long it is on each paper."""
    from evidencemap.brief.preflight import preflight
    from evidencemap.brief.templates import TEMPLATES

    read = basis_of(told)
    return preflight(read, TEMPLATES[told.template](read))


def length_in_words(paper: str, length: "Length") -> str:
    """Return how long a brief is on a paper ("letter" or "a4"): pages, and how full the last one is."""
    return _("{paper}: {pages}, the last {share} per cent full.").format(
        paper=paper.capitalize(),
        pages=several("{count} page", "{count} pages", length.pages),
        share=round(length.last * 100),
    )


def basis_of(told: Told) -> "Basis":
    """Return what a brief reads off a case."""
    from evidencemap.analysis.findings import findings
    from evidencemap.brief.basis import Basis
    from evidencemap.brief.issued import as_issued, history_in_words

    digest, history = "", ""
    if told.published is not None:
        from evidencemap.session import verify

        found = verify(told.published, passphrase=told.key)
        digest, history = found.root, history_in_words(found)
    made = told.findings
    if made is None:
        made = tuple(findings(told.case, told.verdicts, today=today()))
    return Basis(
        case=told.case,
        verdicts=told.verdicts,
        findings=made,
        today=today(),
        digest=digest,
        history=history,
        issued=told.issued,
        why=told.why,
        despite=told.despite,
        before=as_issued(told.case, told.lines) if told.lines else None,
        journal=tuple((line.at, label_said(line.label), line.by) for line in told.lines),
    )
