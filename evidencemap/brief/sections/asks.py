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
from evidencemap.brief.phrases import listed, plural, short, some_of
from evidencemap.brief.room import Room, fitting
from evidencemap.brief.sections.claims import more_row
from evidencemap.model.entities import Claim
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import _, capital


def what_rests(basis: Basis, table: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """Return which asks lean on what does not stand, and whether anything listed would mend it.

    The table of asks, where there is one, stands between the heading and what is said of it.
    """
    asks = basis.asks()
    leaning = [ask for ask in asks if not basis.stands(ask.id)]
    title = _("What rests on the gap") if leaning else _("What they ask for")
    said = [*(_leaning(basis, leaning) if leaning else ()), *_short_of_its_stake(basis)]
    if not said:
        return (Heading(text=title), *table) if table else ()
    said.append(_("That says nothing about whether the measures are good policy."))
    heading = (Heading(text=title),) if leaning or table else ()
    return (*heading, *table, Paragraph(runs=(Run(text=" ".join(said), voice=Voice.INFERRED),)))


def _leaning(basis: Basis, leaning: list[Claim]) -> list[str]:
    """Return sentences on the asks that do not stand: what they lean on, and what would lift the heaviest."""
    fallen: dict[Id, str] = {}
    on_them: list[str] = []
    for ask in leaning:
        behind = {
            each: basis.case.number(each)
            for step in basis.steps_to(ask.id)
            for each in (step.premises if not step.con else ())
            if each in basis.case.of(Claim) and not basis.stands(each)
        }
        fallen |= behind
        on_them += [ask.number] if behind else []
    said: list[str] = []
    if fallen:
        text = plural(
            "{asks} leans on what the record does not carry: {claims}.",
            "{asks} lean on what the record does not carry: {claims}.",
            len(on_them),
        )
        claims = some_of(sorted(fallen.values(), key=number_key))
        said.append(text.format(asks=some_of(on_them), claims=claims))
    others = [ask.number for ask in leaning if ask.number not in on_them]
    if others:
        text = plural("{asks} does not stand.", "{asks} do not stand.", len(others))
        said.append(text.format(asks=some_of(others)))
    heaviest = leaning[0]
    needed = basis.verdicts.claims[heaviest.id].stated
    if needed and basis.settlement(heaviest.id).nothing_would(needed):
        said.append(
            _("No listed request would lift {ask} to what its stake needs ({grade}).").format(
                ask=heaviest.number, grade=_(needed.word)
            )
        )
    return said


def _short_of_its_stake(basis: Basis) -> list[str]:
    """Return the sentence on the asks that stand, but with less than their stake needs."""
    short_of = [
        ask.number
        for ask in basis.asks()
        if basis.stands(ask.id) and basis.verdicts.claims[ask.id].overstated
    ]
    if not short_of:
        return []
    text = plural(
        "{asks} stands, but below what its stake needs.",
        "{asks} stand, but below what their stakes need.",
        len(short_of),
    )
    return [text.format(asks=some_of(short_of))]


def asks_table(basis: Basis, room: Room, *, why: bool = False) -> tuple[Block, ...]:
    """Return the table of asks, the heaviest first; `why` adds the sentence of each verdict."""
    asks = basis.asks()
    if not asks or not room.asks:
        return ()
    rows = []
    shown = asks[: fitting(len(asks), room.asks)]
    for ask in shown:
        verdict = basis.verdicts.claims[ask.id]
        premises = [basis.case.number(each) for step in basis.steps_to(ask.id) for each in step.premises]
        gaining = [short(source.name, 30) for source in basis.gaining(ask.id)]
        rows.append(
            row(
                cell(
                    Run(text=f"{ask.number} ", bold=True),
                    Run(
                        text=short(ask.text, room.letters if why else room.full),
                        voice=Voice.REPORTED,
                        marked=False,
                    ),
                ),
                _("{stake} of 5").format(stake=ask.stake) if ask.stake else "–",
                listed(list(dict.fromkeys(premises))[:6]) or _("nothing"),
                ", ".join(gaining[:3]) or "–",
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
        Column(header=_("Rests on"), width=1.0),
        Column(header=_("Who gains"), width=0.9),
        Column(header=_("Needs"), width=0.95),
        Column(header=_("Finding (inferred)"), width=1.4),
    )
    summary = _("Each ask with its weight, what it rests on, who gains from it and how it stands.")
    rows.extend(more_row(len(asks) - len(shown), len(columns)))
    blocks: list[Block] = [Table(columns=columns, rows=tuple(rows), summary=summary)]
    for ask in asks if why else ():
        said = sentence(basis.case, basis.verdicts.claims[ask.id].reason)
        blocks.append(Paragraph(runs=(Run(text=said, voice=Voice.INFERRED),)))
    return tuple(blocks)
