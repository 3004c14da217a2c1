"""The journey of forty documents of which one witness recants: four acts each, six for the recantation."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.words import EvidenceState, Reliability
from evidencemap.session import Session
from evidencemap.ui.editor import steps_from
from evidencemap.ui.linktext import LinkText
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.conftest import OpenWindow
from tests.stories.hands import find, id_of, press, say, status, told

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DOCUMENTS = 40
WITNESS = range(1, 13)
"""The documents that the witness is the source of; the archive is the source of the rest."""


def source_of(at: int) -> str:
    return "S1" if at in WITNESS else "S2"


def claim_of(at: int) -> str:
    return "C1" if at in WITNESS else "C2"


def enter_by_keyboard(acts: Acts, count: int) -> None:
    for at in range(1, count + 1):
        acts.key("Tab" if at == 1 else "Return")
        acts.say(f"e: Document {at}")
        acts.key("Tab")
        acts.say(source_of(at))


def enter_by_mouse(acts: Acts, count: int) -> None:
    for at in range(1, count + 1):
        acts.tool("add_evidence")
        acts.choose(f"Document {at}")
        acts.drag_card(f"E{at}", "C1")
        acts.drag_card(source_of(at), f"E{at}")


@pytest.mark.parametrize(
    ("enter", "count"), [(enter_by_keyboard, DOCUMENTS), (enter_by_mouse, 8)], ids=["keyboard", "mouse"]
)
def test_each_document_is_entered_with_its_source_and_its_claim_in_four_acts(
    open_window: OpenWindow, enter: Callable[[Acts, int], None], count: int
) -> None:
    window = open_window(Session.new("Who ordered the shipment"))
    for key, text in (("S", "The witness"), ("S", "The archive"), ("C", "The director ordered it")):
        press(window, key)
        say(window, text)
    acts = Acts(window)

    enter(acts, count)

    case = window.editor.case
    assert len(case.of(Evidence)) == count
    for at in range(1, count + 1):
        item = case[id_of(window, f"E{at}")]
        assert isinstance(item, Evidence)
        assert item.sources == (id_of(window, source_of(at)),)
        assert [step.conclusion for step in steps_from(case, item.id)] == [id_of(window, "C1")]
    assert acts.count <= 4 * count, f"{acts.count} acts"
    window.editor.session.discard()


@pytest.fixture
def recanting(open_window: OpenWindow) -> CaseWindow:
    """Return a window on forty documents, some of one witness alone; a brief on them has gone out."""
    session = Session.new("Who ordered the shipment")
    for kind, text in ((Source, "The witness"), (Source, "The archive")):
        session.apply(verbs.add(session.case, kind, name=text, reliability=Reliability.A))
    for text in ("The director ordered it", "The ship sailed in May"):
        session.apply(verbs.add(session.case, Claim, text=text))
    for at in range(1, DOCUMENTS + 1):
        edit = verbs.add(session.case, Evidence, text=f"Document {at}", credibility=1)
        session.apply(edit)
        item, numbers = edit.changes[0].id, session.case.by_number
        session.apply(verbs.connect(session.case, [numbers[source_of(at)]], item))
        session.apply(verbs.connect(session.case, [item], numbers[claim_of(at)]))
    session.issue("memo", "0" * 64)
    return open_window(session)


def recant_by_keyboard(acts: Acts) -> None:
    acts.find("S1")
    acts.key("Ctrl+K")
    acts.say("withdraw")


def recant_by_mouse(acts: Acts) -> None:
    acts.click_card("S1")
    acts.menu("Edit", "withdraw")


@pytest.mark.parametrize(
    ("recant", "commit"),
    [
        (recant_by_keyboard, lambda acts: acts.key("Space")),
        (recant_by_mouse, lambda acts: acts.button("Withdraw S1")),
    ],
    ids=["keyboard", "mouse"],
)
def test_a_witness_recants_in_six_acts_and_what_falls_is_told_before_it_does(
    recanting: CaseWindow, recant: Callable[[Acts], None], commit: Callable[[Acts], None]
) -> None:
    window = recanting
    acts = Acts(window)
    before = window.editor.case

    recant(acts)
    page = said_in(window)
    assert window.editor.case is before
    falls, briefs = page.partition("STEPS THAT CARRY NO MORE")[::2]
    assert "IF S1 FALLS" in falls and "supported, established → unsupported" in falls
    assert "1 claim changes" in briefs and "memo, 20" in briefs
    commit(acts)

    assert status(window, "C1") == "unsupported"
    assert status(window, "C2") == "supported"
    assert acts.count <= 6, f"{acts.count} acts"
    window.editor.session.discard()


def said_in(window: CaseWindow) -> str:
    """Return what the answer pane says, line by line."""
    labels = [each.text() for each in window.answer.findChildren(QLabel) if not each.isHidden()]
    return "\n".join((*labels, *(each.text for each in window.answer.findChildren(LinkText))))


def test_what_is_reinstated_is_what_it_was_before(founding_window: CaseWindow) -> None:
    window = founding_window
    find(window, "E1")
    window.run("reinstate")
    refused = told(window)

    states = []
    for number in ("E1", "E2"):
        find(window, number)
        window.editor.perform(verbs.withdraw, id_of(window, number))
        window.run("reinstate")
        item = window.editor.case.numbered(number)
        assert isinstance(item, Evidence)
        states.append(item.state)

    assert refused == "E1 was not withdrawn."
    assert states == [EvidenceState.REPORTED, EvidenceState.HELD]
