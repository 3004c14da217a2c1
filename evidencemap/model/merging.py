"""Two copies of one case put together: what either changed goes through, what both did is asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model import rules
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import number_key
from evidencemap.model.numbering import Numbering, alias_pairs
from evidencemap.model.plain import Plain, from_plain, to_plain
from evidencemap.model.records import Id
from evidencemap.model.references import targets, without
from evidencemap.model.upkeep import Checkpoint, Placement
from evidencemap.tongue import _


class Side(StrEnum):
    """One of the two copies: the one that is merged into, and the one that is merged."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one copy did since the fork: a field of something, or where `field` is empty all of it.

    `before` and `after` are plain; None where the field had or has its default, or where the thing was
    not there yet or is gone.
    """

    number: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What both copies did differently, under a name that decides it: `C3.text`, or `C3` for all of it.

    `used_by` names what needs a thing that the other copy removed.
    """

    number: str
    field: str
    base: Any
    ours: Any
    theirs: Any
    used_by: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return how a person names the conflict to decide it."""
        return f"{self.number}.{self.field}" if self.field else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What two copies did, and the edit of ours that puts them together: None while conflicts are open.

    `renumbered` gives the new numbers of newcomers whose number was given to something else too.
    Numbers are those of the merged case throughout.
    """

    ours: tuple[Difference, ...]
    theirs: tuple[Difference, ...]
    both: tuple[Difference, ...]
    conflicts: tuple[Conflict, ...]
    renumbered: Mapping[str, str]
    edit: Edit | None


def merge(
    base: Case,
    ours: Case,
    theirs: Case,
    *,
    decided: Mapping[str, Side] | None = None,
    numbering: Numbering | None = None,
    label: str = "",
) -> Merge:
    """Put two copies of a case together that went apart at `base`; without a label, only compare them.

    `decided` says by the name of a conflict whose word holds. Places on the map and checkpoints of
    theirs stay behind. Raises RuleBroken where a decision is about no conflict, or where the two
    together break a rule; nothing is changed here.
    """
    drawn = _Drawing(ours, theirs, numbering or Numbering.of(base, ours, theirs), dict(decided or {}))
    drawn.compare(base)
    drawn.settle_removals()
    unknown = sorted(
        each for each in drawn.decided if each not in drawn.asked and not drawn.was_removed(each)
    )
    if unknown:
        raise RuleBroken(_("There is no conflict {unknown} to decide.").format(unknown=unknown[0]))
    edit = None
    if label and not drawn.conflicts:
        edit = drawn.edit(label)
        try:
            rules.check(ours.after(edit), edit.ids)
        except RuleBroken as broken:
            raise RuleBroken(
                _("Put together, the two copies break a rule: {broken}").format(broken=broken)
            ) from broken
    return Merge(
        ours=drawn.beside_conflicts(drawn.by_ours),
        theirs=drawn.beside_conflicts(drawn.by_theirs),
        both=tuple(drawn.by_both),
        conflicts=tuple(drawn.conflicts),
        renumbered=drawn.numbering.renumbered,
        edit=edit,
    )


def differences(before: Case, after: Case) -> list[Difference]:
    """Return what differs between two cases, number by number and field by field."""
    was, now = _plain(before, before.number), _plain(after, after.number)
    return [
        each
        for number in sorted(was.keys() | now.keys(), key=number_key)
        for each in _between(number, was.get(number), now.get(number))
    ]


_NOTHING: Plain = {}
_STAYS = (Checkpoint, Placement)
_SETS = frozenset(("exhibits",))
"""Fields whose entries stand for themselves: what either copy added or took out of them goes through."""


def _plain(case: Case, name: Callable[[Id], str]) -> dict[str, Plain]:
    return {
        name(each.id): to_plain(each, name) for each in case.entities.values() if not isinstance(each, _STAYS)
    }


def _between(number: str, was: Plain | None, now: Plain | None) -> Iterable[Difference]:
    if was == now:
        return
    if was is None or now is None:
        yield Difference(number=number, field="", before=was, after=now)
        return
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            yield Difference(number=number, field=key, before=was.get(key), after=now.get(key))


def _united(first: list[str], mine: list[str], yours: list[str]) -> list[str]:
    """Return the entries of a set that both changed: those that neither took out, then what either added."""
    added = {*mine, *yours} - {*first}
    return [each for each in first if each in mine and each in yours] + sorted(added, key=number_key)


def _with_users(case: Case, ids: set[Id]) -> set[Id]:
    """Return these and all that points at them."""
    return ids.union(*(case.users(each) for each in ids))


def _goes_with(entity: Entity, removed: set[Id], gone: set[Id]) -> bool:
    """Say whether an entity cannot be without what was `removed`, and can be without what is `gone` of it."""
    return without(entity, removed) is None and without(entity, gone) is not None


def _pointing(plain: Plain, stripped: Plain, full: Plain) -> Plain:
    """Return a thing with the fields in full that hold no more than what a removal left of them."""
    changed = {key for key in full if full[key] != stripped.get(key) and plain.get(key) == stripped.get(key)}
    return {**plain, **{key: full[key] for key in changed}} if changed else plain


@dataclass(slots=True)
class _Drawing:
    """One merge while it is made: what each side says by the numbers of the merged case."""

    ours: Case
    theirs: Case
    numbering: Numbering
    decided: dict[str, Side]
    asked: set[str] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    by_ours: list[Difference] = field(default_factory=list)
    by_theirs: list[Difference] = field(default_factory=list)
    by_both: list[Difference] = field(default_factory=list)
    _base: dict[str, Plain] = field(default_factory=dict)
    _our: dict[str, Plain] = field(default_factory=dict)
    _their: dict[str, Plain] = field(default_factory=dict)
    _merged: dict[str, Plain] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)

    def compare(self, base: Case) -> None:
        """Take what one side changed, and gather what both did differently."""
        self._base = _plain(base, lambda each: self.numbering.of_base(base.number(each)))
        self._our = _plain(self.ours, self.ours.number)
        self._their = _plain(self.theirs, lambda each: self.numbering.of_theirs(self.theirs.number(each)))
        for plain in (self._base, self._our, self._their):
            plain["case"].pop("aliases", None)
        ours, theirs = self._given_back(base, Side.THEIRS), self._given_back(base, Side.OURS)
        for number in sorted(self._base.keys() | ours.keys() | theirs.keys(), key=number_key):
            was, our, their = (held.get(number) for held in (self._base, ours, theirs))
            mine, yours = list(_between(number, was, our)), list(_between(number, was, their))
            self.by_both.extend(each for each in mine if each in yours)
            self.by_ours.extend(each for each in mine if each not in yours)
            self.by_theirs.extend(each for each in yours if each not in mine)
            merged = self._joined(number, was, our, their)
            if merged is not None:
                self._merged[number] = merged

    def _given_back(self, base: Case, keeps: Side) -> dict[str, Plain]:
        """Return what the side says that removed what is decided to stay as the other side `keeps` it.

        What its removal took along, and no word of its own, is there again: a thing that stays keeps its
        steps, and what points at it.
        """
        kept, lost = (self._our, self._their) if keeps is Side.OURS else (self._their, self._our)
        back = {number for number, side in self.decided.items() if side is keeps and number in kept}
        back = {number for number in back if number in self._base and number not in lost}
        if not back:
            return lost
        named = {each.id: self.numbering.of_base(base.number(each.id)) for each in base.entities.values()}
        removed = {each for each, number in named.items() if number in self._base and number not in lost}
        gone = {each for each in removed if named[each] not in back}
        around = _with_users(base, removed - gone)
        while more := {each for each in around & gone if _goes_with(base[each], removed, gone)}:
            gone -= more
            around = _with_users(base, around | more)
        made = dict(lost)
        for each in around:
            number = named[each]
            fuller, stripped = without(base[each], gone), without(base[each], removed)
            if each in gone or number in back or number not in self._base or fuller is None:
                continue
            full = to_plain(fuller, named.__getitem__)
            if number not in lost:
                made[number] = full
            elif stripped is not None:
                made[number] = _pointing(lost[number], to_plain(stripped, named.__getitem__), full)
        return made

    def _joined(self, number: str, was: Plain | None, our: Plain | None, their: Plain | None) -> Plain | None:
        if our == their or their == was:
            return our
        if our == was:
            return their
        if our is None or their is None:
            return our if self._decide(number, "", was, our, their) is Side.OURS else their
        base = was or _NOTHING
        joined: Plain = {}
        for key in sorted(our.keys() | their.keys() | base.keys()):
            first, mine, yours = base.get(key), our.get(key), their.get(key)
            if mine == yours or yours == first:
                held = mine
            elif mine == first:
                held = yours
            elif key in _SETS:
                held = _united(first or [], mine or [], yours or []) or None
            else:
                held = mine if self._decide(number, key, first, mine, yours) is Side.OURS else yours
            if held is not None:
                joined[key] = held
        return joined

    def _decide(
        self, number: str, key: str, was: Any, our: Any, their: Any, used_by: tuple[str, ...] = ()
    ) -> Side:
        conflict = Conflict(number=number, field=key, base=was, ours=our, theirs=their, used_by=used_by)
        if conflict.name not in self.decided:
            self.conflicts = [each for each in self.conflicts if each.name != conflict.name]
            self.conflicts.append(conflict)
        self.asked.add(conflict.name)
        return self.decided.get(conflict.name, Side.OURS)

    def settle_removals(self) -> None:
        """Ask about what one side removed and the other needs; take with it what hangs on it."""
        while True:
            needed = self._needed()
            if not needed:
                return
            for number, users in sorted(needed.items(), key=lambda each: number_key(each[0])):
                our, their = self._our.get(number), self._their.get(number)
                side = self._decide(number, "", self._base.get(number), our, their, tuple(users))
                kept = our if side is Side.OURS else their
                if kept is not None:
                    self._merged[number] = kept
                else:
                    self._gone.add(number)

    def _needed(self) -> dict[str, list[str]]:
        needed: dict[str, list[str]] = {}
        for number, entity in self.entities().items():
            for target in targets(entity):
                named = self._number_of(target)
                if named not in self._merged and named not in self._gone:
                    needed.setdefault(named, []).append(number)
        return needed

    def was_removed(self, number: str) -> bool:
        """Return whether one copy removed this, or both changed that field of it.

        Whether that is a conflict can hang on other decisions.
        """
        number, _dot, key = number.partition(".")
        held = [each.get(number) for each in (self._base, self._our, self._their)]
        if held[0] is None or None in held[1:]:
            return held[0] is not None
        was, our, their = (each.get(key) for each in held if each is not None)
        return bool(key) and was != our and was != their and our != their

    def beside_conflicts(self, found: list[Difference]) -> tuple[Difference, ...]:
        """Return the differences that are no part of an open conflict."""
        open_ones = {each.name for each in self.conflicts}
        return tuple(
            each
            for each in found
            if each.number not in open_ones and f"{each.number}.{each.field}" not in open_ones
        )

    def entities(self) -> dict[str, Entity]:
        """Return what the merge holds so far, by number, without what hangs on what is gone."""
        made = {number: self._made(number, plain) for number, plain in self._merged.items()}
        lost = {self._id(number) for number in self._gone}
        while lost:
            gone, lost = lost, set()
            for number, entity in list(made.items()):
                if entity.id in gone:
                    continue
                kept = without(entity, gone) if not gone.isdisjoint(targets(entity)) else entity
                if kept is None:
                    del made[number]
                    lost.add(entity.id)
                else:
                    made[number] = kept
        return made

    def edit(self, label: str) -> Edit:
        """Return the edit of ours that makes it the merged case."""
        made = self.entities()
        held = self.ours.by_number
        changes = []
        for number in sorted(made.keys() | self._our.keys(), key=number_key):
            before = self.ours.entities[held[number]] if number in held else None
            after = made.get(number)
            if number == "case":
                after = from_plain(
                    type(self.ours.header),
                    {**self._merged["case"], "aliases": alias_pairs(self.ours, self.theirs, self.numbering)},
                    self._id,
                    id=self.ours.id,
                    number="case",
                )
            if before != after:
                changes.append(Change(before=before, after=after))
        left = {change.id for change in changes if change.after is None}
        for place in self.ours.of(Placement).values():
            if place.node in left:
                changes.append(Change(before=place))
        return Edit(label=label, changes=tuple(changes))

    def _made(self, number: str, plain: Plain) -> Entity:
        if plain is self._our.get(number) and number != "case":
            return self.ours.entities[self.ours.by_number[number]]
        kind = self._kind(number)
        made: Entity = from_plain(kind, plain, self._id, id=self._id(number), number=number)
        return made

    def _kind(self, number: str) -> type[Any]:
        held = self.ours.by_number.get(number)
        if held is not None:
            return type(self.ours.entities[held])
        return type(self.theirs.entities[self.theirs.by_number[self.numbering.in_theirs(number)]])

    def _id(self, number: str) -> Id:
        held = self.ours.by_number.get(number)
        return held if held is not None else self.theirs.by_number[self.numbering.in_theirs(number)]

    def _number_of(self, entity: Id) -> str:
        if entity in self.ours:
            return self.ours.number(entity)
        return self.numbering.of_theirs(self.theirs.number(entity))
