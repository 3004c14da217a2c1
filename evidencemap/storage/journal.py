"""The journal: what was done, in plain data by visible number, each line chained to the one before."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import number_key
from evidencemap.model.plain import Plain, canonical, from_plain, to_plain
from evidencemap.model.records import Id, listed_id, new_id
from evidencemap.model.upkeep import Checkpoint, IssuedBrief
from evidencemap.storage.digests import START, line_digest
from evidencemap.storage.rows import kind_of, table_of
from evidencemap.tongue import _


class LineKind(StrEnum):
    """What a line of the journal says was done."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    MERGE = "merge"
    PUBLISH = "publish"
    ISSUE = "issue"
    MIGRATE = "migrate"
    PURGE = "purge"


BARRIERS = frozenset((LineKind.IMPORT, LineKind.MERGE, LineKind.MIGRATE, LineKind.PURGE))
"""The lines that rebuilt undo does not go behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal. `at` is UTC; `of` is the entry that an undo or redo is about.

    `payload` is canonical JSON: for edits a list of [kind, number, before, after], with plain
    fields or null; for a publication its state root and how many leaves it has.
    """

    entry: int
    at: str
    by: str
    kind: LineKind
    of: int | None
    label: str
    payload: str
    digest: bytes

    @property
    def said(self) -> str:
        """Return what the line is, as a person reads it: `do`, `undo 4`."""
        return self.kind.value if self.of is None else f"{self.kind.value} {self.of}"


@dataclass(frozen=True, slots=True)
class UndoLists:
    """The entries that can be undone, and those that can be done again, the latest last."""

    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)


def utc_now() -> str:
    """Return the time as the journal writes it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_line(
    last: Line | None,
    *,
    at: str,
    kind: LineKind,
    label: str,
    payload: str,
    by: str = "",
    of: int | None = None,
) -> Line:
    """Return the line that follows `last` in the chain."""
    entry = 1 if last is None else last.entry + 1
    made = Line(entry=entry, at=at, by=by, kind=kind, of=of, label=label, payload=payload, digest=START)
    digest = line_digest(START if last is None else last.digest, _fields(made))
    return Line(entry=entry, at=at, by=by, kind=kind, of=of, label=label, payload=payload, digest=digest)


def first_break(lines: Iterable[Line]) -> int | None:
    """Return the number of the first entry that does not follow from those before; None if all do."""
    previous, expected = START, 1
    for line in lines:
        if line.entry != expected or line_digest(previous, _fields(line)) != line.digest:
            return expected
        previous, expected = line.digest, expected + 1
    return None


def payload_of(before: Case, edit: Edit, after: Case) -> str:
    """Return the canonical payload of an edit that led from one case to the next."""
    changes = []
    for change in sorted(edit.changes, key=lambda each: number_key(each.entity.number)):
        number = change.entity.number
        if change.before is not None and change.before.number != number:
            raise ValueError("an edit never changes a visible number")
        was = None if change.before is None else to_plain(change.before, before.number)
        now = None if change.after is None else to_plain(change.after, after.number)
        changes.append([table_of(type(change.entity)), number, was, now])
    return canonical(changes)


def undo_lists(lines: Iterable[Line], since: int = 0) -> UndoLists:
    """Return what can be undone and redone after these lines; nothing up to the entry `since` can."""
    lists = UndoLists()
    for line in lines:
        if line.entry > since:
            follow(lists, line)
    return lists


def follow(lists: UndoLists, line: Line) -> None:
    """Change the lists as one more line of the journal does."""
    if line.kind in BARRIERS:
        lists.undo.clear()
        lists.redo.clear()
    elif line.kind is LineKind.DO:
        lists.undo.append(line.entry)
        lists.redo.clear()
    elif line.kind is LineKind.UNDO and line.of is not None:
        if lists.undo and lists.undo[-1] == line.of:
            lists.undo.pop()
            lists.redo.append(line.of)
    elif line.kind is LineKind.REDO and lists.redo and lists.redo[-1] == line.of:
        lists.redo.pop()
        lists.undo.append(line.of)


def forward(case: Case, line: Line) -> Edit:
    """Return the edit that a line records, made for the case as it stands before it."""
    return _edit(case, line.label, [(row, row[2], row[3]) for row in changes_of(line)])


def backward(case: Case, line: Line) -> Edit:
    """Return the edit that takes a line back, made for the case as it stands after it."""
    return _edit(case, line.label, [(row, row[3], row[2]) for row in reversed(changes_of(line))])


def replay_plainly(lines: Iterable[Line]) -> dict[str, tuple[str, Plain]]:
    """Return what the lines lead to from nothing: by visible number, the kind and the plain fields.

    Raises CaseFileRefused at the first line that does not fit what came before it.
    """
    held: dict[str, tuple[str, Plain]] = {}
    for line in lines:
        for table, number, was, now in changes_of(line):
            if (number in held) != (was is not None) or (was is not None and held[number] != (table, was)):
                raise CaseFileRefused(
                    _("Entry {entry} of the journal changes {number}, which was not so before it.").format(
                        entry=line.entry, number=number
                    )
                )
            if now is None:
                del held[number]
            else:
                held[number] = (table, now)
    return held


def difference(case: Case, wanted: dict[str, tuple[str, Plain]], label: str) -> Edit | None:
    """Return the edit that makes a case say what plain data says, number for number; None if it does.

    Checkpoints and issued briefs stay: they say what happened, not what is claimed.
    """
    kept = {table_of(Checkpoint), table_of(IssuedBrief)}
    held = {
        each.number: (table_of(type(each)), to_plain(each, case.number)) for each in case.entities.values()
    }
    changes: list[tuple[list[Any], Plain | None, Plain | None]] = []
    for number in sorted(held.keys() | wanted.keys(), key=number_key):
        table = (held.get(number) or wanted[number])[0]
        was = held[number][1] if number in held else None
        now = wanted[number][1] if number in wanted else None
        if table not in kept and canonical(was) != canonical(now):
            changes.append(([table, number], was, now))
    return _edit(case, label, changes) if changes else None


def purged_head(line: Line) -> str:
    """Return the head of the journal that a purged copy was made from, empty where this is no such line."""
    if line.kind is not LineKind.PURGE:
        return ""
    try:
        return str(json.loads(line.payload)["head"])
    except (ValueError, KeyError, TypeError):
        return ""


def replay(case_id: Id, lines: Iterable[Line]) -> Case:
    """Return the case that the lines lead to from nothing at all; publications change nothing.

    Raises CaseFileRefused at the first line that does not fit the case before it.
    """
    case = Case(id=case_id, tables={}, entities={}, by_number={}, highest={})
    for line in lines:
        if line.kind in (LineKind.PUBLISH, LineKind.PURGE, LineKind.MIGRATE):
            continue
        case = case.after(forward(case, line))
    return case


def changes_of(line: Line) -> list[list[Any]]:
    """Return the changes of a line as plain data. Raises CaseFileRefused where they are none."""
    if line.kind in (LineKind.PUBLISH, LineKind.MIGRATE, LineKind.PURGE):
        return []
    try:
        rows = json.loads(line.payload)
    except ValueError as fault:
        raise CaseFileRefused(
            _("Entry {entry} of the journal cannot be read.").format(entry=line.entry)
        ) from fault
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 4 for row in rows):
        raise CaseFileRefused(
            _("Entry {entry} of the journal is none that this program writes.").format(entry=line.entry)
        )
    return rows


def _edit(case: Case, label: str, changes: Sequence[tuple[list[Any], Plain | None, Plain | None]]) -> Edit:
    ids: dict[str, Id] = {}
    for row, was, _now in changes:
        if was is None:
            ids[row[1]] = _free_id(case, row[1])

    def find(number: str) -> Id:
        made = ids.get(number)
        if made is not None:
            return made
        held = case.numbered(number)
        if held is None:
            raise CaseFileRefused(
                _("The journal names {number}, which the case does not have.").format(number=number)
            )
        return held.id

    made = []
    for row, was, now in changes:
        table, number = row[0], row[1]
        kind = kind_of(table)
        before = None if was is None else _as_recorded(case, number, was)
        given = before.id if before is not None else ids[number]
        after = None if now is None else from_plain(kind, now, find, id=given, number=number)
        made.append(Change(before=before, after=after))
    return Edit(label=label, changes=tuple(made))


def _as_recorded(case: Case, number: str, was: Plain) -> Entity:
    held = case.by_number.get(number)
    entity = None if held is None else case.entities[held]
    if entity is None or canonical(to_plain(entity, case.number)) != canonical(was):
        raise CaseFileRefused(
            _("{number} is not as the journal left it: it cannot be taken back from there.").format(
                number=number
            )
        )
    return entity


def _free_id(case: Case, number: str) -> Id:
    if number == "case":
        return case.id
    listed = listed_id(case.id, number)
    return listed if listed not in case else new_id()


def _fields(line: Line) -> tuple[str, ...]:
    of = "" if line.of is None else str(line.of)
    return (str(line.entry), line.at, line.by, line.kind.value, of, line.label, line.payload)
