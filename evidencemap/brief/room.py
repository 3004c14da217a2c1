"""How much of each thing a template has room for: rows, notes, and characters of one text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The most of each thing that a brief shows, `letters` being the most characters of one text.

    What goes beyond is counted and left to the report.
    """

    claims: int = 10**9
    shown: int = 10**9
    requests: int = 10**9
    steps: int = 10**9
    asks: int = 10**9
    numbers: int = 10**9
    sources: int = 10**9
    replies: int = 10**9
    rivals: int = 10**9
    questions: int = 10**9
    remarks: int = 10**9
    accepted: int = 10**9
    notes: int = 10**9
    letters: int = 10**9

    @property
    def line(self) -> int:
        """Return the most characters of a text that has a line to itself."""
        return max(90, self.letters)

    @property
    def full(self) -> int:
        """Return the most characters, beside its own place, of a text that a brief is about.

        A text of the usual length stands whole while there is any room.
        """
        return min(600, max(self.letters, 320 if self.letters >= 90 else 160 if self.letters >= 50 else 0))


def fitting(count: int, most: int) -> int:
    """Return how many of so many are shown: a single one left over stands where the line would count it."""
    return count if count == most + 1 and most else min(count, most)


EVERYTHING = Room()
"""The room of a report: nothing is left out."""

_WIDEST = Room(
    claims=5,
    shown=6,
    requests=6,
    steps=5,
    asks=4,
    numbers=4,
    sources=5,
    replies=5,
    rivals=4,
    questions=9,
    remarks=4,
    accepted=4,
    notes=9,
    letters=160,
)
_ORDER = (
    "shown 5, shown 4, shown 3, numbers 3, notes 7, questions 6, letters 130, steps 4, asks 3, sources "
    "4, numbers 2, notes 5, questions 4, steps 3, rivals 3, remarks 3, accepted 3, letters 110, "
    "requests 5, sources 3, steps 2, questions 3, replies 3, notes 4, rivals 2, questions 2, replies 2,"
    " sources 2, remarks 2, accepted 2, numbers 1, notes 3, requests 4, letters 90, claims 4, sources "
    "1, asks 2, shown 2, questions 1, steps 1, requests 3, claims 3, requests 2, letters 70, letters "
    "50, remarks 1, accepted 1, asks 1, rivals 1, replies 1, shown 1, claims 2, notes 1, requests 1, "
    "letters 32, rivals 0, questions 0, replies 0"
)
"""What a memo gives up, one thing at a time: first what a reader would miss least."""


def memo_rooms() -> Sequence[Room]:
    """Return the rooms that a memo may try, each with a little less than the one before."""
    rooms = [_WIDEST]
    for each in _ORDER.split(", "):
        name, most = each.split(" ")
        rooms.append(replace(rooms[-1], **{name: int(most)}))
    return rooms


def sheet_rooms() -> Sequence[Room]:
    """Return the rooms that a settle sheet may try: those of a memo, and before them one with more to ask."""
    return [replace(_WIDEST, requests=12, rivals=8, questions=24), *memo_rooms()]
