"""Dates as precise as they were written: a missing part is never invented.

A text is read into the Extended Date/Time Format (ISO 8601-2:2019; Library of Congress, 2019), whose
bounds the `edtf` library gives. Months and days without a year have no place on a time line.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBERS = {word: value for value, word in enumerate(_COUNTED)} | {"a": 1, "an": 1}
_UNITS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4375, "year": 365.25}
_ABOUT = re.compile(r"\b(about|around|roughly|approximately|circa|ca|some|nearly|almost)\b\.?|~|≈")

_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{'|'.join(each[:3] for each in _MONTHS)}|sept)\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_DAY} (?:of )?{_MONTH}(?![a-z])",
        rf"\b{_MONTH} {_DAY}\b(?!\d)",
        rf"\b{_MONTH},? {_YEAR}\b",
        rf"\b(?P<season>{'|'.join(_SEASONS)}),? (?:of )?{_YEAR}\b",
        rf"\b{_YEAR}\b",
        rf"^(?:in |early in |late in |early |mid |late )?{_MONTH}(?=$|[,;(])",
        rf"^(?:in |this |last |early |late )?(?P<season>{'|'.join(_SEASONS)})(?=$|[,;(])",
    )
)
_EDTF = re.compile(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/([0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?|\.\.))?")
_PLAIN = re.compile(
    r"(?P<year>[12]\d{3}|XXXX)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?"
)
_LEAP = 2000
"""A year that has every day that any year has."""

_SPAN = re.compile(
    rf"\b(?P<count>\d+(?:\.\d+)?|{'|'.join(_NUMBERS)}) (?P<unit>{'|'.join(_UNITS)})s?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as written. `edtf` is empty where the text names none that can be read.

    `earliest` and `latest` bound it where the year is known; `missing` names the larger parts that
    were not stated: `year`. A season without a year has no form in EDTF and keeps its word alone.
    """

    text: str
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    missing: tuple[str, ...] = ()
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time in days; a month counts 30.4375 days and a year 365.25."""

    text: str
    days: float
    approximate: bool = False


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment:
    """Return the first date that a text states, as precisely as it does and no more so.

    Of a date in figures whose order cannot be told, such as 04/05/2024, only the year is read.
    """
    plain = text.strip()
    if _EDTF.fullmatch(plain):
        return _bounded(text, plain, approximate="~" in plain or "%" in plain)
    lowered = plain.lower()
    for form in _FORMS:
        found = form.search(lowered)
        if found is not None:
            parts = found.groupdict()
            before = lowered[: found.start()].rsplit(";", 1)[-1][-24:]
            return _written(text, parts, approximate=_ABOUT.search(before) is not None)
    return Moment(text=text)


@lru_cache(maxsize=4096)
def span(text: str) -> Span | None:
    """Return the length of time that a text states, such as `about six weeks`; None where it states none."""
    found = _SPAN.search(text.lower())
    if found is None:
        return None
    count = found["count"]
    many = float(_NUMBERS[count]) if count in _NUMBERS else float(count)
    approximate = _ABOUT.search(text.lower()) is not None
    return Span(text=text, days=many * _UNITS[found["unit"]], approximate=approximate)


def _written(text: str, parts: dict[str, str | None], *, approximate: bool) -> Moment:
    year = parts.get("year") or ""
    if parts.get("season"):
        if not year:
            return Moment(text=text, missing=("year",), approximate=approximate)
        return _bounded(text, f"{year}-{_SEASONS[parts['season'] or '']}", approximate=approximate)
    edtf = year or "XXXX"
    if parts.get("month"):
        edtf += f"-{_month(parts['month'] or ''):02d}"
    if parts.get("day"):
        edtf += f"-{int(parts['day'] or 0):02d}"
    return _bounded(text, edtf, approximate=approximate)


def _month(word: str) -> int:
    return next(at for at, name in enumerate(_MONTHS, 1) if name[:3] == word[:3])


def _bounded(text: str, edtf: str, *, approximate: bool) -> Moment:
    bounds = _bounds(edtf)
    if bounds is None:
        return Moment(text=text)
    missing = ("year",) if edtf.startswith("XXXX") else ()
    earliest, latest = (None, None) if missing else bounds
    marked = f"{edtf}~" if approximate and not edtf.endswith(("~", "%", "?")) and "/" not in edtf else edtf
    return Moment(
        text=text, edtf=marked, earliest=earliest, latest=latest, missing=missing, approximate=approximate
    )


def _bounds(edtf: str) -> tuple[date | None, date | None] | None:
    """Return the first and the last day of a date, each None where it has none; None for no such date."""
    plain = _PLAIN.fullmatch(edtf)
    if plain is not None:
        return _bounds_of_plain(plain["year"], int(plain["month"] or 0), int(plain["day"] or 0))
    # The library takes a tenth of a start to load, and most dates can do without it.
    from edtf import EDTFParseException, parse_edtf

    try:
        read = parse_edtf(edtf)
        return _date(read.lower_strict()), _date(read.upper_strict())
    except (EDTFParseException, ValueError):
        return None


def _bounds_of_plain(year: str, month: int, day: int) -> tuple[date | None, date | None] | None:
    """Do as the library for a year, a month or a day that says no more; 0 where there is none."""
    within = _LEAP if year == "XXXX" else int(year)
    first, last = month or 1, month or 12
    end = monthrange(within, last)[1]
    if day > end:
        return None
    return (None, None) if year == "XXXX" else (date(within, first, day or 1), date(within, last, day or end))


def _date(bound: float | struct_time) -> date | None:
    if not isinstance(bound, struct_time):
        return None
    return date(*bound[:3]) if 1 <= bound.tm_year <= 9999 else None
