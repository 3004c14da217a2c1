"""What settles a claim, and what a request is worth, against trying every set of what is listed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from evidencemap.analysis.settle import GRADES, candidates, settle, worth
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Entity, Request, Step
from evidencemap.model.records import Id, listed_id
from evidencemap.model.words import Grade, RequestState
from tests.analysis.random_maps import random_map
from tests.numbered import id_of

SEEDS = range(120)
MOST = 7
"""More candidates than this are not tried, set by set."""


def with_requests(seed: int) -> Case:
    """Return a small random case with requests, alone and joint, missing warrants and empty roles."""
    random = Random(seed)
    case = random_map(seed, steps=9)
    claims, steps = case.sorted(Claim), case.sorted(Step)
    made: list[Entity] = [each for each in case.entities.values() if not isinstance(each, Step)]
    for step in steps:
        chance = random.random()
        if chance < 0.2:
            step = replace(step, scheme="sign", warrant=None)
        elif chance < 0.3:
            step = replace(step, scheme="magnitude", warrant=None)
        made.append(step)
    for at in range(random.randint(1, 4)):
        settled: Iterable[Entity] = random.sample([*claims, *steps], random.choice((1, 1, 2)))
        made.append(
            Request(
                id=listed_id(case.id, f"R{at + 1}"),
                number=f"R{at + 1}",
                text=f"request {at}",
                settles=tuple(each.id for each in settled),
                hope=random.choice((Grade.PROBABLE, Grade.STRONG, Grade.ESTABLISHED)),
                state=random.choice((*list(RequestState)[:3], RequestState.NOT_ASKED)),
                all_of=random.choice(("", "", "both")),
            )
        )
    return case_of(made)


def tried(case: Case) -> dict[frozenset[Id], dict[Id, Grade]]:
    """Return what every claim has under every set of what is listed, each worked out from scratch."""
    listed = candidates(case)
    sets = (chosen for size in range(len(listed) + 1) for chosen in combinations(listed, size))
    found = {}
    for chosen in map(frozenset, sets):
        held = verdicts(case, granted=chosen)
        found[chosen] = {claim: held.grade(claim) for claim in case.of(Claim)}
    return found


def smallest(outcomes: dict[frozenset[Id], dict[Id, Grade]], claim: Id, grade: Grade) -> set[frozenset[Id]]:
    """Return the sets that lift a claim to a grade and of which no part does."""
    enough = [chosen for chosen, grades in outcomes.items() if grades[claim] >= grade]
    return {each for each in enough if not any(other < each for other in enough)}


def differing(
    outcomes_of: Callable[[Case], dict[frozenset[Id], dict[Id, Grade]]],
) -> tuple[list[str], int, int]:
    """Return where the sets are others than brute force finds, how many were compared, and how many joint."""
    wrong, compared, joint = [], 0, 0
    for seed in SEEDS:
        case = with_requests(seed)
        if len(candidates(case)) > MOST:
            continue
        outcomes, held = outcomes_of(case), verdicts(case)
        for claim in case.sorted(Claim):
            answer = settle(case, claim.id, known=held)
            assert answer.complete
            for grade in GRADES:
                found = {frozenset(each) for each in answer.ids[grade]}
                if found != smallest(outcomes, claim.id, grade):
                    wrong.append(f"{seed}: {claim.number} to {grade.word}")
                compared += 1
                joint += any(len(each) > 1 for each in found)
    return wrong, compared, joint


def test_the_smallest_sets_are_those_that_brute_force_finds() -> None:
    wrong, compared, joint = differing(tried)

    assert wrong == []
    assert compared > 1_500
    assert joint > 30


def test_requests_taken_at_more_than_their_hope_would_be_noticed() -> None:
    def hopeful(case: Case) -> dict[frozenset[Id], dict[Id, Grade]]:
        return tried(
            case_of(
                replace(each, hope=Grade.ESTABLISHED) if isinstance(each, Request) else each
                for each in case.entities.values()
            )
        )

    assert len(differing(hopeful)[0]) > 10


def test_what_a_request_is_worth_is_what_granting_it_alone_changes() -> None:
    compared = 0
    for seed in SEEDS:
        case = with_requests(seed)
        before = verdicts(case)
        for each in worth(case):
            after = verdicts(case, granted=[each.of])
            expected = {
                (claim, before.grade(claim), after.grade(claim))
                for claim in case.of(Claim)
                if before.grade(claim) != after.grade(claim)
            }
            assert set(each.lifts) == expected, (seed, each.of)
            compared += len(expected)
    assert compared > 50


def test_a_search_that_is_capped_says_at_least_these() -> None:
    capped = 0
    for seed in SEEDS:
        case = with_requests(seed)
        for claim in case.sorted(Claim):
            whole = settle(case, claim.id)
            short = settle(case, claim.id, most=3)
            if not short.complete:
                capped += 1
                for grade in GRADES:
                    assert set(short.ids[grade]) <= set(whole.ids[grade])
    assert capped > 10


@pytest.mark.parametrize("grade", GRADES)
def test_nothing_is_enough_where_the_grade_is_there_and_no_set_where_none_would_do(grade: Grade) -> None:
    there, nowhere = 0, 0
    for seed in SEEDS:
        case = with_requests(seed)
        held = verdicts(case)
        for claim in case.sorted(Claim):
            sets = settle(case, claim.id, known=held, grades=(grade,)).ids[grade]
            if held.grade(claim.id) >= grade:
                assert sets == ((),)
                there += 1
            nowhere += not sets
    assert there > 5
    assert nowhere > 20


def with_objections(*, standing: bool) -> Case:
    """Return a claim that needs sixteen requests at once, and an objection that two more would raise."""
    parts = "\n".join(f"  C{at}: {{text: part {at}, kind: existence}}" for at in range(1, 17))
    asked = "\n".join(
        f"  R{at}: {{text: r{at}, settles: [C{at}], hope: strong}}" for at in range(1, 16 + standing)
    )
    premises = ", ".join(f"C{at}" for at in range(1, 17))
    return read_listing(f"""
evidencemap: 1
title: Objections
claims:
{parts}
  C50: {{text: all of them, kind: existence}}
  C51: {{text: an objection, kind: existence}}
requests:
{asked}
  R50: {{text: r50, settles: [C51], hope: strong}}
  R51: {{text: r51, settles: [C51], hope: strong}}
steps:
  P1: {{from: [{premises}], to: C50, scheme: definition, undercut_by: [C51]}}
""")


def test_objections_do_not_make_the_search_give_up_on_a_large_set() -> None:
    case = with_objections(standing=True)

    answer = settle(case, id_of(case, "C50"))

    assert answer.complete
    assert answer.sets[Grade.PROBABLE] == (tuple(f"R{at}" for at in range(1, 17)),)
    assert answer.nothing_would(Grade.ESTABLISHED) and not answer.nothing_would(Grade.STRONG)


def test_that_nothing_would_do_is_found_at_once_where_even_without_objections_it_would_not() -> None:
    case = with_objections(standing=False)

    answer = settle(case, id_of(case, "C50"), most=9)

    assert answer.complete
    assert all(answer.nothing_would(grade) for grade in GRADES)


def test_a_search_that_was_cut_short_never_says_that_nothing_would_do() -> None:
    case = with_objections(standing=True)

    answer = settle(case, id_of(case, "C50"), most=3)

    assert answer.capped and not answer.complete
    assert not answer.ids[Grade.PROBABLE]
    assert not answer.nothing_would(Grade.PROBABLE)
