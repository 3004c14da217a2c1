"""Ties between sources: which of them concern what a person has chosen, and how each runs."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from evidencemap.layout.paths import Box, Point, Side, curve, port, sides
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _

SAME_COLUMN = 60.0
"""Sources whose cards begin no further apart, in points, stand in one column: a tie runs beside it."""

MOST_BEHIND = 5000
"""Behind a claim so many nodes are looked at, no more: the map must not wait for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTie:
    """One tie to be seen: from which source to which, what it says, and whether anything shows it."""

    source: Id
    to: Id
    words: str
    shown: bool


def ties_of(case: Case, chosen: Collection[Id], ringed: Collection[Id] = ()) -> list[ShownTie]:
    """Return the ties to be seen while these are chosen or ringed, sources in the order of their numbers.

    They are those of a chosen source, those between two sources that a chosen claim or item rests on, and
    those of each source behind what is ringed.
    """
    tied = [source for source in case.of(Source).values() if source.ties]
    if not tied or not (chosen or ringed):
        return []
    either = {each for each in chosen if each in case.of(Source)} | sources_behind(case, ringed)
    both = [sources_behind(case, (each,)) for each in sorted(chosen) if each not in case.of(Source)]
    found = []
    for source in sorted(tied, key=lambda each: int(each.number[1:])):
        for tie in source.ties:
            ends = {source.id, tie.to}
            if ends & either or any(ends <= behind for behind in both):
                words = _("{one} is {tie} {two}").format(
                    one=source.number, tie=_(tie.kind.value), two=case.number(tie.to)
                )
                found.append(
                    ShownTie(source=source.id, to=tie.to, words=words, shown=tie.shown_by is not None)
                )
    return found


def sources_behind(case: Case, nodes: Iterable[Id]) -> set[Id]:
    """Return the sources that these rest on by any steps that speak for them."""
    seen = {each for each in nodes if each in case}
    waiting = list(seen)
    while waiting and len(seen) < MOST_BEHIND:
        for each in _grounds(case, waiting.pop()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return {each for each in seen if each in case.of(Source)}


def tie_path(one: Box, other: Box) -> tuple[Point, ...]:
    """Return how a tie runs between two cards: beside their column, else from side to side."""
    if abs(one.x - other.x) > SAME_COLUMN:
        leave, enter = sides(one, other)
        return curve(port(one, leave, 0.3), port(other, enter, 0.7))
    start, end = port(one, Side.LEFT, 0.4), port(other, Side.LEFT, 0.6)
    bulge = min(48.0, 18.0 + 0.04 * abs(end.at[1] - start.at[1]))
    return (start.at, (start.at[0] - bulge, start.at[1]), (end.at[0] - bulge, end.at[1]), end.at)


def _grounds(case: Case, node: Id) -> Iterator[Id]:
    held = case[node]
    if isinstance(held, Evidence):
        yield from held.sources
        yield from held.copied_from
    if isinstance(held, Claim | Evidence):
        steps = case.of(Step)
        for user in case.users(node):
            step = steps.get(user)
            if step is not None and step.conclusion == node and not step.con:
                yield from step.premises
                if step.warrant is not None:
                    yield step.warrant
