"""How wide text is, and where it breaks, by the advance widths of the shipped font. No Qt."""

import json
from bisect import bisect_right
from enum import StrEnum
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from evidencemap.resources import resource

_OTHER = 620
_WIDE = 1000
_BEYOND = 0x10000
_BEYOND_LETTER = chr(_BEYOND)


class Face(StrEnum):
    """The faces that text on the map is set in."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


@lru_cache(maxsize=8192)
def width(text: str, size: float, face: Face = Face.REGULAR) -> float:
    """Return the width of a text on one line, in the unit of `size`. Kerning is left out (under 1 %)."""
    return sum(_advances(text, face)) * size / 1000.0


def elided(text: str, room: float, size: float, face: Face = Face.REGULAR) -> str:
    """Return the text, or as much of it as fits in `room` with an ellipsis at its end."""
    advances = _advances(text, face)
    if not advances or sum(advances) * size / 1000.0 <= room:
        return text
    ends = list(accumulate(advances))
    fits = bisect_right(ends, (room - width("…", size, face)) * 1000.0 / size)
    return text[:fits].rstrip() + "…"


def wrapped(text: str, room: float, size: float, face: Face = Face.REGULAR, lines: int = 4) -> list[str]:
    """Return at most `lines` lines of a text; what does not fit ends in an ellipsis.

    Lines break at spaces, and inside a word only where the word alone is wider than `room`.
    """
    text = " ".join(text.split())
    if not text:
        return [""]
    made, end = [], 0
    for start, end in _lines_of(text, room, size, face, lines):
        made.append(text[start:end].strip())
    if end < len(text):
        made[-1] = elided(text[start:] + "…", room, size, face)
    return made


def line_counts(
    texts: list[str], room: float, size: float, face: Face = Face.REGULAR, lines: int = 4
) -> NDArray[np.int64]:
    """Return how many lines `wrapped` would make of each text, for all texts at once.

    Ten times faster than asking one by one; runs of white space in a text are counted as they are.
    """
    if not texts:
        return np.zeros(0, dtype=np.int64)
    return _broken([text or " " for text in texts], room, size, face, lines)[2]


def _lines_of(text: str, room: float, size: float, face: Face, lines: int) -> list[tuple[int, int]]:
    """Return start and end of each line of one text, by the same rule as `_broken` for many."""
    before = list(accumulate(_advances(text, face), initial=0.0))
    found: list[tuple[int, int]] = []
    start, last, reach = 0, len(text), room * 1000.0 / size
    while start < last and len(found) < lines:
        limit = before[start] + reach
        if before[last] <= limit:
            end = last
        else:
            inside = bisect_right(before, limit) - 1
            space = text.rfind(" ", start + 1, inside + 1)
            end = space if space > start else min(last, max(inside, start + 1))
        found.append((start, end))
        start = end + 1 if end < last and text[end] == " " else end
    return found


def _broken(
    texts: list[str], room: float, size: float, face: Face, lines: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return start and end of each line of each text, counted from the start of the text, and their number.

    All texts lie in one array of widths, so each line costs one search for all texts together.
    """
    codes = _codes("".join(texts))
    before = np.concatenate(([0], np.cumsum(_table(face)[codes]))) * (size / 1000.0)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    last = np.cumsum(lengths)
    first = last - lengths
    blank = np.append((codes == 32) | (codes == 10) | (codes == 9), False)
    spaces = np.flatnonzero(blank)
    spaces_at = before[spaces]
    start = first.copy()
    starts = np.empty((len(texts), lines), dtype=np.int64)
    ends = np.empty((len(texts), lines), dtype=np.int64)
    count = np.zeros(len(texts), dtype=np.int64)
    for line in range(lines):
        limit = before[np.minimum(start, last)] + room
        count += start < last
        found = np.searchsorted(spaces_at, limit, side="right") - 1
        at_space = spaces[np.maximum(found, 0)] if len(spaces) else np.full(len(texts), -1)
        at_space = np.where(found >= 0, at_space, -1)
        inside = np.maximum(np.searchsorted(before, limit, side="right") - 1, start + 1)
        end = np.where(at_space > start, at_space, inside)
        end = np.where(before[last] <= limit, last, np.minimum(end, last))
        starts[:, line], ends[:, line] = start - first, end - first
        start = np.where((end < last) & blank[end], end + 1, end)
    return starts, ends, count


def _advances(text: str, face: Face) -> list[float]:
    table = _listed(face)
    if not text.isascii() and max(text) >= _BEYOND_LETTER:
        return [table[min(ord(letter), _BEYOND)] for letter in text]
    return list(map(table.__getitem__, map(ord, text)))


def _codes(text: str) -> NDArray[np.uint32]:
    codes: NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    return np.minimum(codes, np.uint32(_BEYOND))


@cache
def _table(face: Face) -> NDArray[np.float64]:
    """Return the advance of every code point up to U+FFFF; the entry after stands for all beyond."""
    table = np.full(0x10001, float(_OTHER))
    table[0x0300:0x0370] = 0.0
    table[0x1100:0x1160] = table[0x2E80:0xD7FF] = table[0xF900:0xFB00] = table[0xFE30:0xFF61] = _WIDE
    table[0x10000] = _WIDE
    for code, advance in _data()["faces"][face.value].items():
        table[int(code, 16)] = advance
    return table


@cache
def _listed(face: Face) -> list[float]:
    found: list[float] = _table(face).tolist()
    return found


@cache
def _data() -> dict[str, dict[str, dict[str, int]]]:
    data: dict[str, dict[str, dict[str, int]]] = json.loads(resource("fonts", "advances.json").read_text())
    return data
