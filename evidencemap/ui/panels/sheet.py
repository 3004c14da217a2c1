"""One sheet of the inspector: headings, lines, links, pickers and cards, stacked evenly."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.ui.buttons import WordyButton
from evidencemap.ui.editor import Editor
from evidencemap.ui.glosses import glosses_in
from evidencemap.ui.guarded import guarded
from evidencemap.ui.lettering import from_the_right, isolated, numbered
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.marks import icon, mark_of
from evidencemap.ui.plain import plain_label, set_plain_tooltip
from evidencemap.ui.theme import Theme
from evidencemap.ui.wording import one_line, said

_LARGE = 30
"""The height of a line, in pixels, above which a sheet has one column."""


class Sheet(QWidget):
    """What the inspector shows of one entity, from the top down."""

    followed = Signal(str)
    edit_wanted = Signal(str)
    act_wanted = Signal(str, object)

    def __init__(self, editor: Editor, theme: Theme) -> None:
        super().__init__()
        self.editor = editor
        self.theme = theme
        self.setObjectName("sheet")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 16)
        self.column.setSpacing(6)
        self._grid: QGridLayout | None = None

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.editor.case

    @property
    def roomless(self) -> bool:
        """Whether the text is so large that nothing fits beside anything."""
        return self.fontMetrics().height() > _LARGE

    def kicker(self, text: str) -> None:
        """Add the small line above a title or a section."""
        label = plain_label(text, self)
        label.setObjectName("kicker")
        label.setWordWrap(True)
        self.put(label)

    def heading(self, text: str) -> None:
        """Add the heading of a section, with a line above it."""
        line = QFrame(self)
        line.setObjectName("rule")
        line.setFixedHeight(1)
        self.column.addSpacing(6)
        self.put(line)
        self.column.addSpacing(2)
        self.kicker(text.upper())

    def line(self, text: str, ink: str = "text", *, bold: bool = False) -> LinkText:
        """Add a text in which the numbers of entities are links."""
        return self.linked(text, ink, bold, self.put)

    def put(self, widget: QWidget) -> None:
        """Add a widget across the sheet."""
        self._grid = None
        self.column.addWidget(widget)

    def fact(self, name: str, widget: QWidget | str, ink: str = "text", *, bold: bool = False) -> QWidget:
        """Add a named value, aligned with the ones before it."""
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(12)
            self._grid.setVerticalSpacing(5)
            self._grid.setColumnStretch(0 if self.roomless else 1, 1)
            self.column.addLayout(self._grid)
        at = self._grid.rowCount()
        label = plain_label(name, self, wrap=True)
        label.setObjectName("factname")
        label.setIndent(0)
        beside = not self.roomless
        if beside:
            label.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 15))
            label.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 18))
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        row, column = (at, 1) if beside else (at + 1, 0)
        if isinstance(widget, str):
            label.setProperty("plain", True)  # a text begins higher than what stands in a frame
            put = self._grid.addWidget
            made = self.linked(widget, ink, bold, lambda text: put(text, row, column))
            policy = made.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            made.setSizePolicy(policy)
            return made
        if not widget.accessibleName() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            widget.setAccessibleName(name)
            label.setBuddy(widget)
        self._grid.addWidget(widget, row, column)
        return widget

    def card(self, ink: str, line: Qt.PenStyle, *, filled: str = "") -> "Card":
        """Add a framed card and return it, to be filled."""
        made = Card(self, ink, line, filled)
        self.put(made)
        return made

    def link(
        self, entity: Id, text: str, *, mark: str = "", ink: str = "muted", fits: bool = True
    ) -> QPushButton:
        """Return a button that selects an entity everywhere; one that `fits` takes what room there is."""
        lines = 3 if self.roomless else 1
        button = WordyButton(text, self, lines=lines) if fits else QPushButton(isolated(text), self)
        button.setObjectName("link")
        button.setAutoDefault(True)  # Enter takes it, as Space does
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        if fits:
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_plain_tooltip(button, text)
        button.setAccessibleName(text)
        if mark:
            side = max(16, round(self.fontMetrics().height() * 0.8))
            button.setIconSize(QSize(side, side))
            button.setIcon(icon(mark, self.theme.color(ink)))
        button.clicked.connect(lambda: self.followed.emit(entity))
        return button

    def button(self, text: str, act: str, about: Any = None) -> QPushButton:
        """Return a button that asks the window for an act."""
        button = WordyButton(text, self)
        button.setObjectName("act")
        button.setAutoDefault(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.act_wanted.emit(act, about))
        return button

    def fold(self, text: str, opened: bool, flip: Callable[[bool], None]) -> None:
        """Add a heading that opens and closes what follows."""
        button = QToolButton(self)
        button.setObjectName("fold")
        closed = "◂  " if from_the_right() else "▸  "
        button.setText(("▾  " if opened else closed) + text.upper())
        button.setCheckable(True)
        button.setChecked(opened)
        button.clicked.connect(flip)
        self.column.addSpacing(6)
        self.put(button)

    def entity_links(self, ids: Iterable[Id]) -> None:
        """Put a link to each of these, one under the other."""
        for each in ids:
            self.put(self.entity_link(each))

    def entity_link(self, entity: Id) -> QWidget:
        """Return a link to an entity: its mark, its number and what it says."""
        mark, ink = mark_of(self.case, self.editor.verdicts, entity)
        text = numbered(self.case.number(entity), one_line(said(self.case, entity), 160))
        return self.link(entity, text, mark=mark, ink=ink)

    def label(self, text: str, ink: str, weight: int = 400) -> QWidget:
        """Return a plain text in an ink of the theme, for a row or a card."""
        label = plain_label(text, self, wrap=True)
        label.setStyleSheet(f"color: {getattr(self.theme, ink)}; font-weight: {weight};")
        return label

    def finish(self) -> None:
        """Push everything to the top."""
        self.column.addStretch(1)

    def linked(self, text: str, ink: str, bold: bool, put: Callable[[QWidget], Any]) -> LinkText:
        made = LinkText(
            text,
            lambda number: self.case.numbered(number) is not None,
            self.theme,
            self,
            ink=ink,
            glosses=glosses_in(self.case, text),
        )
        if bold:
            font = made.font()
            font.setBold(True)
            made.setFont(font)
        made.followed.connect(self._follow_number)
        put(made)
        return made

    def _follow_number(self, number: str) -> None:
        held = self.case.numbered(number)
        if held is not None:
            self.followed.emit(held.id)


class Card(QFrame):
    """A framed part of a sheet whose line says its state, before any colour does."""

    def __init__(self, sheet: Sheet, ink: str, line: Qt.PenStyle, filled: str) -> None:
        super().__init__(sheet)
        self.sheet = sheet
        self._ink, self._line, self._filled = ink, line, filled
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 9, 12, 9)
        self.column.setSpacing(3)

    def title(self, text: str, ink: str, mark: str = "") -> QLabel:
        """Add a bold line with a mark."""
        row = QHBoxLayout()
        row.setSpacing(7)
        if mark:
            picture = QLabel(self)
            picture.setTextFormat(Qt.TextFormat.PlainText)
            picture.setPixmap(icon(mark, self.sheet.theme.color(ink)).pixmap(self.fontMetrics().height()))
            row.addWidget(picture)
        label = plain_label(text, self, wrap=True)
        label.setStyleSheet(f"color: {getattr(self.sheet.theme, ink)}; font-weight: 600;")
        row.addWidget(label, 1)
        self.column.addLayout(row)
        return label

    def line(self, text: str, ink: str = "text") -> LinkText:
        """Add a text in which numbers are links."""
        return self.sheet.linked(text, ink, False, self.column.addWidget)

    def row(self, *widgets: QWidget) -> None:
        """Add widgets side by side, the first one wide."""
        row = QVBoxLayout() if self.sheet.roomless else QHBoxLayout()
        row.setSpacing(8)
        for at, each in enumerate(widgets):
            row.addWidget(each, 1 if at == 0 else 0)
        self.column.addLayout(row)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame: solid, dashed or dotted, as the state has it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.sheet.theme.color(self._ink), 1.3, self._line)
        if self._line is Qt.PenStyle.DashLine:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        if self._filled:
            painter.setBrush(self.sheet.theme.color(self._filled))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
