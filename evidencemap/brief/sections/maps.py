"""Pictures of the map in a brief: what leads to one claim, and the whole on as many sheets as it takes."""

from dataclasses import replace

from evidencemap.brief.basis import Basis
from evidencemap.brief.figure import map_drawing, map_in_words
from evidencemap.brief.outline import Block, Figure, Heading, Paragraph, Run
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

MOST_NODES = 400
"""A map of more nodes takes more than that, and is not laid out to learn it."""


def claim_map(basis: Basis, claim: Claim, *, directly: bool) -> tuple[Block, ...]:
    """Return the picture of what leads to a claim, to stand before its table; nothing where nothing does.

    With `directly`, it shows the premises of the steps to the claim alone, and may stand on the page before.
    """
    figure = what_leads_to(basis, claim, WIDTH, directly=directly)
    return (replace(figure, keeps=not directly),) if figure is not None else ()


def whole_map(basis: Basis, told: list[Claim]) -> tuple[Block, ...]:
    """Return the whole map, on overlapping sheets where it is too large for one, and the table of steps.

    A map of more than `MOST_SHEETS` sheets has no picture. Its table then leaves out the steps to the
    claims in `told`, each of which has a table of its own.
    """
    nodes = [node.id for node in nodes_of(basis.case)]
    if not nodes:
        return ()
    steps = basis.case.sorted(Step)
    pages = sheets(map_drawing(basis.case, basis.verdicts), WIDTH, DEPTH) if len(nodes) <= MOST_NODES else []
    blocks: list[Block] = [Heading(text=_("The map"))]
    if 0 < len(pages) <= MOST_SHEETS:
        alt = map_in_words(basis.case, basis.verdicts, nodes)
        title = short(basis.case.header.title, 120)
        blocks += [
            Figure(
                drawing=page,
                alt=alt if at == 1 else _("A further part of the map that sheet 1 tells in words."),
                title=_sheet(title, at, len(pages)),
            )
            for at, page in enumerate(pages, 1)
        ]
    else:
        elsewhere = {claim.id for claim in told}
        steps = [step for step in steps if step.conclusion not in elsewhere]
        said = _(
            "The whole map is too large for a picture on paper. What leads to a claim is drawn with that "
            "claim, under “Each claim”; all other steps follow."
        )
        blocks.append(Paragraph(runs=(Run(text=said),)))
    return (*blocks, *relation_table(basis, steps))


def _sheet(title: str, at: int, count: int) -> str:
    if count == 1:
        return title
    return _("{title}, sheet {at} of {count}").format(title=title, at=at, count=count)
