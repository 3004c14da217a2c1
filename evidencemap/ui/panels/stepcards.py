"""The steps that lead to an entity, each as a card, and all that one step is made of."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencemap.analysis.judged import StepStatus
from evidencemap.model.entities import Claim, Step
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import Grade
from evidencemap.tongue import _, in_context
from evidencemap.ui.editor import steps_into
from evidencemap.ui.marks import mark_of, step_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said

LINES = {
    StepStatus.CARRIES: Qt.PenStyle.SolidLine,
    StepStatus.UNSUPPORTED: Qt.PenStyle.DashLine,
    StepStatus.PREMISE_FAILS: Qt.PenStyle.DotLine,
    StepStatus.CONTESTED: Qt.PenStyle.SolidLine,
    StepStatus.UNDERCUT: Qt.PenStyle.SolidLine,
    StepStatus.CIRCULAR: Qt.PenStyle.DashDotLine,
}
"""The edge of the card of a step, by its status: as its line is drawn on the map."""


def steps_in(sheet: Sheet, entity: Id) -> None:
    """Add a card for each step that concludes this, its warrant slot always visible."""
    into = steps_into(sheet.case, entity)
    sheet.heading(_("Steps into this claim") if sheet.case.get(Claim, entity) else _("Steps into this"))
    if not into:
        sheet.line(_("No step is drawn to this yet."), "muted")
        sheet.put(sheet.button(_("Add a premise"), "premise", entity))
    for each in into:
        _step_card(sheet, each)


def step(sheet: Sheet, held: Step) -> None:
    """Add the parts of one step: premises, conclusion, warrant, roles, questions."""
    sheet.heading(_("From"))
    for each in held.premises:
        sheet.put(sheet.entity_link(each))
    sheet.heading(in_context("step", "To"))
    sheet.put(sheet.entity_link(held.conclusion))
    sheet.heading(_("Why does this follow?"))
    _warrant(sheet, held, sheet.put)
    scheme = schemes()[held.scheme]
    if scheme.role:
        if held.denominator is None:
            sheet.line(_("Its {role} is missing.").format(role=_(scheme.role)), "unsupported")
        else:
            sheet.put(sheet.entity_link(held.denominator))
    if held.undercut_by:
        sheet.heading(_("Undercut by"))
        for each in held.undercut_by:
            sheet.put(sheet.entity_link(each))
    if scheme.questions:
        sheet.heading(_("Questions of {scheme}").format(scheme=_(scheme.title)))
        answers = dict(held.answers)
        for question in scheme.questions:
            answer = answers.get(question.id, "")
            if question.slot == "baseline" and held.baseline is not None and not answer:
                sheet.line(_(question.text))
                sheet.put(sheet.entity_link(held.baseline))
                continue
            text = f"{_(question.text)} {answer or _('Open.')}"
            sheet.line(text, "text" if answer else "muted")
            sheet.put(sheet.button(_("Answer…"), "answer", (held.id, question.id, question.text)))


def _step_card(sheet: Sheet, held: Step) -> None:
    found_step = sheet.editor.verdicts.steps[held.id]
    mark, ink = step_mark(found_step.status)
    card = sheet.card(ink, LINES[found_step.status])
    word = _(found_step.status.value)
    if found_step.status is StepStatus.CARRIES:
        word = f"{word} {_(found_step.grade.word)}"
    open_it = sheet.link(held.id, f"{held.number}  {said(sheet.case, held.id)}", mark=mark, ink=ink)
    card.row(open_it, sheet.label(word, ink, 600))
    _warrant(sheet, held, card.column.addWidget)
    if found_step.lender is not None:
        card.line(
            _("Borrows certainty from {lender}.").format(lender=sheet.case.number(found_step.lender)), "muted"
        )


def _warrant(sheet: Sheet, held: Step, put: Callable[[QWidget], Any]) -> None:
    row = QWidget(sheet)
    across = QVBoxLayout(row) if sheet.roomless else QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    if held.warrant is not None:
        grade = sheet.editor.verdicts.nodes[held.warrant][0]
        shown = one_line(said(sheet.case, held.warrant), 120)
        text = f"{_('Warrant')}: {sheet.case.number(held.warrant)}  {shown}"
        mark, ink = mark_of(sheet.case, sheet.editor.verdicts, held.warrant)
        across.addWidget(sheet.link(held.warrant, text, mark=mark, ink=ink), 1)
        across.addWidget(sheet.label(_(Grade(grade).word), "muted"))
    elif schemes()[held.scheme].needs_warrant:
        across.addWidget(sheet.label(_("Warrant: none is recorded"), "unsupported"), 1)
        across.addWidget(sheet.button(_("Why does this follow?"), "warrant", held.id))
    else:
        across.addWidget(
            sheet.label(_("Needs no warrant ({scheme})").format(scheme=_(held.scheme)), "muted"), 1
        )
    put(row)
