"""The sections of a listing: their names, kinds and letters, in the order in which they are written."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
from evidencemap.model.kinds import CLAIM_LETTERS
from evidencemap.model.records import CLAIMS
from evidencemap.model.shape import FieldShape, shape
from evidencemap.model.upkeep import Acceptance

VERSION = 1
"""The version of the format, which the key `evidencemap` gives."""

TITLES = UUID("7d4c6d0e-5a0b-5d3a-9a51-0b6f3c7e2a11")
"""The namespace in which a listing without an id gets one from its title."""

KIND_OF_LETTER = {letter: kind for kind, letter in CLAIM_LETTERS.items()}
"""The kind of a claim that gives none, by the letter of its number; a C is of kind existence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: its key, the entities in it, and the letters their numbers begin with."""

    key: str
    kind: type[Any]
    letters: str


SECTIONS = (
    Section(key="sources", kind=Source, letters="S"),
    Section(key="evidence", kind=Evidence, letters="E"),
    Section(key="claims", kind=Claim, letters=CLAIMS),
    Section(key="requests", kind=Request, letters="R"),
    Section(key="quantities", kind=Quantity, letters="N"),
    Section(key="steps", kind=Step, letters="P"),
    Section(key="terms", kind=Term, letters="T"),
    Section(key="remarks", kind=Remark, letters="K"),
    Section(key="watches", kind=Watch, letters="W"),
    Section(key="exhibits", kind=Exhibit, letters="X"),
)
"""The sections that map visible numbers to fields."""

LISTS = (
    Section(key="links", kind=Link, letters="L"),
    Section(key="acceptances", kind=Acceptance, letters="F"),
)
"""The sections that are lists: their numbers are not shown, and are given in order."""

HEADER_KEYS = tuple(each.key for each in shape(Header))
"""The keys at the top that belong to the case itself."""

TOP_KEYS = (
    "evidencemap",
    "id",
    *HEADER_KEYS,
    "given",
    *(each.key for each in SECTIONS),
    *(each.key for each in LISTS),
    "expect",
)
"""Every key that may stand at the top. `given` holds numbers that are given and free again."""

ROLES = "roles"
"""The key of a step that maps the roles of its scheme to what fills them."""

ROLE_FIELDS = ("denominator", "baseline")
"""The fields of a step that stand there: the role that a scheme may need, and what one honest user uses."""

COPIED = "copied"
"""The key in `undercut_by` of evidence for the step from what an item copies."""


def means_none(field: FieldShape) -> bool:
    """Say whether a plain `none` in this field means that nothing is recorded."""
    return field.optional or field.default in ("", ())
