"""Figures computed from the quantities of a case: shown with their inputs, never typed in.

Each is checked by dimension: a ratio and a share have none, a rate has a unit over a unit or over
days. A value that is no number, such as `billions`, is a text, and nothing is computed from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from evidencemap.analysis.dates import Span, span
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Link, Quantity, Step
from evidencemap.model.records import Id
from evidencemap.model.words import LinkKind
from evidencemap.tongue import _, in_context, in_figures

_TOLD = 4
"""Digits that are told of an approximate figure: more would look measured."""

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12} | {
    "k": 3,
    "m": 6,
    "bn": 9,
    "per cent": -2,
    "%": -2,
}
_NUMBER = re.compile(
    r"(?P<figures>[-+]?(?:\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?)"
    r"\s*(?P<scale>thousand|million|billion|trillion|per cent|bn|k|m|%)?",
    re.IGNORECASE,
)


class Sort(StrEnum):
    """What sort of figure it is. A scenario supposes a denominator that nobody has stated."""

    RATIO = "ratio"
    RATE = "rate"
    PER_DAY = "per day"
    RATE_PER_DAY = "rate per day"
    SHARE = "share"
    SCENARIO = "scenario share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A computed figure: its value, its unit (empty for a ratio or share), and what went into it.

    `low` and `high` are there where an input has an interval; `approximate` where an input is. A
    share is a fraction of 1. `supposed` is the denominator of a scenario.
    """

    sort: Sort
    value: Decimal
    unit: str
    inputs: tuple[Id, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    window: Span | None = None
    supposed: Decimal | None = None

    @property
    def shown(self) -> str:
        """Return the value as people read it: two digits, or all whole ones; a share in per cent.

        Of an approximate one no more than the first four digits are told.
        """
        if self.sort in (Sort.SHARE, Sort.SCENARIO):
            return f"{_rounded(self.value * 100, 3)} %"
        told = self.value
        if self.approximate and told.adjusted() >= _TOLD:
            told = told.quantize(Decimal(1).scaleb(told.adjusted() - _TOLD + 1))
        shown = _rounded(told, 2)
        return _rounded(told, 3) if shown == "1" else shown


def amount(text: str) -> Decimal | None:
    """Return the number that a value states, as in `28.8 million` or `25,000`; None where it is a text."""
    found = _NUMBER.fullmatch(text.strip())
    return None if found is None else _amount(found)


def amounts(text: str) -> Iterator[tuple[Decimal, int, int]]:
    """Yield the numbers in a text, with where each begins and ends."""
    for found in _NUMBER.finditer(text):
        if not text[max(0, found.start() - 1) : found.start()].isalnum():
            yield _amount(found), found.start(), found.end()


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str:
    """Return a unit as it is compared: lower case, spaces made one, the last word in the singular."""
    word = " ".join(text.lower().split())
    for plural, singular in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")):
        if word.endswith(plural) and not word.endswith("ss") and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word


def ratio(one: Quantity, other: Quantity) -> Figure | None:
    """Return how many times the other the first is; None where either is no number.

    Raises EvidenceMapError where the two are not of one unit.
    """
    if unit_of(one.unit) != unit_of(other.unit):
        raise EvidenceMapError(
            _("{one} is in {unit} and {other} in {of}: they have no ratio.").format(
                one=one.number, unit=one.unit or "?", other=other.number, of=other.unit or "?"
            )
        )
    return _divided(Sort.RATIO, one, other, "")


def rate(one: Quantity, other: Quantity) -> Figure | None:
    """Return how much of the first there is for each of the other; None where either is no number.

    Raises EvidenceMapError where both are of one unit: that is a ratio.
    """
    if unit_of(one.unit) == unit_of(other.unit):
        raise EvidenceMapError(
            _("{one} and {other} are of one unit: ask for their ratio.").format(
                one=one.number, other=other.number
            )
        )
    return _divided(Sort.RATE, one, other, _per(one.unit, unit_of(other.unit)))


def per_day(one: Quantity) -> Figure | None:
    """Return how much of a quantity fell on a day of its window; None where either cannot be read."""
    window = span(one.window) if one.window else None
    value = amount(one.value)
    if window is None or value is None or not window.days:
        return None
    days = Decimal(str(window.days))
    low, high = _interval(one)
    return Figure(
        sort=Sort.PER_DAY,
        value=value / days,
        unit=_per(one.unit, in_context("per", "day")),
        inputs=(one.id,),
        low=None if low is None else low / days,
        high=None if high is None else high / days,
        approximate=one.approximate or window.approximate,
        window=window,
    )


def rate_per_day(one: Quantity, other: Quantity) -> Figure | None:
    """Return how much of the first there is for each of the other on a day of the first one's window."""
    each, daily = rate(one, other), per_day(one)
    if each is None or daily is None or daily.window is None:
        return None
    days = Decimal(str(daily.window.days))
    return Figure(
        sort=Sort.RATE_PER_DAY,
        value=each.value / days,
        unit=_per(each.unit, in_context("per", "day")),
        inputs=each.inputs,
        approximate=each.approximate or daily.approximate,
        window=daily.window,
    )


def share(case: Case, one: Quantity) -> Figure | None:
    """Return a quantity as a share of its denominator; None where it has none or either is no number.

    Raises EvidenceMapError where the two are not of one unit.
    """
    whole = case.get(Quantity, one.out_of)
    if whole is None:
        return None
    if unit_of(one.unit) != unit_of(whole.unit):
        raise EvidenceMapError(
            _("{one} is in {unit} and its denominator {other} in {of}: that is no share.").format(
                one=one.number, unit=one.unit or "?", other=whole.number, of=whole.unit or "?"
            )
        )
    return _divided(Sort.SHARE, one, whole, "")


def scenario_share(one: Quantity, whole: Decimal) -> Figure | None:
    """Return what share a quantity would be of a supposed whole. Raises ValueError for one of 0 or less."""
    if whole <= 0:
        raise ValueError("the whole of a scenario is more than 0")
    value = amount(one.value)
    if value is None:
        return None
    low, high = _interval(one)
    return Figure(
        sort=Sort.SCENARIO,
        value=value / whole,
        unit="",
        inputs=(one.id,),
        low=None if low is None else low / whole,
        high=None if high is None else high / whole,
        approximate=one.approximate,
        supposed=whole,
    )


def scenario_shares(one: Quantity) -> tuple[Figure, ...]:
    """Return the share that a quantity would be of two round wholes, the nearest powers of ten that fit.

    Both are at least ten times the quantity, so that neither is taken for a finding.
    """
    value = amount(one.value)
    if value is None or value <= 0:
        return ()
    power = value.adjusted() + 2
    found = (scenario_share(one, Decimal(10) ** power), scenario_share(one, Decimal(10) ** (power + 1)))
    return tuple(each for each in found if each is not None)


def figures(case: Case) -> list[Figure]:
    """Return every figure that the quantities of a case give, sorted: ratios, rates, days, shares.

    Ratios of quantities that are compared (by a link, as operands of a comparison, or with the baseline
    of a step); rates of
    quantities that are stated in one place; shares where a denominator is recorded.
    """
    quantities = case.sorted(Quantity)
    found: dict[tuple[Sort, tuple[Id, ...]], Figure] = {}

    def add(figure: Figure | None) -> None:
        if figure is not None:
            found.setdefault((figure.sort, figure.inputs), figure)

    for one, other in _compared(case):
        if unit_of(one.unit) == unit_of(other.unit):
            add(ratio(*_larger_first(one, other)))
    for one, other in _together(case):
        if unit_of(one.unit) != unit_of(other.unit) and one.unit and other.unit:
            larger, smaller = _larger_first(one, other)
            add(rate(larger, smaller))
            add(rate_per_day(larger, smaller))
    for each in quantities:
        add(per_day(each))
        whole = case.get(Quantity, each.out_of)
        if whole is not None and unit_of(whole.unit) == unit_of(each.unit):
            add(share(case, each))
    order = list(Sort)
    place = {each.id: at for at, each in enumerate(quantities)}
    return sorted(
        found.values(), key=lambda each: (order.index(each.sort), [place[one] for one in each.inputs])
    )


def figure_text(case: Case, figure: Figure) -> str:
    """Return one sentence that tells a figure with the visible numbers of its inputs."""
    about = _("about ") if figure.approximate else ""
    names = [case.number(each) for each in figure.inputs]
    return _(_SENTENCES[figure.sort]).format(
        one=names[0],
        other=names[-1],
        about=about,
        value=figure.shown,
        unit=figure.unit,
        window="" if figure.window is None else figure.window.text,
        whole="" if figure.supposed is None else _rounded(figure.supposed, 2),
    )


_SENTENCES = {
    Sort.RATIO: "{one} is {about}{value} times {other}.",
    Sort.RATE: "{one} to {other}: {about}{value} {unit}.",
    Sort.PER_DAY: "{one} over {window}: {about}{value} {unit}.",
    Sort.RATE_PER_DAY: "{one} to {other} over {window}: {about}{value} {unit}.",
    Sort.SHARE: "{one} is {about}{value} of {other}.",
    Sort.SCENARIO: "If the whole were {whole}, {one} would be {about}{value} of it (scenario).",
}


def _per(unit: str, other: str) -> str:
    return _("{unit} per {other}").format(unit=unit, other=other)


def _amount(found: re.Match[str]) -> Decimal:
    figures = re.sub("[,\u202f\u00a0 ]", "", found["figures"])
    scale = (found["scale"] or "").lower()
    return Decimal(figures).scaleb(_SCALES.get(scale, 0))


def _interval(one: Quantity) -> tuple[Decimal | None, Decimal | None]:
    return amount(one.low) if one.low else None, amount(one.high) if one.high else None


def _divided(sort: Sort, one: Quantity, other: Quantity, unit: str) -> Figure | None:
    above, below = amount(one.value), amount(other.value)
    if above is None or below is None or not below:
        return None
    low, high = None, None
    if one.low or one.high or other.low or other.high:
        (least, most), (small, large) = _interval(one), _interval(other)
        low = (above if least is None else least) / ((below if large is None else large) or below)
        high = (above if most is None else most) / ((below if small is None else small) or below)
    return Figure(
        sort=sort,
        value=above / below,
        unit=unit,
        inputs=(one.id, other.id),
        low=low,
        high=high,
        approximate=one.approximate or other.approximate,
    )


def _compared(case: Case) -> Iterator[tuple[Quantity, Quantity]]:
    for link in case.sorted(Link):
        if link.kind is LinkKind.COMPARED_WITH:
            one, other = (case.get(Quantity, each) for each in link.between)
            if one is not None and other is not None:
                yield one, other
    stated = _stated(case)
    for step in case.sorted(Step):
        baseline = case.get(Quantity, step.baseline)
        if baseline is not None:
            for node in (*step.premises, step.conclusion):
                for one in stated.get(node, ()):
                    if one.id != baseline.id:
                        yield one, baseline
        if step.scheme == "comparison":
            for at, first in enumerate(step.premises):
                for second in step.premises[at + 1 :]:
                    for one in stated.get(first, ()):
                        for other in stated.get(second, ()):
                            if one.id != other.id:
                                yield one, other


def _together(case: Case) -> Iterator[tuple[Quantity, Quantity]]:
    for stated in _stated(case).values():
        for at, one in enumerate(stated):
            for other in stated[at + 1 :]:
                yield one, other


def _stated(case: Case) -> dict[Id, list[Quantity]]:
    found: dict[Id, list[Quantity]] = {}
    for each in case.sorted(Quantity):
        for node in dict.fromkeys(each.stated_in):
            found.setdefault(node, []).append(each)
    return found


def _larger_first(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    first, second = amount(one.value), amount(other.value)
    if first is not None and second is not None and second > first:
        return other, one
    return one, other


def _rounded(value: Decimal, digits: int) -> str:
    if not value:
        return "0"
    places = max(0, digits - 1 - value.adjusted())
    shown = f"{round(value, places):,f}"
    return in_figures(shown.rstrip("0").rstrip(".") if "." in shown else shown)
