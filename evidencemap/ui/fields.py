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
from evidencemap.model.plain import from_plain_value, to_plain
from evidencemap.model.records import Id
from evidencemap.model.scales import scales, schemes
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.words import Grade
from evidencemap.tongue import _, capital, in_context
from evidencemap.ui.guarded import guarded

Commit = Callable[[Any], None]
"""Takes the new value of a field, in the field's own type."""

_LONG = {"text", "quote", "definition", "question", "caveats", "wording", "why", "interest"}


def field_editor(
    case: Case, entity: Any, field: FieldShape, commit: Commit, refuse: Callable[[str], None]
) -> QWidget:
    """Return a widget that shows a field of an entity and commits what a person makes of it.

    What cannot be read is told to `refuse` as a sentence, and the field shows what it held.
    """
    value = getattr(entity, field.name)
    if field.kind is FieldKind.FLAG and not field.optional:
        box = QCheckBox()
        box.setChecked(bool(value))
        box.clicked.connect(commit)
        return box
    offered = _offered(field)
    if offered is not None:
        return choice(offered, value, commit)
    if field.kind is FieldKind.WORDS and field.word is not None:
        return _several(field, value, commit)
    if field.kind in (FieldKind.PAIRS, FieldKind.RECORD, FieldKind.RECORDS) or field.name in _LONG:
        long = LongText(as_text(case, entity, field))
        long.finished = lambda typed: _commit_typed(case, field, typed, commit, refuse)
        if field.kind is FieldKind.RECORDS and any(each.word for each in _inner(field)):
            long.setPlaceholderText(_sample(field))
        return long
    line = QLineEdit(as_text(case, entity, field))
    line.setCursorPosition(0)
    held = line.text()

    def finish() -> None:
        if not isValid(line) or line.text() == held:
            return
        if not _commit_typed(case, field, line.text(), commit, refuse) and isValid(line):
            line.setText(held)

    line.editingFinished.connect(finish)
    if field.to:
        line.setPlaceholderText(_("numbers, such as {letters}").format(letters=_example(field)))
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
    box.setCurrentIndex(values.index(value))
    box.activated.connect(lambda at: commit(values[at]))
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


def as_text(case: Case, entity: Any, field: FieldShape) -> str:
    """Return a field as the text that its line editor shows."""
    plain = to_plain(entity, case.number).get(field.key)
    if plain is None:
        return ""
    if field.kind is FieldKind.PAIRS:
        return "\n".join(f"{key}: {value}" for key, value in plain.items())
    if field.kind is FieldKind.RECORD:
        return _record_text(field, plain)
    if field.kind is FieldKind.RECORDS:
        return "\n".join(_record_text(field, each) for each in plain)
    if isinstance(plain, list):
        return ("; " if field.kind is FieldKind.TEXTS else ", ").join(str(each) for each in plain)
    return str(plain)


def from_text(case: Case, field: FieldShape, typed: str) -> Any:
    """Return what a typed text means for a field. Raises RuleBroken where it means nothing."""
    try:
        return from_plain_value(field, _plain(field, typed.strip()), lambda number: _found(case, number))
    except ValueError as error:
        text = str(error)
        raise RuleBroken(text[:1].upper() + text[1:] + ".") from None


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
    commit(value)
    return True


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

    def flip(word: StrEnum, on: bool) -> None:
        chosen = [*held, word] if on else [each for each in held if each != word]
        commit(tuple(chosen))

    if field.optional:
        none = menu.addAction(_("not recorded"))
        none.triggered.connect(lambda: commit(None))
    for word in field.word:
        action = QAction(_(word.value), menu)
        action.setCheckable(True)
        action.setChecked(word in held)
        action.triggered.connect(lambda on, word=word: flip(word, on))
        menu.addAction(action)
    button.setMenu(menu)
    nothing = _("not recorded") if value is None else _("none")
    button.setText(", ".join(_(each) for each in held) if held else nothing)
    return button


def _inner(field: FieldShape) -> tuple[FieldShape, ...]:
    return shape(field.record) if field.record is not None else ()


def _sample(field: FieldShape) -> str:
    """Return how a record of a field is written, with the words that it may hold."""
    held = {each.key: [_(word.value) for word in each.word or ()] for each in _inner(field)}
    numbers = {each.key: _example(each) for each in _inner(field)}
    return "; ".join(f"{key}: {' / '.join(words) or numbers[key]}" for key, words in held.items())


def _record_text(field: FieldShape, plain: dict[str, Any]) -> str:
    words = {each.key for each in _inner(field) if each.word}
    return "; ".join(f"{key}: {_(value) if key in words else value}" for key, value in plain.items())


def _plain(field: FieldShape, typed: str) -> Any:
    kind = field.kind
    if not typed and field.optional:
        return None
    if kind is FieldKind.TEXTS:
        return [each.strip() for each in typed.split(";") if each.strip()]
    if kind is FieldKind.REFERENCES:
        return [each.strip().upper() for each in typed.replace(";", ",").split(",") if each.strip()]
    if kind is FieldKind.REFERENCE:
        return typed.upper()
    if kind is FieldKind.WORD and field.word is not None:
        meant = {_(each.value).casefold(): each.value for each in field.word}
        return meant.get(typed.casefold(), typed)
    if kind is FieldKind.WHOLE:
        return _whole(field, typed)
    if kind is FieldKind.PAIRS:
        return dict(_pair(line) for line in typed.splitlines() if line.strip())
    if kind is FieldKind.RECORD:
        return _record(field, typed)
    if kind is FieldKind.RECORDS:
        return [_record(field, line) for line in typed.splitlines() if line.strip()]
    return typed


def _record(field: FieldShape, typed: str) -> dict[str, Any]:
    assert field.record is not None
    inner = {each.key: each for each in shape(field.record)}
    pairs = dict(_pair(part) for part in typed.replace("\n", ";").split(";") if part.strip())
    return {key: _plain(inner[key], value) if key in inner else value for key, value in pairs.items()}


def _pair(text: str) -> tuple[str, str]:
    key, colon, value = text.partition(":")
    if not colon:
        raise RuleBroken(_("Write each entry as a key, a colon and a text."))
    return key.strip(), value.strip()


def _whole(field: FieldShape, typed: str) -> int:
    try:
        return int(typed)
    except ValueError:
        raise RuleBroken(
            _("{field} takes a whole number.").format(field=_(field.name.replace("_", " ").capitalize()))
        ) from None


def _found(case: Case, number: str) -> Id:
    held = case.numbered(number)
    if held is None:
        raise RuleBroken(_("There is no {number} in this case.").format(number=number))
    return held.id


def _example(field: FieldShape) -> str:
    letters = "CES" if field.to == "*" else field.to
    return ", ".join(f"{letter}1" for letter in letters[:2])
