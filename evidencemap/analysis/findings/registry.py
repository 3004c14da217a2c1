"""The one registry of findings: every kind, family by family, and the list that a case gives."""

from types import ModuleType

from evidencemap.analysis.findings import (
    asks,
    comparisons,
    evidence,
    inference,
    numbers,
    parties,
    questions,
    sources,
    structure,
    support,
    upkeep,
    wording,
)
from evidencemap.analysis.findings.finding import Finding, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.origins import Origins
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected

FAMILIES: tuple[ModuleType, ...] = (
    support,
    structure,
    asks,
    inference,
    sources,
    parties,
    evidence,
    numbers,
    comparisons,
    wording,
    questions,
    upkeep,
)
"""The modules, each with its `FAMILY`, a name for people, and its `KINDS`."""

KINDS: dict[str, Kind] = {kind.code: kind for family in FAMILIES for kind in family.KINDS}
"""Every kind of finding by its code, in the order in which they are listed."""


def findings(
    case: Case, verdicts: Verdicts, *, today: str = "", known: Origins | None = None
) -> list[Finding]:
    """Return everything that the map shows, the gravest first, then kind by kind, then by number.

    `verdicts`, and `known` where it is given, are those of the case. `today` is the date, YYYY-MM-DD,
    against which reviews are due; with none, no review is. Accepted findings stay listed.
    """
    reading = Reading(case, verdicts, today, known)
    found: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
    with uncollected():
        for kind in KINDS.values():
            made = _findings(kind, reading)
            for severity, of_severity in _by_severity(kind, made).items():
                found[severity] += of_severity
    return [each for of_severity in found.values() for each in of_severity]


def _findings(kind: Kind, reading: Reading) -> list[Finding]:
    """Return what a kind sees, with no call written in Python for each of very many."""
    new, code, usual = tuple.__new__, kind.code, kind.severity
    return [
        new(Finding, (code, (on,), own or usual, names, values, form, asks))
        for on, names, values, form, asks, own in kind.look(reading)
    ]


def _by_severity(kind: Kind, made: list[Finding]) -> dict[Severity, list[Finding]]:
    if all(each.severity is kind.severity for each in made):
        return {kind.severity: made}
    return {severity: [each for each in made if each.severity is severity] for severity in Severity}


def kind_of(code: str) -> Kind:
    """Return the kind of finding that a code names. Raises KeyError for any other code."""
    return KINDS[code]


def page_of(code: str) -> str:
    """Return the manual's page on a kind of finding, as Markdown; empty where no kind has this code."""
    from evidencemap.analysis.findings.pages import page

    return page(KINDS[code]) if code in KINDS else ""


def manual_page() -> str:
    """Return the manual's page on all findings, as Markdown: resources/help/findings.md."""
    from evidencemap.analysis.findings.pages import manual

    return manual((family.FAMILY, family.KINDS) for family in FAMILIES)


def message_ids() -> tuple[str, ...]:
    """Return every text that a catalogue has to translate for findings."""
    texts = [family.FAMILY for family in FAMILIES]
    for kind in KINDS.values():
        texts += [kind.title, *kind.sentences, kind.why, kind.fix, *kind.fixes, kind.authority]
    return tuple(dict.fromkeys(texts))
