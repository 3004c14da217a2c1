"""A copy to share holds what the case says now; what was deleted, and confidential sources, stay behind."""

import json
from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Remark, Source
from evidencemap.session import Session, read_case, read_history, verify
from evidencemap.storage.copies import compare_files
from tests.cli.conftest import Ask

CANARY = "Zwitterkanarie"


@pytest.fixture
def lived(letter_file: Path) -> Path:
    """Return a case in which the canary was written, reworded, undone, removed and named in a label."""
    with Session.open(letter_file) as session:
        session.apply(verbs.add(session.case, Claim, text=f"{CANARY} one"))
        number = f"C{session.case.highest['C']}"
        session.apply(verbs.reword(session.case, session.case.by_number[number], f"{CANARY} two"))
        session.apply(verbs.remove(session.case, [session.case.by_number[number]]))
        session.apply(verbs.reword(session.case, session.case.by_number["C3"], f"{CANARY} three"))
        session.undo()
        session.checkpoint("A point")
    return letter_file


def test_what_was_deleted_is_not_in_the_bytes_of_a_purged_copy(ask: Ask, lived: Path, tmp_path: Path) -> None:
    whole, purged = tmp_path / "whole.evmap", tmp_path / "purged.evmap"
    old = read_history(lived)

    assert ask("copy", lived, whole).code == 0
    assert ask("copy", lived, purged, "--purge").code == 0

    assert CANARY.encode() in whole.read_bytes()
    assert CANARY.encode() not in purged.read_bytes()
    assert read_case(purged)[0].entities == read_case(lived)[0].entities
    assert read_case(purged)[0].highest == read_case(lived)[0].highest
    first, second, last = read_history(purged)
    assert (first.kind, second.kind, last.kind) == ("purge", "import", "publish")
    assert verify(purged).ok and verify(whole).ok
    with Session.open(purged) as session:
        held = json.loads(session.history()[0].payload)
        assert (held["head"], held["entries"], held["things"]) == (old[-1].digest.hex(), len(old), 1)
        assert session.undo() is None


def test_a_purged_copy_and_the_case_are_still_compared_and_merged(
    ask: Ask, lived: Path, tmp_path: Path
) -> None:
    purged, both = tmp_path / "purged.evmap", tmp_path / "both.evmap"
    assert ask("copy", lived, purged, "--purge").code == 0
    with Session.open(purged) as session:
        session.apply(verbs.reword(session.case, session.case.by_number["C3"], "Their words"))
    with Session.open(lived) as session:
        session.apply(verbs.reword(session.case, session.case.by_number["C4"], "Our words"))

    found = compare_files(lived, purged)

    assert not isinstance(found, list)
    assert [each.number for each in (*found.ours, *found.theirs)] == ["C4", "C3"]
    assert ask("merge", lived, purged, "-o", both).code == 0
    case = read_case(both)[0]
    assert "Their words" in [each.text for each in case.sorted(Claim)]
    assert "Our words" in [each.text for each in case.sorted(Claim)]


def confidential_case(path: Path) -> Path:
    with Session.new(f"What {CANARY} said") as session:
        session.apply(
            verbs.add(
                session.case,
                Source,
                name=CANARY,
                confidential=True,
                interest="afraid of the harbour master",
                cites=(("author", "Kanarie, Z."), ("note", "Bird")),
            )
        )
        session.apply(verbs.add(session.case, Source, name="The harbour master"))
        numbers = session.case.by_number
        session.apply(
            verbs.add(session.case, Evidence, text=f"Told by  {CANARY.upper()}", sources=(numbers["S1"],))
        )
        session.apply(verbs.add(session.case, Evidence, text="An open log", sources=(numbers["S2"],)))
        remark = verbs.add(
            session.case, Remark, text="Is Kanarie, Z. safe? Birds rest.", about=session.case.by_number["E1"]
        )
        session.apply(remark)
        item = session.case.by_number["E1"]
        session.apply(verbs.set_field(session.case, item, "held_by", f"with {CANARY}'s sister"))
        session.save_as(path)
    return path


def test_a_confidential_source_leaves_its_number_and_nothing_else(ask: Ask, tmp_path: Path) -> None:
    case, out = confidential_case(tmp_path / "case.evmap"), tmp_path / "out.evmap"

    made = ask("copy", case, out, "--redact")

    assert made.code == 0
    raw = out.read_bytes()
    for secret in (CANARY, CANARY.upper(), "afraid of", "Kanarie, Z."):
        assert secret.encode() in case.read_bytes()
        assert secret.encode() not in raw
    assert b"Is S1 safe? Birds rest." in raw
    shared = read_case(out)[0]
    source = shared.get(Source, shared.by_number["S1"])
    assert source == Source(
        id=shared.by_number["S1"], number="S1", name="Confidential source", confidential=True
    )
    item = shared.get(Evidence, shared.by_number["E1"])
    assert item is not None
    assert (item.text, item.held_by) == ("Told by  S1", "with S1's sister")
    assert shared.header.title == "What S1 said"
    assert "Redacted: S1." in made.err
    assert verify(out).ok


def test_files_that_no_exhibit_names_any_more_stay_behind(
    ask: Ask, letter_file: Path, tmp_path: Path
) -> None:
    kept, gone, out = tmp_path / "kept.txt", tmp_path / "gone.txt", tmp_path / "out.evmap"
    kept.write_bytes(b"a page that stays")
    gone.write_bytes(f"a page about a {CANARY}".encode())
    with Session.open(letter_file) as session:
        session.add_exhibit(kept)
        dropped = session.add_exhibit(gone)
        session.apply(verbs.remove(session.case, [dropped.id]))

    assert ask("copy", letter_file, out, "--purge").code == 0

    assert CANARY.encode() in letter_file.read_bytes()
    assert CANARY.encode() not in out.read_bytes()
    assert b"a page that stays" in out.read_bytes()
    assert b"gone.txt" not in out.read_bytes()
    assert verify(out).ok


def test_the_content_of_exhibits_of_a_confidential_source_stays_behind(ask: Ask, tmp_path: Path) -> None:
    case, out, scan = (
        confidential_case(tmp_path / "case.evmap"),
        tmp_path / "out.evmap",
        tmp_path / "scan.txt",
    )
    scan.write_bytes(b"signed with a drawing of a bird")
    with Session.open(case) as session:
        session.add_exhibit(scan, to=session.case.by_number["E1"])

    told = json.loads(ask("copy", case, out, "--redact", "--json").out)

    assert told["withheld"] == ["X1"]
    assert b"drawing of a bird" in case.read_bytes()
    assert b"drawing of a bird" not in out.read_bytes()
    assert read_case(out)[0].numbered("X1") is not None
    assert verify(out).ok


def test_redacting_says_where_the_names_stood(ask: Ask, tmp_path: Path) -> None:
    case, out = confidential_case(tmp_path / "case.evmap"), tmp_path / "out.evmap"

    told = json.loads(ask("copy", case, out, "--redact", "--json").out)

    assert told["redacted"] == ["S1"]
    assert sorted(told["mentions"]) == ["E1", "K1", "case"]


def test_a_copy_does_not_replace_what_is_there(ask: Ask, lived: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.evmap"
    taken.write_bytes(b"something else")

    refused = ask("copy", lived, taken, "--purge")

    assert (refused.code, taken.read_bytes()) == (2, b"something else")
    assert ask("copy", lived, tmp_path / "out.zip", "--purge").code == 2
