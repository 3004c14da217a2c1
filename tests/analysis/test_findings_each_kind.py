"""Each kind of finding: seen in its smallest case, not in the nearest neighbour, and told in good words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencemap.analysis.findings import (
    KINDS,
    Finding,
    Kind,
    Seen,
    fix_of,
    page_of,
    sentence_of,
    title_of,
    why_of,
)
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.findings.registry import FAMILIES, message_ids
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.case import Case
from evidencemap.model.kinds import number_key
from tests.analysis.finding_cases import TODAY, Pair, found_in, pairs, raised
from tests.analysis.random_maps import random_map
from tests.exchange.random_cases import cases

ABOUT_THE_WORLD = re.compile(
    r"\b(false(?! positives)|lied?|lies|lying|true|truth|prove[sdn]?|proving|proof|guilty|wrong)\b", re.I
)
EMPTY_PLACE = re.compile(r"[:,] ?[.,:;]|  | [.,:;]|“”|\b(and|source|of|to|through) ?[.,:;]")
"""What is left of a sentence where a place in it stayed empty."""
EVERY_NAME = {"one", "two", "three", "rest", "more", "value", "other", "third"}


def faults_of_pair(pair: Pair, kind: Kind) -> list[str]:
    """Name what is wrong with a kind by one pair: not seen where it is, or seen where it is not."""
    faults = []
    if (pair.form, pair.on) not in seen(pair.raising, kind):
        faults.append(f"{pair.name} is not seen")
    if pair.on in {number for _, number in seen(pair.neighbour, kind)}:
        faults.append(f"{pair.name} is seen in its neighbour")
    return faults


def seen(case: Case, kind: Kind) -> list[tuple[int, str]]:
    """Return the forms and numbers that a kind sees in a case."""
    reading = Reading(case, verdicts(case), TODAY)
    return [(each.form, case.number(each.on)) for each in kind.seen(reading)]


def faults_of_words(text: str) -> list[str]:
    """Name what is wrong with a sentence of the program."""
    faults = []
    if "{" in text or "}" in text:
        faults.append("open braces")
    if not text or text[-1] not in ".?" or re.search(r"[.!?] +[A-Z]", text.removesuffix(".")):
        faults.append("not one sentence")
    if not text[:1].isupper() and text[:1] not in "0123456789“":
        faults.append("no capital at the start")
    if "  " in text or " ." in text or ": ." in text or " ," in text or "“”" in text:
        faults.append("a gap in it")
    if len(text) > 220:
        faults.append("too long")
    if ABOUT_THE_WORLD.search(text):
        faults.append("a word about the world")
    return faults


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_a_kind_is_seen_in_its_smallest_case_and_not_in_the_neighbour(pair: Pair) -> None:
    kind = KINDS[pair.code]

    faults = faults_of_pair(pair, kind)

    assert faults == []
    assert (pair.code, pair.form, pair.on) in set(raised(pair.raising, found_in(pair.raising)))


def uncovered(kinds: dict[str, Kind], covered: set[tuple[str, int]]) -> list[str]:
    """Name the kinds and forms without a pair of cases, and the pairs of no kind."""
    wanted = {(code, form) for code, kind in kinds.items() for form in range(len(kind.sentences))}
    return sorted(f"{code} {form}" for code, form in wanted ^ covered)


def test_every_kind_and_every_form_of_its_sentences_has_its_two_cases() -> None:
    covered = {(pair.code, pair.form) for pair in pairs()}

    assert uncovered(KINDS, covered) == []
    assert {family.__name__.rpartition(".")[2] for family in FAMILIES} == {pair.family for pair in pairs()}


def test_a_kind_without_its_cases_is_noticed() -> None:
    covered = {(pair.code, pair.form) for pair in pairs()}
    planted = {**KINDS, "ADDED": replace(KINDS["ORPHAN_CLAIM"], code="ADDED")}

    assert uncovered(planted, covered) == ["ADDED 0", "ADDED 1"]


def blind(reading: Reading) -> Iterator[Seen]:
    """See nothing."""
    yield from ()


def seeing_everything(reading: Reading) -> Iterator[Seen]:
    """See everything, in every form."""
    for entity in reading.case.entities:
        for form in range(8):
            yield Seen(on=entity, form=form)


@pytest.mark.parametrize("family", [family.__name__.rpartition(".")[2] for family in FAMILIES])
def test_a_kind_that_looks_wrongly_is_noticed_in_each_family(family: str) -> None:
    pair = next(each for each in pairs() if each.family == family)
    kind = KINDS[pair.code]

    missing = faults_of_pair(pair, replace(kind, look=blind))
    noisy = faults_of_pair(pair, replace(kind, look=seeing_everything))

    assert missing == [f"{pair.name} is not seen"]
    assert noisy == [f"{pair.name} is seen in its neighbour"]


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_what_a_finding_says_is_one_plain_sentence_that_names_its_entities(pair: Pair) -> None:
    case = pair.raising
    finding = the_finding(pair)

    told = [sentence_of(case, finding), why_of(case, finding), fix_of(case, finding)]

    assert [faults_of_words(each) for each in told] == [[], [], []], told
    assert re.search(rf"\b{pair.on}\b", told[0])


def the_finding(pair: Pair) -> Finding:
    found = found_in(pair.raising)
    return next(
        each
        for each in found
        if (each.code, each.form, pair.raising.number(each.on[0])) == (pair.code, pair.form, pair.on)
    )


@pytest.mark.parametrize(
    "fault",
    ["Nothing for {one}.", "claim C1 stands", "It is said. It is not so.", "This proves it.", "Say “”."],
)
def test_a_badly_told_sentence_is_noticed(fault: str) -> None:
    faults = faults_of_words(fault)

    assert faults != []


def test_every_kind_has_its_words_and_they_name_only_what_they_may() -> None:
    for code, kind in KINDS.items():
        texts = (*kind.sentences, kind.why, kind.fix, *kind.fixes)

        assert kind.code == code
        assert kind.title and kind.authority.endswith(".") and title_of(code) == kind.title
        assert len(kind.fixes) in (0, len(kind.sentences)), code
        assert len(kind.title) <= 40 and len(set(texts)) >= 3
        for text in texts:
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= EVERY_NAME
        assert set(texts) <= set(message_ids())
        assert title_of(code) in page_of(code) and "{" not in page_of(code)


def unnamed(case: Case, finding: Finding) -> str:
    """Say what a sentence leaves unnamed: the entity that it is on, or a place in it that stayed empty."""
    told = sentence_of(case, finding)
    missing = [case.number(each) for each in finding.on if each != case.id and case.number(each) not in told]
    return f"{finding.code}: {told}" if missing or EMPTY_PLACE.search(told) else ""


def without_names(finding: Finding) -> Finding:
    """Return a finding that forgot what else it names."""
    return Finding(finding.code, finding.on, finding.severity, (), finding.values, finding.form)


def test_every_sentence_names_what_it_is_about_and_leaves_no_place_empty() -> None:
    raised = [(pair.raising, each) for pair in pairs() for each in found_in(pair.raising)]

    assert [told for case, each in raised if (told := unnamed(case, each))] == []

    bare = [(case, without_names(each)) for case, each in raised if each.names]
    assert len([told for case, each in bare if (told := unnamed(case, each))]) > len(bare) // 2


def untold(case: Case) -> list[str]:
    """Name the findings of a case that have no words, or words with an open brace of their own."""
    faults = []
    for finding in found_in(case):
        texts = (sentence_of(case, finding), why_of(case, finding), fix_of(case, finding))
        if not all(texts) or any(name in text for text in texts for name in ("{one}", "{rest}", "{value}")):
            faults.append(finding.code)
    return faults


@given(st.integers(min_value=0, max_value=10**6))
def test_no_random_map_is_so_odd_that_its_findings_cannot_be_told(seed: int) -> None:
    case = random_map(seed)

    faults = untold(case)

    assert faults == []


@given(cases())
@settings(max_examples=60)
def test_no_naughty_text_in_a_case_keeps_its_findings_from_being_told(case: Case) -> None:
    faults = untold(case)

    assert faults == []


def out_of_order(case: Case, kinds: Iterable[Kind]) -> list[str]:
    """Return the codes of the kinds that do not see things by number, lowest first."""
    reading = Reading(case, verdicts(case), TODAY)
    faults = []
    for kind in kinds:
        keys = [number_key(case.number(each.on)) for each in kind.seen(reading)]
        if keys != sorted(keys):
            faults.append(kind.code)
    return faults


@given(st.integers(min_value=0, max_value=10**6))
def test_findings_of_a_kind_are_listed_by_number(seed: int) -> None:
    case = random_map(seed)

    faults = out_of_order(case, KINDS.values())

    assert faults == []


def test_a_kind_that_lists_them_otherwise_is_noticed() -> None:
    case = random_map(1)
    kind = KINDS["INCOMPLETE_CITATION"]

    planted = replace(kind, look=lambda reading: reversed(list(kind.look(reading))))

    assert out_of_order(case, [kind]) == []
    assert out_of_order(case, [planted]) == [kind.code]
