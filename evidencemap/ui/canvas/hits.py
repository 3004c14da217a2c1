"""What lies under the pointer: a card, a step, the edge from which a link is drawn."""

from collections.abc import Mapping
from itertools import pairwise

from evidencemap.layout.collapse import leads_to
from evidencemap.layout.paths import Point, samples
from evidencemap.model.entities import Claim, Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.cards import badge_box
from evidencemap.ui.canvas.scene import Scene

NEAR = 7.0
"""How near to a line the pointer must be, in pixels."""

BADGE = 34.0
"""How far below its card a badge may reach, in points."""

HANDLE = 8.0
"""The radius, in pixels, of the handle at the right edge of a card from which a link is drawn."""


def node_at(scene: Scene, x: float, y: float) -> Id | None:
    """Return the node whose card a point of the map lies on; the one painted last where two overlap."""
    found = scene.nodes_in(x, y, x, y)
    return scene.ids[int(found[-1])] if len(found) else None


def step_at(scene: Scene, x: float, y: float, zoom: float) -> Id | None:
    """Return the step whose line or label a point of the map lies on."""
    reach = NEAR / zoom
    best: tuple[float, Id] | None = None
    steps = scene.case_needed().of(Step)
    for owner in scene.lines_in(x - reach, y - reach, x + reach, y + reach):
        if owner not in steps:
            continue
        route = scene.route(owner)
        if route is None:
            continue
        if route.label is not None and route.label.box.holds((x, y)):
            return owner
        distance = min(_distance(curve, (x, y)) for curve in (*route.branches, route.trunk))
        if distance <= reach and (best is None or distance < best[0]):
            best = (distance, owner)
    return best[1] if best is not None else None


def item_at(scene: Scene, x: float, y: float, zoom: float) -> Id | None:
    """Return the node under a point of the map, else the step; None on the ground."""
    node = node_at(scene, x, y)
    return node if node is not None else step_at(scene, x, y, zoom)


def handle_at(scene: Scene, x: float, y: float, zoom: float) -> Id | None:
    """Return the node whose link handle a point of the map lies on."""
    reach = HANDLE / zoom
    for at in scene.nodes_in(x - reach, y - reach, x + reach, y + reach)[::-1]:
        _left, top, right, bottom = scene.boxes[at].tolist()
        if abs(x - right) <= reach and abs(y - (top + bottom) / 2) <= reach:
            return scene.ids[int(at)]
    return None


def fold_at(scene: Scene, collapsed: Mapping[Id, int], x: float, y: float, zoom: float) -> Id | None:
    """Return the claim whose fold a point of the map lies on: its badge, or the handle at its left edge."""
    reach = HANDLE / zoom
    for at in scene.nodes_in(x - reach, y - BADGE, x + reach, y + BADGE)[::-1]:
        node = scene.ids[int(at)]
        left, top, _right, bottom = scene.boxes[at].tolist()
        if node in collapsed:
            badge = badge_box(scene.card(node), collapsed[node], zoom)
            if badge.contains(x - left, y - top):
                return node
        on_edge = abs(x - left) <= reach and abs(y - (top + bottom) / 2) <= reach
        if on_edge and (node in collapsed or can_fold(scene, node)):
            return node
    return None


def can_fold(scene: Scene, node: Id) -> bool:
    """Say whether a node is a claim that something leads to, so that it can be collapsed."""
    case = scene.case_needed()
    return node in case.of(Claim) and bool(leads_to(case, node))


def _distance(curve: tuple[Point, ...], at: Point) -> float:
    x, y = at
    line = samples(curve, 12)
    best = float("inf")
    for (ax, ay), (bx, by) in pairwise(line):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
        best = min(best, (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2)
    return float(best**0.5)
