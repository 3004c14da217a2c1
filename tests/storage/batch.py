"""Many damaged files through the gate, in one limited process.

`python -m tests.storage.batch WAY FILE OTHER FOLDER SEED COUNT` prints a line of JSON for each: the
content that was accepted, empty where none was, and the seconds it took.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.storage import gate
from evidencemap.storage.receiving import copy_in
from evidencemap.storage.refusals import RefusedError
from evidencemap.storage.store import load_plainly, outline_of
from tests.storage.forging import content_of, mutate


def accepted(file: Path, folder: Path, strict: bool) -> str:
    """Return the content that a file is accepted with; empty where it is refused.

    `strict` False asks only what the database library itself can tell of damage.
    """
    copy, target = folder / "copy.db", folder / "target.db"
    copy.unlink(missing_ok=True)
    target.unlink(missing_ok=True)
    end = time.monotonic() + 10
    try:
        received = copy_in(file, copy, lambda part: None)
        damage = gate.examine(
            str(copy), str(target), received.version, lambda **said: None, lambda: time.monotonic() > end
        )
        if damage and strict:
            return ""
        return content_of(load_plainly(target).case, outline_of(target))
    except (CaseFileRefused, RefusedError, *gate.FAULTS):
        return ""


def mutants(raw: bytes, other: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield damaged files, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield mutate(raw, other, chance)


def flips(raw: bytes, other: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield files with one bit changed, all over the file."""
    chance = random.Random(seed)
    for _ in range(count):
        held = bytearray(raw)
        held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
        yield bytes(held)


def reworded(raw: bytes, other: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Yield files in which one number of the founding case says another one, a place at a time."""
    said, instead = b"28.8 million", b"98.8 million"
    at = raw.find(said)
    while at >= 0 and count > 0:
        yield raw[:at] + instead + raw[at + len(said) :]
        at, count = raw.find(said, at + 1), count - 1


WAYS: dict[str, tuple[Callable[[bytes, bytes, int, int], Iterator[bytes]], bool]] = {
    "mutants": (mutants, True),
    "flips": (flips, True),
    "flips-without-digests": (flips, False),
    "reworded": (reworded, True),
    "reworded-without-digests": (reworded, False),
}


def main(words: list[str]) -> None:
    """Run one batch."""
    make, strict = WAYS[words[0]]
    raw, other, folder = Path(words[1]).read_bytes(), Path(words[2]).read_bytes(), Path(words[3])
    resource.setrlimit(resource.RLIMIT_AS, (gate.MEMORY, gate.MEMORY))
    file = folder / "damaged.evmap"
    file.write_bytes(raw)
    sys.stdout.write(json.dumps({"content": accepted(file, folder, strict), "seconds": 0}) + "\n")
    for damaged in make(raw, other, int(words[4]), int(words[5])):
        file.write_bytes(damaged)
        start = time.monotonic()
        content = accepted(file, folder, strict)
        sys.stdout.write(json.dumps({"content": content, "seconds": time.monotonic() - start}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
