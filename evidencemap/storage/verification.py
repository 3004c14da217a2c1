"""Whether a case file is as it was published: every digest, the journal against the tables, the seals."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.case import Case, everything
from evidencemap.model.kinds import number_key
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.storage import journal, places, timestamps
from evidencemap.storage.door import examine
from evidencemap.storage.driver import connect_to_read
from evidencemap.storage.journal import Line, LineKind
from evidencemap.storage.opening import scratch
from evidencemap.storage.passphrases import Key, Opens, PassphraseNeeded, PassphraseWrong, secret
from evidencemap.storage.reading import read_case, read_lines
from evidencemap.storage.receiving import Progress
from evidencemap.storage.rows import table_of
from evidencemap.storage.seals import Seal, broken_seals, my_fingerprint, read_seals
from evidencemap.tongue import _, several

_CHANGING_NOTHING = (LineKind.PUBLISH, LineKind.MIGRATE)
"""The kinds of lines after which the state root is what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification found. `sentences` tells it, the first damage first.

    `head` is the digest of the last line of the journal and `root` the published state root, both in
    hexadecimal; both are empty where the file could not be read at all. `sealed_by` is the fingerprint
    of the key of the latest seal. `whole` says that nothing in the file speaks against its history; it is
    not `ok` all the same where somebody else sealed it and nobody named whose key that is.
    """

    ok: bool
    sentences: tuple[str, ...]
    whole: bool = False
    head: str = ""
    root: str = ""
    entries: int = 0
    sealed_by: str = ""


def verify(
    path: Path, fingerprint: str = "", progress: Progress | None = None, passphrase: Opens | None = None
) -> Verification:
    """Say whether the case file at a path is as it was published, with a sentence for each damage.

    `fingerprint` names the key that must have sealed the last publication. A file that somebody else
    sealed is not found good without it: anybody can seal a file with a key of their own. Raises
    PassphraseNeeded or PassphraseWrong for an encrypted file that does not open.
    """
    path = places.resolved(Path(path))
    with scratch() as folder:
        try:
            admitted = examine(path, folder, progress, passphrase)
            found = judge(
                path.name,
                admitted.database,
                admitted.damage,
                expected=fingerprint,
                key=admitted.key,
                entries=admitted.entries,
            )
        except (PassphraseNeeded, PassphraseWrong):
            raise
        except CaseFileRefused as refusal:
            return Verification(ok=False, sentences=(str(refusal),))
    return replace(found, sentences=(*found.sentences, *admitted.notices))


def judge(
    name: str,
    database: Path,
    damage: Sequence[str],
    *,
    expected: str = "",
    key: Key | None = None,
    entries: int = 1 << 62,
) -> Verification:
    """Say what a database that passed the gate with this damage holds.

    `entries` is how many lines the journal of the file has, where the database was brought to a newer
    shape and has one more. Raises CaseFileRefused where it cannot be read.
    """
    connection = connect_to_read(database, secret(key))
    try:
        case = read_case(connection, {})
        lines = list(read_lines(connection, upto=entries))
        seals = read_seals(connection)
        tokens = timestamps.read_tokens(connection)
    finally:
        connection.close()
    last = lines[-1] if lines else None
    roots = published_roots(lines)
    sentences = [f"{each[0].upper()}{each[1:]}." for each in damage]
    try:
        sentences.extend(_against_journal(case, lines) if not sentences else ())
    except CaseFileRefused as refusal:
        sentences.append(str(refusal))
    sentences.extend(broken_seals(seals, lines, roots))
    stamps = list(timestamps.judged(tokens, lines)) if tokens else []
    sentences.extend(sentence for fits, sentence in stamps if not fits)
    ok = whole = not sentences
    if whole:
        ok, whole, sentences = _praise(name, lines, seals, expected)
        sentences.extend(sentence for _, sentence in stamps)
    return Verification(
        ok=ok,
        sentences=tuple(sentences),
        whole=whole,
        head="" if last is None else last.digest.hex(),
        root=_last_root(lines),
        entries=len(lines),
        sealed_by=seals[-1].fingerprint if seals else "",
    )


def read_journal(path: Path, passphrase: Opens | None = None) -> tuple[Line, ...]:
    """Return the journal of the case file at a path with its payloads, of which replays are made.

    Takes no lock, leaves nothing behind and judges nothing. Raises CaseFileRefused where the file is no
    case that can be read.
    """
    with scratch() as folder:
        admitted = examine(places.resolved(path), folder, passphrase=passphrase)
        connection = connect_to_read(admitted.database, secret(admitted.key))
        try:
            return tuple(read_lines(connection, upto=admitted.entries))
        finally:
            connection.close()


def _praise(name: str, lines: list[Line], seals: list[Seal], expected: str) -> tuple[bool, bool, list[str]]:
    """Return whether it is good, whether nothing speaks against its history, and what to say of both."""
    sentences = [
        several(
            "{name} holds what its journal says: {count} entry.",
            "{name} holds what its journal says: {count} entries, each following from the one before.",
            len(lines),
            name=name,
        ),
        _("Its rows are those that were last published."),
    ]
    wanted = expected.replace(" ", "").replace(":", "").lower()
    mine = my_fingerprint()
    good = [each for each in seals if each.fingerprint == (wanted or mine)]
    if good:
        since = sum(line.kind not in _CHANGING_NOTHING for line in lines if line.entry > good[-1].entries)
        if not since and _last_root(lines) == good[-1].root.hex():
            said = (
                _("It was sealed with the key that you named on {at}, and nothing was done since.")
                if wanted
                else _("It was sealed with your key on {at}, and nothing was done since.")
            )
            return True, True, [*sentences, said.format(at=good[-1].at)]
        if not since:
            said = (
                _("What {name} holds was exchanged after the key that you named sealed it, without an entry.")
                if wanted
                else _("What {name} holds was exchanged after your key sealed it, without an entry.")
            )
            return False, False, [said.format(name=name)]
        said = (
            _("It was sealed with the key that you named up to entry {entry}.")
            if wanted
            else _("It was sealed with your key up to entry {entry}.")
        )
        unsealed = several(
            "{count} entry since is not sealed.", "{count} entries since are not sealed.", since
        )
        return not wanted, True, [*sentences, said.format(entry=good[-1].entries), unsealed]
    if wanted:
        return False, True, [*sentences, _("It is not sealed with the key that you named.")]
    if seals:
        said = _(
            "It is sealed by someone else, with the key {key}: compare that with the fingerprint that you "
            "got another way, and verify again naming it."
        )
        return False, True, [*sentences, said.format(key=seals[-1].fingerprint)]
    said = _("It is not sealed: whoever changed all of it at once would not be noticed.")
    return True, True, [*sentences, said]


def _against_journal(case: Case, lines: list[Line]) -> Iterator[str]:
    replayed = journal.replay_plainly(lines)
    held = {
        each.number: (table_of(type(each)), canonical(plain_entity(case, each))) for each in everything(case)
    }
    for number in sorted(replayed.keys() | held.keys(), key=number_key):
        if number not in replayed:
            said = _("{number} is in the tables, but no entry of the journal says where it came from.")
            yield said.format(number=number)
        elif number not in held:
            said = _("{number} is in the journal, but gone from the tables without an entry that says so.")
            yield said.format(number=number)
        elif (replayed[number][0], canonical(replayed[number][1])) != held[number]:
            said = _("{number} is in the tables with other words than the journal left it with.")
            yield said.format(number=number)


def _last_root(lines: Sequence[Line]) -> str:
    roots = published_roots(lines)
    return roots.get(max(roots, default=0), "")


def published_roots(lines: Sequence[Line]) -> dict[int, str]:
    """Return the state root of each publication in hexadecimal, by its entry in the journal."""
    roots = {}
    for line in lines:
        if line.kind is LineKind.PUBLISH:
            with suppress(ValueError, KeyError, TypeError):
                roots[line.entry] = str(json.loads(line.payload)["root"])
    return roots
