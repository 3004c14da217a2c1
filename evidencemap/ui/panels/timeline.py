"""The timeline: dated things as bars, as wide as their dates are imprecise, a lane for each source."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Source
from evidencemap.model.records import Id
from evidencemap.tongue import _
from evidencemap.ui.dates import Span, bounds_of, date_said, ticks
from evidencemap.ui.editor import Editor
from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import numbered, placed, text_flags
from evidencemap.ui.messages import announce
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.plain import set_plain_tooltip
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import one_line, said

_NARROW = 60
"""Letters below which a timeline has no room for dates beside its bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One dated thing: what it is, its date as written, and the days it may lie in."""

    id: Id
    written: str
    span: Span | None


class Timeline(Pane):
    """Shows what is dated in lanes, and lists what carries a date that no calendar can place."""

    help_page = "timeline"

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(editor, _("Timeline"), parent)
        self.canvas = _Lanes(self)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.accessibleName())
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.setFocusProxy(self.canvas)

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        super().show_theme(theme)
        self.canvas.update()

    def show_case(self) -> None:
        """Show what is dated in the case."""
        case = self.editor.case
        self.canvas.take(lanes(case), undated(case))

    def refresh(self, ids: Collection[Id]) -> None:
        """Show it anew."""
        self.show_case()

    def select(self, ids: Collection[Id]) -> None:
        """Mark what is selected."""
        self.canvas.update()


class _Lanes(QWidget):
    """The painted lanes."""

    def __init__(self, pane: Timeline) -> None:
        super().__init__()
        self._pane = pane
        self._lanes: list[tuple[str, list[Dated]]] = []
        self._undated: list[Id] = []
        self._bars: list[tuple[QRectF, Id]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Timeline"))

    def take(self, held: list[tuple[str, list[Dated]]], without: list[Id]) -> None:
        """Show these lanes, and beneath them the items without a date."""
        self._lanes, self._undated = held, without
        self._make_room()
        self.setAccessibleDescription(". ".join(f"{name}: {len(each)}" for name, each in held))
        self.update()

    @property
    def _is_narrow(self) -> bool:
        """Whether a bar has no room beside its date: what is dated then has a line of its own beneath it."""
        return self.width() < QFontMetricsF(self.font()).averageCharWidth() * _NARROW

    def _make_room(self) -> None:
        dated = sum(len(each) for _name, each in self._lanes) * (2 if self._is_narrow else 1)
        rows = dated + len(self._lanes) + 3 + bool(self._undated) + len(self._undated)
        self.setMinimumHeight(round(QFontMetricsF(self.font()).height() * 1.9 * rows) + 40)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the lines that another width asks for."""
        super().resizeEvent(event)
        self._make_room()

    @guarded(default=False)
    def event(self, event: QEvent) -> bool:
        """Tell all that the item under the pointer says."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item = self._at(QPointF(event.pos()))
            set_plain_tooltip(self, "" if item is None else self._spoken(item))
        return super().event(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the years, the lanes and the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, metrics = self._pane.theme, QFontMetricsF(self.font())
        painter.fillRect(self.rect(), theme.color("panel"))
        self._bars = []
        row = metrics.height() * 1.9
        if not self._lanes and not self._undated:
            painter.setPen(theme.color("muted"))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, _("Nothing in this case is dated yet.")
            )
            return
        spans = [each.span for _name, held in self._lanes for each in held if each.span is not None]
        first = min((span.first for span in spans), default=0)
        last = max((span.last for span in spans), default=1)
        left, right = metrics.averageCharWidth() * 26, self.width() - metrics.averageCharWidth() * 12
        if self._is_narrow:
            left, right = 16.0, self.width() - 16.0
        scale = (right - left) / max(1, last - first)
        top = row
        if spans:
            self._axis(painter, first, last, left, scale)
        selected = set(self._pane.editor.selection)
        for name, held in self._lanes:
            self._name(painter, name, top)
            top += row
            for each in held:
                self._bar(painter, each, top, left, scale, first, each.id in selected)
                top += row * (2 if self._is_narrow else 1)
        if self._undated:
            self._name(painter, _("Evidence without a date"), top)
            top += row
            for item in self._undated:
                self._undated_line(painter, item, top, item in selected)
                top += row

    def _axis(self, painter: QPainter, first: int, last: int, left: float, scale: float) -> None:
        """Draw the years, within two years the months, or every so many as their names have room."""
        metrics, theme = QFontMetricsF(self.font()), self._pane.theme
        room = metrics.averageCharWidth() * 11 / max(1e-9, scale)
        for day, name in ticks(first, last, room):
            x = left + (day - first) * scale
            painter.setPen(theme.color("grid"))
            line = self._placed(QRectF(x, metrics.height() * 1.3, 0, self.height()))
            painter.drawLine(line.topLeft(), line.bottomLeft())
            painter.setPen(theme.color("muted"))
            wide = metrics.horizontalAdvance(name) + 1
            self._text(painter, QRectF(x - wide / 2, 2, wide, metrics.height()), name)

    def _name(self, painter: QPainter, name: str, top: float) -> None:
        painter.setPen(self._pane.theme.color("muted"))
        bold = painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        self._text(
            painter, QRectF(16, top, self.width() - 32, QFontMetricsF(bold).height()), one_line(name, 60)
        )
        bold.setBold(False)
        painter.setFont(bold)

    def _undated_line(self, painter: QPainter, item: Id, top: float, chosen: bool) -> None:
        case, metrics = self._pane.editor.case, QFontMetricsF(self.font())
        if item not in case:
            return
        box = QRectF(16, top, self.width() - 32, metrics.height() * 1.3)
        if chosen:
            painter.setPen(QPen(self._pane.theme.color("focus"), 1.6))
            painter.setBrush(self._pane.theme.color("selected_row"))
            painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._pane.theme.color("text"))
        text = numbered(case.number(item), one_line(said(case, item), 160))
        self._text(painter, QRectF(24, top + 2, box.width() - 16, metrics.height()), text)
        self._bars.append((box, item))

    def _bar(
        self, painter: QPainter, each: Dated, top: float, left: float, scale: float, first: int, chosen: bool
    ) -> None:
        theme, metrics = self._pane.theme, QFontMetricsF(self.font())
        case = self._pane.editor.case
        if each.id not in case:
            return
        high = metrics.height() * 1.3
        written = date_said(each.written)
        if not self._is_narrow:
            painter.setPen(theme.color("muted"))
            self._text(painter, QRectF(16, top + 2, left - 24, metrics.height()), written)
        if each.span is None:
            start, wide = left, metrics.averageCharWidth() * 3
        else:
            start = left + (each.span.first - first) * scale
            wide = max(8.0, (each.span.last - each.span.first) * scale)
            start = min(start, self.width() - 16 - wide)
        box = QRectF(start, top, wide, high)
        pen = QPen(theme.color("focus" if chosen else "request"), 2.4 if chosen else 1.2)
        if each.span is None or not each.span.exact:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(theme.color("request_fill"))
        painter.drawRoundedRect(self._placed(box), 3, 3)
        if each.span is None:  # it has no place among the years
            painter.drawText(self._placed(box), Qt.AlignmentFlag.AlignCenter, "?")
        painter.setPen(theme.color("text"))
        text = numbered(case.number(each.id), one_line(said(case, each.id), 90))
        if self._is_narrow:
            line = QRectF(16, top + high + 2, self.width() - 32, metrics.height())
            self._text(painter, line, f"{text}  ({written})")
            self._bars.append((QRectF(16, top, self.width() - 32, high + 4 + metrics.height()), each.id))
            return
        room = max(60.0, self.width() - box.right() - 20)
        before = box.left() - left - 8
        if metrics.horizontalAdvance(text) > room - 4 and before + 8 > room:
            self._text(painter, QRectF(left, top + 2, before, metrics.height()), text, at_end=True)
        else:
            self._text(painter, QRectF(box.right() + 8, top + 2, room, metrics.height()), text)
        self._bars.append((QRectF(16, top, self.width() - 32, high), each.id))

    def _text(self, painter: QPainter, part: QRectF, text: str, *, at_end: bool = False) -> None:
        """Draw as much of a text as a part of the timeline has room for, where that part begins or ends."""
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, part.width())
        painter.drawText(self._placed(part), text_flags(text, self.isRightToLeft(), at_end=at_end), shown)

    def _placed(self, part: QRectF) -> QRectF:
        return placed(QRectF(self.rect()), part, self.isRightToLeft())

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked."""
        self.setFocus()
        item = self._at(event.position())
        if item is not None:
            self._pane.editor.select([item])

    def _at(self, point: QPointF) -> Id | None:
        return next((item for box, item in self._bars if box.contains(point)), None)

    @guarded
    def keyPressEvent(self, event: Any) -> None:
        """Walk the bars with the arrows."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() not in moves or not self._bars:
            super().keyPressEvent(event)
            return
        ids = [entity for _box, entity in self._bars]
        chosen = self._pane.editor.chosen
        at = ids.index(chosen) + moves[event.key()] if chosen in ids else 0
        chosen = ids[max(0, min(len(ids) - 1, at))]
        self._pane.editor.select([chosen])
        announce(self, self._spoken(chosen))

    def _spoken(self, entity: Id) -> str:
        case = self._pane.editor.case
        written = next(
            (each.written for _name, held in self._lanes for each in held if each.id == entity), ""
        )
        when = date_said(written) if written else _("Evidence without a date")
        return f"{case.number(entity)}. {one_line(said(case, entity), 160)}. {when}"


def lanes(case: Case) -> list[tuple[str, list[Dated]]]:
    """Return what is dated, a lane for each source in the order of first dates; loose things last."""
    held: dict[str, list[Dated]] = {}
    dated_by: tuple[tuple[type[Any], str], ...] = (
        (Evidence, "when"),
        (Claim, "when"),
        (Quantity, "window"),
        (Source, "reply_date"),
    )
    for kind, name in dated_by:
        for entity in case.sorted(kind):
            written = str(getattr(entity, name))
            if written and written != "none":
                dated = Dated(id=entity.id, written=written, span=bounds_of(written))
                held.setdefault(_lane(case, entity), []).append(dated)
    for each in held.values():
        each.sort(key=lambda one: (one.span is None, one.span.first if one.span else 0, one.written))
    return sorted(held.items(), key=lambda lane: (lane[1][0].span is None, lane[0]))


def undated(case: Case) -> list[Id]:
    """Return the items that carry no date, by number, forty at the most: a date is what they lack."""
    return [each.id for each in case.sorted(Evidence) if not str(each.when) or str(each.when) == "none"][:40]


def _lane(case: Case, entity: Any) -> str:
    source = entity if isinstance(entity, Source) else None
    if isinstance(entity, Evidence) and entity.sources:
        source = case.get(Source, entity.sources[0])
    if isinstance(entity, Claim) and entity.stated_by:
        source = case.get(Source, entity.stated_by[0])
    return source.name if source is not None else _("The case")
