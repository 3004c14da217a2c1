"""Whatever is typed into whichever field: it is kept as typed, or one sentence says why not.

`EVIDENCEMAP_FIELDS=seed pytest tests/stories/test_every_field.py` replays what a seed types.
"""

import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencemap.model.case import everything
from evidencemap.model.plain import plain_entity
from evidencemap.model.rules import check
from evidencemap.session import Session, verify
from evidencemap.storage.journal import replay
from evidencemap.tongue import speaking
from evidencemap.ui.window import CaseWindow
from tests.stories.every_field import (
    ODD,
    Place,
    change,
    one_of_each_kind,
    places,
    show,
    shown_by,
    told_plainly,
    type_over,
    value_of,
)

ASKING = (
    "edit_text", "add_claim", "add_evidence", "add_source", "add_number", "add_assumption", "add_request",
    "add_method", "add_ask", "premise", "sibling", "connect", "warrant", "con", "undercut", "split", "remark",
    "add_term", "add_watch", "checkpoint", "accept_finding", "search",
)  # fmt: skip
ABOUT = ("S1", "E1", "C1", "C2", "A1", "M1", "R1", "N1", "P7", "P14", "case")


class Heard:
    """What the window said and what broke in it while somebody typed."""

    def __init__(self, window: CaseWindow) -> None:
        self.refusals: list[str] = []
        self.faults: list[object] = []
        window.editor.refused.connect(self.refusals.append)
        sys.excepthook = lambda kind, error, trace: self.faults.append((kind, error))


def seed_of_the_day() -> int:
    """Return the seed that the environment names, else any."""
    return int(os.environ.get("EVIDENCEMAP_FIELDS", "") or random.SystemRandom().randrange(10**6))


def odd_texts(corpora: Path) -> list[str]:
    """Return all that is odd, the naughty strings with it."""
    naughty = json.loads((corpora / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    return [*ODD, *naughty]


def wrongs(window: CaseWindow, heard: Heard, place: Place, typed: str, at: int) -> list[str]:
    """Change one field, and return what is wrong with what came of it."""
    before = window.editor.case
    held = before.numbered(place.number)
    assert held is not None
    show(window, held.id)
    stood = shown_by(window, place)
    heard.refusals.clear()
    shown = change(window, place, typed, at)
    where = f"{place.number} {place.field} {typed[:60]!r}: "
    found = [f"{where}{fault}" for fault in heard.faults]
    heard.faults.clear()
    if window.editor.case is before:
        found += [f"{where}{each[:300]!r}" for each in heard.refusals if not told_plainly(each)]
        if heard.refusals and shown_by(window, place) != stood:
            found.append(f"{where}refused, and yet shown")
        if len(heard.refusals) > 1:
            found.append(f"{where}told more than once: {heard.refusals}")
    elif heard.refusals:
        found.append(f"{where}kept and refused at once: {heard.refusals}")
    elif shown is not None and isinstance(kept := value_of(window, place), str) and kept != shown.strip():
        found.append(f"{where}shown {shown[:60]!r}, kept {kept[:60]!r}")
    return found


def type_everywhere(
    window: CaseWindow, chance: random.Random, texts: Sequence[str], rounds: int
) -> list[str]:
    """Type something odd into every field, so many times; return what was wrong."""
    heard, found = Heard(window), []
    every = places(window, one_of_each_kind(window))
    for _round in range(rounds):
        chance.shuffle(every)
        for place in every:
            found += wrongs(window, heard, place, chance.choice(texts), chance.randrange(9))
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return found


def lost(window: CaseWindow) -> list[str]:
    """Publish the case; return what its file, opened anew, or its journal holds otherwise than the window."""
    session = window.editor.session
    path = session.save()
    check(session.case)
    held, replayed = session.case, replay(session.case.id, session.history())
    window.editor.close()
    with Session.open(path) as again:
        read = again.case
    plain = [
        {each.number: plain_entity(case, each) for each in everything(case)}
        for case in (held, read, replayed)
    ]
    changed = [number for number in plain[0] if any(each.get(number) != plain[0][number] for each in plain)]
    return [*changed, *([] if (found := verify(path)).ok else found.sentences)]


def test_what_is_typed_into_any_field_is_kept_or_refused_with_one_sentence(
    founding_window: CaseWindow, corpora: Path
) -> None:
    seed = seed_of_the_day()

    with speaking(("en", "de")[seed % 2]):
        found = type_everywhere(founding_window, random.Random(seed), odd_texts(corpora), rounds=1)

    assert found == [], f"EVIDENCEMAP_FIELDS={seed}"
    assert lost(founding_window) == []


def answer_everything(
    window: CaseWindow, chance: random.Random, texts: Sequence[str], times: int
) -> list[str]:
    """Answer every question that a command asks with something odd, so many times; return what was wrong."""
    heard, found = Heard(window), []
    asking = [(name, number) for name in ASKING for number in chance.choices(ABOUT, k=times)]
    for name, number in asking:
        held = window.editor.case.numbered(number)
        window.editor.select([held.id] if held is not None else [])
        heard.refusals.clear()
        window.run(name)
        before, typed = window.editor.case, chance.choice(texts)
        if window.picker.asking:
            type_over(window.picker.field, typed)
        where = f"{name} {number} {typed[:60]!r}: "
        found += [f"{where}{fault}" for fault in heard.faults]
        if window.editor.case is before:
            found += [f"{where}{each[:300]!r}" for each in heard.refusals if not told_plainly(each)]
        heard.faults.clear()
        QTest.keySequence(window.picker.field, "Escape")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return found


def test_what_is_answered_to_any_question_is_kept_or_refused_with_one_sentence(
    founding_window: CaseWindow, corpora: Path
) -> None:
    seed = seed_of_the_day()

    with speaking(("en", "de")[seed % 2]):
        found = answer_everything(founding_window, random.Random(seed), odd_texts(corpora), times=1)

    assert found == [], f"EVIDENCEMAP_FIELDS={seed}"
    assert lost(founding_window) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_what_is_typed_for_hours_is_kept_or_refused_with_one_sentence(
    founding_window: CaseWindow, corpora: Path, seed: int
) -> None:
    with speaking(("en", "de")[seed % 2]):
        found = type_everywhere(founding_window, random.Random(seed), odd_texts(corpora), rounds=6)
        found += answer_everything(founding_window, random.Random(seed), odd_texts(corpora), times=20)

    assert found == []
    assert lost(founding_window) == []
