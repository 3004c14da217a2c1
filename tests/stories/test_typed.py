"""What a field shows as text means the same when it is read back, whatever its entity holds."""

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings

from evidencemap.errors import RuleBroken
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.model.shape import FieldKind, FieldShape, field_of, shape
from evidencemap.resources import resource
from evidencemap.tongue import speaking
from evidencemap.ui.typed import as_text, from_text
from tests.exchange.random_cases import cases

CHOSEN = {FieldKind.FLAG, FieldKind.GRADE, FieldKind.WORDS, FieldKind.REAL}
"""What is chosen and never typed."""


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def field(case: Case, number: str, name: str) -> tuple[object, FieldShape]:
    held = case.numbered(number)
    assert held is not None
    return held, field_of(type(held), name)


def neat(held: object) -> bool:
    """Say whether a value has no blanks at its ends, which a field gives back without, and is not empty."""
    if isinstance(held, str):
        return held == held.strip()
    if isinstance(held, tuple) and held and isinstance(held[0], tuple):
        keys = [key for key, _text in held]
        return all(map(neat, (text for pair in held for text in pair))) and not any(
            not key or ":" in key or "\n" in key for key in keys
        )
    if isinstance(held, tuple):
        return all(map(neat, held))
    if is_dataclass(held) and not isinstance(held, type):
        parts = [getattr(held, each.name) for each in fields(held)]
        return any(each not in (None, "") for each in parts) and all(map(neat, parts))
    return True


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_field_shows_is_read_back_as_what_it_holds(language: str) -> None:
    misread: list[str] = []

    @settings(max_examples=25)
    @given(cases())
    def read_back(case: Case) -> None:
        for entity in case.entities.values():
            for each in shape(type(entity)):
                held = getattr(entity, each.name)
                if each.kind in CHOSEN or held == each.default or not neat(held):
                    continue
                read = from_text(case, each, as_text(case, entity, each))
                if read != held:
                    misread.append(f"{each.name}: {held!r} read as {read!r}"[:300])

    with speaking(language):
        read_back()

    assert misread[:3] == []


@pytest.mark.parametrize(
    ("number", "name", "typed", "means"),
    [
        ("S1", "retracted", "date: 2026-01; why: wrong; and late", "wrong; and late"),
        ("S1", "retracted", "why: so; date: 2026-01;", "so"),
        ("S1", "retracted", r"why: the note says by\; date: 5 May", "the note says by; date: 5 May"),
    ],
)
def test_a_semicolon_within_a_text_ends_nothing(
    letter: Case, number: str, name: str, typed: str, means: str
) -> None:
    _held, at = field(letter, number, name)

    read = from_text(letter, at, typed)

    assert read.why == means


def test_a_page_past_all_counting_a_number_that_nobody_sees_and_an_empty_end_are_refused(
    letter: Case, subtests: pytest.Subtests
) -> None:
    refused = {
        "page: 99999999999999999999": ("E1", "anchor", "Page takes a whole number."),
        "page: -3": ("E1", "anchor", "Page takes a whole number."),
        "sheet: 3": (
            "E1",
            "anchor",
            "Anchor has no part “sheet”: write “exhibit: X1; page: …",
        ),
        "@C1": ("C1", "parts", "There is no “@C1” in this case."),
        "": ("P1", "conclusion", "Conclusion takes a number, such as C1, M1."),
        "to: S1": ("S2", "ties", "A part of Ties is missing: write “is: part of / owned by"),
        "title: a\ntitle: b": ("S2", "cites", "“title” stands twice: write it once."),
    }

    for typed, (number, name, sentence) in refused.items():
        with subtests.test(typed), pytest.raises(RuleBroken) as caught:
            from_text(letter, field(letter, number, name)[1], typed)
        assert str(caught.value).startswith(sentence), typed
