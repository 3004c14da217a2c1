"""Runs a program in a process of its own, in a world that a test makes up."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def printed(program: str, world: Mapping[str, str], home: Path | None = None) -> str:
    """Return what a Python program prints in the environment of a test, these variables set in it.

    With a `home` it runs there, and looks there first for what it imports.
    """
    places = {"PYTHONPATH": str(ROOT)}
    if home is not None:
        places = {"HOME": str(home), "PYTHONPATH": f"{home}{os.pathsep}{ROOT}"}
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **places, **world},
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    return run.stdout
