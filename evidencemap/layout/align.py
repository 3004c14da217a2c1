"""Cards brought into line or spread evenly: where each lies then. No two are laid on each other."""

from collections.abc import Mapping
from enum import StrEnum

from evidencemap.layout.paths import Box, Point
from evidencemap.model.records import Id

GAP = 12.0
"""The least that is left between two cards that stand in one line, in points."""


class Align(StrEnum):
    """What cards are brought to: an edge or the middle of them all, or even gaps."""

    LEFT = "left edges"
    CENTER = "centres above each other"
    RIGHT = "right edges"
    TOP = "upper edges"
    MIDDLE = "centres beside each other"
    BOTTOM = "lower edges"
    ACROSS = "even gaps across"
    DOWN = "even gaps down"


_SHARES = {
    Align.LEFT: 0.0,
    Align.CENTER: 0.5,
    Align.RIGHT: 1.0,
    Align.TOP: 0.0,
    Align.MIDDLE: 0.5,
    Align.BOTTOM: 1.0,
}
_UPRIGHT = (Align.LEFT, Align.CENTER, Align.RIGHT, Align.DOWN)


def aligned(boxes: Mapping[Id, Box], how: Align) -> dict[Id, Point]:
    """Return the new top left corner of each card that moves; nothing where fewer than two are given."""
    if len(boxes) < 2:
        return {}
    upright = how in _UPRIGHT
    line = sorted(boxes, key=lambda node: (_span(boxes[node], upright)[0], node))
    starts = {node: _span(box, not upright)[0] for node, box in boxes.items()}
    if how in _SHARES:
        share = _SHARES[how]
        low = min(_span(box, not upright)[0] for box in boxes.values())
        high = max(sum(_span(box, not upright)) for box in boxes.values())
        starts = {
            node: low + (high - low) * share - _span(box, not upright)[1] * share
            for node, box in boxes.items()
        }
    alongs = _spread(line, boxes, upright, evenly=how not in _SHARES)
    found = {
        node: (starts[node], alongs[node]) if upright else (alongs[node], starts[node]) for node in boxes
    }
    return {node: at for node, at in found.items() if at != (boxes[node].x, boxes[node].y)}


def _span(box: Box, upright: bool) -> tuple[float, float]:
    return (box.y, box.height) if upright else (box.x, box.width)


def _spread(line: list[Id], boxes: Mapping[Id, Box], upright: bool, *, evenly: bool) -> dict[Id, float]:
    """Return where each card begins along its line: with even gaps, else moved only where it must be."""
    spans = [_span(boxes[node], upright) for node in line]
    room = spans[-1][0] + spans[-1][1] - spans[0][0] - sum(long for _, long in spans)
    gap = max(GAP, room / (len(line) - 1)) if evenly else GAP
    found: dict[Id, float] = {}
    end = spans[0][0] - gap
    for node, (start, long) in zip(line, spans, strict=True):
        found[node] = end + gap if evenly else max(start, end + gap)
        end = found[node] + long
    return found
