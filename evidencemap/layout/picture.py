"""One layered picture of a graph: columns from sources to conclusions, quantities under their nodes."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidencemap.layout.layered import acyclic, in_layers, layers_of, reduce_crossings, spread
from evidencemap.model.records import Id

Point = tuple[float, float]
"""x to the right and y down, in points from the top left of the map; of a card, its top left corner."""

Size = tuple[float, float]

ROW_GAP = 17.0
LANE_GAP = 18.0
COLUMN_GAP = 58.0
LABEL_GAP = 146.0
"""The gap before a column into which steps run that may have to say that nothing backs them."""

UP_LABEL_GAP = 112.0
"""The same gap where steps run upwards: a label is wider than high."""

HANG = 5.0
"""The gap between a node and the quantities that hang under it or beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A case as the layout sees it: nodes by number, sizes with what hangs at them, edges that pull.

    What hangs does so under its node, or, where `beside`, at its right.
    """

    ids: list[Id]
    size: list[Size]
    hanging: dict[Id, list[Id]]
    edges: list[tuple[int, int, float]]
    near: list[tuple[int, int]]
    labelled: frozenset[int]
    cards: dict[Id, Size]
    label_gap: float = LABEL_GAP
    beside: bool = False

    def parts(self, groups: list[list[int]]) -> list["Graph"]:
        """Return a graph of each group of nodes, with the edges inside it."""
        group = [0] * len(self.ids)
        index = [0] * len(self.ids)
        for number, nodes in enumerate(groups):
            for at, node in enumerate(nodes):
                group[node], index[node] = number, at
        edges: list[list[tuple[int, int, float]]] = [[] for _ in groups]
        near: list[list[tuple[int, int]]] = [[] for _ in groups]
        for tail, head, pull in self.edges:
            if group[tail] == group[head]:
                edges[group[tail]].append((index[tail], index[head], pull))
        for tail, head in self.near:
            if group[tail] == group[head]:
                near[group[tail]].append((index[tail], index[head]))
        return [
            Graph(
                ids=[self.ids[node] for node in nodes],
                size=[self.size[node] for node in nodes],
                hanging=self.hanging,
                edges=edges[number],
                near=near[number],
                labelled=frozenset(index[node] for node in nodes if node in self.labelled),
                cards=self.cards,
                label_gap=self.label_gap,
                beside=self.beside,
            )
            for number, nodes in enumerate(groups)
        ]


def one_picture(graph: Graph, rounds: int = 12) -> dict[Id, Point]:
    """Return the positions of one layered picture; `rounds` bounds the work against crossings."""
    count = len(graph.ids)
    edges = acyclic(count, graph.edges)
    layer = layers_of(count, edges)
    made = in_layers(layer, edges, _first_order(count, edges, graph.near))
    reduce_crossings(made, rounds)
    tops = spread(made, [height for _, height in graph.size], ROW_GAP, LANE_GAP, 8 if rounds > 4 else 6)
    lefts = _columns(graph, layer)
    found: dict[Id, Point] = {}
    for at, node in enumerate(graph.ids):
        put_with_hanging(graph, node, (lefts[layer[at]], tops[at]), found)
    return found


def put_with_hanging(graph: Graph, node: Id, at: Point, found: dict[Id, Point]) -> None:
    """Note where a node lies and, under it or beside it, the quantities that hang from it."""
    found[node] = at
    if node not in graph.hanging:
        return
    for quantity, (x, y) in hung(graph.cards, node, graph.hanging[node], beside=graph.beside).items():
        found[quantity] = (at[0] + x, at[1] + y)


def hung(cards: Mapping[Id, Size], node: Id, hanging: list[Id], *, beside: bool) -> dict[Id, Point]:
    """Return where the quantities of a node lie, seen from its top left corner.

    They fill rows under it, no wider than it, or columns at its right, no higher than it: in a map that
    runs upwards lines enter a card from below, and none should have to go round what hangs there.
    """
    width, height = cards[node]
    found: dict[Id, Point] = {}
    across, down = (width + HANG, 0.0) if beside else (0.0, height + HANG)
    widest = 0.0
    for quantity in hanging:
        wide, high = cards[quantity]
        if beside and down and down + high > height:
            across, down, widest = across + widest + HANG, 0.0, 0.0
        elif not beside and across and across + wide > width:
            across, down = 0.0, down + high + HANG
        found[quantity] = (across, down)
        if beside:
            down, widest = down + high + HANG, max(widest, wide)
        else:
            across += wide + HANG
    return found


def extent(positions: Mapping[Id, Point], cards: Mapping[Id, Size]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all cards together; zeros for none."""
    if not positions:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(x for x, _ in positions.values()),
        min(y for _, y in positions.values()),
        max(x + cards[node][0] for node, (x, _) in positions.items()),
        max(y + cards[node][1] for node, (_, y) in positions.items()),
    )


def _first_order(count: int, edges: list[tuple[int, int, float]], near: list[tuple[int, int]]) -> list[int]:
    """Return the nodes depth first from the conclusions down: what belongs together starts together."""
    before: list[list[int]] = [[] for _ in range(count)]
    ends = [True] * count
    for tail, head, _ in edges:
        before[head].append(tail)
        ends[tail] = False
    for one, other in near:
        before[one].append(other)
    found: list[int] = []
    seen = bytearray(count)
    for root in [node for node in range(count) if ends[node]] + list(range(count)):
        stack = [root]
        while stack:
            node = stack.pop()
            if not seen[node]:
                seen[node] = 1
                found.append(node)
                stack.extend(reversed(before[node]))
    return found


def _columns(graph: Graph, layer: list[int]) -> list[float]:
    count = max(layer, default=-1) + 1
    widths = [0.0] * count
    gaps = [COLUMN_GAP] * count
    for at, (width, _) in enumerate(graph.size):
        widths[layer[at]] = max(widths[layer[at]], width)
        if at in graph.labelled:
            gaps[layer[at]] = graph.label_gap
    lefts, x = [], 0.0
    for at in range(count):
        x += gaps[at] if at else 0.0
        lefts.append(x)
        x += widths[at]
    return lefts
