"""What kinds of findings see of all steps at once, against their definitions read step by step."""

from collections.abc import Callable, Iterator

import pytest

from evidencemap.analysis.findings import KINDS, Finding, Severity, findings
from evidencemap.analysis.findings.inference import PATTERNS
from evidencemap.analysis.findings.questions import FOUND_OTHERWISE
from evidencemap.analysis.graph import VANTAGE
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.model.scales import answered, schemes
from evidencemap.model.words import ClaimKind, EvidenceKind
from tests.analysis.random_maps import random_map
from tests.benchmarks.generate import generate

Seen = tuple[Id, tuple[Id, ...]]
"""What a finding is on, and what it names."""


@pytest.fixture(scope="module")
def held() -> list[Verdicts]:
    cases = [*(generate(700, seed) for seed in (1, 2, 3)), *(random_map(seed) for seed in range(40))]
    return [verdicts(each) for each in cases]


def _borrowing(held: Verdicts) -> Iterator[Seen]:
    for step in held.case.sorted(Step):
        verdict = held.steps[step.id]
        if verdict.lender is not None:
            yield step.id, (step.conclusion, verdict.lender)


def _from_unquoted(held: Verdicts) -> Iterator[Seen]:
    items = held.case.of(Evidence)
    for step in held.case.sorted(Step):
        bare = tuple(each for each in step.premises if each in items and not items[each].quote.strip())
        if step.scheme == "record" and bare:
            yield step.id, bare


def _from_patterns(held: Verdicts) -> Iterator[Seen]:
    claims, items = held.case.of(Claim), held.case.of(Evidence)

    def tells_a_pattern(node: Id) -> bool:
        if node in claims:
            return claims[node].kind in PATTERNS
        return items[node].kind is not EvidenceKind.TESTIMONIAL

    for step in held.case.sorted(Step):
        of_purpose = claims[step.conclusion].kind in (ClaimKind.INTENT, ClaimKind.PURPOSE)
        if of_purpose and not step.con and all(map(tells_a_pattern, step.premises)):
            yield step.id, (step.conclusion, *step.premises)


def _not_all_met(held: Verdicts) -> Iterator[Seen]:
    seen: dict[Id, tuple[Id, ...]] = {}
    for step in held.case.sorted(Step):
        failing = tuple(each for each in step.premises if not held.grade(each))
        some = 0 < len(failing) < len(step.premises)
        if step.scheme == "definition" and not step.con and some:
            seen.setdefault(step.conclusion, failing)
    for claim in held.case.sorted(Claim):
        if claim.id in seen:
            yield claim.id, seen[claim.id]


def _orphans(held: Verdicts) -> Iterator[Seen]:
    led_to = {step.conclusion for step in held.case.of(Step).values() if not step.con}
    for claim in held.case.sorted(Claim):
        if claim.id not in led_to and claim.kind is not ClaimKind.ASSUMPTION:
            yield claim.id, ()


def _outside_their_position(held: Verdicts) -> Iterator[Seen]:
    first: dict[Id, Id] = {}
    for step in held.case.sorted(Step):
        if held.graph.flags[held.graph.step_of[step.id]] & VANTAGE and not step.con:
            first.setdefault(step.conclusion, step.id)
    for claim in held.case.sorted(Claim):
        if claim.id in first:
            yield claim.id, (first[claim.id],)


HOW_OFTEN = {
    "BORROWED_CERTAINTY": (_borrowing, None, 100),
    "UNQUOTED_RECORD": (_from_unquoted, None, 100),
    "INTENT_FROM_PATTERN": (_from_patterns, None, 50),
    "CONJUNCTION_UNMET": (_not_all_met, None, 40),
    "ORPHAN_CLAIM": (_orphans, None, 20),
    "VANTAGE_LIMIT": (_outside_their_position, 1, 5),
}
"""By kind: its definition, the one form that it is of, and how many are to be found at the least."""


@pytest.mark.parametrize("code", HOW_OFTEN)
def test_a_kind_sees_what_its_definition_says_and_nothing_else(held: list[Verdicts], code: str) -> None:
    defined, form, least = HOW_OFTEN[code]
    compared = 0

    for each in held:
        told = findings(each.case, each)
        of_kind = [finding for finding in told if finding.code == code and form in (None, finding.form)]
        expected = list(_but_those_told_otherwise(defined, each, code, told))
        assert [(*finding.on, finding.names) for finding in of_kind] == expected
        compared += len(expected)

    assert compared >= least


def _but_those_told_otherwise(
    defined: Callable[[Verdicts], Iterator[Seen]], held: Verdicts, code: str, told: list[Finding]
) -> Iterator[Seen]:
    """Yield what is defined, but for claims of which this kind tells something else: its first form."""
    others = {finding.on[0] for finding in told if finding.code == code and not finding.form}
    for on, names in defined(held):
        if code != "VANTAGE_LIMIT" or on not in others:
            yield on, names


def test_an_open_question_is_as_grave_as_its_gravest(held: list[Verdicts]) -> None:
    graver = 0

    for each in held:
        for finding in findings(each.case, each):
            if finding.code != "OPEN_QUESTION":
                continue
            step = each.case.of(Step)[finding.on[0]]
            left = [
                question
                for question in schemes()[step.scheme].questions
                if (step.scheme, question.id) not in FOUND_OTHERWISE and question.id not in answered(step)
            ]
            grave = any(question.severity == "warning" for question in left)
            assert finding.severity is (Severity.WARNING if grave else Severity.NOTE)
            graver += finding.severity is not KINDS["OPEN_QUESTION"].severity

    assert graver > 100
