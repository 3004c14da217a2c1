"""How long origins, load and findings take together; and networkx for a part of the same questions."""

from collections.abc import Iterator

import networkx

from evidencemap.analysis.findings import findings
from evidencemap.analysis.load import loads
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from tests.benchmarks.generate import generated
from tests.benchmarks.timing import Row, cpu_seconds

_SIZES = ((10_000, "0.2 s CPU together"), (100_000, "2 s CPU together"))
_PARTS = ("origins", "load", "findings")
_ROOT = Id("")


def rows() -> Iterator[Row]:
    """Yield what was measured: what, the figure, the goal."""
    for nodes, goal in _SIZES:
        yield _row(generated(nodes), nodes, goal)


def _row(case: Case, nodes: int, goal: str) -> Row:
    trials = [_spent(case) for _ in range(3)]
    spent = sorted(trials, key=sum)[1]
    parts = ", ".join(f"{what} {seconds:.2f}" for what, seconds in zip(_PARTS, spent, strict=True))
    graph = flow(case)
    built = cpu_seconds(lambda: flow(case), 1)
    dominated = cpu_seconds(lambda: networkx.immediate_dominators(graph, _ROOT), 1)
    return (
        f"origins, load and findings of {nodes:,} nodes",
        f"{sum(spent):.2f} s CPU ({parts})",
        f"{goal}; networkx: graph {built:.2f}, dominators {dominated:.2f}",
    )


def _spent(case: Case) -> list[float]:
    """Return the CPU seconds of each part on verdicts that nothing was asked of before."""
    held = verdicts(case)
    known: list[Origins] = []

    def all_origins() -> None:
        known.append(origins(case, held))
        for claim in case.of(Claim):
            known[0].of(claim)
            known[0].bottlenecks(claim)

    jobs = (
        all_origins,
        lambda: loads(held).gaps(),
        lambda: findings(case, held, today="2026-01-31", known=known[0]),
    )
    return [cpu_seconds(job, 1) for job in jobs]


def flow(case: Case) -> "networkx.DiGraph[Id]":
    """Return the case as a graph of alternatives from one root: what dominators need."""
    graph: networkx.DiGraph[Id] = networkx.DiGraph()
    for item in case.of(Evidence).values():
        for source in item.sources:
            graph.add_edge(_ROOT, source)
            graph.add_edge(source, item.id)
    for step in case.of(Step).values():
        for premise in step.premises:
            graph.add_edge(premise, step.conclusion)
    return graph
