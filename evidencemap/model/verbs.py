"""The verbs: each turns what a person wants into an edit, or refuses with a sentence. None changes a case."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.drafts import Draft
from evidencemap.model.edit import Edit
from evidencemap.model.entities import (
    Acceptance,
    Checkpoint,
    Claim,
    Entity,
    Evidence,
    IssuedBrief,
    Link,
    Placement,
    Quantity,
    Remark,
    Request,
    Source,
    Step,
    Watch,
)
from evidencemap.model.records import Id, Retracted, Undercut, new_id
from evidencemap.model.references import targets, without
from evidencemap.model.shape import field_of, shape
from evidencemap.model.words import ClaimKind, EvidenceState, LinkKind, RemarkKind, RemarkState, RequestState
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
    held = _there(case, entity)
    for name in ("text", "name", "title", "value"):
        if any(each.name == name for each in shape(type(held))):
            return set_field(case, entity, name, text)
    raise RuleBroken(_("{number} has no text of its own to change.").format(number=held.number))


def set_field(case: Case, entity: Id, name: str, value: Any) -> Edit:
    """Set one field of an entity, by its name in code, to a value of the field's own type."""
    return set_fields(case, entity, **{name: value})


def set_fields(case: Case, entity: Id, /, **fields: Any) -> Edit:
    """Set several fields of one entity in one edit."""
    held = _there(case, entity)
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
    compared. `scheme` empty takes the one that fits the ends.
    """
    ends = [_there(case, each) for each in premises]
    target = _there(case, conclusion)
    if ends and all(isinstance(each, Evidence | Claim) for each in ends):
        if isinstance(target, Evidence | Claim):
            draft = Draft(case)
            step = draft.add(
                Step,
                premises=tuple(premises),
                conclusion=conclusion,
                scheme=scheme or fitting_scheme(case, premises, conclusion),
                warrant=warrant,
                con=con,
            )
            return draft.edit(f"Connect {_numbers(ends)} to {target.number} as {step.number}")
        if isinstance(target, Request):
            return answer_request(case, conclusion, premises)
    if ends and all(isinstance(each, Source) for each in ends) and isinstance(target, Evidence):
        joined = tuple(dict.fromkeys((*target.sources, *premises)))
        return _one(case, target, f"Say that {target.number} comes from {_numbers(ends)}", sources=joined)
    if len(ends) == 1:
        return _connect_one(case, ends[0], target)
    raise RuleBroken(
        _("{ends} cannot be connected to {target}.").format(
            ends=_numbers(ends) or _("Nothing"), target=target.number
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
    held = _of(case, Step, step)
    return _one(case, held, f"Give {held.number} the warrant {_there(case, warrant).number}", warrant=warrant)


def take_warrant(case: Case, step: Id) -> Edit:
    """Take the warrant of a step away."""
    held = _of(case, Step, step)
    return _one(case, held, f"Take the warrant of {held.number} away", warrant=None)


def undercut(case: Case, step: Id, claim: Id) -> Edit:
    """Object to a step: if the claim stands, the step carries nothing."""
    held = _of(case, Step, step)
    by = tuple(dict.fromkeys((*held.undercut_by, claim)))
    return _one(case, held, f"Undercut {held.number} by {_there(case, claim).number}", undercut_by=by)


def lift_undercut(case: Case, step: Id, claim: Id) -> Edit:
    """Take an objection to a step back."""
    held = _of(case, Step, step)
    by = tuple(each for each in held.undercut_by if each != claim)
    return _one(case, held, f"Lift an undercutter of {held.number}", undercut_by=by)


def undercut_provenance(case: Case, evidence: Id, source: Id | None, claim: Id) -> Edit:
    """Object to taking an item as what its source says; None is the step of an item only copied."""
    held = _of(case, Evidence, evidence)
    by = tuple(dict.fromkeys((*held.undercut_by, Undercut(by=claim, source=source))))
    return _one(case, held, f"Undercut the provenance of {held.number}", undercut_by=by)


def contradict(case: Case, one: Id, other: Id) -> Edit:
    """Say that two claims exclude each other: two con definition steps in one edit."""
    first, second = _of(case, Claim, one), _of(case, Claim, other)
    draft = Draft(case)
    draft.add(Step, premises=(one,), conclusion=other, scheme="definition", con=True)
    draft.add(Step, premises=(other,), conclusion=one, scheme="definition", con=True)
    return draft.edit(f"Say that {first.number} and {second.number} exclude each other")


def set_parts(case: Case, claim: Id, parts: Collection[Id]) -> Edit:
    """Say which claims a claim is made of. Parts enter no verdict: a definition step does."""
    held = _of(case, Claim, claim)
    return _one(case, held, f"Set the parts of {held.number}", parts=tuple(parts))


def define_from_parts(case: Case, claim: Id) -> Edit:
    """Draw the definition step from the parts of a claim to the claim."""
    held = _of(case, Claim, claim)
    if not held.parts:
        raise RuleBroken(_("{number} has no parts yet: name them first.").format(number=held.number))
    draft = Draft(case)
    draft.add(Step, premises=held.parts, conclusion=claim, scheme="definition")
    return draft.edit(f"Define {held.number} by its parts")


def split(case: Case, claim: Id, texts: Collection[str]) -> Edit:
    """Split a compound claim: a new claim for each text, its parts, and the definition step from them."""
    held = _of(case, Claim, claim)
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
    return draft.edit(f"Split {held.number} into {_numbers(made)}")


def settle(case: Case, request: Id, settled: Iterable[Id]) -> Edit:
    """Say what a request would settle: claims, or steps whose warrant it would be."""
    held = _of(case, Request, request)
    joined = tuple(dict.fromkeys((*held.settles, *settled)))
    return _one(case, held, f"Say what {held.number} would settle", settles=joined)


def answer_request(case: Case, request: Id, evidence: Collection[Id]) -> Edit:
    """Mark a request received, answered by these evidence items."""
    held = _of(case, Request, request)
    joined = tuple(dict.fromkeys((*held.answered_by, *evidence)))
    label = f"Mark {held.number} received"
    return _one(case, held, label, answered_by=joined, state=RequestState.RECEIVED)


def copy_from(case: Case, evidence: Id, copied: Collection[Id]) -> Edit:
    """Say which items an item only copies."""
    held = _of(case, Evidence, evidence)
    joined = tuple(dict.fromkeys((*held.copied_from, *copied)))
    return _one(case, held, f"Say what {held.number} copies", copied_from=joined)


def withdraw(case: Case, entity: Id, why: str = "", date: str = "") -> Edit:
    """Withdraw an item, or a source with all that it said. What was withdrawn stays on the record."""
    held = _there(case, entity)
    if isinstance(held, Source):
        return _one(case, held, f"Withdraw {held.number}", retracted=Retracted(date=date, why=why))
    if isinstance(held, Evidence):
        return _one(case, held, f"Withdraw {held.number}", state=EvidenceState.WITHDRAWN)
    raise RuleBroken(_("{number} cannot be withdrawn: sources and evidence can.").format(number=held.number))


def reinstate(case: Case, entity: Id, state: EvidenceState = EvidenceState.HELD) -> Edit:
    """Take a withdrawal back; an item returns as held unless `state` says reported."""
    held = _there(case, entity)
    if isinstance(held, Source):
        return _one(case, held, f"Reinstate {held.number}", retracted=None)
    if isinstance(held, Evidence):
        return _one(case, held, f"Reinstate {held.number}", state=state)
    raise RuleBroken(_("{number} was not withdrawn.").format(number=held.number))


def place(case: Case, positions: Mapping[Id, tuple[float, float]], *, pinned: bool = True) -> Edit:
    """Put nodes where a person dragged them, or (not pinned) where a tidy did; all one edit."""
    draft = Draft(case)
    for node, at in positions.items():
        _place(draft, _there(case, node), at, pinned)
    numbers = [_there(case, node) for node in positions]
    return draft.edit(f"Move {_numbers(numbers)}" if pinned else "Tidy the map")


def unplace(case: Case, nodes: Iterable[Id]) -> Edit:
    """Let the layout place these nodes again."""
    draft = Draft(case)
    for node in nodes:
        held = case.placement(node)
        if held is not None:
            draft.drop(held.id)
    return draft.edit("Let the layout place nodes again")


def remove(case: Case, entities: Collection[Id]) -> Edit:
    """Remove entities with what hangs on them.

    A step goes with any of its premises or its conclusion, since it would say something else
    without; a remark, watch, link, placement or acceptance goes with what it is about. Every
    other reference to what is gone is left out.
    """
    gone: dict[Id, Entity] = {}
    waiting = [_there(case, each) for each in entities]
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
    named = [_there(case, each) for each in entities]
    return draft.edit(f"Remove {_numbers(named)}")


def link(case: Case, kind: LinkKind, one: Id, other: Id) -> Edit:
    """Link two numbers as compared, or two claims as rivals. Links are no reasoning."""
    draft = Draft(case)
    draft.add(Link, kind=kind, between=(one, other))
    return draft.edit(f"Link {_numbers([_there(case, one), _there(case, other)])} as {kind.value}")


def answer_question(case: Case, step: Id, question: str, answer: str) -> Edit:
    """Answer a critical question of the step's scheme; an empty answer opens it again."""
    held = _of(case, Step, step)
    answers = dict(held.answers)
    answers[question] = answer
    kept = tuple((key, text) for key, text in sorted(answers.items()) if text)
    return _one(case, held, f"Answer a question of {held.number}", answers=kept)


def remark(
    case: Case, about: Id, text: str, kind: RemarkKind = RemarkKind.QUESTION, author: str = ""
) -> Edit:
    """Put a reviewer's remark on anything."""
    draft = Draft(case)
    made = draft.add(Remark, about=about, text=text, kind=kind, author=author)
    return draft.edit(f"Add {made.number} on {_there(case, about).number}")


def close_remark(case: Case, entity: Id, state: RemarkState) -> Edit:
    """Accept or rebut a remark, or open it again."""
    held = _of(case, Remark, entity)
    return _one(case, held, f"Mark {held.number} {state.value}", state=state)


def watch(case: Case, about: Id | None, by: str = "", why: str = "") -> Edit:
    """Say what to look at again, by when and why."""
    draft = Draft(case)
    made = draft.add(Watch, about=about, by=by, why=why)
    return draft.edit(f"Add {made.number}")


def accept(
    case: Case, code: str, about: Collection[Id], why: str, *, by: str = "", accepted: str = ""
) -> Edit:
    """Accept a finding with a reason, which prints. Alters no verdict; replaces an earlier acceptance."""
    draft = Draft(case)
    for held in case.sorted(Acceptance):
        if held.code == code and set(held.about) == set(about):
            draft.drop(held.id)
    draft.add(Acceptance, code=code, about=tuple(about), why=why, by=by, accepted=accepted)
    return draft.edit(f"Accept {code} on {_numbers([_there(case, each) for each in about])}")


def take_acceptance_back(case: Case, acceptance: Id) -> Edit:
    """Take the acceptance of a finding back."""
    draft = Draft(case)
    draft.drop(_of(case, Acceptance, acceptance).id)
    return draft.edit(f"Take the acceptance of {_of(case, Acceptance, acceptance).code} back")


def checkpoint(case: Case, name: str, *, when: str, entries: int, head: str) -> Edit:
    """Name this point of the history."""
    draft = Draft(case)
    draft.add(Checkpoint, name=name, when=when, entries=entries, head=head)
    return draft.edit(f"Name this point {name}")


def issue(case: Case, template: str, *, when: str, sha256: str, head: str, why: str = "") -> Edit:
    """Record that a brief went out."""
    draft = Draft(case)
    made = draft.add(IssuedBrief, template=template, when=when, sha256=sha256, head=head, why=why)
    return draft.edit(f"Issue the {template} as {made.number}")


def _connect_one(case: Case, end: Entity, target: Entity) -> Edit:
    if isinstance(end, Request) and isinstance(target, Claim | Step):
        return settle(case, end.id, [target.id])
    if isinstance(end, Quantity) and isinstance(target, Step):
        return _one(case, target, f"Give {target.number} the denominator {end.number}", denominator=end.id)
    if isinstance(end, Quantity) and isinstance(target, Quantity):
        return link(case, LinkKind.COMPARED_WITH, end.id, target.id)
    if isinstance(end, Evidence | Claim) and isinstance(target, Step):
        return give_warrant(case, target.id, end.id)
    if isinstance(end, Quantity) and isinstance(target, Evidence | Claim):
        stated = tuple(dict.fromkeys((*end.stated_in, target.id)))
        return _one(case, end, f"Say that {end.number} is stated in {target.number}", stated_in=stated)
    if isinstance(end, Source) and isinstance(target, Claim):
        stated_by = tuple(dict.fromkeys((*target.stated_by, end.id)))
        return _one(case, target, f"Say that {end.number} states {target.number}", stated_by=stated_by)
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


def _one(case: Case, held: Any, label: str, /, **fields: Any) -> Edit:
    draft = Draft(case)
    draft.change(type(held), held.id, **fields)
    return draft.edit(label)


def _there(case: Case, entity: Id) -> Entity:
    if entity not in case:
        raise RuleBroken(_("That is not in the case any more."))
    return case[entity]


def _of(case: Case, kind: type[Any], entity: Id) -> Any:
    held = _there(case, entity)
    if not isinstance(held, kind):
        raise RuleBroken(
            _("{number} is not a {name}.").format(number=held.number, name=_(kind.__name__.lower()))
        )
    return held


def _numbers(entities: Iterable[Any]) -> str:
    numbers = [each.number for each in entities]
    if len(numbers) > 4:
        return f"{', '.join(numbers[:3])} and {len(numbers) - 3} more"
    return " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(numbers) > 2 else numbers)
