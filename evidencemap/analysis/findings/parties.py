"""Findings on parties: origins that belong together, ties that nothing shows, one name in two spellings."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from evidencemap.analysis.findings.finding import Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.entities import Source
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, TieKind

FAMILY = "Who belongs to whom"

_BEFORE = frozenset(["the", "a", "an", "mr", "mrs", "ms", "dr", "prof", "sir", "senator", "sen"])
"""Words before a name without which it is still the same one's: articles and titles."""

_AFTER = frozenset(
    [
        "inc",
        "ltd",
        "llc",
        "plc",
        "corp",
        "co",
        "corporation",
        "company",
        "limited",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "bv",
    ]
)
"""Words after a name without which it is still the same one's: legal forms of companies."""


def tied_origins(reading: Reading) -> Iterator[Seen]:
    """See each claim two of whose origins belong together: one to the other, or both to a third.

    `linked to` counts for nothing here, and what belongs together still counts as two origins.
    """
    holders = _holders(reading.sources)
    if not holders:
        return
    for node, claim in reading.columns.claims:
        behind = reading.behind[node]
        if claim.kind is ClaimKind.ASK or behind is None or len(behind) < 2:
            continue
        together: dict[Id, list[Id]] = {}
        for each in reading.in_order(behind):
            for holder in holders.get(each, (each,)):
                together.setdefault(holder, []).append(each)
        shared = [(holder, held) for holder, held in together.items() if len(held) > 1]
        for holder, held in shared[:1]:
            if holder in held[:2]:
                yield Seen(on=claim.id, names=tuple(held[:2]))
            else:
                owner = reading.case.of(Source)[holder]
                yield Seen(on=claim.id, names=(*held[:2], holder), values=(owner.name,), form=1)


def asserted_ties(reading: Reading) -> Iterator[Seen]:
    """See each source of which it is recorded that it belongs to another, with nothing that shows it."""
    for source in reading.sources:
        for tie in source.ties:
            if tie.shown_by is None:
                yield Seen(on=source.id, names=(tie.to,), values=(tie.kind,))
                break
            if not reading.holds(tie.shown_by):
                yield Seen(on=source.id, names=(tie.to, tie.shown_by), values=(tie.kind,), form=1)
                break


def names_in_two_spellings(reading: Reading) -> Iterator[Seen]:
    """See each source, item or claim that has a name which an earlier one spells otherwise.

    Two spellings are one name where they are the same letters and digits once accents, case, articles,
    titles and legal forms are gone; an addressee also where one is the end of the other.
    """
    yield from reading.by_number(_in_two_spellings(reading))


def _in_two_spellings(reading: Reading) -> Iterator[Seen]:
    first: dict[str, tuple[Id, str]] = {}
    found = set[Id]()
    for entity, name in _names(reading):
        plain = _plain(name)
        if not plain:
            continue
        known, spelled = first.setdefault(plain, (entity, name))
        if known != entity and " ".join(spelled.split()) != " ".join(name.split()) and entity not in found:
            found.add(entity)
            yield Seen(on=entity, names=(known,), values=(name, spelled))
    yield from _shortened(reading, found)


def _shortened(reading: Reading, found: set[Id]) -> Iterator[Seen]:
    """See each addressee whose name is the end of an earlier one's, or the other way round."""
    whole: dict[tuple[str, ...], tuple[Id, str]] = {}
    ends: dict[tuple[str, ...], tuple[Id, str]] = {}
    to = (reading.case.id, reading.case.header.to.strip())
    addressed = [(each.id, each.stated_to.strip()) for each in reading.claims if each.stated_to]
    for entity, name in (to, *addressed):
        if not name:
            continue
        words = tuple(_plain(name).split())
        shorter = [words[at:] for at in range(1, len(words))]
        known = ends.get(words) or next((whole[each] for each in shorter if each in whole), None)
        if known is not None and entity not in found:
            yield Seen(on=entity, names=known[:1], values=(name, known[1]), form=1)
        if words:
            whole.setdefault(words, (entity, name))
            for each in shorter:
                ends.setdefault(each, (entity, name))


def _names(reading: Reading) -> Iterator[tuple[Id, str]]:
    for source in reading.sources:
        yield source.id, source.name.strip()
    for item in reading.items:
        if item.held_by and not item.held_by.isspace():
            yield item.id, item.held_by.strip()
    for claim in reading.claims:
        if claim.stated_to and not claim.stated_to.isspace():
            yield claim.id, claim.stated_to.strip()


def _holders(sources: list[Source]) -> Mapping[Id, tuple[Id, ...]]:
    """Return of each source that belongs to others all that it belongs to in the end, itself first."""
    ties = {
        each.id: [tie.to for tie in each.ties if tie.kind is not TieKind.LINKED_TO]
        for each in sources
        if each.ties
    }
    found: dict[Id, tuple[Id, ...]] = {}
    for source, held in ties.items():
        seen = {source: None}
        waiting = list(held)
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen[each] = None
                waiting.extend(ties.get(each, ()))
        if held:
            found[source] = tuple(seen)
    return found


def _plain(name: str) -> str:
    bare = name.casefold()
    if not bare.isascii():
        apart = unicodedata.normalize("NFKD", bare)
        bare = "".join(each for each in apart if not unicodedata.combining(each))
    bare = bare.replace("'", "").replace("’", "").replace(".", "")
    words = bare.split() if bare.replace(" ", "").isalnum() else re.findall(r"[^\W_]+", bare)
    words = [each for each in words if each != "and"]
    while words and words[0] in _BEFORE:
        del words[0]
    while words and words[-1] in _AFTER:
        del words[-1]
    return " ".join(words)


KINDS = (
    Kind(
        code="TIED_ORIGINS",
        title="Origins that belong together",
        severity=Severity.WARNING,
        sentences=(
            "Two origins behind {one} belong together: {two} and {three}.",
            "Two origins behind {one}, {two} and {three}, belong to one and the same: {value}.",
        ),
        why="Whoever is owned, paid or employed by another may not speak apart from it.",
        fix="Find an origin that belongs to neither, or accept this with the reason why they speak apart.",
        authority="ICD 206, Sourcing Requirements (2015): access, motivation and bias are described.",
        look=tied_origins,
    ),
    Kind(
        code="TIE_ASSERTED",
        title="Belonging that is asserted",
        severity=Severity.NOTE,
        sentences=(
            "That {one} is {value} {two} is recorded, with nothing that shows it.",
            "That {one} is {value} {two} is recorded, and {three}, which is to show it, does not stand.",
        ),
        why="Who belongs to whom is a claim like any other.",
        fix="Name the claim or the item that shows it.",
        authority="ICD 206, Sourcing Requirements (2015): what is said of a source has a source as well.",
        look=asserted_ties,
    ),
    Kind(
        code="NAME_VARIES",
        title="One name in two spellings",
        severity=Severity.NOTE,
        hint=True,
        sentences=(
            "{one} has the name “{value}” where {two} has “{other}”.",
            "{one} was said to “{value}”, and {two} has “{other}”.",
        ),
        why="One party under two names counts and is searched as two.",
        fix="Write the name one way, or accept this with the reason why they are two.",
        authority="IFLA, Functional Requirements for Authority Data (2009): one party, one authorised name.",
        look=names_in_two_spellings,
    ),
)
