"""After any edit the map holds what the case holds, and what nobody touched lies where it lay."""

from copy import copy
from random import Random

import numpy as np
import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.layout.direction import Direction
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit, inverse
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.ends import Ends
from evidencemap.ui.canvas.scene import Scene
from tests.benchmarks.generate import generate
from tests.numbered import id_of
from tests.properties.edits import random_edit

Lines = set[tuple[Id, Id, Id]]

EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
"""A rectangle round any map."""


def lines_of(scene: Scene) -> Lines:
    ends = scene.ends
    return {
        (owner, scene.ids[ends.tails[row]], scene.ids[ends.heads[row]])
        for owner, at in ends.index.items()
        for row in ends.rows_of(np.array([at])).tolist()
    }


def shown(case: Case) -> Scene:
    scene = Scene()
    scene.show(case, verdicts(case))
    return scene


def some_edit(case: Case, random: Random) -> Edit:
    node = random.choice(case.sorted(Claim)).id
    if random.random() < 0.15:
        return verbs.place(case, {node: (random.uniform(0, 900), random.uniform(0, 900))})
    if random.random() < 0.1:
        return verbs.reword(case, node, "Other words, of another length altogether, so that the card grows")
    return random_edit(case, random)


def sides(scene: Scene) -> dict[Id, tuple[float, float]]:
    boxes = {node: scene.box(node) for node in scene.index}
    return {node: (round(box.width, 3), round(box.height, 3)) for node, box in boxes.items() if box}


def where_lines_run(ends: Ends) -> dict[Id, tuple[list[float], list[list[float]]]]:
    """Return the box of the lines of each owner, and from where to where each of them runs."""
    return {
        owner: (ends.boxes[at].tolist(), ends.rows[ends.rows_of(np.array([at]))].tolist())
        for owner, at in ends.index.items()
    }


def placed_anew(scene: Scene) -> Ends:
    """Return the lines of a map with all of them placed where its nodes lie."""
    ends = copy(scene.ends)
    ends.place(scene.boxes)
    return ends


@pytest.mark.parametrize(("nodes", "turns", "seed"), [*((60, 25, seed) for seed in range(6)), (300, 120, 6)])
def test_a_map_kept_through_edits_holds_what_one_made_anew_holds(nodes: int, turns: int, seed: int) -> None:
    random, case = Random(seed), generate(nodes, seed=seed, extras=True)
    scene = shown(case)
    done: list[Edit] = []

    for _turn in range(turns):
        undoing = bool(done) and random.random() < 0.2
        edit = inverse(done.pop()) if undoing else some_edit(case, random)
        case = case.after(edit)
        if not undoing:
            done.append(edit)
        scene.refresh(case, verdicts(case), {*edit.ids, *case.of(Claim), *case.of(Evidence), *case.of(Step)})

        anew = shown(case)
        assert set(scene.index) == set(anew.index)
        assert lines_of(scene) == lines_of(anew)
        assert set(scene.lines_in(*EVERYWHERE)) == set(anew.lines_in(*EVERYWHERE))
        assert {scene.ids[at] for at in scene.nodes_in(*EVERYWHERE).tolist()} == set(anew.index)
        assert scene.extent()[2] < EVERYWHERE[2]
        assert {node: scene.look(node) for node in scene.index} == {
            node: anew.look(node) for node in anew.index
        }
        assert sides(scene) == sides(anew)
        assert where_lines_run(scene.ends) == where_lines_run(placed_anew(scene))


def test_an_added_claim_moves_nothing_in_a_case_that_nobody_placed(letter: Case) -> None:
    scene = shown(letter)
    before = scene.places()

    edit = verbs.add(letter, Claim, text="Somebody else used the same proxies")
    after = letter.after(edit)
    scene.refresh(after, verdicts(after), edit.ids)

    now = scene.places()
    assert {node: now[node] for node in before} == before
    assert len(now) == len(before) + 1


def test_undoing_a_tidy_puts_everything_back_where_it_was_seen(letter: Case) -> None:
    scene = shown(letter)
    before = scene.places()
    edit = verbs.place(letter, {node: (x + 500, y * 2) for node, (x, y) in before.items()}, pinned=False)
    tidied = letter.after(edit)
    scene.refresh(tidied, verdicts(tidied), edit.ids)
    moved = scene.places()

    scene.refresh(letter, verdicts(letter), inverse(edit).ids)

    assert moved != before
    assert scene.places() == before


def test_what_is_added_to_a_map_that_runs_upwards_lies_above_what_it_rests_on(letter: Case) -> None:
    scene = Scene(Direction.UP)
    scene.show(letter, verdicts(letter))
    ground = id_of(letter, "C4")
    edit = verbs.add(letter, Claim, text="So it was done by nobody else")
    with_claim = letter.after(edit)
    new = next(each for each in edit.ids if each in with_claim.of(Claim))
    both = with_claim.after(verbs.connect(with_claim, [ground], new))

    scene.refresh(both, verdicts(both), {*edit.ids, *both.entities.keys() - with_claim.entities.keys()})

    assert scene.place(new)[1] < scene.place(ground)[1]
