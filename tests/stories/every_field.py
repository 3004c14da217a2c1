"""Every field of every kind of entity, typed into as a person types: which there are, and what is typed."""

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget

from evidencemap.model import verbs
from evidencemap.model.entities import Header, Remark, Term, Watch
from evidencemap.model.kinds import LETTERS
from evidencemap.model.records import Id
from evidencemap.model.shape import shape
from evidencemap.ui.fields import LongText
from evidencemap.ui.window import CaseWindow

ODD = (
    "", "   ", "\t", "\x00", "\x1b[31mred", "\x07", "\u202eright to left", "שלום עולם", "\ud800",
    "\U0001f600", "<img src=x onerror=alert(1)>", "<b>bold</b> &amp;", "a" * 5_000, "e\u0301\u200d\ufeff",
    "one\ntwo", "\u2028\u2029\x85", "2026-02-30", "2026-13", "0000-00-00", "1066?/2026~",
    "yesterday", "1e999", "-1", "NaN", "9" * 40, "１２", "1_000", "S999", "c1, c1", "e1", "C1; S1", "S1",
    "case", "@C1", "Z1", "{number}", "%s %(x)s", "=1+1", "../../etc/passwd", "None", ":", ": x", "is: x",
    "is: part of; to: S2", "page: 9e9", "page: " + "9" * 30, "page: -1; from: 9; to: 3", "exhibit: X99",
    "by: C1; source: S1", "by: S1", "date: 2026-99-99; why: a; b: c",
    "a: b\na: c", "q: \nr", "TITLE: x; author: y", "to: S1", "Supported",
    "'; drop table claims; --", "x" * 40_000,
)  # fmt: skip
"""What nobody should type and somebody will."""

NOT_FOR_PEOPLE = re.compile(
    r"Traceback|<class|<enum|<[A-Z]\w+\.|object at 0x|FieldKind|StrEnum|NoneType|\bNone\b|Errno|Error\b"
    r"|\\x|\\u|\\n|'[a-z_]+'|_[a-z]|invalid literal|too large to convert|codec"
)
"""What a sentence of a refusal never holds, apart from what it quotes."""

LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One field of one entity, by the number of the entity and the name of the field."""

    number: str
    field: str


def one_of_each_kind(window: CaseWindow) -> list[str]:
    """Add what the founding case has none of, and return a number of every kind that has an editor."""
    editor = window.editor
    claim = editor.case.numbered("C1")
    assert claim is not None
    editor.perform(verbs.add, Term, words=("attack", "attacks"), definition="a word")
    editor.perform(verbs.remark, claim.id, "Who says so?")
    editor.perform(verbs.watch, claim.id, by="2027-01", why="the report is due")
    kinds: dict[type[Any], str] = {type(each): each.number for each in editor.case.entities.values()}
    wanted: list[type[Any]] = [Header, *dict.fromkeys(LETTERS.values())]
    first = [kinds[kind] for kind in wanted if kind in kinds]
    assert {Term, Remark, Watch} <= kinds.keys()
    return [each for each in first if each[0] not in "XLFBZ"]


def places(window: CaseWindow, numbers: list[str]) -> list[Place]:
    """Return every field that the inspector offers to edit, of these entities."""
    found = []
    for number in numbers:
        held = window.editor.case.numbered(number)
        assert held is not None
        show(window, held.id)
        offered = [each.name for each in shape(type(held)) if box(window, each.name) is not None]
        assert set(offered) >= {each.name for each in shape(type(held))} - {"aliases", "profile"}, number
        found += [Place(number=number, field=name) for name in offered if name != "profile"]
    return found


def show(window: CaseWindow, entity: Id) -> None:
    """Select an entity, and open all its fields."""
    window.editor.select([] if entity == window.editor.case.id else [entity])
    sheet = window.inspector.sheet
    assert sheet is not None
    fold = sheet.findChild(QToolButton, "fold")
    if fold is not None and not fold.isChecked():
        fold.click()


def box(window: CaseWindow, name: str) -> QWidget | None:
    """Return the editor of a field of what the inspector shows."""
    assert window.inspector.sheet is not None
    found: QWidget | None = window.inspector.sheet.findChild(QWidget, f"field {name}")
    return found


def change(window: CaseWindow, place: Place, typed: str, at: int) -> str | None:
    """Do to a field what its editor is for, and return what it then showed as typed; None of a choice.

    A text is typed as an input method types it; of what is chosen, the entry `at` is taken.
    """
    widget = box(window, place.field)
    assert widget is not None
    widget.setFocus()
    if isinstance(widget, QCheckBox):
        widget.click()
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(at % widget.count())
        widget.activated.emit(widget.currentIndex())
    elif isinstance(widget, QToolButton):
        entries = widget.menu().actions()
        entries[at % len(entries)].trigger()
    else:
        return type_over(widget, typed)
    return None


def type_over(widget: QWidget, typed: str) -> str:
    """Type a text in place of the one in a field, as an input method does, and return what then shows."""
    assert isinstance(widget, QLineEdit | LongText)
    widget.selectAll()
    QTest.keySequence(widget, "Backspace")
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(widget, event)
    shown = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
    QTest.keySequence(widget, "Return" if isinstance(widget, QLineEdit) else "Ctrl+Return")
    return shown


def shown_by(window: CaseWindow, place: Place) -> str:
    """Return what the editor of a field shows, in the inspector as it is now."""
    widget = box(window, place.field)
    if isinstance(widget, QCheckBox):
        return str(widget.isChecked())
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QToolButton):
        return " ".join(each.text() for each in widget.menu().actions() if each.isChecked())
    assert isinstance(widget, QLineEdit | LongText)
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def value_of(window: CaseWindow, place: Place) -> Any:
    """Return what a field holds now."""
    held = window.editor.case.numbered(place.number)
    assert held is not None
    return getattr(held, place.field)


def told_plainly(sentence: str) -> bool:
    """Say whether a refusal is one sentence that a person can read, apart from what it quotes."""
    own = re.sub("[“„][^”“]*[”“]", "…", sentence)
    readable = not NOT_FOR_PEOPLE.search(own) and all(each.isprintable() for each in sentence)
    return readable and len(sentence) <= LONGEST_SENTENCE and sentence.endswith((".", "?"))
