"""What is in sight is found, whatever was moved and however many there are."""

import numpy as np
import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.ui.canvas.finder import Finder
from evidencemap.ui.canvas.scene import Scene
from tests.benchmarks.generate import generate


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
            finder.moved(place)

        assert finder.meeting(*part).tolist() == meeting(boxes, part)


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
