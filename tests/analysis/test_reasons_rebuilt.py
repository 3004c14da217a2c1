"""Whoever reads only the sentences of an explanation can follow it: each leans on what was named before."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from evidencemap.analysis.paths import because
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.sentences import explain, sentence
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.resources import resource
from tests.analysis.random_maps import random_map

NUMBER = re.compile(r"\b[SECMHARNP]\d+\b")
RANDOM_MAPS = 150


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def judged(case: Case) -> list[Id]:
    """Return all that has an explanation."""
    return [
        each.id for table in (case.sorted(Claim), case.sorted(Step), case.sorted(Evidence)) for each in table
    ]


def loose(case: Case, found: Verdicts, of: Id, *, alone: bool = False) -> list[str]:
    """Return the sentences that name nothing named before; `alone` leaves out what lies between."""
    reasons, _path = because(found, of)
    said: set[str] = set()
    left = []
    for reason in reasons:
        told = sentence(case, replace(reason, behind=()) if alone else reason)
        named = set(NUMBER.findall(told))
        if said and not named & said:
            left.append(told)
        said |= named
    return left


def all_loose(cases: Iterator[Case], *, alone: bool = False) -> list[str]:
    found = []
    for case in cases:
        held = verdicts(case)
        found += [told for each in judged(case) for told in loose(case, held, each, alone=alone)]
    return found


def test_no_sentence_of_the_founding_case_comes_out_of_nowhere(letter: Case) -> None:
    assert all_loose(iter([letter])) == []

    assert len(all_loose(iter([letter]), alone=True)) >= 3


def test_nor_does_one_on_random_maps_with_circles_and_objections() -> None:
    maps = [random_map(seed) for seed in range(RANDOM_MAPS)]

    assert all_loose(iter(maps)) == []

    assert len(all_loose(iter(maps), alone=True)) > RANDOM_MAPS


def unnamed(case: Case, found: Verdicts, claim: Id, *, shorter: int = 0) -> set[str]:
    """Return what lies on the path of a claim unnamed; `shorter` leaves out the last sentences."""
    told = explain(case, found, claim)
    sentences = told.sentences[: len(told.sentences) - shorter]
    return {case.number(each) for each in told.path} - set(NUMBER.findall(" ".join(sentences)))


def test_the_sentences_of_each_claim_of_the_founding_case_name_its_whole_way(letter: Case) -> None:
    found = verdicts(letter)

    for claim in letter.sorted(Claim):
        steps = {each.number for each in letter.sorted(Step)}
        assert unnamed(letter, found, claim.id) - steps == set(), claim.number

    assert any(unnamed(letter, found, each.id, shorter=1) for each in letter.sorted(Claim))


EXPECTED = {
    "C7": (
        (
            "Claim C7 is unsupported: step P13 from C1 and C8 to C7 compares with one ruler "
            "that is not disclosed."
        ),
        (
            "Step P13 from C1 and C8 to C7 is undercut: all that it compares was measured by method M1, "
            "which is not disclosed."
        ),
    ),
    "C9": (
        "Claim C9 is unsupported: step P14 from C1, C2 and C3 to C9 needs claim C2, which does not stand.",
        "Claim C2 is unsupported: the warrant of step P7 from C1 to C2, method M1, has nothing behind it.",
        "Method M1 is unsupported: nothing is recorded for it, and request R1 is not received.",
    ),
    "C11": (
        "Claim C11 is probable only while assumption H1 is granted.",
        "Step P6 from C1 to C11 carries probable only while its warrant, assumption H1, is granted.",
        "The weakest link is evidence E1 behind claim C1: it is only reported, which holds it at probable.",
    ),
    "A3": (
        "Ask A3 is probable only while assumption H1 is granted.",
        (
            "Step P18 from C10 and C11 to A3 carries probable, and claim C11, which it needs, "
            "stands only while assumption H1 is granted."
        ),
        (
            "The weakest link is evidence E1 behind claims C1 and C11: it is only reported, "
            "which holds it at probable."
        ),
    ),
    "P17": (
        "Step P17 from C2 and C11 to A2 has a premise that fails: claim C2 does not stand.",
        (
            "It borrows from claim C11: ask A2 is stated as strong, claim C11 is probable, "
            "and the step passes nothing."
        ),
        "Claim C2 is unsupported: the warrant of step P7 from C1 to C2, method M1, has nothing behind it.",
    ),
}


@pytest.mark.parametrize("number", EXPECTED)
def test_a_reviewer_rebuilds_the_verdict_from_these_sentences(letter: Case, number: str) -> None:
    entity = letter.numbered(number)
    assert entity is not None

    told = explain(letter, verdicts(letter), entity.id)

    assert told.sentences == EXPECTED[number]


MANY = """
evidencemap: 1
title: Several of a kind
sources:
  S1: {name: Alpha, kind: organisation, reliability: A}
evidence:
  E1: {text: it says so, from: [S1], credibility: 1}
  E2: {text: a weak one, from: [S1], credibility: 4}
claims:
  C1: {text: on two assumptions, kind: existence}
  C2: {text: waits for two, kind: existence}
  C3: {text: lacks a warrant that two would bring, kind: existence}
  C4: {text: backs itself, kind: existence}
  C5: {text: settled by two together, kind: existence}
  C6: {text: held by one sure step and one assumed, kind: existence}
  C7: {text: an objection, kind: existence}
  C8: {text: stands while the objection is held off, kind: existence}
  C9: {text: weak by its warrant, kind: existence, standard: scintilla}
  C10: {text: waits for one, kind: existence}
  H1: {text: first}
  H2: {text: second}
  H3: {text: third}
requests:
  R1: {text: r1, settles: [C2], hope: strong}
  R2: {text: r2, settles: [C2], hope: strong}
  R3: {text: r3, settles: [P2], hope: strong}
  R4: {text: r4, settles: [P2], hope: strong}
  R5: {text: r5, settles: [C5], hope: strong, all_of: x, state: received, answered_by: [E1]}
  R6: {text: r6, settles: [C5], hope: strong, all_of: x, state: received, answered_by: [E1]}
  R7: {text: r7, settles: [C10], hope: strong}
steps:
  P1: {from: [E1, H2], to: C1, scheme: sign, warrant: H1}
  P2: {from: [E1], to: C3, scheme: sign}
  P3: {from: [E1], to: C4, scheme: sign, warrant: C4}
  P4: {from: [E1], to: C6, scheme: record, ceiling: probable}
  P5: {from: [E1], to: C6, scheme: record, undercut_by: [C7]}
  P6: {from: [E1], to: C7, scheme: record, undercut_by: [H3]}
  P7: {from: [E1], to: C8, scheme: record, undercut_by: [C7]}
  P8: {from: [E1], to: C9, scheme: sign, warrant: E2}
"""

AGREE = {
    "C1": ("Claim C1 is probable only while assumptions H1 and H2 are granted.",),
    "C2": ("nothing is recorded for it, and requests R1 and R2 are not received.",),
    "C10": ("nothing is recorded for it, and request R7 is not received.",),
    "C3": ("; requests R3 and R4, which would bring one, are not received.",),
    "C4": ("Claim C4 is circular: it rests on itself and on nothing else.",),
    "C5": ("Claim C5 is supported, established: requests R5 and R6 carry it.",),
    "C6": (
        (
            "Claim C6 is supported: established by step P5 from E1 to C6 while an assumption is granted, "
            "and probable without any."
        ),
    ),
    "C8": (
        (
            "Claim C8 is established only while assumption H3 is granted: without it, "
            "what speaks against claim C8 stops it."
        ),
    ),
    "C9": (
        "Step P8 from E1 to C9 carries suggestive: its weakest part is its warrant, evidence E2.",
        "The weakest link is evidence E2: its credibility holds it at suggestive.",
    ),
}


@pytest.mark.parametrize("number", AGREE)
def test_one_and_several_are_told_as_one_and_several(number: str) -> None:
    case = read_listing(MANY)
    entity = case.numbered(number)
    assert entity is not None

    told = " ".join(explain(case, verdicts(case), entity.id).sentences)

    for part in AGREE[number]:
        assert part in told


def test_a_long_list_is_cut_with_how_many_more_there_are(letter: Case) -> None:
    every = tuple(each.id for each in letter.sorted(Claim))

    told = sentence(letter, Reason(code=Because.CIRCULAR, ids=(every[0], *every)))

    assert told.startswith(
        "Claim C1 is circular: claim C1, claim C2, claim C3, claim C4, claim C5, claim C6 and"
    )
    assert f"and {len(every) - 6} more rest on each other" in told


CIRCLE = """
evidencemap: 1
title: A circle with an anchor
sources:
  S1: {name: Alpha, kind: organisation, reliability: C}
evidence:
  E1: {text: it says so, from: [S1], credibility: 1}
claims:
  C1: {text: first, kind: existence}
  C2: {text: second, kind: existence}
  C3: {text: third, kind: existence}
steps:
  P1: {from: [C1], to: C2, scheme: definition}
  P2: {from: [C2], to: C1, scheme: definition}
  P3: {from: [C2], to: C3, scheme: definition}
  P4: {from: [E1], to: C2, scheme: record}
"""


def test_in_a_circle_the_path_goes_on_to_what_holds_it_from_outside() -> None:
    case = read_listing(CIRCLE)
    found = verdicts(case)

    for number in ("C1", "C2", "C3"):
        entity = case.numbered(number)
        assert entity is not None
        told = explain(case, found, entity.id)
        assert case.number(told.path[-1]) == "E1"
        assert told.sentences[-1].startswith("The weakest link is evidence E1")
