"""A digest is made of the same text, whether the program writes it or the database does."""

from random import Random

import apsw
import pytest

from evidencemap.storage.digests import columns_text, row_in_sql, row_text
from evidencemap.storage.tables import LETTERS, SHAPES, columns_of

ODD = (
    "",
    "[]",
    'say "no"',
    "back\\slash",
    "é😀\u2028",
    "\x01\x1f\x7f\n\t",
    "a\0b",
    "</p>",
    "'",
    None,
    0,
    -5,
    2**62,
)
EMPTY = ("", "[]")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_database_writes_each_row_as_the_program_does(shape: int) -> None:
    random = Random(shape)
    compared = 0
    for table in dict.fromkeys(("header", *LETTERS.values())):
        definition = SHAPES[shape][table]
        if " real " in definition:
            continue  # the program alone writes those
        columns = columns_of(definition)[1:]
        listed = ", ".join(f'"{each}"' for each in columns)
        database = apsw.Connection(":memory:")
        database.execute(f"create table t ({listed}); create table e (number)")
        database.execute("insert into e values ('C1')")
        for _ in range(100):
            values = [random.choice((*ODD, *EMPTY * 4)) for _each in columns]
            database.execute("delete from t")
            database.execute(f"insert into t values ({', '.join('?' * len(columns))})", values)

            (written,) = next(iter(database.execute(f"select {row_in_sql(table, columns)} from t, e")))

            assert written == columns_text(table, "C1", list(values))
            assert row_text(table, "C1", values, ()) == f"{written[:-1]},[]]"
            compared += 1
    assert compared == 100 * len(set(LETTERS.values()))
