"""The matrix: evidence against claims, each cell the steps between the two, edited in place."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from evidencemap.analysis.lineage import origins, origins_known
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Link, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, LinkKind
from evidencemap.tongue import _, several
from evidencemap.ui.editor import Editor
from evidencemap.ui.guarded import guarded
from evidencemap.ui.marks import step_mark
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.plain import plain_label, plain_tooltip
from evidencemap.ui.theme import LIGHT, Theme
from evidencemap.ui.wording import one_line, said

_TOP = QModelIndex()
_MOST_COLUMNS = 60

_MEASURED = 40
"""Rows from the top that the width of a column is measured by."""

_MOST_NAMES = 0.5
"""The part of the width up to which the names of the rows go; the tooltip has the whole of each."""

_ROOMY = 1.85
"""How high a row is, in heights of the font."""


class Matrix(Pane):
    """Rows are items, grouped where they have a common origin; columns are claims, rivals first."""

    help_page = "matrix"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Matrix"), parent)
        self.table = QTableView(self)
        self.table.setAccessibleName(_("Matrix of evidence and claims"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(True)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.held = _Cells(editor, self)
        self.table.setModel(self.held)
        self.table.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.table.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.activated.connect(self._turn)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self._hint = plain_label(
            _("Enter turns a cell: nothing, for (+), against (−). Rows with one origin stand together."),
            self,
            wrap=True,
        )
        self._hint.setObjectName("hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self._quiet = False
        self._stale = True

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.held.theme = theme
        self.table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * _ROOMY))
        self._fill_width()
        self.table.viewport().update()

    def show_case(self) -> None:
        """Show the items and claims of the case; while nobody sees the table, once it is seen."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._quiet = True
        self.held.take()
        self._fill_width()
        self._stand(self.editor.selection)
        self._quiet = False

    def select(self, ids: Collection[Id]) -> None:
        """Stand on the row or the column of what is selected, or on the cell of a step."""
        if not self.isVisible():
            self._stale = True
            return
        self._quiet = True
        self._stand(ids)
        self._quiet = False

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width among the columns."""
        super().resizeEvent(event)
        self._fill_width()

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        """Show what came while nobody saw the table, which costs too much for a large case."""
        super().showEvent(event)
        if self._stale:
            self.show_case()

    def refresh(self, ids: Collection[Id]) -> None:
        """Show what an edit changed, the place staying."""
        if not self.isVisible():
            self._stale = True
            return
        current = self.table.currentIndex()
        at = (current.row(), current.column())
        self._quiet = True
        self.held.take()
        self.table.setCurrentIndex(self.held.index(*at))
        self._quiet = False

    def turn(self, item: Id, claim: Id) -> None:
        """Make the cell of an item and a claim the next of: nothing, for, against."""
        self.editor.perform(turned, item, claim)

    def _stand(self, ids: Collection[Id]) -> None:
        if not self.held.items or not self.held.claims:
            return
        current = self.table.currentIndex()
        row, column = max(0, current.row()), max(0, current.column())
        rows = {item: at for at, (item, _origin) in enumerate(self.held.items)}
        columns_at = {claim: at for at, claim in enumerate(self.held.claims)}
        for each in list(ids)[:2]:
            step = self.editor.case.get(Step, each)
            for end in (each,) if step is None else (*step.premises, step.conclusion):
                row, column = rows.get(end, row), columns_at.get(end, column)
        self.table.setCurrentIndex(self.held.index(row, column))

    def _fill_width(self) -> None:
        names = self.table.verticalHeader()
        names.setMaximumWidth(round(self.width() * _MOST_NAMES))
        count = self.held.columnCount()
        if not count or not self.isVisible():
            return
        self.table.resizeColumnsToContents()
        used = sum(self.table.columnWidth(at) for at in range(count))
        wide = self.width() - min(names.sizeHint().width(), names.maximumWidth()) - 24
        spare = min((wide - used) // count, self.fontMetrics().averageCharWidth() * 6)
        if spare > 0:
            for at in range(count):
                self.table.setColumnWidth(at, self.table.columnWidth(at) + spare)

    def _turn(self, index: QModelIndex) -> None:
        self.turn(*self.held.pair(index))

    def _tell(self, index: QModelIndex) -> None:
        if self._quiet or not index.isValid():
            return
        item, claim = self.held.pair(index)
        steps = between(self.editor.case, item, claim)
        self.editor.select([steps[0].id] if steps else [item, claim])


class _Cells(QAbstractTableModel):
    """The cells as Qt asks for them."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self.theme: Theme = LIGHT
        self.items: list[tuple[Id, str]] = []
        self.counted: dict[Id, tuple[int, int]] = {}
        self.claims: list[Id] = []

    def take(self) -> None:
        """Read items and claims off the case."""
        self.beginResetModel()
        self.items = grouped(self._editor.case)
        self.claims = columns(self._editor.case)
        self.counted = counted(self._editor.case)
        self.endResetModel()

    def pair(self, index: QModelIndex) -> tuple[Id, Id]:
        """Return the item and the claim of a cell."""
        return self.items[index.row()][0], self.claims[index.column()]

    @guarded(default=0)
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many items there are."""
        return 0 if parent.isValid() else len(self.items)

    @guarded(default=0)
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        """Return how many claims there are."""
        return 0 if parent.isValid() else len(self.claims)

    @guarded
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Return what a cell shows."""
        case, verdicts = self._editor.case, self._editor.verdicts
        item, claim = self.items[index.row()][0], self.claims[index.column()]
        if item not in case or claim not in case:
            return None
        steps = between(case, item, claim)
        if role == Qt.ItemDataRole.DisplayRole:
            return "  ".join(f"{'−' if step.con else '+'} {step.number}" for step in steps)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ForegroundRole and steps:
            return self.theme.color(step_mark(verdicts.steps[steps[0].id].status)[1])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [f"{step.number} {_(verdicts.steps[step.id].status.value)}" for step in steps]
            pair = f"{case.number(item)}, {case.number(claim)}"
            return f"{pair}: {', '.join(words) or _('nothing')}"
        return None

    @guarded
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the number of a claim, or the number and text of an item with its origin."""
        case = self._editor.case
        across = orientation is Qt.Orientation.Horizontal
        entity = self.claims[section] if across else self.items[section][0]
        if entity not in case:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if across:
                number, (_items, once) = case.number(entity), self.counted.get(entity, (0, 0))
                return f"{number}\n{several('{count} origin', '{count} origins', once)}" if once else number
            origin = self.items[section][1]
            return f"{case.number(entity)}  {one_line(said(case, entity), 44)}" + (
                f"  [{origin}]" if origin else ""
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join((one_line(said(case, entity), 300), *self._count_of(entity))))
        return None

    def _count_of(self, claim: Id) -> tuple[str, ...]:
        items, once = self.counted.get(claim, (0, 0))
        if not items:
            return ()
        origins_said = several("{count} origin", "{count} origins", once)
        return (f"{several('{count} item', '{count} items', items)}, {origins_said}",)


def grouped(case: Case) -> list[tuple[Id, str]]:
    """Return the items, those with one origin together, each with the numbers of its origins."""
    rows = []
    for item in case.sorted(Evidence):
        names = sorted((case.number(each) for each in origins(case, item.id)), key=number_key)
        rows.append((item.id, ", ".join(names)))
    order = {origin: at for at, origin in enumerate(dict.fromkeys(origin for _item, origin in rows))}
    return sorted(rows, key=lambda row: order[row[1]])


def counted(case: Case) -> dict[Id, tuple[int, int]]:
    """Return of how many items the steps into each claim begin, and from how many origins those come.

    Items with one origin count once, items without any count one each.
    """
    of_claim: dict[Id, dict[Id, frozenset[Id]]] = {}
    known: dict[Id, frozenset[Id]] = {}
    for step in case.of(Step).values():
        for each in step.premises:
            if case.get(Evidence, each) is not None:
                behind = origins_known(case, each, known) or frozenset((each,))
                of_claim.setdefault(step.conclusion, {})[each] = behind
    return {claim: (len(items), len(set(items.values()))) for claim, items in of_claim.items()}


def columns(case: Case) -> list[Id]:
    """Return the claims of the columns: rivals first, then what items lead to, then the rest."""
    rivals = {
        each for link in case.of(Link).values() if link.kind is LinkKind.RIVAL_OF for each in link.between
    }
    led = {
        step.conclusion
        for step in case.of(Step).values()
        if any(case.get(Evidence, each) is not None for each in step.premises)
    }
    claims = [each for each in case.sorted(Claim) if each.kind is not ClaimKind.ASK]
    claims.sort(key=lambda each: (each.id not in rivals, each.id not in led, number_key(each.number)))
    return [each.id for each in claims[:_MOST_COLUMNS]]


def between(case: Case, item: Id, claim: Id) -> list[Step]:
    """Return the steps that have an item among their premises and conclude a claim."""
    steps = (case.get(Step, each) for each in case.users(item))
    found = [
        step for step in steps if step is not None and item in step.premises and step.conclusion == claim
    ]
    return sorted(found, key=lambda step: number_key(step.number))


def turned(case: Case, item: Id, claim: Id) -> Edit:
    """Return the edit that makes a cell the next of: nothing, for, against, nothing."""
    steps = between(case, item, claim)
    if not steps:
        return verbs.connect(case, [item], claim)
    if len(steps) == 1 and not steps[0].con:
        return verbs.set_field(case, steps[0].id, "con", True)
    return verbs.remove(case, [step.id for step in steps])
