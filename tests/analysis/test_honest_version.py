"""The honest version of a headline: only what stands, with its hedges, and all that the headline adds."""

import json
import re
from dataclasses import replace

import pytest

from evidencemap.__main__ import main
from evidencemap.analysis.honest import (
    Adds,
    Honest,
    added_text,
    headlines,
    honest,
    message_ids,
    said_text,
)
from evidencemap.analysis.judged import ClaimStatus
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.resources import resource
from tests.analysis.random_maps import random_map
from tests.numbered import id_of

GROUND = """
evidencemap: 1
title: A small map
sources: {S1: {name: a source, reliability: B}}
evidence: {E1: {text: an item, from: [S1], credibility: 2}}
"""


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def told(case: Case) -> tuple[list[str], list[str]]:
    """Return what may be said in place of the headline, and what it adds, in words."""
    found = honest(verdicts(case), headlines(case)[0].id)
    return [said_text(case, each) for each in found.says], [added_text(case, each) for each in found.adds]


def test_the_founding_headline_shrinks_to_the_volume_and_a_scrape_on_an_assumption(letter: Case) -> None:
    says, adds = told(letter)

    assert says == [
        "28.8 million exchanges ran through about 25,000 flagged accounts (C1, probable).",
        "Someone ran a large scrape against the terms of service (C11, probable while H1 is granted).",
    ]
    assert adds == [
        "It asserts claim C2, which is unsupported on this map.",
        "It asserts claim C3, which is unsupported on this map.",
        "It states as established what stands as probable: claim C1.",
        "It says “attacks” and “stole”, and what these words assert is not supported: claims C2 and C3.",
    ]


def test_hedges_are_kept_and_those_that_the_headline_drops_are_told() -> None:
    case = read_listing(
        GROUND
        + "claims:\n"
        + "  C1: {text: ten calls a day, hedges: [roughly]}\n"
        + "  C2: {text: Ten calls a day from Oslo, headline: true, parts: [C1]}\n"
        + "steps: {P1: {from: [E1], to: C1, scheme: record}}\n"
    )

    says, adds = told(case)

    assert says == ["ten calls a day (roughly) (C1, strong)."]
    assert adds == [
        "It leaves out a hedge of claim C1: “roughly”.",
        "It brings in “Oslo”, which nothing that it is made of names.",
    ]


def test_a_conditional_part_is_told_with_what_it_assumes_and_the_headline_without(letter: Case) -> None:
    headline = id_of(letter, "C9")
    case = letter.after(verbs.set_field(letter, headline, "parts", (id_of(letter, "C11"),)))

    _, adds = told(case)

    assert "It leaves out that claim C11 stands only while assumption H1 is granted." in adds


def test_a_headline_that_stands_is_its_own_honest_version() -> None:
    case = read_listing(
        GROUND
        + "claims: {C1: {text: ten calls, headline: true, stated: probable}}\n"
        + "steps: {P1: {from: [E1], to: C1, scheme: record}}\n"
    )

    says, adds = told(case)

    assert (says, adds) == (["ten calls (C1, strong)."], [])


def test_what_is_true_of_several_words_or_claims_is_said_once() -> None:
    case = read_listing(
        GROUND
        + "claims:\n"
        + "  C1: {text: ten calls}\n"
        + "  C2: {text: ten accounts}\n"
        + "  C3: {text: they stole it}\n"
        + "  C4: {text: they meant to}\n"
        + "  C5: {text: a planned theft and attack, headline: true, stated: established, parts: [C1, C2]}\n"
        + "terms:\n"
        + "  T1: {word: [theft], gate: [C3]}\n"
        + "  T2: {word: [planned], gate: [C4]}\n"
        + "  T3: {word: [attack], gate: [C3]}\n"
        + "steps:\n"
        + "  P1: {from: [E1], to: C1, scheme: record}\n"
        + "  P2: {from: [E1], to: C2, scheme: record}\n"
    )

    _, adds = told(case)

    assert adds == [
        "It states as established what stands as strong: claims C1 and C2.",
        "It says “theft” and “attack”, and what these words assert is not supported: claim C3.",
        "It says “planned”, and what the word asserts is not supported: claim C4.",
    ]


def test_nothing_is_said_for_a_headline_behind_which_nothing_stands() -> None:
    case = read_listing(GROUND + "claims: {C1: {text: ten calls, headline: true, stated: probable}}\n")

    assert told(case) == ([], [])


def unfit(case: Case, found: Honest) -> list[str]:
    """Name the claims that an honest version says and that do not stand as it says."""
    judged = verdicts(case)
    faults = []
    for each in found.says:
        number, status = case.number(each.claim), judged.status(each.claim)
        if status not in (ClaimStatus.SUPPORTED, ClaimStatus.CONDITIONAL):
            faults.append(f"{number} is {status.value}")
        elif bool(each.granting) != (status is ClaimStatus.CONDITIONAL):
            faults.append(f"{number} is told without what it assumes")
        elif each.grade != judged.grade(each.claim):
            faults.append(f"{number} is told as {each.grade.word}")
    return faults


@pytest.mark.parametrize("seed", range(60))
def test_only_what_stands_is_ever_said(seed: int) -> None:
    case = random_map(seed)
    judged = verdicts(case)

    faults = [
        fault
        for each in case.entities
        if each in judged.claims
        for fault in unfit(case, honest(judged, each))
    ]

    assert faults == []


def test_a_claim_that_does_not_stand_or_hides_its_assumption_is_noticed(letter: Case) -> None:
    found = honest(verdicts(letter), id_of(letter, "C9"))
    volume, scrape = found.says

    planted = replace(found, says=(replace(volume, claim=id_of(letter, "C2")), replace(scrape, granting=())))

    assert unfit(letter, planted) == ["C2 is unsupported", "C11 is told without what it assumes"]


def test_the_words_of_the_gap_say_nothing_about_the_world() -> None:
    assert len(message_ids()) == len(Adds)
    texts = [each for form in message_ids() for each in ([form] if isinstance(form, str) else form)]
    for text in texts:
        assert text.endswith(".")
        assert not re.search(r"\b(true|false|lie[sd]?|prove\w*|wrong)\b", text)


def test_the_command_line_tells_the_honest_version_of_a_headline(capsys: pytest.CaptureFixture[str]) -> None:
    letter = str(resource("cases", "letter.yaml"))
    assert main(["explain", letter, "C9"]) == 0
    explained = capsys.readouterr().out

    assert main(["check", letter, "--json"]) == 0
    (version,) = json.loads(capsys.readouterr().out)["honest"].values()

    assert "  + 28.8 million exchanges ran through about 25,000 flagged accounts (C1," in explained
    assert "  - It asserts claim C2, which is unsupported on this map." in explained
    assert (len(version["says"]), len(version["adds"])) == (2, 4)
    assert all(" ".join(explained.split()).count(each) == 1 for each in version["adds"])
