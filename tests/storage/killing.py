"""A person whose program is killed again and again: `python -m tests.storage.killing FILE SEED KILLS WAY`.

Prints what was lost: a line for each edit that was said to be kept and was not there afterwards, and
at the end how many kills there were. WAY is `kept`, or `early` for a program that speaks too early.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session


def work(file: Path, pipe: int, seed: int, early: bool) -> None:
    """Open the case, say what is there, and edit and save until killed."""
    chance = random.Random(seed)
    session = Session.open(file)
    os.write(pipe, f"OPEN {session.case.highest['C']}\n".encode())
    while True:
        edit = verbs.add(session.case, Claim, text="A claim of some length " * chance.randint(1, 200))
        if early:
            os.write(pipe, f"ACK {session.case.highest['C'] + 1}\n".encode())
        session.apply(edit)
        if not early:
            os.write(pipe, f"ACK {session.case.highest['C']}\n".encode())
        if chance.random() < 0.2:
            session.save()


def main(words: list[str]) -> None:
    """Kill and look, as often as asked."""
    file, chance, kills, early = (
        Path(words[0]),
        random.Random(int(words[1])),
        int(words[2]),
        words[3] == "early",
    )
    kept = 0
    for _ in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            work(file, writing, chance.randrange(1 << 30), early)
        os.close(writing)
        said = b""
        # Now and then the program is killed while it opens and recovers; mostly while it edits.
        if chance.random() < 0.8:
            said = os.read(reading, 4096)
        end = time.monotonic() + chance.random() * 0.02
        while time.monotonic() < end:
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while block := os.read(reading, 65536):
            said += block
        os.close(reading)
        for line in said.decode().splitlines():
            word, number = line.split()
            if word == "OPEN" and int(number) < kept:
                sys.stdout.write(f"LOST {kept}, found {number}\n")
            kept = int(number) if word == "OPEN" else max(kept, int(number))
    with Session.open(file) as session:
        if session.case.highest["C"] < kept:
            sys.stdout.write(f"LOST {kept}, found {session.case.highest['C']}\n")
    sys.stdout.write(f"KILLS {kills} EDITS {kept}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
