"""Long lists and outlines cost no more than what is seen of them, and what changed."""

from random import Random

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.ui.panels.branches import Upward
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import Row
from tests.benchmarks.generate import generate
from tests.counting import calls_in
from tests.properties.edits import random_edit
from tests.stories.conftest import OpenWindow


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


@pytest.mark.parametrize("count", [4_000, 4_900, 5_000, 5_100, 40])
def test_a_long_list_shows_other_rows_in_the_place_of_those_before(qtbot: QtBot, count: int) -> None:
    held = RowList()
    qtbot.addWidget(held)
    held.show_many(5_000, lambda at: Row(text=f"Row {at}"))
    held.choose(4_950)
    chosen: list[object] = []
    held.chosen.connect(chosen.append)

    held.show_many(count, lambda at: Row(text=f"Other {at}", value=at))

    texts = [row.text for at in range(held.held.rowCount()) if (row := held.held.row(at)) is not None]
    assert texts == [f"Other {at}" for at in range(count)]
    assert held.at == (4_950 if count > 4_950 else -1)
    assert chosen == []


def test_the_sources_are_listed_anew_only_where_one_of_them_or_an_item_changed(
    open_window: OpenWindow,
) -> None:
    window = open_window(Session.adopt(generate(60, 7)))
    editor, shown = window.editor, window.library.list.held
    claim, item = editor.case.sorted(Claim)[0], editor.case.sorted(Evidence)[0]
    before = shown.rowCount()

    gone = calls_in(lambda: editor.perform(verbs.remove, [claim.id]), "lineage")
    reworded = calls_in(lambda: editor.perform(verbs.reword, item.id, "What the item says now"), "lineage")

    assert (gone, reworded) == (0, 1)
    assert shown.rowCount() == before
    editor.perform(verbs.remove, [item.id])
    assert shown.rowCount() < before
    editor.session.discard()


def test_what_something_rests_on_is_always_what_a_fresh_look_says() -> None:
    case, random, kept = generate(80, 4), Random(4), Upward()

    kept.of(case)

    for _turn in range(60):
        ids: set[Id] = set()
        for _edit in range(random.randint(1, 3)):
            edit = random_edit(case, random)
            case = case.after(edit)
            ids.update(edit.ids)
        assert kept.of(case, ids) == Upward().of(case)


@pytest.mark.parametrize("nodes", [500, 4000])
def test_what_something_rests_on_is_not_read_whole_after_an_edit(nodes: int) -> None:
    case, kept = generate(nodes, 4), Upward()
    kept.of(case)
    case.users(case.id)
    edit = verbs.connect(case, [case.sorted(Evidence)[0].id], case.sorted(Claim)[0].id)
    after = case.after(edit)

    assert calls_in(lambda: kept.of(after, edit.ids)) < 60
    assert kept.of(after) == Upward().of(after)
