"""Where an item comes from: its provenance steps with their caps, and its origins."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from evidencemap.analysis.policy import Policy
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.records import Id
from evidencemap.model.words import EvidenceState, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """One derived step to an item: from one source (None: only from what it copies), with its ceiling.

    `limits` names what holds the ceiling down, the strongest reason first: `retracted`,
    `reliability`, `credibility`, `reported`, `interest`.
    """

    source: Id | None
    ceiling: Grade
    limits: tuple[str, ...]


def provenance(
    case: Case, item: Evidence, policy: Policy, withdrawn: Collection[Id] = ()
) -> tuple[Provenance, ...]:
    """Return the provenance steps of an item, alternatives of each other; none where it has no source.

    Each is joint with the items that this one is copied from, whose grades are not in the ceiling.
    """
    return tuple(_provenance(each, limits) for each, limits in _limits(case, item, policy, withdrawn))


def ceilings(
    case: Case, item: Evidence, policy: Policy, withdrawn: Collection[Id] = ()
) -> list[tuple[Grade, Id]]:
    """Return the ceilings of the provenance steps of an item from its sources, each before its source."""
    found = _limits(case, item, policy, withdrawn)
    return [(min(limits)[0], source) for source, limits in found if source is not None]


def _limits(
    case: Case, item: Evidence, policy: Policy, withdrawn: Collection[Id]
) -> Iterator[tuple[Id | None, list[tuple[Grade, str]]]]:
    """Yield each provenance step of an item: its source, and every limit of its ceiling with its name."""
    cap = policy.credibility[item.credibility]
    limits: list[tuple[Grade, str]] = [(cap, "credibility")]
    if item.state is EvidenceState.REPORTED:
        limits.append((policy.reported, "reported"))
    if not item.sources and item.copied_from:
        yield None, limits
    for each in item.sources:
        source = case.of(Source)[each]
        of_source = [*limits, (policy.reliability[source.reliability], "reliability")]
        if source.retracted is not None or each in withdrawn:
            of_source.append((Grade.NOTHING, "retracted"))
        if source.gains_from and not item.audited:
            of_source.append((policy.interest, "interest"))
        yield each, of_source


def origins(case: Case, item: Id) -> frozenset[Id]:
    """Return the sources that an item goes back to: those of what it is copied from, else its own."""
    known: dict[Id, frozenset[Id]] = {}
    return origins_known(case, item, known)


def origins_known(case: Case, item: Id, known: dict[Id, frozenset[Id]]) -> frozenset[Id]:
    """Return the origins of an item, kept in `known` for the next question."""
    if item in known:
        return known[item]
    items = case.of(Evidence)
    waiting = [item]
    begun: set[Id] = set()
    while waiting:
        each = waiting[-1]
        if each in known:
            waiting.pop()
            continue
        held = items[each]
        unknown = [copy for copy in held.copied_from if copy not in known and copy not in begun]
        if unknown and each not in begun:
            begun.add(each)
            waiting.extend(unknown)
            continue
        copied: frozenset[Id] = frozenset().union(*(known.get(copy, ()) for copy in held.copied_from))
        known[each] = copied or frozenset(held.sources)
        waiting.pop()
    return known[item]


def undisclosed(case: Case, method: Id) -> bool:
    """Tell whether a method has not been said to be disclosed."""
    held = case.of(Claim)[method]
    return held.disclosed is not True


def _provenance(source: Id | None, limits: list[tuple[Grade, str]]) -> Provenance:
    ceiling = min(grade for grade, _ in limits)
    order = ("retracted", "reported", "interest", "reliability", "credibility")
    holding = sorted((why for grade, why in limits if grade == ceiling), key=order.index)
    return Provenance(source=source, ceiling=ceiling, limits=tuple(holding))
