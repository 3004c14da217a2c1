"""A case: all its entities by id, as one value that never changes."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from evidencemap.model.collecting import uncollected
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Entity, Header
from evidencemap.model.kinds import CLAIM_LETTERS, KINDS, LETTERS, number_key
from evidencemap.model.records import Id, new_id
from evidencemap.model.references import gather_users, targets
from evidencemap.model.upkeep import Placement
from evidencemap.model.words import ClaimKind

E = TypeVar("E")
K = TypeVar("K")
V = TypeVar("V")

_FEW = 100
"""Up to so many entities are put into an order one by one; of more, all are ordered anew."""

_FIRST_LETTER = {kind: letter for letter, kind in reversed(LETTERS.items())}


@dataclass(slots=True)
class _Kept:
    """What a case works out once: who points at what, each kind by visible number, and the case after
    the last edit asked about. `older` has the order of a kind before edits that changed some of it.
    """

    users: dict[Id, frozenset[Id]] | None = None
    by_kind: dict[type[Any], tuple[Any, ...]] = field(default_factory=dict)
    older: dict[type[Any], tuple[Any, ...]] = field(default_factory=dict)
    last: tuple[Edit, "Case"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All entities of a case. `after` gives the next case; this one stays whole.

    `tables` holds the entities of each kind by id; `by_number` the id of each visible number;
    `highest` the highest digits ever given for each letter, which never fall.
    """

    id: Id
    tables: Mapping[type[Any], Mapping[Id, Entity]] = field(repr=False, compare=False)
    entities: Mapping[Id, Entity] = field(repr=False)
    by_number: Mapping[str, Id] = field(repr=False, compare=False)
    highest: Mapping[str, int] = field(repr=False)
    _kept: _Kept = field(default_factory=_Kept, repr=False, compare=False)

    @property
    def header(self) -> Header:
        """Return what the case says of itself."""
        held = self.entities[self.id]
        assert isinstance(held, Header)
        return held

    def __getitem__(self, entity: Id) -> Entity:
        """Return an entity. Raises KeyError where the case has none of that id."""
        return self.entities[entity]

    def __contains__(self, entity: object) -> bool:
        return entity in self.entities

    def __len__(self) -> int:
        return len(self.entities)

    def of(self, kind: type[E]) -> Mapping[Id, E]:
        """Return the entities of one kind by id, in no order that means anything."""
        return self.tables.get(kind, {})  # type: ignore[return-value]

    def sorted(self, kind: type[E]) -> list[E]:
        """Return the entities of one kind by their visible numbers."""
        kept = self._kept.by_kind
        if kind not in kept:
            kept[kind] = tuple(_in_order(self.of(kind), self._kept.older.get(kind, ())))
        return list(kept[kind])

    def get(self, kind: type[E], entity: Id | None) -> E | None:
        """Return an entity if it is there and of that kind."""
        if entity is None:
            return None
        return self.of(kind).get(entity)

    def numbered(self, number: str) -> Entity | None:
        """Return the entity that has a visible number, an earlier number of it included."""
        found = self.by_number.get(number)
        if found is None:
            found = self.by_number.get(dict(self.header.aliases).get(number, ""))
        return None if found is None else self.entities[found]

    def number(self, entity: Id) -> str:
        """Return the visible number of an entity. Raises KeyError where the case has none of that id."""
        return self.entities[entity].number

    def next_number(self, letter: str, taken: int = 0) -> str:
        """Return the number that the next entity of a letter gets, `taken` further ones being promised."""
        return f"{letter}{self.highest.get(letter, 0) + 1 + taken}"

    def placement(self, node: Id) -> Placement | None:
        """Return where a node was placed, if it was."""
        number = f"@{self.entities[node].number}"
        found = self.by_number.get(number)
        return None if found is None else self.of(Placement).get(found)

    def users(self, entity: Id) -> frozenset[Id]:
        """Return the ids of the entities that point at this one."""
        if self._kept.users is None:
            gathered: dict[Id, list[Id]] = {}
            with uncollected():
                for kind, held in self.tables.items():
                    gather_users(kind, held.values(), gathered)
                self._kept.users = {target: frozenset(users) for target, users in gathered.items()}
        return self._kept.users.get(entity, frozenset())

    def after(self, edit: Edit) -> "Case":
        """Return the case as the edit leaves it. Asks no rules: the session does.

        Raises ValueError where the edit was made from another state of the case.
        """
        if self._kept.last is not None and self._kept.last[0] is edit:
            return self._kept.last[1]
        entities = _copied(self.entities)
        by_number, highest = self._renumbered(edit)
        copied: dict[type[Any], dict[Id, Entity]] = {}
        for change in edit.changes:
            if entities.get(change.id) != change.before:
                raise ValueError(f"the edit {edit.label!r} was made from another state of the case")
            table = _table(copied, self.tables, change.entity)
            if change.after is None:
                del entities[change.id]
                del table[change.id]
            else:
                entities[change.id] = table[change.id] = change.after
        made = Case(
            id=self.id,
            tables={**self.tables, **copied},
            entities=entities,
            by_number=by_number,
            highest=highest,
            _kept=_Kept(
                users=self._users_after(edit),
                by_kind={kind: held for kind, held in self._kept.by_kind.items() if kind not in copied},
                older={**self._kept.older, **self._kept.by_kind},
            ),
        )
        self._kept.last = (edit, made)
        return made

    def _renumbered(self, edit: Edit) -> tuple[Mapping[str, Id], Mapping[str, int]]:
        """Return the visible numbers after an edit; the same mappings where no number changes."""
        moved = [change for change in edit.changes if _number(change.before) != _number(change.after)]
        if not moved:
            return self.by_number, self.highest
        by_number, highest = _copied(self.by_number), dict(self.highest)
        for change in moved:
            if change.before is not None:
                by_number.pop(change.before.number, None)
        for change in moved:
            if change.after is not None:
                number = change.after.number
                if number in by_number:
                    raise ValueError(f"the number {number} is given already")
                by_number[number] = change.id
                _raise_highest(highest, number)
        return by_number, highest

    def _users_after(self, edit: Edit) -> dict[Id, frozenset[Id]] | None:
        """Return who points at what after an edit; the same dict where no reference changes."""
        users = self._kept.users
        if users is None:
            return None
        changed = False
        for change in edit.changes:
            was = frozenset(targets(change.before)) if change.before is not None else frozenset()
            now = frozenset(targets(change.after)) if change.after is not None else frozenset()
            if was != now and not changed:
                users, changed = users.copy(), True
            for target in was - now:
                users[target] = users.get(target, frozenset()) - {change.id}
            for target in now - was:
                users[target] = users.get(target, frozenset()) | {change.id}
        return users


def empty_case(title: str, case: Id | None = None) -> Case:
    """Return a case with nothing in it but its header. Raises RuleBroken for an empty title."""
    return case_of([Header(id=case or new_id(), title=title)])


def case_of(entities: Iterable[Entity], highest: Mapping[str, int] | None = None) -> Case:
    """Return the case that holds these entities, one header among them. Asks no rules.

    `highest` adds numbers that were given once and are free again, which are not given twice.
    Raises ValueError where the header is missing or an id or a number stands twice.
    """
    held = list(entities)
    by_id = {entity.id: entity for entity in held}
    by_number = {entity.number: entity.id for entity in held}
    if len(by_id) < len(held) or len(by_number) < len(held):
        raise ValueError(f"{_twice(held)} stands twice")
    tables: dict[type[Any], dict[Id, Entity]] = {kind: {} for kind in KINDS}
    for kind, alike in groupby(held, type):
        tables[kind].update((entity.id, entity) for entity in alike)
    most = dict(highest or {})
    for number in by_number:
        _raise_highest(most, number)
    header = next(iter(tables[Header].values()), None)
    if header is None:
        raise ValueError("a case needs a header")
    return Case(id=header.id, tables=tables, entities=by_id, by_number=by_number, highest=most)


def _in_order(table: Mapping[Id, Any], older: tuple[Any, ...]) -> list[Any]:
    """Return the entities of one kind by their visible numbers, starting from an order of what they were."""
    found = []
    for was in older:
        now = table.get(was.id)
        if now is was or (now is not None and now.number == was.number):
            found.append(now)
    if len(table) - len(found) > _FEW:
        return sorted(table.values(), key=_place)
    if len(found) < len(table):
        known = {each.id for each in found}
        for each in table.values():
            if each.id not in known:
                insort(found, each, key=_place)
    return found


def _place(entity: Any) -> tuple[int, str, int, str]:
    return number_key(entity.number)


def letter_of(kind: type[Any], claim_kind: ClaimKind | None = None) -> str:
    """Return the letter that the number of a new entity of a kind begins with."""
    if claim_kind is not None:
        return CLAIM_LETTERS.get(claim_kind, "C")
    return _FIRST_LETTER[kind]


def everything(case: Case) -> Iterator[Entity]:
    """Yield every entity of a case, kind by kind, by visible number: the same order every time."""
    for kind in KINDS:
        yield from case.sorted(kind)


def _table(
    copied: dict[type[Any], dict[Id, Entity]],
    tables: Mapping[type[Any], Mapping[Id, Entity]],
    entity: Entity,
) -> dict[Id, Entity]:
    kind = type(entity)
    if kind not in copied:
        copied[kind] = _copied(tables.get(kind, {}))
    return copied[kind]


def _twice(held: Iterable[Entity]) -> str:
    ids: set[Id] = set()
    numbers: set[str] = set()
    for entity in held:
        if entity.id in ids or entity.number in numbers:
            return entity.number
        ids.add(entity.id)
        numbers.add(entity.number)
    return ""


def _copied(held: Mapping[K, V]) -> dict[K, V]:
    """Return a copy of a mapping; of a dict at the speed of its memory, also once some of it was deleted."""
    return held.copy() if isinstance(held, dict) else dict(held)


def _number(entity: Entity | None) -> str | None:
    return None if entity is None else entity.number


def _raise_highest(highest: dict[str, int], number: str) -> None:
    letter, digits = number[:1], number[1:]
    if letter in LETTERS and digits.isdecimal():
        given = int(digits)
        if given > highest.get(letter, 0):
            highest[letter] = given
