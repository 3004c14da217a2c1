"""The journeys of a letter, of what would settle it and of a year later, within their budgets of acts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.session import Session
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import id_of, status, wait_for_file

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RELAYS = ("CNBC", "The Next Web", "TechTimes", "OODAloop")


def build_by_keyboard(acts: Acts) -> None:
    """Build the founding case's headline with its grounds, by keys alone."""
    acts.key("S")
    acts.say("The provider [B]")
    acts.key("L")
    acts.say("e: The letter to the committee [2]")
    acts.key("L")
    acts.say("volume: 28.8 million exchanges ran through about 25,000 accounts [established]")
    acts.key("L")
    acts.say("attribution: The accounts were operated for the lab [established]")
    acts.key("W")
    acts.say("method: The method ties the accounts to one operator")
    acts.key("R")
    acts.say("The attribution method and its false-positive rate")
    acts.key("C")
    acts.say("effect: The outputs trained a rival model")
    acts.key("Tab")
    acts.say("C1 C2")
    acts.key("W")
    acts.say("The suspected model carries a signature")
    acts.key("R")
    acts.say("A canary that surfaces in the rival model")
    acts.key("C")
    acts.say("headline: A rival stole the model")
    acts.key("Tab")
    acts.say("C1 C2 C3")
    acts.key("C")
    acts.say("magnitude: 28.8 million is enormous for this service")
    acts.key("Tab")
    acts.say("C1")
    acts.key("R")
    acts.say("Total traffic over the six weeks")
    acts.find("C1")
    acts.key("R")
    acts.say("Independent access to the logs")
    for outlet in RELAYS:
        acts.key("S")
        acts.say(outlet)
        acts.key("L")
        acts.say(f"e: {outlet} on the letter")
        acts.key("L")
        acts.say("C1")
    acts.key("E")
    acts.say("The February disclosure")
    acts.key("Tab")
    acts.say("S1")
    acts.key("L")
    acts.say("volume: In February three labs ran 16 million exchanges")
    acts.key("L")
    acts.say("superlative: This campaign dwarfs the February one")
    acts.key("E")
    acts.say("A student model inherits its teacher's behaviour")
    acts.key("L")
    acts.say("background: Distillation works as a technique")
    acts.key("L")
    acts.say("mechanism: A model distilled this way loses the safety")
    acts.key("E")
    acts.say("The memo names distillation a concern")
    acts.key("L")
    acts.say("background: Distillation is a recognised concern")
    acts.key("E")
    acts.say("The service fields billions of calls")


def build_by_mouse(acts: Acts) -> None:
    """Build the same by clicks and drags; keys only type texts."""
    acts.tool("add_source")
    acts.choose("The provider [B]")
    acts.tool("connect")
    acts.choose("e: The letter to the committee [2]")
    acts.tool("connect")
    acts.choose("volume: 28.8 million exchanges ran through about 25,000 accounts [established]")
    acts.tool("connect")
    acts.choose("attribution: The accounts were operated for the lab [established]")
    acts.button("Why does this follow")
    acts.choose("method: The method ties the accounts to one operator")
    acts.tool("add_request")
    acts.choose("The attribution method and its false-positive rate")
    acts.click_card("C1")
    acts.click_card("C2", Qt.KeyboardModifier.ControlModifier)
    acts.tool("connect")
    acts.choose("effect: The outputs trained a rival model")
    acts.button("Why does this follow")
    acts.choose("The suspected model carries a signature")
    acts.tool("add_request")
    acts.choose("A canary that surfaces in the rival model")
    acts.click_card("C1")
    acts.click_card("C2", Qt.KeyboardModifier.ControlModifier)
    acts.click_card("C3", Qt.KeyboardModifier.ControlModifier)
    acts.tool("connect")
    acts.choose("headline: A rival stole the model")
    acts.click_card("C1")
    acts.tool("connect")
    acts.choose("magnitude: 28.8 million is enormous for this service")
    acts.tool("add_request")
    acts.choose("Total traffic over the six weeks")
    acts.click_card("C1")
    acts.tool("add_request")
    acts.choose("Independent access to the logs")
    for at, outlet in enumerate(RELAYS):
        acts.tool("add_source")
        acts.choose(outlet)
        acts.tool("connect")
        acts.choose(f"e: {outlet} on the letter")
        acts.drag_card(f"E{2 + at}", "C1")
    acts.click_card("S1")
    acts.tool("connect")
    acts.choose("e: The February disclosure")
    acts.tool("connect")
    acts.choose("volume: In February three labs ran 16 million exchanges")
    acts.tool("connect")
    acts.choose("superlative: This campaign dwarfs the February one")
    acts.tool("add_evidence")
    acts.choose("A student model inherits its teacher's behaviour")
    acts.tool("connect")
    acts.choose("background: Distillation works as a technique")
    acts.tool("connect")
    acts.choose("mechanism: A model distilled this way loses the safety")
    acts.tool("add_evidence")
    acts.choose("The memo names distillation a concern")
    acts.tool("connect")
    acts.choose("background: Distillation is a recognised concern")
    acts.tool("add_evidence")
    acts.choose("The service fields billions of calls")


def export_by_keyboard(acts: Acts, path: Path) -> None:
    acts.name_file(path)
    acts.key("Ctrl+E")


def export_by_mouse(acts: Acts, path: Path) -> None:
    acts.name_file(path)
    export = acts.window.toolbars.right.findChild(QPushButton, "primary")
    assert isinstance(export, QPushButton)
    acts.click(export)


@pytest.mark.parametrize(
    ("build", "export"),
    [(build_by_keyboard, export_by_keyboard), (build_by_mouse, export_by_mouse)],
    ids=["keyboard", "mouse"],
)
def test_a_letter_arrives_and_there_is_a_memo_within_eighty_acts(
    open_window: OpenWindow,
    qtbot: QtBot,
    tmp_path: Path,
    build: Callable[[Acts], None],
    export: Callable[[Acts, Path], None],
) -> None:
    window = open_window(Session.new("A letter arrived"))
    acts = Acts(window)
    memo = tmp_path / "memo.pdf"

    build(acts)
    export(acts, memo)

    assert wait_for_file(qtbot, memo).startswith(b"%PDF")
    counts = [len(window.editor.case.of(kind)) for kind in (Claim, Evidence, Source, Request)]
    assert counts == [12, 9, 5, 4]
    assert status(window, "C1") == "supported"
    assert status(window, "C2") == status(window, "C3") == "unsupported"
    joint = [step for step in window.editor.case.of(Step).values() if len(step.premises) == 3]
    assert set(joint[0].premises) == {id_of(window, each) for each in ("C1", "C2", "C3")}
    assert acts.count <= 80, f"{acts.count} acts"
    window.editor.session.discard()


def ask_by_keyboard(acts: Acts) -> None:
    acts.find("C2")
    acts.key("Ctrl+L")


def ask_by_mouse(acts: Acts) -> None:
    acts.click_card("C2")
    acts.button("Ladder of grades")


@pytest.mark.parametrize("ask", [ask_by_keyboard, ask_by_mouse], ids=["keyboard", "mouse"])
def test_what_would_settle_it_is_one_page_within_five_acts(
    founding_window: CaseWindow, ask: Callable[[Acts], None]
) -> None:
    window = founding_window
    acts = Acts(window)

    ask(acts)

    page = said_in(window)
    assert "WHAT WOULD SETTLE IT" in page
    assert "R1" in page and "Suppose R1" in page and "Nothing listed would reach it." in page
    assert acts.count <= 5, f"{acts.count} acts"


def settle_by_keyboard(acts: Acts, path: Path) -> None:
    acts.key("Ctrl+Shift+E")
    acts.name_file(path)
    acts.say("settle")


def settle_by_mouse(acts: Acts, path: Path) -> None:
    acts.menu("File", "export_other")
    acts.name_file(path)
    acts.choose("settle")


@pytest.mark.parametrize("tell", [settle_by_keyboard, settle_by_mouse], ids=["keyboard", "mouse"])
def test_what_would_settle_the_case_is_printed_within_five_acts(
    founding_window: CaseWindow, qtbot: QtBot, tmp_path: Path, tell: Callable[[Acts, Path], None]
) -> None:
    acts = Acts(founding_window)
    sheet = tmp_path / "settle.txt"

    tell(acts, sheet)

    assert b"R1" in wait_for_file(qtbot, sheet)
    assert acts.count <= 5, f"{acts.count} acts"


@pytest.fixture
def year_old_file(founding_file: Path) -> Path:
    """Return a file in which something was named, changed, and was to be looked at again long ago."""
    with Session.open(founding_file) as session:
        session.checkpoint("As it went to print")
        claim = session.case.numbered("C5")
        assert claim is not None
        session.apply(verbs.reword(session.case, claim.id, "A model distilled this way keeps the skill"))
        session.apply(verbs.watch(session.case, claim.id, by="2020-01-31", why="a replication was announced"))
    return founding_file


def look_by_keyboard(acts: Acts) -> None:
    acts.key("Ctrl+Shift+H")


def look_by_mouse(acts: Acts) -> None:
    acts.menu("Analyze", "changed_since")


@pytest.mark.parametrize("look", [look_by_keyboard, look_by_mouse], ids=["keyboard", "mouse"])
def test_a_year_later_what_changed_and_what_is_stale_is_seen_within_six_acts(
    open_window: OpenWindow, year_old_file: Path, look: Callable[[Acts], None]
) -> None:
    window = open_window(Session.open(year_old_file))
    acts = Acts(window)

    look(acts)

    page = said_in(window)
    assert "AS IT WENT TO PRINT" in page
    assert "C5" in page and "keeps the skill" in page
    assert "a replication was announced" in page
    assert acts.count <= 6, f"{acts.count} acts"


def test_the_file_dialog_leaves_no_trace_of_the_folders_visited(founding_window: CaseWindow) -> None:
    kept = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())

    assert founding_window.isVisible()
    assert kept.parent.name == "dialogs"
    assert kept.parent.parent.name == "evidencemap"


def said_in(window: CaseWindow) -> str:
    """Return what the answer pane says, line by line."""
    labels = [each.text() for each in window.answer.findChildren(QLabel) if not each.isHidden()]
    links = [each.text for each in window.answer.findChildren(LinkText)]
    boxes = [each.text() for each in window.answer.findChildren(QCheckBox)]
    return "\n".join((*labels, *links, *boxes))
