"""What falls if something is withdrawn: claims, steps and issued briefs, before anything is committed."""

from typing import Any

from PySide6.QtCore import Qt

from evidencemap.analysis.policy import policy
from evidencemap.analysis.verdicts import StepStatus, verdicts
from evidencemap.model.entities import Claim, Evidence, IssuedBrief, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.marks import claim_mark
from evidencemap.ui.pages.ladder import changed_claims
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said

_MOST = 40


class Impact:
    """The impact of one withdrawal; where it `offers`, a button commits it."""

    def __init__(self, entity: Id, offers: bool) -> None:
        self.entity = entity
        self.offers = offers

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with what would change."""
        case, now = sheet.case, sheet.editor.verdicts
        held = case[self.entity]
        sheet.kicker(_("If {number} falls").format(number=held.number).upper())
        sheet.line(f"{held.number}  {one_line(said(case, self.entity), 240)}", bold=True)
        ghost = verdicts(case, policy(case.header.profile), withdrawn=frozenset((self.entity,)))
        changed = [each for each in changed_claims(now.claims, ghost.claims) if each != self.entity]
        changed.sort(key=lambda each: number_key(case.number(each)))
        falls = [each for each in changed if now.claims[each].holds and not ghost.claims[each].holds]
        steps = [
            each
            for each in now.steps
            if now.steps[each].status is StepStatus.CARRIES
            and ghost.steps[each].status is not StepStatus.CARRIES
        ]
        sheet.heading(_("What falls"))
        if not falls:
            sheet.line(_("No claim that stands now would fall."), "supported")
        for each in falls[:_MOST]:
            self._change(sheet, ghost.claims, each)
        others = [each for each in changed if each not in falls]
        if others:
            sheet.heading(_("What else changes"))
            for each in others[:_MOST]:
                self._change(sheet, ghost.claims, each)
        sheet.heading(_("Steps that carry no more"))
        numbers = sorted((case.number(each) for each in steps), key=number_key)
        sheet.line(", ".join(numbers[:_MOST]) or _("none"), "text" if numbers else "muted")
        briefs = case.sorted(IssuedBrief)
        sheet.heading(_("Issued briefs that said otherwise"))
        if not briefs or not changed:
            sheet.line(_("none"), "muted")
        else:
            for brief in briefs:
                sheet.line(f"{brief.number}  {brief.template}, {brief.when}")
        total = several("{count} claim changes.", "{count} claims change.", len(changed))
        sheet.line(total, "muted")
        if self.offers and isinstance(held, Source | Evidence):
            sheet.heading(_("Withdraw it?"))
            sheet.line(_("What was withdrawn stays on the record; undo takes the withdrawal back."), "muted")
            sheet.put(
                sheet.button(_("Withdraw {number}").format(number=held.number), "withdraw", self.entity)
            )

    def _change(self, sheet: Sheet, after: Any, claim: Id) -> None:
        case, before = sheet.case, sheet.editor.verdicts.claims[claim]
        found = after[claim]
        mark, ink = claim_mark(found.status)
        held = case.get(Claim, claim)
        card = sheet.card(ink, Qt.PenStyle.DashLine)
        was = _(before.status.value) + (f", {_(before.grade.word)}" if before.grade else "")
        becomes = _(found.status.value) + (f", {_(found.grade.word)}" if found.grade else "")
        card.title(f"{was} → {becomes}", ink, mark)
        card.line(f"{case.number(claim)}  {one_line(held.text if held is not None else '', 200)}")
