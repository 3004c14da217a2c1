"""What the gate reads of rows it judges rightly: any letter, any key, any gap, anything that points out."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Source
from evidencemap.session import Session
from tests.benchmarks.generate import generate
from tests.storage.forging import forge, rehash
from tests.storage.tampering import judged

LETTERS = "".join(chr(each) for each in range(1, 0x3000) if not 0xD800 <= each < 0xE000) + "\uffff\U0001f5fa"

DANGLING = "points at something that it does not hold"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a small published case."""
    path = tmp_path / "case.evmap"
    with Session.adopt(generate(30, 2, extras=True)) as session:
        session.apply(verbs.place(session.case, {session.case.by_number["C1"]: (120.1, -1e-7)}))
        session.save_as(path)
    return path


def change_a_letter(held: sqlite3.Connection) -> None:
    """Take the accent from one letter."""
    held.execute("update claim set text = replace(text, 'é', 'e')")


def test_a_case_with_every_odd_letter_in_its_texts_has_the_digests_it_was_published_with(
    tmp_path: Path,
) -> None:
    path = tmp_path / "odd.evmap"

    with Session.new("Letters") as session:
        for at in range(0, len(LETTERS), 500):
            session.apply(verbs.add(session.case, Claim, text=f"x{LETTERS[at : at + 500]}x"))
        session.apply(verbs.add(session.case, Source, name='\\u0000 it\'s "said"', ties=(), verb="'"))
        session.save_as(path)

    assert judged(path, "").ok
    forge(path, change_a_letter)
    assert not judged(path, "").ok


def lose(held: sqlite3.Connection) -> None:
    """Take out one thing in the middle, at which others point, with its row."""
    (key,) = held.execute("select target from reference order by target limit 1 offset 20").fetchone()
    for table, column in (("reference", "owner"), ("entity", "key"), ("source", "key"), ("evidence", "key")):
        held.execute(f"delete from {table} where {column} = ?", (key,))


def point_out(held: sqlite3.Connection) -> None:
    """Let one thing point at what lies behind the last."""
    held.execute(
        "update reference set target = (select max(key) + 1 from entity)"
        " where (owner, field, position) = (select owner, field, position from reference limit 1)"
    )


@pytest.mark.parametrize("harm", [lose, point_out])
def test_a_case_that_points_at_what_it_does_not_hold_is_refused(
    file: Path, harm: Callable[[sqlite3.Connection], None]
) -> None:
    forge(file, harm)
    forge(file, rehash)

    found = judged(file, "")

    assert not found.ok
    assert DANGLING in found.sentences[0]


def spread(held: sqlite3.Connection) -> None:
    """Give every thing a key far from the next one, as far as a file can."""
    step = (1 << 62) // 1_000
    tables = [row[0] for row in held.execute("select kind from entity group by kind")]
    for table, columns in (("entity", ("key",)), ("reference", ("owner", "target"))):
        said = ", ".join(f"{each} = {each} * {step} - {1 << 62}" for each in columns)
        held.execute(f"update {table} set {said}")
    for table in tables:
        held.execute(f'update "{table}" set key = key * {step} - {1 << 62}')


def test_a_case_whose_keys_lie_far_apart_is_read_like_any_other(file: Path) -> None:
    forge(file, spread)

    found = judged(file, "")

    assert found.ok, found.sentences


def test_a_field_that_looks_like_two_does_not_pass_for_them(file: Path) -> None:
    def join(held: sqlite3.Connection) -> None:
        owner, first, second = held.execute(
            "select a.owner, e.number, a.position + 1 from reference a join entity e on e.key = a.target"
            " where a.field = 'premises' and a.position = 0 and exists (select 1 from reference b"
            " where b.owner = a.owner and b.field = 'premises' and b.position = 1) limit 1"
        ).fetchone()
        held.execute(
            "delete from reference where owner = ? and field = 'premises' and position = 0", (owner,)
        )
        held.execute(
            "update reference set field = ? where owner = ? and field = 'premises' and position = ?",
            (f'premises",0,"{first}"],["premises', owner, second),
        )

    forge(file, join)

    assert not judged(file, "").ok


def stray(held: sqlite3.Connection) -> None:
    """Add a thing of a kind that there is not."""
    held.execute("insert into entity select max(key) + 1, 'one', 'Q1', 'quip', leaf from entity")


def halve(held: sqlite3.Connection) -> None:
    """Take the row of a claim away and leave its thing."""
    held.execute("delete from claim where key = (select max(key) from claim)")


@pytest.mark.parametrize("harm", [stray, halve])
def test_a_thing_without_its_row_is_refused(file: Path, harm: Callable[[sqlite3.Connection], None]) -> None:
    forge(file, harm)

    found = judged(file, "")

    assert "things without their rows" in found.sentences[0]
