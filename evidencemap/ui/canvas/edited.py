"""What an edit changes of the map: which cards come and go, and whose lines are others than they were."""

from collections.abc import Collection, Iterable, Mapping

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Evidence, Link, Quantity, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.references import targets

NODES = (Source, Evidence, Claim, Request, Quantity)
LINED = (Evidence, Request, Quantity, Link)
"""What owns lines that are no steps."""


class Edited:
    """Reads an edit, of which `ids` are the entities that it may have changed.

    `gone` and `come` are nodes; `lines` own lines that came, went or have other ends; `ends` are the
    nodes at which those lines end or ended.
    """

    def __init__(
        self,
        before: Case,
        after: Case,
        ids: Iterable[Id],
        shown: Mapping[Id, int],
        hidden: Collection[Id],
    ) -> None:
        self.gone: list[Id] = []
        self.come: list[Id] = []
        self.lines: dict[Id, None] = {}
        self.ends: set[Id] = set()
        for entity in ids:
            was, now = before.entities.get(entity), after.entities.get(entity)
            if entity in shown and not isinstance(now, NODES):
                self.gone.append(entity)
            elif isinstance(now, NODES) and entity not in shown and entity not in hidden:
                self.come.append(entity)
            self._read_lines(after, entity, was, now)

    def _read_lines(self, after: Case, entity: Id, was: Entity | None, now: Entity | None) -> None:
        if not isinstance(was if now is None else now, (Step, *LINED)):
            return
        old = () if was is None else tuple(targets(was))
        new = () if now is None else tuple(targets(now))
        if old == new:
            return
        self.lines[entity] = None
        self.ends.update(old, new)
        if isinstance(now, Step):
            requests = after.of(Request)
            self.lines.update(dict.fromkeys(user for user in after.users(entity) if user in requests))


def line_ends(entity: Entity, index: Mapping[Id, int], steps: Mapping[Id, Step]) -> list[tuple[int, int]]:
    """Return the ends of the lines that an entity owns, as places in the array of nodes."""
    pairs: list[tuple[Id, Id]] = []
    if isinstance(entity, Step):
        extra = (*(() if entity.warrant is None else (entity.warrant,)), *entity.undercut_by)
        pairs = [(tail, entity.conclusion) for tail in (*entity.premises, *extra)]
    elif isinstance(entity, Evidence):
        tails = (*entity.sources, *entity.copied_from, *(each.by for each in entity.undercut_by))
        pairs = [(tail, entity.id) for tail in tails]
    elif isinstance(entity, Request):
        heads = (steps[head].conclusion if head in steps else head for head in entity.settles)
        pairs = [(entity.id, head) for head in heads]
        pairs += [(tail, entity.id) for tail in entity.answered_by]
    elif isinstance(entity, Quantity):
        pairs = [(entity.id, head) for head in entity.stated_in]
    elif isinstance(entity, Link):
        pairs = [(entity.between[0], entity.between[-1])]
    return [(index[tail], index[head]) for tail, head in pairs if tail in index and head in index]
