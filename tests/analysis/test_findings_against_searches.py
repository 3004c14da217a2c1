"""What findings read off the whole map at once, against the slow searches for one claim at a time."""

from collections.abc import Iterator

import pytest

from evidencemap.analysis.findings import KINDS
from evidencemap.analysis.findings.behind import FEW
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.origins import origins
from evidencemap.analysis.settle import settle
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.resources import resource
from tests.analysis.random_maps import random_map
from tests.benchmarks.generate import generate

SEEDS = range(40)


def wanting(case: Case) -> set[Id]:
    """Return the claims that steps lead to and that nothing listed would settle, searched one by one."""
    judged = verdicts(case)
    reading = Reading(case, judged, "")
    failing = [each.id for node, each in reading.columns.claims if reading.led_to[node]]
    failing = [each for each in failing if not judged.grade(each)]
    grades = (Grade.SUGGESTIVE,)
    return {
        each for each in failing if not settle(case, each, grades=grades, known=judged).sets[Grade.SUGGESTIVE]
    }


def unasked(case: Case) -> set[Id]:
    """Return the claims that the finding is on."""
    return {each.on for each in KINDS["UNASKED"].seen(Reading(case, verdicts(case), ""))}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_claim_is_never_called_beyond_all_requests_where_a_set_would_settle_it(seed: int) -> None:
    small, larger = random_map(seed), generate(60, seed, extras=True)

    assert unasked(small) == wanting(small)
    assert unasked(larger) <= wanting(larger)


def test_the_search_is_made_to_its_end_for_the_founding_case() -> None:
    letter = read_listing(resource("cases", "letter.yaml"))

    assert unasked(letter) == wanting(letter) != set()


def differing(case: Case, few: int) -> Iterator[str]:
    """Yield the claims whose few origins differ from all that the origins say is behind them."""
    judged = verdicts(case)
    reading, known = Reading(case, judged, ""), origins(case, judged)
    for claim in case.sorted(Claim):
        behind = reading.behind[judged.graph.node_of[claim.id]]
        sources = set(known.behind(claim.id))
        if behind is None:
            unsourced = len(case.of(Evidence))
            if len(sources) + unsourced <= few:
                yield claim.number
        elif behind & set(case.of(Source)) != sources or len(behind) > few:
            yield claim.number


@pytest.mark.parametrize("seed", SEEDS)
def test_the_few_origins_behind_a_claim_are_those_that_the_search_finds(seed: int) -> None:
    for case in (random_map(seed), generate(60, seed)):
        assert list(differing(case, FEW)) == []


def test_a_wrong_count_of_origins_is_noticed() -> None:
    faults = [each for seed in SEEDS for each in differing(random_map(seed), 0)]

    assert faults != []
