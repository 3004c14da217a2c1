"""What falls if something is withdrawn: claims, steps and issued briefs, before anything is committed."""

import json
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.verdicts import ClaimVerdict
from evidencemap.analysis.whatif import what_if
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.upkeep import IssuedBrief
from evidencemap.storage.journal import Line
from evidencemap.tongue import _, several
from evidencemap.ui.marks import claim_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import claim_standing, one_line, said

_MOST = 40


class Impact:
    """The impact of one withdrawal; where it `offers`, a button commits it."""

    def __init__(self, entity: Id, offers: bool) -> None:
        self.entity = entity
        self.offers = offers

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with what would change."""
        case = sheet.case
        held = case[self.entity]
        sheet.kicker(_("If {number} falls").format(number=held.number).upper())
        sheet.line(f"{held.number}  {one_line(said(case, self.entity), 240)}", bold=True)
        supposed = what_if(case, withdraw=(self.entity,), known=sheet.editor.verdicts)
        falls = [each for each in supposed.falls if each != self.entity]
        others = [each for each in supposed.claims if each not in falls and each != self.entity]
        stopped = [
            each
            for each, (before, after) in supposed.steps.items()
            if before.status is StepStatus.CARRIES and after.status is not StepStatus.CARRIES
        ]
        sheet.heading(_("What falls"))
        if not falls:
            sheet.line(_("No claim that stands now would fall."), "supported")
        for each in falls[:_MOST]:
            self._change(sheet, each, *supposed.claims[each])
        if others:
            sheet.heading(_("What else changes"))
            for each in others[:_MOST]:
                self._change(sheet, each, *supposed.claims[each])
        sheet.heading(_("Steps that carry no more"))
        numbers = sorted((case.number(each) for each in stopped), key=number_key)
        sheet.line(", ".join(numbers[:_MOST]) or _("none"), "text" if numbers else "muted")
        self._briefs(sheet, {*falls, *others, *stopped})
        total = len(falls) + len(others)
        sheet.line(several("{count} claim changes.", "{count} claims change.", total), "muted")
        if self.offers and isinstance(held, Source | Evidence):
            sheet.heading(_("Withdraw it?"))
            sheet.line(_("What was withdrawn stays on the record; undo takes the withdrawal back."), "muted")
            sheet.put(
                sheet.button(_("Withdraw {number}").format(number=held.number), "withdraw", self.entity)
            )

    def _briefs(self, sheet: Sheet, changed: set[Id]) -> None:
        sheet.heading(_("Issued briefs that this touches"))
        numbers = {sheet.case.number(each) for each in changed}
        briefs = sheet.case.sorted(IssuedBrief) if changed else []
        lines = sheet.editor.session.history() if briefs else []
        touched = [each for each in briefs if numbers - came_after(each, lines)]
        for brief in touched:
            sheet.line(
                f"{brief.number}  {_(brief.template)}, {brief.when.replace('T', ' ').removesuffix('Z')}"
            )
        if not touched:
            sheet.line(_("none"), "muted")

    def _change(self, sheet: Sheet, claim: Id, before: ClaimVerdict, after: ClaimVerdict) -> None:
        case = sheet.case
        mark, ink = claim_mark(after.status)
        held = case.get(Claim, claim)
        card = sheet.card(ink, Qt.PenStyle.DashLine)
        words = claim_standing(before), claim_standing(after)
        if words[0] == words[1] and before.pro != after.pro:
            words = _("carries: {grade}").format(grade=_(before.pro.word)), _(after.pro.word)
        card.title(f"{words[0]} → {words[1]}" if words[0] != words[1] else words[0], ink, mark)
        card.line(f"{case.number(claim)}  {one_line(held.text if held is not None else '', 200)}")


def came_after(brief: IssuedBrief, lines: Sequence[Line]) -> set[str]:
    """Return the visible numbers of what came into the case after a brief told it.

    Empty where the journal does not hold that point: then the brief may tell anything.
    """
    at = next((line.entry for line in lines if line.digest.hex() == brief.head), None)
    first: dict[str, bool] = {}
    for line in lines[at:] if at is not None else ():
        for number, made in _made_by(line):
            first.setdefault(number, made)
    return {number for number, made in first.items() if made}


def _made_by(line: Line) -> Iterator[tuple[str, bool]]:
    payload = json.loads(line.payload) if line.payload else []
    for each in payload if isinstance(payload, list) else ():
        if isinstance(each, list) and len(each) == 4:
            yield str(each[1]), each[2] is None
