"""History and verification of a case file on the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def test_history_lists_what_the_journal_holds(ask: Ask, letter_file: Path) -> None:
    answer = ask("history", letter_file)
    rows = json.loads(ask("history", letter_file, "--json").out)["history"]

    assert answer.code == 0
    assert [row["kind"] for row in rows] == ["import", "publish"]
    assert rows[0]["label"] == "Import letter.yaml"
    assert all(row["at"] in answer.out and row["label"] in answer.out for row in rows)


def test_a_listing_has_no_history(ask: Ask, letter: Path) -> None:
    answer = ask("history", letter)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "letter.yaml is no case file (.evmap): it has no history.\n"


def test_a_case_file_that_nobody_touched_verifies(ask: Ask, letter_file: Path) -> None:
    answer = ask("verify", letter_file)
    found = json.loads(ask("verify", letter_file, "--json").out)

    assert answer.code == 0
    assert found["ok"] is True and found["entries"] == 2
    assert found["head"] in answer.out and found["root"] in answer.out


def test_a_changed_letter_in_a_case_file_is_noticed_and_the_answer_is_no(ask: Ask, letter_file: Path) -> None:
    data = letter_file.read_bytes()
    at = data.index(b"enormous for this service")
    letter_file.write_bytes(data[:at] + b"E" + data[at + 1 :])

    answer = ask("verify", letter_file)

    assert answer.code == 1
    assert "C6" in answer.out
    assert json.loads(ask("verify", letter_file, "--json").out)["ok"] is False


def test_a_sealed_case_verifies_with_the_fingerprint_and_with_no_other(ask: Ask, letter_file: Path) -> None:
    sealed = ask("seal", letter_file)
    fingerprint = sealed.out.split()[-1]

    named = ask("verify", letter_file, "--fingerprint", fingerprint.upper())
    other = ask("verify", letter_file, "--fingerprint", "ab" * 32)

    assert sealed.code == 0 and len(fingerprint) == 64
    assert named.code == 0 and "sealed with the key that you named" in named.out.replace("\n", " ")
    assert other.code == 1 and "not sealed with the key that you named" in other.out.replace("\n", " ")
    assert json.loads(ask("verify", letter_file, "--json").out)["sealed_by"] == fingerprint


@pytest.mark.parametrize("typed", ["abc", "", " : "])
def test_half_a_fingerprint_and_an_empty_one_are_refused(typed: str, ask: Ask, letter_file: Path) -> None:
    answer = ask("verify", letter_file, "--fingerprint", typed)

    assert (answer.code, answer.err) == (2, "A fingerprint is 64 hexadecimal digits: copy all of it.\n")


def test_a_request_is_no_answer_to_itself(ask: Ask, letter_file: Path) -> None:
    request = letter_file.with_name("request.tsq")
    ask("timestamp", letter_file, "-o", request)

    answer = ask("timestamp", letter_file, "--answer", request)

    said = "The time stamp cannot be used: it is built otherwise than a time stamp.\n"
    assert (answer.code, answer.err) == (2, said)


def test_a_request_for_a_time_stamp_goes_out_as_a_file_and_holds_the_head_alone(
    ask: Ask, letter_file: Path
) -> None:
    request = letter_file.with_name("request.tsq")
    head = json.loads(ask("verify", letter_file, "--json").out)["head"]

    answer = ask("timestamp", letter_file, "-o", request)

    assert answer.code == 0 and "over entry 2" in answer.out
    assert bytes.fromhex(head) in request.read_bytes() and len(request.read_bytes()) < 80
    assert ask("timestamp", letter_file, "-o", request).code == 2


def test_a_file_that_is_no_time_stamp_is_refused(ask: Ask, letter_file: Path, letter: Path) -> None:
    before = letter_file.read_bytes()

    answer = ask("timestamp", letter_file, "--answer", letter)
    nothing = ask("timestamp", letter_file)

    assert (answer.code, nothing.code) == (2, 2)
    assert answer.err == "letter.yaml is no answer to a request for a time stamp.\n"
    assert letter_file.read_bytes() == before
