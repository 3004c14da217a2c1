"""Passphrases: how a key is made of one, and the header of an encrypted case file that says how.

An encrypted case file is 64 bytes of header and the pages of SQLCipher 4 (AES-256, each page with its
HMAC-SHA512). The header holds, the highest byte first: the magic, the form (1), and of Argon2id
(RFC 9106) the memory in KiB, the passes and the lanes, four bytes each; then 16 bytes of salt; then zeros.
"""

import os
import struct
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.storage.driver import CAN_ENCRYPT
from evidencemap.tongue import _

MAGIC = b"EvidenceMap key\0"
"""How an encrypted case file begins."""

HEADER = 64
"""Bytes of the header of an encrypted case file."""

PAGE = 4096
"""Bytes of one page of SQLCipher."""

_FORM = 1
_SHAPE = struct.Struct(">16sIIII16s16s")
_MOST = (1 << 20, 16, 16)
_LEAST = (8, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a key is made of a passphrase with Argon2id: memory in KiB, passes, lanes, and the salt.

    The costs are those of RFC 9106, section 4, for where memory is short: 64 MiB, 3 passes, 4 lanes.
    """

    salt: bytes
    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def header(self) -> bytes:
        """Return the header of a file whose key is made so."""
        return _SHAPE.pack(MAGIC, _FORM, self.memory, self.passes, self.lanes, self.salt, bytes(16))


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The key of an encrypted case, in hexadecimal, and how it was made. Never written anywhere."""

    hexadecimal: str = field(repr=False)
    recipe: Recipe


Opens = str | Key
"""What opens an encrypted case: its passphrase, or the key that was made of it."""


class PassphraseNeeded(CaseFileRefused):
    """A case is encrypted and no passphrase was given; nothing was opened."""


class PassphraseWrong(CaseFileRefused):
    """A passphrase does not open a case; nothing was opened."""


def fresh_recipe() -> Recipe:
    """Return a recipe with a salt that nothing else has."""
    return Recipe(salt=os.urandom(16))


def key_of(passphrase: str, recipe: Recipe) -> Key:
    """Return the key that a passphrase makes: the same work whether it is the right one or not.

    Raises EvidenceMapError where the passphrase is empty or nothing here can encrypt.
    """
    if not CAN_ENCRYPT:
        raise EvidenceMapError(_("Encrypted cases need the package sqlcipher3, which has no wheel here."))
    if not passphrase:
        raise EvidenceMapError(_("A passphrase has at least one character."))
    from argon2.low_level import Type, hash_secret_raw

    raw = hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
        recipe.salt,
        time_cost=recipe.passes,
        memory_cost=recipe.memory,
        parallelism=recipe.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return Key(hexadecimal=raw.hex(), recipe=recipe)


def made_key(opens: Opens, recipe: Recipe) -> Key | None:
    """Return the key of a recipe that a passphrase makes, or a key that has it; None for another one."""
    if isinstance(opens, Key):
        return opens if opens.recipe == recipe else None
    return key_of(opens, recipe)


def new_key(passphrase: str) -> Key:
    """Return a key of a passphrase with a salt of its own."""
    return key_of(passphrase, fresh_recipe())


def is_encrypted(beginning: bytes) -> bool:
    """Return whether a file that begins with these bytes is an encrypted case."""
    return beginning.startswith(MAGIC)


def recipe_of(header: bytes, name: str) -> Recipe:
    """Return the recipe that the header of a file holds; `name` is the file's, for the sentence.

    Raises CaseFileRefused where it was written by a newer program, or asks for more work than any does.
    """
    if len(header) < HEADER:
        raise CaseFileRefused(
            _("{name} is cut short: ask for the file again, or open {name}.bak.").format(name=name)
        )
    _magic, form, memory, passes, lanes, salt, rest = _SHAPE.unpack(header[:HEADER])
    if form > _FORM:
        raise CaseFileRefused(
            _(
                "{name} was encrypted by a newer EvidenceMap (form {form}; this one knows "
                "{known}): install the newer one to open it."
            ).format(name=name, form=form, known=_FORM)
        )
    costs = (memory, passes, lanes)
    fits = all(low <= cost <= most for low, cost, most in zip(_LEAST, costs, _MOST, strict=True))
    if form < 1 or not fits or memory < 8 * lanes or any(rest):
        raise CaseFileRefused(
            _("{name} is not a case file that EvidenceMap has encrypted.").format(name=name)
        )
    return Recipe(salt=salt, memory=memory, passes=passes, lanes=lanes)


def recipe_at(path: Path) -> Recipe | None:
    """Return the recipe of the encrypted case file at a path; None where it is none or cannot be read."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except OSError:
        return None
    return recipe_of(header, path.name) if is_encrypted(header) else None


def secret(key: Key | None) -> str:
    """Return a key as the driver takes it: in hexadecimal, empty for none."""
    return "" if key is None else key.hexadecimal
