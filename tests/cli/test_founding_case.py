"""The founding case, asked by the real commands, gives every line that it must give."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Ask

FILES = Path(__file__).parents[1] / "files"
EXPECTED: dict[str, Any] = yaml.safe_load((FILES / "letter-expect.yaml").read_text("utf-8"))["expect"]
GRADES = ("nothing", "suggestive", "probable", "strong", "established")


@pytest.fixture(scope="module")
def checked() -> dict[str, Any]:
    """Return what `check --json` says of the founding case, asked in a process of its own."""
    words = [sys.executable, "-m", "evidencemap", "check", "resources/cases/letter.yaml", "--json"]
    run = subprocess.run(words, cwd=FILES.parents[1], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def differences(expected: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """Return each expected line that an answer does not give."""
    return [
        f"{number} {key}: {given[number].get(key)!r}, not {wanted!r}"
        for number, lines in expected.items()
        for key, wanted in lines.items()
        if given[number].get(key) != wanted
    ]


def test_every_claim_of_the_founding_case_has_the_verdict_it_must_have(checked: dict[str, Any]) -> None:
    assert differences(EXPECTED["claims"], checked["claims"]) == []


def test_every_step_of_the_founding_case_has_the_verdict_it_must_have(checked: dict[str, Any]) -> None:
    assert differences(EXPECTED["steps"], checked["steps"]) == []


def test_one_other_verdict_would_be_noticed(checked: dict[str, Any]) -> None:
    claims = {**checked["claims"], "C2": {**checked["claims"]["C2"], "status": "supported"}}

    assert differences(EXPECTED["claims"], claims) == ["C2 status: 'supported', not 'unsupported'"]


def test_the_answer_has_every_claim_every_step_and_every_key(checked: dict[str, Any]) -> None:
    claim = {
        "status", "grade", "upto", "for", "against", "stated", "overstated", "granting", "origins",
        "bottlenecks", "independence", "reason",
    }  # fmt: skip
    step = {"status", "grade", "upto", "borrows", "lender", "on_assumption", "reason"}

    assert set(checked) == {"format", "claims", "steps", "findings", "honest"}
    assert (len(checked["claims"]), len(checked["steps"])) == (17, 18)
    assert all(set(each) == claim for each in checked["claims"].values())
    assert all(set(each) == step for each in checked["steps"].values())
    assert all(each["grade"] in GRADES for each in checked["claims"].values())


def test_nothing_that_must_never_be_said_is_said(checked: dict[str, Any]) -> None:
    said = {f"{each['status']}@{number}" for number, each in checked["claims"].items()}

    assert said & set(EXPECTED["never"]) == set()


@pytest.mark.parametrize("claim", EXPECTED["settles"])
def test_what_would_settle_a_claim_is_what_it_must_be(claim: str, ask: Ask, letter: Path) -> None:
    answer = ask("settle", letter, claim, "--json")

    sets = json.loads(answer.out)[claim]

    assert answer.code == 0
    assert {grade: sets[grade] for grade in EXPECTED["settles"][claim]} == EXPECTED["settles"][claim]


@pytest.mark.parametrize("source", EXPECTED["withdraw"])
def test_what_falls_without_a_source_is_what_must_fall(source: str, ask: Ask, letter: Path) -> None:
    answer = ask("whatif", letter, "--withdraw", source, "--json")

    assert answer.code == 0
    assert json.loads(answer.out)["falls"] == EXPECTED["withdraw"][source]["falls"]


def test_the_answer_for_people_names_what_the_json_names(
    checked: dict[str, Any], ask: Ask, letter: Path
) -> None:
    answer = ask("check", letter)

    told = " ".join(answer.out.split())
    assert answer.code == 0
    assert max(len(line) for line in answer.out.splitlines()) <= 80
    for each in (*checked["claims"].values(), *checked["steps"].values(), *checked["findings"]):
        assert " ".join((each.get("reason") or each["sentence"]).split()) in told


@pytest.mark.parametrize(
    "words",
    [("settle", "C3"), ("whatif", "--withdraw", "S1"), ("explain", "C9"), ("explain", "P7"), ("origins",),
     ("origins", "C1"), ("cuts", "C1"), ("cuts", "A3", "--of", "evidence"), ("profiles",),
     ("profiles", "--compare", "cautious"), ("profiles", "--compare", "cautious", "exploratory"), ("load",),
     ("load", "S1"), ("load", "P7"), ("load", "C9")],
)  # fmt: skip
def test_every_answer_for_people_fits_80_columns(words: tuple[str, ...], ask: Ask, letter: Path) -> None:
    answer = ask(words[0], letter, *words[1:])

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.strip()
    assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_an_explanation_ends_at_what_is_missing(ask: Ask, letter: Path) -> None:
    told = json.loads(ask("explain", letter, "C2", "--json").out)

    assert told["path"] == ["C2", "P7", "M1"]
    assert 1 <= len(told["sentences"]) <= 3


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("explain", "C2"),
        ("settle", "C2"),
        ("whatif", "--withdraw", "S1"),
        ("origins",),
        ("origins", "C1"),
        ("load",),
        ("load", "S1"),
        ("cuts", "A3"),
        ("profiles",),
        ("brief", "--preflight"),
    ],
)
def test_every_answer_to_a_program_says_its_format(words: tuple[str, ...], ask: Ask, letter: Path) -> None:
    command, *more = words

    told = json.loads(ask(command, letter, *more, "--json").out)

    assert told["format"] == 1


def test_cuts_origins_and_profiles_answer_programs_too(ask: Ask, letter: Path) -> None:
    cuts = json.loads(ask("cuts", letter, "A3", "--json").out)
    origins = json.loads(ask("origins", letter, "C1", "--json").out)["claims"]["C1"]
    profiles = json.loads(ask("profiles", letter, "--compare", "cautious", "--json").out)

    assert (cuts["sets"], cuts["complete"]) == ([["S1"], ["S7"]], True)
    assert (origins["origins"], origins["bottlenecks"], origins["independence"]) == (["S1"], ["S1"], 1)
    assert sorted(profiles["changed"]) == ["A3", "C11", "H1"]


def test_what_rests_on_a_thing_and_which_gaps_carry_the_most_is_told_to_programs(
    ask: Ask, letter: Path
) -> None:
    everything = json.loads(ask("load", letter, "--json").out)
    provider = json.loads(ask("load", letter, "S1", "--json").out)

    assert [each["id"] for each in everything["gaps"]] == [
        "P7",
        "P8",
        "P10.warrant",
        "P12",
        "P11.denominator",
    ]
    assert everything["load"]["C1"] == {"claims": 9, "asks": 3, "stake": 5}
    assert "C9" not in everything["load"]
    assert (provider["claims"], provider["falls"]) == (11, ["C1", "C11", "A3"])


def test_a_thing_on_which_nothing_can_rest_is_told_so(ask: Ask, letter: Path) -> None:
    answer = ask("load", letter, "N1")

    assert answer.code == 2
    assert "Nothing rests on N1" in answer.err


def test_two_profiles_are_compared_with_each_other(ask: Ask, letter: Path) -> None:
    words = ("cautious", "exploratory")

    pair = json.loads(ask("profiles", letter, "--compare", *words, "--json").out)
    turned = json.loads(ask("profiles", letter, "--compare", *reversed(words), "--json").out)

    assert (pair["own"], pair["other"]) == words
    assert pair["changed"]
    assert {number: each["own"] for number, each in pair["changed"].items()} == {
        number: each["other"] for number, each in turned["changed"].items()
    }
    assert ask("profiles", letter, "cautious").code == 2


@pytest.mark.parametrize(
    "words",
    [("check",), ("explain", "A3"), ("settle", "A3"), ("whatif", "--withdraw", "S7"), ("origins", "A3"),
     ("load",), ("cuts", "A3")],
)  # fmt: skip
def test_a_case_reads_by_another_profile_as_if_that_were_its_own(
    words: tuple[str, ...], ask: Ask, letter: Path, tmp_path: Path
) -> None:
    other = tmp_path / "letter.yaml"
    other.write_text(f"{letter.read_text(encoding='utf-8')}\nprofile: cautious\n", encoding="utf-8")

    asked = ask(words[0], letter, *words[1:], "--profile", "cautious", "--json")
    held = ask(words[0], other, *words[1:], "--json")
    own = ask(words[0], letter, *words[1:], "--json")

    assert (asked.code, asked.out) == (0, held.out)
    assert asked.out != own.out
    assert "no profile named 'wishful'" in ask(words[0], letter, *words[1:], "--profile", "wishful").err


def test_a_number_in_small_letters_and_a_gap_are_understood(ask: Ask, letter: Path) -> None:
    answer = ask("whatif", letter, "--grant", "p10.warrant", "--json")

    assert json.loads(answer.out)["changed"]["P10"]["after"]["status"] == "carries"
