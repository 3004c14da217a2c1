"""Seals: Ed25519 signatures over how far the journal goes, its head and the state root. Keys stay outside."""

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.storage.driver import Connection, explained, transaction
from evidencemap.storage.journal import Line
from evidencemap.storage.places import flush_file, flush_folder, state_folder
from evidencemap.tongue import _

_PURPOSE = b"EvidenceMap seal 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal: the entry it goes up to, the head and root there, when (UTC), the key, the signature."""

    entries: int
    head: bytes
    root: bytes
    at: str
    public_key: bytes
    signature: bytes

    @property
    def fingerprint(self) -> str:
        """Return how a person names the key: its SHA-256 in hexadecimal."""
        return fingerprint_of(self.public_key)


def message(entries: int, head: bytes, root: bytes, at: str) -> bytes:
    """Return what a seal signs: its purpose, entries, head, root and time, each after its length.

    A length is eight bytes, the highest first; the number of entries is a decimal text.
    """
    fields = (_PURPOSE, str(entries).encode(), head, root, at.encode())
    return b"".join(struct.pack(">Q", len(each)) + each for each in fields)


def fingerprint_of(public_key: bytes) -> str:
    """Return the fingerprint of a public key."""
    return hashlib.sha256(public_key).hexdigest()


def my_fingerprint() -> str:
    """Return the fingerprint of this person's key; empty where there is none yet."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        raw = _key_file().read_bytes()
    except OSError:
        return ""
    if len(raw) != 32:
        return ""
    return fingerprint_of(Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw())


def seal(connection: Connection, line: Line, root: bytes, at: str) -> Seal:
    """Seal what a publication holds with this person's key, which is made when first needed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(_my_key())
    made = Seal(
        entries=line.entry,
        head=line.digest,
        root=root,
        at=at,
        public_key=key.public_key().public_bytes_raw(),
        signature=key.sign(message(line.entry, line.digest, root, at)),
    )
    with transaction(connection):
        connection.execute(
            "insert into seal (entries, head, root, at, public_key, signature) values (?, ?, ?, ?, ?, ?)",
            (made.entries, made.head, made.root, made.at, made.public_key, made.signature),
        )
    return made


def read_seals(connection: Connection) -> list[Seal]:
    """Return the seals that a store holds, the oldest first."""
    with explained(_("The seals cannot be read.")):
        rows = connection.execute(
            "select entries, head, root, at, public_key, signature from seal order by key"
        ).fetchall()
    return [
        Seal(
            entries=entries,
            head=bytes(head),
            root=bytes(root),
            at=at,
            public_key=bytes(public_key),
            signature=bytes(signature),
        )
        for entries, head, root, at, public_key, signature in rows
    ]


def is_genuine(held: Seal) -> bool:
    """Return whether the signature is that of the seal's own key. Says nothing about whose key that is."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(held.public_key)
        key.verify(held.signature, message(held.entries, held.head, held.root, held.at))
    except (InvalidSignature, ValueError):
        return False
    return True


def broken_seals(seals: Sequence[Seal], lines: Sequence[Line], roots: dict[int, str]) -> Iterator[str]:
    """Yield a sentence for each seal that the journal or its own signature denies.

    `roots` gives the published root of each publication, by entry.
    """
    digests = {line.entry: line.digest for line in lines}
    for held in seals:
        if not is_genuine(held):
            yield _("The seal over entry {entry} is forged: its signature does not fit.").format(
                entry=held.entries
            )
        elif digests.get(held.entries) != held.head:
            yield _("The journal is not the one that was sealed at entry {entry}.").format(entry=held.entries)
        elif roots.get(held.entries) != held.root.hex():
            yield _("The rows that entry {entry} published are not those that were sealed.").format(
                entry=held.entries
            )


def _my_key() -> bytes:
    file = _key_file()
    with explained(_("The key for sealing cannot be kept.")):
        with suppress(FileNotFoundError):
            raw = file.read_bytes()
            if len(raw) != 32:
                raise CaseFileRefused(
                    _("{file} is not a key for sealing: move it away to have a new one made.").format(
                        file=file
                    )
                )
            return raw
        raw = os.urandom(32)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(raw)
        flush_file(file)
        flush_folder(file.parent)
    return raw


def _key_file() -> Path:
    return state_folder() / "seal.key"
