"""What would settle a claim: the ladder of grades, each rung with the sets of requests that reach it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from evidencemap.analysis.policy import policy
from evidencemap.analysis.settle import settle
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.entities import Request
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.tongue import _, several
from evidencemap.ui.marks import claim_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said

_MOST_SETS = 6
_MOST_GHOSTS = 8


class Ladder:
    """One claim's ladder. Toggling a request shows what would follow; nothing is committed."""

    def __init__(self, claim: Id) -> None:
        self.claim = claim
        self.granted: set[str] = set()

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with the ladder and the toggles."""
        case, editor = sheet.case, sheet.editor
        sheet.kicker(_("What would settle it").upper())
        sheet.line(f"{case.number(self.claim)}  {one_line(said(case, self.claim), 240)}", bold=True)
        found = editor.verdicts.claims[self.claim]
        mark, ink = claim_mark(found.status)
        now = sheet.card(ink, Qt.PenStyle.SolidLine, filled="row")
        now.title(_("Now: {status}").format(status=_(found.status.value)), ink, mark)
        sets = settle(case, self.claim, policy(case.header.profile))
        for grade in (Grade.PROBABLE, Grade.STRONG, Grade.ESTABLISHED):
            self._rung(sheet, grade, sets.get(grade, []))
        self._toggles(sheet, sets)

    def _rung(self, sheet: Sheet, grade: Grade, sets: Any) -> None:
        sheet.heading(_(grade.word))
        listed = [list(each) for each in sets]
        if listed == [[]]:
            sheet.line("✓ " + _("Reached already."), "supported")
        elif not listed:
            sheet.line(_("Nothing listed would reach it."), "unsupported")
        else:
            if len(listed) > 1:
                sheet.line(_("Any one of:"), "muted")
            for each in listed[:_MOST_SETS]:
                joined = _(" and ").join(_called(sheet, part) for part in each)
                sheet.line(joined if len(each) == 1 else _("all of {parts}").format(parts=joined))

    def _toggles(self, sheet: Sheet, sets: Any) -> None:
        named: dict[str, None] = {}
        for listed in sets.values():
            for each in listed:
                named.update(dict.fromkeys(str(part) for part in each))
        sheet.heading(_("Suppose it were in hand"))
        if not named:
            sheet.line(_("There is nothing listed to suppose."), "muted")
            return
        for key in named:
            box = QCheckBox(_("Suppose {what}").format(what=_short(sheet, key)).replace("&", "&&"), sheet)
            box.setChecked(key in self.granted)
            box.setObjectName(f"suppose {_short(sheet, key)}")
            sheet.put(box)
            request = _request(sheet, key)
            if request is not None:
                sheet.line(f"{request.number}: {one_line(request.text, 200)}")
                parts = [_(request.state.value), _(request.obtainable.value)]
                if request.held_by:
                    parts.insert(0, _("held by {holder}").format(holder=request.held_by))
                sheet.line(" · ".join(parts), "muted")
        self._ghosts(sheet)
        self._wire(sheet)

    def _wire(self, sheet: Sheet) -> None:
        for box in sheet.findChildren(QCheckBox):
            key = self._key(sheet, box.objectName())
            box.clicked.connect(lambda on, key=key: self._flip(sheet, key, on))

    def _key(self, sheet: Sheet, name: str) -> str:
        short = name.removeprefix("suppose ")
        held = sheet.case.numbered(short)
        return str(held.id) if held is not None else short

    def _flip(self, sheet: Sheet, key: str, on: bool) -> None:
        if on:
            self.granted.add(key)
        else:
            self.granted.discard(key)
        sheet.act_wanted.emit("again", None)

    def _ghosts(self, sheet: Sheet) -> None:
        if not self.granted:
            return
        case, editor = sheet.case, sheet.editor
        ghost = verdicts(
            case, policy(case.header.profile), granted=frozenset(Id(each) for each in self.granted)
        )
        sheet.heading(_("Then"))
        changed = changed_claims(editor.verdicts.claims, ghost.claims)
        if not changed:
            sheet.line(_("Nothing would change."), "muted")
        for each in sorted(changed, key=lambda one: (one != self.claim, case.number(one)))[:_MOST_GHOSTS]:
            after = ghost.claims[each]
            mark, ink = claim_mark(after.status)
            word = _(after.status.value) + (f", {_(after.grade.word)}" if after.grade else "")
            card = sheet.card(ink, Qt.PenStyle.DashLine)
            card.title(
                _("{number} would be {status}").format(number=case.number(each), status=word), ink, mark
            )
            before = editor.verdicts.claims[each]
            card.line(_("now {status}").format(status=_(before.status.value)), "muted")
        rest = len(changed) - _MOST_GHOSTS
        if rest > 0:
            sheet.line(several("and {count} more claim", "and {count} more claims", rest), "muted")


def changed_claims(before: Any, after: Any) -> list[Id]:
    """Return the claims whose status or grade differs between two sets of verdicts."""
    return [
        each
        for each in before
        if each in after
        and (before[each].status, before[each].grade) != (after[each].status, after[each].grade)
    ]


def _request(sheet: Sheet, key: str) -> Request | None:
    return sheet.case.get(Request, Id(key))


def _short(sheet: Sheet, key: str) -> str:
    return sheet.case.number(Id(key)) if Id(key) in sheet.case else key


def _called(sheet: Sheet, key: Any) -> str:
    request = _request(sheet, str(key))
    if request is not None:
        return f"{request.number} ({one_line(request.text, 60)})"
    return _short(sheet, str(key))
