"""What is installed carries all that the program reads, and nothing of how it was made."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house.sources import ROOT, files_kept


def test_the_installed_program_carries_every_resource_and_no_tests(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]

    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)

    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        carried = set(wheel.namelist())
    wanted = {f"evidencemap/{place}" for place in files_kept() if place.startswith("resources/")}
    assert wanted - carried == set()
    assert not [name for name in carried if name.startswith(("tests/", "packaging/"))]
