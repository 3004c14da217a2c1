"""Thirty-odd files made by hand to do harm: each is refused with a sentence, or does nothing."""

import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused
from evidencemap.session import read_case
from evidencemap.storage.tables import APPLICATION_ID
from tests.storage.forging import forge, rehash

Harm = Callable[[Path], None]

PAGE = 4096


@pytest.fixture
def file(original: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    return Path(shutil.copy(original, folder / "case.evmap"))


def sql(*statements: str, rehashed: bool = True, schema: bool = False) -> Harm:
    def harm(file: Path) -> None:
        def change(connection: sqlite3.Connection) -> None:
            if schema:
                connection.execute("pragma writable_schema = on")
            for each in statements:
                connection.execute(each)
            if rehashed and not schema:
                rehash(connection)

        forge(file, change)

    return harm


def bytes_at(place: int, value: bytes) -> Harm:
    def harm(file: Path) -> None:
        raw = bytearray(file.read_bytes())
        raw[place : place + len(value)] = value
        file.write_bytes(raw)

    return harm


def appended(value: bytes) -> Harm:
    def harm(file: Path) -> None:
        file.write_bytes(file.read_bytes() + value)

    return harm


def as_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def as_a_link_to_a_secret(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


def as_a_device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def as_a_sparse_giant(file: Path) -> None:
    with file.open("r+b") as held:
        held.truncate(1 << 40)


def with_a_page_of_its_own(file: Path) -> None:
    raw = bytearray(file.read_bytes() + bytes(PAGE))
    raw[28:32] = struct.pack(">I", len(raw) // PAGE)
    file.write_bytes(raw)


def with_freed_pages_that_lead_nowhere(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[32:40] = struct.pack(">II", 0x7FFFFFFF, 12)
    file.write_bytes(raw)


def with_a_tree_that_is_its_own_child(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    for at in range(PAGE, len(raw), PAGE):
        raw[at : at + 12] = b"\x05\0\0\0\1\x0f\xf0\0" + struct.pack(">I", at // PAGE + 1)
    file.write_bytes(raw)


def made_by_nobody(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute("pragma user_version = 1")
    connection.execute("create table entity (key integer primary key, id, number, kind, leaf)")
    connection.commit()
    connection.close()


DEEP = "(" * 900 + "1" + ")" * 900
ANYTHING = "insert into entity values (999999, 'x', '{}', '{}', zeroblob(32))"

REFUSED: dict[str, Harm] = {
    "a trigger": sql("create trigger t after insert on claim begin delete from journal; end"),
    "a view": sql("create view v as select * from claim"),
    "a view in the place of a table": sql(
        "drop table watch", "create view watch as select 1 as key, '' as \"by\", '' as why"
    ),
    "a table too many": sql("create table extra (a)"),
    "a table too few": sql("drop table token"),
    "an index on an expression": sql("create index i on claim(lower(text))"),
    "a virtual table": sql("create virtual table f using fts5(a)"),
    "a generated column": sql("alter table claim add column g text as (text || text)"),
    "a column too many": sql("alter table claim add column extra text"),
    "a default that computes": sql(
        "drop table token",
        "create table token (key integer primary key, a text default (hex(randomblob(1000000))))",
    ),
    "a definition with another check": sql(
        "update sqlite_schema set sql = replace(sql, 'between 1 and 6', 'between 0 and 9')"
        " where name = 'evidence'",
        schema=True,
    ),
    "a definition that is no language": sql(
        "update sqlite_schema set sql = 'create table claim (' where name = 'claim'", schema=True
    ),
    "two tables on one root page": sql(
        "update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'claim')"
        " where name = 'source'",
        schema=True,
    ),
    "a definition nested too deeply": sql(
        f"update sqlite_schema set sql = 'create table watch (a check ({DEEP}))' where name = 'watch'",
        schema=True,
    ),
    "a number that is none": sql("update entity set number = 'claim' where number = 'C1'"),
    "a number that is markup": sql("update entity set number = '<b>C1</b>' where number = 'C1'"),
    "a number of another kind": sql("update entity set number = 'S999' where number = 'C1'"),
    "a reference to nothing": sql(
        "insert into reference values ((select min(key) from claim), 'parts', 0, 987654321)", rehashed=False
    ),
    "a thing without a row": sql(ANYTHING.format("C999", "claim"), rehashed=False),
    "a thing of no kind": sql(ANYTHING.format("C999", "sqlite_schema"), rehashed=False),
    "a second header": sql(
        ANYTHING.format("case2", "header"),
        'insert into header select 999999, title, question, as_of, standard, profile, "to", sender, handling,'
        " review_by, standing_questions, aliases, series, topic, week from header",
    ),
    "a word that is none": sql("update claim set kind = 'verdict' where key = (select min(key) from claim)"),
    "a list that is a bomb": sql(
        f"update claim set hedges = '{'[' * 5000}' where key = (select min(key) from claim)"
    ),
    "a text with a null character": sql(
        "update claim set text = 'a' || char(0) || 'b' where key = (select min(key) from claim)"
    ),
    "a text that is no text": sql(
        "update claim set text = cast(x'fffe80' as text) where key = (select min(key) from claim)",
        rehashed=False,
    ),
    "a claim that is part of itself": sql(
        "insert into reference select min(key), 'parts', 0, min(key) from claim"
    ),
    "a field that no kind has": sql(
        "insert into reference select min(key), 'secretly', 0, max(key) from claim"
    ),
    "places beyond all numbers": sql("update placement set x = 9e999", rehashed=False),
    "a journal line of no kind": sql("update journal set kind = 'format the disk' where entry = 1"),
    "another page size": bytes_at(16, struct.pack(">H", 512)),
    "no page size": bytes_at(16, struct.pack(">H", 0)),
    "another encoding": bytes_at(56, struct.pack(">I", 2)),
    "a shape that never was": bytes_at(60, struct.pack(">I", 0)),
    "a tail": appended(b"PK\x03\x04" + b"x" * 5000),
    "a page more": with_a_page_of_its_own,
    "freed pages that lead nowhere": with_freed_pages_that_lead_nowhere,
    "a tree that is its own child": with_a_tree_that_is_its_own_child,
    "a pipe": as_a_pipe,
    "a link to a secret": as_a_link_to_a_secret,
    "a link to a device": as_a_device,
    "a giant with holes": as_a_sparse_giant,
    "a database of the same name": made_by_nobody,
}


@pytest.mark.parametrize("harm", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_made_to_do_harm_is_refused_in_one_sentence(file: Path, harm: Harm) -> None:
    harm(file)
    before = names(file.parent)

    with pytest.raises(CaseFileRefused) as refused:
        read_case(file)

    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert names(file.parent) == before


def with_a_hot_journal(file: Path) -> None:
    """Leave a rollback journal that puts other words on the page of a claim, as SQLite would on reading."""
    raw = file.read_bytes()
    at = raw.index(b"28.8 million")
    number = at // PAGE
    page = bytearray(raw[number * PAGE : (number + 1) * PAGE])
    page[at % PAGE : at % PAGE + 4] = b"99.9"
    sector = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", 1, 0, len(raw) // PAGE, 512, PAGE)
    checksum = sum(page[each] for each in range(PAGE - 200, 0, -200)) & 0xFFFFFFFF
    record = struct.pack(">I", number + 1) + bytes(page) + struct.pack(">I", checksum)
    file.with_name(f"{file.name}-journal").write_bytes(sector.ljust(512, b"\0") + record)


def with_a_journal_that_names_a_victim(file: Path) -> None:
    victim = file.with_name("precious.txt")
    victim.write_text("do not delete", encoding="utf-8")
    with_a_hot_journal(file)
    journal = file.with_name(f"{file.name}-journal")
    name = os.fsencode(victim)
    ending = struct.pack(">I", 0x7FFFFFFF) + name + struct.pack(">II", len(name), sum(name) & 0xFFFFFFFF)
    journal.write_bytes(journal.read_bytes() + ending + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")


def with_a_write_ahead_log(file: Path) -> None:
    bytes_at(18, b"\2\2")(file)
    file.with_name(f"{file.name}-wal").write_bytes(
        struct.pack(">IIII", 0x377F0682, 3007000, PAGE, 0) + bytes(16)
    )
    file.with_name(f"{file.name}-shm").write_bytes(bytes(32768))


@pytest.mark.parametrize(
    "harm", [with_a_hot_journal, with_a_journal_that_names_a_victim, with_a_write_ahead_log]
)
def test_what_lies_beside_a_case_is_left_alone_and_mentioned(file: Path, original: Path, harm: Harm) -> None:
    harm(file)
    before = {each.name: each.read_bytes() for each in file.parent.iterdir()}

    case, notices = read_case(file)

    assert case.entities == read_case(original)[0].entities
    assert "was not read" in notices[0]
    assert {each.name: each.read_bytes() for each in file.parent.iterdir()} == before


def test_opened_where_it_lies_the_same_file_says_something_else(file: Path) -> None:
    with_a_hot_journal(file)

    connection = sqlite3.connect(file)
    texts = [row[0] for row in connection.execute("select text from claim union select text from evidence")]
    connection.close()

    assert any("99.9 million" in text for text in texts) or b"99.9 million" in file.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())
