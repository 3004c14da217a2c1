"""Prints all that is worked out of some cases, put in in an order that a seed decides: for comparing bytes.

`python -m tests.analysis.everything_said SEED [--by-hash]`; `--by-hash` puts everything in by its hash.
"""

import sys
from collections.abc import Iterator
from random import Random

from evidencemap.analysis.cuts import Lost, cuts
from evidencemap.analysis.findings import findings, fix_of, sentence_of
from evidencemap.analysis.load import loads
from evidencemap.analysis.origins import origins
from evidencemap.analysis.sentences import explain
from evidencemap.analysis.settle import settle, worth
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Evidence, Source, Step
from evidencemap.resources import resource
from tests.analysis.random_maps import random_map
from tests.benchmarks.generate import generate


def everything_said(case: Case) -> Iterator[str]:
    """Yield a line for each verdict, sentence, origin, set that settles or defeats, load and finding."""
    found = verdicts(case)
    known = origins(case, found)
    for item in case.sorted(Evidence):
        yield f"{item.number} {found.nodes[item.id]} {known.of(item.id)}"
    for step in case.sorted(Step):
        yield f"{step.number} {found.steps[step.id]} {explain(case, found, step.id)}"
    for claim in case.sorted(Claim):
        verdict = found.claims[claim.id]
        yield f"{claim.number} {verdict} {verdict.granting} {explain(case, found, claim.id)}"
        yield f"{known.of(claim.id)} {known.bottlenecks(claim.id)} {known.independence(claim.id)}"
        yield f"{settle(case, claim.id, known=found)}"
        yield f"{[cuts(found, claim.id, lost) for lost in Lost]}"
    yield f"{worth(case, known=found)}"
    carried = loads(found)
    for kind in (Source, Evidence, Claim, Step):
        yield f"{[(carried.of(each), carried.resting(each)) for each in sorted(case.of(kind))]}"
    yield f"{carried.gaps()}"
    for finding in findings(case, found, today="2026-01-31"):
        yield f"{finding} {sentence_of(case, finding)} {fix_of(case, finding)}"


def shuffled(case: Case, seed: int, *, by_hash: bool) -> Case:
    """Return the same case, put in in another order."""
    entities = list(case.entities.values())
    if by_hash:
        entities.sort(key=lambda each: hash(each.id))
    else:
        Random(seed).shuffle(entities)
    return case_of(entities)


def main(words: list[str]) -> None:
    """Print what is said of the founding case, of random maps and of a generated case."""
    by_hash = "--by-hash" in words
    cases = [read_listing(resource("cases", "letter.yaml")), *(random_map(seed) for seed in range(25))]
    cases.append(generate(60, 4, extras=True))
    for case in cases:
        put_in = shuffled(case, int(words[0]), by_hash=by_hash)
        lines = [*(put_in.entities if by_hash else ()), *everything_said(put_in)]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
