"""Every shape that the case file ever had, oldest first, as steps from one to the next."""

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from evidencemap.storage.former import FIRST, SECOND
from evidencemap.storage.tables import ADDED, APPLICATION_ID, SHAPES, STEPS_OF, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MIGRATIONS = Migrations(STEPS_OF)
"""The steps, applied in order, each in a transaction of its own. A shipped one never changes."""


@MIGRATIONS()
def first_shape(database: Database) -> None:
    """Make the tables of the first shape."""
    for name, text in SHAPES[1].items():
        if name != MIGRATIONS.migrations_table:
            database.execute(text)
    database.execute(f"pragma application_id = {APPLICATION_ID}")
    database.execute("pragma user_version = 1")


@MIGRATIONS()
def second_shape(database: Database) -> None:
    """Make room for the place of a text, for whom it was said to, how it was told and who belongs to whom.

    What a row held it keeps, and its digest, since empty added columns enter none.
    """
    _lengthen(database, FIRST, 2)


@MIGRATIONS()
def third_shape(database: Database) -> None:
    """Make room for the passages of an exhibit that are struck out."""
    _lengthen(database, SECOND, 3)


def _lengthen(database: Database, former: "Mapping[str, str]", shape: int) -> None:
    """Make the tables that a shape has longer than the one before it, with the added columns empty."""
    for name, text in former.items():
        # With the table before it, a column that is missing is a fault and never taken for a text.
        kept = ", ".join(f'was."{each}"' for each in columns_of(text))
        database.execute(f"create temp table was as select * from {name}")
        database.execute(f"drop table {name}")
        database.execute(SHAPES[shape][name])
        empty = ", ".join(repr(each) for each in ADDED[name].values())
        database.execute(f"insert into {name} select {kept}, {empty} from temp.was")
        database.execute("drop table temp.was")
    database.execute(f"pragma user_version = {shape}")
