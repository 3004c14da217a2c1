"""What the defined terms in a text mean, and where they stand in it: for underlines, tooltips and readers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from evidencemap.model.case import Case
from evidencemap.model.entities import Term
from evidencemap.ui.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """One defined term in a text: from which letter to before which, the word as it stands, what it means."""

    start: int
    end: int
    word: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.word}: {self.meaning}"


def glosses_in(case: Case, text: str) -> tuple[Gloss, ...]:
    """Return the defined terms in a text, each where it first stands; of two that overlap the longer."""
    terms = tuple(each for each in case.sorted(Term) if each.definition)
    found: dict[str, Gloss] = {}
    if not terms or not text:
        return ()
    pattern, meanings = _finder(terms)
    for hit in pattern.finditer(text):
        number = meanings[hit.group().casefold()]
        found.setdefault(
            number[0], Gloss(start=hit.start(), end=hit.end(), word=hit.group(), meaning=number[1])
        )
    return tuple(found.values())


def glossed(case: Case, row: Row) -> Row:
    """Return a row whose defined terms are underlined and explained."""
    found = glosses_in(case, row.text)
    if not found:
        return row
    return replace(row, terms=tuple((each.start, each.end) for each in found), hint=told(found))


def told(glosses: Sequence[Gloss]) -> str:
    """Return what some terms mean, a line each: `distillation: training one model on another`."""
    return "\n".join(str(each) for each in glosses)


@lru_cache(maxsize=8)
def _finder(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    meanings: dict[str, tuple[str, str]] = {}
    for term in terms:
        for word in filter(None, map(str.strip, term.words)):
            meanings.setdefault(word.casefold(), (term.number, term.definition))
    longest_first = sorted(meanings, key=len, reverse=True)
    words = "|".join(re.escape(each) for each in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), meanings
