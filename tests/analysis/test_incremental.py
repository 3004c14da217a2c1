"""Verdicts kept through thousands of random edits, undone and done again, are those from scratch."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from evidencemap.analysis.compiling import Supposed
from evidencemap.analysis.incremental import Engine, apart, supposing
from evidencemap.analysis.touching import touched, touches_all
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit, inverse
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade, Standard
from evidencemap.resources import resource
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


def overlooked(case: Case, edit: Edit) -> set[Id]:
    """Return what has another verdict after an edit, and is not looked at where all is made from nothing."""
    after = case.after(edit)
    held, made = verdicts(case), verdicts(after)
    owners = touched(case, edit, after)
    replaced = {
        named.of(Step)[each].conclusion if each in named.of(Step) else each
        for named in (case, after)
        for each in owners
        if each in named
    }
    seen = {made.graph.ids[each] for each in apart(held, made, replaced)}.union(edit.ids)
    differ = {each for each in differing(held, made) if each in after and each not in edit.ids}
    return {each for each in differ if getattr(after[each], "conclusion", each) not in seen}


def test_all_that_differs_is_looked_at_where_an_order_is_made_anew() -> None:
    for seed in range(40):
        random = Random(seed)
        case = generate(30, seed, extras=True)
        for turn in range(40):
            edit = random_edit(case, random)
            assert touches_all(edit) or overlooked(case, edit) == set(), (seed, turn, edit.label)
            case = case.after(edit)


CIRCLE: dict[str, dict[str, Any]] = {
    "a b": {"from": ["a"], "to": "b", "scheme": "definition"},
    "b a": {"from": ["b"], "to": "a", "scheme": "definition"},
}


def test_a_circle_that_comes_is_looked_at_where_what_undercut_it_falls() -> None:
    leads: dict[str, dict[str, Any]] = {"log d": {"from": ["log"], "to": "d", "scheme": "definition"}}
    steps: dict[str, dict[str, Any]] = {**CIRCLE, **leads, "a b": {**CIRCLE["a b"], "undercut_by": ["d"]}}
    drawn = draw(leaves={"log": Grade.STRONG}, steps=steps)

    edit = verbs.remove(drawn.case, [drawn["log d"]])

    after = verdicts(drawn.case.after(edit))
    assert verdicts(drawn.case).status(drawn["a"]) is not after.status(drawn["a"])
    assert overlooked(drawn.case, edit) == set()


def test_what_comes_onto_a_circle_is_looked_at_where_it_fell_with_it_before() -> None:
    beside: dict[str, dict[str, Any]] = {"a c": {"from": ["a"], "to": "c", "scheme": "definition"}}
    steps: dict[str, dict[str, Any]] = {**CIRCLE, **beside, "b a": {**CIRCLE["b a"], "undercut_by": ["c"]}}
    drawn = draw(steps=steps)

    edit = verbs.connect(drawn.case, [drawn["c"]], drawn["a"], scheme="definition")

    after = verdicts(drawn.case.after(edit))
    assert verdicts(drawn.case).status(drawn["c"]) is not after.status(drawn["c"])
    assert overlooked(drawn.case, edit) == set()


def test_a_step_that_loses_its_ruler_is_looked_at() -> None:
    case = read_listing(resource("cases", "letter.yaml"))
    numbers = case.by_number
    case = case.after(verbs.set_field(case, numbers["N1"], "method", None))

    edit = verbs.set_field(case, numbers["N2"], "method", None)

    assert numbers["P13"] in differing(verdicts(case), verdicts(case.after(edit)))
    assert overlooked(case, edit) == set()
