"""A copy to share: without what was deleted or reworded and, if asked, without confidential sources."""

from dataclasses import dataclass
from pathlib import Path

from evidencemap.model.plain import canonical
from evidencemap.model.redaction import Redaction, redacted
from evidencemap.storage.copies import bring_contents, publish_new, working_copy
from evidencemap.storage.journal import LineKind, changes_of
from evidencemap.storage.store import create_store


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a copy left behind: lines of the journal, things that were gone, contents of exhibits by number.

    `redaction` says what was hidden of confidential sources; None where nothing was to be.
    """

    path: Path
    entries: int
    things: int
    withheld: tuple[str, ...]
    redaction: Redaction | None


def plain_copy(path: Path, out: Path, passphrase: str | None = None) -> Path:
    """Copy a case file as it is, journal and seals included, through the gate to a new file."""
    with working_copy(path, passphrase) as original:
        return publish_new(original, out)


def purged_copy(path: Path, out: Path, *, redact: bool = False, passphrase: str | None = None) -> Purged:
    """Write a copy of a case file that holds what the case says now, and nothing that it once said.

    The copy is written afresh, row by row, so that no page of the old file is in it. Its journal starts
    a new chain: the first line holds the head of the old one and how much was left behind, the second
    all of the case. Seals and time stamps vouch for the old journal and stay behind. With `redact`,
    sources marked confidential leave their number and nothing else.
    """
    with working_copy(path, passphrase) as original:
        hidden = redacted(original.case) if redact else None
        case = original.case if hidden is None else hidden.case
        withheld = {} if hidden is None else hidden.withheld
        known = {row[1] for line in original.lines for row in changes_of(line)}
        things = sum(1 for number in known if number not in case.by_number)
        left = {
            "head": original.head,
            "entries": len(original.lines),
            "things": things,
            "redacted": [] if hidden is None else list(hidden.sources),
        }
        origin = (LineKind.PURGE, "Leave behind what was deleted", canonical(left))
        target = original.folder / "purged.db"
        store = create_store(target, case, "Start from what was left", origin=origin, key=original.store.key)
        try:
            bring_contents(original.store, store, case, leaving=withheld)
            made = publish_new(original.with_store(store, case), out)
        finally:
            store.close()
    return Purged(
        path=made,
        entries=len(original.lines),
        things=things,
        withheld=tuple(withheld.values()),
        redaction=hidden,
    )
