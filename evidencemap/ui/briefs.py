"""Briefs written from the window, beside it."""

from collections.abc import Sequence
from pathlib import Path

from evidencemap.analysis.findings import Finding
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case


def write_memo(case: Case, verdicts: Verdicts, findings: Sequence[Finding], path: Path) -> None:
    """Write the two-page memo as a PDF. Raises EvidenceMapError where the file cannot be written."""
    from evidencemap.brief.pdf import write_pdf
    from evidencemap.brief.templates.memo import memo

    write_pdf(memo(case, verdicts, findings), path)
