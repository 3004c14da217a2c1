"""A small case that tests of the briefs fill with claims: one witness, one item, one exhibit."""

from evidencemap.brief.basis import basis
from evidencemap.brief.templates import TEMPLATES
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from tests.brief.founding import DAY, said

WITNESS = """
evidencemap: 1
title: What the witness saw
sources: {S1: {name: Ann, kind: person, reliability: A}}
evidence: {E1: {text: Ann saw it, from: [S1], credibility: 1, exhibits: [X1]}}
exhibits: {X1: {name: note.txt, sha256: "%s", size: 1, media_type: text/plain}}
""" % ("5" * 64)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
STANDS = "steps: {P1: {from: [E1], to: C1, scheme: record}}\n"


def told(case: Case, template: str = "memo", *, before: Case | None = None) -> str:
    """Return all that a brief on a case says, in reading order."""
    return " ".join(said(TEMPLATES[template](basis(case, DAY, before=before))).split())


def listing(claims: str, more: str = "", ground: str = WITNESS) -> Case:
    """Return the case of the witness with these claims."""
    return read_listing(f"{ground}claims:\n{claims}\n{more}")


def claims(*texts: str, headline: str = "") -> str:
    """Return the claims of a listing, numbered from 1; `headline` has them all as its parts."""
    lines = [f"  C{number}: {{text: {text}, stated: strong}}" for number, text in enumerate(texts, 1)]
    parts = ", ".join(f"C{number}" for number in range(1, len(texts) + 1))
    if headline:
        lines.append(f"  C99: {{text: {headline}, headline: true, stated: strong, parts: [{parts}]}}")
    return "\n".join(lines)


def steps(*targets: int) -> str:
    """Return steps from the witness to these claims."""
    return "steps:\n" + "\n".join(
        f"  P{each}: {{from: [E1], to: C{each}, scheme: record}}" for each in targets
    )
