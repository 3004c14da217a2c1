"""Briefs written from the window, beside it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidencemap.analysis.findings import Finding
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.session import Session
from evidencemap.storage.journal import Line
from evidencemap.storage.passphrases import Key
from evidencemap.tongue import _, several
from evidencemap.ui.editor import Editor, today

if TYPE_CHECKING:
    from evidencemap.brief.basis import Basis
    from evidencemap.brief.outline import Outline

ENDINGS = (".pdf", ".html", ".txt")
"""The ends of the names of what a brief can be written as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a brief is about: a case, what follows from it, and the file that holds just that, if any.

    `findings` is None where they are not made yet; `template` names the form of the brief, and `key`
    opens the file where it is encrypted.
    """

    case: Case
    verdicts: Verdicts
    findings: tuple[Finding, ...] | None = None
    published: Path | None = None
    lines: tuple[Line, ...] = ()
    template: str = "memo"
    key: Key | None = None


def told_by(editor: Editor, template: str = "memo") -> Told:
    """Return what a brief of this form is about, as the case is now."""
    return Told(
        case=editor.case,
        verdicts=editor.verdicts,
        findings=None if editor.looking else tuple(editor.findings),
        published=published_whole(editor.session),
        lines=tuple(editor.session.history()) if template == "change" else (),
        template=template,
        key=editor.session.key,
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
    from evidencemap.brief.pdf import pdf_bytes
    from evidencemap.exchange.listing import write_listing

    identity = hashlib.sha256(write_listing(told.case).encode()).digest()
    data, _report = pdf_bytes(outline, identity=identity)
    return data


def outline_of(told: Told) -> "Outline":
    """Return what a brief says, as plain data."""
    from evidencemap.brief.templates import TEMPLATES

    return TEMPLATES[told.template](basis_of(told))


def checks_of(told: Told) -> str:
    """Return how long a brief is on each paper, and in short what the checks before it goes out say."""
    from evidencemap.brief.preflight import in_short, preflight
    from evidencemap.brief.templates import TEMPLATES

    read = basis_of(told)
    found = preflight(read, TEMPLATES[told.template](read))
    meters = [
        _("{paper}: {pages}, the last {share} per cent full.").format(
            paper=paper.capitalize(),
            pages=several("{count} page", "{count} pages", length.pages),
            share=round(length.last * 100),
        )
        for paper, length in found.lengths.items()
    ]
    return " ".join([*meters, in_short(found)])


def basis_of(told: Told) -> "Basis":
    """Return what a brief reads off a case."""
    from evidencemap.analysis.findings import findings
    from evidencemap.brief.basis import Basis
    from evidencemap.brief.issued import as_issued

    digest, history = "", ""
    if told.published is not None:
        from evidencemap.session import verify

        found = verify(told.published, passphrase=told.key)
        entries = several("{count} entry", "{count} entries", found.entries)
        digest = found.root
        history = (
            _("history intact, {entries}").format(entries=entries) if found.ok else _("history not intact")
        )
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
        before=as_issued(told.case, told.lines) if told.lines else None,
        journal=tuple((line.at, line.label, line.by) for line in told.lines),
    )
