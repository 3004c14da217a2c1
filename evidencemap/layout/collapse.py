"""What a map hides where a person collapses a claim: all that leads to it and to nothing else shown."""

from collections.abc import Iterable

from evidencemap.layout.relations import arcs_of, hosts_of, is_node
from evidencemap.model.case import Case
from evidencemap.model.entities import Quantity, Request, Step
from evidencemap.model.records import Id


def collapsed(case: Case, roots: Iterable[Id]) -> tuple[frozenset[Id], dict[Id, int]]:
    """Return the nodes that these claims hide when they are collapsed, and how many each of them hides.

    A node is hidden where all that it leads to is hidden or collapsed. Of two claims on a circle the one
    that was collapsed first stays in sight; the other, hidden by it, hides nothing of its own.
    """
    hidden: set[Id] = set()
    counts: dict[Id, int] = {}
    wanted = [root for root in dict.fromkeys(roots) if is_node(case, root)]
    for root in wanted:
        if root in hidden:
            continue
        hidden |= all_leading_to(case, root) - {root}
        _keep_hidden(case, hidden, wanted)
    for root in wanted:
        if root not in hidden:
            counts[root] = len(all_leading_to(case, root) & hidden)
    return frozenset(hidden), counts


def leads_to(case: Case, node: Id) -> list[Id]:
    """Return the nodes that lead to one: premises, warrants, objections, sources, requests, numbers."""
    found = [
        arc.tail for entity in _around(case, node) for arc in arcs_of(case, case[entity]) if arc.head == node
    ]
    quantities = case.of(Quantity)
    for user in case.users(node):
        if user in quantities and hosts_of(case, quantities[user])[:1] == [node]:
            found.append(user)
    return [each for each in dict.fromkeys(found) if each != node and is_node(case, each)]


def _led_to(case: Case, node: Id) -> list[Id]:
    found = [
        arc.head for entity in _around(case, node) for arc in arcs_of(case, case[entity]) if arc.tail == node
    ]
    quantity = case.get(Quantity, node)
    if quantity is not None:
        found.extend(hosts_of(case, quantity)[:1])
    return [each for each in found if each != node]


def _around(case: Case, node: Id) -> list[Id]:
    """Return what can make an arc at a node: itself, its users, and requests that settle its steps."""
    users = sorted(case.users(node))
    steps, requests = case.of(Step), case.of(Request)
    settling = [
        each for user in users if user in steps for each in sorted(case.users(user)) if each in requests
    ]
    return [node, *users, *settling]


def all_leading_to(case: Case, root: Id) -> set[Id]:
    """Return the nodes that lead to one, near or far; itself among them only where it lies on a circle."""
    found: set[Id] = set()
    waiting = [root]
    while waiting:
        for node in leads_to(case, waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


def _keep_hidden(case: Case, hidden: set[Id], roots: list[Id]) -> None:
    """Take out of the hidden nodes, until none is left, each that leads to something in sight."""
    waiting = list(hidden)
    while waiting:
        node = waiting.pop()
        if node not in hidden:
            continue
        if any(each not in hidden and each not in roots for each in _led_to(case, node)):
            hidden.discard(node)
            waiting.extend(leads_to(case, node))
