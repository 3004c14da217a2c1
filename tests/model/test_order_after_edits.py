"""The order by visible number is taken over from the case before an edit, and is always the true one."""

from random import Random

import pytest

from evidencemap.model.case import Case
from evidencemap.model.kinds import KINDS, number_key
from tests.benchmarks.generate import generate
from tests.counting import calls_in
from tests.properties.edits import random_edit


def disorder(case: Case) -> list[str]:
    """Return the kinds that are not in the order of their numbers."""
    return [
        kind.__name__
        for kind in KINDS
        if case.sorted(kind) != sorted(case.of(kind).values(), key=lambda each: number_key(each.number))
    ]


@pytest.mark.parametrize("seed", range(6))
def test_each_kind_is_in_the_order_of_its_numbers_after_any_edits(seed: int) -> None:
    case, random = generate(60, seed), Random(seed)
    for _edit in range(60):
        case = case.after(random_edit(case, random))
        if random.random() < 0.6:  # the order of some cases in between is never asked for
            assert disorder(case) == []


def test_only_what_changed_is_put_in_order_anew() -> None:
    case, random = generate(400, 3), Random(3)
    first = calls_in(lambda: [case.sorted(kind) for kind in KINDS], "number_key")
    later = 0

    for _edit in range(5):
        edited = case = case.after(random_edit(case, random))
        later += calls_in(lambda edited=edited: [edited.sorted(kind) for kind in KINDS], "number_key")  # type: ignore[misc]

    assert later < 100 < 800 < first
