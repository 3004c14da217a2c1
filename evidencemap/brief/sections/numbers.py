"""The section on numbers: each with its window, its method, its share, and what can be worked out from it."""

from evidencemap.analysis.knowing import checked
from evidencemap.analysis.numbers import Sort, figure_text
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import short
from evidencemap.brief.room import EVERYTHING, Room, fitting
from evidencemap.brief.sections.claims import more_row
from evidencemap.layout.cards import amount
from evidencemap.model.entities import Claim, Quantity, Step
from evidencemap.tongue import _


def numbers_in_context(basis: Basis, quantities: list[Quantity], room: Room) -> tuple[Block, ...]:
    """Return the table of numbers: absolute and share together, window, method, worked-out figures."""
    if not quantities or not room.numbers:
        return ()
    columns = (
        Column(header=_("Number (reported)"), width=2.1, row_header=True),
        Column(header=_("Window"), width=1.1),
        Column(header=_("Counted by"), width=2.05),
        Column(header=_("Out of"), width=0.95),
        Column(header=_("Works out at (inferred)"), width=2.6),
    )
    shown = quantities[: fitting(len(quantities), room.numbers)]
    rows = tuple(_row(basis, each, shown, room) for each in shown)
    summary = _("Each number with its window, its method, its share of the total and what follows from it.")
    rows += more_row(len(quantities) - len(shown), len(columns))
    table = Table(columns=columns, rows=rows, summary=summary)
    verbs = _verbs(basis, quantities, room) if room == EVERYTHING else ()
    return (Heading(text=_("Numbers in context")), table, *verbs)


def _verbs(basis: Basis, quantities: list[Quantity], room: Room) -> tuple[Block, ...]:
    """Return each comparison in its own words beside the ratio of the figures that it compares."""
    ratios = [figure for each in quantities for figure in basis.figures(each.id) if figure.sort is Sort.RATIO]
    items: list[Runs] = []
    for step in basis.case.sorted(Step):
        claim = basis.case.get(Claim, step.conclusion)
        if step.scheme != "comparison" or step.con or claim is None:
            continue
        stated = {
            user
            for each in step.premises
            for user in basis.case.users(each)
            if (number := basis.case.get(Quantity, user)) is not None and each in number.stated_in
        }
        found = next((figure for figure in ratios if stated.issuperset(figure.inputs)), None)
        if found is not None:
            words = _("“{words}” ({number}).").format(words=short(claim.text, room.line), number=claim.number)
            worked = Run(text=" " + figure_text(basis.case, found), voice=Voice.INFERRED)
            items.append((Run(text=words, voice=Voice.REPORTED), worked))
    if not items:
        return ()
    lead = Paragraph(runs=(Run(text=_("The words of each comparison, beside the ratio.")),))
    return (lead, ListBlock(items=tuple(items[: max(1, room.numbers)])))


def _row(basis: Basis, number: Quantity, shown: list[Quantity], room: Room) -> Row:
    said = [
        Run(text=f"{number.number} ", bold=True),
        Run(text=short(amount(number), room.letters), voice=Voice.REPORTED, marked=False),
    ]
    if number.called and number.called != number.unit:
        called = _(" (called {word})").format(word=short(number.called, room.letters))
        said.append(Run(text=called, muted=True))
    figures = basis.figures(number.id)[:3]
    worked = " ".join(figure_text(basis.case, each) for each in figures)
    told = {each.id for each in shown}
    others = dict.fromkeys(each for figure in figures for each in figure.inputs if each not in told)
    meant = [f"{basis.case.number(each)}: {amount(basis.case.of(Quantity)[each])}" for each in others]
    if meant:
        worked = f"{worked} ({'; '.join(meant)})"
    return row(
        cell(*said),
        short(number.window, room.letters) or _("not recorded"),
        _method(basis, number),
        _share(basis, number),
        cell(Run(text=worked, voice=Voice.INFERRED, marked=False)) if worked else "–",
    )


def _method(basis: Basis, number: Quantity) -> str:
    method = basis.case.get(Claim, number.method)
    parts = []
    if method is None:
        parts.append(_("method not recorded"))
    elif method.disclosed:
        parts.append(_("{method}, disclosed").format(method=method.number))
    else:
        parts.append(_("{method}, not disclosed").format(method=method.number))
    if number.verification is not None:
        parts.append(checked(basis.case, number))
    return ", ".join(parts)


def _share(basis: Basis, number: Quantity) -> str:
    total = basis.case.get(Quantity, number.out_of)
    if total is None:
        return _("not recorded")
    shares = [each for each in basis.figures(number.id) if each.sort is Sort.SHARE]
    if not shares:
        return _("{total}, {amount}").format(total=total.number, amount=amount(total))
    return _("{share} of {total}, {amount}").format(
        share=shares[0].shown, total=total.number, amount=amount(total)
    )
