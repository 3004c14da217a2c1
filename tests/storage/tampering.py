"""What somebody without the key can do to a sealed case: nine kinds of changes, all other digests fitted."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidencemap.errors import CaseFileRefused
from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence
from evidencemap.session import Session, Verification
from evidencemap.storage import gate
from evidencemap.storage.receiving import copy_in
from evidencemap.storage.refusals import RefusedError, denial, refusal
from evidencemap.storage.seals import message
from evidencemap.storage.verification import judge
from tests.benchmarks.generate import generate
from tests.storage.forging import rehash

Tamper = Callable[[sqlite3.Connection, random.Random], None]


def sealed_file(path: Path) -> str:
    """Publish a small case with edits, an undone one and two exhibits, sealed; return the fingerprint."""
    exhibit = path.with_name("exhibit.bin")
    with Session.adopt(generate(12, 3, extras=True)) as session:
        for number in range(6):
            session.apply(verbs.add(session.case, Claim, text=f"Added claim {number}"))
        session.undo()
        for number in range(2):
            exhibit.write_bytes(bytes([number]) * 3_000)
            session.add_exhibit(exhibit, to=session.case.sorted(Evidence)[0].id)
        session.save_as(path)
        session.apply(verbs.add(session.case, Claim, text="And one more"))
        fingerprint = session.seal()
    exhibit.unlink()
    return fingerprint


def judged(path: Path, fingerprint: str) -> Verification:
    """Verify a file as `verify` does, without a process of its own for the gate."""
    with tempfile.TemporaryDirectory() as folder:
        copy, target = Path(folder) / "copy.db", Path(folder) / "target.db"
        end = time.monotonic() + 30
        try:
            received = copy_in(path, copy, lambda part: None)
            damage = gate.examine(
                str(copy), str(target), received.version, lambda **said: None, lambda: time.monotonic() > end
            )
            return judge(path.name, target, [denial(*each) for each in damage], expected=fingerprint)
        except CaseFileRefused as refused:
            return Verification(ok=False, sentences=(str(refused),))
        except RefusedError as refused:
            return Verification(ok=False, sentences=(refusal(path.name, refused.code, refused.values),))
        except gate.FAULTS as fault:
            return Verification(ok=False, sentences=(f"{path.name} is damaged: {fault}.",))


def reword(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Change a letter of a text."""
    table, column = chance.choice([("claim", "text"), ("evidence", "text"), ("source", "name")])
    key, text = pick(connection, chance, f"select key, {column} from {table}")
    at = chance.randrange(len(text))
    changed = f"{text[:at]}{chr(ord(text[at]) ^ 1 if ord(text[at]) > 33 else 120)}{text[at + 1 :]}"
    connection.execute(f"update {table} set {column} = ? where key = ?", (changed, key))
    if not changed.strip() or changed == text:
        connection.execute(f"update {table} set {column} = ? where key = ?", (f"{text}.", key))


def regrade(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Give an item or a claim another grade."""
    table, column, span = chance.choice([("evidence", "credibility", 6), ("claim", "stated", 4)])
    key, grade = pick(connection, chance, f"select key, {column} from {table}")
    other = chance.choice([each for each in range(1, span + 1) if each != grade])
    connection.execute(f"update {table} set {column} = ? where key = ?", (other, key))


def take_out(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Remove a thing with its row and every reference to it."""
    key, kind = pick(connection, chance, "select key, kind from entity where kind != 'header'")
    connection.execute("delete from reference where ? in (owner, target)", (key,))
    connection.execute(f"delete from {kind} where key = ?", (key,))
    connection.execute("delete from entity where key = ?", (key,))


def make_up(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Put in a copy of a claim or an item under a number of its own."""
    letter, kind = chance.choice([("C", "claim"), ("E", "evidence")])
    key, _ = pick(connection, chance, f"select key, number from entity where kind = '{kind}'")
    (fresh,) = connection.execute("select max(key) + 1 from entity").fetchone()
    number = f"{letter}{chance.randint(5_000, 9_000)}"
    connection.execute(
        "insert into entity values (?, ?, ?, ?, zeroblob(32))", (fresh, f"made-up-{fresh}", number, kind)
    )
    columns = [row[1] for row in connection.execute(f"pragma table_info({kind})")][1:]
    names = ", ".join(f'"{each}"' for each in columns)
    connection.execute(f"insert into {kind} select ?, {names} from {kind} where key = ?", (fresh, key))


def bend(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Let a reference point at another thing of the same kind."""
    rows = connection.execute(
        "select owner, field, position, target, kind from reference join entity on key = target"
        " where kind in (select kind from entity group by kind having count(*) > 1)"
    ).fetchall()
    owner, field, position, target, kind = chance.choice(sorted(rows))
    other, _ = pick(
        connection, chance, f"select key, kind from entity where kind = '{kind}' and key != {target}"
    )
    connection.execute(
        "update reference set target = ? where owner = ? and field = ? and position = ?",
        (other, owner, field, position),
    )


def rewrite_history(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Change when a line of the journal says that something was done, what, or by whom."""
    entry, _ = pick(connection, chance, "select entry, kind from journal")
    column, value = chance.choice(
        [("at", "2001-09-09T01:46:40Z"), ("label", "Nothing to see"), ("by", "Somebody else")]
    )
    connection.execute(f'update journal set "{column}" = ? where entry = ?', (value, entry))


def cut_history(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Remove lines of the journal and number the rest anew."""
    (last,) = connection.execute("select max(entry) from journal").fetchone()
    start = chance.randint(1, last - 1)
    stop = chance.randint(start, min(start + 3, last - 1))
    connection.execute("delete from journal where entry between ? and ?", (start, stop))
    shift = stop - start + 1
    connection.execute("update journal set entry = -(entry - ?) where entry > ?", (shift, stop))
    connection.execute("update journal set entry = -entry where entry < 0")


def exchange_exhibit(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Put other bytes in the place of an exhibit's, or take them out, the digests of them made to fit."""
    key, digest = pick(connection, chance, "select key, sha256 from file")
    if chance.random() < 0.3:
        connection.execute("delete from chunk where file = ?", (key,))
        connection.execute("delete from file where key = ?", (key,))
        return
    other = chance.randbytes(chance.randint(1, 5_000))
    fresh = sha256(other).hexdigest()
    connection.execute("update chunk set bytes = ? where file = ?", (other, key))
    connection.execute("update file set sha256 = ?, size = ? where key = ?", (fresh, len(other), key))
    connection.execute(
        "update exhibit set sha256 = ?, size = ? where sha256 = ?", (fresh, len(other), digest)
    )


def exchange_seal(connection: sqlite3.Connection, chance: random.Random) -> None:
    """Take the seal off, put another person's in its place, or change a part of it."""
    act = chance.randrange(4)
    entries, head, root, at = connection.execute("select entries, head, root, at from seal").fetchone()
    if act == 0:
        connection.execute("delete from seal")
    elif act == 1:
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        made = key.sign(message(entries, head, root, at))
        raw = key.public_key().public_bytes_raw()
        connection.execute("update seal set public_key = ?, signature = ?", (raw, made))
    elif act == 2:
        column, size = chance.choice([("signature", 64), ("head", 32), ("root", 32), ("public_key", 32)])
        (held,) = connection.execute(f"select {column} from seal").fetchone()
        changed = bytearray(held)
        changed[chance.randrange(size)] ^= 1 << chance.randrange(8)
        connection.execute(f"update seal set {column} = ?", (bytes(changed),))
    else:
        connection.execute("update seal set at = ?", (f"20{chance.randint(10, 19)}-01-01T00:00:00Z",))


KINDS: dict[str, Tamper] = {
    "a text": reword,
    "a grade": regrade,
    "something gone": take_out,
    "something made up": make_up,
    "a reference": bend,
    "a line of the journal": rewrite_history,
    "lines cut out": cut_history,
    "an exhibit": exchange_exhibit,
    "the seal": exchange_seal,
}


def tampered(original: bytes, place: Path, kind: str, seed: int) -> bool:
    """Write a case changed in one way to a place; return whether the database library finds it sound."""
    place.write_bytes(original)
    connection = sqlite3.connect(place, isolation_level=None)
    try:
        connection.execute("pragma foreign_keys = off")
        connection.execute("pragma synchronous = off")
        connection.execute("begin")
        KINDS[kind](connection, random.Random(f"{kind} {seed}"))
        rehash(connection)
        connection.execute("commit")
        (answer,) = connection.execute("pragma integrity_check").fetchone()
        strays = connection.execute("pragma foreign_key_check").fetchall()
    finally:
        connection.close()
    return bool(answer == "ok" and not strays)


def pick(connection: sqlite3.Connection, chance: random.Random, query: str) -> tuple[int, Any]:
    """Return one row of two, chosen by chance."""
    rows = sorted(connection.execute(query).fetchall())
    found: tuple[int, Any] = chance.choice(rows)
    return found
