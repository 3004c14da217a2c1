"""How much is done for a whole map, in calls: what several answers read is made once, and little for each."""

import pytest

from evidencemap.analysis.findings import findings
from evidencemap.analysis.graph import NO_WARRANT, warrant_of
from evidencemap.analysis.load import loads
from evidencemap.analysis.origins import origins
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from tests.benchmarks.generate import generate
from tests.counting import calls_in

NODES = 6_000


@pytest.fixture(scope="module")
def case() -> Case:
    return generate(NODES, 5)


@pytest.mark.parametrize("column", ["ordered", "_passed", "leaning", "numbers_of_steps"])
def test_a_list_that_several_answers_read_is_made_once(case: Case, column: str) -> None:
    held = verdicts(case)

    def everything() -> None:
        known = origins(case, held)
        known.of(next(iter(case.of(Claim))))
        loads(held).gaps()
        findings(case, held, known=known)

    assert calls_in(everything, column) == 1
    assert calls_in(everything, column) == 0


def test_the_findings_of_a_large_case_take_few_calls_for_each_node(case: Case) -> None:
    findings(case, verdicts(case))  # so that what a case itself keeps is there, whatever ran before
    held = verdicts(case)
    known = origins(case, held)
    known.bottlenecks(next(iter(case.of(Claim))))

    calls = calls_in(lambda: findings(case, held, known=known))

    assert NODES < calls < 26 * NODES


def test_the_loads_of_all_gaps_are_counted_in_one_pass(case: Case) -> None:
    held = verdicts(case)
    gaps = loads(held).gaps()

    told = calls_in(lambda: loads(held).gaps(), "_tell")

    assert 100 < told <= len({gap.load for gap in gaps}) <= len(gaps)


def test_of_a_case_with_one_gap_granted_only_its_step_is_compiled_apart(case: Case) -> None:
    before = verdicts(case)
    at = next(at for at, flags in enumerate(before.graph.flags) if flags & NO_WARRANT)
    step = before.graph.step_ids[at]

    apart = calls_in(lambda: verdicts(case, granted=[warrant_of(step)]), "step")

    assert apart == 1
    assert before.lacks(at)
    assert not verdicts(case, granted=[warrant_of(step)]).lacks(at)
