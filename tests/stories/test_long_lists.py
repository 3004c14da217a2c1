"""Long lists and outlines cost no more than what is seen of them, and what changed."""

from random import Random

from pytestqt.qtbot import QtBot

from evidencemap.model.entities import Step
from evidencemap.ui.panels.branches import Upward
from evidencemap.ui.rows import Row, RowList
from tests.benchmarks.generate import generate
from tests.counting import calls_in
from tests.properties.edits import random_edit


def calls_to_show(qtbot: QtBot, count: int) -> int:
    """Return how many functions of ours and of the library run when a list of so many rows is shown."""
    held = RowList()
    qtbot.addWidget(held)
    held.resize(640, 200)

    def show() -> None:
        held.show_many(count, lambda at: Row(text=f"Row {at}"))
        held.show()
        held.viewport().grab()

    calls = calls_in(show)
    assert held.held.rowCount() == count
    return calls


def test_a_long_list_is_shown_with_no_more_work_than_a_short_one(qtbot: QtBot) -> None:
    short, long = calls_to_show(qtbot, 50), calls_to_show(qtbot, 50_000)

    assert 0 < long <= short * 1.2


def test_what_something_rests_on_is_always_what_a_fresh_look_says() -> None:
    case, random, kept = generate(80, 4), Random(4), Upward()

    for _edit in range(80):
        case = case.after(random_edit(case, random))
        assert kept.of(case) == Upward().of(case)


def test_the_steps_are_not_read_again_for_an_edit_that_changes_none() -> None:
    case, random, kept = generate(80, 4), Random(4), Upward()
    changing = read = 0

    for edit in (None, *range(40)):
        if edit is not None:
            made = random_edit(case, random)
            changing += any(isinstance(change.entity, Step) for change in made.changes)
            case = case.after(made)
        read += calls_in(lambda case=case: kept.of(case), "_by_steps")  # type: ignore[misc]

    assert read == 1 + changing < 40
