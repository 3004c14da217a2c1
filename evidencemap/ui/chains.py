"""Several verbs as one act: the edits that a person made with one gesture, joined into one."""

from collections.abc import Callable

from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Entity
from evidencemap.model.records import Id


def chained(case: Case, *verbs: Callable[[Case, tuple[Id, ...]], Edit], label: str = "") -> Edit:
    """Return the one edit that the verbs make, each on the case as the one before left it.

    Each verb is given the case and the id of what each earlier verb made or changed first.
    The label is that of the first edit unless one is given. Raises RuleBroken as the verbs do.
    """
    before: dict[Id, Entity | None] = {}
    after: dict[Id, Entity | None] = {}
    made: tuple[Id, ...] = ()
    first = ""
    for verb in verbs:
        edit = verb(case, made)
        first = first or edit.label
        made = (*made, edit.changes[0].id)
        for change in edit.changes:
            before.setdefault(change.id, change.before)
            after[change.id] = change.after
        case = case.after(edit)
    changes = tuple(
        Change(before=before[each], after=after[each])
        for each in after
        if before[each] != after[each] and not (before[each] is None and after[each] is None)
    )
    return Edit(label=label or first, changes=changes)
