"""The kinds of entities, the letters of their visible numbers, how numbers look and how they sort."""

import re
from typing import Any

from evidencemap.model.entities import (
    Claim,
    Evidence,
    Exhibit,
    Header,
    Link,
    Quantity,
    Remark,
    Request,
    Source,
    Step,
    Term,
    Watch,
)
from evidencemap.model.upkeep import Acceptance, Checkpoint, IssuedBrief, Placement
from evidencemap.model.words import ClaimKind

KINDS: tuple[type[Any], ...] = (
    Header,
    Source,
    Evidence,
    Claim,
    Request,
    Quantity,
    Step,
    Term,
    Remark,
    Watch,
    Exhibit,
    Link,
    Acceptance,
    IssuedBrief,
    Checkpoint,
    Placement,
)
"""Every kind of entity, in the order in which tables and listings give them."""

LETTERS: dict[str, type[Any]] = {
    "S": Source,
    "E": Evidence,
    "C": Claim,
    "M": Claim,
    "H": Claim,
    "A": Claim,
    "R": Request,
    "N": Quantity,
    "P": Step,
    "T": Term,
    "K": Remark,
    "W": Watch,
    "X": Exhibit,
    "L": Link,
    "F": Acceptance,
    "B": IssuedBrief,
    "Z": Checkpoint,
}
"""The letter that the visible numbers of each kind begin with."""

INSIDE = "LFBZ@"
"""The letters of numbers that stay inside, which nobody sees or names; @ begins that of a placement."""

NUMBER = re.compile(r"[A-Z][1-9][0-9]{0,8}")
"""What a visible number looks like: a letter, and a whole number from 1 to 999,999,999."""

NUMBER_IN_TEXT = re.compile(rf"\b{NUMBER.pattern}\b")
"""What looks like a visible number in a text and is a word of its own. Whether a case has it is not asked."""

CLAIM_LETTERS: dict[ClaimKind, str] = {
    ClaimKind.METHOD: "M",
    ClaimKind.ASSUMPTION: "H",
    ClaimKind.ASK: "A",
}
"""The letter a new claim of a kind gets where it is not C. A number stays when the kind changes."""


def number_key(number: str) -> tuple[int, str, int, str]:
    """Return the key that sorts visible numbers as people count: S1, S2, S10, E1, C1, M1."""
    letter, digits = number[:1], number[1:]
    order = "cSECMHARNPTKWXLFBZ@".find(letter)
    return (order if order >= 0 else 99, letter, int(digits) if digits.isdecimal() else -1, digits)
