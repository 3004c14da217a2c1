"""The engine against the definition itself: solved naively, and by SWI-Prolog's tabling."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.words import Grade, Standard
from tests.analysis.fixpoint import (
    FAULTS,
    Given,
    Rule,
    broken,
    engine,
    ground,
    judged,
    naive,
    names,
    random_given,
    spoilt,
)
from tests.analysis.maps import draw

MAPS = 2_000
FOR_PROLOG = 200


def test_the_engine_computes_the_well_founded_model_on_random_cyclic_maps() -> None:
    compared, standing, undecided = 0, 0, 0
    for seed in range(MAPS):
        given = random_given(Random(seed))

        found = engine(given)

        assert found == naive(given), seed
        compared += len(found)
        standing += sum(1 for low, _ in found.values() if low)
        undecided += sum(1 for low, high in found.values() if low < high)
    assert compared > 15_000
    assert standing > 8_000
    assert undecided > 200


@pytest.mark.parametrize("fault", FAULTS)
def test_a_definition_with_a_fault_in_it_would_be_noticed(fault: str) -> None:
    givens = [random_given(Random(seed)) for seed in range(150)]

    differing = sum(engine(given) != broken(fault)(given) for given in givens)

    assert differing > 15


def test_no_interval_is_upside_down() -> None:
    for seed in range(5_000, 5_400):
        found = engine(random_given(Random(seed)))

        assert all(low <= high for low, high in found.values()), seed


def test_a_map_without_a_circle_leaves_nothing_undecided() -> None:
    compared = 0
    for seed in range(400):
        found = engine(random_given(Random(seed), circles=False))

        assert all(low == high for low, high in found.values()), seed
        compared += sum(1 for low, _ in found.values() if low)
    assert compared > 1_000


def test_a_circle_of_objections_is_needed_to_leave_something_undecided() -> None:
    givens = [random_given(Random(seed)) for seed in range(200)]

    undecided = [given for given in givens if any(low < high for low, high in engine(given).values())]

    assert len(undecided) > 5
    for given in undecided:
        quiet = {name: {**step, "undercut_by": [], "con": False} for name, step in given["steps"].items()}
        assert all(low == high for low, high in engine({**given, "steps": quiet}).values())


def test_what_is_called_circular_holds_nothing_and_is_on_a_circle_of_support() -> None:
    circular = 0
    for seed in range(900):
        given = random_given(Random(seed))

        case, found = judged(given)

        for name in given["claims"]:
            if found.claims[case[name]].status.value == "circular":
                circle = found.circle(case[name])
                assert case[name] in circle
                assert {found.nodes[each][1] for each in circle} == {Grade.NOTHING}
                circular += 1
    assert circular > 20


def test_the_engine_agrees_with_prolog_tabling(oracle: Callable[[str], str], tmp_path: Path) -> None:
    swipl = oracle("swipl")
    givens = [random_given(Random(10_000 + seed), most=6) for seed in range(FOR_PROLOG)]

    answers = _prolog(swipl, [ground(each) for each in givens], tmp_path)

    wrong, compared = _differing(givens, answers)
    assert wrong == []
    assert compared > 5_000
    assert sum(truth == "undefined" for truth in answers.values()) > 20


def test_prolog_would_notice_objections_that_are_forgotten(
    oracle: Callable[[str], str], tmp_path: Path
) -> None:
    swipl = oracle("swipl")
    givens = [random_given(Random(10_000 + seed), most=6) for seed in range(30)]

    programs = [spoilt(ground(each), "undercutters are forgotten") for each in givens]

    assert _differing(givens, _prolog(swipl, programs, tmp_path))[0]


Answers = dict[tuple[int, str, int], str]


def _differing(givens: list[Given] | list[dict[str, object]], answers: Answers) -> tuple[list[str], int]:
    """Return where the engine says another thing than Prolog, and how many truths were compared."""
    wrong, compared = [], 0
    for at, given in enumerate(givens):
        found = engine(given)
        for name in names(given):
            low, high = found[name]
            for k in range(1, 5):
                truth = "true" if k <= low else "undefined" if k <= high else "false"
                compared += 1
                if answers.get((at, name, k), "false") != truth:
                    wrong.append(f"map {at}: {name} at {k}")
    return wrong, compared


def _prolog(swipl: str, programs: list[list[Rule]], folder: Path) -> Answers:
    lines = [":- table a/4.", ":- discontiguous a/4.", "a(_, none, none, 0) :- fail."]
    for at, rules in enumerate(programs):
        for head, needed, against in rules:
            body = [_atom(at, each) for each in needed] + [f"tnot({_atom(at, each)})" for each in against]
            lines.append(f"{_atom(at, head)} :- {', '.join(body) or 'true'}.")
    asked = sorted(
        {(at, head[1], k) for at, rules in enumerate(programs) for head, _, _ in rules for k in range(1, 5)}
    )
    lines += [f"q({at}, {name}, {k})." for at, name, k in asked]
    lines.append(
        "main :- forall(q(P, N, K), (call_delays(a(P, h, N, K), C) -> "
        "(C == true -> T = true ; T = undefined), format('~w ~w ~w ~w~n', [P, N, K, T]) ; true))."
    )
    path = folder / "program.pl"
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [swipl, "-q", "-g", "main", "-t", "halt", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = {}
    for line in done.stdout.splitlines():
        program, name, k, truth = line.split()
        found[int(program), name, int(k)] = truth
    return found


def _atom(program: int, atom: tuple[str, str, int]) -> str:
    return f"a({program}, {atom[0]}, {atom[1]}, {atom[2]})"


def test_a_case_standard_is_the_one_for_claims_that_have_none() -> None:
    steps = {"i": {"from": ["e"], "to": "c", "scheme": "record"}}

    grades = {}
    for standard in Standard:
        case = draw(leaves={"e": Grade.PROBABLE}, steps=steps, standard=standard)
        grades[standard.value] = int(verdicts(case.case).claims[case["c"]].grade)

    assert grades == {
        "scintilla": 2,
        "preponderance": 2,
        "clear and convincing": 0,
        "beyond reasonable doubt": 0,
        "dialectical validity": 2,
    }
