"""Devil's advocate on a claim: gaps, assumptions, single origins, open questions, rivals, remarks."""

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.lineage import origins
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
    case, verdicts = sheet.case, sheet.editor.verdicts
    sheet.kicker(_("Devil's advocate").upper())
    sheet.line(f"{case.number(claim)}  {one_line(said(case, claim), 240)}", bold=True)
    beneath = support_of(case, claim)
    steps = [case.get(Step, each) for each in beneath]
    drawn = sorted((each for each in steps if each is not None), key=lambda each: number_key(each.number))
    sheet.heading(_("Steps that nothing backs"))
    gaps = [each for each in drawn if verdicts.steps[each.id].status is StepStatus.UNSUPPORTED]
    for each in gaps:
        sheet.line(f"{each.number}: {said(case, each.id)}", "unsupported")
    if not gaps:
        sheet.line(_("none"), "muted")
    sheet.heading(_("Assumptions it rests on"))
    assumed = [
        held for each in beneath if (held := case.get(Claim, each)) and held.kind is ClaimKind.ASSUMPTION
    ]
    for one in assumed:
        sheet.line(f"{one.number}: {one_line(one.text, 200)}")
    if not assumed:
        sheet.line(_("none"), "muted")
    sheet.heading(_("Where it all comes from"))
    names = {
        source for each in beneath if case.get(Evidence, each) is not None for source in origins(case, each)
    }
    numbers = sorted((case.number(each) for each in names), key=number_key)
    if len(numbers) == 1:
        sheet.line(_("One origin alone: {numbers}.").format(numbers=numbers[0]), "unsupported")
    else:
        sheet.line(", ".join(numbers) or _("No source is recorded."))
    sheet.heading(_("Questions left open"))
    asked = False
    for each in drawn:
        done = answered(each)
        for question in schemes()[each.scheme].questions:
            if question.id not in done:
                asked = True
                sheet.line(f"{each.number}: {_(question.text)}")
    if not asked:
        sheet.line(_("none"), "muted")
    sheet.heading(_("Rivals"))
    rivals = [
        other
        for link in case.of(Link).values()
        if link.kind is LinkKind.RIVAL_OF and claim in link.between
        for other in link.between
        if other != claim
    ]
    for other in rivals:
        sheet.line(f"{case.number(other)}: {one_line(said(case, other), 200)}")
    if not rivals:
        sheet.line(_("No rival is recorded."), "muted")
    sheet.heading(_("Open remarks"))
    open_ones = [
        held
        for held in case.sorted(Remark)
        if held.about in {claim, *beneath} and held.state is RemarkState.OPEN
    ]
    for remark in open_ones:
        sheet.line(f"{remark.number} ({_(remark.kind.value)}): {one_line(remark.text, 240)}")
    if not open_ones:
        sheet.line(_("none"), "muted")
