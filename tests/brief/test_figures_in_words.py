"""What a figure shows is told in words: how each claim stands, its items, the steps that do not carry."""

from evidencemap.brief.basis import basis
from evidencemap.brief.outline import Figure, Heading
from evidencemap.brief.templates import TEMPLATES
from evidencemap.model.case import Case
from tests.brief.founding import DAY, letter
from tests.brief.witness import STANDS, WITNESS, claims, listing


def told_headings(case: Case) -> list[str]:
    """Return the headings of the memo on a case."""
    memo = TEMPLATES["memo"](basis(case, DAY))
    return [block.text for block in memo.blocks if isinstance(block, Heading)]


def alternatives(case: Case) -> list[str]:
    """Return the texts that stand for the figures of the report on a case."""
    report = TEMPLATES["report"](basis(case, DAY))
    return [block.alt for block in report.blocks if isinstance(block, Figure)]


def test_a_figure_says_that_a_chain_breaks_only_where_one_does() -> None:
    whole = told_headings(listing(claims("it was so"), STANDS))
    below = told_headings(
        listing(claims("it was so"), STANDS, WITNESS.replace("credibility: 1", "credibility: 4"))
    )

    assert "Figure 1. What it rests on" in whole
    assert "Figure 1. Where the chain breaks" not in whole
    assert "Figure 1. Where the chain breaks" in below


def test_the_words_of_a_figure_name_the_items_and_the_steps_that_do_not_carry_once() -> None:
    texts = alternatives(letter())

    words = texts[0]
    assert "C1 Volume: supported." in words
    assert "For C1: E1, E2, E3, E4 and E5." in words
    assert words.count("P7") == 1
    of_february = next(each for each in texts if each.startswith("C8 Attribution"))
    assert "For C8: E6." in of_february
    assert "Step P12 from E6 to C8 rests on method M1 as its warrant" in of_february


def test_the_sheets_of_a_map_are_told_in_words_once() -> None:
    texts = [each for each in alternatives(letter()) if "of the map" in each or "Map of" in each]

    assert len(texts) > 1
    assert texts[0].startswith("Map of 17 claims and 9 items of evidence: C1 supported,")
    assert "Nothing backs steps P7, P8, P10, P11 and P12." in texts[0]
    assert set(texts[1:]) == {"A further part of the map that sheet 1 tells in words."}
