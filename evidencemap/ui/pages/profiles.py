"""Two profiles on one map: where they differ, and which verdicts that changes."""

from PySide6.QtCore import Qt

from evidencemap.analysis.policy import Difference, differences, policies, policy
from evidencemap.analysis.verdicts import ClaimVerdict, Verdicts, verdicts
from evidencemap.model.case import Case
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.marks import claim_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import claim_standing, one_line, said

_MOST = 40
_FIELDS = {
    "reliability": "Reliability",
    "credibility": "Credibility",
    "unsourced": "Evidence without a source",
    "assumption": "An assumption that is granted",
    "reported": "An item that is only reported, at most",
    "interest": "An item from a source that gains, at most",
    "vantage": "From a source that cannot know, at most",
    "vantage_kinds": "Kinds that ask for a position to know",
    "ceilings": "Ceiling of a scheme",
    "standards": "Standard of proof",
    "stakes": "An ask of a stake requires",
}
"""What the fields of a policy are called."""


class Profiles:
    """Compares the profile of the case with another one. Nothing of the case changes by looking."""

    def __init__(self, other: str = "") -> None:
        self.other = other

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with the profiles to choose from, their differences, and what those change."""
        case = sheet.case
        used = case.header.profile
        others = [name for name in policies() if name != used]
        if self.other not in others:
            self.other = others[0]
        sheet.kicker(_("Two profiles compared").upper())
        sheet.line(_("This case uses “{name}”.").format(name=_called(used)), bold=True)
        sheet.line(_(policy(used).about), "muted")
        sheet.heading(_("Compared with"))
        for name in others:
            if name == self.other:
                sheet.line("●  " + _called(name), bold=True)
                sheet.line(_(policy(name).about), "muted")
            else:
                text = _("Compare with “{name}”").format(name=_called(name))
                sheet.put(sheet.button(text, "compare", name))
        sheet.heading(_("Where they differ"))
        for each in differences(policy(used), policy(self.other)):
            usual = _("that of the case") if each.field == "standards" else _("none")
            one, other = (_(value) if value else usual for value in (each.one, each.other))
            sheet.line(f"{difference_said(each)}: {one} → {other}")
        self._verdicts(sheet, changed(case, sheet.editor.verdicts, self.other))
        text = _("Use “{name}” in this case").format(name=_called(self.other))
        sheet.put(sheet.button(text, "use profile", self.other))

    def _verdicts(self, sheet: Sheet, found: list[tuple[Id, ClaimVerdict, ClaimVerdict]]) -> None:
        sheet.heading(several("{count} verdict would differ", "{count} verdicts would differ", len(found)))
        if not found:
            sheet.line(_("Every claim stands as it does now."), "supported")
        for each, now, then in found[:_MOST]:
            mark, ink = claim_mark(then.status)
            card = sheet.card(ink, Qt.PenStyle.DashLine)
            card.title(f"{claim_standing(now)} → {claim_standing(then)}", ink, mark)
            card.line(f"{sheet.case.number(each)}  {one_line(said(sheet.case, each), 200)}")
        if len(found) > _MOST:
            rest = len(found) - _MOST
            sheet.line(several("and {count} more claim", "and {count} more claims", rest), "muted")


def changed(case: Case, known: Verdicts, other: str) -> list[tuple[Id, ClaimVerdict, ClaimVerdict]]:
    """Return the claims whose status or grade another profile changes, by number, before and after."""
    after = verdicts(case, policy(other))
    found = [
        (each, now, after.claims[each])
        for each, now in known.claims.items()
        if (now.status, now.grade) != (after.claims[each].status, after.claims[each].grade)
    ]
    return sorted(found, key=lambda one: number_key(case.number(one[0])))


def difference_said(difference: Difference) -> str:
    """Return what two profiles differ in, as a person says it: `Standard of proof, attribution`."""
    name = _FIELDS.get(difference.field, difference.field.replace("_", " "))
    return ", ".join(_(part) for part in (name, difference.key) if part)


def _called(name: str) -> str:
    return _(policy(name).title or name)
