"""The findings in the window's terms: words from the registry, marks and inks by severity and kind."""

from evidencemap.analysis import findings as registry
from evidencemap.analysis.findings import Finding
from evidencemap.model.case import Case

_MARKS = {
    "UNSUPPORTED_STEP": "cross",
    "BORROWED_CERTAINTY": "triangle",
    "SINGLE_ORIGIN": "half",
    "INTERESTED_SOURCE": "flag",
    "SELF_SOURCED": "flag",
    "CIRCULAR_SUPPORT": "loop",
    "RULER_NOT_SHOWN": "waves",
    "TREND_SAME_SOURCE": "waves",
    "ORPHAN_CLAIM": "ring",
    "LOADED_TERM": "diamond",
    "COMPOUND_CLAIM": "diamond",
}
_BY_SEVERITY = {"blocker": "cross", "warning": "triangle", "note": "dot"}
_INKS = {"blocker": "unsupported", "warning": "contested", "note": "muted"}


def sentence_of(case: Case, finding: Finding) -> str:
    """Return what a finding says, in one sentence."""
    return registry.sentence_of(case, finding)


def why_of(case: Case, finding: Finding) -> str:
    """Return why a finding matters."""
    return registry.why_of(case, finding)


def fix_of(case: Case, finding: Finding) -> str:
    """Return what would mend a finding."""
    return registry.fix_of(case, finding)


def is_accepted(case: Case, finding: Finding) -> bool:
    """Tell whether a person accepted a finding with a reason that still holds."""
    return registry.is_accepted(case, finding)


def digest_of(case: Case, finding: Finding) -> str:
    """Return the digest of what a finding says now; an acceptance of it is stale once this differs."""
    return registry.digest_of(case, finding)


def mark_of_finding(finding: Finding) -> str:
    """Return the mark of a finding: that of its kind, else that of its severity."""
    return _MARKS.get(finding.code, _BY_SEVERITY.get(str(finding.severity), "dot"))


def ink_of(finding: Finding) -> str:
    """Return the name of the colour of a finding's mark."""
    return _INKS.get(str(finding.severity), "muted")


def code_called(code: str) -> str:
    """Return what a kind of finding is called: `Unsupported step`."""
    return registry.title_of(code)


def page_of_finding(code: str) -> str:
    """Return the page of the manual on a kind of finding; empty where no finding has this code."""
    return registry.page_of(code)
