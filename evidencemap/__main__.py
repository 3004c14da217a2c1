"""Starts the program: the first word is a command, or the window opens on the case that it names."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from evidencemap import __version__
from evidencemap.cli.commands import COMMANDS

_MANY = 100_000
"""From so many new objects on garbage is sought: a command is short and makes hardly any that has cycles."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the program on the words of its command line and return its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if given == ["--version"]:
        print(f"evidencemap {__version__}")  # noqa: T201
        return 0
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # Else numpy starts a thread a core, for nothing.
    if _asks_for_window(given):
        return _window(given)
    gc.set_threshold(_MANY)
    atexit.register(gc.freeze)  # What is left goes with the process: no garbage is sought in it.
    from evidencemap.cli.program import run_program

    return run_program(given)


def _asks_for_window(words: Sequence[str]) -> bool:
    if not words:
        return True
    first = words[0]
    return len(words) == 1 and first not in COMMANDS and not first.startswith("-") and Path(first).exists()


def _window(words: Sequence[str]) -> int:
    if not _has_display():
        from evidencemap.tongue import _

        said = _("There is no display to open a window on: use the commands, which evidencemap --help lists.")
        sys.stderr.write(f"{said}\n")
        return 2
    from evidencemap.ui.app import main as open_window

    return open_window([*words])


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
