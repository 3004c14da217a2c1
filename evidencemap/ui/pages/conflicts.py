"""Two copies of one case put together: what goes through, and both texts of each conflict side by side."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from evidencemap.model.merging import Conflict, Merge, Side
from evidencemap.tongue import _, several
from evidencemap.ui.panels.sheet import Card, Sheet
from evidencemap.ui.plain import plain_label
from evidencemap.ui.wording import field_name, number_shown, one_line
from evidencemap.ui.wording import said as spoken

_MOST = 100
_LONGEST = 1_000


class Conflicts:
    """One merge while a person decides: nothing is written by looking, nor by deciding.

    `decided` says by the name of a conflict whose word holds.
    """

    def __init__(self, ours: str, theirs: str, found: Merge) -> None:
        self.ours, self.theirs = ours, theirs
        self.found = found
        self.decided: dict[str, Side] = {}

    @property
    def open(self) -> list[Conflict]:
        """Return the conflicts that are not decided yet."""
        return [each for each in self.found.conflicts if each.name not in self.decided]

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with what goes through, what is to be decided, and the button that merges."""
        found = self.found
        sheet.kicker(_("Two copies put together").upper())
        sheet.line(_("{ours} and {theirs}").format(ours=self.ours, theirs=self.theirs), bold=True)
        for name, done in ((self.ours, found.ours), (self.theirs, found.theirs)):
            told = several(
                "{count} change of {name} goes through.",
                "{count} changes of {name} go through.",
                len(done),
                name=one_line(name),
            )
            sheet.put(plain_label(told, sheet, wrap=True))
        if found.both:
            told = several("{count} change is in both.", "{count} changes are in both.", len(found.both))
            sheet.put(plain_label(told, sheet, wrap=True))
        for old, new in found.renumbered.items():
            told = _("{old} of {name} becomes {new}.").format(old=old, new=new, name=one_line(self.theirs))
            sheet.put(plain_label(told, sheet, wrap=True))
        if found.conflicts:
            count = len(found.conflicts)
            sheet.heading(several("{count} conflict to decide", "{count} conflicts to decide", count))
        for each in found.conflicts[:_MOST]:
            self._conflict(sheet, each)
        if len(found.conflicts) > _MOST:
            rest = len(found.conflicts) - _MOST
            sheet.line(several("and {count} more", "and {count} more", rest), "muted")
        if self.open:
            left = several("{count} is still to decide.", "{count} are still to decide.", len(self.open))
            sheet.line(left, "unsupported")
        else:
            sheet.put(sheet.button(_("Merge into a new file…"), "merge into"))

    def _conflict(self, sheet: Sheet, each: Conflict) -> None:
        chosen = self.decided.get(each.name)
        line = Qt.PenStyle.DashLine if chosen is None else Qt.PenStyle.SolidLine
        card = sheet.card("unsupported" if chosen is None else "supported", line)
        field = field_name(each.field) if each.field else ""
        card.title(f"{number_shown(each.number)} {field}".strip(), "text")
        about = sheet.case.by_number.get(each.number)
        if about is not None and each.field not in ("", "text", "name", "title"):
            of_what = plain_label(one_line(spoken(sheet.case, about), 200), card, wrap=True)
            of_what.setObjectName("hint")
            card.column.addWidget(of_what)
        if each.used_by:
            needed = ", ".join(each.used_by)
            told = _("{needed} needs it, and the other copy removed it.").format(needed=needed)
            card.column.addWidget(plain_label(told, card, wrap=True))
        before = _("Before: {text}").format(text=said(each.base, each.field))
        card.column.addWidget(plain_label(before, card, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for at, (side, name, value) in enumerate(
            ((Side.OURS, self.ours, each.ours), (Side.THEIRS, self.theirs, each.theirs))
        ):
            row, column = (3 * at, 0) if sheet.roomless else (0, at)
            grid.setColumnStretch(column, 1)
            for below, part in enumerate(self._side(sheet, card, each, side, name, value, chosen is side)):
                grid.addWidget(part, row + below, column, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(grid)

    def _side(
        self, sheet: Sheet, card: Card, each: Conflict, side: Side, name: str, value: Any, taken: bool
    ) -> tuple[QWidget, QWidget, QWidget]:
        head = plain_label(one_line(name), card, wrap=True)
        head.setObjectName("kicker")
        text = plain_label(said(value, each.field), card, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = sheet.button("●  " + _("Taken") if taken else _("Take this"), f"take {side}", each.name)
        button.setAccessibleName(
            _("Take {name} of {copy}").format(name=each.name, copy=name) + (" ●" if taken else "")
        )
        return head, text, button


def said(value: Any, field: str = "") -> str:
    """Return how a person reads one side of a conflict: of a thing what it says, of a field its value."""
    if value is None:
        return _("(nothing)") if field else _("(removed)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        for key in ("text", "name", "title", "definition"):
            if isinstance(value.get(key), str):
                return str(value[key])[:_LONGEST]
        return "; ".join(f"{key}: {said(each, key)}" for key, each in value.items())[:_LONGEST]
    if isinstance(value, list):
        return ", ".join(said(each, field) for each in value)[:_LONGEST] or _("(nothing)")
    return str(value)[:_LONGEST]
