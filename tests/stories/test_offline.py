"""The window asks for no network, ever, and opens nothing that a text of the case names."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.storage.filter import is_known
from tests.conftest import ROOT, absent

LEAST_MARKED, LEAST_SEEN = 150, 60
STORIES = """
import sys
from evidencemap.storage.filter import shut
shut()
import pytest
sys.exit(pytest.main(["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not long", *sys.argv[1:]]))
"""


@pytest.fixture(
    params=[
        "tests/stories/test_founding_case.py",
        pytest.param("tests/stories", marks=pytest.mark.long),
    ]
)
def stories(request: pytest.FixtureRequest) -> str:
    """Return which stories are told behind the filter."""
    return str(request.param)


@pytest.fixture
def behind_the_filter() -> None:
    """Skip a test on a system that has no such filter."""
    if not is_known():
        absent("the filter on system calls is not known for this machine")


def seen(folder: Path, *ways: str, through: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Show everything of a case in a window of its own process."""
    folder.mkdir()
    command = [*through, sys.executable, "-m", "tests.stories.everything_seen", str(folder), *ways]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def test_a_window_that_asks_for_a_network_is_found_out(tmp_path: Path, behind_the_filter: None) -> None:
    planted = seen(tmp_path / "asks", "shut", "asks")

    assert planted.returncode == -signal.SIGSYS


def test_the_stories_are_told_without_a_network(stories: str, behind_the_filter: None) -> None:
    command = [sys.executable, "-c", STORIES, stories, "--deselect", "tests/stories/test_offline.py"]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout


def test_a_window_that_shows_everything_asks_for_nothing_that_a_text_names_and_for_no_network(
    oracle: Callable[[str], str], tmp_path: Path, behind_the_filter: None
) -> None:
    trace = (oracle("strace"), "-f", "--seccomp-bpf", "-qq", "-s", "300", "-e", "trace=file,network")

    def calls(name: str, *ways: str) -> tuple[str, str]:
        log = tmp_path / f"{name}.trace"
        ran = seen(tmp_path / name, *ways, through=(*trace, "-o", str(log)))
        assert ran.returncode == 0, ran.stderr[-2000:]
        return ran.stdout, log.read_text(encoding="utf-8", errors="replace")

    (said, traced), (_nothing, planted) = calls("plain", "shut"), calls("rich", "markup")

    _marked, marked, _seen, shown = said.split()
    assert int(marked) >= LEAST_MARKED and int(shown) >= LEAST_SEEN
    assert "Inter-Regular.ttf" in traced
    assert "canary" not in traced
    assert "AF_INET" not in traced
    assert "canary" in planted
