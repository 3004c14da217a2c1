"""Each shape that was ever shipped opens; a newer one is refused; a step that fails changes nothing."""

import hashlib
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from evidencemap.errors import CaseFileRefused
from evidencemap.model.entities import Claim, Exhibit, Source
from evidencemap.model.words import TieKind
from evidencemap.session import Session, read_case, read_history, verify
from evidencemap.storage.digests import row_leaf
from evidencemap.storage.migrating import migrate
from evidencemap.storage.migrations import MIGRATIONS
from evidencemap.storage.store import open_store
from evidencemap.storage.tables import SHAPES, VERSION
from evidencemap.storage.verification import read_journal
from tests.storage.forging import content_of, forge

FILES = Path(__file__).parent.parent / "files"

VERIFIER = FILES.parent.parent / "packaging" / "verify_case.py"

SHIPPED = {
    1: "893523a8094520eca924d3618aabc9a3841db49c6cae7d2cf79c9b714c59c136",
    2: "0ffb99c5243f1fea652c9508803b527c3c769efeb9e9d331e7095c06edbb3f9a",
    3: "f4b2bd98c49876bdb0bb31edb72b437bb3c97330391482ac1737e956e157a5f1",
}
"""The SHA-256 of the text of each shape that was shipped, which never changes again."""

CONTENTS = {
    1: "04424efe8c5eb6364d736343a6392c39867bb1c6a4dea03413989e4a838184cb",
    2: "a011f86368bae8f8dcab626ecfbb9c5dc6daa01754c3ac62c57916a99300b5bf",
    3: "61cff8b1e446b0e143aebe6d1c905b03eb071fb8f75e869fb67b14323125e4c2",
}
"""The digest of what the kept file of each shape holds, its journal included."""


def text_digest(shape: dict[str, str]) -> str:
    said = "\n".join(f"{name}\n{text}" for name, text in shape.items())
    return hashlib.sha256(said.encode()).hexdigest()


@pytest.fixture(params=sorted(SHAPES))
def shape(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def kept(shape: int, tmp_path: Path) -> Path:
    return Path(shutil.copy(FILES / f"shape-{shape}.evmap", tmp_path / "case.evmap"))


def test_each_shape_that_was_ever_shipped_is_kept_as_it_was(shape: int) -> None:
    assert (FILES / f"shape-{shape}.evmap").is_file()
    assert text_digest(SHAPES[shape]) == SHIPPED[shape]


def test_a_shape_that_was_changed_after_all_would_be_noticed(shape: int) -> None:
    changed = {
        name: text.replace("title text not null", "title text") for name, text in SHAPES[shape].items()
    }

    assert text_digest(changed) != SHIPPED[shape]


def test_a_file_of_each_shape_opens_and_holds_what_it_held(kept: Path, shape: int) -> None:
    case, notices = read_case(kept)

    assert notices == []
    sealed_by = verify(kept).sealed_by
    assert verify(kept, sealed_by).ok
    assert case.sorted(Exhibit)[0].name == "scan.txt"
    with Session.open(kept) as session:
        assert content_of(session.case, list(read_history(kept))) == CONTENTS[shape]
        assert session.undo() is None
        session.save_as(kept.with_name("newest.evmap"))
    assert struct.unpack(">I", kept.with_name("newest.evmap").read_bytes()[60:64])[0] == VERSION
    assert verify(kept.with_name("newest.evmap"), sealed_by).ok


def test_a_new_case_has_what_the_steps_lead_to(tmp_path: Path) -> None:
    path = tmp_path / "new.evmap"
    with Session.new("A new case") as session:
        session.save_as(path)
    stepped = Database(memory=True)
    stepped.execute(SHAPES[VERSION][MIGRATIONS.migrations_table])

    MIGRATIONS.apply(stepped)

    made = sqlite3.connect(path)
    for asked in (
        "select type, name, tbl_name, sql from sqlite_schema order by type, name",
        "select id, migration_set, name from _sqlite_migrations order by id",
        "pragma application_id",
        "pragma user_version",
    ):
        assert made.execute(asked).fetchall() == stepped.execute(asked).fetchall() != []
    made.close()
    stepped.close()


def test_a_newer_file_is_refused_and_its_version_is_named(kept: Path) -> None:
    raw = bytearray(kept.read_bytes())
    raw[60:64] = struct.pack(">I", VERSION + 3)
    kept.write_bytes(raw)

    with pytest.raises(
        CaseFileRefused, match=rf"newer EvidenceMap \(file shape {VERSION + 3}; .*knows {VERSION}"
    ):
        Session.open(kept)

    assert kept.read_bytes() == raw


def planted(tmp_path: Path, *, fail: bool) -> tuple[Path, Migrations]:
    """Return a database of the newest shape and steps to the one after it, the last of which may fail."""
    database = tmp_path / "work.db"
    with Session.open(
        Path(shutil.copy(FILES / f"shape-{VERSION}.evmap", tmp_path / "case.evmap"))
    ) as session:
        session.save_copy(database)
    open_store(database).close()
    steps = Migrations(MIGRATIONS.name)

    @steps(name="first_shape")
    def first(database: Database) -> None:
        raise AssertionError("this step was done long ago")

    @steps(name="second_shape")
    def second(database: Database) -> None:
        raise AssertionError("this step was done long ago")

    @steps(name="third_shape")
    def third(database: Database) -> None:
        raise AssertionError("this step was done long ago")

    @steps()
    def add_a_column(database: Database) -> None:
        database.execute("alter table term add column origin text not null default ''")

    @steps()
    def name_the_shape(database: Database) -> None:
        database.execute("update term set origin = 'unknown'")
        if fail:
            database.execute("insert into term (key) values (1)")
        database.execute(f"pragma user_version = {VERSION + 1}")

    return database, steps


def columns(database: Path) -> list[str]:
    connection = Database(database)
    try:
        return [each.name for each in connection["term"].columns]
    finally:
        connection.close()


def test_steps_to_a_new_shape_are_done_on_a_copy_that_takes_the_place_of_the_old(tmp_path: Path) -> None:
    database, steps = planted(tmp_path, fail=False)

    assert migrate(database, steps=steps, version=VERSION + 1)

    assert "origin" in columns(database)
    store = open_store(database)
    last = store.last
    store.close()
    assert last is not None
    assert (last.kind, last.label) == ("migrate", f"Bring the file from shape {VERSION} to {VERSION + 1}")
    assert not migrate(database, steps=steps, version=VERSION + 1)


def test_a_step_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    database, steps = planted(tmp_path, fail=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(
        CaseFileRefused, match=r"constraint failed.*The case was not brought to the newest shape"
    ):
        migrate(database, steps=steps, version=VERSION + 1)

    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert after == before
    assert "origin" not in columns(database)


def test_steps_done_in_place_would_leave_half_of_it(tmp_path: Path) -> None:
    database, steps = planted(tmp_path, fail=True)
    connection = Database(database)

    with pytest.raises(Exception, match="constraint failed"):
        steps.apply(connection)
    connection.close()

    assert "origin" in columns(database)


def test_steps_that_lead_to_another_shape_than_they_say_are_refused(tmp_path: Path) -> None:
    database, steps = planted(tmp_path, fail=False)
    before = database.read_bytes()

    with pytest.raises(CaseFileRefused, match=f"lead to {VERSION + 1}, not to {VERSION + 2}"):
        migrate(database, steps=steps, version=VERSION + 2)

    assert database.read_bytes() == before


def leaves(database: Path) -> dict[str, bytes]:
    connection = Database(database)
    try:
        return dict(connection.execute("select number, leaf from entity").fetchall())
    finally:
        connection.close()


def test_an_old_file_keeps_each_digest_its_seal_and_its_root_when_it_is_saved_as_a_new_one(
    tmp_path: Path,
) -> None:
    old, new = Path(shutil.copy(FILES / "shape-1.evmap", tmp_path / "old.evmap")), tmp_path / "new.evmap"
    sealed_by = verify(old).sealed_by

    with Session.open(old) as session:
        session.save_as(new)

    assert leaves(new) == leaves(old)
    assert verify(new, sealed_by).root == verify(old, sealed_by).root
    assert verify(new, sealed_by).ok and verify(old, sealed_by).entries == 8
    assert len(read_journal(old)) == 8


def test_an_added_column_that_is_filled_enters_the_digest_and_one_that_says_nothing_does_not() -> None:
    first = ["A claim", "volume", 0, None, "actual", "[]", None, "", None, "", "", 0, None, None, ""]

    old, empty = row_leaf("claim", "C1", first, ()), row_leaf("claim", "C1", [*first, ""], ())

    assert empty == old
    assert row_leaf("claim", "C1", [*first, "two senators"], ()) != old
    assert row_leaf("claim", "C1", [*first, "[]"], ()) != old
    assert row_leaf("claim", "C1", [*first[:-1], "a rate"], ()) != old


def doing(statement: str) -> Callable[[sqlite3.Connection], None]:
    """Return what does one statement in a file, as somebody who knows the format would."""

    def change(connection: sqlite3.Connection) -> None:
        connection.execute(statement)

    return change


@pytest.mark.parametrize(
    "change",
    [
        "claim set stated_to = stated_to || '!'",
        "source set verb = verb || '!'",
        "header set topic = topic || '!'",
        "header set week = week || '!'",
        "exhibit set struck = replace(struck, 'footer', 'letter')",
    ],
)
def test_whoever_fills_an_added_column_by_hand_is_noticed(tmp_path: Path, change: str) -> None:
    file = Path(shutil.copy(FILES / f"shape-{VERSION}.evmap", tmp_path / "case.evmap"))

    forge(file, doing(f"update {change}"))

    verifier = [sys.executable, "-I", "-S", str(VERIFIER), str(file)]
    with pytest.raises(CaseFileRefused, match="changed after it was published"):
        read_case(file)
    assert "is not as it was written" in subprocess.run(verifier, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("older", "addition"), [(1, "claim add stated_to"), (2, "exhibit add struck")])
def test_a_file_of_an_older_shape_with_a_column_of_the_next_is_refused(
    tmp_path: Path, older: int, addition: str
) -> None:
    file = Path(shutil.copy(FILES / f"shape-{older}.evmap", tmp_path / "case.evmap"))

    forge(file, doing(f"alter table {addition} text"))

    with pytest.raises(CaseFileRefused, match="something that no case file has"):
        read_case(file)


def test_what_the_second_shape_holds_is_there_when_its_file_is_read() -> None:
    case, _ = read_case(FILES / "shape-2.evmap")

    outlet, claim = case.get(Source, case.by_number["S4"]), case.get(Claim, case.by_number["C1"])

    assert (case.header.series, claim and claim.stated_to, outlet and outlet.verb) == (
        "The Number",
        "two senators",
        "stole",
    )
    assert outlet is not None
    assert [(tie.kind, case.number(tie.to)) for tie in outlet.ties] == [
        (TieKind.LINKED_TO, "S3"),
        (TieKind.OWNED_BY, "S2"),
    ]


def test_what_the_third_shape_holds_is_there_when_its_file_is_read() -> None:
    case, _ = read_case(FILES / "shape-3.evmap")

    assert [each.struck for each in case.sorted(Exhibit)] == [("the footer of a newsletter",)]


@pytest.mark.parametrize("older", sorted(SHAPES)[:-1])
def test_work_that_an_older_program_left_is_brought_up_with_all_that_it_holds(
    tmp_path: Path, older: int
) -> None:
    database = Path(shutil.copy(FILES / f"shape-{older}.evmap", tmp_path / "work.db"))
    before, _ = read_case(FILES / f"shape-{older}.evmap")

    store = open_store(database)
    case = store.load()

    assert store.last is not None and store.last.label == f"Bring the file from shape {older} to {VERSION}"
    store.close()
    assert case == before
    assert leaves(database) == leaves(FILES / f"shape-{older}.evmap")
    assert len(list(tmp_path.iterdir())) == 1


def test_work_that_cannot_be_brought_up_is_left_byte_for_byte(tmp_path: Path) -> None:
    database = Path(shutil.copy(FILES / "shape-1.evmap", tmp_path / "work.db"))
    forge(database, doing("alter table claim rename column error_rate to rate"))
    forge(database, doing("pragma journal_mode = wal"))
    before = database.read_bytes()

    with pytest.raises(CaseFileRefused, match="not brought to the newest shape"):
        open_store(database)

    assert database.read_bytes() == before
