"""What looks like a visible number is said in one place, and fits every number that a case gives."""

import pytest

from evidencemap.model.case import Case
from evidencemap.model.kinds import INSIDE, LETTERS, NUMBER, NUMBER_IN_TEXT
from tests.benchmarks.generate import generate

NO_NUMBERS = ["", "C", "C0", "C01", "c1", "CC1", "1", "C1234567890", "C1a", "C1 ", "C\u0663"]


@pytest.fixture(scope="module")
def case() -> Case:
    return generate(120, 3)


def test_every_number_that_a_case_gives_looks_like_one(case: Case) -> None:
    given = [each for each in case.by_number if each != "case" and not each.startswith("@")]

    odd = [each for each in given if NUMBER.fullmatch(each) is None]

    assert given
    assert odd == []


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_no_case_gives_is_no_number(text: str) -> None:
    found = NUMBER.fullmatch(text)

    assert found is None


def test_numbers_are_found_in_a_text_where_they_are_words_of_their_own() -> None:
    text = "Nothing backs the step from C1 to (C22); XC3, C4x and S5-like, E007, but not A1B: P999999999."

    found = NUMBER_IN_TEXT.findall(text)

    assert found == ["C1", "C22", "S5", "P999999999"]


def test_what_stays_inside_are_letters_of_their_own_and_the_mark_of_a_placement() -> None:
    seen = set(LETTERS) - set(INSIDE)

    hidden = set(INSIDE) - set(LETTERS)

    assert seen == set("SECMHARNPTKWX")
    assert hidden == {"@"}
