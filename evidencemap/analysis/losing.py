"""What a graph holds once sources or items are lost: computed from what it held, and put back after."""

from collections.abc import Collection

from evidencemap.analysis.evaluation import propagate
from evidencemap.analysis.intervals import EXACTLY, LO, NOTHING, never
from evidencemap.analysis.leaves import Leaves
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.records import Id


class Loss:
    """One evaluated case in which leaves can be lost in turn. Not for two threads at once.

    `graph` and `of` are those of the last loss, until the next one.
    """

    def __init__(self, verdicts: Verdicts, leaves: Leaves) -> None:
        self.graph = verdicts.graph.copy()
        self._values = verdicts.values.copy()
        self._order = verdicts.order
        self._kept = verdicts.graph
        self._kept_values = verdicts.values
        self._leaves = leaves
        self._changed: set[int] = set()
        self._steps: set[int] = set()
        self._moved: set[int] = set()

    @property
    def of(self) -> list[int]:
        """Return the words of all nodes after the last loss."""
        return self._values.of

    def lose(self, lost: Collection[Id]) -> frozenset[int]:
        """Take these leaves away, and no others; return the nodes whose word is another one than in full."""
        self._put_back()
        if self._leaves.whole:
            for each in lost:
                node = self.graph.node_of[each]
                self.graph.base[node] = NOTHING
                self.graph.table[node] = never()
                self._changed.add(node)
        else:
            self._lose_sources(lost)
        self._moved = propagate(self.graph, self._order, self._values, self.graph.base, self._changed)
        return frozenset(self._moved)

    def _lose_sources(self, lost: Collection[Id]) -> None:
        graph, leaves = self.graph, self._leaves
        for source in lost:
            for step in leaves.steps_of.get(source, ()):
                graph.body[step] = (NOTHING, *graph.body[step][1:])
                self._steps.add(step)
                self._changed.add(graph.to[step])
            for node in leaves.items_of.get(source, ()):
                left = [ceiling for ceiling, each in leaves.direct(node) if each not in lost]
                best = min(max(left, default=0), LO[self._kept.base[node]])
                graph.base[node] = EXACTLY[best]
                self._changed.add(node)

    def _put_back(self) -> None:
        for node in self._changed:
            self.graph.base[node] = self._kept.base[node]
            self.graph.table[node] = self._kept.table[node]
        for step in self._steps:
            self.graph.body[step] = self._kept.body[step]
        for node in self._moved:
            self._values.of[node] = self._kept_values.of[node]
        if self._values.unfounded != self._kept_values.unfounded:
            self._values.unfounded = set(self._kept_values.unfounded)
        self._changed, self._steps, self._moved = set(), set(), set()
