"""History and verification of a case file on the command line."""

import json
from pathlib import Path

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
