"""What would settle a claim: the ladder of grades, each rung with the sets of requests that reach it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from evidencemap.analysis.settle import Settlement, settle
from evidencemap.analysis.whatif import called, what_if
from evidencemap.model.entities import Request
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.tongue import _, several
from evidencemap.ui.marks import claim_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said

_MOST_SETS = 6
_MOST_GHOSTS = 8
_RUNGS = (Grade.PROBABLE, Grade.STRONG, Grade.ESTABLISHED)


class Ladder:
    """One claim's ladder. Toggling a request shows what would follow; nothing is committed.

    `ghosts` are the claims that what is supposed would change.
    """

    def __init__(self, claim: Id) -> None:
        self.claim = claim
        self.granted: set[Id] = set()
        self.ghosts: tuple[Id, ...] = ()

    def fill(self, sheet: Sheet) -> None:
        """Fill a sheet with the ladder and the toggles."""
        case, editor = sheet.case, sheet.editor
        sheet.kicker(_("What would settle it").upper())
        sheet.line(f"{case.number(self.claim)}  {one_line(said(case, self.claim), 240)}", bold=True)
        found = editor.verdicts.claims[self.claim]
        mark, ink = claim_mark(found.status)
        now = sheet.card(ink, Qt.PenStyle.SolidLine, filled="row")
        now.title(_("Now: {status}").format(status=_(found.status.value)), ink, mark)
        settled = settle(case, self.claim, grades=_RUNGS, known=editor.verdicts)
        for grade in _RUNGS:
            self._rung(sheet, grade, settled)
        if not settled.complete:
            sheet.line(_("At least these: the search was cut short."), "muted")
        self._toggles(sheet, settled)

    def _rung(self, sheet: Sheet, grade: Grade, settled: Settlement) -> None:
        sheet.heading(_(grade.word))
        listed = settled.ids.get(grade, ())
        if () in listed:
            sheet.line("✓ " + _("Reached already."), "supported")
        elif settled.nothing_would(grade):
            sheet.line(_("Nothing listed would reach it."), "unsupported")
        elif not listed:
            sheet.line(_("No set was found before the search was cut short."), "muted")
        else:
            if len(listed) > 1:
                sheet.line(_("Any one of:"), "muted")
            for each in listed[:_MOST_SETS]:
                joined = _(" and ").join(called(sheet.case, part) for part in each)
                sheet.line(joined if len(each) == 1 else _("all of {parts}").format(parts=joined), bold=True)

    def _toggles(self, sheet: Sheet, settled: Settlement) -> None:
        case = sheet.case
        named = dict.fromkeys(
            part for listed in settled.ids.values() for each in listed[:_MOST_SETS] for part in each
        )
        sheet.heading(_("Suppose it were in hand"))
        if not named:
            sheet.line(_("There is nothing listed to suppose."), "muted")
            return
        self.granted &= set(named)
        for part in named:
            short = called(case, part)
            box = QCheckBox(_("Suppose {what}").format(what=short).replace("&", "&&"), sheet)
            box.setChecked(part in self.granted)
            box.setObjectName(f"suppose {short}")
            box.clicked.connect(lambda on, part=part: self._flip(sheet, part, on))
            sheet.put(box)
            request = case.get(Request, part)
            if request is not None:
                sheet.line(f"{request.number}: {one_line(request.text, 200)}")
                parts = [_(request.state.value), _(request.obtainable.value)]
                if request.held_by:
                    parts.insert(0, _("held by {holder}").format(holder=request.held_by))
                sheet.line(" · ".join(parts), "muted")
        self._ghosts(sheet)

    def _flip(self, sheet: Sheet, part: Id, on: bool) -> None:
        if on:
            self.granted.add(part)
        else:
            self.granted.discard(part)
        sheet.act_wanted.emit("again", None)

    def _ghosts(self, sheet: Sheet) -> None:
        self.ghosts = ()
        if not self.granted:
            return
        case = sheet.case
        supposed = what_if(case, grant=tuple(self.granted), known=sheet.editor.verdicts)
        sheet.heading(_("Then"))
        changed = sorted(
            supposed.claims, key=lambda each: (each != self.claim, number_key(case.number(each)))
        )
        self.ghosts = tuple(changed)
        if not changed:
            sheet.line(_("Nothing would change."), "muted")
        for each in changed[:_MOST_GHOSTS]:
            before, after = supposed.claims[each]
            mark, ink = claim_mark(after.status)
            word = _(after.status.value) + (f", {_(after.grade.word)}" if after.grade else "")
            card = sheet.card(ink, Qt.PenStyle.DashLine)
            card.title(
                _("{number} would be {status}").format(number=case.number(each), status=word), ink, mark
            )
            card.line(_("now {status}").format(status=_(before.status.value)), "muted")
        rest = len(changed) - _MOST_GHOSTS
        if rest > 0:
            sheet.line(several("and {count} more claim", "and {count} more claims", rest), "muted")
