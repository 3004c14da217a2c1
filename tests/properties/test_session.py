"""Whatever a person does, in whatever order: undo, opening again, the verdicts and the journal agree."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from evidencemap.analysis.incremental import Engine
from evidencemap.analysis.verdicts import verdicts
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case, everything
from evidencemap.model.edit import Edit
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.session import Session
from evidencemap.storage import journal
from tests.benchmarks.generate import generate
from tests.properties.edits import random_edit

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
RARELY = st.integers(min_value=0, max_value=15)


class PersonAtWork(RuleBasedStateMachine):
    """A person who edits, undoes, saves, closes, opens, and whose program now and then just stops."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=os.environ["XDG_STATE_HOME"]))
        self.file = self.folder / "case.evmap"

    @initialize(seed=st.integers(min_value=0, max_value=30))
    def start(self, seed: int) -> None:
        self.session = Session.adopt(generate(14, seed, extras=True))
        self.session.save_as(self.file)
        self._watch()

    @rule(seed=SEEDS)
    def edit(self, seed: int) -> None:
        before = self.session.case
        try:
            edit = random_edit(before, Random(seed))
        except EvidenceMapError:
            return
        after = self.session.apply(edit)

        self.session.undo()
        assert said(self.session.case) == said(before)

        self.session.redo()
        assert said(self.session.case) == said(after)

    @rule()
    def undo(self) -> None:
        had = self.session.undo_label
        edit = self.session.undo()
        assert (edit is None) == (had is None)

    @rule()
    def redo(self) -> None:
        self.session.redo()

    @rule(chance=RARELY)
    def pause(self, chance: int) -> None:
        """Now and then: close and open, stop dead and open, or read the whole journal again."""
        before, undo, redo = said(self.session.case), self.session.undo_label, self.session.redo_label
        if chance == 0:
            self.session.close()
            self._open()
        elif chance == 1:
            with pytest.raises(KeyboardInterrupt), self.session:
                raise KeyboardInterrupt
            self._open()
        elif chance == 2:
            assert said(journal.replay(self.session.case.id, self.session.history())) == before

        assert said(self.session.case) == before
        assert (self.session.undo_label, self.session.redo_label) == (undo, redo)

    @invariant()
    def the_verdicts_are_those_from_scratch(self) -> None:
        if hasattr(self, "session"):
            fresh = verdicts(self.session.case)
            kept = self.engine.verdicts
            assert dict(kept.claims) == dict(fresh.claims)
            assert dict(kept.steps) == dict(fresh.steps)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
        shutil.rmtree(self.folder)

    def _open(self) -> None:
        self.session = Session.open(self.file)
        self._watch()

    def _watch(self) -> None:
        self.engine = Engine(self.session.case)
        self.session.watch(self._hear)

    def _hear(self, edit: Edit, before: Case, after: Case) -> None:
        self.engine.update(before, edit, after)


class PersonWhoseEngineSleeps(PersonAtWork):
    """The same with an engine that hears of no edit: the fault that the machine must see."""

    def _hear(self, edit: Edit, before: Case, after: Case) -> None:
        return


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def examples(request: pytest.FixtureRequest) -> int:
    return 200 if request.param == "quick" else 10_000


@pytest.fixture(autouse=True)
def a_quick_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the work in memory where the system can: what is durable is tested elsewhere."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        monkeypatch.setenv("XDG_STATE_HOME", folder)
        yield


def test_whatever_a_person_does_the_case_stays_true_to_itself(examples: int) -> None:
    run_state_machine_as_test(
        PersonAtWork, settings=settings(max_examples=examples, stateful_step_count=50, deadline=None)
    )


def test_an_engine_that_misses_an_edit_is_found_out() -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            PersonWhoseEngineSleeps,
            settings=settings(
                max_examples=5,
                stateful_step_count=20,
                deadline=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
            ),
        )


def said(case: Case) -> list[str]:
    return [f"{each.number} {canonical(plain_entity(case, each))}" for each in everything(case)]
