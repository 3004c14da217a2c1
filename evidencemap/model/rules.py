"""What every case must satisfy. Verbs, edits and imports all ask here, and are refused with a sentence."""

from collections.abc import Callable, Iterable
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Evidence, Exhibit, Header, Link, Quantity, Source, Step
from evidencemap.model.kinds import LETTERS
from evidencemap.model.labels import field_name, quoted
from evidencemap.model.records import Id
from evidencemap.model.references import references
from evidencemap.model.scales import schemes
from evidencemap.model.soundness import is_plainly_sound
from evidencemap.model.upkeep import Acceptance, Checkpoint, Placement
from evidencemap.model.words import ClaimKind, LinkKind
from evidencemap.tongue import _, capital, figure

_CALLED: dict[type[Any], str] = {
    Source: "a source",
    Evidence: "an evidence item",
    Claim: "a claim",
    Quantity: "a number",
    Step: "a step",
    Exhibit: "an exhibit",
}

LONGEST_TEXT = 1_000_000
"""Characters that one text of a case may have."""


def check(case: Case, touched: Iterable[Id] | None = None) -> None:
    """Raise RuleBroken with one sentence where the case breaks a rule; return None where it holds.

    `touched` limits the question to these entities and to those that point at them, which is
    enough after an edit of a case that held before. None asks about everything.
    """
    if touched is None:
        asked: Iterable[Entity] = case.entities.values()
    else:
        ids: dict[Id, None] = {}
        for each in touched:
            ids[each] = None
            ids.update(dict.fromkeys(sorted(case.users(each))))
        asked = [case[each] for each in ids if each in case]
    if case.id not in case or not isinstance(case[case.id], Header):
        raise RuleBroken(_("A case keeps its header: it cannot be removed."))
    plainly = touched is None and is_plainly_sound(case, LONGEST_TEXT)
    ask = _check_own_rule if plainly else _check_entity
    for entity in asked:
        ask(case, entity)


def first_broken(case: Case) -> Entity | None:
    """Return the first entity of a case that breaks a rule; None where each keeps them all."""
    for entity in case.entities.values():
        try:
            _check_entity(case, entity)
        except RuleBroken:
            return entity
    return None


def called(entity: Entity) -> str:
    """Return how a sentence names an entity: by its number, or in words where nobody has seen its number."""
    if isinstance(entity, Checkpoint):
        return _("the point {name}").format(name=quoted(entity.name))
    if isinstance(entity, Acceptance):
        return _("the acceptance of {code}").format(code=entity.code)
    if isinstance(entity, Link):
        return _("the link {kind}").format(kind=quoted(_(entity.kind.value)))
    return entity.number


def _check_entity(case: Case, entity: Entity) -> None:
    _check_references(case, entity)
    _check_texts(entity)
    _check_own_rule(case, entity)


def _check_own_rule(case: Case, entity: Entity) -> None:
    own = _RULES.get(type(entity))
    if own is not None:
        own(case, entity)


def _check_references(case: Case, entity: Entity) -> None:
    for field, target in references(entity):
        if target not in case:
            raise RuleBroken(
                _("{number} points at something that is not in the case ({key}).").format(
                    number=called(entity), key=field_name(field.name)
                )
            )
        if field.to == "*":
            continue
        held = type(case[target])
        if not any(LETTERS[letter] is held for letter in field.to):
            wanted = dict.fromkeys(_CALLED[LETTERS[letter]] for letter in field.to)
            raise RuleBroken(
                _("{target} cannot stand in {key} of {number}: that takes {names}.").format(
                    target=called(case[target]),
                    key=quoted(field_name(field.name)),
                    number=called(entity),
                    names=_(" or ").join(_(each) for each in wanted),
                )
            )


def _check_texts(entity: Any) -> None:
    for name in entity.__slots__:
        value = getattr(entity, name)
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise RuleBroken(
                _("A text of {number} is longer than {most} characters: shorten it.").format(
                    number=called(entity), most=figure(LONGEST_TEXT)
                )
            )


def _check_step(case: Case, step: Step) -> None:
    scheme = schemes().get(step.scheme)
    if scheme is None:
        raise RuleBroken(
            _("{number} names the scheme {scheme}, which is not among the schemes.").format(
                number=step.number, scheme=quoted(_(step.scheme))
            )
        )
    if len(step.premises) > 1 and len(set(step.premises)) < len(step.premises):
        raise RuleBroken(_("{number} names one premise twice.").format(number=step.number))
    if step.conclusion in step.premises:
        raise RuleBroken(
            _("{conclusion} cannot be a premise of itself.").format(conclusion=case.number(step.conclusion))
        )
    if len(step.premises) < scheme.premises:
        raise RuleBroken(
            _("{number} is a {scheme}: it needs at least {premises} premises.").format(
                number=step.number, scheme=_(step.scheme), premises=scheme.premises
            )
        )
    known = {question.id for question in scheme.questions} if step.answers else ()
    for question, _answer in step.answers:
        if question not in known:
            raise RuleBroken(
                _("{number} answers {question}, which its scheme {scheme} does not ask.").format(
                    number=step.number, question=quoted(question), scheme=quoted(_(step.scheme))
                )
            )


def _check_claim(case: Case, claim: Claim) -> None:
    _no_circle(case, claim, "parts", lambda each: each.parts, "A claim cannot be a part of itself")


def _check_evidence(case: Case, evidence: Evidence) -> None:
    _no_circle(
        case, evidence, "copied_from", lambda each: each.copied_from, "An item cannot be copied from itself"
    )
    for undercut in evidence.undercut_by:
        if undercut.source is not None and undercut.source not in evidence.sources:
            raise RuleBroken(
                _(
                    "{number} does not come from {source}: there is no step from that source to undercut."
                ).format(number=evidence.number, source=case.number(undercut.source))
            )
        if undercut.source is None and (evidence.sources or not evidence.copied_from):
            raise RuleBroken(
                _("Name the source whose step to {number} is undercut.").format(number=evidence.number)
            )


def _check_source(case: Case, source: Source) -> None:
    for ask in source.gains_from:
        held = case.get(Claim, ask)
        if held is not None and held.kind is not ClaimKind.ASK:
            raise RuleBroken(
                _("{number} gains from {claim}, which is not an ask.").format(
                    number=source.number, claim=held.number
                )
            )
    if any(tie.to == source.id for tie in source.ties):
        raise RuleBroken(_("{number} cannot belong to itself.").format(number=source.number))


def _check_quantity(case: Case, quantity: Quantity) -> None:
    _no_circle(
        case,
        quantity,
        "out_of",
        lambda each: () if each.out_of is None else (each.out_of,),
        "A number cannot be its own denominator",
    )


def _check_link(case: Case, link: Link) -> None:
    kind = Quantity if link.kind is LinkKind.COMPARED_WITH else Claim
    if len(set(link.between)) != 2 or any(case.get(kind, each) is None for each in link.between):
        wanted = _("numbers") if kind is Quantity else _("claims")
        raise RuleBroken(
            _("{kind} links two different {wanted}.").format(
                kind=quoted(capital(_(link.kind.value))), wanted=wanted
            )
        )


def _check_placement(case: Case, placement: Placement) -> None:
    if placement.number != f"@{case.number(placement.node)}":
        raise RuleBroken(
            _("The placement {number} does not belong to its node.").format(number=placement.number)
        )
    if not (abs(placement.x) < 1e9 and abs(placement.y) < 1e9):
        raise RuleBroken(_("{node} would lie outside the map.").format(node=case.number(placement.node)))


def _check_acceptance(case: Case, acceptance: Acceptance) -> None:
    if not acceptance.about:
        raise RuleBroken(_("An acceptance names what the accepted finding is about."))


def _no_circle(
    case: Case,
    start: Any,
    name: str,
    nexts: Callable[[Any], tuple[Id, ...]],
    sentence: str,
) -> None:
    waiting = list(nexts(start))
    seen: set[Id] = set()
    while waiting:
        each = waiting.pop()
        if each == start.id:
            raise RuleBroken(
                _("{sentence}, even through others: see {name} of {number}.").format(
                    sentence=_(sentence), name=quoted(field_name(name)), number=start.number
                )
            )
        if each not in seen and each in case:
            seen.add(each)
            waiting.extend(nexts(case[each]))


_RULES: dict[type[Any], Callable[[Case, Any], None]] = {
    Step: _check_step,
    Claim: _check_claim,
    Evidence: _check_evidence,
    Source: _check_source,
    Quantity: _check_quantity,
    Link: _check_link,
    Placement: _check_placement,
    Acceptance: _check_acceptance,
}
