"""Whoever holds the fingerprint of a seal sees every change, and is told what was changed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.session import Session, verify
from tests.storage.forging import forge, rehash
from tests.storage.tampering import KINDS, judged, sealed_file, tampered


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def times(request: pytest.FixtureRequest) -> int:
    return 50 if request.param == "quick" else 1_000


@pytest.mark.parametrize("kind", KINDS)
def test_every_tampering_with_a_sealed_case_is_seen_though_the_library_sees_none(
    sealed: tuple[bytes, str], tmp_path: Path, kind: str, times: int
) -> None:
    original, fingerprint = sealed
    file = tmp_path / "case.evmap"
    file.write_bytes(original)
    assert judged(file, fingerprint).ok

    sound = [tampered(original, file, kind, seed) and judged(file, fingerprint).ok for seed in range(times)]
    library = [tampered(original, file, kind, seed) for seed in range(5)]

    assert len(sound) == times and not any(sound)
    assert all(library)


@pytest.mark.parametrize("kind", ["a line of the journal", "an exhibit", "the seal"])
def test_who_asks_for_no_seal_does_not_see_what_was_made_to_fit(
    sealed: tuple[bytes, str], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "case.evmap"
    unseen = 0

    for seed in range(10):
        tampered(sealed[0], file, kind, seed)
        forge(file, sql("delete from seal"))
        unseen += judged(file, "").ok

    assert unseen > 0


def test_rows_exchanged_under_a_new_publication_without_an_entry_are_seen(
    sealed: tuple[bytes, str], tmp_path: Path
) -> None:
    original, fingerprint = sealed
    file = tmp_path / "case.evmap"
    file.write_bytes(original)

    def harm(connection: sqlite3.Connection) -> None:
        connection.execute("delete from chunk")
        connection.execute("delete from file")
        (last,) = connection.execute("select max(entry) from journal").fetchone()
        line = (last + 1, "2026-01-01T00:00:00Z", "", "publish", None, "Publish", "", bytes(32))
        connection.execute("insert into journal values (?, ?, ?, ?, ?, ?, ?, ?)", line)
        rehash(connection)

    forge(file, harm)
    found = judged(file, fingerprint)

    assert not found.ok
    assert not found.whole
    assert "was exchanged after the key that you named sealed it" in found.sentences[0]


def sql(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def harm(connection: sqlite3.Connection) -> None:
        for each in statements:
            connection.execute(each)

    return harm


def with_leaves(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def harm(connection: sqlite3.Connection) -> None:
        sql(*statements)(connection)
        rehash(connection)

    return harm


DAMAGE: dict[str, tuple[Callable[[sqlite3.Connection], None], str]] = {
    "a row": (
        sql("update claim set text = 'Other words' where key = (select key from entity where number = 'C1')"),
        "C1 is not as it was written: its digest does not fit.",
    ),
    "the header": (
        sql("update header set title = 'Another title'"),
        "The header is not as it was written: its digest does not fit.",
    ),
    "a row and its digest": (
        sql("update entity set leaf = zeroblob(32) where number = 'C1'"),
        "C1 is not as it was written: its digest does not fit.",
    ),
    "the highest numbers": (
        sql("update highest set digits = digits + 1 where letter = 'C'"),
        "The rows are not those that entry {last} published: the state root does not fit.",
    ),
    "a line": (
        sql("update journal set label = 'Nothing' where entry = 3"),
        "Entry 3 of the journal is not as it was written: its digest does not fit.",
    ),
    "a missing line": (sql("delete from journal where entry = 4"), "Entry 4 of the journal is missing."),
    "no publication": (
        sql("delete from journal where entry = (select max(entry) from journal)"),
        "The journal does not end with a publication.",
    ),
    "an exhibit": (
        sql("update chunk set bytes = zeroblob(3000) where key = (select max(key) from chunk)"),
        "The content of X2 is not the one with its SHA-256.",
    ),
    "rows that the journal does not tell": (
        with_leaves(
            "update claim set text = 'Other words' where key = (select key from entity where number = 'C1')"
        ),
        "C1 is in the tables with other words than the journal left it with.",
    ),
    "a thing that came from nowhere": (
        with_leaves(
            "insert into entity values (9999, 'x', 'W77', 'watch', zeroblob(32))",
            "insert into watch values (9999, '', 'look again')",
        ),
        "W77 is in the tables, but no entry of the journal says where it came from.",
    ),
    "a thing that went without a word": (
        with_leaves(
            "delete from entity where key = (select key from claim where text = 'And one more')",
            "delete from claim where text = 'And one more'",
        ),
        "C15 is in the journal, but gone from the tables without an entry that says so.",
    ),
    "a forged seal": (
        sql("update seal set at = '2001-01-01T00:00:00Z'"),
        "The seal over entry {sealed} is forged: its signature does not fit.",
    ),
    "a sealed journal exchanged": (
        with_leaves("update journal set at = '2001-01-01T00:00:00Z' where entry = 2"),
        "The journal is not the one that was sealed at entry {sealed}.",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_each_kind_of_damage_has_its_sentence_and_the_first_bad_entry_is_named(
    sealed: tuple[bytes, str], tmp_path: Path, kind: str
) -> None:
    original, fingerprint = sealed
    file = tmp_path / "case.evmap"
    file.write_bytes(original)
    last = judged(file, fingerprint).entries
    harm, sentence = DAMAGE[kind]

    forge(file, harm)
    found = judged(file, fingerprint)

    assert not found.ok
    assert found.sentences[0] == sentence.format(last=last, sealed=last)


def test_the_owner_and_a_stranger_are_told_whose_seal_it_is(
    sealed: tuple[bytes, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "case.evmap"
    file.write_bytes(sealed[0])

    named, unnamed, other = verify(file, sealed[1].upper()), verify(file), verify(file, "ab" * 32)

    assert named.ok and "sealed with the key that you named" in named.sentences[2]
    assert not unnamed.ok and "sealed by someone else" in unnamed.sentences[2]
    assert named.whole and unnamed.whole and other.whole
    assert not other.ok and other.sentences[2] == "It is not sealed with the key that you named."


def test_work_after_the_seal_is_not_under_it(tmp_path: Path) -> None:
    file = tmp_path / "case.evmap"
    fingerprint = sealed_file(file)
    with Session.open(file) as session:
        session.undo()

    found = verify(file, fingerprint)

    assert not found.ok
    assert "1 entry since is not sealed." in found.sentences[3]
