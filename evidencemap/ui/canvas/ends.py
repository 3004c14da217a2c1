"""The ends of every line of the map, in arrays: who owns it, from which node to which, where, what look."""

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from evidencemap.model.entities import Entity, Step
from evidencemap.model.records import Id
from evidencemap.ui.canvas.edited import line_ends
from evidencemap.ui.canvas.finder import Finder
from evidencemap.ui.canvas.rooms import NOWHERE, Rooms, is_loose
from evidencemap.ui.canvas.strokes import LONG, STUB

Array = NDArray[np.float64]
Places = NDArray[np.int64]

MARGIN = 60.0
"""How far a line may run outside the box of its ends and still be found by it."""

FREE = Id("")
"""The id at a place that is free."""


class Ends:
    """Lines by their owners: steps, and what else points at a node.

    `owners` and their `index`, `looks` and `boxes` run along each other; so do, for each single line,
    `owner`, `tails` and `heads` (places of nodes), and `rows` (x and y of either end, in points).
    What comes is put at their end. A place that was freed has an empty id and a box nowhere; its rows
    mean nothing.
    """

    def __init__(self) -> None:
        self.owners: list[Id] = []
        self.index: dict[Id, int] = {}
        self.looks: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)
        self.boxes: Array = np.empty((0, 4))
        self.rows: Array = np.empty((0, 4))
        self.owner: Places = np.empty(0, dtype=np.int64)
        self.tails: Places = np.empty(0, dtype=np.int64)
        self.heads: Places = np.empty(0, dtype=np.int64)
        self._first: Places = np.empty(0, dtype=np.int64)
        self._counts: Places = np.empty(0, dtype=np.int64)
        self._rooms = Rooms()
        self._finder = Finder(self.boxes)

    def list_all(self, entities: Iterable[Entity], nodes: Mapping[Id, int], steps: Mapping[Id, Step]) -> None:
        """Take the lines of these and no others; `place` must follow."""
        self.owners = []
        made = self._listed(entities, nodes, steps)
        self.owner, self.tails, self.heads = made[:, 0], made[:, 1], made[:, 2]
        self.index = {owner: at for at, owner in enumerate(self.owners)}
        self.looks = np.zeros(len(self.owners), dtype=np.uint8)

    def change(
        self,
        owners: Collection[Id],
        entities: Iterable[Entity],
        nodes: Mapping[Id, int],
        steps: Mapping[Id, Step],
        boxes: Array,
    ) -> None:
        """Drop the lines of these owners, and add those of the entities at the end.

        `boxes` says where all nodes lie; the other lines stay where they were. The owners of lines at
        nodes that went are to be among these.
        """
        for owner in owners:
            at = self.index.pop(owner, None)
            if at is not None:
                self.owners[at] = FREE
                self.boxes[at] = NOWHERE
        before = len(self.owners)
        made = self._listed(entities, nodes, steps)
        new = np.arange(before, len(self.owners))
        if not len(new):
            return
        self.index.update(zip(self.owners[before:], new.tolist(), strict=True))
        counts = np.bincount(made[:, 0] - before)
        first = len(self.owner) + np.cumsum(counts) - counts
        longer = self._rooms.longer
        self._first = longer("first", self._first, first)
        self._counts = longer("counts", self._counts, counts)
        self.owner = longer("owner", self.owner, made[:, 0])
        self.tails = longer("tails", self.tails, made[:, 1])
        self.heads = longer("heads", self.heads, made[:, 2])
        self.rows = longer("rows", self.rows, np.empty((len(made), 4)))
        self.looks = longer("looks", self.looks, np.zeros(len(new), dtype=np.uint8))
        self.boxes = longer("boxes", self.boxes, np.tile(NOWHERE, (len(new), 1)))
        self._take_places(new, boxes)
        self._finder.grow(self.boxes)

    @property
    def loose(self) -> bool:
        """Whether so many owners have come and gone that the arrays should be closed up."""
        count = len(self.owners)
        return is_loose(count, count - len(self.index) + self._finder.grown)

    def close_up(self, kept: NDArray[np.bool_] | None = None) -> None:
        """Leave out every place that is free; `kept` says which places of nodes stay, if not all do."""
        held = np.fromiter(map(bool, self.owners), dtype=bool, count=len(self.owners))
        still = held[self.owner]
        self.owners = list(self.index)
        self.index = {owner: at for at, owner in enumerate(self.owners)}
        self.looks, self.boxes = self.looks[held], np.asfortranarray(self.boxes[held])
        self.owner, self.rows = (np.cumsum(held) - 1)[self.owner[still]], self.rows[still]
        self.tails, self.heads = self.tails[still], self.heads[still]
        if kept is not None:
            places = np.cumsum(kept) - 1
            self.tails, self.heads = places[self.tails], places[self.heads]
        self._count_rows()
        self._finder = Finder(self.boxes)

    def place(self, nodes: Array) -> None:
        """Take where all nodes lie: left, top, right and bottom of each."""
        if len(self.index) < len(self.owners):
            self.close_up()
        count = len(self.owners)
        self.rows = np.empty((len(self.owner), 4))
        self.boxes = np.empty((count, 4), order="F")
        self._count_rows()
        self._take_places(np.arange(count), nodes)
        self._finder = Finder(self.boxes)

    def place_some(self, owners: Iterable[Id], nodes: Array) -> None:
        """Take where the nodes of some owners' lines lie now."""
        places = np.array(sorted(self.index[owner] for owner in owners), dtype=np.intp)
        self._take_places(places, nodes)
        self._finder.moved(places)

    def meeting(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return the places of the owners whose lines may meet a rectangle.

        Of a very long line only the stubs at its ends are seen.
        """
        found = self._finder.meeting(left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
        boxes = self.boxes[found]
        long = (boxes[:, 2] - boxes[:, 0] > LONG) | (boxes[:, 3] - boxes[:, 1] > LONG)
        if not long.any():
            return found
        rows = self.rows_of(found[long])
        ends, reach = self.rows[rows], STUB + MARGIN
        near = np.zeros(len(rows), dtype=bool)
        for x, y in ((ends[:, 0], ends[:, 1]), (ends[:, 2], ends[:, 3])):
            across = (x >= left - reach) & (x <= right + reach)
            near |= across & (y >= top - reach) & (y <= bottom + reach)
        return found[~long | np.isin(found, self.owner[rows[near]])]

    def rows_of(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the rows of the lines of these owners, given by their places in ascending order."""
        first, counts = self._first[places], self._counts[places]
        starts = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        return starts + np.arange(len(starts))

    def rows_in(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.intp]:
        """Return the rows of the lines whose own box, from end to end, meets a rectangle."""
        rows = self.rows_of(self._finder.meeting(left, top, right, bottom))
        ends = self.rows[rows]
        return rows[
            (np.minimum(ends[:, 0], ends[:, 2]) <= right)
            & (np.maximum(ends[:, 0], ends[:, 2]) >= left)
            & (np.minimum(ends[:, 1], ends[:, 3]) <= bottom)
            & (np.maximum(ends[:, 1], ends[:, 3]) >= top)
        ]

    def _count_rows(self) -> None:
        """Note how many rows the lines of each owner have, and at which they begin."""
        self._counts = np.bincount(self.owner, minlength=len(self.owners))
        self._first = np.cumsum(self._counts) - self._counts

    def _take_places(self, places: NDArray[np.intp], nodes: Array) -> None:
        """Set the rows and the boxes of the owners at these places, in ascending order."""
        if not len(places):
            return
        rows = self.rows_of(places)
        tails, heads = nodes[self.tails[rows]], nodes[self.heads[rows]]
        self.rows[rows] = _rows(tails, heads)
        starts = np.searchsorted(rows, self._first[places])
        low, high = np.minimum(tails[:, :2], heads[:, :2]), np.maximum(tails[:, 2:], heads[:, 2:])
        self.boxes[places, :2] = np.minimum.reduceat(low, starts, axis=0)
        self.boxes[places, 2:] = np.maximum.reduceat(high, starts, axis=0)

    def _listed(
        self, entities: Iterable[Entity], nodes: Mapping[Id, int], steps: Mapping[Id, Step]
    ) -> Places:
        ends: list[tuple[int, int, int]] = []
        for entity in entities:
            pairs = line_ends(entity, nodes, steps)
            if pairs:
                place = len(self.owners)
                self.owners.append(entity.id)
                ends.extend((place, tail, head) for tail, head in pairs)
        return np.array(ends, dtype=np.int64).reshape(-1, 3)


def _rows(tails: Array, heads: Array) -> Array:
    return np.column_stack(
        (tails[:, 2], (tails[:, 1] + tails[:, 3]) / 2, heads[:, 0], (heads[:, 1] + heads[:, 3]) / 2)
    )
