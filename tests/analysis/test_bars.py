"""What a venue and a stake ask for is data: one line for each, and a profile may ask for something else."""

import pytest

from evidencemap.analysis.knowing import bar
from evidencemap.analysis.policy import Policy, policies, policy
from evidencemap.model.scales import Scale, scales
from evidencemap.model.words import Genre, Grade


def missing(scale: Scale, wanted: list[str]) -> list[str]:
    """Name what a scale has no line for, and the lines that are for nothing."""
    return sorted({each.term for each in scale.terms} ^ set(wanted))


def test_every_genre_of_a_source_has_its_bar_and_every_stake_its_grade() -> None:
    venues, stakes = scales()["venues"], scales()["stakes"]

    assert missing(venues, [each.value for each in Genre]) == []
    assert missing(stakes, ["1", "2", "3", "4", "5"]) == []
    assert missing(stakes, ["1", "2", "3", "4"]) == ["5"]


def test_a_paper_is_asked_for_more_than_an_opinion() -> None:
    assert bar(Genre.PAPER) == "a method and data that reviewers have read"
    assert bar(Genre.OPINION) == bar(Genre.SOCIAL_POST) == "nothing has to be shown"


@pytest.mark.parametrize("name", list(policies()))
def test_a_heavier_ask_is_never_asked_for_less(name: str) -> None:
    required = [policy(name).required(stake) for stake in range(1, 6)]

    assert required == sorted(required)


def test_what_the_data_says_holds_where_no_profile_says_otherwise() -> None:
    required = [Policy(name="own").required(stake) for stake in range(1, 6)]

    assert required == [Grade.PROBABLE] * 3 + [Grade.STRONG, Grade.ESTABLISHED]
