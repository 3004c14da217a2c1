"""The checks before a brief goes out: what blocks it, what asks for a look, and how long it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evidencemap.analysis import findings as registry
from evidencemap.analysis.findings import Finding, Severity
from evidencemap.brief.basis import Basis
from evidencemap.brief.fitting import Length, length_of
from evidencemap.brief.outline import Outline
from evidencemap.brief.phrases import listed
from evidencemap.brief.press.style import PAPERS
from evidencemap.model.entities import Claim, Remark
from evidencemap.model.records import Id
from evidencemap.model.scales import Scale, scales
from evidencemap.model.upkeep import Acceptance
from evidencemap.model.words import RemarkState
from evidencemap.tongue import _, several

ASKED = (
    "UNCITED_JUDGEMENT",
    "LIKELIHOOD_CONFIDENCE_MIXED",
    "HEDGE_DROPPED",
    "QUOTE_NOT_FOUND",
    "LOADED_TERM",
)
"""The findings that a brief is checked for by name; every blocker is, whatever its code."""


class Weight(StrEnum):
    """What a check does: it blocks, it asks for a look, or it only says what will print."""

    BLOCKS = "blocks"
    ASKS = "asks"
    NOTES = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that a check found, in one sentence. `on` names entities by number.

    `reason` is that of the person who accepted it: then it blocks nothing, and the reason prints.
    """

    code: str
    weight: Weight
    sentence: str
    on: tuple[str, ...] = ()
    fix: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What the checks say of one brief: the gravest first, and its length on each paper."""

    checks: tuple[Check, ...]
    lengths: Mapping[str, Length]

    @property
    def blocked(self) -> bool:
        """Tell whether something blocks the brief."""
        return any(each.weight is Weight.BLOCKS for each in self.checks)

    def count(self, weight: Weight) -> int:
        """Return how many checks have a weight."""
        return sum(each.weight is weight for each in self.checks)


def preflight(basis: Basis, outline: Outline) -> Preflight:
    """Return what is to be known before this outline of the case goes out. Changes nothing."""
    lengths = {paper: length_of(outline, paper) for paper in PAPERS}
    checks = [
        *_of_findings(basis),
        *_stale(basis),
        *_mixed_scales(basis),
        *_unknown_terms(basis),
        *_addressed(basis),
        *_signs(lengths),
        *_remarks(basis),
    ]
    order = list(Weight)
    checks.sort(key=lambda each: order.index(each.weight))
    return Preflight(checks=tuple(checks), lengths=lengths)


def in_short(found: Preflight) -> str:
    """Return one sentence that counts what the checks found."""
    blocking, asking = found.count(Weight.BLOCKS), found.count(Weight.ASKS)
    if not blocking and not asking:
        return _("Pre-flight: nothing blocks and nothing asks for a look.")
    return _("Pre-flight: {blocking}, {asking}.").format(
        blocking=several("{count} check blocks", "{count} checks block", blocking),
        asking=several("{count} asks for a look", "{count} ask for a look", asking),
    )


def open_blockers(basis: Basis) -> list[Finding]:
    """Return the findings that block a brief: blockers that nobody accepted with a reason."""
    return [
        each
        for each in basis.findings
        if each.severity is Severity.BLOCKER and not registry.is_accepted(basis.case, each)
    ]


def _of_findings(basis: Basis) -> Iterator[Check]:
    for each in basis.findings:
        if each.severity is not Severity.BLOCKER and each.code not in ASKED:
            continue
        reason = registry.reason_given(basis.case, each) or ""
        weight = Weight.BLOCKS if each.severity is Severity.BLOCKER else Weight.ASKS
        yield Check(
            code=each.code,
            weight=Weight.NOTES if reason else weight,
            sentence=registry.sentence_of(basis.case, each),
            on=_numbers(basis, each.on),
            fix=registry.fix_of(basis.case, each),
            reason=reason,
        )


def _stale(basis: Basis) -> Iterator[Check]:
    """Find acceptances that hold for nothing any more: what they accepted has changed or gone."""
    live = {(each.code, frozenset(each.on)) for each in basis.findings}
    accepted = {
        (each.code, frozenset(each.on)) for each in basis.findings if registry.is_accepted(basis.case, each)
    }
    for held in basis.case.sorted(Acceptance):
        key = (held.code, frozenset(held.about))
        if key in accepted:
            continue
        changed = key in live
        on = _numbers(basis, held.about)
        text = (
            _("The acceptance of {code} on {what} is stale: what it accepted has changed since.")
            if changed
            else _("The acceptance of {code} on {what} has nothing left to accept.")
        )
        yield Check(
            code="STALE_ACCEPTANCE",
            weight=Weight.ASKS if changed else Weight.NOTES,
            sentence=text.format(code=held.code, what=listed(list(on))),
            on=on,
            fix=_("Read the finding again, then accept it anew or take the acceptance back."),
        )


def _mixed_scales(basis: Basis) -> Iterator[Check]:
    """Find terms that no one scale holds together, as ICD 203 D.6.e(2)(a) forbids to mix them."""
    for use in ("likelihood", "confidence"):
        said: dict[str, list[str]] = {}
        for claim in basis.case.sorted(Claim):
            term = _term(claim, use)
            if term and _scales_with(use, term):
                said.setdefault(term, []).append(claim.number)
        offered = [{scale.name for scale in _scales_with(use, term)} for term in said]
        if len(said) < 2 or set.intersection(*offered):
            continue
        named = [f"“{term}” ({listed(numbers[:3])})" for term, numbers in said.items()]
        yield Check(
            code="MIXED_SCALES",
            weight=Weight.BLOCKS,
            sentence=_("No one scale of {use} holds all the terms used: {terms}.").format(
                use=_(use), terms=listed(named[:6])
            ),
            on=tuple(number for numbers in said.values() for number in numbers),
            fix=_("Take all terms of a brief from one scale."),
        )


def _unknown_terms(basis: Basis) -> Iterator[Check]:
    for claim in basis.case.sorted(Claim):
        for use in ("likelihood", "confidence"):
            term = _term(claim, use)
            if term and not _scales_with(use, term):
                yield Check(
                    code="UNKNOWN_TERM",
                    weight=Weight.ASKS,
                    sentence=_("“{term}” on {claim} is a term of no scale of {use} that ships.").format(
                        term=term, claim=claim.number, use=_(use)
                    ),
                    on=(claim.number,),
                    fix=_("Take the term from one of the scales."),
                )


def _addressed(basis: Basis) -> Iterator[Check]:
    header = basis.case.header
    lacking = [
        _(word)
        for word, text in (("to", header.to), ("from", header.sender), ("as of", header.as_of))
        if not text.strip()
    ]
    if lacking:
        yield Check(
            code="HEAD_INCOMPLETE",
            weight=Weight.NOTES,
            sentence=_("The head of the brief leaves out: {fields}.").format(fields=listed(lacking)),
            fix=_("Fill them in the case header."),
        )


def _signs(lengths: Mapping[str, Length]) -> Iterator[Check]:
    unknown = sorted({sign for length in lengths.values() for sign in length.unknown})
    if unknown:
        yield Check(
            code="UNKNOWN_SIGN",
            weight=Weight.ASKS,
            sentence=several(
                "No font that ships has {signs}: it prints as its number.",
                "No font that ships has {signs}: they print as their numbers.",
                len(unknown),
                signs=listed(unknown[:6]) if len(unknown) < 7 else ", ".join([*unknown[:6], "…"]),
            ),
        )


def _remarks(basis: Basis) -> Iterator[Check]:
    for remark in basis.case.sorted(Remark):
        if remark.state is RemarkState.OPEN:
            yield Check(
                code="OPEN_REMARK",
                weight=Weight.NOTES,
                sentence=_("{number}, a {kind} on {what}, is open: it prints as dissent.").format(
                    number=remark.number, kind=_(remark.kind.value), what=basis.case.number(remark.about)
                ),
                on=(remark.number,),
            )


def _term(claim: Claim, use: str) -> str:
    return (claim.likelihood if use == "likelihood" else claim.confidence).strip().casefold()


def _scales_with(use: str, term: str) -> list[Scale]:
    return [
        scale
        for scale in scales().values()
        if scale.use == use and any(each.term.casefold() == term for each in scale.terms)
    ]


def _numbers(basis: Basis, ids: tuple[Id, ...]) -> tuple[str, ...]:
    return tuple(basis.case.number(each) for each in ids if each in basis.case)
