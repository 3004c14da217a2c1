"""The report's account of each claim: how it stands and why, its picture, what is for and against it."""

from evidencemap.analysis.independent import asks_for_a_look, independent_looks
from evidencemap.analysis.sentences import explain
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, ListBlock, Paragraph, Run, Tone, Voice
from evidencemap.brief.phrases import listed
from evidencemap.brief.sections.claims import name_of, voice_of
from evidencemap.brief.sections.maps import claim_map
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.brief.sections.relations import ground_table
from evidencemap.model.entities import Claim
from evidencemap.tongue import _, capital

MOST_IN_DEPTH = 80
"""Of more claims, each picture shows what leads to its claim directly; what is behind has its own picture."""


def each_claim(basis: Basis, book: Notebook, claims: list[Claim]) -> tuple[Block, ...]:
    """Return the account of each of the claims, in their order; nothing where there are none."""
    if not claims:
        return ()
    blocks: list[Block] = [Heading(text=_("Each claim"))]
    directly = len(claims) > MOST_IN_DEPTH
    for claim in claims:
        blocks += _account(basis, book, claim, directly=directly)
    return tuple(blocks)


def _account(basis: Basis, book: Notebook, claim: Claim, *, directly: bool) -> list[Block]:
    verdict = basis.verdicts.claims[claim.id]
    why = " ".join(explain(basis.case, basis.verdicts, claim.id).sentences)
    status = Run(text=capital(_(verdict.status.value)), bold=True, state=basis.state(claim.id))
    blocks: list[Block] = [
        Heading(text=name_of(claim), level=3, anchor=claim.number),
        Paragraph(runs=(Run(text=claim.text, voice=voice_of(claim)),), tone=Tone.LEAD),
        Paragraph(runs=(status, Run(text=". "), Run(text=why, voice=Voice.INFERRED)), keeps=True),
        Paragraph(runs=(Run(text=_facts(basis, claim)),), tone=Tone.SMALL, keeps=True),
        *claim_map(basis, claim, directly=directly),
        *ground_table(basis, book, claim),
    ]
    asked = [
        (Run(text=f"{each.number} {each.text}"), Run(text=f" ({_(each.state.value)})", muted=True))
        for each in basis.requests_for(claim.id)
    ]
    if asked:
        blocks += [Heading(text=_("Requests that would settle it"), level=4), ListBlock(items=tuple(asked))]
    return blocks


def _facts(basis: Basis, claim: Claim) -> str:
    facts = [_("Kind: {kind}.").format(kind=_(claim.kind.value))]
    if claim.stated:
        facts.append(_("Stated as {grade}.").format(grade=_(claim.stated.word)))
    if claim.stated_by:
        named = listed([basis.case.number(each) for each in claim.stated_by])
        facts.append(_("Stated by {who}.").format(who=named))
    if claim.stated_to.strip():
        facts.append(_("Said to {addressee}.").format(addressee=claim.stated_to.strip()))
    if claim.likelihood or claim.confidence:
        own = ", ".join(each for each in (claim.likelihood, claim.confidence) if each)
        facts.append(_("The analyst's own view, apart from the grade: {view}.").format(view=own))
    if claim.hedges:
        facts.append(_("Hedges: {hedges}.").format(hedges=", ".join(claim.hedges)))
    if asks_for_a_look(claim):
        looks = [basis.case.number(each) for each in independent_looks(basis.case, claim.id)]
        facts.append(_("Independent look: {looks}.").format(looks=listed(looks) or _("none is recorded")))
    return " ".join(facts)
