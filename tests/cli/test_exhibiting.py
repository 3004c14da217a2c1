"""Exhibits on the command line: added, listed, taken out, verified and proved."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, snapshot
from tests.conftest import LOG


@pytest.fixture
def held(ask: Ask, letter_file: Path, log: Path) -> Path:
    words = ("--to", "E1", "--by", "Ada", "--why", "asked for by the court")
    assert ask("exhibit", "add", letter_file, log, *words).code == 0
    return letter_file


def test_a_file_is_added_and_listed_with_its_custody(ask: Ask, held: Path) -> None:
    answer = ask("exhibit", "list", held)
    (row,) = json.loads(ask("exhibit", "list", held, "--json").out)["exhibits"]

    assert answer.code == 0
    assert "X1  2,200,000 bytes  night.log" in answer.out and row["sha256"] in answer.out
    assert "added by Ada" in answer.out and "asked for by the court" in answer.out.replace("\n ", "")
    assert (row["number"], row["size"], row["custody"][0]["who"]) == ("X1", 2_200_000, "Ada")
    assert ask("verify", held).code == 0


def test_the_same_content_is_kept_once_and_said_so(ask: Ask, held: Path, log: Path) -> None:
    other = log.with_name("other.txt")
    other.write_bytes(LOG)

    answer = ask("exhibit", "add", held, other)

    assert answer.code == 0
    assert answer.out.startswith("other.txt is in the case already, as X1 (night.log).")


def test_a_copy_comes_out_and_the_case_stays_as_it_is(ask: Ask, held: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    before = held.read_bytes()

    answer = ask("exhibit", "extract", held, "X1", out)

    assert (answer.code, answer.err) == (0, "")
    assert (out / "X1-night.log").read_bytes() == LOG
    assert held.read_bytes() == before


def test_a_copy_with_a_reason_is_written_into_the_custody(ask: Ask, held: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    assert ask("exhibit", "extract", held, "x1", out, "--by", "Ada", "--why", "for the expert").code == 0

    (row,) = json.loads(ask("exhibit", "list", held, "--json").out)["exhibits"]
    assert [each["what"] for each in row["custody"]] == ["added", "extracted"]


def test_a_program_that_comes_out_is_warned_of(ask: Ask, letter_file: Path, tmp_path: Path) -> None:
    program = tmp_path / "invoice.pdf.exe"
    program.write_bytes(b"MZ" + bytes(100))
    out = tmp_path / "out"
    out.mkdir()
    ask("exhibit", "add", letter_file, program)

    answer = ask("exhibit", "extract", letter_file, "X1", out)

    assert answer.code == 0
    assert answer.err == "X1-invoice.pdf.exe is a program: do not open it where it could do harm.\n"


def test_a_file_outside_is_compared_with_the_exhibits(ask: Ask, held: Path, log: Path, letter: Path) -> None:
    same = ask("exhibit", "verify", held, log)
    other = ask("exhibit", "verify", held, letter)

    assert (same.code, same.out) == (0, "X1 is as it was added.\nnight.log is X1, bit for bit.\n")
    assert other.code == 1 and "letter.yaml is none of the exhibits." in other.out


def test_a_proof_holds_without_the_case_and_shows_nothing_else_of_it(
    ask: Ask, held: Path, log: Path, tmp_path: Path
) -> None:
    proof = tmp_path / "proof.json"
    assert ask("exhibit", "prove", held, "X1", "-o", proof).code == 0
    head = json.loads(ask("verify", held, "--json").out)["head"]
    held.unlink()

    answer = ask("exhibit", "check", proof, log)

    assert answer.code == 0
    assert head in answer.out.replace("\n", "") and "bit for bit the exhibit X1" in answer.out
    assert "28.8" not in proof.read_text("utf-8")


def change_the_name(said: dict[str, object]) -> None:
    said["row"] = str(said["row"]).replace("night.log", "other.log")


def change_the_place(said: dict[str, object]) -> None:
    said["place"] = int(str(said["place"])) ^ 1


def change_the_root(said: dict[str, object]) -> None:
    said["root"] = "0" * 64


def change_the_line(said: dict[str, object]) -> None:
    line = said["line"]
    assert isinstance(line, dict)
    line["at"] = "2020-01-01T00:00:00Z"


def shorten_the_path(said: dict[str, object]) -> None:
    path = said["path"]
    assert isinstance(path, list)
    path.pop()


@pytest.mark.parametrize(
    "change", [change_the_name, change_the_place, change_the_root, change_the_line, shorten_the_path]
)
def test_a_proof_that_was_changed_does_not_hold(
    ask: Ask, held: Path, log: Path, tmp_path: Path, change: object
) -> None:
    proof = tmp_path / "proof.json"
    ask("exhibit", "prove", held, "X1", "-o", proof)
    said = json.loads(proof.read_text("utf-8"))
    assert callable(change)
    change(said)
    proof.write_text(json.dumps(said), encoding="utf-8")

    answer = ask("exhibit", "check", proof, log)

    assert answer.code in (1, 2)


def test_a_proof_does_not_hold_for_another_file(ask: Ask, held: Path, letter: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    ask("exhibit", "prove", held, "X1", "-o", proof)

    answer = ask("exhibit", "check", proof, letter)

    assert answer.code == 1
    assert "letter.yaml is not the file that the proof is about" in answer.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "CASE", "nothing.bin"), "There is no file nothing.bin."),
        (("add", "CASE", "LOG", "--to", "E999"), "There is no E999 in this case."),
        (
            ("add", "CASE", "LOG", "--to", "C1"),
            "An exhibit belongs to an item of evidence: name one, such as E1.",
        ),
        (("extract", "CASE", "X9", "."), "There is no exhibit X9 in this case."),
        (("extract", "CASE", "X1", "nowhere"), "There is no folder"),
        (("list", "nothing.evmap"), "There is no file nothing.evmap."),
        (("check", "LOG", "LOG"), "night.log is no proof that this program writes."),
        (("check", "LOG", "LOG", "--fingerprint", ""), "A fingerprint is 64 hexadecimal digits"),
        (("prove", "CASE", "C1", "-o", "p.json"), "There is no exhibit C1 in this case."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_and_changes_nothing(
    ask: Ask,
    held: Path,
    log: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)

    answer = ask("exhibit", *({"CASE": held, "LOG": log}.get(word, word) for word in words))

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(sentence) and answer.err.count("\n") == 1
    assert snapshot(tmp_path) == before


def test_a_listing_holds_no_exhibits(ask: Ask, letter: Path, log: Path) -> None:
    answer = ask("exhibit", "add", letter, log)

    assert answer.code == 2
    assert answer.err == "letter.yaml is no case file (.evmap): only a case file holds exhibits.\n"
