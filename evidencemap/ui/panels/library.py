"""The library: every source, what it says, what copies it, and what rests on it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencemap.layout.cards import rating
from evidencemap.model.case import Case
from evidencemap.model.entities import Evidence, Exhibit, Source
from evidencemap.model.records import Id
from evidencemap.model.scales import scales
from evidencemap.tongue import _, several
from evidencemap.ui.canvas.spoken import name_of
from evidencemap.ui.editor import Editor
from evidencemap.ui.glosses import glossed
from evidencemap.ui.marks import mark_of
from evidencemap.ui.panels.exhibits import size_said
from evidencemap.ui.panels.only import OnlyBar
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import NARROW, Row, Weight
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import one_line, text_of


class Library(Pane):
    """Lists sources with their rating, and under each its items, the items that copy those, and exhibits."""

    menu_wanted = Signal(object, object)
    help_page = "library"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Library"), parent)
        self.list = RowList(self, lines=NARROW)
        self.list.setAccessibleName(_("Library"))
        self.list.chosen.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._want_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.only = OnlyBar(self)
        self.only.all_wanted.connect(self.all_wanted)
        column.addWidget(self.only)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._lines: list[tuple[Id, int, str]] = []
        self._shown = _listed(editor.case)
        self._only: frozenset[Id] | None = None
        self._name = ""

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.list.show_theme(theme)

    def show_case(self) -> None:
        """Show the sources of the case."""
        case = self.editor.case
        every = lineage(case)
        self._shown = _listed(case)
        self._lines, hidden = every, 0
        if self._only is not None:
            self._lines = _of(every, with_exhibits(case, self._only))
            hidden = len({line[0] for line in every} - {line[0] for line in self._lines})
        self.only.tell(self._name, hidden)
        self.list.show_many(len(self._lines), self._row)
        self.select(self.editor.selection)

    def refresh(self, ids: Collection[Id]) -> None:
        """Show the sources anew where a source, an item or an exhibit changed, else their new verdicts."""
        now = _listed(self.editor.case)
        if any(table is not was and table != was for table, was in zip(now, self._shown, strict=True)):
            self.show_case()
        else:
            self.list.viewport().update()

    def select(self, ids: Collection[Id]) -> None:
        """Stand on what is selected, if it is here."""
        if len(ids) == 1:
            wanted = next(iter(ids))
            at = next((at for at, (each, _depth, _how) in enumerate(self._lines) if each == wanted), -1)
            self.list.choose(at)

    def show_only(self, ids: Collection[Id] | None, name: str = "") -> None:
        """Hide all sources and items but those of one person; None hides nothing."""
        if (wanted := None if ids is None else frozenset(ids)) != self._only or name != self._name:
            self._only, self._name = wanted, name
            self.show_case()

    def _row(self, at: int) -> Row:
        entity, depth, how = self._lines[at]
        case = self.editor.case
        if entity not in case:
            return Row(text="")
        held = case[entity]
        mark, ink = mark_of(case, self.editor.verdicts, entity)
        right = hint = ""
        if isinstance(held, Source):
            rested = sum(case.get(Evidence, each) is not None for each in case.users(entity))
            right = f"{held.reliability.value} · {rested}"
            hint = _("Reliability {letter}: {meaning}.").format(
                letter=held.reliability.value, meaning=meaning("reliability", held.reliability.value)
            )
            hint = f"{hint} {several('{count} item', '{count} items', rested)}."
        elif isinstance(held, Evidence):
            right, hint = rating(case, held), name_of(case, self.editor.verdicts, entity)
        elif isinstance(held, Exhibit):
            right = size_said(held.size)
        row = Row(
            text=one_line(text_of(held), 160),
            lead=f"{held.number}{how}",
            right=right,
            right_ink="muted",
            mark=mark,
            ink=ink,
            weight=Weight.USUAL if isinstance(held, Source) else Weight.MUTED,
            indent=depth,
            value=entity,
            strike=isinstance(held, Source) and held.retracted is not None,
        )
        row = glossed(case, row)
        return replace(row, hint="\n".join(part for part in (hint, row.hint) if part))

    def _choose(self, entity: object) -> None:
        self.editor.select([Id(str(entity))])

    def _want_menu(self, at: QPoint) -> None:
        row = self.list.row
        if row is not None:
            self.editor.select([Id(str(row.value))])
            self.menu_wanted.emit(self.editor.selection, self.list.viewport().mapToGlobal(at))


def _listed(case: Case) -> tuple[Mapping[Id, Any], ...]:
    """Return what a case holds of each kind that is listed."""
    return case.of(Source), case.of(Evidence), case.of(Exhibit)


def _of(lines: list[tuple[Id, int, str]], ids: Collection[Id]) -> list[tuple[Id, int, str]]:
    """Return the lines of these alone, each beneath the lines that lead to it."""
    found: list[tuple[Id, int, str]] = []
    above: list[tuple[Id, int, str]] = []
    for line in lines:
        above = [*above[: line[1]], line]
        if line[0] in ids:
            found += [each for each in above[:-1] if each not in found[-len(above) :]] + [line]
    return found


def lineage(case: Case) -> list[tuple[Id, int, str]]:
    """Return sources, items and copies in the order in which they are listed, each with its depth."""
    lines: list[tuple[Id, int, str]] = []
    by_source: dict[Id, list[Evidence]] = {}
    copies: dict[Id, list[Evidence]] = {}
    for item in case.sorted(Evidence):
        for origin in item.sources:
            by_source.setdefault(origin, []).append(item)
        for original in item.copied_from:
            copies.setdefault(original, []).append(item)
    for source in case.sorted(Source):
        lines.append((source.id, 0, ""))
        for item in by_source.get(source.id, []):
            lines.append((item.id, 1, ""))
            lines.extend((each, 2, "") for each in item.exhibits)
            for copy in copies.get(item.id, []):
                lines.append((copy.id, 2, _(" copies it")))
                lines.extend((each, 3, "") for each in copy.exhibits)
    for item in (each for each in case.sorted(Evidence) if not each.sources and not each.copied_from):
        lines.append((item.id, 0, ""))
        lines.extend((each, 1, "") for each in item.exhibits)
    held = {each for item in case.of(Evidence).values() for each in item.exhibits}
    lines.extend((each.id, 0, "") for each in case.sorted(Exhibit) if each.id not in held)
    return lines


def meaning(use: str, term: str) -> str:
    """Return what a term of a shipped scale means, as it stands within a sentence."""
    held = (each for scale in scales().values() if scale.use == use for each in scale.terms)
    found = next((each.meaning for each in held if each.term == term and each.meaning), "")
    return _(found[:1].lower() + found[1:]) if found else term


def with_exhibits(case: Case, ids: Collection[Id]) -> frozenset[Id]:
    """Return some entities and the exhibits of the items among them."""
    items = (case.get(Evidence, each) for each in ids)
    return frozenset(ids).union(each for item in items if item is not None for each in item.exhibits)
