"""Named points, going back to them, and backups on the command line."""

from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session, read_case
from tests.cli.conftest import Ask


@pytest.fixture
def worked_on(letter_file: Path, ask: Ask) -> Path:
    """Return the founding case with a named point and an edit after it."""
    assert ask("checkpoint", letter_file, "As it arrived").code == 0
    with Session.open(letter_file) as session:
        session.apply(verbs.remove(session.case, [session.case.by_number["C6"]]))
    return letter_file


@pytest.mark.parametrize("point", ["As it arrived", "2"])
def test_a_case_goes_back_to_a_named_point_and_the_journal_says_so(
    ask: Ask, worked_on: Path, point: str
) -> None:
    answer = ask("revert", worked_on, point)

    assert answer.code == 0
    assert answer.out.startswith("Reverted letter.evmap to entry 2;")
    assert read_case(worked_on)[0].numbered("C6") is not None
    assert "Revert to entry 2" in ask("history", worked_on).out
    assert ask("verify", worked_on).code == 0


def test_going_back_to_where_it_is_changes_nothing(ask: Ask, letter_file: Path) -> None:
    answer = ask("revert", letter_file, "1")

    assert (answer.code, answer.out) == (0, "letter.evmap is as it was at entry 1: nothing was changed.\n")


@pytest.mark.parametrize(
    ("point", "sentence"),
    [
        ("Nowhere", "No point of the history is called Nowhere.\n"),
        ("99", "The journal has no entry 99.\n"),
        ("0", "The journal has no entry 0.\n"),
    ],
)
def test_a_point_that_is_none_is_refused(ask: Ask, letter_file: Path, point: str, sentence: str) -> None:
    before = letter_file.read_bytes()

    answer = ask("revert", letter_file, point)

    assert (answer.code, answer.err) == (2, sentence)
    assert letter_file.read_bytes() == before


def test_a_case_that_is_gone_is_restored_from_its_backup(ask: Ask, worked_on: Path) -> None:
    with Session.open(worked_on) as session:
        session.apply(verbs.add(session.case, Claim, text="The last words"))
    worked_on.unlink()

    listed = ask("backups", worked_on)
    restored = ask("backups", worked_on, "--restore", "1", "-o", worked_on.with_name("again.evmap"))

    assert listed.code == 0 and listed.out.splitlines()[0].startswith("1  20")
    assert restored.code == 0
    held = read_case(worked_on.with_name("again.evmap"))[0]
    assert any(each.text == "The last words" for each in held.sorted(Claim))


def test_a_backup_that_is_not_there_and_a_file_that_is_are_refused(ask: Ask, letter_file: Path) -> None:
    none = ask("backups", letter_file, "--restore", "9", "-o", letter_file.with_name("again.evmap"))
    nameless = ask("backups", letter_file, "--restore", "1")
    taken = ask("backups", letter_file, "--restore", "1", "-o", letter_file)

    assert (none.code, nameless.code, taken.code) == (2, 2, 2)
    assert none.err == "There is no backup 9 of letter.evmap: there are 1.\n"
    assert ask("backups", letter_file.with_name("other.evmap")).out == (
        "There is no backup of other.evmap on this machine.\n"
    )
