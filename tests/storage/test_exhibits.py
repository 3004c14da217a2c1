"""A file that is kept inside a case stays what it was, does nothing, and comes out without doing harm."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused, EvidenceMapError, RuleBroken
from evidencemap.exchange.json_case import read_json, write_json
from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Exhibit
from evidencemap.model.records import Id
from evidencemap.session import Session, StoppedError, read_case, verify
from evidencemap.storage.tables import CHUNK
from tests.storage.forging import forge, rehash

CONTENT = b"The log of the night.\n" * 100_000


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "night.log"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Evidence, text="What the log shows"))
        session.save_as(folder / "case.evmap")
    return folder / "case.evmap"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_an_exhibit_says_what_it_is_and_how_it_came_in(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        exhibit = session.add_exhibit(log, to=item(session), by="Ada", why="asked for by the court")

        assert (exhibit.number, exhibit.name, exhibit.size) == ("X1", "night.log", len(CONTENT))
        assert exhibit.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert item_of(session).exhibits == (exhibit.id,)
        (entry,) = exhibit.custody
        assert (entry.what, entry.who, entry.why) == ("added", "Ada", "asked for by the court")
        assert entry.when.endswith("Z") and "night.log" in entry.how


def test_what_comes_out_is_bit_for_bit_what_went_in_and_its_custody_says_so(
    file: Path, log: Path, out: Path
) -> None:
    with Session.open(file) as session:
        exhibit = session.add_exhibit(log)
    log.unlink()

    with Session.open(file) as session:
        made = session.extract_exhibit(exhibit.id, out, by="Ada", why="for the expert")
        held = session.case.get(Exhibit, exhibit.id)

    assert made.path == out / "X1-night.log" and made.warning == ""
    assert made.path.read_bytes() == CONTENT
    assert made.path.stat().st_mode & 0o177 == 0
    assert held is not None
    assert [each.what for each in held.custody] == ["added", "extracted"]


def test_nothing_is_ever_written_over(file: Path, log: Path, out: Path) -> None:
    (out / "X1-night.log").write_text("mine", encoding="utf-8")
    (out / "X1-night (2).log").symlink_to(out / "victim")

    with Session.open(file) as session:
        made = session.extract_exhibit(session.add_exhibit(log).id, out)

    assert made.path == out / "X1-night (3).log"
    assert (out / "X1-night.log").read_text("utf-8") == "mine"
    assert not (out / "victim").exists()


def test_the_same_content_makes_no_second_exhibit_and_is_kept_once(file: Path, log: Path) -> None:
    again = log.with_name("the same under another name.txt")
    again.write_bytes(CONTENT)
    with Session.open(file) as session:
        first = session.add_exhibit(log)
        size = published_size(session, file)

        second = session.add_exhibit(again, to=item(session))

        assert (second.id, second.name) == (first.id, "night.log")
        assert "another name" in second.custody[-1].how
        assert session.case.sorted(Exhibit) == [second]
        assert published_size(session, file) < size + CHUNK


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


def test_undo_takes_an_exhibit_back_and_redo_finds_its_bytes_again_after_closing(
    file: Path, log: Path, out: Path
) -> None:
    with Session.open(file) as session:
        exhibit = session.add_exhibit(log, to=item(session))
        session.undo()
        assert "X1" not in session.case.by_number
    assert verify(file).ok

    with Session.open(file) as session:
        assert session.redo_label == "Add X1 with E1"
        session.redo()
        made = session.extract_exhibit(session.case.by_number["X1"], out)

    assert made.path.read_bytes() == CONTENT
    assert exhibit.number == "X1" and verify(file).ok


def test_an_exhibit_that_was_not_published_comes_back_after_a_crash(file: Path, log: Path, out: Path) -> None:
    crash_after(file, f"session.add_exhibit(Path({str(log)!r}))")

    with Session.open(file) as session:
        assert session.notices == ("Recovered 1 edit that was not published: Add X1.",)
        made = session.extract_exhibit(session.case.by_number["X1"], out)

    assert made.path.read_bytes() == CONTENT


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


def test_a_copy_and_a_new_home_have_the_exhibits_too(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        session.add_exhibit(log)
        session.save_copy(file.with_name("copy.evmap"))
        session.save_as(file.with_name("home.evmap"))
        assert set(session.verify_exhibits().values()) == {True}

    for name in ("copy.evmap", "home.evmap"):
        with Session.open(file.with_name(name)) as session:
            assert set(session.verify_exhibits().values()) == {True}


def test_under_a_passphrase_no_byte_of_an_exhibit_can_be_read_anywhere(
    file: Path, log: Path, out: Path
) -> None:
    with Session.open(file) as session:
        exhibit = session.add_exhibit(log)
        session.save()
        assert CONTENT[:200] in file.read_bytes()
        session.set_passphrase("correct horse")
    home = Path(os.environ["XDG_STATE_HOME"])
    places = [each for folder in (home, file.parent) for each in folder.rglob("*") if each.is_file()]

    assert file in places
    assert [each for each in places if CONTENT[:200] in each.read_bytes()] == []
    with Session.open(file, passphrase="correct horse") as session:
        assert session.extract_exhibit(exhibit.id, out).path.read_bytes() == CONTENT


def test_a_listing_has_no_bytes_says_so_and_a_file_brings_them_back(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        session.add_exhibit(log)
        text = write_json(session.case)
    path = file.with_name("case.json")
    path.write_text(text, encoding="utf-8")

    with Session.adopt(read_json(path)) as session:
        x1 = session.case.by_number["X1"]
        assert session.verify_exhibits() == {x1: None}
        with pytest.raises(CaseFileRefused, match="not in this case, only its name and digest"):
            session.extract_exhibit(x1, file.parent)

        assert session.add_exhibit(log).id == x1

        assert session.verify_exhibits() == {x1: True}
        session.discard()


@pytest.mark.parametrize(
    "change",
    [
        "update chunk set bytes = zeroblob(length(bytes)) where key = (select min(key) from chunk)",
        "update chunk set position = 7 where position = 0",
        "delete from chunk where position = 1",
        "update file set size = size - 1",
        "delete from chunk",
        "delete from file",
        "insert into file (sha256, size) select substr(sha256, 2) || 'g', size from file",
    ],
)
def test_bytes_that_were_changed_are_noticed_also_where_all_other_digests_were_made_to_fit(
    file: Path, log: Path, change: str
) -> None:
    with Session.open(file) as session:
        session.add_exhibit(log)
        fingerprint = session.seal()
    assert verify(file, fingerprint).ok

    def harm(connection: object) -> None:
        connection.execute(change)  # type: ignore[attr-defined]
        if change == "delete from file":
            connection.execute("delete from chunk")  # type: ignore[attr-defined]
        rehash(connection)  # type: ignore[arg-type]

    forge(file, harm)

    assert not verify(file, fingerprint).ok


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


def test_a_file_that_changes_while_it_is_read_is_refused(file: Path, log: Path) -> None:
    def change(part: float) -> None:
        with log.open("ab") as held:
            held.write(b"more")

    with Session.open(file) as session:
        with pytest.raises(CaseFileRefused, match="changed while it was read"):
            session.add_exhibit(log, progress=change)

        assert session.verify_exhibits() == {}


@pytest.mark.parametrize("raw", [b"\xff\xfe.txt", b" ", b"two\nlines.txt", "../\u202egpj.exe".encode()[3:]])
def test_a_file_with_a_strange_name_can_be_kept_and_comes_out_under_a_plain_one(
    file: Path, tmp_path: Path, out: Path, raw: bytes
) -> None:
    strange = tmp_path / os.fsdecode(raw)
    strange.write_bytes(CONTENT)

    with Session.open(file) as session:
        made = session.extract_exhibit(session.add_exhibit(strange).id, out)

    assert made.path.name.startswith("X1-") and made.path.name.isprintable()
    assert made.path.read_bytes() == CONTENT and verify(file).ok


def test_an_empty_file_is_an_exhibit_too(file: Path, tmp_path: Path, out: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()

    with Session.open(file) as session:
        made = session.extract_exhibit(session.add_exhibit(empty).id, out)

    assert made.path.read_bytes() == b"" and verify(file).ok


@pytest.mark.parametrize(
    "megabytes", [pytest.param(48, id="quick"), pytest.param(1_024, id="long", marks=pytest.mark.long)]
)
def test_a_large_file_comes_in_chunk_by_chunk_and_memory_stays_small(
    file: Path, tmp_path: Path, megabytes: int
) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as held:
        for number in range(megabytes):
            held.write(number.to_bytes(8, "big") * (CHUNK // 8))

    told = measured(file, large, "session.add_exhibit(large, progress=lambda part: parts.append(part))")
    whole = measured(file, large, "large.read_bytes(), session.add_exhibit(large)")

    assert told["reports"] == megabytes and told["last"] == 1
    assert told["grown"] < (48 if megabytes < 100 else 150) << 20
    assert whole["grown"] > told["grown"] + ((megabytes - 24) << 20)


def measured(file: Path, large: Path, act: str) -> dict[str, float]:
    """Do something with an open case in a process of its own; return how much its memory grew, in bytes."""
    program = (
        "import json, sys; from pathlib import Path\n"
        "from evidencemap.session import Session\n"
        "def peak():\n"
        "    said = Path('/proc/self/status').read_text()\n"
        "    return int(said.split('VmHWM:')[1].split()[0]) * 1024\n"
        "large, parts = Path(sys.argv[2]), []\n"
        "session = Session.open(Path(sys.argv[1]))\n"
        "before = peak()\n"
        f"{act}\n"
        "told = {'grown': peak() - before, 'reports': len(parts), 'last': max(parts, default=0)}\n"
        "session.discard()\n"
        "print(json.dumps(told))"
    )
    words = [sys.executable, "-c", program, str(file), str(large)]
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def item(session: Session) -> Id:
    return session.case.by_number["E1"]


def item_of(session: Session) -> Evidence:
    held = session.case.get(Evidence, item(session))
    assert held is not None
    return held


def published_size(session: Session, file: Path) -> int:
    return session.save_copy(file.with_name("measured.evmap")).stat().st_size


def crash_after(file: Path, act: str) -> None:
    """Open the case in a process of its own, do something, and be killed."""
    program = (
        "import os, sys; from pathlib import Path\n"
        "from evidencemap.session import Session; from evidencemap.model import verbs\n"
        "from evidencemap.model.entities import Claim\n"
        "session = Session.open(Path(sys.argv[1]))\n"
        f"{act}\n"
        "os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(file)], check=False, capture_output=True)
    assert run.returncode == -9, run.stderr
    assert read_case(file)
