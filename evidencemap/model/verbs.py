"""The verbs: each turns what a person wants into an edit, or refuses with a sentence. None changes a case.

Those of a review stand in `reviewing`, and are called from here like the rest.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.drafts import Draft, numbers_of, of_kind, one_edit, there
from evidencemap.model.edit import Edit
from evidencemap.model.entities import (
    Claim,
    Entity,
    Evidence,
    Link,
    Quantity,
    Remark,
    Request,
    Source,
    Step,
    Watch,
)
from evidencemap.model.records import Id, Retracted, new_id
from evidencemap.model.references import targets, without
from evidencemap.model.reviewing import accept as accept
from evidencemap.model.reviewing import answer_question as answer_question
from evidencemap.model.reviewing import checkpoint as checkpoint
from evidencemap.model.reviewing import close_remark as close_remark
from evidencemap.model.reviewing import issue as issue
from evidencemap.model.reviewing import remark as remark
from evidencemap.model.reviewing import take_acceptance_back as take_acceptance_back
from evidencemap.model.reviewing import watch as watch
from evidencemap.model.shape import field_of, shape
from evidencemap.model.upkeep import Acceptance, Placement
from evidencemap.model.words import ClaimKind, EvidenceState, LinkKind, RequestState
from evidencemap.tongue import _


def add(case: Case, what: type[Any], /, *, at: tuple[float, float] | None = None, **fields: Any) -> Edit:
    """Add an entity of a kind with the next free number; `at` places it on the map (points).

    The new entity is the first change of the edit.
    """
    draft = Draft(case)
    made = draft.add(what, **fields)
    if at is not None:
        _place(draft, made, at, pinned=True)
    return draft.edit(f"Add {made.number}")


def reword(case: Case, entity: Id, text: str) -> Edit:
    """Change what an entity says: its text, or the name of a source."""
    held = there(case, entity)
    for name in ("text", "name", "title", "value"):
        if any(each.name == name for each in shape(type(held))):
            return set_field(case, entity, name, text)
    raise RuleBroken(_("{number} has no text of its own to change.").format(number=held.number))


def set_field(case: Case, entity: Id, name: str, value: Any) -> Edit:
    """Set one field of an entity, by its name in code, to a value of the field's own type."""
    return set_fields(case, entity, **{name: value})


def set_fields(case: Case, entity: Id, /, **fields: Any) -> Edit:
    """Set several fields of one entity in one edit."""
    held = there(case, entity)
    names = [field_of(type(held), name).key.replace("_", " ") for name in fields]
    draft = Draft(case)
    draft.change(type(held), entity, **fields)
    return draft.edit(f"Change {' and '.join(names)} of {held.number}")


def connect(
    case: Case,
    premises: Collection[Id],
    conclusion: Id,
    *,
    con: bool = False,
    scheme: str = "",
    warrant: Id | None = None,
) -> Edit:
    """Join what a person drew: from the premises to the conclusion.

    Between evidence and claims this draws one step that needs all the premises. A source drawn to
    an item becomes where it comes from; a request drawn to a claim or step settles it; an item
    drawn to a request answers it; a number drawn to a step is its denominator; two numbers are
    compared. `scheme` empty takes the one that fits the ends. With `con` it is an objection, which
    only claims and items make, and only to claims and items: anything else raises RuleBroken.
    """
    ends = [there(case, each) for each in premises]
    target = there(case, conclusion)
    reasons = bool(ends) and all(isinstance(each, Evidence | Claim) for each in ends)
    if reasons and isinstance(target, Evidence | Claim):
        draft = Draft(case)
        step = draft.add(
            Step,
            premises=tuple(premises),
            conclusion=conclusion,
            scheme=scheme or fitting_scheme(case, premises, conclusion),
            warrant=warrant,
            con=con,
        )
        return draft.edit(f"Connect {numbers_of(ends)} to {target.number} as {step.number}")
    if con:
        raise RuleBroken(
            _("Only claims and items speak against something, and only against claims and items.")
        )
    if reasons and isinstance(target, Request):
        return answer_request(case, conclusion, premises)
    if ends and all(isinstance(each, Source) for each in ends) and isinstance(target, Evidence):
        joined = tuple(dict.fromkeys((*target.sources, *premises)))
        return one_edit(
            case, target, f"Say that {target.number} comes from {numbers_of(ends)}", sources=joined
        )
    if len(ends) == 1:
        return _connect_one(case, ends[0], target)
    raise RuleBroken(
        _("{ends} cannot be connected to {target}.").format(
            ends=numbers_of(ends) or _("Nothing"), target=target.number
        )
    )


def fitting_scheme(case: Case, premises: Collection[Id], conclusion: Id) -> str:
    """Return the scheme that a new step gets from its ends: the least that it can claim to be."""
    target = case.get(Claim, conclusion)
    if target is None:
        return "sign"
    if target.kind is ClaimKind.COMPARISON and len(premises) >= 2:
        return "comparison"
    if target.kind is ClaimKind.MAGNITUDE:
        return "magnitude"
    if target.kind is ClaimKind.ASK:
        return "practical"
    if all(case.get(Evidence, each) is not None for each in premises):
        return "record"
    return {ClaimKind.ATTRIBUTION: "attribution", ClaimKind.EFFECT: "effect"}.get(target.kind, "sign")


def give_warrant(case: Case, step: Id, warrant: Id) -> Edit:
    """Say why the step follows: the claim or item that backs it."""
    held = of_kind(case, Step, step)
    return one_edit(
        case, held, f"Give {held.number} the warrant {there(case, warrant).number}", warrant=warrant
    )


def take_warrant(case: Case, step: Id) -> Edit:
    """Take the warrant of a step away."""
    held = of_kind(case, Step, step)
    return one_edit(case, held, f"Take the warrant of {held.number} away", warrant=None)


def undercut(case: Case, step: Id, claim: Id) -> Edit:
    """Object to a step: if the claim stands, the step carries nothing."""
    held = of_kind(case, Step, step)
    by = tuple(dict.fromkeys((*held.undercut_by, claim)))
    return one_edit(case, held, f"Undercut {held.number} by {there(case, claim).number}", undercut_by=by)


def contradict(case: Case, one: Id, other: Id) -> Edit:
    """Say that two claims exclude each other: two con definition steps in one edit."""
    first, second = of_kind(case, Claim, one), of_kind(case, Claim, other)
    draft = Draft(case)
    draft.add(Step, premises=(one,), conclusion=other, scheme="definition", con=True)
    draft.add(Step, premises=(other,), conclusion=one, scheme="definition", con=True)
    return draft.edit(f"Say that {first.number} and {second.number} exclude each other")


def set_parts(case: Case, claim: Id, parts: Collection[Id]) -> Edit:
    """Say which claims a claim is made of. Parts enter no verdict: a definition step does."""
    held = of_kind(case, Claim, claim)
    return one_edit(case, held, f"Set the parts of {held.number}", parts=tuple(parts))


def split(case: Case, claim: Id, texts: Collection[str]) -> Edit:
    """Split a compound claim: a new claim for each text, its parts, and the definition step from them."""
    held = of_kind(case, Claim, claim)
    draft = Draft(case)
    made = [
        draft.add(Claim, text=text, stated=held.stated, stated_by=held.stated_by, stated_to=held.stated_to)
        for text in texts
    ]
    if len(made) < 2:
        raise RuleBroken(_("A split needs at least two parts."))
    parts = (*held.parts, *(each.id for each in made))
    draft.change(Claim, claim, parts=parts)
    draft.add(Step, premises=parts, conclusion=claim, scheme="definition")
    return draft.edit(f"Split {held.number} into {numbers_of(made)}")


def settle(case: Case, request: Id, settled: Iterable[Id]) -> Edit:
    """Say what a request would settle: claims, or steps whose warrant it would be."""
    held = of_kind(case, Request, request)
    joined = tuple(dict.fromkeys((*held.settles, *settled)))
    return one_edit(case, held, f"Say what {held.number} would settle", settles=joined)


def answer_request(case: Case, request: Id, evidence: Collection[Id]) -> Edit:
    """Mark a request received, answered by these evidence items."""
    held = of_kind(case, Request, request)
    joined = tuple(dict.fromkeys((*held.answered_by, *evidence)))
    label = f"Mark {held.number} received"
    return one_edit(case, held, label, answered_by=joined, state=RequestState.RECEIVED)


def copy_from(case: Case, evidence: Id, copied: Collection[Id]) -> Edit:
    """Say which items an item only copies."""
    held = of_kind(case, Evidence, evidence)
    joined = tuple(dict.fromkeys((*held.copied_from, *copied)))
    return one_edit(case, held, f"Say what {held.number} copies", copied_from=joined)


def withdraw(case: Case, entity: Id, why: str = "", date: str = "") -> Edit:
    """Withdraw an item, or a source with all that it said. What was withdrawn stays on the record."""
    held = there(case, entity)
    if isinstance(held, Source):
        return one_edit(case, held, f"Withdraw {held.number}", retracted=Retracted(date=date, why=why))
    if isinstance(held, Evidence):
        return one_edit(case, held, f"Withdraw {held.number}", state=EvidenceState.WITHDRAWN)
    raise RuleBroken(_("{number} cannot be withdrawn: sources and evidence can.").format(number=held.number))


def reinstate(case: Case, entity: Id, state: EvidenceState = EvidenceState.HELD) -> Edit:
    """Take a withdrawal back; an item returns as held unless `state` says reported.

    Raises RuleBroken where nothing was withdrawn: what is only reported must not become held by this.
    """
    held = there(case, entity)
    if isinstance(held, Source) and held.retracted is not None:
        return one_edit(case, held, f"Reinstate {held.number}", retracted=None)
    if isinstance(held, Evidence) and held.state is EvidenceState.WITHDRAWN:
        return one_edit(case, held, f"Reinstate {held.number}", state=state)
    raise RuleBroken(_("{number} was not withdrawn.").format(number=held.number))


def place(case: Case, positions: Mapping[Id, tuple[float, float]], *, pinned: bool = True) -> Edit:
    """Put nodes where a person dragged them, or (not pinned) where a tidy did; all one edit."""
    draft = Draft(case)
    for node, at in positions.items():
        _place(draft, there(case, node), at, pinned)
    numbers = [there(case, node) for node in positions]
    return draft.edit(f"Move {numbers_of(numbers)}" if pinned else "Tidy the map")


def remove(case: Case, entities: Collection[Id]) -> Edit:
    """Remove entities with what hangs on them.

    A step goes with any of its premises or its conclusion, since it would say something else
    without; a remark, watch, link, placement or acceptance goes with what it is about. Every
    other reference to what is gone is left out.
    """
    gone: dict[Id, Entity] = {}
    waiting = [there(case, each) for each in entities]
    while waiting:
        entity = waiting.pop()
        if entity.id == case.id or entity.id in gone:
            continue
        gone[entity.id] = entity
        waiting.extend(case[user] for user in case.users(entity.id) if _hangs_on(case[user], entity.id))
    draft = Draft(case)
    for each in gone:
        draft.drop(each)
        for user in sorted(case.users(each) - gone.keys()):
            kept = without(draft.now(type(case[user]), user), gone)
            assert kept is not None
            draft.put(kept)
    named = [there(case, each) for each in entities]
    return draft.edit(f"Remove {numbers_of(named)}")


def link(case: Case, kind: LinkKind, one: Id, other: Id) -> Edit:
    """Link two numbers as compared, or two claims as rivals. Links are no reasoning."""
    draft = Draft(case)
    draft.add(Link, kind=kind, between=(one, other))
    return draft.edit(f"Link {numbers_of([there(case, one), there(case, other)])} as {kind.value}")


def _connect_one(case: Case, end: Entity, target: Entity) -> Edit:
    if isinstance(end, Request) and isinstance(target, Claim | Step):
        return settle(case, end.id, [target.id])
    if isinstance(end, Quantity) and isinstance(target, Step):
        return one_edit(
            case, target, f"Give {target.number} the denominator {end.number}", denominator=end.id
        )
    if isinstance(end, Quantity) and isinstance(target, Quantity):
        return link(case, LinkKind.COMPARED_WITH, end.id, target.id)
    if isinstance(end, Evidence | Claim) and isinstance(target, Step):
        return give_warrant(case, target.id, end.id)
    if isinstance(end, Quantity) and isinstance(target, Evidence | Claim):
        stated = tuple(dict.fromkeys((*end.stated_in, target.id)))
        return one_edit(case, end, f"Say that {end.number} is stated in {target.number}", stated_in=stated)
    if isinstance(end, Source) and isinstance(target, Claim):
        stated_by = tuple(dict.fromkeys((*target.stated_by, end.id)))
        return one_edit(case, target, f"Say that {end.number} states {target.number}", stated_by=stated_by)
    if isinstance(target, Source):
        raise RuleBroken(
            _("{number} is a source: a source concludes nothing. Connect to a claim.").format(
                number=target.number
            )
        )
    raise RuleBroken(
        _("{ends} cannot be connected to {target}.").format(ends=end.number, target=target.number)
    )


def _hangs_on(user: Entity, gone: Id) -> bool:
    if isinstance(user, Step):
        return gone in user.premises or gone == user.conclusion
    if isinstance(user, Remark | Watch | Link | Placement | Acceptance):
        return gone in targets(user)
    return without(user, (gone,)) is None


def _place(draft: Draft, node: Any, at: tuple[float, float], pinned: bool) -> None:
    held = draft.case.placement(node.id) if node.id in draft.case else None
    draft.put(
        Placement(id=new_id(), number=f"@{node.number}", node=node.id, x=at[0], y=at[1], pinned=pinned)
        if held is None
        else replace(held, x=at[0], y=at[1], pinned=pinned)
    )
