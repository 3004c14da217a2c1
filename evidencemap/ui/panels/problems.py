"""The findings, as a compiler lists problems: severity, one sentence, why it matters, what fixes it."""

from collections import Counter
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from evidencemap.analysis.findings import Finding, accepted
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.editor import Editor
from evidencemap.ui.panels.chips import Chips
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.plain import ShortLabel, plain_label
from evidencemap.ui.problems import (
    code_called,
    fix_of,
    ink_of,
    is_accepted,
    mark_of_finding,
    sentence_of,
    why_of,
)
from evidencemap.ui.rowlist import LONG, RowList
from evidencemap.ui.rows import Row, Weight
from evidencemap.ui.theme import Theme


class Problems(Pane):
    """Lists what the map shows, filtered by kind; walking it selects what each finding is about."""

    menu_wanted = Signal(object, object)
    fix_wanted = Signal(object)
    help_page = "findings"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Findings"), parent)
        self._title = ShortLabel(_("What the map shows").upper(), self)
        self._title.setObjectName("kicker")
        self._count = plain_label("", self)
        self._count.setObjectName("alert")
        self._again = QPushButton(_("Look again"), self)
        self._again.setObjectName("act")
        self._again.setCursor(Qt.CursorShape.PointingHandCursor)
        self._again.clicked.connect(self._look_again)
        self._again.hide()
        self.chips = Chips(self)
        self.chips.chosen.connect(self.filter_by)
        self.list = RowList(self, banded=True, lines=LONG)
        self.list.rows.stacks_at = 3
        self.list.setAccessibleName(_("Findings"))
        self.list.chosen.connect(self._choose)
        self.list.wanted.connect(self.fix_wanted)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._want_menu)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 10, 2)
        head.setSpacing(14)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addWidget(self._again)
        head.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._code = ""
        self.shown: Sequence[Finding] = []
        self.only: frozenset[Id] | None = None

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.list.show_theme(theme)

    def show_case(self) -> None:
        """Show all findings of another case."""
        self._code = ""
        self.show_findings()

    def refresh(self, ids: Collection[Id]) -> None:
        """Drop what is gone while the findings of a large case are being made anew."""
        if self.editor.looking:
            self._filter()

    def show_findings(self) -> None:
        """Show the findings that were just made, the filter and the place staying."""
        current = self.current
        codes = self.editor.found.codes
        if self._code not in codes:
            self._code = ""
        self._show_chips(codes)
        self._filter()
        if current is not None and current in self.shown:
            self.list.choose(self.shown.index(current))

    @property
    def current(self) -> Finding | None:
        """The finding that the list stands on."""
        return self.shown[self.list.at] if 0 <= self.list.at < len(self.shown) else None

    def go(self, by: int) -> Finding | None:
        """Walk to the next (1) or previous (-1) finding, round the end, and select what it is about."""
        if not self.shown:
            return None
        start = self.list.at if self.list.at >= 0 else (-1 if by > 0 else 0)
        at = (start + by) % len(self.shown)
        self.list.choose(at)
        self.list.scrollTo(self.list.currentIndex())
        self._choose(self.shown[at])
        return self.shown[at]

    def filter_by(self, code: str) -> None:
        """Show the findings of one kind alone; the empty code shows all."""
        self._code = code
        if self.chips.code != code:
            self._show_chips(Counter(each.code for each in self.editor.findings))
        self._filter()

    def show_about(self, ids: Collection[Id] | None) -> None:
        """Show the findings about these entities alone; None shows those about anything."""
        self.only = None if ids is None else frozenset(ids)
        self._filter()

    def _filter(self) -> None:
        every = chosen = self.editor.findings
        if self._code:
            chosen = [each for each in chosen if each.code == self._code]
        if self.only is not None:
            chosen = [each for each in chosen if self.only.intersection(each.on)]
        self.shown = chosen
        case = self.editor.case
        self.list.show_many(len(chosen), lambda at: _row(case, chosen[at]))
        open_ones = len(every) - len(accepted(case, every))
        counted = several("{count} to look at", "{count} to look at", open_ones)
        none = _("nothing to look at")
        self._count.setText(self._state() or (counted if open_ones else none))
        self._again.setVisible(self.editor.stopped)

    def _state(self) -> str:
        """Say why the findings are not those of the case as it is; nothing where they are."""
        if self.editor.stopped:
            return _("You stopped it: the map was not looked through.")
        return _("looking…") if self.editor.looking else ""

    def _look_again(self) -> None:
        self.editor.judge()
        self._filter()
        self.list.setFocus()

    def _show_chips(self, codes: Counter[str]) -> None:
        common = [code for code, _count in sorted(codes.items(), key=lambda each: (-each[1], each[0]))]
        named = [(code, f"{code_called(code)} {codes[code]}") for code in common]
        self.chips.show_codes([("", _("All")), *named], self._code)

    def _choose(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self.editor.select(each for each in finding.on if each in self.editor.case)

    def _want_menu(self, point: object) -> None:
        if self.current is not None:
            self.menu_wanted.emit(self.current, self.list.viewport().mapToGlobal(point))  # type: ignore[call-overload]


def _row(case: Case, finding: Finding) -> Row:
    accepted = is_accepted(case, finding)
    return Row(
        text=sentence_of(case, finding),
        detail=why_of(case, finding),
        right=_("accepted") if accepted else fix_of(case, finding),
        mark=mark_of_finding(finding),
        ink=ink_of(finding),
        weight=Weight.MUTED if accepted else Weight.BOLD,
        value=finding,
        right_ink="muted" if accepted else "link",
    )
