"""Two copies of one case: where they went apart, what each did since, and both put together in a third."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Exhibit
from evidencemap.model.merging import Difference, Merge, Side, differences, merge
from evidencemap.model.numbering import Numbering
from evidencemap.storage import journal, places
from evidencemap.storage.door import admit
from evidencemap.storage.driver import transaction
from evidencemap.storage.journal import Line, LineKind, purged_head
from evidencemap.storage.opening import scratch
from evidencemap.storage.passphrases import Opens
from evidencemap.storage.publish import place, prepare
from evidencemap.storage.store import Store, open_store
from evidencemap.tongue import _

_MERGED = re.compile(r"\(head ([0-9a-f]{16})\)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A case file as a private copy that can be worked on: nothing of it reaches the file."""

    path: Path
    folder: Path
    store: Store
    case: Case
    lines: tuple[Line, ...]

    @property
    def head(self) -> str:
        """Return the digest of the last line of the file's journal."""
        return self.lines[-1].digest.hex()

    def with_store(self, store: Store, case: Case) -> "Copy":
        """Return the same copy with another store in its folder, which the caller closes."""
        return replace(self, store=store, case=case)


@contextmanager
def working_copy(path: Path, passphrase: Opens | None = None) -> Iterator[Copy]:
    """Give a private copy of the case file at a path, gone afterwards. Takes no lock on the file.

    Raises CaseFileRefused where the file is no case that may be trusted.
    """
    path = places.resolved(Path(path))
    with scratch() as folder:
        admitted = admit(path, folder, passphrase=passphrase)
        store = open_store(admitted.database, admitted.keys, admitted.key)
        try:
            lines = tuple(store.lines())
            yield Copy(path=path, folder=folder, store=store, case=admitted.case, lines=lines)
        finally:
            store.close()


def publish_new(copy: Copy, out: Path) -> Path:
    """Publish a private copy as a new file, encrypted as the original is.

    Raises CaseFileRefused where the file cannot be written.
    """
    copy.store.publication()
    whole = copy.folder / "whole.db"
    copy.store.copy_to(whole)
    header = b"" if copy.store.key is None else copy.store.key.recipe.header
    return place(prepare(whole, places.resolved(Path(out)), "", header)).path


def compare_files(
    ours: Path, theirs: Path, passphrases: tuple[Opens | None, Opens | None] = (None, None)
) -> Merge | list[Difference]:
    """Return what each of two copies did since they went apart.

    Two files without a common history are compared as they are: a list of differences.
    """
    mine_opens, yours_opens = passphrases
    with working_copy(ours, mine_opens) as mine, working_copy(theirs, yours_opens) as yours:
        fork = _fork(mine, yours)
        if fork is None:
            return differences(mine.case, yours.case)
        base, numbering = fork
        return merge(base, mine.case, yours.case, numbering=numbering)


def merge_files(
    ours: Path,
    theirs: Path,
    out: Path,
    decided: Mapping[str, Side],
    passphrases: tuple[Opens | None, Opens | None] = (None, None),
) -> Merge:
    """Put two copies together into a new file, which goes on with the journal of ours.

    Where conflicts are open nothing is written, and the result has no edit. Raises EvidenceMapError
    where the two are no copies of one case.
    """
    mine_opens, yours_opens = passphrases
    with working_copy(ours, mine_opens) as mine, working_copy(theirs, yours_opens) as yours:
        fork = _fork(mine, yours)
        if fork is None:
            raise EvidenceMapError(
                _("{ours} and {theirs} have no common history: they are no copies of one case.").format(
                    ours=mine.path.name, theirs=yours.path.name
                )
            )
        base, numbering = fork
        label = f"Merge {yours.path.name} (head {yours.head[:16]})"
        found = merge(base, mine.case, yours.case, decided=decided, numbering=numbering, label=label)
        if found.edit is not None:
            after = mine.case.after(found.edit)
            bring_contents(yours.store, mine.store, after)
            mine.store.write(mine.case, found.edit, after, kind=LineKind.MERGE)
            publish_new(mine, out)
        return found


def bring_contents(source: Store, target: Store, case: Case, leaving: Collection[str] = ()) -> None:
    """Copy into a store the bytes of each exhibit of a case that another store has and it has not.

    `leaving` names contents by SHA-256 that stay behind.
    """
    here, there = target.connection, source.connection
    wanted = dict.fromkeys(each.sha256 for each in case.sorted(Exhibit) if each.sha256 not in leaving)
    with transaction(here):
        for sha256 in wanted:
            found = there.execute("select key, size from file where sha256 = ?", (sha256,)).fetchone()
            if found is None or here.execute("select 1 from file where sha256 = ?", (sha256,)).fetchone():
                continue
            (key,) = here.execute(
                "insert into file (sha256, size) values (?, ?) returning key", (sha256, found[1])
            ).fetchone()
            blocks = there.execute(
                "select position, bytes from chunk where file = ? order by position", found[:1]
            )
            for position, block in blocks:
                here.execute(
                    "insert into chunk (file, position, bytes) values (?, ?, ?)", (key, position, block)
                )


def _fork(ours: Copy, theirs: Copy) -> tuple[Case, Numbering] | None:
    """Return the case from which two copies went apart, and how their numbers read; None where none is."""
    common = _common(ours.lines, theirs.lines)
    taken, given = _merged(ours.lines, theirs.lines), _merged(theirs.lines, ours.lines)
    if taken > common:
        base = _replayed(theirs, taken)
        return base, Numbering.of(base, ours.case, theirs.case, base_aliases=dict(ours.case.header.aliases))
    if given > common:
        base = _replayed(ours, given)
        back = {new: old for old, new in theirs.case.header.aliases}
        return base, Numbering.of(base, ours.case, theirs.case, their_aliases=back)
    if common:
        base = _replayed(ours, common)
    elif _purged_from(theirs, ours):
        base = _replayed(theirs, 2)
    elif _purged_from(ours, theirs):
        base = _replayed(ours, 2)
    else:
        return None
    return base, Numbering.of(base, ours.case, theirs.case)


def _replayed(copy: Copy, upto: int) -> Case:
    try:
        return journal.replay(copy.case.id, copy.lines[:upto])
    except (ValueError, KeyError) as fault:
        raise CaseFileRefused(
            _("The journal of {name} does not lead to what it holds.").format(name=copy.path.name)
        ) from fault


def _common(ours: Sequence[Line], theirs: Sequence[Line]) -> int:
    """Return the last entry that both journals have: each line vouches for all before it."""
    common = 0
    for one, other in zip(ours, theirs, strict=False):
        if one.digest != other.digest:
            break
        common = one.entry
    return common


def _merged(lines: Sequence[Line], others: Sequence[Line]) -> int:
    """Return the last entry of another journal that an earlier merge took in; 0 for none."""
    entries = {line.digest.hex()[:16]: line.entry for line in others}
    found = [_MERGED.search(line.label) for line in lines if line.kind is LineKind.MERGE]
    return max((entries.get(each[1], 0) for each in found if each is not None), default=0)


def _purged_from(copy: Copy, other: Copy) -> bool:
    """Return whether a copy was made of another by leaving out what was deleted."""
    head = purged_head(copy.lines[0])
    return bool(head) and any(line.digest.hex() == head for line in other.lines)
