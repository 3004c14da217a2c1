"""Pictures of the map in a brief: what leads to one claim, and the whole on as many sheets as it takes."""

from dataclasses import replace

from evidencemap.brief.basis import Basis
from evidencemap.brief.figure import map_drawing, map_in_words
from evidencemap.brief.outline import Block, Figure, Heading
from evidencemap.brief.phrases import short
from evidencemap.brief.sections.figures import what_leads_to
from evidencemap.brief.sections.relations import relation_table
from evidencemap.brief.sheets import sheets
from evidencemap.layout.cards import nodes_of
from evidencemap.model.entities import Claim, Step
from evidencemap.tongue import _

WIDTH, DEPTH = 466.0, 560.0
"""The frame of a figure in points, which fits the page of a report on Letter and on A4."""

MOST_SHEETS = 24
"""A map that would take more sheets is told claim by claim and in its table alone."""


def claim_map(basis: Basis, claim: Claim) -> tuple[Block, ...]:
    """Return the picture of what leads to a claim, with its table; nothing where nothing does."""
    figure = what_leads_to(basis, claim, WIDTH)
    if figure is None:
        return ()
    return (replace(figure, keeps=True), *relation_table(basis, basis.steps_to(claim.id)))


def whole_map(basis: Basis) -> tuple[Block, ...]:
    """Return the whole map, on overlapping sheets where it is too large for one, and the table of steps."""
    nodes = [node.id for node in nodes_of(basis.case)]
    if not nodes:
        return ()
    steps = relation_table(basis, basis.case.sorted(Step))
    blocks: list[Block] = [Heading(text=_("The map"))]
    if len(nodes) <= 400:
        pages = sheets(map_drawing(basis.case, basis.verdicts), WIDTH, DEPTH)
        if len(pages) <= MOST_SHEETS:
            alt = map_in_words(basis.case, basis.verdicts, nodes)
            title = short(basis.case.header.title, 120)
            blocks += [
                Figure(drawing=page, alt=alt, title=_sheet(title, at, len(pages)))
                for at, page in enumerate(pages, 1)
            ]
    return (*blocks, *steps)


def _sheet(title: str, at: int, count: int) -> str:
    if count == 1:
        return title
    return _("{title}, sheet {at} of {count}").format(title=title, at=at, count=count)
