"""A person says in the inspector to whom a source belongs and what one large customer uses."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Quantity, Source, Step
from evidencemap.tongue import speaking
from evidencemap.ui.fields import LongText
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, on_map


def write_ties(window: CaseWindow, text: str) -> None:
    """Type whom the chosen source belongs to, and leave the field."""
    box = window.inspector.findChild(LongText, "field ties")
    assert box is not None
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    on_map(window)


def ties_of(window: CaseWindow, number: str) -> list[tuple[str, str, str]]:
    case = window.editor.case
    source = case.get(Source, id_of(window, number))
    assert source is not None
    return [
        (tie.kind.value, case.number(tie.to), "" if tie.shown_by is None else case.number(tie.shown_by))
        for tie in source.ties
    ]


@pytest.mark.parametrize(("language", "word"), [("en", "linked to"), ("de", "verbunden mit")])
def test_whom_a_source_belongs_to_is_typed_in_ones_own_language(
    founding_window: CaseWindow, qtbot: QtBot, language: str, word: str
) -> None:
    window = founding_window

    with speaking(language):
        find(window, "S9")
        write_ties(window, f"is: {word}; to: s1; shown_by: e1")
        find(window, "S9")
        box = window.inspector.findChild(LongText, "field ties")

    assert ties_of(window, "S9") == [("linked to", "S1", "E1")]
    assert box is not None and box.toPlainText() == f"is: {word}; to: S1; shown_by: E1"


def test_a_word_that_is_none_changes_nothing_and_the_field_says_how_it_is_written(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    find(window, "S9")
    box = window.inspector.findChild(LongText, "field ties")
    assert box is not None
    hint = box.placeholderText()

    write_ties(window, "is: married to; to: S1")

    assert ties_of(window, "S9") == []
    assert hint.startswith("is: part of / owned by") and "to: S1" in hint


def test_the_figure_in_the_slot_stands_under_its_question(founding_window: CaseWindow, qtbot: QtBot) -> None:
    window = founding_window
    window.editor.perform(verbs.add, Quantity, value="2 million", unit="exchanges")
    number = max(window.editor.case.sorted(Quantity), key=lambda each: int(each.number[1:])).number
    window.editor.perform(verbs.set_field, id_of(window, "P11"), "baseline", id_of(window, number))

    find(window, "P11")

    sheet = window.inspector.sheet
    step = window.editor.case.get(Step, id_of(window, "P11"))
    assert sheet is not None and step is not None and step.baseline == id_of(window, number)
    lines = [each.text for each in sheet.findChildren(LinkText)]
    assert "How much does one large honest customer use?" in lines
    assert not any("customer use? Open." in each for each in lines)
