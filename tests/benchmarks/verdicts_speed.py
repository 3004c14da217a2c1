"""How long verdicts take: from scratch, and after one edit; and clingo's grounded extension of that size."""

from collections.abc import Iterator
from random import Random
from statistics import median
from time import process_time

import clingo

from evidencemap.analysis.incremental import Engine
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from tests.benchmarks.generate import generated
from tests.benchmarks.timing import Row, cpu_seconds
from tests.properties.edits import random_edit

_SIZES = ((10_000, 60, "0.05 s CPU", "5 ms"), (100_000, 25, "0.6 s CPU", "50 ms"))
_GROUNDED = """
out(X) :- att(Y, X), in(Y).
in(X) :- arg(X), out(Y) : att(Y, X).
#show in/1.
"""


def rows() -> Iterator[Row]:
    """Yield what was measured: what, the figure, the goal."""
    for nodes, count, from_scratch, one_edit in _SIZES:
        case = generated(nodes)
        seconds = cpu_seconds(lambda case=case: verdicts(case))  # type: ignore[misc]
        peer = cpu_seconds(lambda case=case: grounded(case), 3)  # type: ignore[misc]
        said = f"{from_scratch}; clingo's grounded extension {peer:.2f} s"
        yield f"verdicts of {nodes:,} nodes from scratch", f"{seconds:.3f} s CPU", said
        taken, visited = edits(case, count)
        figure = f"{1000 * median(taken):.1f} ms median of {len(taken)}, {median(visited):.0f} nodes visited"
        yield f"one edit's verdicts, {nodes:,} nodes", figure, f"{one_edit} median"


def edits(case: Case, count: int) -> tuple[list[float], list[int]]:
    """Return the CPU seconds and the nodes visited of each of so many random edits, one after another."""
    random = Random(7)
    engine = Engine(case)
    taken: list[float] = []
    visited: list[int] = []
    while len(taken) < count:
        edit = random_edit(case, random)
        if edit.changes[0].id == case.id:
            continue
        after = case.after(edit)
        before = process_time()
        engine.update(case, edit, after)
        taken.append(process_time() - before)
        visited.append(engine.verdicts.values.visited)
        case = after
    return taken, visited


def grounded(case: Case) -> int:
    """Return how large clingo's grounded extension is where every link of a case is an attack."""
    place = {each: at for at, each in enumerate((*case.of(Evidence), *case.of(Claim)))}
    facts = [f"arg({at})." for at in place.values()]
    for step in case.of(Step).values():
        facts += [f"att({place[each]},{place[step.conclusion]})." for each in step.premises]
    control = clingo.Control(["--warn=none"])
    control.add("base", [], _GROUNDED + "".join(facts))
    control.ground([("base", [])])
    sizes: list[int] = []
    control.solve(on_model=lambda model: sizes.append(len(model.symbols(shown=True))))
    return sizes[0]
