"""Whether a case file is as it was published: every digest, the journal against the tables, the seals."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case, everything
from evidencemap.model.kinds import number_key
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.storage import journal, places
from evidencemap.storage.door import Admitted, Progress, examine
from evidencemap.storage.driver import connect_to_read
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.opening import scratch
from evidencemap.storage.reading import read_lines
from evidencemap.storage.rows import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification found. `sentences` tells it, the first damage first.

    `head` is the digest of the last line of the journal and `root` the published state root, both in
    hexadecimal; both are empty where the file could not be read at all.
    """

    ok: bool
    sentences: tuple[str, ...]
    head: str = ""
    root: str = ""
    entries: int = 0


def verify(path: Path, progress: Progress | None = None) -> Verification:
    """Say whether the case file at a path is as it was published, with a sentence for each damage."""
    path = places.resolved(Path(path))
    with scratch() as folder:
        try:
            admitted = examine(path, folder, progress)
        except CaseFileRefused as refusal:
            return Verification(ok=False, sentences=(str(refusal),))
        connection = connect_to_read(admitted.database)
        try:
            lines = list(read_lines(connection))
        except CaseFileRefused as refusal:
            return Verification(ok=False, sentences=(str(refusal),))
        finally:
            connection.close()
    return _judge(path, admitted, lines)


def _judge(path: Path, admitted: Admitted, lines: list[Line]) -> Verification:
    head, entries = admitted.head.hex(), admitted.entries
    damage = [f"{each[0].upper()}{each[1:]}." for each in admitted.damage]
    if not damage:
        try:
            damage = list(_against_journal(admitted.case, lines))
        except CaseFileRefused as refusal:
            damage = [str(refusal)]
    root = _published_root(lines)
    if damage:
        return Verification(ok=False, sentences=tuple(damage), head=head, root=root, entries=entries)
    sentences = (
        f"{path.name} holds what its journal says: {entries} entries, each following from the one before.",
        "Its rows are those that were last published.",
    )
    return Verification(
        ok=True, sentences=(*sentences, *admitted.notices), head=head, root=root, entries=entries
    )


def _against_journal(case: Case, lines: list[Line]) -> Iterator[str]:
    replayed = journal.replay_plainly(lines)
    held = {
        each.number: (table_of(type(each)), canonical(plain_entity(case, each))) for each in everything(case)
    }
    for number in sorted(replayed.keys() | held.keys(), key=number_key):
        if number not in replayed:
            yield f"{number} is in the tables, but no entry of the journal says where it came from."
        elif number not in held:
            yield f"{number} is in the journal, but gone from the tables without an entry that says so."
        elif (replayed[number][0], canonical(replayed[number][1])) != held[number]:
            yield f"{number} is in the tables with other words than the journal left it with."


def _published_root(lines: list[Line]) -> str:
    for line in reversed(lines):
        if line.kind is LineKind.PUBLISH:
            try:
                return str(json.loads(line.payload)["root"])
            except (ValueError, KeyError, TypeError):
                return ""
    return ""
