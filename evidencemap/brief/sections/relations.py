"""The tables of steps that follow every picture of the map: the same relations in words."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Cell, Column, Row, Run, Runs, Table, Voice, cell, row
from evidencemap.brief.phrases import listed
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.model.entities import Claim, Step
from evidencemap.tongue import _, capital, in_context


def relation_table(basis: Basis, steps: list[Step], title: str = "") -> tuple[Block, ...]:
    """Return steps as rows: number, from, to, kind, warrant, status."""
    if not steps:
        return ()
    columns = (
        Column(header=_("Step"), width=0.65, row_header=True),
        Column(header=_("From"), width=1.5),
        Column(header=in_context("step", "To"), width=0.75),
        Column(header=_("Kind"), width=1.2),
        Column(header=_("Warrant"), width=1.0),
        Column(header=_("Status (inferred)"), width=2.1),
    )
    rows = tuple(_row(basis, step) for step in steps)
    summary = _("Each step with its premises, its conclusion, its warrant and how it stands.")
    return (Table(columns=columns, rows=rows, title=title, summary=summary),)


def ground_table(basis: Basis, book: Notebook, claim: Claim) -> tuple[Block, ...]:
    """Return the steps for and against a claim: the words each starts from, and how it stands.

    Where there are steps against the claim, a line says which are for it and which are not.
    """
    steps = basis.steps_to(claim.id)
    if not steps:
        return ()
    columns = (
        Column(header=_("Step"), width=0.65, row_header=True),
        Column(header=_("From (reported)"), width=3.9),
        Column(header=_("Kind"), width=1.05),
        Column(header=_("Warrant"), width=0.75),
        Column(header=_("Status (inferred)"), width=1.5),
    )
    rows: list[Row] = []
    against = any(step.con for step in steps)
    for title, con in ((_("For it"), False), (_("Against it"), True)):
        held = [step for step in steps if step.con is con]
        if held and against:
            rows.append(row(cell(Run(text=title, bold=True), columns=len(columns), header=True)))
        rows += [_ground_row(basis, book, step) for step in held]
    summary = _("Each step to {claim} with what it starts from, its warrant and how it stands.").format(
        claim=claim.number
    )
    return (Table(columns=columns, rows=tuple(rows), summary=summary),)


def _ground_row(basis: Basis, book: Notebook, step: Step) -> Row:
    return row(
        cell(Run(text=step.number, bold=True)),
        Cell(paragraphs=_grounds(basis, book, step)),
        _(step.scheme),
        _warrant(basis, step),
        _standing(basis, step),
    )


def _grounds(basis: Basis, book: Notebook, step: Step) -> tuple[Runs, ...]:
    """Return what a step starts from: the words of each item, and the claims with how they stand."""
    made: list[Runs] = [
        (
            Run(text=f"{item.number} ", bold=True),
            Run(text=item.text, voice=Voice.REPORTED, marked=False),
            *book.marks([item], voice=Voice.REPORTED, marked=False),
        )
        for item in basis.items_of(step)
    ]
    held = [
        _("{claim} ({status})").format(
            claim=basis.case.number(premise), status=_(basis.verdicts.claims[premise].status.value)
        )
        for premise in step.premises
        if premise in basis.case.of(Claim)
    ]
    return (*made, (Run(text=listed(held), voice=Voice.INFERRED, marked=False),)) if held else tuple(made)


def _row(basis: Basis, step: Step) -> Row:
    scheme = _(step.scheme)
    return row(
        cell(Run(text=step.number, bold=True)),
        listed([basis.case.number(each) for each in step.premises]),
        basis.case.number(step.conclusion),
        _("{scheme}, against").format(scheme=scheme) if step.con else scheme,
        _warrant(basis, step),
        _standing(basis, step),
    )


def _warrant(basis: Basis, step: Step) -> str:
    return basis.case.number(step.warrant) if step.warrant is not None else "–"


def _standing(basis: Basis, step: Step) -> Cell:
    verdict = basis.verdicts.steps[step.id]
    status = capital(_(verdict.status.value))
    if verdict.grade:
        status = _("{status}, {grade}").format(status=status, grade=_(verdict.grade.word))
    if verdict.on_assumption:
        status = _("{grade} (granted)").format(grade=status)
    return cell(Run(text=status, state=basis.step_state(step.id)))
