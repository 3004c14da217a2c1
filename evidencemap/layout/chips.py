"""The few words on a card beside its title: who says it, how it is meant, where the answer lives."""

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Node, Quantity, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Modality
from evidencemap.tongue import _

_MEANT = (Modality.POSSIBLE, Modality.CONDITIONAL)


def chips_of(case: Case, node: Node) -> tuple[str, ...]:
    """Return the chips of a node, the most telling first; its byline is not among them."""
    if isinstance(node, Claim):
        return claim_chips(node)
    if isinstance(node, Evidence):
        return (hand(copies_deep(case, node)),) if node.copied_from else ()
    if isinstance(node, Quantity) and node.verification is not None:
        return (_(node.verification.value),)
    return ()


def claim_chips(claim: Claim) -> tuple[str, ...]:
    """Return the chips of a claim: how it is meant, where the answer lives, its hedges."""
    found = []
    if claim.modality in _MEANT:
        found.append(_("could") if claim.modality is Modality.POSSIBLE else _("could, if"))
    if claim.knowability is not None:
        found.append(_(claim.knowability.value))
    return (*found, *(f"“{each}”" for each in claim.hedges))


def has_chips(claim: Claim) -> bool:
    """Say whether a claim has any chip, without making them."""
    return bool(claim.hedges or claim.knowability is not None or claim.modality in _MEANT)


def copies_deep(case: Case, item: Evidence) -> int:
    """Return how many times an item was copied on: 0 for an original, by the shortest way back."""
    items = case.of(Evidence)
    seen, level, depth = {item.id}, [item], 0
    while level and all(each.copied_from for each in level):
        depth += 1
        below = dict.fromkeys(one for each in level for one in each.copied_from)
        level = [items[one] for one in below if one in items and one not in seen]
        seen.update(below)
    return depth


def hand(copied: int) -> str:
    """Return at which hand a text is that was copied on so many times: `2nd hand`."""
    if copied == 1:
        return _("2nd hand")
    if copied == 2:
        return _("3rd hand")
    return _("{count}th hand").format(count=copied + 1)


def byline(case: Case, claim: Claim) -> str:
    """Return who says a claim and through whom it is known; empty where nobody is recorded.

    `said by The provider to two senators, via CNBC and 3 more`: the relays are the sources of the copies
    that are premises of its steps.
    """
    if not claim.stated_by:
        return ""
    tellers = _named(case, claim.stated_by)
    said = _("said by {teller}").format(teller=tellers)
    if claim.stated_to.strip():
        said = _("{said} to {addressee}").format(said=said, addressee=claim.stated_to.strip())
    via = relays(case, claim)
    return _("{said}, via {relay}").format(said=said, relay=_named(case, via)) if via else said


def relays(case: Case, claim: Claim) -> tuple[Id, ...]:
    """Return the sources that a claim is passed on by, those that state it left out."""
    found: dict[Id, None] = {}
    for user in sorted(case.users(claim.id), key=case.number):
        step = case.get(Step, user)
        if step is None or step.conclusion != claim.id:
            continue
        for premise in step.premises:
            item = case.get(Evidence, premise)
            if item is not None and item.copied_from:
                found.update(dict.fromkeys(each for each in item.sources if each not in claim.stated_by))
    return tuple(found)


def _named(case: Case, ids: tuple[Id, ...]) -> str:
    held = case.of(Source)
    names = [held[each].name for each in ids if each in held]
    if len(names) < 2:
        return "".join(names)
    return _("{name} and {count} more").format(name=names[0], count=len(names) - 1)
