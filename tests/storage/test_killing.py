"""No edit that the window showed as done is lost when the program is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.session import verify
from tests.storage.forging import founding_file


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def kills(request: pytest.FixtureRequest) -> int:
    return 200 if request.param == "quick" else 5_000


def test_no_edit_that_was_kept_is_lost_when_the_program_is_killed(tmp_path: Path, kills: int) -> None:
    file = founding_file(tmp_path / "case.evmap")

    said = killed(file, kills, "kept")

    assert said[-1].startswith(f"KILLS {kills} EDITS ")
    assert int(said[-1].split()[-1]) > kills // 4  # on a busy machine some die before their first edit
    assert said[:-1] == []
    assert verify(file).ok


def test_a_program_that_says_so_too_early_is_found_out(tmp_path: Path) -> None:
    # On a busy machine sixty kills may all fall where nothing is said: then sixty more are tried.
    found = any(
        line.startswith("LOST")
        for attempt in range(8)
        for line in killed(founding_file(tmp_path / f"case{attempt}.evmap"), 60, "early")
    )

    assert found


def killed(file: Path, kills: int, way: str) -> list[str]:
    words = [str(file), "5", str(kills), way]
    run = subprocess.run(
        [sys.executable, "-m", "tests.storage.killing", *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.splitlines()
