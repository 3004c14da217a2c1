"""Findings on upkeep: reviews and watches whose date has passed."""

from collections.abc import Iterator
from datetime import date

from evidencemap.analysis.dates import moment
from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.entities import Watch

FAMILY = "Upkeep"


def stale_reviews(reading: Reading) -> Iterator[Seen]:
    """See the case's review and each watch whose date has passed; none where today is not known."""
    if not reading.today:
        return
    today = date.fromisoformat(reading.today)
    if _past(reading.case.header.review_by, today):
        yield Seen(on=reading.case.id, values=(reading.case.header.review_by,))
    for watch in reading.case.sorted(Watch):
        if _past(watch.by, today):
            names = (watch.about,) if watch.about is not None else ()
            yield Seen(on=watch.id, names=names, values=(watch.by,), form=2 if names else 1)


def _past(text: str, today: date) -> bool:
    latest = moment(text).latest if text.strip() else None
    return latest is not None and latest < today


KINDS = (
    Kind(
        code="STALE_REVIEW",
        title="Due for review",
        severity=Severity.WARNING,
        sentences=(
            "The review of the case was due by {value}.",
            "Watch {one} was due by {value}.",
            "{two} was due to be looked at again by {value} ({one}).",
        ),
        why="What the case says was so on its date, and may have changed since.",
        fix="Look again, and set the next date.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(7): change to or consistency of judgements.",
        look=stale_reviews,
    ),
)
