"""A database of ours brought to the newest shape: on a copy, all of it or nothing."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from evidencemap.errors import CaseFileRefused
from evidencemap.model.plain import canonical
from evidencemap.storage.driver import connect, explained, transaction
from evidencemap.storage.journal import LineKind
from evidencemap.storage.passphrases import Key, secret
from evidencemap.storage.places import flush_file, flush_folder
from evidencemap.storage.reading import read_last
from evidencemap.storage.tables import VERSION
from evidencemap.storage.writing import add_line
from evidencemap.tongue import _

if TYPE_CHECKING:
    from sqlite_utils import Migrations


def migrate(
    path: Path, key: Key | None = None, *, steps: "Migrations | None" = None, version: int = VERSION
) -> bool:
    """Bring a database to a shape, with a line in its journal that says so; return whether it was older.

    The steps are done on a copy, which takes the place of the database when all are done and flushed. A
    crash leaves the old one or the new one. Raises CaseFileRefused where a step fails or does not lead
    to that shape: then the database is as it was, byte for byte.
    """
    with explained(_("The case was not brought to the newest shape.")):
        connection = connect(path, secret(key))
        try:
            (found,) = connection.execute("pragma user_version").fetchone()
            if found >= version:
                return False
            # What the write-ahead log holds goes into the file, of which the copy is made.
            connection.execute("pragma wal_checkpoint(truncate)")
        finally:
            connection.close()
        copy = path.with_name(f"{path.name}.migrating")
        try:
            shutil.copyfile(path, copy)
            _apply(copy, key, steps, found, version)
            flush_file(copy)
            copy.replace(path)
            flush_folder(path.parent)
        finally:
            for left in (copy, copy.with_name(f"{copy.name}-wal")):
                left.unlink(missing_ok=True)
    return True


def _apply(copy: Path, key: Key | None, steps: "Migrations | None", found: int, version: int) -> None:
    from sqlite_utils import Database

    from evidencemap.storage.migrations import MIGRATIONS

    chosen = MIGRATIONS if steps is None else steps
    connection = connect(copy, secret(key))
    try:
        chosen.apply(Database(connection, execute_plugins=False))
        (reached,) = connection.execute("pragma user_version").fetchone()
        if reached != version:
            raise CaseFileRefused(
                _("The steps from shape {found} lead to {reached}, not to {version}.").format(
                    found=found, reached=reached, version=version
                )
            )
        label = f"Bring the file from shape {found} to {version}"
        with transaction(connection):
            payload = canonical({"from": found})
            add_line(connection, read_last(connection), kind=LineKind.MIGRATE, label=label, payload=payload)
    finally:
        connection.close()
