"""The register: sources, evidence, exhibits and their digests. No judgement."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, MetaTable, Outline
from evidencemap.brief.sections.bottom import fixed_sentence
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.register import evidence_register, exhibits_and_history, source_register
from evidencemap.tongue import _


def register(basis: Basis) -> Outline:
    """Return the register of a case: what it holds, with no grade, no rating and no verdict."""
    blocks: list[Block] = [
        Heading(text=_("Register of sources, evidence and exhibits"), level=1),
        MetaTable(rows=head(basis)),
        *fixed_sentence(),
        *source_register(basis, rated=False),
        *evidence_register(basis, rated=False),
        *exhibits_and_history(basis),
    ]
    return outline_of(basis, blocks)
