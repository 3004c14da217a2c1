"""Travel by the keyboard: the nearest item in a direction, and along a step."""

import numpy as np
from PySide6.QtCore import Qt

from evidencemap.layout.paths import Point
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.scene import Scene

ARROWS: dict[int, Point] = {
    Qt.Key.Key_Left.value: (-1.0, 0.0),
    Qt.Key.Key_Right.value: (1.0, 0.0),
    Qt.Key.Key_Up.value: (0.0, -1.0),
    Qt.Key.Key_Down.value: (0.0, 1.0),
}
"""The direction in which each arrow key travels."""


def next_item(scene: Scene, current: Id | None, direction: Point, *, along: bool = False) -> Id | None:
    """Return where an arrow leads from an item; None where nothing lies that way.

    `along` goes along a step: right to the step that leaves a node and from it to its conclusion, left
    the other way, up and down among the steps or premises that stand beside each other.
    """
    if not scene.index:
        return None
    if current is None:
        return first_item(scene)
    if along:
        return _along(scene, current, direction)
    at = _middle(scene, current)
    return first_item(scene) if at is None else _nearest(scene, current, at, direction)


def first_item(scene: Scene) -> Id:
    """Return the node from which travel starts: the one nearest to the top left."""
    sums = scene.boxes[:, 0] + scene.boxes[:, 1]
    return scene.ids[int(sums.argmin())]


def _nearest(scene: Scene, current: Id, at: Point, direction: Point) -> Id | None:
    places = np.fromiter(scene.index.values(), dtype=np.intp, count=len(scene.index))
    boxes = scene.boxes[places]
    centers = (boxes[:, :2] + boxes[:, 2:]) / 2
    dx, dy = centers[:, 0] - at[0], centers[:, 1] - at[1]
    ahead = dx * direction[0] + dy * direction[1]
    aside = abs(dx * direction[1]) + abs(dy * direction[0])
    cost = ahead + 2.2 * aside
    cost[(ahead < 4.0) | (aside > 2.5 * ahead + 60.0)] = float("inf")
    if current in scene.index:
        cost[places == scene.index[current]] = float("inf")
    best = int(cost.argmin())
    return scene.ids[places[best]] if cost[best] != float("inf") else None


def _along(scene: Scene, current: Id, direction: Point) -> Id | None:
    case = scene.case_needed()
    step = case.of(Step).get(current)
    if step is not None:
        if direction[0] > 0:
            return step.conclusion
        if direction[0] < 0:
            return step.premises[0]
        beside = _steps(scene, step.conclusion, into=True)
    elif direction[0]:
        found = _steps(scene, current, into=direction[0] < 0)
        return found[0] if found else None
    else:
        shared = _steps(scene, current, into=False)
        beside = list(case.of(Step)[shared[0]].premises) if shared else []
    if current not in beside:
        return None
    place = beside.index(current) + (1 if direction[1] > 0 else -1)
    return beside[place] if 0 <= place < len(beside) else None


def _steps(scene: Scene, node: Id, *, into: bool) -> list[Id]:
    case = scene.case_needed()
    steps = [case.of(Step)[user] for user in case.users(node) if user in case.of(Step)]
    found = [step.id for step in steps if (node == step.conclusion if into else node in step.premises)]
    return sorted(found, key=lambda step: (_middle(scene, step) or (0.0, 0.0))[1])


def _middle(scene: Scene, item: Id) -> Point | None:
    box = scene.box(item)
    if box is not None:
        return box.center
    if item in scene.ends.index and item in scene.case_needed().of(Step):
        route = scene.route(item)
        return None if route is None else route.handle
    return None
