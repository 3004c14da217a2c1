"""Rows to values: the case and the journal that the tables of a store hold."""

import gc
from collections.abc import Iterator
from typing import Any

from evidencemap.errors import CaseFileRefused, RuleBroken
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS
from evidencemap.model.records import Id
from evidencemap.model.shape import shape
from evidencemap.storage.digests import file_leaf, highest_leaf
from evidencemap.storage.driver import Connection
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.rows import POINTING, columns, from_row, from_rows, table_of
from evidencemap.tongue import _


def read_case(connection: Connection, keys: dict[Id, int]) -> Case:
    """Return the case that the tables hold; `keys` gathers the row of each id.

    Raises CaseFileRefused where they hold none.
    """
    # Hundreds of thousands of small objects are made here and none is garbage: looking for some costs half.
    collecting = gc.isenabled()
    gc.disable()
    try:
        entities = list(_read_entities(connection, keys))
        highest = dict(connection.execute("select letter, digits from highest"))
        return case_of(entities, highest)
    except ValueError as fault:
        raise CaseFileRefused(_("The case file is damaged: {fault}.").format(fault=fault)) from fault
    finally:
        if collecting:
            gc.enable()


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


def _read_entities(connection: Connection, keys: dict[Id, int]) -> Iterator[Entity]:
    ids: dict[int, Id] = dict(connection.execute("select key, id from entity"))
    pointers: dict[str, dict[int, list[Id]]] = {}
    within: dict[int, dict[tuple[str, int], Id]] = {}
    query = "select owner, field, position, target from reference order by owner, field, position"
    for owner, field, position, target in connection.execute(query):
        if "." in field:
            within.setdefault(owner, {})[field, position] = ids[target]
            continue
        held = pointers.get(field)
        if held is None:
            held = pointers[field] = {}
        if owner in held:
            held[owner].append(ids[target])
        else:
            held[owner] = [ids[target]]
    for kind in KINDS:
        yield from _read_kind(connection, kind, ids, pointers, within)
    if any(pointers.values()):
        raise ValueError("a reference stands in no field")
    keys.update(zip(ids.values(), ids.keys(), strict=True))


def _read_kind(
    connection: Connection,
    kind: type[Any],
    ids: dict[int, Id],
    pointers: dict[str, dict[int, list[Id]]],
    within: dict[int, dict[tuple[str, int], Id]],
) -> list[Entity]:
    """Return the entities of a kind; what points from them is taken out of `pointers`."""
    names = ", ".join(f't."{name}"' for name in columns(kind))
    comma = ", " if names else ""
    query = f"select e.key, e.number{comma}{names} from {table_of(kind)} t join entity e on e.key = t.key"
    rows = connection.execute(query).fetchall()
    if not rows:
        return []
    owners, numbers, *values = zip(*rows, strict=True)
    nothing: list[Id] = []
    fields = [each.name for each in shape(kind) if each.kind in POINTING]
    taken = {name: pointers[name] for name in fields if name in pointers}
    targets = {name: [held.get(owner, nothing) for owner in owners] for name, held in taken.items()}
    for held in taken.values():
        for owner in owners:
            held.pop(owner, None)
    if within.keys().isdisjoint(owners):
        try:
            return from_rows(kind, [ids[owner] for owner in owners], numbers, values, targets)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError, RuleBroken):
            pass  # one by one, so that the sentence says which it is
    found = []
    for at, (owner, number, *one) in enumerate(rows):
        own = {name: held[at] for name, held in targets.items() if held[at]}
        found.append(from_row(kind, ids[owner], number, one, own, within.get(owner, {})))
    return found
