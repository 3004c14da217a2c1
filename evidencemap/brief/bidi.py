"""Which way text runs: embedding levels of a paragraph and the visual order of a line (UAX 9)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

_STRONG = ("R", "AL")
_CLASSES = frozenset(["L", "R", "AL", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON"])
_JOINERS = "\u200c\u200d"
_MARK, _NEUTRAL = "\u0300", "\ufffc"


class Levelled(Protocol):
    """Anything with an embedding level: even runs to the right, odd to the left."""

    level: int


Some = TypeVar("Some", bound=Levelled)


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of the paragraph and of each character; `of` is empty where all is left to right."""

    base: int
    of: Sequence[int]


def turns(text: str) -> bool:
    """Tell whether any letter of a text runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _STRONG for character in text)


@lru_cache(maxsize=16)
def levels(text: str) -> Levels:
    """Return the levels of a paragraph without bidirectional controls."""
    if not turns(text):
        return Levels(0, ())
    from bidi import algorithm

    text = "".join(map(_known, text))
    storage = algorithm.get_empty_storage()
    base = algorithm.get_base_level(text)
    storage["base_level"] = base
    storage["base_dir"] = "R" if base else "L"
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [int(character["level"]) for character in storage["chars"]]
    return Levels(base, found if len(found) == len(text) else [base] * len(text))


def _known(character: str) -> str:
    """Return a character that the algorithm has a rule for, in place of a joiner or one not assigned yet."""
    if character in _JOINERS:
        return _MARK
    return character if unicodedata.bidirectional(character) in _CLASSES else _NEUTRAL


def turned(text: str) -> str:
    """Return text that runs to the left as it looks from left to right, brackets mirrored."""
    from bidi.mirror import MIRRORED

    return "".join(MIRRORED.get(character, character) for character in reversed(text))


def reordered(pieces: Sequence[Some], base: int) -> list[Some]:
    """Return the pieces of a line from left to right (rule L2)."""
    order = list(pieces)
    highest = max((piece.level for piece in order), default=0)
    lowest = min((piece.level for piece in order if piece.level % 2), default=highest + 1)
    for level in range(highest, min(lowest, highest + 1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end].level >= level:
                end += 1
            if end > start:
                order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order
