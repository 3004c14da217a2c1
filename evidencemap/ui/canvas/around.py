"""Which lines run beside a node and must make room when it moves: whose they are, and where they end."""

from collections.abc import Container, Iterable

from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.model.references import targets


def lines_at(case: Case, lined: Container[Id], nodes: Iterable[Id]) -> set[Id]:
    """Return which of the `lined` own a line that ends at one of these nodes, or at a step that does."""
    owners: set[Id] = set()
    for node in nodes:
        owners |= {user for user in case.users(node) if user in lined}
        if node in lined:
            owners.add(node)
    steps = case.of(Step)
    for owner in [each for each in owners if each in steps]:
        owners |= {user for user in case.users(owner) if user in lined}
    return owners


def beside(
    case: Case, lined: Container[Id], shown: Container[Id], nodes: set[Id], lines: set[Id]
) -> tuple[set[Id], set[Id]]:
    """Return the nodes, and the owners of lines, whose lines change when these nodes and lines do.

    At each end of a line that changes, the lines beside it make room for it.
    """
    owners = lines | lines_at(case, lined, nodes)
    ends = {end for owner in owners for end in (owner, *targets(case[owner])) if end in shown}
    around = nodes | ends
    owners |= {user for end in around for user in case.users(end) if user in lined}
    for owner in list(owners):
        owners |= {user for user in case.users(owner) if user in lined}
    return around, owners
