"""What changed since a point of the history, and what is stale."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidencemap.model.entities import Evidence, Source, Watch
from evidencemap.model.upkeep import Checkpoint
from evidencemap.storage.journal import Line, LineKind
from evidencemap.tongue import _, several
from evidencemap.ui.dates import span_of
from evidencemap.ui.panels.history import changed_by
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import number_shown, one_line, said

_MOST = 60
_ACTS = (LineKind.DO, LineKind.UNDO, LineKind.REDO, LineKind.MERGE, LineKind.IMPORT)


def fill(sheet: Sheet, lines: Sequence[Line], entry: int) -> None:
    """Fill a sheet with what changed after an entry; 0 takes the last checkpoint, else the last issue."""
    case = sheet.case
    checkpoints = case.sorted(Checkpoint)
    title = _("since entry {entry}").format(entry=entry)
    if entry <= 0:
        entry, title = _last_point(lines, checkpoints)
    sheet.kicker(_("What changed {since}").format(since=title).upper())
    later = [line for line in lines if line.entry > entry and line.kind in _ACTS]
    numbers = dict.fromkeys(number for line in later for number in changed_by(line))
    sheet.line(
        several("{count} act", "{count} acts", len(later))
        + ", "
        + several("{count} entity", "{count} entities", len(numbers)),
        "muted",
    )
    for number in list(numbers)[:_MOST]:
        held = case.numbered(number)
        if held is None:
            sheet.line(_("{number}: removed").format(number=number_shown(number)), "muted")
        elif number != "case":
            sheet.line(f"{number_shown(number)}  {one_line(said(case, held.id), 200)}")
    sheet.heading(_("Due for another look"))
    stale = due(sheet)
    for text in stale:
        sheet.line(text, "unsupported")
    if not stale:
        sheet.line(_("none"), "muted")


def due(sheet: Sheet) -> list[str]:
    """Return a line for each thing whose date of review has passed, and for each source taken back."""
    case = sheet.case
    today = datetime.now(UTC).date().toordinal()
    found = []
    review = span_of(case.header.review_by)
    if review is not None and review.last < today:
        found.append(_("The case was due for review by {date}.").format(date=case.header.review_by))
    for watch in case.sorted(Watch):
        span = span_of(watch.by)
        if span is not None and span.last < today:
            about = case.number(watch.about) if watch.about is not None else ""
            found.append(f"{watch.number} {about} {watch.by}: {watch.why}".replace("  ", " "))
    for source in case.sorted(Source):
        if source.retracted is not None:
            rested = sum(case.get(Evidence, each) is not None for each in case.users(source.id))
            items = several("{count} item", "{count} items", rested)
            found.append(
                _("{number} was taken back; {items} came from it.").format(number=source.number, items=items)
            )
    return found


def _last_point(lines: Sequence[Line], checkpoints: Sequence[Checkpoint]) -> tuple[int, str]:
    if checkpoints:
        last = max(checkpoints, key=lambda each: each.entries)
        return last.entries, _("since “{name}”").format(name=last.name)
    issued = [line.entry for line in lines if line.kind is LineKind.ISSUE]
    if issued:
        return issued[-1], _("since the last issued brief")
    return min((line.entry for line in lines), default=0), _("since the beginning")
