"""What a map shows, as the panes ask for it: all of it, what names one thing, and how much of each kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evidencemap.analysis.findings import Finding
from evidencemap.model.records import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Findings in their order, those about each entity and how many, and how many there are of each code."""

    all: Sequence[Finding]
    about: dict[Id, list[Finding]]
    counts: dict[Id, int]
    codes: Counter[str]


def found_of(findings: Sequence[Finding]) -> Found:
    """Return findings as the panes ask for them; any thread may do that."""
    about: dict[Id, list[Finding]] = {}
    for each in findings:
        for entity in dict.fromkeys(each.on):
            about.setdefault(entity, []).append(each)
    counts = {entity: len(held) for entity, held in about.items()}
    return Found(all=findings, about=about, counts=counts, codes=Counter(each.code for each in findings))


def let_go(before: list[Found]) -> None:
    """Drop findings that nothing shows any more, one by one: all at once would hold up every thread."""
    pieces: list[object] = []
    while before:
        found = before.pop()
        pieces += (*found.all, *found.about.values())
        del found
    while pieces:
        pieces.pop()
