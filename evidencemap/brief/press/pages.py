"""Fills pages with boxes: nothing orphaned, nothing clipped, everything that can be split splits."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from evidencemap.brief.press.flow import Box, Break


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the distance of its top from the top of the frame."""

    box: Box
    down: float


def paginate(boxes: Sequence[Box], width: float, depth: float) -> list[list[Placed]]:
    """Return the boxes page by page; a page without anything is not made, but for the very first."""
    queue = deque(boxes)
    pages: list[list[Placed]] = [[]]
    used, gap_below = 0.0, 0.0
    while queue:
        box = queue.popleft()
        if isinstance(box, Break):
            if pages[-1]:
                pages.append([])
                used = gap_below = 0.0
            continue
        height = box.measure(width)
        fresh = not pages[-1]
        gap = 0.0 if fresh else max(gap_below, box.before)
        room = depth - used - gap
        company = _company(box, queue, width)
        needed = height + (company if height + company <= depth else min(company, depth * 0.6))
        if needed > room + 0.01 and not fresh and (box.keeps or height > room + 0.01):
            parts = None if box.keeps else box.split(room, force=False)
            if parts is None:
                queue.appendleft(box)
                pages.append([])
                used = gap_below = 0.0
                continue
        elif height > room + 0.01:
            parts = box.split(room, force=False) or box.split(room, force=True)
        else:
            parts = None
        if parts is not None:
            pages[-1].append(Placed(parts[0], used + gap))
            queue.appendleft(parts[1])
            pages.append([])
            used = gap_below = 0.0
            continue
        pages[-1].append(Placed(box, used + gap))
        used += gap + height
        gap_below = box.after
    if len(pages) > 1 and not pages[-1]:
        pages.pop()
    return pages


def _company(box: Box, queue: deque[Box], width: float) -> float:
    """Return the height of what must stand on the page with a box that keeps with the next."""
    height, above = 0.0, box
    for below in queue:
        if not above.keeps or isinstance(below, Break):
            break
        full = below.measure(width)
        height += max(above.after, below.before) + (full if below.keeps else min(below.least(), full))
        above = below
    return height
