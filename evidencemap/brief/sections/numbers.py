"""The section on numbers: each with its window, its method, its share, and what can be worked out from it."""

from evidencemap.analysis.numbers import Sort, figure_text
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Column, Heading, Row, Run, Table, Voice, cell, row
from evidencemap.brief.phrases import short
from evidencemap.brief.room import Room
from evidencemap.brief.sections.claims import more_row
from evidencemap.layout.cards import amount
from evidencemap.model.entities import Claim, Quantity
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
    rows = tuple(_row(basis, each, room) for each in quantities[: room.numbers])
    summary = _("Each number with its window, its method, its share of the total and what follows from it.")
    rows += more_row(len(quantities) - room.numbers, len(columns))
    return (Heading(text=_("Numbers in context")), Table(columns=columns, rows=rows, summary=summary))


def _row(basis: Basis, number: Quantity, room: Room) -> Row:
    said = [
        Run(text=f"{number.number} ", bold=True),
        Run(text=short(amount(number), room.letters), voice=Voice.REPORTED, marked=False),
    ]
    if number.called and number.called != number.unit:
        called = _(" (called {word})").format(word=short(number.called, room.letters))
        said.append(Run(text=called, muted=True))
    worked = " ".join(figure_text(basis.case, each) for each in basis.figures(number.id)[:3])
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
        parts.append(_(number.verification.value))
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
