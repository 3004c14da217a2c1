"""What a person may count on while a case is open: kept, undone, published, recovered, refused."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused, EvidenceMapError, RuleBroken
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.session import Session, read_case
from evidencemap.storage import journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    path = folder / "case.evmap"
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Source, name="A witness"))
        session.apply(verbs.add(session.case, Evidence, text="What she saw", at=(10.5, 20.25)))
        session.apply(verbs.add(session.case, Claim, text="It happened"))
        numbers = session.case.by_number
        session.apply(verbs.connect(session.case, [numbers["E1"]], numbers["C1"]))
        session.save_as(path)
    return path


def test_what_was_published_is_what_is_read(file: Path) -> None:
    with Session.open(file) as session:
        opened = session.case

    read, notices = read_case(file)

    assert read.entities == opened.entities
    assert sorted(read.by_number) == ["@E1", "C1", "E1", "P1", "S1", "case"]
    assert notices == []


def test_replaying_the_journal_into_nothing_gives_the_same_case(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.remove(session.case, [session.case.by_number["C1"]]))
        session.undo()

        replayed = journal.replay(session.case.id, session.history())

        assert texts(replayed) == texts(session.case)


def test_undo_goes_on_after_the_case_was_closed_and_opened(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.remove(session.case, [session.case.by_number["C1"]]))

    with Session.open(file) as session:
        assert session.undo_label == "Remove C1"
        session.undo()
        session.undo()

    with Session.open(file) as session:
        assert (session.undo_label, session.redo_label) == ("Add C1", "Connect E1 to C1 as P1")
        session.redo()
        session.redo()
        assert "C1" not in session.case.by_number


def test_undo_does_not_go_behind_the_arrival_of_a_file_from_elsewhere(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))

    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="Added here"))
        session.undo()

        assert session.undo_label is None


def test_a_new_edit_ends_what_could_be_done_again(file: Path) -> None:
    with Session.open(file) as session:
        session.undo()
        session.apply(verbs.add(session.case, Claim, text="Another turn"))

        assert session.redo_label is None
        assert session.redo() is None


def test_who_knows_the_journal_up_to_an_entry_reads_what_came_since_and_no_payloads(tmp_path: Path) -> None:
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Claim, text="One"))
        known = session.entries
        session.apply(verbs.add(session.case, Claim, text="Two"))

        (later,) = session.history(known)
        (told,) = session.history(known, whole=False)

        assert later.payload and not told.payload
        assert (told.entry, told.label, told.digest) == (later.entry, later.label, later.digest)
        assert session.history(session.entries) == []
        session.save_as(tmp_path / "case.evmap")
        with Session.open(tmp_path / "case.evmap") as reader:
            assert [line.entry for line in reader.history(known)] == [known + 1, known + 2]


def test_a_refused_edit_changes_nothing_and_nobody_is_told(file: Path) -> None:
    with Session.open(file) as session:
        told: list[Case] = []
        session.watch(lambda edit, before, after: told.append(after))
        before, lines = session.case, len(session.history())

        with pytest.raises(RuleBroken):
            session.apply(verbs.reword(session.case, session.case.by_number["C1"], "  "))

        assert session.case is before
        assert told == []
        assert len(session.history()) == lines


def test_watchers_are_told_after_the_edit_is_kept_until_they_stop(file: Path) -> None:
    with Session.open(file) as session:
        told: list[str] = []
        stop = session.watch(lambda edit, before, after: told.append(session.history()[-1].label))
        session.apply(verbs.add(session.case, Claim, text="One"))

        stop()
        session.apply(verbs.add(session.case, Claim, text="Two"))

        assert told == ["Add C2"]


def test_nothing_but_the_case_and_its_backup_lies_in_the_folder(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="One"))
        assert [each.name for each in file.parent.iterdir()] == ["case.evmap"]

    assert sorted(each.name for each in file.parent.iterdir()) == ["case.evmap", "case.evmap.bak"]
    assert file.read_bytes()[18:20] == b"\1\1"


def test_the_state_says_what_is_published_and_what_is_not(file: Path) -> None:
    with Session.open(file) as session:
        assert session.saved_state.changes == 0

        session.apply(verbs.add(session.case, Claim, text="One"))
        assert session.saved_state.changes == 1
        assert session.saved_state.path == file

        session.save()
        assert session.saved_state.changes == 0


def test_a_second_window_only_reads_and_says_so(file: Path) -> None:
    with Session.open(file) as first, Session.open(file) as second:
        first.apply(verbs.add(first.case, Claim, text="One"))

        assert second.read_only
        assert second.notices == ("case.evmap is open in another window: here it can only be read.",)
        with pytest.raises(EvidenceMapError, match="only read"):
            second.apply(verbs.add(second.case, Claim, text="Two"))


def test_a_command_that_reads_says_that_newer_edits_wait(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="One"))

        case, notices = read_case(file)

    assert "C2" not in case.by_number
    assert notices == [
        "1 edit of case.evmap is not published yet and not included here: save the case in its window first."
    ]


def test_edits_that_were_not_published_come_back_and_are_named(file: Path) -> None:
    crash_after(file, "verbs.add(session.case, Claim, text='Kept')")

    with Session.open(file) as session:
        assert session.notices == ("Recovered 1 edit that was not published: Add C2.",)
        assert "C2" in session.case.by_number
        assert session.undo_label == "Add C2"

    assert "C2" in read_case(file)[0].by_number


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(file: Path, tmp_path: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="Mine"))
        theirs = tmp_path / "theirs.evmap"
        session.save_copy(theirs)
        file.write_bytes(theirs.read_bytes() + b"")
        before = file.read_bytes()

        place = session.save()

        assert place.name == "case (conflict).evmap"
        assert session.path == place
        assert "somebody else" in session.notices[-1]
    assert file.read_bytes() == before
    assert "C2" in read_case(place)[0].by_number


def test_work_that_was_kept_goes_beside_a_file_that_went_another_way(file: Path, tmp_path: Path) -> None:
    original = file.read_bytes()
    crash_after(file, "verbs.add(session.case, Claim, text='Mine')")
    kept_home = file.with_name("aside.evmap")
    kept_home.write_bytes(original)
    with Session.open(kept_home) as session:
        session.apply(verbs.add(session.case, Claim, text="Theirs"))
    file.write_bytes(kept_home.read_bytes())

    with Session.open(file) as session:
        assert "changed by somebody else" in session.notices[0]
        assert session.case[session.case.by_number["C2"]].text == "Mine"  # type: ignore[union-attr]
        session.apply(verbs.add(session.case, Claim, text="More"))

    assert read_case(file.with_name("case (conflict).evmap"))[0].numbered("C3") is not None
    assert read_case(file)[0].numbered("C3") is None


def test_a_case_without_a_file_is_safe_at_once_and_can_be_recovered(file: Path) -> None:
    program = (
        "import os; from evidencemap.session import Session; from evidencemap.model import verbs\n"
        "from evidencemap.model.entities import Claim\n"
        "session = Session.new('Never saved')\n"
        "session.apply(verbs.add(session.case, Claim, text='Kept'))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program], check=False)

    ((folder, title),) = Session.unsaved()

    assert title == "Never saved"
    with Session.recover(folder) as session:
        assert "C1" in session.case.by_number
        session.save_as(file.with_name("now saved.evmap"))
    assert Session.unsaved() == []


def test_an_untouched_case_without_a_file_leaves_nothing_behind() -> None:
    Session.new("Looked at").close()

    assert Session.unsaved() == []


def test_saving_asks_for_a_place_while_there_is_none() -> None:
    with Session.new("A case") as session, pytest.raises(EvidenceMapError, match="say where to save it"):
        session.save()


def test_saving_elsewhere_goes_on_there(file: Path) -> None:
    other = file.with_name("other.evmap")
    with Session.open(file) as session:
        session.save_as(other)
        session.apply(verbs.add(session.case, Claim, text="In the other"))

    assert "C2" in read_case(other)[0].by_number
    assert "C2" not in read_case(file)[0].by_number


def test_a_number_is_not_given_twice_after_closing(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.remove(session.case, [session.case.by_number["C1"]]))

    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="Another"))

        assert "C2" in session.case.by_number


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def padded(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"PK")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def replaced_by_text(file: Path) -> None:
    file.write_text("evidencemap: 1\n" * 50, encoding="utf-8")


def made_newer(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[60:64] = (7).to_bytes(4, "big")
    file.write_bytes(raw)


def made_another_database(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[68:72] = b"\0\0\0\0"
    file.write_bytes(raw)


def removed(file: Path) -> None:
    file.unlink()


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def replaced_by_a_link(file: Path) -> None:
    other = file.with_name("other.evmap")
    file.rename(other)
    file.symlink_to(other)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (truncated, "is cut short"),
        (padded, "has something added at its end"),
        (emptied, "is empty"),
        (replaced_by_text, "is not a case file"),
        (made_newer, "newer EvidenceMap .file shape 7"),
        (made_another_database, "not a case of EvidenceMap"),
        (removed, "There is no file"),
        (replaced_by_a_folder, "is a folder"),
        (replaced_by_a_link, "a link to another file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_one_sentence(
    file: Path, harm: Callable[[Path], None], sentence: str
) -> None:
    harm(file)

    with pytest.raises(CaseFileRefused, match=sentence) as refused:
        Session.open(file)

    assert "\n" not in str(refused.value)
    with pytest.raises(CaseFileRefused, match=sentence):
        read_case(file)


def texts(case: Case) -> dict[str, str]:
    from evidencemap.model.plain import canonical, plain_entity

    return {each.number: canonical(plain_entity(case, each)) for each in case.entities.values()}


def crash_after(file: Path, verb: str) -> None:
    """Open the case in a process of its own, apply one edit, and be killed."""
    program = (
        "import os, sys; from pathlib import Path\n"
        "from evidencemap.session import Session; from evidencemap.model import verbs\n"
        "from evidencemap.model.entities import Claim\n"
        "session = Session.open(Path(sys.argv[1]))\n"
        f"session.apply({verb})\n"
        "os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(file)], check=False, capture_output=True)
    assert run.returncode == -9, run.stderr
