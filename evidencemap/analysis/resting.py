"""Counts what rests on each node of a map: the claims that do, as bits, handed down from user to part."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple


class Resting(NamedTuple):
    """What rests on one node: how many claims, how many asks among them, and the highest stake of those."""

    claims: int
    asks: int
    stake: int


NOTHING = Resting(0, 0, 0)


class Leaning(NamedTuple):
    """What leans on what, by the numbers of nodes.

    `nodes` come users first, those of one circle together; `parts` gives what each leans on, nothing but
    these nodes; `circles` has the members of the circle that a node is on. `stakes` has the claims that
    are counted: the stake of an ask, 0 for any other.
    """

    nodes: Sequence[int]
    parts: Sequence[Sequence[int]]
    circles: Mapping[int, Sequence[int]]
    stakes: Mapping[int, int]


def resting(leaning: Leaning, wanted: Collection[int], at_once: int) -> dict[int, Resting]:
    """Return what rests on each wanted node, itself apart, with so many claims counted in one pass."""
    found = dict.fromkeys(wanted, NOTHING)
    parts, stakes = leaning.parts, leaning.stakes
    bearing = [node for node in leaning.nodes if parts[node] and node in stakes]
    asks_first = sorted(bearing, key=lambda node: -stakes[node])
    for at in range(0, len(asks_first), at_once):
        _Count(leaning, asks_first[at : at + at_once], found).go()
    return found


class _Count:
    """One pass, in which each of some claims is a bit. The asks among them come first: the lowest bits.

    Among those, the ask of the highest stake is the lowest. What rests on a node is let go as soon as it
    was handed down, so that few sets are held at a time.
    """

    def __init__(self, leaning: Leaning, counted: Sequence[int], found: dict[int, Resting]) -> None:
        self._leaning = leaning
        self._found = found
        self._masks = [0] * len(leaning.parts)
        self._bit_of = {node: at for at, node in enumerate(counted)}
        self._stakes = [leaning.stakes[node] for node in counted if leaning.stakes[node]]
        self._asks = (1 << len(self._stakes)) - 1

    def go(self) -> None:
        """Add what rests on each node that is asked about to what was found."""
        nodes, parts, circles, _ = self._leaning
        masks, bit_of, found = self._masks, self._bit_of, self._found
        last: Sequence[int] = ()
        for node in nodes:
            if node in circles:
                if circles[node] is not last:
                    last = circles[node]
                    self._go_round(last)
                continue
            mask = masks[node]
            if mask and node in found:
                self._tell(node, mask)
            leans_on = parts[node]
            if not leans_on:
                continue
            if node in bit_of:
                mask |= 1 << bit_of[node]
            if mask:
                masks[node] = 0
                for part in leans_on:
                    held = masks[part]
                    masks[part] = held | mask if held else mask

    def _go_round(self, circle: Sequence[int]) -> None:
        """Let what rests on the nodes of a circle go round it until nothing is added, and hand it down."""
        parts, masks, bit_of = self._leaning.parts, self._masks, self._bit_of
        own = {node: 1 << bit_of[node] if node in bit_of else 0 for node in circle}
        for node in circle:
            masks[node] |= own[node]
        grown = True
        while grown:
            grown = False
            for node in circle:
                for part in parts[node]:
                    more = masks[part] | masks[node]
                    grown = grown or (part in own and more != masks[part])
                    masks[part] = more
        for node in circle:
            if node in self._found:
                self._tell(node, masks[node] & ~own[node])
            masks[node] = 0

    def _tell(self, node: int, mask: int) -> None:
        claims, asks, highest = self._found[node]
        asking = mask & self._asks
        if asking:
            asks += asking.bit_count()
            highest = max(highest, self._stakes[(asking & -asking).bit_length() - 1])
        self._found[node] = Resting(claims + mask.bit_count(), asks, highest)
