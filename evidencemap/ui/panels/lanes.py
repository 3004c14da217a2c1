"""The lanes of the outline: what the parties agree on, kept apart from what is in dispute."""

from collections.abc import Collection

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import Dispute
from evidencemap.tongue import _, several
from evidencemap.ui.panels.branches import Branch, parents, roots
from evidencemap.ui.rows import Row, Weight

LANES = {"lane agreed": Dispute.AGREED, "lane disputed": Dispute.DISPUTED}
"""What each lane of the outline holds, by the role of its row."""


def tops(case: Case, upward: set[Id]) -> list[Branch]:
    """Return the rows at the top: a lane for what is agreed and one for what is in dispute, then the rest.

    A lane is there once a claim is said to be in it. What no lane holds stands as it would without lanes.
    `upward` is what something rests on, as `Upward` tells it.
    """
    held = {claim.id: claim.dispute for claim in case.of(Claim).values() if claim.dispute is not None}
    used = set(held.values())
    found = [Branch(id=case.id, role=role) for role, dispute in LANES.items() if dispute in used]
    return [*found, *(each for each in roots(case, upward) if each.id not in held)]


def claims_in(case: Case, role: str) -> list[Claim]:
    """Return the claims of a lane: headlines first, then by their numbers."""
    claims = [each for each in case.of(Claim).values() if each.dispute is LANES[role]]
    return sorted(claims, key=lambda claim: (not claim.headline, number_key(claim.number)))


def is_lane(branch: Branch) -> bool:
    """Say whether a row is a lane and not a thing of the case."""
    return branch.role in LANES


def lane_row(case: Case, role: str) -> Row:
    """Return how a lane shows: its name, and how many claims are in it."""
    names = {Dispute.AGREED: _("Agreed"), Dispute.DISPUTED: _("In dispute")}
    count = several("{count} claim", "{count} claims", len(claims_in(case, role)))
    return Row(text=names[LANES[role]], right=count, right_ink="muted", weight=Weight.BOLD)


def leading_to(case: Case, ids: Collection[Id]) -> frozenset[Id]:
    """Return these and all that rests on them: the rows without which they cannot be reached."""
    found = {each for each in ids if each in case}
    waiting = list(found)
    while waiting:
        for above in parents(case, waiting.pop()):
            if above not in found:
                found.add(above)
                waiting.append(above)
    return frozenset(found)
