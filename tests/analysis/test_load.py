"""What rests on what, against reachability by networkx, and the order of the gaps."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import networkx

from evidencemap.analysis.load import Gap, Lack, Loads, loads
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade
from tests.analysis.maps import draw
from tests.analysis.random_maps import random_map
from tests.benchmarks.generate import generate
from tests.numbered import id_of


def cases() -> Iterator[Case]:
    """Yield random cases with asks and circles, and a larger one."""
    for seed in range(60):
        case = random_map(seed, steps=14)
        yield case_of(
            replace(each, kind=ClaimKind.ASK, stake=1 + int(each.number[1:]) % 5)
            if isinstance(each, Claim) and int(each.number[1:]) % 3 == 0
            else each
            for each in case.entities.values()
        )
    yield generate(600, 3, extras=True)


def reachable(case: Case, *, warrants: bool = True) -> dict[Id, set[Id]]:
    """Return, for everything, the claims to which steps for them lead from it."""
    graph: networkx.DiGraph[Id] = networkx.DiGraph()
    for item in case.of(Evidence).values():
        graph.add_edges_from((each, item.id) for each in (*item.sources, *item.copied_from))
    for step in case.of(Step).values():
        if not step.con:
            parts = (*step.premises, step.warrant) if warrants and step.warrant else step.premises
            graph.add_edges_from((each, step.id) for each in parts)
            graph.add_edge(step.id, step.conclusion)
    for request in case.of(Request).values():
        graph.add_edges_from((request.id, each) for each in request.settles)
    graph.add_nodes_from(case.entities)
    return {
        each: {found for found in networkx.descendants(graph, each) if found in case.of(Claim)}
        for each in case.entities
    }


def differing(read: Callable[[Case], dict[Id, set[Id]]]) -> tuple[int, int]:
    """Return on how many things the loads differ from what is reachable, and how many were compared."""
    wrong, compared = 0, 0
    for case in cases():
        found, expected = loads(verdicts(case), at_once=100), read(case)
        for kind in (Source, Evidence, Claim, Request, Step):
            for each in case.of(kind):
                over = expected[each] - {each}
                asks = [one for one in over if case.of(Claim)[one].kind is ClaimKind.ASK]
                load = found.of(each)
                stake = max((case.of(Claim)[one].stake or 1 for one in asks), default=0)
                wrong += (load.claims, load.asks, load.stake) != (len(over), len(asks), stake)
                wrong += set(found.resting(each)) != over
                compared += 1
    return wrong, compared


def test_what_rests_on_everything_is_what_steps_for_it_lead_to() -> None:
    wrong, compared = differing(reachable)

    assert wrong == 0
    assert compared > 3_000


def test_warrants_that_are_passed_over_would_be_noticed() -> None:
    wrong, _ = differing(lambda case: reachable(case, warrants=False))

    assert wrong > 100


def gaps_by_name(case: Case, found: Loads) -> list[tuple[str, Lack, int]]:
    return [(case.number(gap.at), gap.lack, gap.load.claims) for gap in found.gaps()]


def test_the_gaps_of_the_founding_case_come_with_the_heaviest_ask_first(letter: Case) -> None:
    found = loads(verdicts(letter))

    assert gaps_by_name(letter, found) == [
        ("P7", Lack.BACKING, 5),
        ("P8", Lack.BACKING, 3),
        ("P10", Lack.WARRANT, 2),
        ("P12", Lack.BACKING, 2),
        ("P11", Lack.ROLE, 1),
    ]


def test_a_gap_that_is_filled_is_listed_no_more_and_its_step_keeps_its_load(letter: Case) -> None:
    step = id_of(letter, "P10")
    filled = letter.of(Step)[step]
    case = case_of(
        replace(filled, warrant=id_of(letter, "E9")) if each.id == step else each
        for each in letter.entities.values()
    )

    found = loads(verdicts(case))

    assert "P10" not in {case.number(gap.at) for gap in found.gaps()}
    assert found.of(step).claims == loads(verdicts(letter)).of(step).claims


def in_order(gaps: list[Gap]) -> bool:
    weights = [(gap.load.stake, gap.load.asks, gap.load.claims) for gap in gaps]
    return weights == sorted(weights, reverse=True)


def test_gaps_are_listed_by_what_rests_on_them_and_none_that_carries_nothing() -> None:
    listed: list[Gap] = []
    for case in cases():
        found = loads(verdicts(case)).gaps()
        assert in_order(found)
        assert all(gap.load.claims for gap in found)
        listed += found

    assert {gap.lack for gap in listed} == {Lack.WARRANT, Lack.ROLE, Lack.BACKING, Lack.SUPPORT}
    assert not in_order(list(reversed(loads(verdicts(generate(600, 3))).gaps())))


def test_nothing_rests_on_a_step_that_speaks_against() -> None:
    for case in cases():
        found = loads(verdicts(case))
        for step in case.of(Step).values():
            if step.con:
                assert found.of(step.id).claims == 0
                assert found.resting(step.id) == ()


def test_the_load_of_a_gap_is_that_of_the_claim_or_step_where_it_is() -> None:
    higher = 0

    for seed in (1, 2, 3):
        found = loads(verdicts(generate(800, seed)))
        for gap in found.gaps():
            assert gap.load == found.of(gap.at)
            higher += gap.load.asks == 1 and gap.load.stake > 1

    assert higher > 10


def test_a_gap_on_the_step_to_an_ask_bears_its_stake_if_that_is_the_highest() -> None:
    asks = {"a": {"kind": ClaimKind.ASK, "stake": 4}, "b": {"kind": ClaimKind.ASK, "stake": 2}}
    steps = {
        "p": {"from": ["e"], "to": "a", "scheme": "sign"},
        "q": {"from": ["a"], "to": "b", "scheme": "sign"},
    }
    drawn = draw(leaves={"e": Grade.STRONG}, claims=asks, steps=steps)

    gaps = {gap.at: gap.load for gap in loads(verdicts(drawn.case)).gaps()}

    assert gaps[drawn["p"]][1:] == (2, 2, 4)
    assert gaps[drawn["q"]][1:] == (1, 1, 2)
