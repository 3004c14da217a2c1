"""One small field with a list beneath, for choosing by number, by text or by name, from the keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from evidencemap.ui.guarded import guarded
from evidencemap.ui.plain import plain_label
from evidencemap.ui.rowlist import RowList
from evidencemap.ui.rows import Row
from evidencemap.ui.theme import Theme

_MOST_ROWS = 9

_USUAL = 16
"""About how high a line is at the usual size of text, in pixels."""

_LINES = ((34, 2), (20, 3))
"""Below so many heights of a line, which a small window has at large text, rows have so many lines."""

_MOVES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize)


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a picker asks: `offers` gives the rows for what was typed, `answer` takes the chosen one.

    `left` is called where it is closed without an answer. With `free`, what was typed may be the
    answer itself where no row is chosen: `answer` gets a row whose value is None and whose text is
    what was typed. What is typed to a `secret` question is not shown, and is taken as it is, blanks
    included.
    """

    prompt: str
    offers: Callable[[str], Sequence[Row]]
    answer: Callable[[Row], None]
    hint: str = ""
    text: str = ""
    free: bool = False
    choose_first: bool = True
    secret: bool = False
    left: Callable[[], None] = _nothing


def secret_question(prompt: str, then: Callable[[str], object], hint: str = "") -> Question:
    """Return a question for something that is not shown while it is typed, which `then` takes."""

    def answer(row: Row) -> None:
        then(row.text)

    return Question(prompt=prompt, offers=lambda typed: [], answer=answer, hint=hint, free=True, secret=True)


class Picker(QFrame):
    """A field that floats over the window until it is answered or left.

    Where it has no place of its own it stands beneath `above` while that is seen: what is said there is
    read while the answer is typed.
    """

    def __init__(self, window: QWidget, above: QWidget | None = None) -> None:
        super().__init__(window)
        self._above = above
        if above is not None:
            above.installEventFilter(self)
        self.setObjectName("picker")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.prompt = plain_label("", self, wrap=True)
        self.prompt.setObjectName("prompt")
        self.field = QLineEdit(self)
        self.hint = plain_label("", self, wrap=True)
        self.hint.setObjectName("hint")
        self.list = RowList(self, lines=_LINES)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for each in (self.prompt, self.field, self.list, self.hint):
            column.addWidget(each)
        self.field.textChanged.connect(self._offer)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._answer(self.list.held.row(index.row())))
        self._question: Question | None = None
        self._refused = False
        self._before: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self.list.show_theme(theme)

    def ask(self, question: Question, at: QPoint | None = None) -> None:
        """Ask a question; `at` is where, in the window, else at the top in the middle."""
        self._question = question
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        self.prompt.setText(question.prompt)
        self.field.setAccessibleName(question.prompt)
        self.field.setPlaceholderText(question.hint)
        self.hint.setText(question.hint)
        self.hint.setVisible(bool(question.hint))
        self._at = at
        shown = QLineEdit.EchoMode.Password if question.secret else QLineEdit.EchoMode.Normal
        self.field.setEchoMode(shown)
        self.field.setText(question.text)
        self._offer(question.text)
        self.field.selectAll()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def keep_answer(self) -> None:
        """Remember, while an answer is given, that it was refused: it is asked for again and not lost."""
        self._refused = True

    def leave(self) -> None:
        """Close without an answer and give the focus back."""
        question = self._question
        self._close()
        if question is not None:
            question.left()

    def _close(self) -> None:
        self._question = None
        self.field.clear()
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer_again(self) -> None:
        """Show what is offered now for what was typed."""
        self._offer(self.field.text())

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    @guarded(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list and Enter answer while the field is typed in."""
        if watched is self._above:
            if event.type() in _MOVES and self.asking:
                self._settle()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return False

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close once the person goes on elsewhere in this window; another window leaves the question open."""
        if not self.asking or now is None or now.window() is not self.window():
            return
        if now is not self and not self.isAncestorOf(now):
            question, self._question = self._question, None
            self.hide()
            if question is not None:
                question.left()

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        moves = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _MOST_ROWS,
            Qt.Key.Key_PageUp: -_MOST_ROWS,
        }
        if key in moves:
            count = self.list.held.rowCount()
            if count:
                self.list.choose(max(0, min(count - 1, self.list.at + moves[Qt.Key(key)])))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer(self.list.row)
            return True
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def _offer(self, typed: str) -> None:
        if self._question is None:
            return
        rows = list(self._question.offers(typed))
        self.list.show_rows(rows)
        self.list.choose(0 if rows and self._question.choose_first else -1)
        self.list.setVisible(bool(rows))
        self._settle()

    def _settle(self) -> None:
        window = self.window()
        scale = max(1.0, self.fontMetrics().height() / _USUAL)
        wide = max(320, min(round(620 * scale), window.width() - 40))
        self.setFixedWidth(wide)
        self._fit_list(wide, window.height() // 2)
        self.adjustSize()
        left = (window.width() - wide) // 2 if self._at is None else self._at.x()
        top = max(60, window.height() // 8, self._bottom_above() + 8) if self._at is None else self._at.y()
        left = max(10, min(left, window.width() - wide - 10))
        self.move(left, max(10, min(top, window.height() - self.height() - 10)))

    def _fit_list(self, wide: int, most: int) -> None:
        """Give the list room for its rows, as many as it shows, in no more than so many pixels."""
        count = self.list.held.rowCount()
        self.list.fit(wide)
        high = self.list.sizeHintForRow(0) if count else 0
        shown = max(1, min(count, _MOST_ROWS, most // max(1, high)))
        self.list.setFixedHeight(shown * high + 2)

    def _bottom_above(self) -> int:
        """Return where what it stands beneath ends, in the window; 0 where that is not seen."""
        if self._above is None or self._above.isHidden():
            return 0
        beside = self._above.parentWidget()
        layout = None if beside is None else beside.layout()
        if layout is not None:
            layout.activate()
        return self._above.mapTo(self.window(), self._above.rect().bottomLeft()).y()

    def _answer(self, row: Row | None) -> None:
        question, typed = self._question, self.field.text()
        if question is None:
            return
        typed = typed if question.secret else typed.strip()
        if row is None:
            if not question.free or not typed:
                return
            row = Row(text=typed)
        at = self._at
        self._close()
        self._refused = False
        question.answer(row)
        if self._refused and question.free and typed and not question.secret and not self.asking:
            self.ask(replace(question, text=typed), at)
