"""What a case file must pass before it is trusted. Runs in a process of its own, with little to lose.

`python -m evidencemap.storage.gate` reads from standard input one line of JSON that names a private copy
of a file from outside, and writes what may be trusted of it into a new database that this program makes.
It says on standard output, a line of JSON each, how far it is, that the rows can be read, that the target is
complete, and the outcome: what is refused or denied, as a code with values that `refusals` puts into words.

The rows lie in a database of their own, which nobody writes any more when this says so: whoever listens may
load them while the rest is copied and checked, and throws away what was loaded if the outcome is a refusal.
"""

import errno
import gc
import json
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import apsw

from evidencemap.storage.admitting import opened, opened_again, rest_copied, rows_copied
from evidencemap.storage.denying import Denial, denials
from evidencemap.storage.refusals import RefusedError, plain

MEMORY = 512 << 20
"""Bytes of memory that the process may have."""

ALIVE = 0.1
"""Seconds after which it says that it is at work, so that whoever listens can stop it."""

FAULTS = (apsw.Error, OSError, UnicodeError, MemoryError, OverflowError, ValueError, TypeError, KeyError)
"""What reading rows of a damaged file can raise: all of it means that the file is refused."""


def examine(
    copy: str,
    target: str,
    version: int,
    tell: Callable[..., None],
    late: Callable[[], bool],
    key: str = "",
    rows: str = "",
) -> list[Denial]:
    """Copy what may be trusted into a new database at `target` and return what its digests deny.

    An empty list means that every digest agrees. `rows` is a path at which the rows stay as they were
    first taken, without journal and exhibits. `tell` hears how far it is; `late` says whether to give up.
    Raises RefusedError where the file is not even one from which rows may be taken.
    """
    connection = opened(rows or target, copy, key)
    connection.set_progress_handler(late, 5000)
    try:
        version = rows_copied(connection, version, tell)
    finally:
        connection.close(True)
    tell(stage="rows", version=version)
    if rows:
        shutil.copyfile(rows, target)
    connection = opened(target, copy, key)
    connection.set_progress_handler(late, 5000)
    try:
        rest_copied(connection, version, tell)
    finally:
        connection.close(True)
    tell(stage="copied")
    trusted = opened_again(target, key)
    trusted.set_progress_handler(late, 5000)
    try:
        return list(denials(trusted, version))
    finally:
        trusted.close(True)


def limit_this_process(seconds: float, size: int) -> None:
    """Bound memory, time, open files and the size of written files, where the system can."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        most = size * 2 + (64 << 20)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def main() -> int:
    """Examine one file, within limits; return 0 if rows may be trusted, 3 if not."""
    line = sys.stdin.readline()
    if not line:
        return 3  # who started this process found already that there is nothing to examine
    asked = json.loads(line)
    seconds = float(asked["seconds"])
    limit_this_process(seconds, int(asked["size"]))
    gc.disable()  # many small things are made and none is garbage before the end
    end = time.process_time() + seconds  # of its own work: a busy machine makes no case worse

    told = time.monotonic()

    def tell(**said: object) -> None:
        nonlocal told
        told = time.monotonic()
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def late() -> bool:
        if time.monotonic() - told > ALIVE:
            tell(stage="alive")
        return time.process_time() > end

    said: dict[str, Any]
    try:
        files = {name: asked[name] for name in ("copy", "target", "key", "rows") if name in asked}
        found = examine(**files, version=int(asked["version"]), tell=tell, late=late)
    except RefusedError as refusal:
        said = {"refused": refusal.code, "values": refusal.values}
    except apsw.InterruptError:
        said = {"refused": "endless", "values": {}}
    except (apsw.FullError, apsw.IOError, OSError) as fault:
        # The disk is at fault, and not the file, which somebody would take for damaged.
        code = fault.errno if isinstance(fault, OSError) else None
        full = isinstance(fault, apsw.FullError)
        said = {"refused": "disk", "values": {"errno": code or (errno.ENOSPC if full else errno.EIO)}}
    except FAULTS as fault:
        said = {"refused": "damaged", "values": {"how": plain(fault) or type(fault).__name__}}
    else:
        said = {"damage": found[:1000]}
    tell(**said)
    return 3 if "refused" in said else 0


if __name__ == "__main__":
    sys.exit(main())
