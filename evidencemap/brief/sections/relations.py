"""The table of steps that follows every picture of the map: the same relations in words."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Column, Row, Run, Table, cell, row
from evidencemap.brief.phrases import listed
from evidencemap.model.entities import Step
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


def _row(basis: Basis, step: Step) -> Row:
    verdict = basis.verdicts.steps[step.id]
    status = capital(_(verdict.status.value))
    if verdict.grade:
        status = _("{status}, {grade}").format(status=status, grade=_(verdict.grade.word))
    scheme = _(step.scheme)
    return row(
        cell(Run(text=step.number, bold=True)),
        listed([basis.case.number(each) for each in step.premises]),
        basis.case.number(step.conclusion),
        _("{scheme}, against").format(scheme=scheme) if step.con else scheme,
        basis.case.number(step.warrant) if step.warrant is not None else "–",
        cell(Run(text=status, state=basis.step_state(step.id))),
    )
