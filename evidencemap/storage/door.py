"""How a file from outside comes in: through the gate, into a database of ours and a case in memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Timer
from typing import IO, Any

from evidencemap.errors import CaseFileRefused, RuleBroken
from evidencemap.model import rules
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.model.records import Id
from evidencemap.storage.aside import Aside
from evidencemap.storage.driver import explained
from evidencemap.storage.journal import Line
from evidencemap.storage.migrating import migrate
from evidencemap.storage.passphrases import Key, Opens, PassphraseWrong, secret
from evidencemap.storage.places import flush_file
from evidencemap.storage.receiving import Progress, Received, copy_in
from evidencemap.storage.refusals import denial, refusal
from evidencemap.storage.store import Loaded, load_plainly, outline_of
from evidencemap.storage.tables import VERSION
from evidencemap.tongue import _, several

PATIENCE = 6
"""How many times as long as its own work the gate may take, since it shares the machine."""

_PARTS = {"checking": 0.1, "copying": 0.12, "rows": 0.4}
"""How far an opening is when the gate says where it stands: as long as these take in a large case."""

_LOADED = 0.92
"""How far an opening is when the case is loaded."""


def stage_at(part: float) -> str:
    """Return what an opening does once a part of it is done, for a person to read."""
    if part < _PARTS["checking"]:
        return _("Reading the file")
    if part < _PARTS["copying"]:
        return _("Checking the file")
    if part < _PARTS["rows"]:
        return _("Taking rows and exhibits through the gate")
    if part < _LOADED:
        return _("Building the case")
    return _("Checking every digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A file that passed the gate: the database that we made from its rows, and what those hold.

    `damage` says what its digests deny, a sentence without its end each; `broken` which rule of every
    case it breaks, empty where none; `keys` gives the row of each id.
    """

    database: Path
    case: Case
    keys: dict[Id, int]
    lines: tuple[Line, ...]
    digest: str
    size: int
    damage: tuple[str, ...]
    broken: str
    notices: tuple[str, ...]
    key: Key | None = None

    @property
    def entries(self) -> int:
        """Return how many lines the journal has."""
        return self.lines[-1].entry if self.lines else 0

    @property
    def head(self) -> bytes:
        """Return the digest of the last line."""
        return self.lines[-1].digest if self.lines else b""


def admit(
    path: Path,
    folder: Path,
    progress: Progress | None = None,
    passphrase: Opens | None = None,
    *,
    durable: bool = False,
) -> Admitted:
    """Take the file at a path through the gate into a database of ours in `folder`.

    `progress` hears the part done, from 0 to 1; what it raises stops the opening. With `durable` the
    database is flushed to the disk. Raises CaseFileRefused with a sentence where the file is no case, or
    not as it was published: PassphraseNeeded where it is encrypted and no passphrase is given,
    PassphraseWrong for another one. What is made of an encrypted file is encrypted under the same key.
    """
    admitted = examine(path, folder, progress, passphrase, durable=durable)
    if admitted.damage:
        count = len(admitted.damage)
        more = several(" ({count} thing in all)", " ({count} things in all)", count) if count > 1 else ""
        beside = f"{path.name}.bak"
        raise CaseFileRefused(
            _(
                "{name} was changed after it was published: {damage}{more}. Ask for the file "
                "again, or open {beside}."
            ).format(name=path.name, damage=admitted.damage[0], more=more, beside=beside)
        )
    return admitted


def examine(
    path: Path,
    folder: Path,
    progress: Progress | None = None,
    passphrase: Opens | None = None,
    *,
    durable: bool = False,
) -> Admitted:
    """Do as `admit`, but return a file whose digests do not agree, with its damage."""
    tell = progress or (lambda part: None)
    target, rows = folder / "admitted.db", folder / "rows.db"
    with _gate(folder) as (process, asked, said):
        received = copy_in(path, folder / "copy.db", lambda part: tell(0.1 * part), passphrase)
        seconds = 10 + received.size / 5_000_000
        # The gate counts the seconds of its own work; on a busy machine those take longer.
        clock = Timer(PATIENCE * seconds, process.kill)
        clock.start()
        digest = Aside(received.digest)
        try:
            places = {"copy": str(received.copy), "target": str(target), "rows": str(rows)}
            about = {"version": received.version, "size": received.size, "key": secret(received.key)}
            asked.write(json.dumps({**places, **about, "seconds": seconds}) + "\n")
            asked.flush()
            heard = _listen(said, target, rows, tell, received.key, durable)
        except BrokenPipeError:
            heard = _Heard()
        finally:
            clock.cancel()
            digest.wait()
    loaded, broken = _loaded(path, received, target, heard)
    for done_with in (received.copy, rows):
        done_with.unlink()
    return Admitted(
        database=target,
        case=loaded.case,
        keys=loaded.keys,
        lines=loaded.lines,
        digest=digest.result(),
        size=received.size,
        damage=tuple(denial(code, values) for code, values in heard.outcome["damage"]),
        broken=broken,
        notices=received.notices,
        key=received.key,
    )


@contextmanager
def _gate(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", IO[str], IO[str]]]:
    """Give the process of the gate, which begins while the file is copied, and what it hears and says."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "evidencemap.storage.gate"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process, process.stdin, process.stdout
    finally:
        process.kill()
        process.communicate()


class _NotWantedError(Exception):
    """The gate refuses the file while it is loaded."""


@dataclass(slots=True)
class _Heard:
    """What came of the gate: the outcome, how far all of it is, and what is loaded in the meantime.

    `loading` makes the case and the rule that it breaks, empty for none; `outline` reads the journal.
    """

    outcome: dict[str, Any] = field(default_factory=dict)
    done: float = _PARTS["checking"]
    loading: Aside[tuple[Loaded, str]] | None = None
    outline: Aside[tuple[Line, ...]] | None = None

    @property
    def refused(self) -> bool:
        """Return whether the gate has said that no row may be trusted."""
        return "refused" in self.outcome

    def wait(self) -> None:
        """Wait until nothing reads the files of the gate any more."""
        for each in (self.loading, self.outline):
            if each is not None:
                each.wait()


def _listen(
    said: IO[str], target: Path, rows: Path, tell: Progress, key: Key | None, durable: bool
) -> _Heard:
    """Follow what the gate says; load the rows while it goes on copying the rest and checking all of it.

    What was loaded counts only once the gate has found nothing: it may point at what is not there.
    """
    heard = _Heard()
    flushed: Aside[None] | None = None
    try:
        for line in said:
            try:
                heard.outcome = json.loads(line)
            except ValueError:
                heard.outcome = {}
                break
            stage = str(heard.outcome.get("stage", ""))
            if heard.loading is None:
                part = 0.28 * float(heard.outcome.get("part", 0))
                heard.done = max(heard.done, _PARTS.get(stage, 0.0) + part)
            tell(heard.done)
            if stage == "rows" and heard.outcome.get("version") == VERSION:
                heard.loading = Aside(partial(_load, heard, rows, tell, key))
            elif stage == "copied":
                heard.outline = Aside(partial(outline_of, target, key))
                flushed = Aside(partial(flush_file, target)) if durable else None
    finally:
        heard.wait()
    if flushed is not None:
        with explained(_("The case was not opened.")):
            flushed.result()
    return heard


def _load(heard: _Heard, rows: Path, tell: Progress, key: Key | None) -> tuple[Loaded, str]:
    def told(part: float) -> None:
        if heard.refused:
            raise _NotWantedError
        heard.done = _PARTS["rows"] + 0.45 * part
        tell(heard.done)

    with uncollected():
        loaded = load_plainly(rows, key, told)
        broken = _broken(loaded.case)
    heard.done = _LOADED
    return loaded, broken


def _broken(case: Case) -> str:
    try:
        rules.check(case)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _loaded(path: Path, received: Received, target: Path, heard: _Heard) -> tuple[Loaded, str]:
    """Return what the case holds, now that the gate has spoken. Raises CaseFileRefused where it refuses."""
    outcome = heard.outcome
    if outcome.get("refused") == "disk":
        with explained(_("{name} was not opened.").format(name=path.name)):
            raise OSError(outcome["values"]["errno"], "")
    if heard.refused:
        sentence = refusal(path.name, str(outcome["refused"]), outcome["values"])
        if outcome["refused"] == "passphrase":
            raise PassphraseWrong(sentence)
        raise CaseFileRefused(sentence)
    if "damage" in outcome and heard.outline is not None:
        try:
            if heard.loading is None:
                return _brought_up(target, received.key, heard.outline.result())
            loaded, broken = heard.loading.result()
            return replace(loaded, lines=heard.outline.result()), broken
        except KeyError:
            pass  # it points at what is not there, though no digest says so
    raise CaseFileRefused(
        _("{name} could not be examined within the limits: it was not opened.").format(name=path.name)
    )


def _brought_up(target: Path, key: Key | None, lines: tuple[Line, ...]) -> tuple[Loaded, str]:
    """Bring what came from an older file to the newest shape, and load it with the journal of that file."""
    migrate(target, key)
    loaded = replace(load_plainly(target, key), lines=lines)
    return loaded, _broken(loaded.case)
