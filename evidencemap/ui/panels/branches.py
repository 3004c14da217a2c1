"""The tree of the outline, read off the case: roots, what stands beneath each, and the way to any."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import chain, filterfalse
from operator import attrgetter
from typing import Any

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Dispute, EvidenceState
from evidencemap.tongue import _
from evidencemap.ui.editor import AT_ONCE, steps_into
from evidencemap.ui.marks import mark_of
from evidencemap.ui.rows import Row, Weight
from evidencemap.ui.wording import one_line, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One row of the outline: an entity, by which step it stands there, and as what."""

    id: Id
    via: Id | None = None
    role: str = ""


class Upward:
    """What something rests on in a case, requests apart; after an edit only what it changed is read."""

    def __init__(self) -> None:
        self._case: Case | None = None
        self._found: set[Id] = set()

    def of(self, case: Case, ids: Collection[Id] | None = None) -> set[Id]:
        """Return the ids of what something rests on.

        `ids` are those that may have changed since this was asked last; without them all is read.
        """
        if self._case is None or ids is None:
            self._found = set().union(*(_rested_on(kind, case.of(kind).values()) for kind in _RESTS_ON))
        elif case is not self._case:
            for target in self._looked_at(self._case, case, ids):
                rests = any(
                    target in _rested_on(type(case[user]), [case[user]]) for user in case.users(target)
                )
                (self._found.add if rests else self._found.discard)(target)
        self._case = case
        return self._found

    def _looked_at(self, before: Case, after: Case, ids: Collection[Id]) -> set[Id]:
        """Return what the changed entities rested on or rest on now."""
        changed = ((before.entities.get(each), after.entities.get(each)) for each in ids)
        held = [each for was, now in changed if was is not now for each in (was, now) if each is not None]
        return {target for each in held for target in _rested_on(type(each), [each])}


def roots(case: Case, upward: set[Id] | None = None) -> list[Branch]:
    """Return what nothing else rests on: headlines, asks, further conclusions, then loose ends."""
    upward = Upward().of(case) if upward is None else upward
    claims = case.of(Claim)
    free = [claims[each] for each in filterfalse(upward.__contains__, claims)]
    free.sort(key=lambda claim: (_rank(claim), number_key(claim.number)))
    found = [Branch(id=claim.id) for claim in free]
    if len(case) <= AT_ONCE:
        reached = _reached(case, [claim.id for claim in free])
        missed = [claim for claim in case.sorted(Claim) if claim.id not in reached]
        while missed:
            found.append(Branch(id=missed[0].id))
            reached |= _reached(case, [missed[0].id])
            missed = [claim for claim in missed if claim.id not in reached]
    items = case.of(Evidence)
    loose: list[Any] = [items[each] for each in filterfalse(upward.__contains__, items)]
    loose.sort(key=lambda item: number_key(item.number))
    loose += [each for each in case.sorted(Request) if not each.settles]
    return found + [Branch(id=each.id) for each in loose]


def branches(case: Case, verdicts: Verdicts, entity: Id) -> list[Branch]:
    """Return what stands beneath an entity: parts, premises, warrants, objections, requests, sources."""
    held = case[entity]
    if isinstance(held, Evidence):
        return [*(Branch(id=each, role="from") for each in (*held.sources, *held.copied_from))]
    if isinstance(held, Request):
        return [Branch(id=each, role="answer") for each in held.answered_by]
    if not isinstance(held, Claim):
        return []
    found: dict[Id, Branch] = {}
    into = steps_into(case, entity)
    by_part = {premise: step.id for step in into if not step.con for premise in step.premises}
    for part in held.parts:
        found[part] = Branch(id=part, via=by_part.get(part), role="part")
    for step in into:
        for premise in step.premises:
            found.setdefault(premise, Branch(id=premise, via=step.id, role="con" if step.con else ""))
    extra: list[Branch] = []
    for step in into:
        if step.warrant is not None:
            extra.append(Branch(id=step.warrant, via=step.id, role="warrant"))
        elif step.id in verdicts.steps and verdicts.steps[step.id].status is StepStatus.UNSUPPORTED:
            extra.append(Branch(id=step.id, via=step.id, role="no warrant"))
        extra.extend(Branch(id=each, via=step.id, role="undercut") for each in step.undercut_by)
    asked = {entity, *(step.id for step in into)}
    requests = [case.get(Request, each) for target in asked for each in case.users(target)]
    settling = {each.id: each for each in requests if each is not None and set(each.settles) & asked}
    ordered = sorted(settling.values(), key=lambda each: number_key(each.number))
    return [*found.values(), *extra, *(Branch(id=each.id, role="settles") for each in ordered)]


def way_to(case: Case, entity: Id) -> list[Id]:
    """Return the ids from a root down to an entity; empty where it stands nowhere in the outline."""
    way = [entity]
    seen = {entity}
    while True:
        above = next((each for each in parents(case, way[0]) if each not in seen), None)
        if above is None:
            return way
        seen.add(above)
        way.insert(0, above)


def row_of(case: Case, verdicts: Verdicts, branch: Branch) -> Row:
    """Return how the outline shows a branch."""
    held = case[branch.id]
    if branch.role == "no warrant":
        return Row(
            text=_("no warrant is recorded"),
            lead=held.number,
            mark="cross",
            ink="unsupported",
            weight=Weight.MUTED,
        )
    mark, ink = mark_of(case, verdicts, branch.id)
    lead = {
        "warrant": _("why: {number}"),
        "con": _("against: {number}"),
        "undercut": _("undercut: {number}"),
    }.get(branch.role, "{number}")
    quiet = isinstance(held, Evidence | Source)
    struck = isinstance(held, Evidence) and held.state is EvidenceState.WITHDRAWN
    return Row(
        text=one_line(said(case, branch.id)),
        lead=lead.format(number=held.number),
        mark=mark,
        ink=ink,
        weight=Weight.MUTED if quiet else Weight.USUAL,
        strike=struck,
        value=branch.id,
        right=disputed(held) if isinstance(held, Claim) else "",
        right_ink="muted",
    )


def disputed(claim: Claim) -> str:
    """Return whether the parties agree on a claim, in words; empty where it is not said."""
    words = {Dispute.AGREED: _("agreed"), Dispute.DISPUTED: _("in dispute")}
    return "" if claim.dispute is None else words[claim.dispute]


def _rank(claim: Claim) -> int:
    if claim.headline:
        return 0
    return 1 if claim.kind is ClaimKind.ASK else 2


def _rested_on(kind: type[Any], held: Collection[Any]) -> set[Id]:
    """Return what entities of one kind rest on, as they say it."""
    return _RESTS_ON[kind](held) if kind in _RESTS_ON else set()


def _by_steps(steps: Collection[Step]) -> set[Id]:
    found = set(chain.from_iterable(map(_PREMISES, steps)))  # no step concludes a premise of its own
    for step in filter(_UNDERCUTTERS, steps):
        found.update(each for each in step.undercut_by if each != step.conclusion)
    backed = filter(_WARRANT, steps)
    found.update(step.warrant for step in backed if step.warrant and step.warrant != step.conclusion)
    return found


def _by_parts(claims: Collection[Claim]) -> set[Id]:
    return set(chain.from_iterable(map(_PARTS, claims)))


def _by_copies(items: Collection[Evidence]) -> set[Id]:
    found = set(chain.from_iterable(map(_COPIED, items)))
    return found | {each.by for item in filter(_UNDERCUTTERS, items) for each in item.undercut_by}


_PREMISES, _UNDERCUTTERS, _WARRANT = attrgetter("premises"), attrgetter("undercut_by"), attrgetter("warrant")
_PARTS, _COPIED = attrgetter("parts"), attrgetter("copied_from")


_RESTS_ON: dict[type[Any], Callable[[Any], set[Id]]] = {
    Step: _by_steps,
    Claim: _by_parts,
    Evidence: _by_copies,
}
"""What something rests on, as the entities of each kind say it."""


def _users_above(case: Case, entity: Id) -> list[Id]:
    return sorted(_above(case, entity), key=lambda each: number_key(case.number(each)))


def _above(case: Case, entity: Id) -> Iterator[Id]:
    for user in case.users(entity):
        held = case[user]
        if (
            (isinstance(held, Step) and held.conclusion != entity)
            or (isinstance(held, Claim) and entity in held.parts)
            or isinstance(held, Evidence)
            or (isinstance(held, Request) and entity in held.answered_by)
        ):
            yield user


def parents(case: Case, entity: Id) -> list[Id]:
    """Return what an entity stands beneath at once, by whichever step or field."""
    held = case[entity]
    if isinstance(held, Request):
        targets = [(case[each].conclusion if isinstance(case[each], Step) else each) for each in held.settles]  # type: ignore[union-attr]
        return [each for each in targets if each in case]
    if isinstance(held, Step):
        return [held.conclusion]
    above = []
    for user in _users_above(case, entity):
        other = case[user]
        above.append(other.conclusion if isinstance(other, Step) else user)
    return above


def _reached(case: Case, starts: list[Id]) -> set[Id]:
    seen = set(starts)
    waiting = list(starts)
    while waiting:
        held = case[waiting.pop()]
        below: list[Id] = list(held.parts) if isinstance(held, Claim) else []
        for step in steps_into(case, held.id):
            below += [*step.premises, *step.undercut_by]
            if step.warrant is not None:
                below.append(step.warrant)
        for each in below:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen
