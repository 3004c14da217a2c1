"""Ids, and the small records that stand inside entities."""

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha1
from typing import NewType
from uuid import UUID, uuid4

from evidencemap.errors import RuleBroken
from evidencemap.model.words import TieKind
from evidencemap.tongue import _

Id = NewType("Id", str)
"""The inside name of an entity: a UUID as text. People see the number (`C1`) instead."""

CLAIMS = "CMHA"
"""The letters that the numbers of claims begin with: claim, method, assumption, ask."""


SECOND: dict[str, int] = {"since": 2}
"""Says of a field that it came with the second shape of the case file, where its column stands last."""

THIRD: dict[str, int] = {"since": 3}
"""Says of a field that it came with the third shape of the case file, where its column stands last."""


def new_id() -> Id:
    """Return an id that nothing else has."""
    return Id(str(uuid4()))


def listed_id(case: Id, number: str) -> Id:
    """Return the id that a visible number has in a case read from a listing: the same each time.

    It is the UUID of version 5 of the number in the space of the case (RFC 9562, 5.5), made without a
    UUID object, since a listing names ten thousand of them.
    """
    text = sha1(_space(case) + number.encode(), usedforsecurity=False).hexdigest()
    return Id(f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANT[text[16]]}{text[17:20]}-{text[20:32]}")


@lru_cache(maxsize=8)
def _space(case: Id) -> bytes:
    return UUID(case).bytes


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""The digit of a UUID that holds its variant, by the digit that the digest has there (RFC 9562, 4.1)."""


def points_at(letters: str, key: str = "") -> dict[str, str]:
    """Say what a reference may point at: the letters of the numbers, and its key in a listing."""
    return {"to": letters, "key": key}


def said(text: str, sentence: str) -> None:
    """Refuse a text in which nothing is said, with a sentence of the catalogue, in the person's language."""
    if not text.strip():
        raise RuleBroken(_(sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a quote stands: an exhibit, its page (from 1), and the characters from..to on it."""

    exhibit: Id | None = field(default=None, metadata=points_at("X"))
    page: int | None = None
    start: int | None = field(default=None, metadata={"key": "from"})
    end: int | None = field(default=None, metadata={"key": "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """When an item was collected, by whom, and how."""

    date: str = ""
    by: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """That a source took back what it said: when, and why."""

    date: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undercut:
    """An objection to a derived provenance step: by which claim, to the step from which source.

    `source` is None for the step of an item that is copied and has no source of its own.
    """

    by: Id = field(metadata=points_at(CLAIMS))
    source: Id | None = field(default=None, metadata=points_at("S"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """That a source belongs to another, and in what way; `shown_by` is the claim or item that shows it.

    A tie without one is asserted and no more. It enters no verdict, and never makes two origins one.
    """

    kind: TieKind = field(metadata={"key": "is"})
    to: Id = field(metadata=points_at("S"))
    shown_by: Id | None = field(default=None, metadata=points_at(CLAIMS + "E"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One entry in the chain of custody of an exhibit: what, who, when (UTC), how, why."""

    what: str
    who: str = ""
    when: str = ""
    how: str = ""
    why: str = ""
