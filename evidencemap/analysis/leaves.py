"""The leaves of a case: the sources, or the items, that can be lost, as bits of a whole number."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from evidencemap.analysis.graph import DERIVED, provenance_of
from evidencemap.analysis.lineage import ceilings
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.entities import Evidence, Source
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState

ANY = 4
"""The ceiling of an item's one source: what its base holds is what that source gives."""


class Leaves:
    """The leaves of a case that are sources, or those that are items, and what hangs on them.

    `ids` are those that can be lost, by visible number, with the `bits` of each; `whole` tells that items
    are lost as a whole, and no sources. Withdrawn items hang on nothing.
    """

    def __init__(self, verdicts: Verdicts, kind: type[Source] | type[Evidence]) -> None:
        self._verdicts = verdicts
        self.whole = kind is Evidence
        self.ids = tuple(each.id for each in verdicts.case.sorted(kind))
        self.bits = tuple(1 << at for at in range(len(self.ids)))
        self.bit: Mapping[Id, int] = dict(zip(self.ids, self.bits, strict=True))
        self._direct: dict[int, Sequence[tuple[int, Id]]] = {}

    def named(self, mask: int) -> tuple[Id, ...]:
        """Return the ids of a set of leaves, by visible number."""
        ids, bits, found = self.ids, self.bits, []
        while mask > 0:
            at = mask.bit_length() - 1
            found.append(ids[at])
            mask ^= bits[at]
        found.reverse()
        return tuple(found)

    @cached_property
    def sole(self) -> Sequence[int]:
        """The bit of the one source of a node that is an item with nothing else for it, by the node; or 0.

        It says what such an item stands on where it stands: a withdrawn one is not asked about.
        """
        bit, pro = self.bit, self._verdicts.graph.pro
        found = [0] * len(pro)
        for node, item in () if self.whole else self._verdicts.columns.items:
            if len(item.sources) == 1 and not pro[node]:
                found[node] = bit[item.sources[0]]
        return found

    def direct(self, node: int) -> Sequence[tuple[int, Id]]:
        """Return the sources of an item whose provenance is in its base, each with its ceiling; else none."""
        found = self._direct.get(node)
        if found is None:
            found = self._direct[node] = self._direct_of(node)
        return found

    def _direct_of(self, node: int) -> Sequence[tuple[int, Id]]:
        item = self._hanging(self._verdicts.graph.ids[node])
        if item is None or item.copied_from or item.undercut_by:
            return ()
        if len(item.sources) == 1:
            return [(ANY, item.sources[0])]
        held = self._verdicts
        return ceilings(held.case, item, held.graph.policy, held.supposed.withdrawn)

    @cached_property
    def step_bit(self) -> dict[int, int]:
        """The bit of the source of each provenance step that is in the graph; none where items are lost."""
        if self.whole:
            return {}
        return {step: self.bit[source] for source, steps in self.steps_of.items() for step in steps}

    @cached_property
    def steps_of(self) -> dict[Id, list[int]]:
        """The provenance steps that stand in the graph, by their source."""
        graph = self._verdicts.graph
        found: dict[Id, list[int]] = {}
        for at in [at for at, flags in enumerate(graph.flags) if flags & DERIVED]:
            item = self._hanging(graph.ids[graph.to[at]])
            for source in () if item is None else item.sources:
                if graph.step_ids[at] == provenance_of(graph.ids[graph.to[at]], source):
                    found.setdefault(source, []).append(at)
        return found

    @cached_property
    def items_of(self) -> dict[Id, list[int]]:
        """The items whose provenance is in their base, by their source, as nodes."""
        found: dict[Id, list[int]] = {}
        for node, item in self._verdicts.columns.items:
            if self._hanging(item.id) is not None and not item.copied_from and not item.undercut_by:
                for source in item.sources:
                    found.setdefault(source, []).append(node)
        return found

    def _hanging(self, node: Id) -> Evidence | None:
        """Return an item that hangs on its sources: one that is not withdrawn."""
        item = self._verdicts.case.of(Evidence).get(node)
        if (
            item is None
            or item.state is EvidenceState.WITHDRAWN
            or item.id in self._verdicts.supposed.withdrawn
        ):
            return None
        return item
