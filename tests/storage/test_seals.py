"""A sealed case shows whether anything was changed, by whomever, and whose seal it bears."""

import sqlite3
from pathlib import Path

from evidencemap.session import Session, verify
from tests.storage.forging import forge, founding_file, rehash


def test_a_case_sealed_here_is_found_good_and_a_forged_one_is_not(tmp_path: Path) -> None:
    file = founding_file(tmp_path / "case.evmap")
    with Session.open(file) as session:
        fingerprint = session.seal()
    assert verify(file, fingerprint).ok

    def change(connection: sqlite3.Connection) -> None:
        connection.execute("update journal set at = '2020-01-01T00:00:00Z' where entry = 1")
        rehash(connection)

    forge(file, change)
    assert not verify(file, fingerprint).ok


def test_a_seal_of_another_key_is_not_good(tmp_path: Path) -> None:
    file = founding_file(tmp_path / "case.evmap")
    with Session.open(file) as session:
        session.seal()

    assert not verify(file, "0" * 64).ok
