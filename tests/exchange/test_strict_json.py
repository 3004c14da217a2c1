"""The JSON reader against the conformance suite: what must be read is, what must not be is refused."""

import os
from pathlib import Path

import pytest

from evidencemap.errors import ListingRefused
from evidencemap.exchange.files import decoded
from evidencemap.exchange.json_reading import parse_json

CORPUS = Path(os.environ.get("EVIDENCEMAP_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
SUITE = CORPUS / "json-parsing" / "test_parsing"

TWICE = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
"""RFC 8259 lets a key stand twice; a case must not leave open which of them counts."""


def _suite(prefix: str) -> list[Path]:
    found = sorted(SUITE.glob(f"{prefix}_*.json"))
    if not found:
        assert os.environ.get("REQUIRE_ORACLES") != "1", f"the JSON conformance suite is not at {SUITE}"
        pytest.skip(f"the JSON conformance suite is not at {SUITE}")
    return found


def _is_read(path: Path) -> bool:
    try:
        parse_json(decoded(path.read_bytes()))
    except ListingRefused as refusal:
        assert str(refusal).startswith("Line ")
        return False
    return True


def test_every_json_text_that_must_be_read_is_read_but_for_keys_that_stand_twice() -> None:
    suite = _suite("y")

    refused = {path.name for path in suite if not _is_read(path)}

    assert refused == TWICE
    assert len(suite) > 90


def test_every_json_text_that_must_be_refused_is_refused_with_a_sentence() -> None:
    suite = _suite("n")

    read = [path.name for path in suite if _is_read(path)]

    assert read == []
    assert len(suite) > 180


def test_json_texts_that_readers_may_treat_either_way_never_crash() -> None:
    suite = _suite("i")

    for path in suite:
        _is_read(path)

    assert len(suite) > 30


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '{"a": NaN}', '{"a":1,"a":2}', '"\\ud800"'])
def test_not_a_number_second_keys_and_half_characters_are_refused(text: str) -> None:
    with pytest.raises(ListingRefused):
        parse_json(text)


def test_brackets_without_end_are_refused_at_once() -> None:
    with pytest.raises(ListingRefused, match="deep in each other"):
        parse_json("[" * 1_000_000)
