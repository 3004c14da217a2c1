"""The founding case, as the rules must read it: every line of what is expected, and a twin of it."""

import re
from random import Random
from typing import Any

import pytest
import yaml

from evidencemap.analysis.judged import ClaimStatus
from evidencemap.analysis.sentences import explain
from evidencemap.analysis.settle import settle
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.analysis.whatif import what_if
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.resources import resource
from tests.analysis.maps import read_yaml

EXPECTED = read_yaml("letter-expect.yaml")
EXPECT: dict[str, Any] = EXPECTED.get("expect", EXPECTED)


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def at(case: Case, number: str) -> Entity:
    found = case.numbered(number)
    assert found is not None
    return found


def numbers(case: Case, ids: tuple[Id, ...]) -> list[str]:
    return [case.number(each) for each in ids]


def judged(case: Case) -> list[Claim | Step]:
    return [*case.sorted(Claim), *case.sorted(Step)]


def failures(case: Case) -> list[str]:
    """Return the lines of the expectation on claims and steps that a case does not give."""
    found = verdicts(case)
    wrong = []
    for number, expected in EXPECT["claims"].items():
        claim = found.claims[at(case, number).id]
        given: dict[str, Any] = {
            "status": claim.status.value,
            "grade": claim.grade.word,
            "overstated": claim.overstated,
            "granting": numbers(case, claim.granting),
        }
        wrong += [
            f"{number} {key}" for key, value in expected.items() if key in given and given[key] != value
        ]
    for number, expected in EXPECT["steps"].items():
        step = found.steps[at(case, number).id]
        given = {
            "status": step.status.value,
            "grade": step.grade.word,
            "borrows": step.borrows,
            "lender": case.number(step.lender) if step.lender else None,
            "on_assumption": step.on_assumption,
        }
        wrong += [f"{number} {key}" for key, value in expected.items() if given[key] != value]
    return wrong


def test_every_expected_verdict_on_claims_and_steps_is_given(letter: Case) -> None:
    assert (len(EXPECT["claims"]), len(EXPECT["steps"])) == (15, 10)

    assert failures(letter) == []


def test_a_changed_founding_case_is_noticed(letter: Case) -> None:
    from evidencemap.model import verbs

    edit = verbs.set_field(letter, at(letter, "M1").id, "disclosed", True)

    assert failures(letter.after(edit)) == ["P13 status"]


def test_what_settles_each_claim_is_as_expected(letter: Case) -> None:
    for number, grades in EXPECT["settles"].items():
        answer = settle(letter, at(letter, number).id)

        assert answer.complete
        for word, sets in grades.items():
            found = [list(each) for each in answer.sets[Grade.from_word(word)]]
            assert found == sets, (number, word)


def test_withdrawing_the_provider_takes_the_volume_along_and_an_outlet_nothing(letter: Case) -> None:
    for number, expected in EXPECT["withdraw"].items():
        found = what_if(letter, withdraw=[at(letter, number).id])

        assert numbers(letter, found.falls) == expected["falls"]
        assert found.rises == ()


def test_nothing_is_said_that_must_never_be_said(letter: Case) -> None:
    found = verdicts(letter)

    for never in EXPECT["never"]:
        status, number = never.split("@")
        assert found.claims[at(letter, number).id].status is not ClaimStatus(status)


def unlike_its_twin(letter: Case, **spoilt: Any) -> list[str]:
    """Return what a twin with other numbers and texts says otherwise; `spoilt` sets fields of its step P7."""
    listing = yaml.safe_load(resource("cases", "letter.yaml").read_text(encoding="utf-8"))
    given = [number for section in listing.values() if isinstance(section, dict) for number in section]
    renamed = _renamed([each for each in given if re.fullmatch(r"[SECMHARNPTKWX]\d+", each)], Random(5))
    listing["steps"]["P7"].update(spoilt)
    twin_listing = _twin(listing, renamed)
    twin_listing.pop("expect", None)
    twin = read_listing(yaml.safe_dump(twin_listing, allow_unicode=True, sort_keys=False))
    one, other = verdicts(letter), verdicts(twin)
    unlike = []
    for entity in judged(letter):
        pair = at(twin, renamed[entity.number])
        said = tuple(_names(each, renamed) for each in explain(letter, one, entity.id).sentences)
        if (_shown(one, entity.id), said) != (
            _shown(other, pair.id),
            explain(twin, other, pair.id).sentences,
        ):
            unlike.append(entity.number)
    return unlike


def test_a_twin_with_other_numbers_and_texts_gets_the_same_verdicts_and_sentences(letter: Case) -> None:
    assert len(judged(letter)) == 35

    assert unlike_its_twin(letter) == []


def test_a_twin_with_one_other_step_would_be_noticed(letter: Case) -> None:
    assert "C2" in unlike_its_twin(letter, scheme="definition")


def _shown(found: Verdicts, entity: Id) -> tuple[str, int, int]:
    verdict = found.claims[entity] if entity in found.claims else found.steps[entity]
    return verdict.status.value, verdict.grade, verdict.upto


def _renamed(given: list[str], random: Random) -> dict[str, str]:
    """Return other numbers of the same letters, in another order."""
    found: dict[str, str] = {}
    for letter in dict.fromkeys(each[0] for each in given):
        own = [each for each in given if each[0] == letter]
        digits = random.sample(range(20, 90), len(own))
        found.update({number: f"{letter}{digit}" for number, digit in zip(own, digits, strict=True)})
    return found


def _twin(held: Any, renamed: dict[str, str]) -> Any:
    if isinstance(held, dict):
        texts = ("text", "name", "title", "question")
        return {
            renamed.get(key, key): f"other words {len(str(value))}" if key in texts else _twin(value, renamed)
            for key, value in held.items()
        }
    if isinstance(held, list):
        return [_twin(each, renamed) for each in held]
    return renamed.get(held, held) if isinstance(held, str) else held


def _names(sentence: str, renamed: dict[str, str]) -> str:
    return re.sub(r"\b[SECMHARNPTKWX]\d+\b", lambda found: renamed[found.group()], sentence)


def test_every_verdict_is_explained_in_at_most_three_sentences_and_a_path(letter: Case) -> None:
    found = verdicts(letter)

    for entity in judged(letter):
        explanation = explain(letter, found, entity.id)
        assert 1 <= len(explanation.sentences) <= 3
        assert explanation.path[0] == entity.id
        for sentence in explanation.sentences:
            assert sentence.endswith(".")
            assert "{" not in sentence
            assert not re.search(r"\b(true|false|proves?|proven)\b", sentence)
