"""Case files made for tests, and the same ones changed by somebody who knows the format."""

import json
import random
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case, everything
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.storage.digests import START, file_leaf, highest_leaf, line_digest, row_leaf
from evidencemap.storage.journal import Line
from evidencemap.storage.merkle import root
from evidencemap.storage.tables import LETTERS, TABLES, columns_of


def founding_case() -> Case:
    """Return the founding case, read from its listing."""
    return read_listing(resource("cases", "letter.yaml"))


def founding_file(path: Path, label: str = "Import a listing") -> Path:
    """Publish the founding case at a path; with another label no entry of its journal is the same."""
    with Session.adopt(founding_case(), label) as session:
        session.apply(verbs.place(session.case, {session.case.by_number["C1"]: (120.5, 40.25)}))
        session.save_as(path)
    return path


def content_of(case: Case, lines: tuple[Line, ...] | list[Line]) -> str:
    """Return one digest of all that a case and its journal say, placements included."""
    said = [[each.number, canonical(plain_entity(case, each))] for each in everything(case)]
    chain = [line.digest.hex() for line in lines]
    return sha256(canonical([said, chain, sorted(case.highest.items())]).encode()).hexdigest()


def forge(path: Path, change: Callable[[sqlite3.Connection], None]) -> None:
    """Change a case file with the database library, as an attacker would, and close it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma foreign_keys = off")
    try:
        change(connection)
    finally:
        connection.close()


def rehash(connection: sqlite3.Connection, *, leaves: bool = True, chain: bool = True) -> None:
    """Recompute what an attacker without the key to the seal can recompute: leaves, root, chain."""
    if leaves:
        numbers = dict(connection.execute("select key, number from entity"))
        for kind in dict.fromkeys(("header", *LETTERS.values())):
            columns = ", ".join(f'"{each}"' for each in columns_of(TABLES[kind])[1:])
            for key, *values in connection.execute(f'select key, {columns} from "{kind}"').fetchall():
                pointers = [
                    (field, place, numbers.get(target, ""))
                    for field, place, target in connection.execute(
                        "select field, position, target from reference where owner = ? order by 1, 2", (key,)
                    )
                ]
                leaf = row_leaf(kind, numbers.get(key, ""), values, pointers)
                connection.execute("update entity set leaf = ? where key = ?", (leaf, key))
        held = [row[0] for row in connection.execute("select leaf from entity order by number")]
        held.append(highest_leaf(connection.execute("select letter, digits from highest")))
        held.extend(file_leaf(*row) for row in connection.execute("select sha256, size from file order by 1"))
        said = canonical({"root": root(held).hex(), "leaves": len(held)})
        connection.execute(
            "update journal set payload = ? where entry = (select max(entry) from journal)", (said,)
        )
    if chain:
        previous = START
        for entry, at, by, kind, of, label, payload in connection.execute(
            'select entry, at, "by", kind, of, label, payload from journal order by entry'
        ).fetchall():
            fields = (str(entry), at, by, kind, "" if of is None else str(of), label, payload)
            previous = line_digest(previous, fields)
            connection.execute("update journal set digest = ? where entry = ?", (previous, entry))


def mutate(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the bytes of a case file after one random act of damage."""
    page = 4096
    held = bytearray(raw)
    pages = len(held) // page
    act = chance.randrange(9)
    if act == 0:
        for _ in range(chance.randint(1, 4)):
            held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    elif act == 1:
        at, size = chance.randrange(len(held)), chance.randint(1, 200)
        held[at : at + size] = chance.randbytes(len(held[at : at + size]))
    elif act == 2:
        one, two = chance.randrange(pages) * page, chance.randrange(pages) * page
        held[one : one + page], held[two : two + page] = held[two : two + page], held[one : one + page]
    elif act == 3:
        at = chance.randrange(100)
        held[at] = chance.choice((0, 1, 2, 0x7F, 0x80, 0xFF))
    elif act == 4:
        kept = chance.randint(1, pages)
        del held[kept * page :]
        held[28:32] = kept.to_bytes(4, "big")
    elif act == 5:
        at = chance.randrange(pages) * page
        held[at : at + page] = other[at : at + page].ljust(page, b"\0")
    elif act == 6:
        at = chance.randrange(pages) * page + chance.randrange(12)
        held[min(at, len(held) - 1)] = chance.randrange(256)
    elif act == 7:
        at = chance.randrange(pages) * page + 8
        value = chance.choice((0, 1, 0xFFFF, 0x7FFF, 4096, chance.randrange(65536)))
        held[at : at + 2] = value.to_bytes(2, "big")
    else:
        start = chance.randrange(pages) * page
        held[start : start + page] = bytes(page) if chance.random() < 0.5 else b"\xff" * page
    return bytes(held)


def last_payload(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the last publication says."""
    (payload,) = connection.execute("select payload from journal order by entry desc limit 1").fetchone()
    said: dict[str, str] = json.loads(payload)
    return said
