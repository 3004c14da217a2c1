"""Sections on what would settle it: the requests, the ladder of a claim, the question sheet by holder."""

from evidencemap.analysis.settle import GRADES, Settlement
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
    Tone,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import listed, short
from evidencemap.brief.room import EVERYTHING, Room, fitting
from evidencemap.brief.sections.claims import arrow, more_row, see_report
from evidencemap.model.entities import Claim, Request, Step
from evidencemap.model.words import Grade, RequestState
from evidencemap.tongue import _, capital

NONE_LISTED = "No open request is listed that would settle any of it."
"""What a brief says where nobody has listed what to ask for, which is an answer too."""


def request_table(basis: Basis, requests: list[Request], room: Room, *, title: str = "") -> tuple[Block, ...]:
    """Return the table of requests: what, held by, settles, status; or that none is listed.

    A map without claims has nothing to settle.
    """
    heading = Heading(text=title or _("What would settle it"))
    if not requests:
        said = Paragraph(runs=(Run(text=_(NONE_LISTED), voice=Voice.INFERRED),))
        return (heading, said) if basis.case.of(Claim) else ()
    shown = requests[: fitting(len(requests), room.requests)]
    rows = tuple(
        row(
            cell(
                Run(text=f"{request.number} ", bold=True),
                Run(text=short(request.text, room.full)),
            ),
            short(request.held_by, room.letters) or _("not recorded"),
            settles_what(basis, request),
            cell(Run(text=capital(_(request.state.value)), bold=True, state=State.REQUEST)),
        )
        for request in shown
    )
    columns = (
        Column(header=_("Request"), width=3.35, row_header=True),
        Column(header=_("Held by"), width=0.85),
        Column(header=_("Settles"), width=1.95),
        Column(header=_("Status"), width=0.95),
    )
    rows += more_row(len(requests) - len(shown), len(columns))
    summary = _("Each request with who holds it, what it settles, its state.")
    return (heading, Table(columns=columns, rows=rows, summary=summary))


def settles_what(basis: Basis, request: Request) -> str:
    """Return what a request settles, as people read it: `C1 → C2, through M1`, `C6 (magnitude)`."""
    parts = []
    for each in request.settles[:4]:
        claim, step = basis.case.get(Claim, each), basis.case.get(Step, each)
        if step is not None:
            parts.append(arrow(basis, step))
        elif claim is not None:
            backed = [arrow(basis, use) for use in basis.backed_by(claim.id)]
            if backed:
                steps = listed(backed[:3]) if len(backed) <= 3 else f"{', '.join(backed[:3])}…"
                parts.append(_("{steps}, through {warrant}").format(steps=steps, warrant=claim.number))
            else:
                parts.append(f"{claim.number} ({_(claim.kind.value)})")
    return "; ".join(parts) or "–"


def open_requests(basis: Basis, claims: list[Claim]) -> list[Request]:
    """Return the requests that are not received, those that lift one of the claims first."""
    wanted = {
        name for claim in claims for sets in basis.ways(claim.id).values() for way in sets for name in way
    }
    held = [request for request in basis.case.sorted(Request) if request.state is not RequestState.RECEIVED]
    return sorted(held, key=lambda request: request.number not in wanted)


def ladder_table(basis: Basis, claims: list[Claim], room: Room, *, title: str = "") -> tuple[Block, ...]:
    """Return, one row a claim, what would lift it to each grade."""
    if not claims:
        return ()
    columns = (
        Column(header=_("Claim (reported)"), width=2.6, row_header=True),
        Column(header=_("Stands as (inferred)"), width=1.4),
        *(Column(header=_("To {grade}").format(grade=_(grade.word)), width=1.3) for grade in GRADES),
    )
    rows = []
    for claim in claims:
        settled = basis.settlement(claim.id)
        verdict = basis.verdicts.claims[claim.id]
        rows.append(
            row(
                cell(
                    Run(text=f"{claim.number} ", bold=True),
                    Run(text=short(claim.text, room.full), voice=Voice.REPORTED, marked=False),
                ),
                cell(Run(text=capital(_(verdict.status.value)), bold=True, state=basis.state(claim.id))),
                *(
                    cell(
                        Run(
                            text=short(capital(_way(settled, grade)), 90),
                            voice=Voice.INFERRED,
                            marked=False,
                        )
                    )
                    for grade in GRADES
                ),
            )
        )
    summary = _("Each claim with the smallest sets of what is asked for that would lift it to each grade.")
    return (
        Heading(text=title or _("What would lift each claim: the smallest sets")),
        Table(columns=columns, rows=tuple(rows), summary=summary),
    )


def question_sheet(basis: Basis, requests: list[Request], room: Room) -> tuple[Block, ...]:
    """Return the questions to put, by who holds the answer."""
    holders: dict[str, list[Request]] = {}
    shown = requests[: room.requests * 2]
    for request in shown:
        holders.setdefault(short(request.held_by, room.line) or _("Holder not recorded"), []).append(request)
    blocks: list[Block] = []
    for holder in sorted(holders):
        items: list[Runs] = []
        for request in holders[holder]:
            text = _(" – would settle {what}; {obtainable}; {state}").format(
                what=settles_what(basis, request),
                obtainable=_(request.obtainable.value),
                state=_(request.state.value),
            )
            most = room.letters if room == EVERYTHING else room.full
            said = Run(text=f"{request.number} {short(request.text, most)}")
            items.append((said, Run(text=text, muted=True)))
        blocks += [
            Heading(text=_("To: {holder}").format(holder=holder), level=3),
            ListBlock(items=tuple(items)),
        ]
    if len(requests) > len(shown):
        blocks.append(Paragraph(runs=see_report(len(requests) - len(shown)), tone=Tone.SMALL))
    return (Heading(text=_("Questions, by who holds the answer")), *blocks) if blocks else ()


def _way(settled: Settlement, grade: Grade) -> str:
    sets = settled.sets.get(grade, ())
    if any(not each for each in sets):
        return _("reached already.")
    if settled.nothing_would(grade):
        return _("no listed request would suffice.")
    if not sets:
        return _("no set was found before the search was cut short.")
    return _("; or ").join(listed([_wanted(name) for name in each]) for each in sets) + "."


def _wanted(name: str) -> str:
    """Return what a set names: a request by its number, a gap as what is missing at its step."""
    step, _dot, what = name.partition(".")
    if what == "warrant":
        return _("a warrant for {step}").format(step=step)
    if what:
        return _("a {role} for {step}").format(role=_(what), step=step)
    return name
