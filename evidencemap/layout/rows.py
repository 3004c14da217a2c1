"""Cards in plain rows, kind by kind: what a map falls back on where its layout was cancelled."""

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.paths import Point
from evidencemap.model.case import Case
from evidencemap.model.records import Id

GAP = 24.0
ASPECT = 1.4
"""How wide the whole is for its height."""


def in_rows(case: Case) -> dict[Id, Point]:
    """Return a place for every node, in the order in which nodes are listed; no two overlap."""
    nodes = nodes_of(case)
    size = sizes(nodes)
    area = sum((width + GAP) * (height + GAP) for width, height in size.values())
    room = (ASPECT * area) ** 0.5
    found: dict[Id, Point] = {}
    x = y = tall = 0.0
    kind: type | None = None
    for node in nodes:
        width, height = size[node.id]
        if x and (x + width > room or type(node) is not kind):
            x, y, tall = 0.0, y + tall + GAP, 0.0
        found[node.id] = (x, y)
        x, tall, kind = x + width + GAP, max(tall, height), type(node)
    return found
