"""Listings and JSON give the same case back, whatever stands in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from evidencemap.errors import ListingRefused
from evidencemap.exchange.disassembly import disassemble
from evidencemap.exchange.json_case import read_json, write_json
from evidencemap.exchange.listing import read_listing, write_listing
from evidencemap.exchange.yaml_reading import parse_yaml
from evidencemap.exchange.yaml_writing import write_yaml
from evidencemap.model.case import Case
from evidencemap.resources import resource
from tests.exchange.random_cases import HARD_TEXTS, cases, naughty

LETTER = resource("cases", "letter.yaml")
quiet = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def test_the_founding_case_comes_back_the_same_from_its_own_listing() -> None:
    case = read_listing(LETTER)

    once = write_listing(case)

    assert read_listing(once) == case
    assert write_listing(read_listing(once)) == once


def test_what_a_listing_numbers_has_the_uuid_of_its_number_in_the_case() -> None:
    case = read_listing(LETTER)

    ids = {number: str(each) for number, each in case.by_number.items() if each != case.id}

    assert len(ids) > 50
    assert ids == {number: str(uuid5(UUID(case.id), number)) for number in ids}


@quiet
@given(case=cases())
def test_reading_what_was_written_and_writing_it_again_gives_the_same_listing(case: Case) -> None:
    once = write_listing(case)

    again = read_listing(once)

    assert disassemble(again) == disassemble(case)
    assert write_listing(again) == once


@quiet
@given(case=cases())
def test_reading_the_json_of_a_case_gives_the_same_json(case: Case) -> None:
    once = write_json(case)

    again = read_json(once)

    assert disassemble(again) == disassemble(case)
    assert write_json(again) == once


@pytest.mark.parametrize("text", [*HARD_TEXTS, *naughty()])
def test_any_text_survives_in_any_place_of_a_listing(text: str) -> None:
    data = {"one": text, "many": [text, text], "inner": {"a": {"b": text, "c": [text]}}, text or "k": "v"}

    written = write_yaml(data)

    assert _untyped(parse_yaml(written)) == data


@pytest.mark.parametrize("text", [text for text in HARD_TEXTS if text])
def test_another_yaml_reader_takes_a_text_for_a_text_too(text: str) -> None:
    read = yaml.safe_load(write_yaml({"inner": {"a": text, "b": [text]}}))

    assert read == {"inner": {"a": text, "b": [text]}}


@pytest.mark.parametrize("text", ["no", "12:30", "a: b", "a #b", " a"])
def test_the_check_of_texts_notices_a_writer_that_never_quotes(text: str) -> None:
    def careless(data: dict[str, str]) -> str:
        return "".join(f"{key}: {value}\n" for key, value in data.items())

    assert not _survives(text, careless) or yaml.safe_load(careless({"a": text})) != {"a": text}
    assert _survives(text, write_yaml)


def test_a_listing_is_the_same_whatever_the_order_in_which_a_case_was_built() -> None:
    case = read_listing(LETTER)
    entities = list(case.entities.values())

    turned = type(case)(
        id=case.id,
        tables={kind: dict(reversed(list(held.items()))) for kind, held in case.tables.items()},
        entities={each.id: each for each in reversed(entities)},
        by_number=case.by_number,
        highest=case.highest,
    )

    assert write_listing(turned) == write_listing(case)


def test_numbers_that_were_given_and_are_free_again_travel_along(tmp_path: Path) -> None:
    path = tmp_path / "given.yaml"
    path.write_text("evidencemap: 1\ntitle: t\ngiven: {C: 7}\nclaims: {C2: {text: x}}\n")

    case = read_listing(path)

    assert case.next_number("C") == "C8"
    assert "given:\n  C: 7\n" in write_listing(case)


def _survives(text: str, write: Callable[[dict[str, Any]], str]) -> bool:
    try:
        return bool(_untyped(parse_yaml(write({"a": text}))) == {"a": text})
    except ListingRefused:
        return False


def _untyped(node: Any) -> Any:
    if hasattr(node, "entries"):
        return {key: _untyped(value) for key, _, value in node.items()}
    if hasattr(node, "items"):
        return [_untyped(each) for each in node.items]
    return node.text
