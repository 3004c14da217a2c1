"""A layout of a whole case, from sources to conclusions, what a person pinned left alone.

Our own layered engine for every size, chosen by measurement. Graphviz dot gives no fewer crossings on
cases of this shape, makes a ribbon of a large one (50:1 at 1,000 nodes), and needs a helper process whose
start alone takes longer than a hundred nodes here. Large cases are folded into blocks (see `folding`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.direction import Direction
from evidencemap.layout.folding import folded
from evidencemap.layout.picture import (
    UP_LABEL_GAP,
    Graph,
    Point,
    Size,
    extent,
    hung,
    one_picture,
    put_with_hanging,
)
from evidencemap.layout.places import around
from evidencemap.layout.relations import WEIGHTS, ArcKind, arcs, hosts, may_lack_backing
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id

PART_GAP = 28.0
"""The gap between parts of a case that nothing joins."""

READ = 0.25
"""The share of the work in which the case is read, before anything is laid out."""

SMALL = 120
"""Up to so many nodes the whole case is one layered picture; above, it is folded."""


def tidy(
    case: Case,
    *,
    keep: Mapping[Id, Point] | None = None,
    direction: Direction = Direction.RIGHT,
    progress: Callable[[float], None] | None = None,
) -> dict[Id, Point]:
    """Return where every node lies after a tidy. What `keep` names stays exactly where it is.

    `progress` hears now and then how far it is, from 0 to 1; what it raises ends the tidy.
    """
    hear = progress or (lambda share: None)
    hear(0.0)
    upright = graph_of(case, direction)
    hear(READ)
    graph = upright if direction is Direction.RIGHT else _turned(upright)
    found = layered(graph) if len(graph.ids) <= SMALL else {}
    if len(graph.ids) > SMALL or not _fits_a_page(found, graph):
        found = folded(graph, direction, lambda share: hear(READ + (1.0 - READ) * share))
    if direction is Direction.UP:
        found = _upright(found, upright)
    if keep:
        kept = {node: at for node, at in keep.items() if node in upright.cards}
        found = around(found, upright.cards, kept)
    return found


def _turned(graph: Graph) -> Graph:
    """Return a graph as it is where everything runs to the right: what hangs at a node is part of it."""
    size = [(height, width) for width, height in graph.size]
    cards = dict(zip(graph.ids, size, strict=True))
    return replace(graph, size=size, hanging={}, cards=cards, label_gap=UP_LABEL_GAP)


def _upright(found: Mapping[Id, Point], graph: Graph) -> dict[Id, Point]:
    size = dict(zip(graph.ids, graph.size, strict=True))
    made: dict[Id, Point] = {}
    for node, (x, y) in found.items():
        put_with_hanging(graph, node, (y, -x - size[node][1]), made)
    top = min((y for _, y in made.values()), default=0.0)
    return {node: (x, y - top) for node, (x, y) in made.items()}


def graph_of(case: Case, direction: Direction = Direction.RIGHT) -> Graph:
    """Return the case as the layout sees it."""
    nodes = nodes_of(case)
    cards = sizes(nodes)
    hanging: dict[Id, list[Id]] = {}
    held = {quantity: host for quantity, host in hosts(case).items() if host in cards}
    for quantity, host in held.items():
        hanging.setdefault(host, []).append(quantity)
    ids = [node.id for node in nodes if node.id not in held]
    index = {node: at for at, node in enumerate(ids)}
    beside = direction is Direction.UP
    size = [_with_hanging(cards, node, hanging.get(node, []), beside=beside) for node in ids]
    edges, near = [], []
    for arc in arcs(case):
        if arc.tail not in index or arc.head not in index:
            continue
        ends = index[arc.tail], index[arc.head]
        if arc.kind is ArcKind.COPIED:
            near.append(ends)
        else:
            edges.append((*ends, float(WEIGHTS[arc.kind])))
    labelled = frozenset(index[step.conclusion] for step in case.of(Step).values() if may_lack_backing(step))
    return Graph(
        ids=ids,
        size=size,
        hanging=hanging,
        edges=edges,
        near=near,
        labelled=labelled,
        cards=cards,
        beside=beside,
    )


def layered(graph: Graph) -> dict[Id, Point]:
    """Return the positions of a layered picture of each connected part, the parts packed below each other."""
    parts = [one_picture(part) for part in components(graph)]
    if len(parts) == 1:
        return parts[0]
    return packed([(found, extent(found, graph.cards)) for found in parts])


def components(graph: Graph) -> list[Graph]:
    """Return the connected parts of a graph, the largest first."""
    count = len(graph.ids)
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for tail, head in [*((tail, head) for tail, head, _ in graph.edges), *graph.near]:
        root[find(tail)] = find(head)
    members: dict[int, list[int]] = {}
    for node in range(count):
        members.setdefault(find(node), []).append(node)
    groups = sorted(members.values(), key=lambda nodes: (-len(nodes), nodes[0]))
    return [graph] if len(groups) <= 1 else graph.parts(groups)


def packed(parts: list[tuple[dict[Id, Point], tuple[float, float, float, float]]]) -> dict[Id, Point]:
    """Return all parts on shelves, each as wide as the widest part or as makes the whole 3 : 2."""
    area = sum(
        (right - left + PART_GAP) * (bottom - top + PART_GAP) for _, (left, top, right, bottom) in parts
    )
    widest = max((right - left for _, (left, _, right, _) in parts), default=0.0)
    room = max(widest, (1.5 * area) ** 0.5)
    found: dict[Id, Point] = {}
    x = y = tall = 0.0
    for positions, (left, top, right, bottom) in parts:
        if x and x + right - left > room:
            x, y, tall = 0.0, y + tall + PART_GAP, 0.0
        for node, (at_x, at_y) in positions.items():
            found[node] = (at_x - left + x, at_y - top + y)
        x += right - left + PART_GAP
        tall = max(tall, bottom - top)
    return found


def _with_hanging(cards: Mapping[Id, Size], node: Id, hanging: list[Id], *, beside: bool) -> Size:
    if not hanging:
        return cards[node]
    width, height = cards[node]
    for quantity, (x, y) in hung(cards, node, hanging, beside=beside).items():
        width = max(width, x + cards[quantity][0]) if beside else width
        height = max(height, y + cards[quantity][1])
    return (width, height)


def _fits_a_page(found: Mapping[Id, Point], graph: Graph) -> bool:
    left, top, right, bottom = extent(found, graph.cards)
    return 0.5 <= (right - left) / max(1.0, bottom - top) <= 2.0 or len(graph.ids) < 40
