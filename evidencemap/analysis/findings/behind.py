"""How few origins are behind each node of a map: all that is for it, whether it carries or not."""

from collections.abc import Sequence

from evidencemap.analysis.graph import DERIVED
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Evidence
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState

FEW = 4
"""More origins than these are counted as many."""

Few = frozenset[Id] | None
"""The origins behind a node, or None for more than a few."""

_NONE: frozenset[Id] = frozenset()


def few_behind(verdicts: Verdicts, of_items: Sequence[frozenset[Id]]) -> list[Few]:
    """Return the origins behind every node of the graph, by its number, in one pass over the map.

    `of_items` gives the origins of the nodes that are items. What was withdrawn counts nothing.
    """
    graph, order = verdicts.graph, verdicts.order
    items, gone = verdicts.case.of(Evidence), verdicts.supposed.withdrawn
    found: list[Few] = [_NONE] * len(graph.ids)
    for item in items.values():
        if item.state is not EvidenceState.WITHDRAWN and item.id not in gone:
            node = graph.node_of[item.id]
            found[node] = of_items[node] if len(of_items[node]) <= FEW else None

    ids, pro, flags, body = graph.ids, graph.pro, graph.flags, graph.body

    def gathered(node: int) -> Few:
        few = found[node]
        if few is None:
            return None
        for step in pro[node]:
            if flags[step] & DERIVED and ids[node] in items:
                continue
            _, premises, backing, _ = body[step]
            for part in premises + backing if backing else premises:
                other = found[part]
                if other is None:
                    return None
                if other is not few and not other <= few:
                    few = few | other if few else other
                    if len(few) > FEW:
                        return None
        return few

    component, members = order.component, order.members
    done: set[int] = set()
    for node in verdicts.columns.ordered:
        inside = members.get(component[node])
        if inside is None:
            if graph.pro[node]:
                found[node] = gathered(node)
        elif component[node] not in done:
            done.add(component[node])
            grown = True
            while grown:
                grown = False
                for each in inside:
                    now = gathered(each)
                    grown = grown or now != found[each]
                    found[each] = now
    return found
