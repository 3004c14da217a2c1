"""An edit: each entity before and after. Undo is the edit turned round."""

from dataclasses import dataclass

from evidencemap.model.entities import Entity
from evidencemap.model.records import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entity before and after: added where there is no before, removed where there is no after."""

    before: Entity | None = None
    after: Entity | None = None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a before or an after")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise ValueError("a change is about one entity")

    @property
    def entity(self) -> Entity:
        """Return the entity as it is after, or as it last was."""
        present = self.after if self.after is not None else self.before
        assert present is not None
        return present

    @property
    def id(self) -> Id:
        """Return the id of the entity that changes."""
        return self.entity.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What one act of a person changes, with a label that says it (`Add claim C3`)."""

    label: str
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        if len({change.id for change in self.changes}) != len(self.changes):
            raise ValueError("an edit changes each entity once")

    @property
    def ids(self) -> frozenset[Id]:
        """Return the ids of all entities that the edit touches."""
        return frozenset(change.id for change in self.changes)


def inverse(edit: Edit) -> Edit:
    """Return the edit that takes this one back; its label stays."""
    turned = tuple(Change(before=change.after, after=change.before) for change in reversed(edit.changes))
    return Edit(label=edit.label, changes=turned)
