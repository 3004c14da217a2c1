"""A process that looks at a file from outside may compute, read and answer, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from evidencemap.storage.filter import is_known
from tests.conftest import absent

MORE = (
    "socket.socket()",
    "socket.socket(socket.AF_UNIX)",
    "open(there, 'a')",
    "open(there + ' new', 'x')",
    "os.chmod(there, 0o600)",
    "os.rename(there, there + ' moved')",
    "os.mkdir(there + ' folder')",
    "os.remove(there + ' moved' if os.path.exists(there + ' moved') else there)",
    "os.kill(os.getpid(), 0)",
    "os.waitpid(os.fork() or os._exit(0), 0)",
    "os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    "os.memfd_create('held')",
)
NO_MORE = ("open(there).read()", "os.listdir('/')", "os.write(2, b'')", "bytearray(50 << 20)")
FREE = ""
CONFINED = "from evidencemap.storage.filter import confine; confine()"
ASKS = """
import os, socket, sys
there = sys.argv[1]
{confine}
for each in sys.argv[2:]:
    try:
        eval(each)
    except OSError:
        continue
    print(each)
"""


@pytest.fixture(autouse=True)
def behind_the_filter() -> None:
    """Skip a test on a system that has no such filter."""
    if not is_known():
        absent("the filter on system calls is not known for this machine")


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Return a file that is there."""
    path = tmp_path / "there"
    path.write_text("there", encoding="utf-8")
    return path


def granted(confine: str, there: Path, asks: tuple[str, ...]) -> list[str]:
    """Return what a process gets of all that it asks for."""
    program = [sys.executable, "-c", ASKS.format(confine=confine), str(there), *asks]
    ran = subprocess.run(program, capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout.splitlines()


def test_all_that_is_more_than_to_compute_and_to_read_is_refused(there: Path) -> None:
    confined = granted(CONFINED, there, MORE)
    free = granted(FREE, there, MORE)

    assert confined == []
    assert free == list(MORE)


def test_to_compute_to_read_and_to_answer_is_granted(there: Path) -> None:
    confined = granted(CONFINED, there, NO_MORE)

    assert confined == list(NO_MORE)
