"""The generated cases have the mix that is promised, and every benchmark can be asked for its rows."""

from importlib import import_module
from pathlib import Path

import pytest

from evidencemap.model import rules
from evidencemap.model.case import Case, case_of, everything
from evidencemap.model.entities import Claim, Evidence, Source, Step
from tests.benchmarks.generate import GLOBAL_LINKS, STEPS_A_NODE, generate
from tests.benchmarks.timing import cpu_seconds

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*_speed.py"))


def mix(case: Case) -> tuple[float, float, float, float]:
    """Return the shares of sources, evidence and claims among the nodes, and the steps a node."""
    counts = [len(case.of(Source)), len(case.of(Evidence)), len(case.of(Claim))]
    nodes = sum(counts)
    sources, items, claims = (round(each / nodes, 2) for each in counts)
    return sources, items, claims, round(len(case.of(Step)) / nodes, 2)


def test_a_generated_case_has_the_mix_that_is_promised() -> None:
    case = generate(1_000, 5)

    rules.check(case)

    assert mix(case) == (0.1, 0.3, 0.6, STEPS_A_NODE)
    assert GLOBAL_LINKS == 0.15
    assert any(step.warrant for step in case.of(Step).values())
    assert any(step.undercut_by for step in case.of(Step).values())


def test_another_mix_would_be_noticed() -> None:
    case = generate(1_000, 5)

    poorer = case_of(each for each in everything(case) if not isinstance(each, Source))

    assert mix(poorer) != mix(case)


def test_the_same_seed_gives_the_same_case_and_another_seed_another() -> None:
    first, again, other = generate(80, 1, extras=True), generate(80, 1, extras=True), generate(80, 2)

    assert first.entities == again.entities
    assert first.entities != other.entities


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_can_be_asked_for_its_rows(name: str) -> None:
    assert callable(import_module(f"tests.benchmarks.{name}").rows)


def test_a_job_that_works_takes_time() -> None:
    assert cpu_seconds(lambda: sum(range(200_000)), 3) > cpu_seconds(lambda: None, 3)
