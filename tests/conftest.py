"""What every test stands on: a home of its own, no stray log line, no Qt warning, oracles where they are."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
ON_A_DISPLAY = os.environ.get("EVIDENCEMAP_TEST_DISPLAY") == "1"

if not ON_A_DISPLAY:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["EVIDENCEMAP_LANGUAGE"] = "en"

settings.register_profile("quick", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2_000)
settings.load_profile("quick")

LOG = b"The log of the night.\n" * 100_000

PRIVATE_FOLDERS = {
    "HOME": "home",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
}


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own, so that none touches the settings or cases of a person.

    Returns the folder that holds it. Processes that the test starts inherit it.
    """
    folder = tmp_path_factory.mktemp("private")
    for variable, place in PRIVATE_FOLDERS.items():
        path = folder / place
        path.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(path))
    keep_qt_settings_in(folder / "home" / ".config")
    return folder


def keep_qt_settings_in(folder: Path) -> None:
    """Point QSettings at a folder: Qt reads XDG_CONFIG_HOME once and remembers it."""
    from PySide6.QtCore import QSettings

    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder))


@pytest.fixture(autouse=True)
def no_stray_log_line(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that leaves a log line of WARNING or above; one that expects it calls `caplog.clear()`."""
    yield
    stray = [
        f"{record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if stray:
        pytest.fail("stray log lines:\n" + "\n".join(stray), pytrace=False)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a file that a person may keep in a case: longer than a chunk of its bytes is there."""
    path = tmp_path / "night.log"
    path.write_bytes(LOG)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder into which copies of exhibits go."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of corpora; a test that asks for it is skipped where it is absent."""
    folder = Path(os.environ.get("EVIDENCEMAP_CORPORA", ROOT.parent / "shared" / "corpora"))
    if not folder.is_dir():
        absent(f"the corpora are absent: {folder} (set EVIDENCEMAP_CORPORA)")
    return folder.resolve()


@pytest.fixture(scope="session")
def oracle() -> Callable[[str], str]:
    """Return a function from the name of a program to its path; absent programs skip the test."""

    def find(program: str) -> str:
        return shutil.which(program) or absent(f"the program {program} is not installed")

    return find


def absent(reason: str) -> str:
    """Skip a test whose oracle is absent; fail it where REQUIRE_ORACLES=1 says that it must be there."""
    if os.environ.get("REQUIRE_ORACLES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test marked `xvfb` in a process of its own, on a display of its own."""
    if ON_A_DISPLAY or pyfuncitem.get_closest_marker("xvfb") is None:
        return None
    xvfb_run = shutil.which("xvfb-run") or absent("the program xvfb-run is not installed")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    environment |= {"EVIDENCEMAP_TEST_DISPLAY": "1", "QT_QPA_PLATFORM": "xcb"}
    pytest_words = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-q"]
    screen = ["-a", "-s", "-screen 0 1600x1000x24"]
    run = subprocess.run(
        [xvfb_run, *screen, *pytest_words, pyfuncitem.nodeid],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if run.returncode != 0:
        pytest.fail(f"under Xvfb:\n{run.stdout}{run.stderr}", pytrace=False)
    return True
