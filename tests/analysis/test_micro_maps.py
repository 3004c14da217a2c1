"""One small map for each verdict, as the definition must read it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from evidencemap.analysis.reasons import Because
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.words import Grade, Standard
from tests.analysis.maps import Drawn, draw, read_yaml

MICRO = read_yaml("micro.yaml")
MAPS = {each["name"]: each for each in MICRO["cases"]}
LISTINGS = {each["name"]: each for each in MICRO["listings"]}


def drawn(given: dict[str, Any]) -> Drawn:
    claims = {}
    for name, fields in given.get("claims", {}).items():
        claims[name] = dict(fields)
        if "stated" in fields:
            claims[name]["stated"] = Grade.from_word(fields["stated"])
        if "standard" in fields:
            claims[name]["standard"] = Standard(fields["standard"])
    return draw(
        leaves={name: Grade.from_word(word) for name, word in given.get("leaves", {}).items()},
        claims=claims,
        assumptions=given.get("assumptions", ()),
        steps=given.get("steps", {}),
    )


def said_of(found: Verdicts, entity: Any) -> set[str]:
    """Return every way in which an expectation may put the verdict on a claim or a step."""
    if entity in found.claims:
        claim = found.claims[entity]
        said = {claim.status.value, f"{claim.status.value} {claim.grade.word}"}
        if claim.reason.code is Because.ORPHAN:
            said.add(f"{claim.status.value} (orphan)")
        return said
    step = found.steps[entity]
    plain = {step.status.value, f"{step.status.value} {step.grade.word}"}
    if step.on_assumption:
        return {f"{each} on assumption" for each in plain}
    return {f"{each} borrows" for each in plain} if step.borrows else plain


@pytest.mark.parametrize("name", MAPS)
def test_each_small_map_gets_the_verdict_that_it_was_drawn_for(name: str) -> None:
    given = drawn(MAPS[name])

    found = verdicts(given.case)

    for entity, expected in MAPS[name]["expect"].items():
        if "borrows" in expected or entity not in found.case:
            assert expected in said_of(found, given[entity]), entity
        said = said_of(found, given[entity])
        assert expected in said | {each.removesuffix(" borrows") for each in said}, entity


@pytest.mark.parametrize("name", LISTINGS)
def test_what_needs_sources_gets_the_verdict_that_it_was_listed_for(name: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    listing = {"evidencemap": 1, "title": name, **LISTINGS[name]["case"]}
    path.write_text(yaml.safe_dump(listing), encoding="utf-8")
    case = read_listing(path)

    found = verdicts(case)

    for number, expected in LISTINGS[name]["expect"].items():
        entity = case.numbered(number)
        assert entity is not None
        assert expected in said_of(found, entity.id), number


def test_the_small_maps_are_all_there() -> None:
    assert (len(MAPS), len(LISTINGS)) == (20, 4)
