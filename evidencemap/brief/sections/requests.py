"""Sections on what would settle it: the requests, the ladder of a claim, the question sheet by holder."""

from evidencemap.analysis.settle import settle
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    State,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.model.entities import Claim, Request
from evidencemap.model.words import Grade, RequestState
from evidencemap.tongue import _, several


def request_table(basis: Basis, requests: list[Request], most: int = 6) -> tuple[Block, ...]:
    """Return the table of requests: what, held by, settles, status."""
    if not requests:
        return ()
    rows = tuple(
        row(
            cell(Run(text=f"{request.number} ", bold=True), Run(text=request.text)),
            request.held_by or _("not recorded"),
            ", ".join(basis.case.number(each) for each in request.settles) or "–",
            cell(Run(text=_(request.state.value).capitalize(), bold=True, state=State.REQUEST)),
        )
        for request in requests[:most]
    )
    columns = (
        Column(header=_("Request"), width=3.2, row_header=True),
        Column(header=_("Held by"), width=1.3),
        Column(header=_("Settles"), width=0.9),
        Column(header=_("Status"), width=1.1),
    )
    blocks: list[Block] = [
        Heading(text=_("What would settle it")),
        Table(
            columns=columns,
            rows=rows,
            summary=_("Each request with who holds it, what it settles, its state."),
        ),
    ]
    left = len(requests) - most
    if left > 0:
        more = several(
            "{count} more request: see the report.", "{count} more requests: see the report.", left
        )
        blocks.append(Paragraph(runs=(Run(text=more, muted=True),)))
    return tuple(blocks)


def open_requests(basis: Basis, claims: list[Claim]) -> list[Request]:
    """Return the requests that are not received, those that lift one of the claims first."""
    wanted: list[str] = []
    for claim in claims:
        for sets in settle(basis.case, claim.id).sets.values():
            wanted.extend(number for each in sets for number in each)
    held = [request for request in basis.case.sorted(Request) if request.state is not RequestState.RECEIVED]
    return sorted(held, key=lambda request: request.number not in wanted)


def ladders(basis: Basis, claims: list[Claim]) -> tuple[Block, ...]:
    """Return, for each claim, the smallest sets of requests that would lift it to each grade."""
    blocks: list[Block] = []
    for claim in claims:
        answer = settle(basis.case, claim.id)
        items: list[Runs] = []
        for grade, sets in sorted(answer.sets.items()):
            items.append(
                (Run(text=f"{_(grade.word).capitalize()}: ", bold=True), _way(grade, sets, answer.complete))
            )
        blocks.append(Heading(text=f"{claim.number} {claim.text}", level=3))
        blocks.append(ListBlock(items=tuple(items)))
    return tuple(blocks)


def question_sheet(basis: Basis, requests: list[Request]) -> tuple[Block, ...]:
    """Return the questions to put, by who holds the answer."""
    holders: dict[str, list[Request]] = {}
    for request in requests:
        holders.setdefault(request.held_by or _("Holder not recorded"), []).append(request)
    blocks: list[Block] = []
    for holder in sorted(holders):
        blocks.append(Heading(text=holder, level=3))
        items: list[Runs] = []
        for request in holders[holder]:
            settles = ", ".join(basis.case.number(each) for each in request.settles)
            text = _(" (settles {what}; {obtainable}; {state})").format(
                what=settles or "–", obtainable=_(request.obtainable.value), state=_(request.state.value)
            )
            items.append((Run(text=f"{request.number} {request.text}"), Run(text=text, muted=True)))
        blocks.append(ListBlock(items=tuple(items)))
    return (Heading(text=_("Questions, by who holds the answer")), *blocks) if blocks else ()


def _way(grade: Grade, sets: tuple[tuple[str, ...], ...], complete: bool) -> Run:
    if any(not each for each in sets):
        text = _("reached already.")
    elif not sets:
        text = _("no listed request would suffice.")
    else:
        ways = _("; or ").join(_(" with ").join(each) for each in sets)
        text = ways + "." if complete else _("at least: {ways}.").format(ways=ways)
    return Run(text=text, voice=Voice.INFERRED)
