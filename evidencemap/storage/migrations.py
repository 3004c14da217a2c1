"""Every shape that the case file ever had, oldest first, as steps from one to the next."""

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from evidencemap.storage.tables import APPLICATION_ID, SHAPES, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

MIGRATIONS = Migrations("evidencemap")
"""The steps, applied in order, each in a transaction of its own. A shipped one never changes."""


@MIGRATIONS()
def first_shape(database: Database) -> None:
    """Make the tables of the first shape."""
    for name, text in SHAPES[1].items():
        if name != MIGRATIONS.migrations_table:
            database.execute(text)
    database.execute(f"pragma application_id = {APPLICATION_ID}")
    database.execute("pragma user_version = 1")


def bring_up(database: Database) -> bool:
    """Apply what is pending; return whether anything was. All or nothing for each step."""
    make: Callable[[str], object] = database.execute
    if not database[MIGRATIONS.migrations_table].exists():
        make(SHAPES[VERSION][MIGRATIONS.migrations_table])
    pending = bool(MIGRATIONS.pending(database))
    MIGRATIONS.apply(database)
    return pending
