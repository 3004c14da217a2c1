"""Briefs on the command line: written, checked, issued, told again once something moved, and verified."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.model import verbs
from evidencemap.session import Session, read_case
from tests.cli.conftest import Ask, snapshot

FILES = Path(__file__).resolve().parents[1] / "files"
REASON = "the memo tells each of them"


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())


@pytest.fixture
def issued(tmp_path: Path, letter_file: Path, ask: Ask) -> Path:
    """Return the memo of the founding case, issued."""
    memo = tmp_path / "memo.pdf"
    answer = ask("brief", letter_file, "-o", memo, "--date", "2026-11-23", "--issue", "--despite", REASON)
    assert answer.code == 0, answer.err
    return memo


@pytest.mark.parametrize("template", ["memo", "settle", "report", "register", "change"])
@pytest.mark.parametrize("ending", [".pdf", ".html", ".txt"])
def test_every_template_is_written_in_every_form(
    ask: Ask, letter: Path, tmp_path: Path, template: str, ending: str
) -> None:
    out = tmp_path / f"brief{ending}"

    answer = ask("brief", letter, "-o", out, "--template", template, "--date", "2026-11-23")

    starts = {".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>", ".txt": b"DRAFT"}
    assert answer.code == 0
    assert answer.out.startswith(f"Wrote {out}")
    assert out.read_bytes().startswith(starts[ending])
    assert "unsupported here is not shown to be false" in (
        words_of(out) if ending == ".pdf" else " ".join(out.read_text(encoding="utf-8").split())
    )


def test_a_case_that_somebody_else_sealed_is_not_told_as_damaged(ask: Ask, tmp_path: Path) -> None:
    sealed, broken = tmp_path / "sealed.evmap", tmp_path / "broken.evmap"
    sealed.write_bytes((FILES / "shape-3.evmap").read_bytes())
    broken.write_bytes(sealed.read_bytes())
    with closing(sqlite3.connect(broken)) as connection, connection:
        connection.execute("update seal set signature = randomblob(length(signature))")

    for file in (sealed, broken):
        ask("brief", file, "-o", file.with_suffix(".txt"))

    words = " ".join(sealed.with_suffix(".txt").read_text(encoding="utf-8").split())
    assert "history intact, 16 entries, sealed with a key that is not yours" in words
    assert "history not intact" in broken.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("ending", "first"), [(".svg", b"<svg"), (".png", b"\x89PNG\r\n"), (".pdf", b"%PDF-")]
)
def test_the_map_is_drawn_in_every_form(
    ask: Ask, letter: Path, tmp_path: Path, ending: str, first: bytes
) -> None:
    out, again = tmp_path / f"map{ending}", tmp_path / f"again{ending}"

    answer = ask("map", letter, "-o", out)
    ask("map", letter, "-o", again)

    assert (answer.code, answer.out) == (0, f"Wrote {out}.\n")
    assert first in out.read_bytes()[:200]
    assert out.read_bytes() == again.read_bytes()


def test_a_draft_is_never_written_in_silence(ask: Ask, letter: Path, tmp_path: Path) -> None:
    answer = ask("brief", letter, "-o", tmp_path / "memo.pdf")

    assert answer.code == 0
    assert answer.err.startswith("Pre-flight: ")
    assert "checks block" in answer.err


def test_the_checks_say_what_blocks_and_end_with_one(ask: Ask, letter: Path) -> None:
    answer = ask("brief", letter, "--preflight")
    found = json.loads(ask("brief", letter, "--preflight", "--json").out)

    assert answer.code == 1
    assert found["blocked"] is True and found["pages"] == {"letter": 2, "a4": 2}
    blocking = [each for each in found["checks"] if each["weight"] == "blocks"]
    assert blocking[0]["code"] == "UNSUPPORTED_STEP" and blocking[0]["on"] == ["P7"]
    assert all(" ".join(each["sentence"].split()[:4]) in " ".join(answer.out.split()) for each in blocking)
    assert all(len(line) <= 80 for line in answer.out.splitlines())


def test_blockers_stop_the_issue_and_nothing_is_written_or_recorded(
    ask: Ask, letter_file: Path, tmp_path: Path
) -> None:
    before = snapshot(tmp_path)

    answer = ask("brief", letter_file, "-o", tmp_path / "memo.pdf", "--issue")

    assert answer.code == 1
    assert "UNSUPPORTED_STEP" in answer.err and "Not issued." in answer.err
    assert snapshot(tmp_path) == before


def test_an_issued_brief_is_on_record_and_no_draft(ask: Ask, letter_file: Path, issued: Path) -> None:
    case, _ = read_case(letter_file)
    words = words_of(issued)
    kinds = [row["kind"] for row in json.loads(ask("history", letter_file, "--json").out)["history"]]

    [brief] = [each for each in case.entities.values() if each.number == "B1"]
    assert (brief.template, brief.why) == ("memo", f"despite open blockers: {REASON}")  # type: ignore[union-attr]
    assert "DRAFT" not in words
    assert "The memo tells each of them" in words
    assert kinds == ["import", "publish", "issue", "publish"]
    assert ask("verify", letter_file).code == 0


def test_a_brief_that_was_issued_is_known_again(ask: Ask, letter_file: Path, issued: Path) -> None:
    answer = ask("verify", letter_file, "--brief", issued)

    said = " ".join(answer.out.split())
    assert answer.code == 0
    assert "memo.pdf is the memo that was issued as B1 on 20" in said
    assert "Nothing was done to the case since." in said


def test_one_changed_byte_makes_it_no_brief_of_ours(ask: Ask, letter_file: Path, issued: Path) -> None:
    data = issued.read_bytes()
    issued.write_bytes(data.replace(b"/Marked true", b"/Marked TRUE"))

    answer = ask("verify", letter_file, "--brief", issued)

    assert answer.code == 1
    assert "is not the brief that was issued from this case: a draft, or changed since." in " ".join(
        answer.out.split()
    )


def test_a_draft_is_told_apart_and_its_case_state_is_found(
    ask: Ask, letter_file: Path, tmp_path: Path
) -> None:
    draft, foreign = tmp_path / "draft.pdf", tmp_path / "foreign.pdf"
    ask("brief", letter_file, "-o", draft)
    foreign.write_bytes(b"%PDF-1.7 nothing of ours")

    found = json.loads(ask("verify", letter_file, "--brief", draft, "--json").out)
    other = ask("verify", letter_file, "--brief", foreign)

    assert (found["ok"], found["case_ok"]) == (False, True)
    assert "which entry 2 of the journal published." in found["sentences"][1]
    assert other.code == 1 and "It names no case state." in other.out


def test_a_record_that_was_forged_into_the_tables_vouches_for_nothing(
    ask: Ask, letter_file: Path, issued: Path
) -> None:
    with sqlite3.connect(letter_file) as connection:
        connection.execute("update issued_brief set sha256 = ?", ("0" * 64,))
    connection.close()

    answer = ask("verify", letter_file, "--brief", issued)

    assert answer.code == 1
    assert "So nothing can be said of the brief." in " ".join(answer.out.split())


def test_what_moved_since_prints_and_the_reason_is_asked_for(
    ask: Ask, letter_file: Path, issued: Path, tmp_path: Path
) -> None:
    with Session.open(letter_file) as session:
        session.apply(verbs.withdraw(session.case, session.case.by_number["E1"]))
    out = tmp_path / "change.pdf"
    words = ["brief", letter_file, "-o", out, "--template", "change", "--issue", "--despite", REASON]

    refused = ask(*words)
    made = ask(*words, "--why", "the provider took the tally back")

    said = words_of(out)
    assert (refused.code, made.code) == (2, 0)
    assert refused.err == "A brief was issued before, as B1: say with --why what this one is for.\n"
    assert "Why it moved: The provider took the tally back." in said
    assert "E1 was changed (State: reported → withdrawn)" in said
    assert "verdicts have moved since" in said or "verdict has moved since" in said
    later = " ".join(ask("verify", letter_file, "--brief", issued).out.split())
    assert "1 edit was made since" in later


def test_an_archive_carries_the_case_inside(ask: Ask, letter: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.pdf"

    answer = ask("brief", letter, "-o", out, "--archive")

    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        names = [document.get_attachment(at).get_name() for at in range(document.count_attachments())]
    assert answer.code == 0
    assert sorted(names) == ["case.json", "case.yaml"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-o", "m.html", "--issue"], "A brief is issued as a PDF: m.html must end in .pdf."),
        (["-o", "m.html", "--archive"], "Only a PDF is an archive: m.html must end in .pdf."),
        (["-o", "m.pdf", "--why", "x"], "--why and --despite go with --issue."),
        (["-o", "m.pdf", "--json"], "--json goes with --preflight."),
        (["-o", "m.pdf", "--preflight"], "--preflight only checks: leave out -o and --issue."),
        ([], "Say with -o where the brief goes: a file in .pdf, .html, .txt."),
        (["-o", "m.pdf", "--template", "poem"], "There is no template poem: the templates are"),
        (["-o", "taken.pdf", "--issue"], "taken.pdf exists already: give another name."),
    ],
)
def test_what_does_not_go_together_is_refused_in_one_sentence(
    ask: Ask,
    letter_file: Path,
    words: list[str],
    sentence: str,
    in_folder: Callable[[Path], None],
) -> None:
    in_folder(letter_file.parent)
    (letter_file.parent / "taken.pdf").write_bytes(b"%PDF-1.7 of somebody")
    before = snapshot(letter_file.parent)

    answer = ask("brief", letter_file, *words)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(sentence)
    assert answer.err.count("\n") == 1
    assert snapshot(letter_file.parent) == before


def test_a_listing_has_no_record_to_issue_from(ask: Ask, letter: Path, tmp_path: Path) -> None:
    answer = ask("brief", letter, "-o", tmp_path / "memo.pdf", "--issue")

    assert answer.code == 2
    assert answer.err.startswith("letter.yaml is no case file (.evmap): a brief is issued from one")


@pytest.fixture
def in_folder(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Return a function that makes a folder the current one until the test ends."""
    return monkeypatch.chdir
