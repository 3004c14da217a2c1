"""Devil's advocate on a claim: gaps, assumptions, single origins, open questions, rivals, remarks."""

from collections.abc import Collection, Iterable, Iterator

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.lineage import origins
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Link, Remark, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.scales import answered, schemes
from evidencemap.model.words import ClaimKind, LinkKind, RemarkState
from evidencemap.tongue import _
from evidencemap.ui.editor import support_of
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said


def fill(sheet: Sheet, claim: Id) -> None:
    """Fill a sheet with what a challenger would say first."""
    case = sheet.case
    beneath = support_of(case, claim)
    steps = [case.get(Step, each) for each in beneath]
    drawn = sorted((each for each in steps if each is not None), key=lambda each: number_key(each.number))
    sheet.kicker(_("Devil's advocate").upper())
    sheet.line(f"{case.number(claim)}  {one_line(said(case, claim), 240)}", bold=True)
    _list(sheet, _("Steps that nothing backs"), _gaps(sheet, drawn), ink="unsupported")
    _list(sheet, _("Assumptions it rests on"), _assumptions(case, beneath))
    sheet.heading(_("Where it all comes from"))
    _show_origins(sheet, beneath)
    _list(sheet, _("Questions left open"), _open_questions(drawn))
    _list(sheet, _("Rivals"), _rivals(case, claim), none=_("No rival is recorded."))
    _list(sheet, _("Open remarks"), _open_remarks(case, {claim, *beneath}))


def _list(sheet: Sheet, heading: str, lines: Iterable[str], ink: str = "text", none: str = "") -> None:
    sheet.heading(heading)
    shown = list(lines)
    for each in shown:
        sheet.line(each, ink)
    if not shown:
        sheet.line(none or _("none"), "muted")


def _gaps(sheet: Sheet, drawn: Iterable[Step]) -> Iterator[str]:
    for each in drawn:
        if sheet.editor.verdicts.steps[each.id].status is StepStatus.UNSUPPORTED:
            yield f"{each.number}: {said(sheet.case, each.id)}"


def _assumptions(case: Case, beneath: Iterable[Id]) -> Iterator[str]:
    for each in beneath:
        held = case.get(Claim, each)
        if held is not None and held.kind is ClaimKind.ASSUMPTION:
            yield f"{held.number}: {one_line(held.text, 200)}"


def _show_origins(sheet: Sheet, beneath: Iterable[Id]) -> None:
    case = sheet.case
    items = (each for each in beneath if case.get(Evidence, each) is not None)
    sources = {source for each in items for source in origins(case, each)}
    numbers = sorted((case.number(each) for each in sources), key=number_key)
    if len(numbers) == 1:
        sheet.line(_("One origin alone: {numbers}.").format(numbers=numbers[0]), "unsupported")
    else:
        sheet.line(", ".join(numbers) or _("No source is recorded."))


def _open_questions(drawn: Iterable[Step]) -> Iterator[str]:
    for each in drawn:
        done = answered(each)
        for question in schemes()[each.scheme].questions:
            if question.id not in done:
                yield f"{each.number}: {_(question.text)}"


def _rivals(case: Case, claim: Id) -> Iterator[str]:
    for link in case.of(Link).values():
        if link.kind is LinkKind.RIVAL_OF and claim in link.between:
            for other in link.between:
                if other != claim:
                    yield f"{case.number(other)}: {one_line(said(case, other), 200)}"


def _open_remarks(case: Case, about: Collection[Id]) -> Iterator[str]:
    for each in case.sorted(Remark):
        if each.about in about and each.state is RemarkState.OPEN:
            yield f"{each.number} ({_(each.kind.value)}): {one_line(each.text, 240)}"
