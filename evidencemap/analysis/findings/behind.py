"""How few origins are behind each node of a map: all that is for it, whether it carries or not."""

from collections.abc import Sequence

from evidencemap.analysis.verdicts import Verdicts
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
    order, columns, gone = verdicts.order, verdicts.columns, verdicts.supposed.withdrawn
    parts = columns.parts_behind
    found: list[Few] = [_NONE] * len(parts)
    for node, item in columns.items:
        if item.state is not EvidenceState.WITHDRAWN and item.id not in gone:
            found[node] = of_items[node] if len(of_items[node]) <= FEW else None

    def gathered(node: int) -> Few:
        few = found[node]
        if few is None:
            return None
        for part in parts[node]:
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
    for node in [node for node in columns.ordered if parts[node]]:
        inside = members.get(component[node])
        if inside is None:
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
