"""A case without what its confidential sources are: they keep their number and nothing else."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Evidence, Exhibit, Source
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, shape

NAME = "Confidential source"
"""What a confidential source is called where its name is left out."""

SHORTEST = 4
"""Letters that something cited of a source must have to be looked for in other texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A case without its confidential sources: their numbers, and what was changed because of them.

    `mentions` gives the numbers of what named one of them; `withheld` the SHA-256 of the exhibits of
    items that come from one, whose content should stay behind.
    """

    case: Case
    sources: tuple[str, ...]
    mentions: tuple[str, ...]
    withheld: dict[str, str]


def redacted(case: Case) -> Redaction:
    """Return a case in which each source marked confidential leaves its number and nothing else.

    What says to whom it belongs, or who belongs to it, goes as well, and what is struck out of a file that
    comes from it. Where a text holds its name, or
    what is cited of it, letter for letter and as whole words, its number stands instead. A nickname or an
    initial is not found: read the copy before it leaves.
    """
    hidden = [each for each in case.sorted(Source) if each.confidential]
    gone = {each.id for each in hidden}
    replaced = _replacer(hidden)
    withheld = _withheld(case, gone)
    held, mentions = [], []
    for entity in case.entities.values():
        if isinstance(entity, Source) and entity.confidential:
            held.append(Source(id=entity.id, number=entity.number, name=NAME, confidential=True))
            continue
        changed = _changed(_without_what_tells(entity, gone, withheld), replaced)
        if changed is not entity:
            mentions.append(entity.number)
        held.append(changed)
    return Redaction(
        case=case_of(held, case.highest),
        sources=tuple(each.number for each in hidden),
        mentions=tuple(mentions),
        withheld=withheld,
    )


def _without_what_tells(entity: Any, hidden: set[Id], withheld: dict[str, str]) -> Any:
    """Return a thing without what would tell of a hidden source: a tie to it, words struck out of a file."""
    if isinstance(entity, Exhibit) and entity.sha256 in withheld and entity.struck:
        return replace(entity, struck=())
    if not isinstance(entity, Source) or hidden.isdisjoint(tie.to for tie in entity.ties):
        return entity
    return replace(entity, ties=tuple(tie for tie in entity.ties if tie.to not in hidden))


def _withheld(case: Case, hidden: set[Id]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in case.sorted(Evidence):
        if not hidden.isdisjoint(item.sources):
            for each in item.exhibits:
                exhibit: Any = case[each]
                found[exhibit.sha256] = exhibit.number
    return found


def _replacer(hidden: list[Source]) -> Callable[[str], str]:
    numbers: dict[str, str] = {}
    for source in hidden:
        for text in _names(source):
            numbers.setdefault(text.casefold(), source.number)
    if not numbers:
        return lambda text: text
    longest_first = sorted(numbers, key=lambda each: (-len(each), each))
    either = "|".join(r"\s+".join(map(re.escape, each.split())) for each in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def number(found: re.Match[str]) -> str:
        return numbers.get(" ".join(found.group().casefold().split()), hidden[0].number)

    return lambda text: pattern.sub(number, text)


def _names(source: Source) -> Iterator[str]:
    yield " ".join(source.name.split())
    for _, value in source.cites:
        text = " ".join(value.split())
        if len(text) >= SHORTEST and any(each.isalpha() for each in text):
            yield text


def _changed(entity: Any, replaced: Callable[[str], str]) -> Any:
    """Return an entity or record with every text in it replaced; itself where none changes."""
    changes: dict[str, Any] = {}
    for each in shape(type(entity)):
        value = getattr(entity, each.name)
        if not value:
            continue
        if each.kind is FieldKind.TEXT:
            fresh: Any = replaced(value)
        elif each.kind is FieldKind.TEXTS:
            fresh = tuple(replaced(text) for text in value)
        elif each.kind is FieldKind.PAIRS:
            fresh = tuple((key, replaced(text)) for key, text in value)
        elif each.kind is FieldKind.RECORD:
            fresh = _changed(value, replaced)
        elif each.kind is FieldKind.RECORDS:
            fresh = tuple(_changed(record, replaced) for record in value)
        else:
            continue
        if fresh != value:
            changes[each.name] = fresh
    return replace(entity, **changes) if changes else entity
