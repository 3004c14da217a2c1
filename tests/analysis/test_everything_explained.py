"""Whatever a case holds, every claim, step, item and request is explained in at most three sentences."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings

from evidencemap.analysis.sentences import explain
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case, case_of, everything
from evidencemap.model.entities import Claim, Evidence, Header, Request, Step
from tests.exchange.random_cases import cases

SPOKEN_AGAINST = """
evidencemap: 1
title: A source that something speaks against
sources: {S1: {name: one, reliability: B}}
evidence: {E1: {text: it says so, from: [S1], credibility: 2, undercut_by: {S1: [C2]}}}
claims: {C1: {text: so it is}, C2: {text: the source was elsewhere}}
steps: {P1: {from: [E1], to: C1, scheme: record}}
"""


def explained(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the sentences on each thing that has a verdict, by visible number."""
    found = verdicts(case)
    kinds = (Claim, Step, Evidence, Request)
    things: list[Any] = [each for each in everything(case) if isinstance(each, kinds)]
    return {each.number: tuple(explain(case, found, each.id).sentences) for each in things}


def test_an_item_whose_source_something_speaks_against_is_the_end_of_a_path() -> None:
    case = read_listing(SPOKEN_AGAINST)

    told = explained(case)

    assert told["C1"] == (
        "Claim C1 is supported, strong: step P1 from E1 to C1 carries it.",
        "The weakest link is evidence E1: the rating of source S1 holds it at strong.",
    )
    assert told["E1"] == ("The weakest link is evidence E1: the rating of source S1 holds it at strong.",)


@given(case=cases(most=4))
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_every_verdict_of_any_case_is_explained(case: Case) -> None:
    plain = [
        replace(each, profile="standard") if isinstance(each, Header) else each for each in everything(case)
    ]

    for sentences in explained(case_of(plain, case.highest)).values():
        assert 1 <= len(sentences) <= 3
        assert all(each.strip() for each in sentences)
