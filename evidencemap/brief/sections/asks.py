"""Sections on the asks: which rest on claims that the record does not carry, and the table of them all."""

from evidencemap.analysis.sentences import sentence
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    Paragraph,
    Run,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import counted, listed, plural, sentence_case, short
from evidencemap.brief.room import EVERYTHING, Room
from evidencemap.brief.sections.claims import more_row
from evidencemap.model.entities import Claim
from evidencemap.model.records import Id
from evidencemap.tongue import _, capital, several


def what_rests(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return which asks lean on what does not stand, and whether anything listed would mend it."""
    asks = basis.asks()
    leaning = [ask for ask in asks if not basis.stands(ask.id)]
    if not leaning:
        return ()
    fallen: dict[Id, str] = {}
    for ask in leaning:
        for step in basis.steps_to(ask.id):
            for each in step.premises:
                if each in basis.case.of(Claim) and not basis.stands(each):
                    fallen[each] = basis.case.number(each)
    said: list[str] = []
    values = {"count": sentence_case(counted(len(leaning))), "asks": _weighed(leaning, room)}
    if fallen:
        claims = list(fallen.values())
        named = listed(claims[:8]) if len(claims) <= 8 else f"{', '.join(claims[:8])}…"
        text = plural(
            "{count} ask leans on what the record does not carry ({claims}): {asks}.",
            "{count} asks lean on what the record does not carry ({claims}): {asks}.",
            len(leaning),
        )
        said.append(text.format(claims=named, **values))
    else:
        text = plural(
            "{count} ask does not stand: {asks}.", "{count} asks do not stand: {asks}.", len(leaning)
        )
        said.append(text.format(**values))
    heaviest = leaning[0]
    needed = basis.verdicts.claims[heaviest.id].stated
    if needed and basis.settlement(heaviest.id).nothing_would(needed):
        said.append(
            _("No listed request would lift {ask} to what its stake needs ({grade}).").format(
                ask=heaviest.number, grade=_(needed.word)
            )
        )
    said.append(_("That says nothing on whether the measures are good policy."))
    return (
        Heading(text=_("What rests on the gap")),
        Paragraph(runs=(Run(text=" ".join(said), voice=Voice.INFERRED),)),
    )


def asks_table(basis: Basis, room: Room, *, why: bool = False) -> tuple[Block, ...]:
    """Return the table of asks, the heaviest first; `why` adds the sentence of each verdict."""
    asks = basis.asks()
    if not asks or not room.asks:
        return ()
    rows = []
    for ask in asks[: room.asks]:
        verdict = basis.verdicts.claims[ask.id]
        premises = [basis.case.number(each) for step in basis.steps_to(ask.id) for each in step.premises]
        gaining = [source.number for source in basis.gaining(ask.id)]
        rows.append(
            row(
                cell(
                    Run(text=f"{ask.number} ", bold=True),
                    Run(text=short(ask.text, room.full), voice=Voice.REPORTED, marked=False),
                ),
                _("{stake} of 5").format(stake=ask.stake) if ask.stake else "–",
                listed(list(dict.fromkeys(premises))[:6]) or _("nothing"),
                ", ".join(gaining[:4]) or "–",
                capital(_(verdict.stated.word)) if verdict.stated else "–",
                cell(
                    Run(
                        text=capital(_(verdict.status.value)),
                        bold=True,
                        state=basis.state(ask.id),
                    )
                ),
            )
        )
    columns = (
        Column(header=_("Ask (reported)"), width=2.9, row_header=True),
        Column(header=_("Stake"), width=0.7),
        Column(header=_("Rests on"), width=1.1),
        Column(header=_("Who gains"), width=0.8),
        Column(header=_("Needs"), width=0.95),
        Column(header=_("Finding (inferred)"), width=1.4),
    )
    summary = _("Each ask with its weight, what it rests on, who gains from it and how it stands.")
    rows.extend(more_row(len(asks) - room.asks, len(columns)))
    blocks: list[Block] = [Table(columns=columns, rows=tuple(rows), summary=summary)]
    for ask in asks if why else ():
        said = sentence(basis.case, basis.verdicts.claims[ask.id].reason)
        blocks.append(
            Paragraph(runs=(Run(text=f"{ask.number}. ", bold=True), Run(text=said, voice=Voice.INFERRED)))
        )
    return tuple(blocks)


def _weighed(asks: list[Claim], room: Room) -> str:
    """Return the heaviest asks in their words, and how many more there are."""
    shown = asks[: 3 if room == EVERYTHING else 2]
    named = []
    for ask in shown:
        text = f"{ask.number} “{short(ask.text, room.full)}”"
        if ask.stake:
            text = _("{ask} (stake {stake} of 5)").format(ask=text, stake=ask.stake)
        named.append(text)
    left = len(asks) - len(shown)
    if left:
        named.append(several("{count} more", "{count} more", left))
    return listed(named)
