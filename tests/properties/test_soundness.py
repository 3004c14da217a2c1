"""Reading and looking at all entities of a kind at once says what doing it one by one says."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case, everything
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Claim
from evidencemap.model.kinds import KINDS
from evidencemap.model.records import Id
from evidencemap.model.references import targets
from evidencemap.model.rules import LONGEST_TEXT, check
from evidencemap.model.shape import FieldKind, reference_fields, shape
from evidencemap.model.soundness import is_plainly_sound
from evidencemap.session import read_case
from evidencemap.storage.rows import POINTING, Row, columns, from_row, from_rows, to_row
from tests.benchmarks.generate import generate

FILES = Path(__file__).parent.parent / "files"
WHOLE = generate(40, 7, extras=True)


def refused(case: Case, touched: object = None) -> str:
    try:
        check(case, None if touched is None else list(case.entities))
    except RuleBroken as broken:
        return str(broken)
    return ""


def bent(case: Case, chance: Random) -> Case:
    """Return the case with one field of one entity set to something that it may not hold, mostly."""
    entity: Any = chance.choice(list(everything(case)))
    pointing = [each for each in reference_fields(type(entity)) if each.record is None]
    texts = [each for each in shape(type(entity)) if each.kind is FieldKind.TEXT]
    other = chance.choice([Id("nowhere"), chance.choice(list(everything(case))).id])
    field = chance.choice([*pointing, *texts])
    if field.kind is FieldKind.TEXT:
        value: Any = "x" * chance.choice([LONGEST_TEXT, LONGEST_TEXT + 1])
    else:
        value = other if field.kind is FieldKind.REFERENCE else (other,)
    changed = replace(entity, **{field.name: value})
    return case.after(Edit(label="bend", changes=(Change(before=entity, after=changed),)))


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32 - 1))
def test_a_quick_look_says_what_a_close_one_says(seed: int) -> None:
    case = bent(WHOLE, Random(seed))

    quick, close = refused(case), refused(case, touched="each")

    assert quick == close


def test_a_case_that_holds_passes_the_quick_look_and_a_bent_one_does_not() -> None:
    chance = Random(1)

    broken = [each for each in (bent(WHOLE, chance) for _ in range(200)) if refused(each, touched="each")]

    assert is_plainly_sound(WHOLE, LONGEST_TEXT)
    assert len(broken) > 100
    dangling = [each for each in broken if "points at something" in refused(each)]
    assert dangling and not any(is_plainly_sound(each, LONGEST_TEXT) for each in dangling)


@pytest.mark.parametrize("whole", [True, False], ids=["generated", "with references inside records"])
def test_who_points_at_what_is_gathered_at_once_as_each_says_it(whole: bool) -> None:
    case = WHOLE if whole else read_case(FILES / "shape-3.evmap")[0]
    said: dict[Id, set[Id]] = {}
    for each in everything(case):
        for target in targets(each):
            said.setdefault(target, set()).add(each.id)

    gathered = {each.id: case.users(each.id) for each in everything(case)}

    assert gathered == {each.id: frozenset(said.get(each.id, ())) for each in everything(case)}
    assert len(said) > 20
    assert whole or any(within(to_row(each)) for each in everything(case))


@pytest.mark.parametrize("kind", KINDS)
def test_rows_read_all_at_once_give_what_they_give_one_by_one(kind: type[Any]) -> None:
    held = WHOLE.sorted(kind)
    rows = [to_row(each) for each in held]
    pointed = [pointers_of(each, kind) for each in rows]
    whole = [each for each, row in zip(held, rows, strict=True) if not within(row)]

    singly = [
        from_row(kind, each.id, each.number, row.values, own, within(row))
        for each, row, own in zip(held, rows, pointed, strict=True)
    ]
    together = from_rows(
        kind,
        [each.id for each in whole],
        [each.number for each in whole],
        list(zip(*(to_row(each).values for each in whole), strict=True)) or [()] * len(columns(kind)),
        {
            name: [pointers_of(to_row(each), kind).get(name, ()) for each in whole]
            for name in pointing_names(kind)
        },
    )

    assert singly == held
    assert together == whole
    assert [hash(each) for each in together] == [hash(each) for each in whole]


def test_a_row_that_its_kind_refuses_is_refused_among_many() -> None:
    claims = WHOLE.sorted(Claim)
    values = [list(to_row(each).values) for each in claims]
    values[3][columns(Claim).index("text")] = " "

    with pytest.raises(RuleBroken, match="text"):
        from_rows(
            Claim,
            [each.id for each in claims],
            [each.number for each in claims],
            list(zip(*values, strict=True)),
            {},
        )


def pointing_names(kind: type[Any]) -> list[str]:
    return [each.name for each in shape(kind) if each.kind in POINTING]


def pointers_of(row: Row, kind: type[Any]) -> dict[str, list[Id]]:
    found: dict[str, list[Id]] = {}
    for name, _place, target in row.pointers:
        if name in pointing_names(kind):
            found.setdefault(name, []).append(target)
    return found


def within(row: Row) -> dict[tuple[str, int], Id]:
    return {(name, place): target for name, place, target in row.pointers if "." in name}
