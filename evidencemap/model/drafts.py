"""A draft of an edit: entities put, replaced and dropped until the rules are asked and the edit is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from evidencemap.errors import RuleBroken
from evidencemap.model import rules
from evidencemap.model.case import Case, letter_of
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Claim, Entity
from evidencemap.model.records import Id, new_id
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _

E = TypeVar("E")


@dataclass(slots=True)
class Draft:
    """What a verb gathers before it makes its edit. Lives inside one verb and is never kept."""

    case: Case
    _after: dict[Id, Entity | None] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    def now(self, kind: type[E], entity: Id) -> E:
        """Return an entity of a kind as the draft has it. Raises RuleBroken where there is none."""
        held = self._after[entity] if entity in self._after else self.case.entities.get(entity)
        if not isinstance(held, kind):
            raise RuleBroken(
                _("There is no such {name} in the case any more.").format(name=_(kind.__name__.lower()))
            )
        return held

    def add(self, what: type[E], /, *, letter: str = "", **fields: Any) -> E:
        """Put a new entity with the next number of its letter, and return it."""
        claim_kind = fields.get("kind", ClaimKind.EXISTENCE) if issubclass(what, Claim) else None
        letter = letter or letter_of(what, claim_kind)
        taken = self._given.get(letter, 0)
        self._given[letter] = taken + 1
        make: Callable[..., E] = what
        return self.put(make(id=new_id(), number=self.case.next_number(letter, taken), **fields))

    def put(self, entity: E) -> E:
        """Put an entity as it is to be, new or changed, and return it."""
        self._after[entity.id] = entity  # type: ignore[attr-defined,assignment]
        return entity

    def change(self, what: type[E], entity: Id, /, **fields: Any) -> E:
        """Put an entity with some fields changed, and return it."""
        held = self.now(what, entity)
        return self.put(replace(held, **fields))  # type: ignore[type-var]

    def drop(self, entity: Id) -> None:
        """Take an entity out of the case."""
        self._after[entity] = None

    def edit(self, label: str) -> Edit:
        """Return the edit, once the rules hold. Raises RuleBroken where they do not, or nothing changes."""
        changes = []
        for each, after in self._after.items():
            before = self.case.entities.get(each)
            if before != after:
                changes.append(Change(before=before, after=after))
        if not changes:
            raise RuleBroken(_("That is how it is already: nothing changes."))
        made = Edit(label=label, changes=tuple(changes))
        rules.check(self.case.after(made), made.ids)
        return made


def one_edit(case: Case, held: Any, label: str, /, **fields: Any) -> Edit:
    """Return the edit that sets some fields of one entity."""
    draft = Draft(case)
    draft.change(type(held), held.id, **fields)
    return draft.edit(label)


def there(case: Case, entity: Id) -> Entity:
    """Return an entity of a case. Raises RuleBroken where it has gone."""
    if entity not in case:
        raise RuleBroken(_("That is not in the case any more."))
    return case[entity]


def of_kind(case: Case, kind: type[Any], entity: Id) -> Any:
    """Return an entity of one kind. Raises RuleBroken where it has gone or is of another kind."""
    held = there(case, entity)
    if not isinstance(held, kind):
        raise RuleBroken(
            _("{number} is not a {name}.").format(number=held.number, name=_(kind.__name__.lower()))
        )
    return held


def numbers_of(entities: Iterable[Any]) -> str:
    """Return the visible numbers of entities as a label names them: three at most where there are many."""
    numbers = [each.number for each in entities]
    if len(numbers) > 4:
        return f"{', '.join(numbers[:3])} and {len(numbers) - 3} more"
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 2 else numbers)
