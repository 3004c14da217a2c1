"""Briefs that went out: the case as it was then, and whether a PDF is one of them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencemap.brief.phrases import listed
from evidencemap.model.case import Case
from evidencemap.model.labels import label_said
from evidencemap.model.upkeep import IssuedBrief
from evidencemap.storage import journal
from evidencemap.storage.journal import Line
from evidencemap.storage.opening import is_edit
from evidencemap.storage.verification import Verification, published_roots
from evidencemap.tongue import _, several

_STATE = "EvidenceMap case state {digest}"
_STATED = re.compile(rb"<pdf:Keywords>EvidenceMap case state ([0-9a-f]{64})</pdf:Keywords>")

LARGEST = 200 * 1024 * 1024
"""No brief has more bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What can be said of a PDF beside a case: `genuine` only where it is a brief that was issued from it."""

    genuine: bool
    sentences: tuple[str, ...]


def state_mark(digest: str) -> str:
    """Return the keywords by which a PDF names the case state in its footer in full; empty for none."""
    return _STATE.format(digest=digest) if digest else ""


def reason_on_record(why: str, despite: str) -> str:
    """Return the reason that the case keeps with an issued brief; `despite` is why blockers were let be."""
    return f"{why}; despite open blockers: {despite}".lstrip("; ") if despite else why


def history_in_words(found: Verification) -> str:
    """Return what a brief says of the history of its case file: whether it is intact, and how long."""
    if not found.whole:
        return _("history not intact")
    if found.ok:
        return several("history intact, {count} entry", "history intact, {count} entries", found.entries)
    return several(
        "history intact, {count} entry, sealed with a key that is not yours",
        "history intact, {count} entries, sealed with a key that is not yours",
        found.entries,
    )


def last_issued(case: Case) -> IssuedBrief | None:
    """Return the brief that was issued last; None where none was."""
    issued = case.sorted(IssuedBrief)
    return issued[-1] if issued else None


def as_issued(case: Case, lines: Sequence[Line]) -> Case | None:
    """Return the case as the brief issued last tells it, read out of the journal.

    None where no brief was issued, or where the journal does not go back that far.
    """
    last = last_issued(case)
    at = None if last is None else _entry_of(lines, last.head)
    return None if at is None else journal.replay(case.id, lines[:at])


def edits_since(brief: IssuedBrief, lines: Sequence[Line]) -> list[str] | None:
    """Return what was done to the case since a brief told it; None where the journal lacks that point."""
    at = _entry_of(lines, brief.head)
    if at is None:
        return None
    return [line.label for line in lines[at:] if is_edit(line) and line.kind is not journal.LineKind.ISSUE]


def judge(data: bytes, name: str, case: Case, lines: Sequence[Line]) -> Judged:
    """Say whether a PDF is a brief issued from a case, and what was done to the case since.

    `name` is what the sentences call the file. A draft is never genuine: only an issued brief is on
    record with its digest. What a file says of itself is told as what it says.
    """
    digest = hashlib.sha256(data).hexdigest()
    stated = _STATED.search(data)
    state = stated[1].decode("ascii") if stated else ""
    for brief in case.sorted(IssuedBrief):
        if brief.sha256 == digest:
            return _genuine(name, brief, state, lines)
    said = [_none_of_them(name, len(case.of(IssuedBrief)))]
    if not state:
        said.append(_("It names no case state."))
    else:
        at = _published_at(lines, state)
        text = (
            _("It names the case state {state}, which entry {entry} of the journal published.")
            if at is not None
            else _("It names the case state {state}, which this journal never published.")
        )
        said.append(text.format(state=_stub(state), entry=at))
    return Judged(genuine=False, sentences=tuple(said))


def _none_of_them(name: str, issued: int) -> str:
    if not issued:
        return _("{name} was not issued from this case: no brief was.").format(name=name)
    return several(
        "{name} is not the brief that was issued from this case: a draft, or changed since.",
        "{name} is none of the {count} briefs issued from this case: a draft, or changed since.",
        issued,
        name=name,
    )


def _genuine(name: str, brief: IssuedBrief, state: str, lines: Sequence[Line]) -> Judged:
    text = _("{name} is the {template} that was issued as {number} on {when}, byte for byte.")
    said = [text.format(name=name, template=_(brief.template), number=brief.number, when=brief.when)]
    at = _entry_of(lines, brief.head)
    if at is None:
        said.append(_("The journal of this case does not hold the entry that it tells."))
        return Judged(genuine=False, sentences=tuple(said))
    told = published_roots(lines[:at])
    if state != told.get(max(told, default=0), ""):
        said.append(_("The case state in it is not the one that the journal published then."))
        return Judged(genuine=False, sentences=tuple(said))
    said.append(
        _("It tells the case as entry {entry} of the journal left it, state {state}.").format(
            entry=at, state=_stub(state)
        )
    )
    since = [
        label_said(line.label)
        for line in lines[at:]
        if is_edit(line) and line.kind is not journal.LineKind.ISSUE
    ]
    if since:
        shown = listed(since[:3]) if len(since) < 4 else ", ".join([*since[:3], "…"])
        text = several(
            "{count} edit was made since: {labels}.",
            "{count} edits were made since: {labels}.",
            len(since),
            labels=shown,
        )
        said.append(text)
    else:
        said.append(_("Nothing was done to the case since."))
    return Judged(genuine=True, sentences=tuple(said))


def _entry_of(lines: Sequence[Line], head: str) -> int | None:
    return next((line.entry for line in lines if line.digest.hex() == head), None)


def _published_at(lines: Sequence[Line], state: str) -> int | None:
    return next((entry for entry, root in published_roots(lines).items() if root == state), None)


def _stub(state: str) -> str:
    return f"{state[:4]} {state[4:8]}"
