"""What is in sight is found, whatever was moved and however many there are."""

import numpy as np
import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.ui.canvas.finder import Finder
from evidencemap.ui.canvas.rooms import NOWHERE
from evidencemap.ui.canvas.scene import Scene
from tests.benchmarks.generate import generate
from tests.counting import calls_in


def meeting(boxes: np.ndarray, part: tuple[float, float, float, float]) -> list[int]:
    left, top, right, bottom = part
    return [
        at
        for at, (a, b, c, d) in enumerate(boxes.tolist())
        if a <= right and c >= left and b <= bottom and d >= top
    ]


@pytest.mark.parametrize("count", [0, 3, 200, 3000])
def test_the_boxes_that_meet_a_rectangle_are_found_and_no_others(count: int) -> None:
    random = np.random.default_rng(count)
    corners = random.uniform(0, 9000, (count, 2))
    boxes = np.asfortranarray(np.column_stack((corners, corners + random.exponential(400, (count, 2)))))
    finder = Finder(boxes)

    for turn in range(30):
        x, y = random.uniform(-500, 9000, 2).tolist()
        part = (x, y, x + 40.0 * turn, y + 30.0 * turn)
        if count and turn % 3 == 0:
            place = int(random.integers(count))
            boxes[place] = (x, y, x + 10, y + 10)
            finder.moved(np.array([place]))

        assert finder.meeting(*part).tolist() == meeting(boxes, part)


def test_the_boxes_that_meet_a_rectangle_are_found_while_boxes_come_and_go() -> None:
    random = np.random.default_rng(7)
    corners = random.uniform(0, 9000, (1500, 2))
    boxes = np.asfortranarray(np.column_stack((corners, corners + random.exponential(400, (1500, 2)))))
    finder = Finder(boxes)

    for turn in range(60):
        boxes[random.random(len(boxes)) < 0.005] = NOWHERE
        corners = random.uniform(0, 9000, (int(random.integers(0, 9)), 2))
        new = np.column_stack((corners, corners + random.exponential(400, (len(corners), 2))))
        boxes = np.asfortranarray(np.concatenate((boxes, new)))
        finder.grow(boxes)
        place = int(random.integers(len(boxes)))
        x, y = random.uniform(-500, 9000, 2).tolist()
        boxes[place] = (x, y, x + 10, y + 10)
        finder.moved(np.array([place]))
        part = (x, y, x + 20.0 * turn, y + 15.0 * turn)

        assert finder.meeting(*part).tolist() == meeting(boxes, part)


def test_a_box_that_comes_leaves_the_groups_of_the_others_alone() -> None:
    boxes = np.asfortranarray(np.random.default_rng(3).uniform(0, 9000, (4000, 4)))
    finder, more = Finder(boxes[:3999]), boxes

    assert calls_in(lambda: finder.grow(more), "lexsort") == 0


def test_every_single_line_in_a_rectangle_is_found() -> None:
    case = generate(700)
    scene = Scene()
    scene.show(case, verdicts(case))
    ends = scene.ends.rows
    boxes = np.column_stack(
        (
            np.minimum(ends[:, 0], ends[:, 2]),
            np.minimum(ends[:, 1], ends[:, 3]),
            np.maximum(ends[:, 0], ends[:, 2]),
            np.maximum(ends[:, 1], ends[:, 3]),
        )
    )
    left, top, right, bottom = scene.extent()

    for share in (0.05, 0.3, 1.0):
        part = (left, top, left + (right - left) * share, top + (bottom - top) * share)
        assert scene.ends.rows_in(*part).tolist() == meeting(boxes, part)
