"""Findings on numbers: of what, out of what, counted how, how exact, and against which other."""

from collections.abc import Iterator
from decimal import Decimal

from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.findings.texts import tells_share
from evidencemap.analysis.numbers import amount, amounts, unit_of
from evidencemap.model.entities import Claim, Evidence, Quantity
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Verification

FAMILY = "Numbers"

_NONE = ("", "none", "none given", "not given", "not stated", "unknown", "undisclosed", "n/a", "-", "?")
_CHECKED = (Verification.AUDITED, Verification.REPLICATED)


def undisclosed_methods(reading: Reading) -> Iterator[Seen]:
    """See each method that is not recorded as disclosed."""
    for claim in _methods(reading):
        if claim.disclosed is not True:
            yield Seen(on=claim.id, asks=reading.asked(claim.id))


def methods_without_error_rate(reading: Reading) -> Iterator[Seen]:
    """See each method that has no error rate."""
    for claim in _methods(reading):
        if claim.error_rate.strip().lower() in _NONE:
            yield Seen(on=claim.id, asks=reading.asked(claim.id))


def _methods(reading: Reading) -> list[Claim]:
    return [claim for _, claim in reading.columns.claims_where(reading.columns.of_kinds(ClaimKind.METHOD))]


def numbers_without_denominator(reading: Reading) -> Iterator[Seen]:
    """See each quantity that is called large or small with nothing that it is out of.

    Where the conclusion gives one of the figures itself, it is about that one.
    """
    seen: set[Id] = set()
    unmet: list[Seen] = []
    for _, step in reading.steps_of("magnitude") if reading.stated_in else ():
        if step.denominator is not None:
            continue
        found: dict[Id, Quantity] = {}
        for premise in dict.fromkeys((*step.premises, step.conclusion)):
            for quantity in reading.stated_in.get(premise, ()):
                if quantity.out_of is None:
                    found[quantity.id] = quantity
        if not found:
            continue
        text = getattr(reading.case[step.conclusion], "text", "")
        told = {value for value, _, _ in amounts(text)}
        meant = [each for each in found.values() if amount(each.value) in told]
        for quantity in meant or found.values():
            if quantity.id not in seen:
                seen.add(quantity.id)
                asks = reading.asked(step.conclusion, step.id)
                unmet.append(Seen(on=quantity.id, names=(step.conclusion, step.id), asks=asks))
    yield from reading.by_number(unmet)


def unit_mismatches(reading: Reading) -> Iterator[Seen]:
    """See each quantity that is called something other than what it counts."""
    for quantity in reading.quantities:
        called = quantity.called.strip()
        if called and quantity.unit.strip() and not _same_thing(called, quantity.unit):
            yield Seen(on=quantity.id, values=(quantity.unit, called))


def selected_counts(reading: Reading) -> Iterator[Seen]:
    """See each count whose selection rule is a method that is not disclosed, checked by nobody else."""
    claims = reading.case.of(Claim)
    for quantity in reading.quantities:
        method = None if quantity.method is None else claims.get(quantity.method)
        if method is not None and method.disclosed is not True and quantity.verification not in _CHECKED:
            yield Seen(on=quantity.id, names=(method.id,), asks=reading.asked(method.id))


def numbers_without_interval(reading: Reading) -> Iterator[Seen]:
    """See each number that is rough or came by a method, and has no low and no high.

    And each whose low and high do not hold its value between them.
    """
    for quantity in reading.quantities:
        if quantity.low.strip() or quantity.high.strip() or amount(quantity.value) is None:
            bounds = [amount(each) for each in (quantity.low, quantity.value, quantity.high)]
            known = [each for each in bounds if each is not None]
            if known != sorted(known):
                told = tuple(each.strip() or "…" for each in (quantity.low, quantity.high))
                yield Seen(on=quantity.id, values=told, form=1, severity=Severity.WARNING)
            continue
        if quantity.approximate or quantity.method is not None:
            yield Seen(on=quantity.id)


def trends_from_one_source(reading: Reading) -> Iterator[Seen]:
    """See each comparison all of whose operands go back to one origin."""
    body, claims = reading.verdicts.graph.body, reading.case.of(Claim)
    found: dict[Id, Seen] = {}
    for at, step in reading.steps_of("comparison"):
        behind = [reading.behind[each] for each in body[at][1]]
        if step.con or step.conclusion in found or step.conclusion not in claims or not all(behind):
            continue
        every = frozenset[Id]().union(*[each for each in behind if each])
        if len(every) == 1:
            found[step.conclusion] = Seen(step.conclusion, tuple(every), (len(behind),))
    yield from reading.by_number(found.values())


def drifting_numbers(reading: Reading) -> Iterator[Seen]:
    """See each quantity that differs from another of the same thing, or from the text that states it."""
    same: dict[tuple[str, str, str], list[Quantity]] = {}
    for quantity in reading.quantities:
        value = amount(quantity.value)
        if value is None:
            continue
        elsewhere = next((each for each in quantity.stated_in if _differs(reading, each, quantity)), None)
        if elsewhere is not None:
            yield Seen(on=quantity.id, names=(elsewhere,), form=1)
            continue
        if not quantity.counted.strip():
            continue
        key = (unit_of(quantity.unit), quantity.counted.strip().lower(), quantity.window.strip().lower())
        earlier = next((each for each in same.get(key, ()) if not _overlap(each, quantity)), None)
        if earlier is not None:
            yield Seen(on=quantity.id, names=(earlier.id,), values=(quantity.value, earlier.value))
        same.setdefault(key, []).append(quantity)


def incomplete_numbers(reading: Reading) -> Iterator[Seen]:
    """See each stated number of which the case does not say what was counted, or how and by whom."""
    for quantity in reading.quantities:
        if not quantity.stated_in:
            continue
        if not quantity.unit.strip() and not quantity.counted.strip():
            yield Seen(on=quantity.id)
        elif quantity.method is None and quantity.verification is None:
            yield Seen(on=quantity.id, form=1)


def one_sided_framings(reading: Reading) -> Iterator[Seen]:
    """See each number whose whole is recorded and that a text tells alone, or only as a share of it."""
    for quantity in reading.quantities:
        value = amount(quantity.value)
        if quantity.out_of is None or value is None:
            continue
        for node in quantity.stated_in:
            held = reading.case[node]
            if not isinstance(held, Claim | Evidence):
                continue
            told = any(found == value for found, _, _ in amounts(held.text))
            if told is not tells_share(held.text):
                yield Seen(on=quantity.id, names=(node, quantity.out_of), form=0 if told else 1)
                break


def _same_thing(called: str, unit: str) -> bool:
    """Tell whether two words are of one thing: the same, or one a closer description of the other."""
    one, other = unit_of(called).split(), unit_of(unit).split()
    return one[-len(other) :] == other or other[-len(one) :] == one


def _overlap(one: Quantity, other: Quantity) -> bool:
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return low <= most and least <= high


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    value = amount(quantity.value) or Decimal(0)
    low = amount(quantity.low) if quantity.low.strip() else None
    high = amount(quantity.high) if quantity.high.strip() else None
    return min(value, value if low is None else low), max(value, value if high is None else high)


def _differs(reading: Reading, node: Id, quantity: Quantity) -> bool:
    """Tell whether a text gives another number of a quantity's unit and not the quantity's own."""
    held = reading.case[node]
    if not isinstance(held, Claim | Evidence) or not quantity.unit.strip():
        return False
    low, high = _bounds(quantity)
    others = False
    unit = unit_of(quantity.unit)
    among = [_bounds(each) for each in reading.stated_in.get(node, ()) if each.id != quantity.id]
    for value, _, to in amounts(held.text):
        if low <= value <= high:
            return False
        after = held.text[to:].strip().split()[:2]
        named = unit in (unit_of(" ".join(after)), unit_of(after[0].strip(".,;:)")) if after else "")
        if named and not any(least <= value <= most for least, most in among):
            others = True
    return others


KINDS = (
    Kind(
        code="UNDISCLOSED_METHOD",
        title="Undisclosed method",
        severity=Severity.WARNING,
        sentences=("{one} is not recorded as disclosed.",),
        why="What nobody can repeat nobody can check.",
        fix="Get the method on the record.",
        authority="Federal Rules of Evidence (United States), Rule 702; ICD 203 (2015), D.6.e(1).",
        look=undisclosed_methods,
    ),
    Kind(
        code="NO_ERROR_RATE",
        title="No error rate",
        severity=Severity.WARNING,
        sentences=("No error rate is recorded for {one}.",),
        why="How often a method errs is what tells how far its answer can be relied on here.",
        fix="Get the rate of false positives, and how it was measured.",
        authority="Daubert v. Merrell Dow Pharmaceuticals, 509 U.S. 579 (1993): the rate of error.",
        look=methods_without_error_rate,
    ),
    Kind(
        code="NO_DENOMINATOR",
        title="No denominator",
        severity=Severity.WARNING,
        sentences=("{one} has no denominator, and {two} calls it large or small.",),
        why="A figure that is large alone may be a small share.",
        fix="Record what it is out of.",
        authority="UK Statistics Authority, Code of Practice for Statistics (2022): figures in context.",
        look=numbers_without_denominator,
    ),
    Kind(
        code="ONE_SIDED_FRAMING",
        title="One-sided framing",
        severity=Severity.NOTE,
        sentences=(
            "{two} tells {one} alone, and not what share of {three} it is.",
            "{two} tells {one} as a share alone, and not how many.",
        ),
        why="A figure can be large alone and small as a share, and the one that is told sets what is felt.",
        fix="Tell the number and its share together.",
        authority="Gigerenzer and others, Making Sense of Health Statistics (2007).",
        look=one_sided_framings,
    ),
    Kind(
        code="UNIT_MISMATCH",
        title="Unit mismatch",
        severity=Severity.WARNING,
        sentences=("{one} counts {value} and is called {other}.",),
        why="The number is of one thing, and the reader takes it for another.",
        fix="Call it what was counted.",
        authority="BIPM, International Vocabulary of Metrology (2012): a quantity is of what was measured.",
        look=unit_mismatches,
    ),
    Kind(
        code="SELECTION_DEPENDENT_COUNT",
        title="Count depends on its selection",
        severity=Severity.WARNING,
        sentences=("{one} counts what {two} picked out, and how it picks them out is not disclosed.",),
        why="The count is no surer than the rule by which things were counted in.",
        fix="Get the rule, or have the count audited.",
        authority="UK Statistics Authority, Code of Practice for Statistics (2022), on definitions.",
        look=selected_counts,
    ),
    Kind(
        code="NO_INTERVAL",
        title="No interval",
        severity=Severity.NOTE,
        sentences=(
            "{one} has no interval: how far off it may be is not recorded.",
            "{one} is outside the interval that is recorded for it, {value} to {other}.",
        ),
        why="A number without an error bar looks exact.",
        fix="Record the lowest and the highest value that it may have.",
        authority="JCGM 100:2008, Guide to the Expression of Uncertainty in Measurement.",
        look=numbers_without_interval,
    ),
    Kind(
        code="TREND_SAME_SOURCE",
        title="Trend from one source",
        severity=Severity.WARNING,
        sentences=("Every figure that {one} compares comes from {two}.",),
        why="Two figures from one teller make a story of growth that nobody else has measured.",
        fix="Find a figure from elsewhere.",
        authority="ICD 206, Sourcing Requirements (2015): where reporting has a single source, that is said.",
        look=trends_from_one_source,
    ),
    Kind(
        code="NUMBER_DRIFT",
        title="Number drift",
        severity=Severity.WARNING,
        sentences=(
            "{one} gives {value} where {two}, of the same thing, gives {other}.",
            "{one} is not the number that the text of {two} gives.",
        ),
        why="Of two numbers for one thing, at least one was changed on the way here.",
        fix="Go back to the first statement of it, and correct the others.",
        authority="UK Statistics Authority, Code of Practice for Statistics (2022): accuracy and coherence.",
        look=drifting_numbers,
    ),
    Kind(
        code="NUMBER_INCOMPLETE",
        title="Incomplete number",
        severity=Severity.NOTE,
        sentences=(
            "What {one} counts is not recorded.",
            "How {one} was counted, or who checked it, is not recorded.",
        ),
        why="How many of what, measured how, and showing exactly what: a number needs all three.",
        fix="Fill in the unit, the method, and who checked it.",
        fixes=("Fill in the unit and what was counted.", "Fill in the method, and who checked the number."),
        authority="UK Statistics Authority, Code of Practice for Statistics (2022), on definitions.",
        look=incomplete_numbers,
    ),
)
