"""Verdicts kept through thousands of random edits, undone and done again, are those from scratch."""

from dataclasses import replace
from random import Random

import pytest

from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.incremental import Engine, supposing
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit, inverse
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade, Standard
from tests.analysis.maps import draw
from tests.benchmarks.generate import generate
from tests.properties.edits import random_edit

CASES = 50
EDITS = 100


class Forgetful(Engine):
    """An engine that takes no notice of what goes: the fault that has to be seen."""

    def update(self, before: Case, edit: Edit, after: Case) -> frozenset[Id]:
        kept = Edit(label=edit.label, changes=tuple(each for each in edit.changes if each.after is not None))
        return super().update(before, kept, after)


def compared(kept: Verdicts, fresh: Verdicts) -> int:
    """Check that two verdicts say the same of everything, and return of how many things."""
    assert dict(kept.nodes) == dict(fresh.nodes)
    assert dict(kept.claims) == dict(fresh.claims)
    assert dict(kept.steps) == dict(fresh.steps)
    return len(fresh.nodes) + len(fresh.claims) + len(fresh.steps)


def differing(before: Verdicts, after: Verdicts) -> set[Id]:
    """Return the claims, steps, items and requests on which two verdicts differ, those gone among them."""
    found: set[Id] = set()
    for old, new in ((before.claims, after.claims), (before.steps, after.steps)):
        found |= {each for each in {*old, *new} if old.get(each) != new.get(each)}
    for each in {*before.nodes, *after.nodes}:
        if (
            each in after.case
            and each not in after.claims
            and before.nodes.get(each) != after.nodes.get(each)
        ):
            found.add(each)
    return found


def work_through(seed: int, engine_of: type[Engine], edits: int = EDITS) -> tuple[int, int]:
    """Edit a case at random, undo and do again; return how many things were compared and had changed."""
    random = Random(seed)
    case = generate(30, seed, extras=True)
    engine = engine_of(case)
    things, moved = 0, 0
    for turn in range(edits):
        edit = random_edit(case, random)
        after = case.after(edit)
        was = engine.verdicts
        heard = engine.update(case, edit, after)
        things += compared(engine.verdicts, verdicts(after))
        assert differing(was, engine.verdicts) <= heard, (seed, turn, edit.label)
        moved += len(heard)
        if turn % 4 == 0:
            back = inverse(edit)
            before = after.after(back)
            engine.update(after, back, before)
            things += compared(engine.verdicts, was)
            again = before.after(edit)
            engine.update(before, edit, again)
            things += compared(engine.verdicts, verdicts(after))
            after = again
        case = after
    return things, moved


@pytest.mark.parametrize("batch", range(5))
def test_verdicts_through_five_thousand_edits_are_those_from_scratch(batch: int) -> None:
    things, moved = 0, 0
    for seed in range(batch * CASES // 5, (batch + 1) * CASES // 5):
        found = work_through(seed, Engine)
        things, moved = things + found[0], moved + found[1]

    assert things > 100_000
    assert moved > 1_000


def test_an_engine_that_forgets_what_goes_would_be_noticed() -> None:
    noticed = 0
    for seed in range(3):
        try:
            work_through(seed, Forgetful, edits=60)
        except (AssertionError, KeyError, IndexError):
            noticed += 1

    assert noticed == 3


def test_what_another_state_of_the_case_lacks_is_told_as_well() -> None:
    random = Random(5)
    case = generate(60, 5, extras=True)
    engine = Engine(case)
    known = engine.verdicts
    removals = [each for each in case.sorted(Step) if not case.users(each.id)][:3]
    other = case.after(Edit(label="", changes=tuple(Change(before=each) for each in removals)))
    edit = random_edit(other, random)

    heard = engine.update(other, edit, other.after(edit))

    assert {each.id for each in removals} <= heard
    assert differing(known, engine.verdicts) <= heard


def test_what_goes_with_a_change_of_the_standard_is_told_as_well() -> None:
    case = generate(40, 6, extras=True)
    engine = Engine(case)
    step = next(each for each in case.sorted(Step) if not case.users(each.id))
    stricter = replace(case.header, standard=Standard.BEYOND_REASONABLE_DOUBT)
    changes = (Change(before=case.header, after=stricter), Change(before=step))
    edit = Edit(label="", changes=changes)

    heard = engine.update(case, edit, case.after(edit))

    assert step.id in heard
    assert compared(engine.verdicts, verdicts(case.after(edit)))


def test_supposing_and_taking_it_back_is_what_scratch_says() -> None:
    changed = 0
    for seed in range(60):
        random = Random(seed)
        case = generate(24, seed, extras=True)
        held = verdicts(case)
        for _ in range(10):
            ids = [each for kind in (Source, Evidence, Claim) for each in sorted(case.of(kind))]
            withdrawn = frozenset(random.sample(ids, 2))
            granted = frozenset(each.id for each in case.sorted(Request) if random.random() < 0.5)

            supposed, heard = supposing(held, Supposed(granted, withdrawn))

            compared(supposed, verdicts(case, granted=granted, withdrawn=withdrawn))
            assert differing(held, supposed) <= heard
            back, _ = supposing(supposed, Supposed())
            compared(back, held)
            changed += len(heard)
    assert changed > 1_000


def test_an_edit_far_from_everything_looks_at_little() -> None:
    case = generate(1_000, 2)
    engine = Engine(case)
    random = Random(3)
    visited: list[int] = []
    while len(visited) < 60:
        edit = random_edit(case, random)
        if edit.changes[0].id == case.id:
            continue
        after = case.after(edit)
        engine.update(case, edit, after)
        visited.append(engine.verdicts.values.visited)
        case = after

    assert sorted(visited)[len(visited) // 2] < 100


def test_an_edit_that_upsets_a_long_chain_tells_what_it_changed_and_nothing_else() -> None:
    ends = [(f"c{at}", f"c{at + 1}") for at in range(20_100)]
    ends += [("c20100", "c20050"), ("log", "shown"), ("log", "sure anyway"), ("c5", "sure anyway")]
    steps = {f"{one} {two}": {"from": [one], "to": two, "scheme": "definition"} for one, two in ends}
    drawn = draw(leaves={"log": Grade.STRONG}, steps=steps)
    case, engine = drawn.case, Engine(drawn.case)
    was = engine.verdicts
    edit = verbs.connect(case, [drawn["shown"]], drawn["c0"], scheme="definition")

    heard = engine.update(case, edit, case.after(edit))

    assert compared(engine.verdicts, verdicts(case.after(edit)))
    assert heard == differing(was, engine.verdicts)
    assert len(heard) > 40_000
