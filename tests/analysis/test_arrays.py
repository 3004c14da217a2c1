"""The arrays of all steps at once against what is said of each step by itself."""

import numpy as np
import pytest

from evidencemap.analysis.arrays import Rows, Steps, numbers, rows_of
from evidencemap.analysis.columns import what_lacks
from evidencemap.analysis.evaluation import for_and_against, passed_by
from evidencemap.analysis.graph import (
    CON,
    DERIVED,
    HAS_ROLE,
    HAS_WARRANT,
    LACKS_BACKING,
    LACKS_ROLE,
    NEEDS_WARRANT,
    Graph,
)
from evidencemap.analysis.incremental import updated
from evidencemap.analysis.intervals import EXACTLY, LO, NOTHING, never
from evidencemap.analysis.policy import policy
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind
from tests.analysis.random_maps import random_map


def _with_freed_numbers(case: Case) -> Verdicts:
    """Return verdicts of a case out of which a step was taken: its number in the graph is free."""
    step = next(each for each in case.sorted(Step) if not case.users(each.id))
    edit = Edit(label="", changes=(Change(before=step, after=None),))
    return updated(verdicts(case), edit, case.after(edit))[0]


@pytest.fixture(scope="module", params=["from nothing", "after an edit"])
def held(request: pytest.FixtureRequest) -> list[Verdicts]:
    cases = [random_map(seed) for seed in range(40)]
    return [
        verdicts(each) if request.param == "from nothing" else _with_freed_numbers(each) for each in cases
    ]


def test_what_all_steps_pass_and_lack_is_what_each_does(held: list[Verdicts]) -> None:
    compared = 0

    for each in held:
        graph, of, columns = each.graph, each.values.of, each.columns
        for at in range(len(graph.body)):
            assert columns.passing[at] == LO[passed_by(graph, of, at)]
            assert columns.lacking[at] == what_lacks(graph.flags[at], graph.body[at][2], of)
            compared += columns.lacking[at] > 0

    assert compared > 30


@pytest.mark.parametrize(("warrant", "role"), [(True, False), (False, True), (True, True), (False, False)])
def test_a_warrant_comes_first_among_what_backs_a_step_and_a_role_last(warrant: bool, role: bool) -> None:
    graph = Graph(policy=policy())
    of = [EXACTLY[3], EXACTLY[2 * warrant], EXACTLY[2 * role]]
    for name in ("premise", "warrant", "role"):
        graph.add_node(Id(name), NOTHING, never())
    flags = NEEDS_WARRANT | HAS_WARRANT | HAS_ROLE
    graph.add_step(Id("step"), 0, flags, (EXACTLY[4], (0,), (1, 2), ()))

    (lacks,) = Steps(graph, of).lacking.tolist()

    assert lacks == (0 if warrant else LACKS_BACKING) | (0 if role else LACKS_ROLE)
    assert lacks == what_lacks(flags, (1, 2), of)


def test_what_is_for_all_nodes_is_what_is_for_each(held: list[Verdicts]) -> None:
    for each in held:
        graph, of, columns = each.graph, each.values.of, each.columns
        for node in range(len(graph.ids)):
            assert columns.least_for[node] == LO[for_and_against(graph, of, graph.base, node)[0]]
            assert columns.grades[node] == LO[of[node]] == columns.arrays.grades[node]


def test_what_nodes_lean_on_is_what_their_steps_take(held: list[Verdicts]) -> None:
    compared = 0

    for each in held:
        graph, columns = each.graph, each.columns
        items = each.case.of(Evidence)
        for node, name in enumerate(graph.ids):
            leads = [at for at in graph.pro[node] if graph.step_ids[at]]
            drawn = [at for at in leads if name not in items or not graph.flags[at] & DERIVED]
            carrying = [at for at in drawn if columns.passing[at]]
            for parts, steps in (
                (columns.parts, leads),
                (columns.parts_behind, drawn),
                (columns.parts_carrying, carrying),
            ):
                expected = [part for at in steps for part in (*graph.body[at][1], *graph.body[at][2])]
                assert sorted(parts[node]) == sorted(expected)
                compared += len(expected)

    assert compared > 1000


def test_items_for_a_node_come_in_the_order_of_the_steps_and_once(held: list[Verdicts]) -> None:
    repeated = 0

    for each in held:
        graph, columns = each.graph, each.columns
        found = columns.arrays.premises_for(columns.are_items, columns.numbers_of_steps).lists()
        expected: list[list[int]] = [[] for _ in graph.ids]
        for at, _ in columns.steps:
            for premise in graph.body[at][1]:
                if graph.ids[premise] in each.case.of(Evidence) and not graph.flags[at] & CON:
                    repeated += premise in expected[graph.to[at]]
                    expected[graph.to[at]].append(premise)
        assert found == [list(dict.fromkeys(items)) for items in expected]

    assert repeated


def test_entities_of_which_something_is_true_come_by_number(held: list[Verdicts]) -> None:
    for each in held:
        graph, columns = each.graph, each.columns
        intents = columns.of_kinds(ClaimKind.INTENT, ClaimKind.METHOD)
        objecting = ~columns.arrays.pro

        claims = [claim for _, claim in columns.claims_where(intents)]
        steps = [(graph.step_ids[at], step) for at, step in columns.steps_where(objecting)]

        wanted = (ClaimKind.INTENT, ClaimKind.METHOD)
        assert claims == [claim for claim in each.case.sorted(Claim) if claim.kind in wanted]
        assert steps == [(step.id, step) for step in each.case.sorted(Step) if step.con]


def test_rows_keep_their_entries_when_some_are_taken_and_some_are_left_out() -> None:
    rows = rows_of([[4, 1], [], [2, 4, 2], [3]])

    taken = rows.take(numbers([2, 1, 0]))
    within = rows.within(np.array([True, True, True, False, False]))

    assert taken.lists() == [[2, 4, 2], [], [4, 1]]
    assert within.lists() == [[1], [], [2, 2], []]
    assert rows.each_once().lists() == [[4, 1], [], [2, 4], [3]]
    assert rows.owners().tolist() == [0, 0, 2, 2, 2, 3]
    assert rows.filled().tolist() == [True, False, True, True]


def test_a_row_shares_a_number_only_where_all_its_entries_have_it() -> None:
    rows = rows_of([[0, 2], [0, 1], [], [3], [1]])

    assert rows.shared([7, 8, 7, -1]) == [7, -1, -1, -1, 8]


def test_rows_of_nothing_are_empty() -> None:
    nothing = rows_of([])

    assert nothing.lists() == []
    assert Rows(numbers([0, 0]), numbers([])).folded(np.maximum, numbers([]), 5).tolist() == [5]
