"""What a careful reader would ask about a map: one module per family of findings, one registry."""

from evidencemap.analysis.findings.finding import Finding, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.registry import KINDS, findings, kind_of, message_ids, page_of
from evidencemap.analysis.findings.words import (
    accepted,
    digest_of,
    fix_of,
    is_accepted,
    reason_given,
    sentence_of,
    title_of,
    why_of,
)

__all__ = [
    "KINDS",
    "Finding",
    "Kind",
    "Seen",
    "Severity",
    "accepted",
    "digest_of",
    "findings",
    "fix_of",
    "is_accepted",
    "kind_of",
    "message_ids",
    "page_of",
    "reason_given",
    "sentence_of",
    "title_of",
    "why_of",
]
