"""A text as a tree of scalars, lists and mappings that know their line, and the limits of such texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from evidencemap.errors import ListingRefused
from evidencemap.tongue import _, figure

LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes that a listing may have."""

DEEPEST = 12
"""How deep lists and mappings may stand in each other."""

MOST_NODES = 4_000_000
"""Scalars, lists and mappings that a listing may have."""


class Form(Enum):
    """How a scalar was written. YAML has plain and quoted ones, JSON quoted ones and the other three."""

    PLAIN = "plain"
    QUOTED = "quoted"
    NUMBER = "number"
    FLAG = "true or false"
    NULL = "null"


@dataclass(slots=True)
class Scalar:
    """One value as it was written, untyped: the field that it stands in says what it is."""

    line: int
    text: str
    form: Form


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A mapping: keys in the order of the text, each with its line and its value."""

    line: int
    entries: dict[str, tuple[int, "Node"]] = field(default_factory=dict)

    def items(self) -> Iterator[tuple[str, int, "Node"]]:
        """Yield each key with its line and its value."""
        for key, (line, value) in self.entries.items():
            yield key, line, value


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    node: Sequence | Mapping
    key: str | None = None
    key_line: int = 0


class Builder:
    """Builds a tree from the pieces of a text in their order. Refuses what is too deep, too much or twice."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._count = 0
        self.root: Node | None = None

    @property
    def wants_key(self) -> bool:
        """Say whether the next scalar is the key of an entry."""
        top = self._open[-1] if self._open else None
        return top is not None and isinstance(top.node, Mapping) and top.key is None

    def begin(self, node: Sequence | Mapping) -> None:
        """Open a list or a mapping. Raises ListingRefused where it is nested too deep or is a key."""
        if self.wants_key:
            raise refused(node.line, "a key is a plain word, never a list or a mapping")
        if len(self._open) >= DEEPEST:
            raise refused(
                node.line, "lists and mappings stand more than {deepest} deep in each other", deepest=DEEPEST
            )
        self._put(node)
        self._open.append(_Open(node))

    def end(self) -> None:
        """Close the innermost list or mapping."""
        self._open.pop()

    def scalar(self, line: int, text: str, form: Form) -> None:
        """Add a scalar: a key where one is due, else a value."""
        top = self._open[-1] if self._open else None
        if top is None or top.key is not None or not isinstance(top.node, Mapping):
            self._put(Scalar(line, text, form))
            return
        if text in top.node.entries:
            first = top.node.entries[text][0]
            raise refused(
                line, "the key {text} stands twice, first in line {first}", text=quoted(text), first=first
            )
        top.key, top.key_line = text, line

    def _put(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise refused(node.line, "the text has more than {most} entries", most=figure(MOST_NODES))
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
            return
        assert top.key is not None
        top.node.entries[top.key] = (top.key_line, node)
        top.key = None


def refused(line: int, why: str, /, **values: object) -> ListingRefused:
    """Return the refusal of a text at a line; `why` is a sentence without its full stop.

    It is said in the person's language, with the values put in where there are any.
    """
    said = _(why).format(**values) if values else _(why)
    return ListingRefused(_("Line {line}: {why}.").format(line=line, why=said))


def quoted(text: str) -> str:
    """Return a piece of the text as a sentence may quote it: short, and without control characters."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return repr(short)
