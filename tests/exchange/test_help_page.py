"""The page on listings in the manual says what the reader does."""

import re

import pytest

from evidencemap.exchange.listing import read_listing
from evidencemap.exchange.sections import HEADER_KEYS, LISTS, ROLES, SECTIONS, TOP_KEYS
from evidencemap.model.shape import shape
from evidencemap.resources import resource

PAGE = resource("help", "listings.md").read_text("utf-8")


@pytest.mark.parametrize("section", [*SECTIONS, *LISTS], ids=lambda section: section.key)
def test_every_key_of_a_section_is_in_its_row_of_the_table(section: object) -> None:
    key = getattr(section, "key", "")
    kind = getattr(section, "kind", object)
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{key}` |"))

    named = set(re.findall(r"`([a-z0-9_]+)`", row))

    wanted = {each.key for each in shape(kind)}
    assert wanted - named == set()


def test_every_key_at_the_top_is_named_and_a_key_that_is_not_would_be_noticed() -> None:
    named = set(re.findall(r"`([a-z_]+)(?:: 1)?`", PAGE))

    assert {*TOP_KEYS, *HEADER_KEYS, ROLES} - named == set()
    assert "colour" not in named


def test_the_example_of_the_page_is_a_listing() -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]

    case = read_listing(example)

    assert sorted(each for each in case.by_number if each.startswith("P")) == ["P1", "P2"]
