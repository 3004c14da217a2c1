"""The days in which a date as written may lie; what it does not say is never invented."""

import re
from dataclasses import dataclass
from datetime import date

_EDTF = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%]?)")


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
