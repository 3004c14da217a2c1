"""How tests speak to the command line: real files, real streams, one process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidencemap.__main__ import main
from evidencemap.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command gave: its exit status and what it printed."""

    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str]) -> Ask:
    """Return a function that runs the words of one command line and gives the answer."""

    def run(*words: str | Path) -> Answer:
        capfd.readouterr()
        code = main([str(word) for word in words])
        captured = capfd.readouterr()
        return Answer(code=code, out=captured.out, err=captured.err)

    return run


@pytest.fixture
def letter() -> Path:
    """Return the listing of the founding case."""
    return resource("cases", "letter.yaml")


@pytest.fixture
def letter_file(tmp_path: Path, letter: Path, ask: Ask) -> Path:
    """Return a case file of the founding case."""
    path = tmp_path / "letter.evmap"
    assert ask("import", letter, path).code == 0
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, to see that nothing has changed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[str(path.relative_to(folder))] = path.read_bytes()
        else:
            found[str(path.relative_to(folder))] = b""
    return found
