"""Briefs written from the window, beside it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from evidencemap.analysis.findings import Finding
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.session import Key, Session
from evidencemap.tongue import _, several
from evidencemap.ui.editor import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a brief is about: a case, what follows from it, and the file that holds just that, if any.

    `key` opens the file where it is encrypted.
    """

    case: Case
    verdicts: Verdicts
    findings: tuple[Finding, ...]
    published: Path | None = None
    key: Key | None = None


def published_whole(session: Session) -> Path | None:
    """Return the file of a case if everything that was done is in it."""
    return session.path if session.path is not None and not session.saved_state.changes else None


def memo_pdf(told: Told) -> bytes:
    """Return the two-page memo as a PDF. The fingerprint is printed where a file holds the case as it is."""
    from evidencemap.brief.basis import Basis
    from evidencemap.brief.pdf import pdf_bytes
    from evidencemap.brief.templates.memo import memo
    from evidencemap.exchange.listing import write_listing

    digest, history = "", ""
    if told.published is not None:
        from evidencemap.session import verify

        found = verify(told.published, passphrase=told.key)
        entries = several("{count} entry", "{count} entries", found.entries)
        digest = found.root
        history = (
            _("history intact, {entries}").format(entries=entries) if found.ok else _("history not intact")
        )
    basis = Basis(
        case=told.case,
        verdicts=told.verdicts,
        findings=told.findings,
        today=today(),
        digest=digest,
        history=history,
    )
    identity = hashlib.sha256(write_listing(told.case).encode()).digest()
    data, _report = pdf_bytes(memo(basis), identity=identity)
    return data
