"""Rows to values: the case and the journal that the tables of a store hold."""

from collections.abc import Callable, Iterator
from typing import Any

from evidencemap.errors import CaseFileRefused, RuleBroken
from evidencemap.model.case import Case, case_of
from evidencemap.model.collecting import uncollected
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS
from evidencemap.model.records import Id
from evidencemap.model.shape import shape
from evidencemap.storage.digests import file_leaf, highest_leaf
from evidencemap.storage.driver import Connection
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.rows import POINTING, columns, from_row, from_rows, table_of
from evidencemap.tongue import _

AT_ONCE = 20_000
"""Up to so many rows of a kind become entities at once: the window, in another thread, waits meanwhile."""


def read_case(
    connection: Connection, keys: dict[Id, int], progress: Callable[[float], None] | None = None
) -> Case:
    """Return the case that the tables hold; `keys` gathers the row of each id.

    `progress` hears the part done, from 0 to 1; what it raises stops this. Raises
    CaseFileRefused where they hold none.
    """
    try:
        with uncollected():
            entities = _read_entities(connection, keys, progress or (lambda part: None))
            highest = dict(connection.execute("select letter, digits from highest"))
            return case_of(entities, highest)
    except ValueError as fault:
        raise CaseFileRefused(_("The case file is damaged: {fault}.").format(fault=fault)) from fault
    except KeyError as key:
        missing = f"a row points at {key}, which is not there"
        raise CaseFileRefused(_("The case file is damaged: {fault}.").format(fault=missing)) from key


def read_lines(connection: Connection, since: int = 0, upto: int = 1 << 62) -> Iterator[Line]:
    """Yield the lines of a journal after one entry, up to another, in order."""
    query = (
        'select entry, at, "by", kind, of, label, payload, digest from journal'
        " where entry > ? and entry <= ? order by entry"
    )
    for row in connection.execute(query, (since, upto)):
        yield line_of(row)


def read_outline(connection: Connection, since: int = 0) -> Iterator[Line]:
    """Yield the lines after one entry without their payloads, which may be large."""
    query = (
        "select entry, at, \"by\", kind, of, label, '', digest from journal where entry > ? order by entry"
    )
    for row in connection.execute(query, (since,)):
        yield line_of(row)


def read_last(connection: Connection) -> Line | None:
    """Return the last line of the journal; None where it is empty."""
    found = connection.execute(
        'select entry, at, "by", kind, of, label, payload, digest from journal order by entry desc limit 1'
    ).fetchone()
    return None if found is None else line_of(found)


def read_leaves(connection: Connection) -> list[bytes]:
    """Return the leaves of the state root: things by number, the highest numbers, contents by SHA-256."""
    leaves = [bytes(row[0]) for row in connection.execute("select leaf from entity order by number")]
    leaves.append(highest_leaf(connection.execute("select letter, digits from highest")))
    leaves.extend(
        file_leaf(sha256, size)
        for sha256, size in connection.execute("select sha256, size from file order by sha256")
    )
    return leaves


def line_of(row: Any) -> Line:
    """Return the line that a row of the journal holds. Raises CaseFileRefused for an unknown kind."""
    entry, at, by, kind, of, label, payload, digest = row
    try:
        read = LineKind(kind)
    except ValueError as fault:
        raise CaseFileRefused(
            _("Entry {entry} of the journal is of no kind that is known.").format(entry=entry)
        ) from fault
    return Line(
        entry=entry, at=at, by=by, kind=read, of=of, label=label, payload=payload, digest=bytes(digest)
    )


def _read_entities(
    connection: Connection, keys: dict[Id, int], tell: Callable[[float], None]
) -> list[Entity]:
    rows = connection.execute("select key, id, number from entity").fetchall()
    ids = {key: id_ for key, id_, _number in rows}
    numbers = {key: number for key, _id, number in rows}
    pointers, within = _read_pointers(connection, ids)
    tell(0.4)
    found: list[Entity] = []
    for kind in KINDS:
        found.extend(_read_kind(connection, kind, ids, numbers, pointers, within))
        tell(0.4 + 0.5 * len(found) / max(1, len(ids)))
    if any(pointers.values()):
        raise ValueError("a reference stands in no field")
    for key, id_ in ids.items():  # not in one go, for which the window would stand still
        keys[id_] = key
    return found


def _read_pointers(
    connection: Connection, ids: dict[int, Id]
) -> tuple[dict[str, dict[int, tuple[Id, ...]]], dict[int, dict[tuple[str, int], Id]]]:
    """Return what each row points at by field, and by owner what records inside the rows point at."""
    pointers: dict[str, dict[int, tuple[Id, ...]]] = {}
    within: dict[int, dict[tuple[str, int], Id]] = {}
    query = "select owner, field, position, target from reference order by owner, field, position"
    for owner, field, position, target in connection.execute(query).fetchall():
        held = pointers.get(field)
        if held is None:
            if "." in field:
                within.setdefault(owner, {})[field, position] = ids[target]
                continue
            held = pointers[field] = {}
        before = held.get(owner)
        held[owner] = (ids[target],) if before is None else (*before, ids[target])
    return pointers, within


def _read_kind(
    connection: Connection,
    kind: type[Any],
    ids: dict[int, Id],
    numbers: dict[int, str],
    pointers: dict[str, dict[int, tuple[Id, ...]]],
    within: dict[int, dict[tuple[str, int], Id]],
) -> list[Entity]:
    """Return the entities of a kind; what points from them is taken out of `pointers`."""
    names = ", ".join(f'"{name}"' for name in ("key", *columns(kind)))
    cursor = connection.execute(f"select {names} from {table_of(kind)}")
    found: list[Entity] = []
    while rows := cursor.fetchmany(AT_ONCE):
        found += _made_of(kind, rows, ids, numbers, pointers, within)
    return found


def _made_of(
    kind: type[Any],
    rows: list[Any],
    ids: dict[int, Id],
    numbers: dict[int, str],
    pointers: dict[str, dict[int, tuple[Id, ...]]],
    within: dict[int, dict[tuple[str, int], Id]],
) -> list[Entity]:
    owners, *values = zip(*rows, strict=True)
    fields = [each.name for each in shape(kind) if each.kind in POINTING]
    taken = {name: pointers[name] for name in fields if name in pointers}
    targets = {name: [held.pop(owner, ()) for owner in owners] for name, held in taken.items()}
    own_ids, own_numbers = [ids[owner] for owner in owners], [numbers[owner] for owner in owners]
    if within.keys().isdisjoint(owners):
        try:
            return from_rows(kind, own_ids, own_numbers, values, targets)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError, RuleBroken):
            pass  # one by one, so that the sentence says which it is
    found = []
    for at, (owner, *one) in enumerate(rows):
        own = {name: held[at] for name, held in targets.items() if held[at]}
        found.append(from_row(kind, ids[owner], numbers[owner], one, own, within.get(owner, {})))
    return found
