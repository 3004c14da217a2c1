"""On the command line a passphrase is asked for, or comes as a line of input, and never as a word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.session import Session, read_case
from tests.cli.conftest import Answer

RIGHT = "correct horse, battery"


def typed(text: str, *words: str | Path) -> Answer:
    """Run one command line with a text as its standard input."""
    run = subprocess.run(
        [sys.executable, "-m", "evidencemap", *map(str, words)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    return Answer(code=run.returncode, out=run.stdout, err=run.stderr)


@pytest.fixture
def encrypted(letter_file: Path) -> Path:
    with Session.open(letter_file) as session:
        session.set_passphrase(RIGHT)
    return letter_file


def test_a_case_is_encrypted_opened_up_and_read_with_what_is_typed(letter_file: Path) -> None:
    plain = letter_file.read_bytes()

    assert typed(f"{RIGHT}\n", "passphrase", letter_file).code == 0
    assert b"SQLite" not in letter_file.read_bytes()
    assert typed(f"{RIGHT}\n", "verify", letter_file).code == 0
    assert typed(f"{RIGHT}\nnewer\n", "passphrase", letter_file).code == 0
    assert typed("newer\n", "passphrase", letter_file, "--remove").code == 0

    assert letter_file.read_bytes()[:16] == plain[:16]
    assert read_case(letter_file)[0].header.title


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("wrong\n", "does not open with this passphrase"),
        ("", "Passphrase of letter.evmap: type it, or give it as a line of standard input."),
    ],
)
def test_without_the_passphrase_there_is_one_sentence(encrypted: Path, text: str, sentence: str) -> None:
    before = encrypted.read_bytes()

    answer = typed(text, "check", encrypted)

    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err and answer.err.count("\n") == 1
    assert encrypted.read_bytes() == before


def test_commands_that_write_and_copy_take_it_too(encrypted: Path, tmp_path: Path) -> None:
    scan, copy, both = tmp_path / "scan.txt", tmp_path / "copy.evmap", tmp_path / "both.evmap"
    scan.write_bytes(b"a scan")

    assert typed(f"{RIGHT}\n", "exhibit", "add", encrypted, scan).code == 0
    assert typed(f"{RIGHT}\n", "copy", encrypted, copy).code == 0
    assert typed(f"{RIGHT}\n{RIGHT}\n", "merge", encrypted, copy, "-o", both).code == 0

    assert read_case(both, RIGHT)[0].numbered("X1") is not None


def test_a_case_without_a_passphrase_has_none_to_remove(letter_file: Path) -> None:
    answer = typed("", "passphrase", letter_file, "--remove")

    assert (answer.code, answer.err) == (2, "letter.evmap has no passphrase: there is none to remove.\n")
