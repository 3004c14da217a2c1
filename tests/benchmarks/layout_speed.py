"""How long a layout takes."""

from evidencemap.layout.cards import nodes_of, sizes
from evidencemap.layout.tidy import tidy
from tests.benchmarks.generate import generate
from tests.benchmarks.verdicts_speed import cpu_seconds

Row = tuple[str, str, str]


def rows() -> list[Row]:
    """Return what was measured: what, the figure, the goal."""
    found: list[Row] = []
    for nodes, goal in ((100, "0.05 s"), (1_000, "0.3 s"), (10_000, "0.87 s: 1/100 of dot's CPU")):
        case = generate(nodes)
        seconds = cpu_seconds(lambda case=case: tidy(case), 3)  # type: ignore[misc]
        places, size = tidy(case), sizes(nodes_of(case))
        wide = max(x + size[n][0] for n, (x, _) in places.items()) - min(x for x, _ in places.values())
        high = max(y + size[n][1] for n, (_, y) in places.items()) - min(y for _, y in places.values())
        figure = f"{seconds:.3f} s CPU, aspect {wide / high:.2f}"
        found.append((f"layout of {nodes:,} nodes", figure, f"{goal}, 1:2 to 2:1"))
    return found
