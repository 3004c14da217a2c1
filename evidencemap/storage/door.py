"""How a file from outside comes in: through the gate, into a database of ours and a case in memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Timer
from typing import IO, Any

from evidencemap.errors import CaseFileRefused, RuleBroken
from evidencemap.model import rules
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.storage.aside import Aside
from evidencemap.storage.driver import connect_to_read, explained
from evidencemap.storage.journal import Line
from evidencemap.storage.passphrases import Key, Opens, PassphraseWrong, secret
from evidencemap.storage.places import flush_file
from evidencemap.storage.reading import read_outline
from evidencemap.storage.receiving import Progress, Received, copy_in
from evidencemap.storage.refusals import denial, refusal
from evidencemap.storage.store import Loaded, load_plainly
from evidencemap.storage.tables import VERSION
from evidencemap.tongue import _, several

PATIENCE = 6
"""How many times as long as its own work the gate may take, since it shares the machine."""

_PARTS = {"checking": 0.1, "copying": 0.12, "copied": 0.4}
"""How far an opening is when the gate says where it stands: as long as these take in a large case."""

_LOADED = 0.92
"""How far an opening is when the case is loaded."""


def stage_at(part: float) -> str:
    """Return what an opening does once a part of it is done, for a person to read."""
    if part < _PARTS["checking"]:
        return _("Reading the file")
    if part < _PARTS["copying"]:
        return _("Checking the file")
    if part < _PARTS["copied"]:
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
    target = folder / "admitted.db"
    with _gate(folder) as (process, asked, said):
        received = copy_in(path, folder / "copy.db", lambda part: tell(0.1 * part), passphrase)
        seconds = 10 + received.size / 5_000_000
        # The gate counts the seconds of its own work; on a busy machine those take longer.
        clock = Timer(PATIENCE * seconds, process.kill)
        clock.start()
        digest = Aside(received.digest)
        try:
            words = {"copy": str(received.copy), "target": str(target), "version": received.version}
            limits = {"seconds": seconds, "size": received.size, "key": secret(received.key)}
            asked.write(json.dumps({**words, **limits}) + "\n")
            asked.flush()
            heard = _listen(said, target, tell, received.key, durable)
        except BrokenPipeError:
            heard = _Heard()
        finally:
            clock.cancel()
            digest.wait()
    loaded = _loaded(path, received, target, heard)
    received.copy.unlink()
    return Admitted(
        database=target,
        case=loaded.case,
        keys=loaded.keys,
        lines=loaded.lines,
        digest=digest.result(),
        size=received.size,
        damage=tuple(denial(code, values) for code, values in heard.outcome["damage"]),
        broken=heard.broken,
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


@dataclass(slots=True)
class _Heard:
    """What came of the gate: what the case holds, which rule it breaks, why it was not read, the outcome."""

    loaded: Loaded | None = None
    broken: str = ""
    fault: Exception | None = None
    outcome: dict[str, Any] = field(default_factory=dict)


def _listen(said: IO[str], target: Path, tell: Progress, key: Key | None, durable: bool) -> _Heard:
    """Follow what the gate says; load the case while it goes on checking what it copied.

    What was loaded counts only once the gate has found nothing: it may point at what is not there.
    """
    heard = _Heard()
    flushed, done = None, _PARTS["checking"]
    for line in said:
        try:
            heard.outcome = json.loads(line)
        except ValueError:
            heard.outcome = {}
            break
        stage = str(heard.outcome.get("stage", ""))
        done = max(done, _PARTS.get(stage, 0.0) + 0.28 * float(heard.outcome.get("part", 0)))
        tell(done)
        if stage == "copied":
            if durable:
                flushed = Aside(lambda: flush_file(target))
            if heard.outcome.get("version") == VERSION:
                _load(heard, target, tell, key)
                done = _LOADED
    if flushed is not None:
        with explained(_("The case was not opened.")):
            flushed.result()
    return heard


def _load(heard: _Heard, target: Path, tell: Progress, key: Key | None) -> None:
    try:
        heard.loaded = load_plainly(target, key, lambda part: tell(0.4 + 0.45 * part))
    except (CaseFileRefused, KeyError) as fault:
        heard.fault = fault
    else:
        heard.broken = _broken(heard.loaded.case)
        tell(_LOADED)


def _broken(case: Case) -> str:
    try:
        rules.check(case)
    except RuleBroken as broken:
        return str(broken)
    return ""


def _loaded(path: Path, received: Received, target: Path, heard: _Heard) -> Loaded:
    """Return what the case holds, now that the gate has spoken. Raises CaseFileRefused where it refuses."""
    outcome = heard.outcome
    if "refused" in outcome:
        sentence = refusal(path.name, str(outcome["refused"]), outcome["values"])
        if outcome["refused"] == "passphrase":
            raise PassphraseWrong(sentence)
        raise CaseFileRefused(sentence)
    if "damage" in outcome and heard.loaded is None and heard.fault is None:
        heard.loaded = _brought_up(target, received.key)
        heard.broken = _broken(heard.loaded.case)
    if isinstance(heard.fault, CaseFileRefused):
        raise heard.fault
    if heard.loaded is None or "damage" not in outcome:
        raise CaseFileRefused(
            _("{name} could not be examined within the limits: it was not opened.").format(name=path.name)
        )
    return heard.loaded


def _brought_up(target: Path, key: Key | None) -> Loaded:
    """Bring what came from an older file to the newest shape, and load it with the journal of that file."""
    from evidencemap.storage.migrating import migrate

    connection = connect_to_read(target, secret(key))
    try:
        lines = tuple(read_outline(connection))
    finally:
        connection.close()
    migrate(target, key)
    return replace(load_plainly(target, key), lines=lines)
