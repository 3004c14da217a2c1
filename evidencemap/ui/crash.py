"""The last-resort report: a private file that says where the program failed, and no word of the case."""

import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from evidencemap import __version__
from evidencemap.storage.places import state_folder
from evidencemap.tongue import _

Told = Callable[[str], None]

_LINES_KEPT = 60

_MOST = 20
"""Reports that one start of the program writes, and errors of which one report tells."""


def report_text(error: BaseException) -> str:
    """Return what a crash file says: versions, the kinds of error, and where. Never their messages.

    The message of an exception may quote a case, so it is left out, as are all local values. Of an
    error that came of another one, the other one is told first.
    """
    lines = [f"EvidenceMap {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    for each in reversed(_chain(error)):
        lines.append(type(each).__name__)
        for frame in traceback.extract_tb(each.__traceback__)[-_LINES_KEPT:]:
            lines.append(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def write_report(folder: Path, error: BaseException) -> Path:
    """Write a crash file that only its owner may read, and return its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = folder / f"crash-{moment}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(report_text(error))
    return path


def watch_for_faults(tell: Told) -> None:
    """Send every exception that nothing caught to a private file, and tell it in a sentence.

    A fault that comes again, as one in the painting does with every frame, is told again and not
    written again.
    """
    written: dict[str, Path] = {}

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            path = _written(written, error)
            where = _("A report without any text of the case was written to {path}.").format(path=path)
        except OSError:
            where = _("No report could be written.")
        tell(_("The program made a mistake; your changes are safe, and you can go on.") + " " + where)

    sys.excepthook = report


def _written(written: dict[str, Path], error: BaseException) -> Path:
    text = report_text(error)
    if text not in written or not written[text].exists():
        if len(written) >= _MOST:
            return next(reversed(written.values()))
        written[text] = write_report(state_folder() / "crashes", error)
    return written[text]


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error and those that it came of, the last one first."""
    chain: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and len(chain) < _MOST and not any(each is known for known in chain):
        chain.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return chain
