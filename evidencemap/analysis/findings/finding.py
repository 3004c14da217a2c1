"""A finding, and what is seen of one."""

from enum import StrEnum
from typing import NamedTuple

from evidencemap.model.records import Id
from evidencemap.model.words import Grade

Value = str | int | Grade
"""What a sentence puts in besides names: a text of the case, a word of the model, a count, or a grade."""


class OwnWords(str):
    """A text of the program among the values of a finding: it is told in the person's language."""

    __slots__ = ()


class Severity(StrEnum):
    """How grave a finding is. A blocker says that the map is read as showing what it does not show."""

    BLOCKER = "blocker"
    WARNING = "warning"
    NOTE = "note"


Fields = tuple[Id, tuple[Id, ...], tuple[Value, ...], int, tuple[Id, ...], Severity | None]
"""What `Seen` has, in its order: of very many things that are seen, no object of its own is made."""


class Seen(NamedTuple):
    """One thing of which a kind of finding is true, as its family saw it.

    `names` are further entities that the sentence names, `values` what it puts in besides, `form`
    which of the kind's sentences fits, `asks` the requests that would mend it.
    """

    on: Id
    names: tuple[Id, ...] = ()
    values: tuple[Value, ...] = ()
    form: int = 0
    asks: tuple[Id, ...] = ()
    severity: Severity | None = None


class Finding(NamedTuple):
    """A code with the entity that it is true of, what its sentence names, and how grave it is.

    Says nothing about the world, only about the map.
    """

    code: str
    on: tuple[Id, ...]
    severity: Severity
    names: tuple[Id, ...] = ()
    values: tuple[Value, ...] = ()
    form: int = 0
    asks: tuple[Id, ...] = ()
