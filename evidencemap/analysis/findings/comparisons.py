"""Findings on comparisons and dates: figures that are not of one thing, and dates without a year."""

from collections.abc import Iterator

from evidencemap.analysis.dates import moment
from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.numbers import unit_of
from evidencemap.model.entities import Claim, Evidence, Quantity, Step

FAMILY = "Comparisons and dates"


def incomparable(reading: Reading) -> Iterator[Seen]:
    """See each comparison whose figures differ in unit, in what was counted, or in window.

    Of figures in one unit, those are compared that stand first in each premise. And see each step whose
    baseline is in the unit of none of the figures that its premises and its conclusion state.
    """
    found: list[Seen] = []
    for step in reading.steps:
        if step.baseline is not None:
            baseline = reading.case.of(Quantity)[step.baseline]
            stated = [
                one for node in (*step.premises, step.conclusion) for one in reading.stated_in.get(node, [])
            ]
            others = [one for one in stated if one.id != baseline.id]
            if others and all(unit_of(one.unit) != unit_of(baseline.unit) for one in others):
                found.append(Seen(on=step.id, names=(others[0].id, baseline.id), form=5))
    for _, step in reading.steps_of("comparison") if reading.stated_in else ():
        if step.con:
            continue
        for one, other in _compared(reading, step):
            form = _differing(one, other)
            if form is not None:
                found.append(Seen(on=step.id, names=(one.id, other.id), form=form))
                break
    yield from reading.by_number(found)


def dates_without_year(reading: Reading) -> Iterator[Seen]:
    """See each claim and item, and the case itself, whose date states no year."""
    if "year" in moment(reading.case.header.as_of).missing:
        yield Seen(on=reading.case.id, values=(reading.case.header.as_of.strip(),), form=1)
    every: list[Evidence | Claim] = [*reading.items, *reading.claims]
    for held in every:
        if held.when and "year" in moment(held.when).missing:
            yield Seen(on=held.id, values=(held.when.strip(),))


def _compared(reading: Reading, step: Step) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the pairs of figures that a comparison sets side by side: of one unit where it has such."""
    first, *others = [reading.stated_in.get(each, []) for each in step.premises]
    for stated in others:
        same = [(a, b) for a in first for b in stated if a.id != b.id and unit_of(a.unit) == unit_of(b.unit)]
        if same:
            yield same[0]
        elif first and stated and first[0].id != stated[0].id:
            yield first[0], stated[0]


def _differing(one: Quantity, other: Quantity) -> int | None:
    if unit_of(one.unit) != unit_of(other.unit):
        return 0
    counted = {each.counted.strip().lower() for each in (one, other)}
    if len(counted) == 2:
        return 2 if "" in counted else 1
    windows = {each.window.strip().lower() for each in (one, other)}
    if len(windows) == 2:
        return 4 if "" in windows else 3
    return None


KINDS = (
    Kind(
        code="INCOMPARABLE",
        title="Not comparable as recorded",
        severity=Severity.WARNING,
        sentences=(
            "{one} compares {two} with {three}, which is in another unit.",
            "{one} compares {two} with {three}, which counts something else.",
            "{one} compares {two} with {three}, and for one of them it is not recorded what was counted.",
            "{one} compares {two} with {three}, which covers another window.",
            "{one} compares {two} with {three}, and for one of them no window is recorded.",
            "{one} sets {two} beside what one honest user uses, {three}, which is in another unit.",
        ),
        why="A ratio tells something where both figures count one thing in one way over one length of time.",
        fix="Compare figures of one thing, or say with the comparison how they differ.",
        fixes=(
            "Compare figures of one unit.",
            "Compare figures of one thing, or say with the comparison how they differ.",
            "Record what was counted.",
            "Compare rates for one length of time, or say with the comparison how the windows differ.",
            "Record the window.",
            "Record the baseline in the unit of what it is set beside.",
        ),
        authority="UK Statistics Authority, Code of Practice for Statistics (2022), on comparability.",
        look=incomparable,
    ),
    Kind(
        code="DATE_INCOMPLETE",
        title="Date without a year",
        severity=Severity.NOTE,
        sentences=(
            "{one} is dated “{value}”, which states no year.",
            "The case is as of “{value}”, which states no year.",
        ),
        why="A day without its year has no place on the time line, and the program invents none.",
        fix="Add the year where it is known.",
        authority="Library of Congress, Extended Date/Time Format (2019); ISO 8601-2:2019.",
        look=dates_without_year,
    ),
)
