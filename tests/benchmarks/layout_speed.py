"""How long a layout takes and how it looks in figures, beside Graphviz dot in the same run."""

import resource
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from random import Random

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.direction import Direction
from evidencemap.layout.geometry import positions_of
from evidencemap.layout.relations import ArcKind, arcs
from evidencemap.layout.tidy import tidy
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.model.verbs import add, connect, place
from tests.benchmarks.generate import generated
from tests.benchmarks.timing import Row, cpu_seconds

Places = Mapping[Id, tuple[float, float]]

SAMPLE = 1500
"""So many links are tried for crossings with all others; fewer are all tried."""

MOST_FOR_DOT = 1_000
"""Above so many nodes dot is left out: it takes 100 CPU seconds at 1,000 here, and hours at 10,000."""

GOALS = {100: "50 ms", 1_000: "0.3 s", 10_000: "1/100 of dot's CPU"}


def rows() -> Iterator[Row]:
    """Yield what was measured: what, our figure, and the goal with that of dot where it is installed."""
    for nodes, goal in GOALS.items():
        case = generated(nodes)
        ours = cpu_seconds(lambda case=case: tidy(case), 3)  # type: ignore[misc]
        upwards = cpu_seconds(lambda case=case: tidy(case, direction=Direction.UP), 1)  # type: ignore[misc]
        places = tidy(case)
        dot = _dot(case) if nodes <= MOST_FOR_DOT else None
        beside = f"; dot {dot[1]:.2f} s, {dot[1] / ours:.0f} times as much" if dot else ""
        told = f"{ours:.3f} s CPU; upwards {upwards:.3f}"
        yield f"layout of {nodes:,} nodes", told, goal + beside
        look = f"aspect {_aspect(case, places):.2f}, {_crossings(case, places):,} crossings"
        beside = f"; dot {_aspect(case, dot[0]):.1f}, {_crossings(case, dot[0]):,}" if dot else ""
        wanted = f"1:2 to 2:1, no more than dot{beside}"
        yield f"layout of {nodes:,} nodes: how it looks", look, wanted
    yield _added(generated(300))


def _added(case: Case) -> Row:
    """Return how much of a map moves when one claim is added to it."""
    before = case.after(place(case, tidy(case), pinned=False))
    claims = before.sorted(Claim)
    edit = add(before, Claim, text="One claim more, which rests on another")
    added = before.after(edit)
    new = next(each for each in edit.ids if each in added.of(Claim))
    after = added.after(connect(added, [claims[len(claims) // 2].id], new))
    moved = _moved(positions_of(before), positions_of(after))
    one, other = _dot(before), _dot(after)
    beside = f"; dot {_moved(one[0], other[0]):.0%}" if one and other else ""
    return ("boxes moved by one claim more, of 300", f"{moved:.0%}", f"5 %{beside}")


def _moved(before: Places, after: Places) -> float:
    return sum(
        abs(after[each][0] - x) + abs(after[each][1] - y) > 1 for each, (x, y) in before.items()
    ) / len(before)


def _dot(case: Case) -> tuple[Places, float] | None:
    """Return where dot puts every card, and its CPU seconds; None where it is not installed."""
    program = shutil.which("dot")
    if program is None:
        return None
    size = sizes(nodes_of(case))
    names = {node: f"n{at}" for at, node in enumerate(size)}
    lines = ['digraph { rankdir=LR; node [shape=box, fixedsize=true, label=""]; nodesep=0.24; ranksep=0.8;']
    lines += [f"{names[node]} [width={w / 72:.4f}, height={h / 72:.4f}];" for node, (w, h) in size.items()]
    lines += [f"{names[tail]} -> {names[head]};" for tail, head in _links(case)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = "\n".join([*lines, "}"])
    run = subprocess.run([program, "-Tplain"], input=text, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    ids = {name: node for node, name in names.items()}
    found = {}
    for line in run.stdout.splitlines():
        words = line.split()
        if words[0] == "node":
            node = ids[words[1]]
            wide, high = size[node]
            found[node] = (float(words[2]) * 72 - wide / 2, -float(words[3]) * 72 - high / 2)
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _links(case: Case) -> list[tuple[Id, Id]]:
    return [(arc.tail, arc.head) for arc in arcs(case) if arc.kind is not ArcKind.COPIED]


def _aspect(case: Case, places: Places) -> float:
    size = sizes(nodes_of(case))
    wide = max(x + size[n][0] for n, (x, _) in places.items()) - min(x for x, _ in places.values())
    high = max(y + size[n][1] for n, (_, y) in places.items()) - min(y for _, y in places.values())
    return wide / high


def _crossings(case: Case, places: Places) -> int:
    """Return how many pairs of links cross, drawn straight; of many links, reckoned from a sample."""
    size = sizes(nodes_of(case))
    rows = []
    for tail, head in _links(case):
        (ax, ay), (bx, by) = places[tail], places[head]
        rows.append((ax + size[tail][0], ay + size[tail][1] / 2, bx, by + size[head][1] / 2))
    ends = np.array(rows)
    chosen = Random(1).sample(range(len(ends)), min(SAMPLE, len(ends)))
    count = sum(_crossed(ends[at], ends) for at in chosen)
    return round(count * len(ends) / len(chosen) / 2)


def _crossed(one: NDArray[np.float64], ends: NDArray[np.float64]) -> int:
    ax, ay, bx, by = one
    cx, cy, dx, dy = ends.T
    sides = ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) * ((bx - ax) * (dy - ay) - (by - ay) * (dx - ax))
    others = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) * ((dx - cx) * (by - cy) - (dy - cy) * (bx - cx))
    return int(((sides < 0) & (others < 0)).sum())
