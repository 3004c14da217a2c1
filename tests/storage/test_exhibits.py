"""A file that is kept inside a case stays what it was, does nothing, and comes out without doing harm."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused
from evidencemap.exchange.json_case import read_json, write_json
from evidencemap.model.entities import Exhibit
from evidencemap.session import Session, verify
from evidencemap.storage.tables import CHUNK
from tests.conftest import LOG
from tests.storage.filing import item, item_of, published_size
from tests.storage.forging import forge, rehash


def test_an_exhibit_says_what_it_is_and_how_it_came_in(file: Path, log: Path) -> None:
    with Session.open(file) as session:
        exhibit = session.add_exhibit(log, to=item(session), by="Ada", why="asked for by the court")

        assert (exhibit.number, exhibit.name, exhibit.size) == ("X1", "night.log", len(LOG))
        assert exhibit.sha256 == hashlib.sha256(LOG).hexdigest()
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
    assert made.path.read_bytes() == LOG
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
    again.write_bytes(LOG)
    with Session.open(file) as session:
        first = session.add_exhibit(log)
        size = published_size(session, file)

        second = session.add_exhibit(again, to=item(session))

        assert (second.id, second.name) == (first.id, "night.log")
        assert "another name" in second.custody[-1].how
        assert session.case.sorted(Exhibit) == [second]
        assert published_size(session, file) < size + CHUNK


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

    assert made.path.read_bytes() == LOG
    assert exhibit.number == "X1" and verify(file).ok


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
        assert LOG[:200] in file.read_bytes()
        session.set_passphrase("correct horse")
    home = Path(os.environ["XDG_STATE_HOME"])
    places = [each for folder in (home, file.parent) for each in folder.rglob("*") if each.is_file()]

    assert file in places
    assert [each for each in places if LOG[:200] in each.read_bytes()] == []
    with Session.open(file, passphrase="correct horse") as session:
        assert session.extract_exhibit(exhibit.id, out).path.read_bytes() == LOG


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


@pytest.mark.parametrize("raw", [b"\xff\xfe.txt", b" ", b"two\nlines.txt", "../\u202egpj.exe".encode()[3:]])
def test_a_file_with_a_strange_name_can_be_kept_and_comes_out_under_a_plain_one(
    file: Path, tmp_path: Path, out: Path, raw: bytes
) -> None:
    strange = tmp_path / os.fsdecode(raw)
    strange.write_bytes(LOG)

    with Session.open(file) as session:
        made = session.extract_exhibit(session.add_exhibit(strange).id, out)

    assert made.path.name.startswith("X1-") and made.path.name.isprintable()
    assert made.path.read_bytes() == LOG and verify(file).ok


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
