"""What the findings read in texts: hedges, absences, names, numbers, and where a word stands.

Words are those of English texts; in another language these hints stay silent.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from evidencemap.analysis.numbers import amounts
from evidencemap.model.entities import Claim

HEDGES = re.compile(
    r"\b(about|around|roughly|approximately|some|nearly|almost|circa|close to|up to|an estimated|"
    r"estimated|more than|over|at least)\b|[~≈±]",
    re.IGNORECASE,
)
"""Words that tell that a figure is not exact."""

_ABSENCE = re.compile(
    r"\b(?:has|have|had|did|does|do)(?:n['’]t| not)\b|\bwithout any\b|"
    r"\b(?:is|are|was|were)(?:n['’]t| not| nowhere)(?: yet| so far)? "
    r"(?:available|published|known|disclosed|recorded|found|seen|reported|shown|measured|there|given)\b|"
    r"\bno (?:evidence|record|sign|trace|data|report|account|measurement|publication)s?\b|"
    r"\bnone (?:is|are|was|were|has|have|of)\b"
)
"""What tells that something is absent, in small letters: to look for it in any case takes twice as long."""

_NEVER = re.compile(r"never\b(?<=\bnever)")
"""The commonest of these: a pattern that begins with plain letters is looked for fastest."""

_BEFORE_NOT = ("s not", "ve not", "ad not", "id not", "do not", "re not")
"""How `not` ends that comes after has, is, was or does; have; had; did; do; are or were."""

_SHARE = re.compile(
    r"%|\bper ?cent\b|\bpercentage\b|\b(?:share|fraction|proportion) of\b|\bout of\b|"
    r"\b(?:one|\d+) in (?:every )?[\d,]*\d|\b(?:half|third|quarter|fifth|tenth|hundredth)s? of\b",
    re.IGNORECASE,
)

_CAPITAL_OR_DIGIT = re.compile(r"[A-Z0-9]")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|«[^»]*»|(?<!\w)'[^']*'(?!\w)")
_NAME = re.compile(r"[^\W\d_][\w&’'-]*[^\W_]|[^\W\d_]")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_CALENDAR = re.compile(rf"{_MONTHS}|{_DAYS}|spring|summer|autumn|winter", re.IGNORECASE)


def tells_absence(text: str) -> bool:
    """Tell whether a text says that something is absent: what holds at a time and may end the next day."""
    plain = text.lower()
    if "never" in plain and _NEVER.search(plain):
        return True
    return _may_tell_absence(plain) and _ABSENCE.search(plain) is not None


def _may_tell_absence(plain: str) -> bool:
    """Tell, quickly, whether one of the other words can be there: nearly every text of a case is asked."""
    if "without any" in plain or "n't" in plain or "n’t" in plain:
        return True
    if "no" not in plain:
        return False
    nothing = "no " in plain or "none " in plain or "nowhere" in plain
    return nothing or (" not" in plain and any(map(plain.__contains__, _BEFORE_NOT)))


def tells_share(text: str) -> bool:
    """Tell whether a text says what part of a whole something is: a percentage, one in so many, a half."""
    return _SHARE.search(text) is not None


def hedges_missing(before: Claim | None, after: Claim) -> list[str]:
    """Return the hedges of a claim that neither the text nor the hedges of its restatement keep."""
    if before is None or not before.hedges:
        return []
    kept = {each.lower() for each in after.hedges}
    text = after.text.lower()
    return [each for each in before.hedges if each.lower() not in kept and each.lower() not in text]


def exactly_told(value: Decimal | None, text: str) -> bool:
    """Tell whether a text gives a figure with no hedge in the words just before it."""
    for found, at, _ in amounts(text) if value is not None else ():
        if found == value:
            return HEDGES.search(text[max(0, at - 24) : at]) is None
    return False


def outside_quotes(text: str) -> str:
    """Return a text without what stands in quotation marks: what it says in its own voice."""
    return _QUOTED.sub(" ", text) if any(mark in text for mark in "“‘\"«'") else text


def word_in(words: Iterable[str], text: str) -> str:
    """Return the first of some words that stands in a text as a whole word; empty where none does."""
    plain = outside_quotes(text)
    for each in words:
        if each.strip() and re.search(rf"(?<!\w){re.escape(each.strip())}(?!\w)", plain, re.IGNORECASE):
            return each
    return ""


def tells_names_or_numbers(text: str) -> bool:
    """Tell, quickly, whether a text may hold a name or a number at all: a capital inside it, or a digit."""
    if text.isascii():
        return _CAPITAL_OR_DIGIT.search(text, 1) is not None or text[:1].isdecimal()
    return not text[1:].islower() or any(map(text.__contains__, "0123456789"))


def new_words(text: str, before: Iterable[str]) -> list[str]:
    """Return the names and numbers of a text that none of the texts before it holds, at most four."""
    names, numbers = _named(text)
    if not names and not numbers:
        return []
    known: set[str] = set()
    counted: set[object] = set()
    for each in before:
        known |= _words(each)
        counted.update(_numbers(each))
    new = [each for each in names if each.lower() not in known and each.lower().rstrip("s") not in known]
    new += [shown for value, shown in numbers if value not in counted]
    return list(dict.fromkeys(new))[:4]


@lru_cache(maxsize=8192)
def _named(text: str) -> tuple[tuple[str, ...], tuple[tuple[object, str], ...]]:
    names = []
    for found in _NAME.finditer(text):
        word = re.sub(r"['’]s$", "", found.group())
        before = text[max(0, found.start() - 4) : found.start()].rstrip()[-1:]
        starts = not before or before in '.:;!?“"('
        if word[0].isupper() and not starts and len(word) > 1 and not _CALENDAR.fullmatch(word):
            names.append(word)
    return tuple(names), tuple((value, text[at:to].strip()) for value, at, to in amounts(text))


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    words = {re.sub(r"['’]s$", "", found.group()).lower() for found in _NAME.finditer(text)}
    return frozenset(words | {each.rstrip("s") for each in words})


@lru_cache(maxsize=8192)
def _numbers(text: str) -> tuple[object, ...]:
    return tuple(value for value, _, _ in amounts(text))
