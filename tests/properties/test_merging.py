"""Whatever two analysts did to copies of a case, putting them together loses nothing and breaks no rule."""

from random import Random

import pytest

from evidencemap.errors import RuleBroken
from evidencemap.model import rules
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.merging import Merge, Side, merge
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.model.upkeep import Checkpoint, Placement
from tests.benchmarks.generate import generate
from tests.properties.edits import random_edit

SEEDS = 60


def worked_on(case: Case, random: Random, edits: int) -> Case:
    for _ in range(edits):
        case = case.after(random_edit(case, random))
    return case


def content(case: Case) -> dict[str, str]:
    held = [each for each in case.entities.values() if not isinstance(each, Checkpoint | Placement)]
    plain = {each.number: plain_entity(case, each) for each in held}
    plain["case"].pop("aliases", None)
    return {number: canonical(fields) for number, fields in plain.items()}


def put_together(found: Merge, ours: Case) -> Case:
    assert isinstance(found.edit, Edit)
    return ours.after(found.edit)


def decided(base: Case, ours: Case, theirs: Case, random: Random) -> Case | None:
    """Decide every conflict by chance until none is left; None where the two break a rule together."""
    choices: dict[str, Side] = {}
    while True:
        try:
            found = merge(base, ours, theirs, decided=choices, label="Merge")
        except RuleBroken as broken:
            assert "Put together, the two copies break a rule" in str(broken)
            return None
        if not found.conflicts:
            return put_together(found, ours)
        choices.update({each.name: random.choice(list(Side)) for each in found.conflicts})


@pytest.mark.parametrize("seed", range(SEEDS))
def test_two_copies_put_together_keep_the_rules_and_every_free_change(seed: int) -> None:
    random = Random(seed)
    base = generate(40, seed=seed, extras=True)
    ours, theirs = (worked_on(base, random, random.randint(1, 8)) for _ in range(2))

    nothing = merge(base, ours, base, label="Merge")
    all_of_it = merge(base, base, theirs, label="Merge")
    both = decided(base, ours, theirs, random)

    assert content(put_together(nothing, ours)) == content(ours)
    assert content(put_together(all_of_it, base)) == content(theirs)
    if both is not None:
        rules.check(both)
        free = merge(base, ours, theirs)
        added = [each.number for each in (*free.ours, *free.theirs) if not each.field and each.before is None]
        assert free.conflicts or set(added) <= both.by_number.keys()


def test_copies_that_did_not_touch_the_same_are_merged_alike_from_either_side() -> None:
    compared = 0
    for seed in range(SEEDS):
        random = Random(seed)
        base = generate(40, seed=seed)
        ours, theirs = (worked_on(base, random, 2) for _ in range(2))
        one, other = merge(base, ours, theirs), merge(base, theirs, ours)
        if one.conflicts or other.conflicts or one.renumbered or other.renumbered:
            continue
        try:
            forth = put_together(merge(base, ours, theirs, label="Merge"), ours)
            back = put_together(merge(base, theirs, ours, label="Merge"), theirs)
        except RuleBroken:
            continue
        compared += 1

        assert content(forth) == content(back)

    assert compared > SEEDS // 6
