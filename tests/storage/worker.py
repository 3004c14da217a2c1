"""A person at work, for tests that stop it: `python -m tests.storage.worker WAY FILE COUNT`.

Writes a line to standard output each time that something counts as kept; then the test may kill it,
cut its power, or fail its disk.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

from evidencemap.errors import EvidenceMapError
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.storage.opening import open_case


def said(text: str) -> None:
    """Tell the test, past all buffers."""
    os.write(1, f"{text}\n".encode())


def edit(session: Session, count: int) -> None:
    """Make edits, saying each one's number once it is kept."""
    for _ in range(count):
        session.apply(verbs.add(session.case, Claim, text="A claim of some length " * 8))
        said(f"ACK {session.case.highest['C']}")


def wait_to_be_traced() -> None:
    """Let any process of this person trace this one, and go on when it says so."""
    set_ptracer = 0x59616D61
    ctypes.CDLL(None).prctl(set_ptracer, ctypes.c_ulong(-1), 0, 0, 0)
    said("READY")
    sys.stdin.readline()


def edits(file: Path, count: int) -> None:
    """Open, edit and edit, never saving."""
    edit(Session.open(file), count)


def edits_without_flushing(file: Path, count: int) -> None:
    """Edit without waiting for the disk: the fault that the test must see."""
    opened = open_case(file)
    assert opened.store is not None
    opened.store.connection.execute("pragma synchronous = off")
    edit(Session(opened), count)


def saves(file: Path, count: int) -> None:
    """Open, edit and save, again and again."""
    session = Session.open(file)
    for _ in range(count):
        session.apply(verbs.add(session.case, Claim, text="A claim of some length " * 8))
        session.save()
        said(f"ACK {session.case.highest['C']}")


def saves_without_flushing(file: Path, count: int) -> None:
    """Save by writing beside and renaming, without a flush: the fault that the test must see."""
    write_whole(file, count, in_place=False)


def saves_in_place(file: Path, count: int) -> None:
    """Save by writing over the file: the fault that the test must see."""
    write_whole(file, count, in_place=True)


def write_whole(file: Path, count: int, *, in_place: bool) -> None:
    """Save copies made elsewhere over the file, badly."""
    with Session.open(file) as session:
        for number in range(count):
            session.apply(verbs.add(session.case, Claim, text="A claim of some length " * 8))
            copy = session.save_copy(Path(os.environ["XDG_STATE_HOME"]) / f"copy {number}.evmap")
            target = file if in_place else file.with_name(".bad.new")
            target.write_bytes(copy.read_bytes())
            if in_place:
                handle = os.open(file, os.O_RDONLY)
                os.fsync(handle)
                os.close(handle)
            else:
                target.replace(file)
            said(f"ACK {session.case.highest['C']}")
        session.discard()


def save_once(file: Path, count: int) -> None:
    """Make one edit, say READY, wait for a line, save, and say what came of it."""
    session = Session.open(file)
    edit(session, count)
    wait_to_be_traced()
    try:
        session.save()
    except EvidenceMapError as refusal:
        said(f"REFUSED {refusal}")
    else:
        said("SAVED")
    os._exit(0)


def save_once_in_place(file: Path, count: int) -> None:
    """Do the same by writing over the file: the fault that the test must see."""
    session = Session.open(file)
    edit(session, count)
    content = session.save_copy(Path(os.environ["XDG_STATE_HOME"]) / "copy.evmap").read_bytes()
    wait_to_be_traced()
    try:
        with file.open("wb") as held:
            held.write(content)
            held.flush()
            os.fsync(held.fileno())
    except OSError as fault:
        said(f"REFUSED {fault}")
    else:
        said("SAVED")
    os._exit(0)


WAYS: dict[str, Callable[[Path, int], None]] = {
    each.__name__: each
    for each in (
        edits,
        edits_without_flushing,
        saves,
        saves_without_flushing,
        saves_in_place,
        save_once,
        save_once_in_place,
    )
}


if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
