"""The briefs that went out: what each was for, its digest, and what was done to the case since."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from evidencemap.model.upkeep import IssuedBrief
from evidencemap.storage.journal import Line
from evidencemap.tongue import _, several
from evidencemap.ui.buttons import WordyButton
from evidencemap.ui.panels.sheet import Sheet

_MOST = 40


def fill(
    sheet: Sheet, lines: Sequence[Line], ask_about_pdf: Callable[[], None], show: Callable[[str], None]
) -> None:
    """Fill a sheet with the briefs on record, the latest first, and what can be done about them.

    `ask_about_pdf` asks which PDF to compare with the record, `show` shows a form of brief.
    """
    sheet.kicker(_("Issued briefs").upper())
    briefs = list(reversed(sheet.case.sorted(IssuedBrief)))
    if not briefs:
        sheet.line(_("No brief was issued from this case yet."), "muted")
    for brief in briefs[:_MOST]:
        _card(sheet, brief, lines)
    if len(briefs) > _MOST:
        sheet.line(several("and {count} more", "and {count} more", len(briefs) - _MOST), "muted")
    if briefs:
        _button(sheet, _("What changed since the last one"), lambda: show("change"))
        _button(sheet, _("Is this PDF one of them?") + "…", ask_about_pdf)


def _card(sheet: Sheet, brief: IssuedBrief, lines: Sequence[Line]) -> None:
    from evidencemap.brief.issued import edits_since

    card = sheet.card("muted", Qt.PenStyle.SolidLine, filled="row")
    card.title(f"{brief.number}  {_(brief.template)}", "text", "flag")
    card.line(brief.when.replace("T", " ").removesuffix("Z") + " UTC", "muted")
    if brief.why:
        card.line(brief.why)
    card.line(f"SHA-256 {brief.sha256[:4]} {brief.sha256[4:8]} … {brief.sha256[-8:]}", "muted")
    since = edits_since(brief, lines)
    if since is None:
        card.line(_("The journal of this case does not hold the entry that it tells."), "unsupported")
    else:
        card.line(several("{count} edit since", "{count} edits since", len(since)))


def _button(sheet: Sheet, text: str, act: Callable[[], None]) -> None:
    button = WordyButton(text, sheet)
    button.setObjectName("act")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(act)
    sheet.put(button)
