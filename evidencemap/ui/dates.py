"""A date as written: the days in which it may lie, and its words; what it does not say is never invented."""

import re
from dataclasses import dataclass
from datetime import date
from math import ceil

from PySide6.QtCore import QLocale

from evidencemap.analysis.dates import moment
from evidencemap.tongue import _, language

_EDTF = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%]?)")

_FIGURES = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d{2}|XX))?(?:-(?P<day>\d{2}|XX))?(?P<mark>[~?%]?)")
_PARTS = ("year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The first and the last day, as ordinals; exact where both are one certain day."""

    first: int
    last: int
    exact: bool


def span_of(written: str) -> Span | None:
    """Return the days that an EDTF date or interval covers; None where the text is no such date."""
    text = written.strip()
    if "/" in text:
        start, _slash, end = text.partition("/")
        first, last = span_of(start), span_of(end)
        if first is None or last is None or last.last < first.first:
            return None
        return Span(first=first.first, last=last.last, exact=False)
    found = _EDTF.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found["year"]), found["month"], found["day"]
    try:
        if day is not None:
            only = date(year, int(month), int(day)).toordinal()
            return Span(first=only, last=only, exact=not found["mark"])
        if month is not None:
            begin = date(year, int(month), 1)
            after = date(year + (begin.month == 12), begin.month % 12 + 1, 1)
            return Span(first=begin.toordinal(), last=after.toordinal() - 1, exact=False)
        return Span(first=date(year, 1, 1).toordinal(), last=date(year, 12, 31).toordinal(), exact=False)
    except ValueError:
        return None


def bounds_of(written: str) -> Span | None:
    """Return the days in which a date in figures or in words (`spring 2026`) may lie; None without a year."""
    figures = span_of(written)
    if figures is not None:
        return figures
    read = moment(written)
    if read.earliest is None or read.latest is None:
        return None
    first, last = read.earliest.toordinal(), read.latest.toordinal()
    return Span(first=first, last=last, exact=first == last and not read.approximate)


def date_said(written: str) -> str:
    """Return a date in figures (EDTF) in words, `10 June, year not stated`; any other text as it stands."""
    text = written.strip()
    if text.count("/") == 1:
        return " – ".join(date_said(each) for each in text.split("/"))
    found = _FIGURES.fullmatch(text)
    if found is None:
        return written
    year, month, day = (str(found[part] or "").replace("XXXX", "").replace("XX", "") for part in _PARTS)
    said = _named(year, month, day)
    if said is None:
        return written
    if not year:
        said = _("{date}, year not stated").format(date=said)
    if found["mark"] in ("~", "%"):
        said = _("about {date}").format(date=said)
    return _("{date}, uncertain").format(date=said) if found["mark"] in ("?", "%") else said


def _named(year: str, month: str, day: str) -> str | None:
    seasons = {"21": _("spring"), "22": _("summer"), "23": _("autumn"), "24": _("winter")}
    if month in seasons and not day:
        return f"{seasons[month]} {year}".strip()
    if not month:
        return year or None
    if not 1 <= int(month) <= 12:
        return None
    name = QLocale(language()).standaloneMonthName(int(month))
    if not day:
        return f"{name} {year}".strip()
    return _("{day} {month} {year}").format(day=int(day), month=name, year=year).strip()


def ticks(first: int, last: int, room: float) -> list[tuple[int, str]]:
    """Return the days that a time line marks, with their names: years, within two years months.

    `first`, `last` are ordinals; of the marks only every so many are kept that `room` days lie between.
    """
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if end.year - begin.year >= 2:
        step = max(1, ceil(room / 365.25))
        years = (date(each, 1, 1) for each in range(begin.year + 1, end.year + 1) if each % step == 0)
        return [(each.toordinal(), str(each.year)) for each in years]
    step = max(1, ceil(room / 30.4))
    months = range(begin.year * 12 + begin.month, end.year * 12 + end.month)
    marks = [date(each // 12, each % 12 + 1, 1) for each in months if each % step == 0]
    locale = QLocale(language())
    short = QLocale.FormatType.ShortFormat
    return [
        (each.toordinal(), f"{locale.standaloneMonthName(each.month, short)} {each.year}") for each in marks
    ]
