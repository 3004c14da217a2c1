"""The remarks of a review in the inspector: what was said, by whom, and whether it still stands open."""

from evidencemap.model.entities import Remark
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import RemarkState
from evidencemap.tongue import _
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line


def remarks(sheet: Sheet, entity: Id) -> None:
    """Add the remarks on this, the open ones first; of a remark itself, what can be said to it."""
    itself = sheet.case.get(Remark, entity)
    if itself is not None:
        if itself.state is RemarkState.OPEN:
            _answers(sheet, itself)
        return
    about = [sheet.case.get(Remark, each) for each in sheet.case.users(entity)]
    held = [each for each in about if each is not None and each.about == entity]
    if not held:
        return
    sheet.heading(_("Remarks"))
    for each in sorted(held, key=lambda one: (one.state is not RemarkState.OPEN, number_key(one.number))):
        by = f" {each.author}" if each.author else ""
        text = f"{each.number}  {_(each.kind.value)}, {_(each.state.value)}{by}: {one_line(each.text, 300)}"
        if each.state is not RemarkState.OPEN:
            sheet.line(text, "muted")
            continue
        sheet.line(text)
        _answers(sheet, each)


def _answers(sheet: Sheet, remark: Remark) -> None:
    accept = sheet.button(_("Accept {number}").format(number=remark.number), "accept remark", remark.id)
    rebut = sheet.button(_("Rebut {number}").format(number=remark.number), "rebut remark", remark.id)
    sheet.put(accept)
    sheet.put(rebut)
