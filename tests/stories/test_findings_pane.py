"""The findings as a list of problems: walked, mended, accepted; a withdrawal whose impact is seen first."""

from html import escape

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.upkeep import Acceptance, IssuedBrief
from evidencemap.model.words import Reliability
from evidencemap.ui.lettering import in_lines
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.problems import is_accepted
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import find, id_of, on_map, press, say, status


def codes(window: CaseWindow) -> set[str]:
    return {each.code for each in window.problems.shown}


def chip(window: CaseWindow, code: str) -> QPushButton:
    return next(each for each in window.problems.chips.buttons if each.property("code") == code)


def walk_to(window: CaseWindow, code: str, number: str) -> None:
    """Press F8 until the list stands on a finding of a kind about something."""
    for _step in range(len(window.problems.shown)):
        press(window, "F8")
        current = window.problems.current
        assert current is not None
        if current.code == code and id_of(window, number) in current.on:
            return
    raise AssertionError(f"no {code} about {number}")


def test_f8_walks_the_findings_and_selects_what_each_is_about(founding_window: CaseWindow) -> None:
    window = founding_window
    on_map(window)

    press(window, "F8")

    current = window.problems.current
    assert current is not None and current.code == "UNSUPPORTED_STEP"
    assert set(current.on) <= set(window.editor.selection)
    press(window, "F8", "Shift+F8")
    assert window.problems.current == current


def test_a_chip_shows_one_kind_and_all_shows_every_kind_again(founding_window: CaseWindow) -> None:
    window = founding_window
    every = codes(window)

    QTest.mouseClick(chip(window, "BORROWED_CERTAINTY"), Qt.MouseButton.LeftButton)
    one = codes(window)
    QTest.mouseClick(chip(window, ""), Qt.MouseButton.LeftButton)

    assert one == {"BORROWED_CERTAINTY"}
    assert codes(window) == every and len(every) > 5


def test_a_narrow_window_gives_a_finding_two_lines_and_its_tooltip_all_of_it(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    rows = window.problems.list
    high = rows.sizeHintForRow(0)

    window.resize(1300, 850)
    QApplication.processEvents()

    assert rows.sizeHintForRow(0) > 1.4 * high
    first = rows.held.row(0)
    assert first is not None
    tooltip = str(rows.held.data(rows.held.index(0), Qt.ItemDataRole.ToolTipRole))
    assert all(escape(part) in tooltip for part in (first.text, first.detail, first.right))


@pytest.mark.parametrize(("width", "most"), [(200.0, 2), (340.0, 2), (90.0, 4), (9000.0, 2)])
def test_a_sentence_on_several_lines_loses_no_word_and_all_but_its_last_line_fit(
    qapp: QApplication, width: float, most: int
) -> None:
    metrics = QFontMetricsF(qapp.font())
    sentence = "Claim C2 is stated as established, step P7 from C1 to C2 passes suggestive"

    lines = in_lines(sentence, metrics, width, most)

    assert " ".join(lines) == sentence
    assert all(metrics.horizontalAdvance(each) <= width for each in lines[:-1])
    assert len(lines) == (1 if width > 1000 else most)


def test_enter_on_a_step_without_a_warrant_asks_why_it_follows(founding_window: CaseWindow) -> None:
    window = founding_window
    walk_to(window, "UNSUPPORTED_STEP", "P10")
    window.problems.list.setFocus()

    press(window, "Return")
    say(window, "Distillation copies what is asked for")

    step = window.editor.case[id_of(window, "P10")]
    assert step.warrant is not None  # type: ignore[union-attr]
    assert status(window, "P10") == "unsupported", "a warrant with nothing behind it backs nothing"


def test_a_finding_is_accepted_with_a_reason_and_opens_again_when_it_changes(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    walk_to(window, "UNSUPPORTED_STEP", "P10")
    before = status(window, "P10")
    press(window, "Ctrl+K")
    say(window, "accept the finding with a reason")
    say(window, "The mechanism is the subject of another report")

    accepted = window.editor.case.sorted(Acceptance)
    assert [each.code for each in accepted] == ["UNSUPPORTED_STEP"]
    assert status(window, "P10") == before
    now = next(each for each in window.editor.findings if id_of(window, "P10") in each.on)
    assert is_accepted(window.editor.case, now)
    find(window, "P10")
    on_map(window)
    press(window, "W")
    say(window, "C4 is a reason of its own kind")
    now = next(
        each
        for each in window.editor.findings
        if each.code == "UNSUPPORTED_STEP" and id_of(window, "P10") in each.on
    )
    assert not is_accepted(window.editor.case, now)


def test_what_falls_is_seen_before_a_source_is_withdrawn_and_the_withdrawal_can_be_undone(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    before = window.editor.case
    find(window, "S1")
    press(window, "Ctrl+K")
    say(window, "withdraw")
    offered = [each for each in window.answer.findChildren(QPushButton) if each.text() == "Withdraw S1"]
    assert window.editor.case is before and status(window, "C1") == "supported"

    QTest.mouseClick(offered[0], Qt.MouseButton.LeftButton)

    assert status(window, "C1") == "unsupported"
    press(window, "Ctrl+Z")
    assert status(window, "C1") == "supported"


def test_the_impact_names_the_briefs_that_told_what_changes_and_no_others(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    editor = window.editor
    before = issued(window, "memo")
    editor.perform(verbs.add, Source, name="A late witness", reliability=Reliability.A)
    late = editor.case.sorted(Source)[-1]
    editor.perform(verbs.add, Evidence, text="The witness saw it", sources=(late.id,), credibility=1)
    item = editor.case.sorted(Evidence)[-1]
    editor.perform(verbs.add, Claim, text="It was seen")
    claim = next(each for each in editor.case.of(Claim).values() if each.text == "It was seen")
    editor.perform(verbs.connect, [item.id], claim.id, scheme="record")
    after = issued(window, "report")

    of_the_late_one = impact_of(window, late.number)
    of_an_old_one = impact_of(window, "S1")

    assert after in of_the_late_one and before not in of_the_late_one
    assert after in of_an_old_one and before in of_an_old_one


def issued(window: CaseWindow, template: str) -> str:
    """Put a brief on record as issued now; return its number."""
    window.editor.session.issue(template, "0" * 64)
    return window.editor.case.sorted(IssuedBrief)[-1].number


def impact_of(window: CaseWindow, number: str) -> str:
    """Return what the impact sheet says of one thing."""
    find(window, number)
    press(window, "Ctrl+Shift+I")
    return "\n".join(each.text for each in window.answer.findChildren(LinkText) if each.isVisible())
