"""Origins, bottlenecks, independence and cut sets, against brute force and against other programs."""

from collections.abc import Callable
from itertools import combinations

import networkx
import pytest
from pysat.examples.hitman import Hitman

from evidencemap.analysis.cuts import Lost, cuts
from evidencemap.analysis.lineage import origins as item_origins
from evidencemap.analysis.origins import Origins, origins, origins_behind
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source, Step
from evidencemap.model.records import Id
from tests.analysis.random_maps import random_map
from tests.numbered import id_of


def numbers(case: Case, ids: tuple[Id, ...]) -> list[str]:
    return [case.number(each) for each in ids]


def asked(case: Case) -> Origins:
    return origins(case, verdicts(case))


def minimal_by_brute_force(case: Case, claim: Id, leaves: list[Id], largest: int) -> set[frozenset[Id]]:
    found: set[frozenset[Id]] = set()
    for size in range(1, largest + 1):
        for chosen in map(frozenset, combinations(leaves, size)):
            if any(each <= chosen for each in found):
                continue
            if not verdicts(case, withdrawn=chosen).grade(claim):
                found.add(chosen)
    return {each for each in found if not any(_falls(case, claim, part) for part in _parts(each))}


def _parts(chosen: frozenset[Id]) -> list[frozenset[Id]]:
    return [frozenset(part) for size in range(1, len(chosen)) for part in combinations(sorted(chosen), size)]


def _falls(case: Case, claim: Id, chosen: frozenset[Id]) -> bool:
    return not verdicts(case, withdrawn=chosen).grade(claim)


def test_four_reports_of_one_letter_have_one_origin(letter: Case) -> None:
    found = asked(letter)

    items = [found.of(id_of(letter, f"E{at}")) for at in (1, 2, 3, 4, 5)]

    assert {tuple(numbers(letter, each)) for each in items} == {("S1",)}
    assert numbers(letter, found.of(id_of(letter, "C1"))) == ["S1"]
    assert numbers(letter, found.bottlenecks(id_of(letter, "C1"))) == ["S1"]
    assert found.independence(id_of(letter, "C1")) == 1


def test_a_claim_that_does_not_stand_has_no_bottleneck_and_no_independence(letter: Case) -> None:
    found = asked(letter)

    attribution = id_of(letter, "C2")

    assert found.bottlenecks(attribution) == ()
    assert found.independence(attribution) == 0


def carried_from(case: Case, held: Verdicts, claim: Id) -> set[Id]:
    """Return the origins of the items that steps which carry lead from, at any remove, to a claim."""
    graph: networkx.DiGraph[Id] = networkx.DiGraph()
    graph.add_node(claim)
    for step in case.of(Step).values():
        if held.steps[step.id].grade and not step.con:
            parts = step.premises if step.warrant is None else (*step.premises, step.warrant)
            graph.add_edges_from((part, step.conclusion) for part in parts)
    behind = networkx.ancestors(graph, claim)
    return {
        origin
        for item in case.of(Evidence)
        if item in behind and held.grade(item)
        for origin in item_origins(case, item)
    }


def origins_agree(read: Callable[[Origins, Case, Id], set[Id]]) -> int:
    compared = 0
    for seed in range(120):
        case = random_map(seed)
        held = verdicts(case)
        found = origins(case, held)
        for claim in case.of(Claim):
            assert read(found, case, claim) == carried_from(case, held, claim), (seed, case.number(claim))
            compared += 1
    return compared


def test_the_origins_of_a_claim_are_those_of_the_evidence_that_carries_it() -> None:
    assert origins_agree(all_origins) > 700


def test_the_check_of_origins_would_notice_bottlenecks_taken_for_them() -> None:
    with pytest.raises(AssertionError):
        origins_agree(bottlenecks)


@pytest.mark.parametrize("lost", list(Lost))
def test_cut_sets_are_those_that_brute_force_finds(lost: Lost) -> None:
    compared = 0
    for seed in range(60):
        case = random_map(seed)
        held = verdicts(case)
        leaves = sorted(case.of(Source if lost is Lost.SOURCES else Evidence))
        for claim in case.sorted(Claim):
            if not held.grade(claim.id):
                continue
            expected = minimal_by_brute_force(case, claim.id, leaves, 3)

            found = cuts(held, claim.id, lost, largest=3)

            assert {frozenset(each) for each in found.sets} == expected, (seed, claim.number)
            compared += 1
    assert compared > 100


def test_independence_is_the_size_of_the_smallest_cut_of_sources() -> None:
    seen: set[int] = set()
    for seed in range(100, 160):
        case = random_map(seed)
        held = verdicts(case)
        found = origins(case, held)
        for claim in case.sorted(Claim):
            expected = 0
            if held.grade(claim.id):
                sets = minimal_by_brute_force(case, claim.id, sorted(case.of(Source)), 2)
                expected = min((len(each) for each in sets), default=3)
            assert found.independence(claim.id) == expected, (seed, claim.number)
            seen.add(expected)
    assert seen == {0, 1, 2, 3}


def without_objections(case: Case) -> Case:
    from dataclasses import replace

    from evidencemap.model.case import case_of

    kept = [each for each in case.entities.values() if not (isinstance(each, Step) and each.con)]
    return case_of(replace(each, undercut_by=()) if isinstance(each, Step) else each for each in kept)


def all_origins(found: Origins, case: Case, claim: Id) -> set[Id]:
    return set(found.of(claim))


def bottlenecks(found: Origins, case: Case, claim: Id) -> set[Id]:
    return set(found.bottlenecks(claim))


def bottlenecks_agree(read: Callable[[Origins, Case, Id], set[Id]]) -> int:
    compared = 0
    for seed in range(200, 260):
        case = without_objections(random_map(seed))
        held = verdicts(case)
        found = origins(case, held)
        for claim in case.sorted(Claim):
            if held.grade(claim.id):
                alone = {each for each in case.of(Source) if _falls(case, claim.id, frozenset({each}))}
                assert read(found, case, claim.id) == alone, (seed, claim.number)
                compared += 1
    return compared


def test_bottlenecks_are_the_sources_whose_loss_alone_defeats_the_claim() -> None:
    compared = bottlenecks_agree(bottlenecks)

    assert compared > 100


def test_the_check_of_bottlenecks_would_notice_all_origins_taken_for_them() -> None:
    with pytest.raises(AssertionError):
        bottlenecks_agree(all_origins)


def only_alternatives(seed: int) -> Case:
    from dataclasses import replace

    from evidencemap.model.case import case_of
    from evidencemap.model.words import ClaimKind, Reliability

    kept = []
    for each in without_objections(random_map(seed, steps=14)).entities.values():
        if isinstance(each, Step):
            each = replace(each, premises=each.premises[:1], scheme="definition", warrant=None)
        elif isinstance(each, Evidence):
            each = replace(each, credibility=1, copied_from=())
        elif isinstance(each, Source):
            each = replace(each, reliability=Reliability.A)
        elif isinstance(each, Claim):
            each = replace(each, kind=ClaimKind.EXISTENCE)
        kept.append(each)
    return case_of(kept)


def test_bottlenecks_are_dominators_where_there_are_only_alternatives() -> None:
    compared = 0
    for seed in range(300, 360):
        case = only_alternatives(seed)
        held = verdicts(case)
        found = origins(case, held)
        graph = _flow(case, held)
        dominators = networkx.immediate_dominators(graph, "root")
        for claim in case.sorted(Claim):
            if held.grade(claim.id):
                expected: set[Id] = set()
                at = claim.id
                while at != "root":
                    if at in case.of(Source):
                        expected.add(at)
                    at = dominators[at]
                assert set(found.bottlenecks(claim.id)) == expected, (seed, claim.number)
                compared += 1
    assert compared > 100


def _flow(case: Case, held: Verdicts) -> "networkx.DiGraph[str]":
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for source in case.of(Source):
        graph.add_edge("root", source)
    for item in case.of(Evidence).values():
        for source in item.sources:
            graph.add_edge(source, item.id)
    for step in case.of(Step).values():
        if held.grade(step.premises[0]) >= 2:
            graph.add_edge(step.premises[0], step.conclusion)
    return graph


def test_cut_sets_are_the_hitting_sets_of_the_ways_to_a_claim() -> None:
    compared = 0
    for seed in range(400, 430):
        case = without_objections(random_map(seed))
        held = verdicts(case)
        leaves = sorted(case.of(Source))
        for claim in case.sorted(Claim):
            ways = _ways(case, claim.id, leaves)
            if not held.grade(claim.id) or not ways or frozenset() in ways:
                continue
            with Hitman(bootstrap_with=[sorted(each) for each in ways], htype="sorted") as hitman:
                expected = {frozenset(each) for each in hitman.enumerate()}

            found = cuts(held, claim.id, largest=len(leaves))

            assert found.complete
            assert {frozenset(each) for each in found.sets} == expected, (seed, claim.number)
            compared += 1
    assert compared > 30


def _ways(case: Case, claim: Id, leaves: list[Id]) -> list[frozenset[Id]]:
    """Return the smallest sets of sources that are enough for a claim, all others being lost."""
    found: list[frozenset[Id]] = []
    for size in range(len(leaves) + 1):
        for chosen in map(frozenset, combinations(leaves, size)):
            if not any(each <= chosen for each in found):
                lost = frozenset(leaves) - chosen
                if verdicts(case, withdrawn=lost).grade(claim):
                    found.append(chosen)
    return found


def test_a_search_that_is_cut_short_says_that_these_are_not_all() -> None:
    case = without_objections(random_map(405))
    held = verdicts(case)
    claim = next(each for each in case.sorted(Claim) if len(cuts(held, each.id, Lost.EVIDENCE).sets) > 1)

    short = cuts(held, claim.id, Lost.EVIDENCE, trials=2)

    assert not short.complete
    assert len(short.sets) < len(cuts(held, claim.id, Lost.EVIDENCE).sets)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_behind_one_node_is_what_the_whole_case_says(seed: int) -> None:
    case = random_map(seed)
    held = verdicts(case, withdrawn=[each.id for each in case.sorted(Evidence)[:1]])
    known = origins(case, held)

    nodes = [*case.of(Evidence), *case.of(Claim)]

    assert {each: origins_behind(held, each) for each in nodes} == {
        each: known.behind(each) for each in nodes
    }


def test_a_drawn_step_to_an_item_brings_its_origins_and_a_copy_brings_only_its_own() -> None:
    case = read_listing("""
evidencemap: 1
title: An item that a drawn step leads to, and a copy of it
sources: {S1: {name: one}, S2: {name: two}, S3: {name: three}}
evidence:
  E1: {text: the report, from: [S1]}
  E2: {text: a copy of it, from: [S2], copied_from: [E1]}
  E3: {text: what bears it out, from: [S3]}
steps: {P1: {from: [E3], to: E1, scheme: record}}
""")
    held = verdicts(case)
    known = origins(case, held)

    behind = {each: numbers(case, origins_behind(held, id_of(case, each))) for each in ("E1", "E2")}

    assert behind == {"E1": ["S1", "S3"], "E2": ["S1"]}
    assert behind == {each: numbers(case, known.behind(id_of(case, each))) for each in ("E1", "E2")}
