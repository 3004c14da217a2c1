"""A kind of finding: the words that it gives to its findings, and how these are seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.reading import Reading


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
    look: Callable[[Reading], Iterator[Fields]]
    hint: bool = False
    fixes: tuple[str, ...] = ()

    def seen(self, reading: Reading) -> Iterator[Seen]:
        """Yield what `look` sees."""
        return map(Seen._make, self.look(reading))

    def mends(self, form: int) -> str:
        """Return what mends a finding of one form."""
        return self.fixes[form] if self.fixes else self.fix
