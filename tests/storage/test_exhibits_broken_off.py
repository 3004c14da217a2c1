"""A file that comes into a case and is stopped, refused or cut off by a crash leaves nothing behind."""

import os
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused, EvidenceMapError, RuleBroken
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session, StoppedError, verify
from evidencemap.storage.tables import CHUNK
from tests.conftest import LOG
from tests.storage.filing import crash_after


def test_stopping_half_way_changes_nothing(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        before, lines = session.case, session.entries
        heard: list[float] = []

        with pytest.raises(StoppedError, match="nothing was changed"):
            session.add_exhibit(log, progress=heard.append, cancelled=lambda: len(heard) == 2)

        assert session.case is before and session.entries == lines
        assert 0 < heard[0] < heard[1] < 1
        session.apply(verbs.add(session.case, Claim, text="And work goes on"))
    assert file.stat().st_size < CHUNK


def test_a_fault_in_who_listens_to_the_progress_changes_nothing(file: Path, log: Path) -> None:
    def fail(part: float) -> None:
        raise KeyboardInterrupt

    with Session.open(file) as session:
        with pytest.raises(KeyboardInterrupt):
            session.add_exhibit(log, progress=fail)

        session.save_copy(file.with_name("copy.evmap"))
    assert file.with_name("copy.evmap").stat().st_size < CHUNK


def test_a_refused_exhibit_leaves_no_bytes(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        with pytest.raises(RuleBroken, match="item of evidence"):
            session.add_exhibit(log, to=session.case.id)

        session.save_copy(file.with_name("copy.evmap"))
    assert file.with_name("copy.evmap").stat().st_size < CHUNK


def test_an_exhibit_keeps_its_bytes_although_somebody_who_was_told_of_it_stumbled(
    file: Path, log: Path
) -> None:
    def stumble(*told: object) -> None:
        raise ArithmeticError

    with Session.open(file) as session:
        stop = session.watch(stumble)
        with pytest.raises(ArithmeticError):
            session.add_exhibit(log)
        stop()

        assert session.verify_exhibits() == {session.case.by_number["X1"]: True}


def test_while_a_file_comes_in_edits_are_refused_and_nothing_is_torn(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        said: list[str] = []

        def try_to_edit(part: float) -> None:
            for act in (
                lambda: session.apply(verbs.add(session.case, Claim, text="Meanwhile")),
                lambda: session.save_copy(file.with_name("copy.evmap")),
            ):
                with pytest.raises(EvidenceMapError) as refused:
                    act()
                said.append(str(refused.value))

        kept = session.keep_file(log, progress=try_to_edit)
        session.add_exhibit(kept)

        assert set(said) == {"A file is being added to the case: wait until that is done, or stop it."}
        assert session.verify_exhibits() == {session.case.by_number["X1"]: True}


def test_an_exhibit_that_was_not_published_comes_back_after_a_crash(file: Path, log: Path, out: Path) -> None:
    crash_after(file, f"session.add_exhibit(Path({str(log)!r}))")

    with Session.open(file) as session:
        assert session.notices == ("Recovered 1 edit that was not published: Add X1.",)
        made = session.extract_exhibit(session.case.by_number["X1"], out)

    assert made.path.read_bytes() == LOG


def test_a_crash_while_a_file_comes_in_leaves_nothing_of_it(file: Path, log: Path) -> None:
    stop = "lambda part: part > 0.4 and os.kill(os.getpid(), 9)"
    crash_after(
        file,
        "session.apply(verbs.add(session.case, Claim, text='Kept'));"
        f"session.keep_file(Path({str(log)!r}), progress={stop})",
    )

    with Session.open(file) as session:
        assert session.notices == ("Recovered 1 edit that was not published: Add C1.",)

    assert verify(file).ok and file.stat().st_size < CHUNK


def test_bytes_that_came_in_just_before_a_crash_and_got_no_name_are_dropped(file: Path, log: Path) -> None:
    crash_after(
        file,
        f"session.apply(verbs.add(session.case, Claim, text='Kept'));session.keep_file(Path({str(log)!r}))",
    )

    with Session.open(file) as session:
        assert "C1" in session.case.by_number

    assert file.stat().st_size < CHUNK


def test_a_file_that_changes_while_it_is_read_is_refused(file: Path, log: Path) -> None:
    def change(part: float) -> None:
        with log.open("ab") as held:
            held.write(b"more")

    with Session.open(file) as session:
        with pytest.raises(CaseFileRefused, match="changed while it was read"):
            session.add_exhibit(log, progress=change)

        assert session.verify_exhibits() == {}


@pytest.mark.parametrize("kind", ["folder", "pipe", "nothing", "device"])
def test_only_a_file_can_be_an_exhibit(file: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")

    with Session.open(file) as session, pytest.raises(CaseFileRefused) as refused:
        session.add_exhibit(path)

    assert "\n" not in str(refused.value)
