"""What the founding case shows: every finding that is expected, none that may not be, the same each time."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidencemap.__main__ import main
from evidencemap.analysis.findings import Finding, findings, fix_of, sentence_of
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case, case_of
from evidencemap.resources import resource
from tests.analysis.finding_cases import found_in, pairs
from tests.analysis.maps import read_yaml

EXPECT: dict[str, Any] = read_yaml("letter-expect.yaml")["expect"]
LETTER = resource("cases", "letter.yaml")

PRINTED = """
import sys
from evidencemap.analysis.findings import findings, fix_of, sentence_of, digest_of
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.resources import resource
case = read_listing(resource("cases", "letter.yaml"))
for each in findings(case, verdicts(case), today="2026-11-25"):
    print(each.code, sentence_of(case, each), fix_of(case, each), digest_of(case, each), sep="|")
"""


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(LETTER)


def named(case: Case, found: list[Finding]) -> set[str]:
    return {f"{each.code}@{case.number(each.on[0])}" for each in found}


def faults(given: set[str]) -> list[str]:
    """Name the findings that are expected and absent, and those that are there and may never be."""
    missing = [f"no {each}" for each in EXPECT["findings"] if each not in given]
    return missing + [f"never {each}" for each in EXPECT["findings_never"] if each in given]


def test_the_founding_case_shows_every_expected_finding_and_none_that_may_not_be(letter: Case) -> None:
    given = named(letter, found_in(letter))

    assert (len(EXPECT["findings"]), len(EXPECT["findings_never"])) == (26, 6)
    assert faults(given) == []


def test_what_lends_and_what_is_missing_are_mended_by_one_request(letter: Case) -> None:
    fixes = {
        each.code: fix_of(letter, each)
        for each in found_in(letter)
        if letter.number(each.on[0]) == "P11" and each.code in ("UNSUPPORTED_STEP", "BORROWED_CERTAINTY")
    }

    assert fixes == dict.fromkeys(("UNSUPPORTED_STEP", "BORROWED_CERTAINTY"), "Get what request R3 asks for.")


def test_the_command_line_prints_the_same_findings(letter: Case, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(LETTER), "--json"])

    printed = json.loads(capsys.readouterr().out)["findings"]
    given = {f"{each['code']}@{number}" for each in printed for number in each["on"]}
    assert (code, faults(given)) == (0, [])
    assert [each["sentence"] for each in printed] == [
        sentence_of(letter, each) for each in findings(letter, verdicts(letter))
    ]


def test_a_finding_that_is_lost_or_may_not_be_is_noticed(letter: Case) -> None:
    given = named(letter, found_in(letter))

    assert faults(given - {"UNIT_MISMATCH@N1"}) == ["no UNIT_MISMATCH@N1"]
    assert faults(given | {"ORPHAN_CLAIM@C1"}) == ["never ORPHAN_CLAIM@C1"]


def test_disclosing_the_method_takes_away_what_hung_on_it(letter: Case) -> None:
    method = letter.numbered("M1")
    assert method is not None

    after = letter.after(verbs.set_field(letter, method.id, "disclosed", True))
    gone = named(letter, found_in(letter)) - named(after, found_in(after))

    assert gone == {
        "UNDISCLOSED_METHOD@M1",
        "RULER_NOT_SHOWN@P13",
        "UNASKED@C7",
        *(f"SELECTION_DEPENDENT_COUNT@N{at}" for at in (1, 2, 3, 4)),
    }


def test_copies_that_tell_the_figures_in_fewer_words_bring_in_no_new_number(letter: Case) -> None:
    new = [each for each in found_in(letter) if each.code == "NEW_NAME_OR_NUMBER"]

    assert [letter.number(each.on[0]) for each in new] == ["P7"]
    assert new[0].values == ("Alibaba, Qwen",)


def test_the_critic_is_held_to_what_it_asks_of_others(letter: Case) -> None:
    given = named(letter, found_in(letter))

    assert {"NO_PRIMARY_SOURCE@E9", "NUMBER_INCOMPLETE@N5"} <= given


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_a_case_was_put_together_changes_no_finding(letter: Case, seed: int) -> None:
    for case in (letter, *(pair.raising for pair in pairs()[::5])):
        entities = list(case.entities.values())
        random.Random(seed).shuffle(entities)
        shuffled = case_of(entities)

        assert found_in(shuffled) == found_in(case)


def test_every_hash_seed_gives_the_same_bytes() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }

    assert len(printed) == 1
    assert printed.pop().count(b"\n") == len(found_in(read_listing(LETTER)))
