"""A finding, what is seen of one, and the kind that gives it its words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from evidencemap.model.records import Id
from evidencemap.model.words import Grade

if TYPE_CHECKING:
    from evidencemap.analysis.findings.reading import Reading

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


Fields = tuple[Id, tuple[Id, ...], tuple[Value, ...], int, tuple[Id, ...], "Severity | None"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of finding: its words, how grave it is, whose authority it has, and how it is seen.

    `sentences` has one for each form; they name `{one}`, the entity it is on, `{two}` and `{three}`,
    the next ones, `{rest}`, all but the first, `{more}`, all but the first two, and the values as
    `{value}`, `{other}` and `{third}`. `look` yields by visible number of what each is on. `fixes`, where
    there are any, are what mends each form, in place of `fix`. `hint` tells that it points at something
    to look at and may well be nothing.
    """

    code: str
    title: str
    severity: Severity
    sentences: tuple[str, ...]
    why: str
    fix: str
    authority: str
    look: Callable[["Reading"], Iterator[Fields]]
    hint: bool = False
    fixes: tuple[str, ...] = ()

    def seen(self, reading: "Reading") -> Iterator[Seen]:
        """Yield what `look` sees."""
        return map(Seen._make, self.look(reading))

    def mends(self, form: int) -> str:
        """Return what mends a finding of one form."""
        return self.fixes[form] if self.fixes else self.fix
