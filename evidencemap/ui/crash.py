"""The last-resort report: a private file that says where the program failed, and no word of the case."""

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from evidencemap import __version__

Told = Callable[[str], None]

_LINES_KEPT = 60


def report_text(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a crash file says: versions, the kind of error, and where. Never its message.

    The message of an exception may quote a case, so it is left out, as are all local values.
    """
    lines = [f"EvidenceMap {__version__}, Python {sys.version.split()[0]}, {sys.platform}", kind.__name__]
    for frame in traceback.extract_tb(trace)[-_LINES_KEPT:]:
        lines.append(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def write_report(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> Path:
    """Write a crash file that only its owner may read, and return its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = folder / f"crash-{moment}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(report_text(kind, trace))
    return path
