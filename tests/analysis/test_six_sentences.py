"""The six sentences that a person can check by hand, on random cyclic maps, each with its fault."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencemap.analysis.judged import ClaimStatus
from evidencemap.analysis.policy import STANDARD_PAIRS
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Entity, Evidence, Source, Step
from evidencemap.model.records import listed_id
from evidencemap.model.words import Grade, Standard
from tests.analysis.fixpoint import Given, Solver, broken, engine, judged, random_given
from tests.analysis.random_maps import random_map

MAPS = st.randoms(use_true_random=False).map(random_given)
EXAMPLES = 150

Check = Callable[[Given, Solver], None]


def changed(given: Given, **parts: Any) -> dict[str, Any]:
    """Return a map with some of its parts replaced."""
    return {**given, **parts}


def with_steps(given: Given, more: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a map with more steps, or with steps of the same name replaced."""
    plain = {"scheme": "definition", "con": False, "undercut_by": [], "ceiling": None}
    return changed(
        given, steps={**given["steps"], **{name: {**plain, **each} for name, each in more.items()}}
    )


def with_claims(given: Given, more: dict[str, Standard]) -> dict[str, Any]:
    """Return a map with more claims, after those that it has."""
    return changed(given, claims={**given["claims"], **more})


def nothing_comes_from_nothing(given: Given, solve: Solver) -> None:
    emptied = changed(given, leaves=dict.fromkeys(given["leaves"], Grade.NOTHING))

    found = solve(emptied)

    for name in behind_nothing(emptied):
        assert found[name] == (0, 0), name


def behind_nothing(given: Given) -> set[str]:
    """Return the nodes that no steps for them lead to from anything with a grade of its own."""
    reached = {name for name, grade in given["leaves"].items() if grade} | set(given["assumptions"])
    while True:
        more = {
            each["to"] for each in given["steps"].values() if not each["con"] and reached & {*each["from"]}
        }
        if more <= reached:
            return {*given["leaves"], *given["claims"]} - reached
        reached |= more


def a_chain_is_as_strong_as_its_weakest_link(given: Given, solve: Solver) -> None:
    found = solve(given)

    own = {**given["leaves"], **dict.fromkeys(given["assumptions"], 2)}
    for name, interval in found.items():
        steps = [each for each in given["steps"].values() if each["to"] == name and not each["con"]]
        for end in (0, 1):
            chains = [weakest_link(each, found, end) for each in steps]
            assert interval[end] <= max(own.get(name, 0), *chains, 0), name


def weakest_link(step: dict[str, Any], found: dict[str, tuple[int, int]], end: int) -> int:
    """Return the most that a step can pass: the least of its ceiling, its premises and its warrant."""
    links = [found[each][end] for each in step["from"]]
    if step["warrant"]:
        links.append(max(1, found[step["warrant"]][end]))
    elif step["scheme"] in ("sign", "mechanism"):
        links.append(1)
    if step["scheme"] == "mechanism":
        links.append(1)
    return min([*links, step["ceiling"] or 4])


def saying_it_again_does_not_make_it_surer(given: Given, solve: Solver) -> None:
    twice = {f"{name}again": dict(each) for name, each in given["steps"].items()}
    parrot = {"parrot": {"from": ["e0"], "to": "echo"}}
    echoed = {
        f"{name}echoed": {**each, "from": ["echo" if one == "e0" else one for one in each["from"]]}
        for name, each in given["steps"].items()
        if "e0" in each["from"]
    }

    found = solve(with_steps(with_claims(given, {"echo": Standard.SCINTILLA}), {**twice, **parrot, **echoed}))

    for name, interval in solve(given).items():
        assert found[name] == interval, name


def a_circle_does_not_hold_itself_up(given: Given, solve: Solver) -> None:
    ring = {"cx": Standard.SCINTILLA, "cy": Standard.SCINTILLA, "cz": Standard.PREPONDERANCE}
    steps = {"rx": {"from": ["cx"], "to": "cy"}, "ry": {"from": ["cy"], "to": "cz"}}
    steps["rz"] = {"from": ["cz"], "to": "cx"}
    for at, name in enumerate(given["claims"]):
        steps[f"leaning{at}"] = {"from": ["cx"], "to": name}

    found = solve(with_steps(with_claims(given, ring), steps))

    assert [found[each] for each in ring] == [(0, 0)] * 3
    for name, interval in solve(given).items():
        assert found[name] == interval, name


def an_objection_counts_as_far_as_it_is_supported(given: Given, solve: Solver) -> None:
    found = solve(given)

    kept: dict[str, dict[str, Any]] = {}
    for name, each in given["steps"].items():
        idle = all(found[one] == (0, 0) for one in each["undercut_by"])
        if not each["con"] or all(found[one][1] for one in each["from"]):
            kept[name] = {**each, "undercut_by": [] if idle else each["undercut_by"]}
    heeded = solve(changed(given, steps=kept))
    assert heeded == found

    rivals = {"cp": Standard.PREPONDERANCE, "cq": Standard.PREPONDERANCE}
    steps: dict[str, dict[str, Any]] = {}
    for one, other in (("cp", "cq"), ("cq", "cp")):
        steps[f"for{one}"] = {"from": ["e0"], "to": one}
        steps[f"against{one}"] = {"from": [other], "to": one, "con": True}
    tied = changed(given, leaves={**given["leaves"], "e0": Grade.STRONG})
    tied["steps"] = {name: each for name, each in tied["steps"].items() if each["to"] != "e0"}
    told = solve(with_steps(with_claims(tied, rivals), steps))
    assert told["cp"] == told["cq"] == (0, 3)


def if_the_objection_falls_the_claim_stands_again(given: Given, solve: Solver) -> None:
    without = {name: {**each, "undercut_by": []} for name, each in given["steps"].items() if not each["con"]}
    answered = with_claims(given, {"cn": Standard.SCINTILLA})
    answered["leaves"] = {**given["leaves"], "rebuttal": Grade.SUGGESTIVE}
    steps: dict[str, dict[str, Any]] = {"because": {"from": ["rebuttal"], "to": "cn"}}
    for name, each in given["steps"].items():
        if each["con"]:
            steps[name] = {**each, "undercut_by": ["cn"]}
        elif each["undercut_by"]:
            (objection,) = each["undercut_by"]
            voiced = f"cu{name}"
            answered["claims"][voiced] = Standard.SCINTILLA
            steps[f"voice{name}"] = {"from": [objection], "to": voiced, "undercut_by": ["cn"]}
            steps[name] = {**each, "undercut_by": [voiced]}

    found = solve(with_steps(answered, steps))

    for name, interval in solve(changed(given, steps=without)).items():
        assert found[name] == interval, name


SENTENCES: list[tuple[Check, str]] = [
    (nothing_comes_from_nothing, "something comes from nothing"),
    (a_chain_is_as_strong_as_its_weakest_link, "chains take the first link"),
    (saying_it_again_does_not_make_it_surer, "copies add up"),
    (a_circle_does_not_hold_itself_up, "circles hold"),
    (an_objection_counts_as_far_as_it_is_supported, "ties stand"),
    (if_the_objection_falls_the_claim_stands_again, "every objection counts"),
]


@pytest.mark.parametrize("check", [check for check, _ in SENTENCES], ids=lambda check: check.__name__)
def test_a_person_can_check_each_sentence_by_hand(check: Check) -> None:
    @settings(max_examples=EXAMPLES)
    @given(MAPS)
    def on_any_map(drawn: dict[str, Any]) -> None:
        check(drawn, engine)

    on_any_map()


@pytest.mark.parametrize(("check", "fault"), SENTENCES, ids=lambda each: getattr(each, "__name__", None))
def test_each_sentence_would_notice_a_definition_that_breaks_it(check: Check, fault: str) -> None:
    spoilt, noticed = broken(fault), 0
    for seed in range(40):
        try:
            check(random_given(Random(seed)), spoilt)
        except AssertionError:
            noticed += 1

    assert noticed > 5


def test_a_tie_is_told_as_a_tie() -> None:
    told = 0
    for seed in range(400):
        drawn = random_given(Random(seed))

        case, found = judged(drawn)

        for name, standard in drawn["claims"].items():
            verdict = found.claims[case[name]]
            tied = verdict.pro == verdict.con >= 1 and verdict.grade == verdict.upto
            if tied and STANDARD_PAIRS[standard] != STANDARD_PAIRS[Standard.SCINTILLA]:
                assert not verdict.holds, seed
                assert verdict.status is not ClaimStatus.REFUTED, seed
                enough = any(verdict.pro >= least for least, _ in STANDARD_PAIRS[standard])
                assert (verdict.status is ClaimStatus.CONTESTED) == enough, seed
                told += 1
    assert told > 30


def test_a_report_that_copies_another_changes_no_verdict() -> None:
    compared = 0
    for seed in range(60):
        case = random_map(seed)
        copied = case.sorted(Evidence)[0]

        louder = verdicts(_with_a_copy(case, copied))

        for claim, before in verdicts(case).claims.items():
            assert louder.claims[claim] == before, seed
            compared += 1
    assert compared > 400


def test_a_report_that_copies_nothing_would_be_noticed() -> None:
    differing = 0
    for seed in range(60):
        case = random_map(seed)
        copied = case.sorted(Evidence)[-1]

        found = verdicts(_with_a_copy(case, copied, copies=False))

        held = verdicts(case).claims
        differing += any(found.claims[claim] != held[claim] for claim in held)
    assert differing > 3


def _with_a_copy(case: Case, item: Evidence, *, copies: bool = True) -> Case:
    """Return a case in which another report says what an item says, wherever the item is a premise."""
    echo = listed_id(case.id, "E99")
    surest = min(case.of(Source).values(), key=lambda each: each.reliability)
    copied, sources = ((item.id,), ()) if copies else ((), (surest.id,))
    said = replace(item, id=echo, number="E99", credibility=1, copied_from=copied, sources=sources)
    more: list[Entity] = [said]
    for at, step in enumerate(case.sorted(Step)):
        if item.id in step.premises:
            grounds = tuple(echo if each == item.id else each for each in step.premises)
            more.append(
                replace(step, id=listed_id(case.id, f"P{90 + at}"), number=f"P{90 + at}", premises=grounds)
            )
    return case_of([*case.entities.values(), *more])
