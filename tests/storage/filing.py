"""What a case says of a file that is kept in it, and a crash while it comes in."""

import subprocess
import sys
from pathlib import Path

from evidencemap.model.entities import Evidence
from evidencemap.model.records import Id
from evidencemap.session import Session, read_case


def item(session: Session) -> Id:
    return session.case.by_number["E1"]


def item_of(session: Session) -> Evidence:
    held = session.case.get(Evidence, item(session))
    assert held is not None
    return held


def published_size(session: Session, file: Path) -> int:
    return session.save_copy(file.with_name("measured.evmap")).stat().st_size


def crash_after(file: Path, act: str) -> None:
    """Open the case in a process of its own, do something, and be killed."""
    program = (
        "import os, sys; from pathlib import Path\n"
        "from evidencemap.session import Session; from evidencemap.model import verbs\n"
        "from evidencemap.model.entities import Claim\n"
        "session = Session.open(Path(sys.argv[1]))\n"
        f"{act}\n"
        "os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(file)], check=False, capture_output=True)
    assert run.returncode == -9, run.stderr
    assert read_case(file)
