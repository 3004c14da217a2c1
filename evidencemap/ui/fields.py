"""An editor for any field of any entity, made from the field's shape."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QAction, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QMenu, QPlainTextEdit, QToolButton, QWidget
from shiboken6 import isValid

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.rules import LONGEST_TEXT
from evidencemap.model.scales import scales, schemes
from evidencemap.model.shape import FieldKind, FieldShape
from evidencemap.model.words import Grade
from evidencemap.tongue import _, capital, in_context
from evidencemap.ui.guarded import guarded
from evidencemap.ui.typed import as_text, example, from_text, sample

Commit = Callable[[Any], bool]
"""Takes the new value of a field, in the field's own type, and says whether it is kept."""

_LONG = {"text", "quote", "definition", "question", "caveats", "wording", "why", "interest"}


def field_editor(
    case: Case, entity: Any, field: FieldShape, commit: Commit, refuse: Callable[[str], None]
) -> QWidget:
    """Return a widget that shows a field of an entity and commits what a person makes of it.

    What cannot be read is told to `refuse` as a sentence. The field shows what it held where it is not kept.
    """
    value = getattr(entity, field.name)
    if field.kind is FieldKind.FLAG and not field.optional:
        box = QCheckBox()
        box.setChecked(bool(value))

        def tick(on: bool) -> None:
            if not commit(on) and isValid(box):
                box.setChecked(not on)

        box.clicked.connect(tick)
        return box
    offered = _offered(field)
    if offered is not None:
        return choice(offered, value, commit)
    if field.kind is FieldKind.WORDS and field.word is not None:
        return _several(field, value, commit)
    if field.kind in (FieldKind.PAIRS, FieldKind.RECORD, FieldKind.RECORDS) or field.name in _LONG:
        long = LongText(as_text(case, entity, field))
        long.finished = lambda typed: _commit_typed(case, field, typed, commit, refuse)
        if field.record is not None:
            long.setPlaceholderText(sample(field))
        return long
    line = QLineEdit()
    line.setMaxLength(LONGEST_TEXT + 1)  # Qt's own limit would cut what is held
    line.setText(as_text(case, entity, field))
    line.setCursorPosition(0)
    held = line.text()

    def finish() -> None:
        if not isValid(line) or line.text() == held:
            return
        if not _commit_typed(case, field, line.text(), commit, refuse) and isValid(line):
            line.setText(held)

    line.editingFinished.connect(finish)
    if field.to:
        line.setPlaceholderText(_("numbers, such as {letters}").format(letters=example(field)))
    return line


def choice(offered: list[tuple[str, Any]], value: Any, commit: Commit) -> QComboBox:
    """Return a box that offers values by what they are called, with the present one chosen."""
    box = QuietBox()
    for called, each in offered:
        box.addItem(called, each)
    values = [each for _called, each in offered]
    if value not in values:
        box.addItem(str(value), value)
        values.append(value)
    held = values.index(value)
    box.setCurrentIndex(held)

    def choose(at: int) -> None:
        if not commit(values[at]) and isValid(box):
            box.setCurrentIndex(held)

    box.activated.connect(choose)
    return box


def graded(optional: bool = False) -> list[tuple[str, Any]]:
    """Return the grades as a choice."""
    offered: list[tuple[str, Any]] = [(capital(_(grade.word)), grade) for grade in Grade]
    return [(_("not recorded"), None), *offered] if optional else offered


def scaled(use: str) -> list[tuple[str, Any]]:
    """Return the terms of the shipped scales for a use (likelihood, confidence) as a choice."""
    offered: list[tuple[str, Any]] = [(_("not said"), "")]
    seen = {""}
    for scale in scales().values():
        if scale.use == use:
            for term in scale.terms:
                if term.term not in seen:
                    seen.add(term.term)
                    offered.append((capital(_(term.term)), term.term))
    return offered


class QuietBox(QComboBox):
    """A choice that the wheel scrolls past, so that scrolling a pane changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    @guarded
    def paintEvent(self, event: Any) -> None:
        """Draw the box with the small arrow that says it opens."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(self.foregroundRole()), 1.4)
        painter.setPen(pen)
        side = self.fontMetrics().height() * 0.24
        x, y = self.fontMetrics().height() * 0.8, self.height() / 2
        if not self.isRightToLeft():
            x = self.width() - x
        painter.drawPolyline(
            [QPointF(x - side, y - side / 2), QPointF(x, y + side / 2), QPointF(x + side, y - side / 2)]
        )

    @guarded
    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


class LongText(QPlainTextEdit):
    """A text of several lines that commits when it is left, and with Ctrl+Enter."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self._held = text
        self.finished: Callable[[str], bool] = lambda typed: True
        self.setFixedHeight(self.fontMetrics().lineSpacing() * min(6, max(2, len(text) // 34 + 1)) + 14)
        self.installEventFilter(self)

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit when the focus leaves."""
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        return False

    @guarded
    def keyPressEvent(self, event: Any) -> None:
        """Commit with Ctrl+Enter."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            return
        super().keyPressEvent(event)

    def commit(self) -> None:
        """Hand over what was typed, if it is new; show what was held where it is refused."""
        typed = self.toPlainText()
        if typed == self._held:
            return
        held, self._held = self._held, typed
        if not self.finished(typed) and isValid(self):
            self._held = held
            self.setPlainText(held)


def _commit_typed(
    case: Case, field: FieldShape, typed: str, commit: Commit, refuse: Callable[[str], None]
) -> bool:
    try:
        value = from_text(case, field, typed)
    except RuleBroken as refusal:
        refuse(str(refusal))
        return False
    return commit(value)


def _offered(field: FieldShape) -> list[tuple[str, Any]] | None:
    none: list[tuple[str, Any]] = [(_("not recorded"), None)] if field.optional else []
    if field.kind is FieldKind.GRADE:
        return graded(field.optional)
    if field.kind is FieldKind.WORD and field.word is not None:
        return none + [(_(each.value), each) for each in field.word]
    if field.kind is FieldKind.FLAG:
        return [*none, (in_context("answer", "yes"), True), (in_context("answer", "no"), False)]
    if field.name == "credibility":
        return [(str(each), each) for each in range(1, 7)]
    if field.name == "stake":
        return none + [(str(each), each) for each in range(1, 6)]
    if field.name in ("likelihood", "confidence"):
        return scaled(field.name)
    if field.name == "scheme":
        return [(_(each.name), each.name) for each in schemes().values()]
    return None


def _several(field: FieldShape, value: Any, commit: Commit) -> QToolButton:
    button = QToolButton()
    button.setObjectName("words")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    assert field.word is not None
    held = [] if value is None else list(value)
    marks: dict[StrEnum, QAction] = {}

    def flip(word: StrEnum, on: bool) -> None:
        chosen = [*held, word] if on else [each for each in held if each != word]
        if not commit(tuple(chosen)) and isValid(menu):
            marks[word].setChecked(word in held)

    if field.optional:
        none = menu.addAction(_("not recorded"))
        none.triggered.connect(lambda: commit(None))
    for word in field.word:
        action = QAction(_(word.value), menu)
        action.setCheckable(True)
        action.setChecked(word in held)
        action.triggered.connect(lambda on, word=word: flip(word, on))
        marks[word] = action
        menu.addAction(action)
    button.setMenu(menu)
    nothing = _("not recorded") if value is None else _("none")
    button.setText(", ".join(_(each) for each in held) if held else nothing)
    return button
