"""The commands of a fresh clone: what they install, when they do not, and what they say then."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.house.sources import ROOT

PYTHON = """#!/usr/bin/env bash
case "$*" in
  "-c import sys"*) exit {fits} ;;
  "-m venv"*)
    bin="${{@: -1}}/bin"
    mkdir -p "$bin"
    cp "$0" "$bin/python"
    cp "$FAKES/evidencemap" "$bin" ;;
esac
[ "$1" = -m ] && echo "python $*" >>"$LOG"
exit 0
"""
SPEAKER = '#!/usr/bin/env bash\necho "{name} $*" >>"$LOG"\nexit {code}\n'


@dataclass(slots=True, kw_only=True)
class Clone:
    """A clone of the commands alone, on a machine whose programs only write down that they were called."""

    root: Path
    fakes: Path
    work: Path
    environment: dict[str, str] = field(default_factory=dict)

    def fake(self, name: str, text: str) -> None:
        """Put a program before all others of its name."""
        path = self.fakes / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def run(self, command: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the commands in the person's folder."""
        return subprocess.run(
            [str(self.root / "packaging" / command), *words],
            cwd=self.work,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """Return what was called since the last time one asked, a line for each call."""
        log = self.fakes / "log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Make such a clone, with a fitting Python, every library there, and no display.

    The person is not root and may not become it.
    """
    made = Clone(root=tmp_path / "a clone", fakes=tmp_path / "fakes", work=tmp_path / "work")
    for folder in (made.root, made.fakes, made.work):
        folder.mkdir()
    shutil.copytree(ROOT / "packaging", made.root / "packaging")
    made.environment = {
        **{key: value for key, value in os.environ.items() if not key.endswith(("DISPLAY", "_PROCESSES"))},
        "PATH": f"{made.fakes}:{os.environ['PATH']}",
        "FAKES": str(made.fakes),
        "LOG": str(made.fakes / "log"),
    }
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        made.fake(name, PYTHON.format(fits=0))
    made.fake("evidencemap", SPEAKER.format(name="evidencemap", code=0))
    made.fake("ldconfig", "#!/usr/bin/env bash\n")
    made.fake("apt-get", SPEAKER.format(name="apt-get", code=0))
    made.fake("sudo", "#!/usr/bin/env bash\nexit 1\n")
    made.fake("id", "#!/usr/bin/env bash\necho 1000\n")
    return made


@pytest.fixture
def bare(clone: Clone) -> Clone:
    """Make such a clone on a Debian without libEGL."""
    there = "libGL.so.1 libglib-2.0.so.0 libfontconfig.so.1 libxkbcommon.so.0 libdbus-1.so.3"
    there += " libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1"
    there += " libxkbcommon-x11.so.0 libxcb-shape.so.0 "
    clone.fake("ldconfig", f"#!/usr/bin/env bash\necho '{there}'\n")
    return clone


def test_the_first_start_installs_by_hash_and_the_second_installs_nothing(clone: Clone) -> None:
    first = clone.run("start", "--version")
    calls = clone.calls()
    second = clone.run("start", "--version")

    assert (first.returncode, second.returncode) == (0, 0)
    assert [call for call in calls if "pip install" in call and "--require-hashes -r" in call]
    assert calls[-1] == "evidencemap --version"
    assert clone.calls() == ["evidencemap --version"]
    assert second.stderr == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda clone: (clone.root / "packaging" / "lock.txt").write_text("click==9 --hash=sha256:00\n"),
        lambda clone: shutil.rmtree(clone.root / ".venv"),
        lambda clone: (clone.root / ".venv" / ".from-lock.txt").unlink(),
    ],
    ids=["another lock", "no environment", "an installation that was cut off"],
)
def test_a_start_installs_again_where_something_changed(
    clone: Clone, change: Callable[[Clone], object]
) -> None:
    clone.run("start", "--version")
    clone.calls()
    change(clone)

    clone.run("start", "--version")

    assert [call for call in clone.calls() if "--require-hashes" in call]


def test_a_clone_that_was_moved_makes_its_environment_afresh(clone: Clone) -> None:
    clone.run("start", "--version")
    clone.calls()
    clone.root = clone.root.rename(clone.root.parent / "elsewhere")

    clone.run("start", "--version")

    assert [call for call in clone.calls() if "-m venv --clear" in call]


def test_with_no_display_and_no_words_the_findings_are_printed_and_the_memo_is_written(clone: Clone) -> None:
    case = clone.root / "resources" / "cases" / "letter.yaml"

    run = clone.run("start")

    assert clone.calls()[-2:] == [f"evidencemap check {case}", f"evidencemap brief {case} -o letter-memo.pdf"]
    assert f"The memo of the founding case is in {clone.work}/letter-memo.pdf." in run.stderr


def test_with_a_display_and_no_words_the_founding_case_is_opened(clone: Clone) -> None:
    clone.environment["DISPLAY"] = ":7"

    clone.run("start")

    assert clone.calls()[-1] == f"evidencemap {clone.root}/resources/cases/letter.yaml"


def test_an_unfit_python_is_refused_with_one_sentence(clone: Clone) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        clone.fake(name, PYTHON.format(fits=1))

    run = clone.run("start", "--version")

    assert run.returncode == 2
    assert run.stderr.startswith("EvidenceMap needs Python 3.11, 3.12 or 3.13")
    assert clone.calls() == []
    assert not (clone.root / ".venv").exists()


def test_an_installation_that_fails_starts_nothing_and_is_tried_again(clone: Clone) -> None:
    failing = PYTHON.format(fits=0).replace("exit 0\n", '[[ "$*" != *pip* ]]\n')
    clone.fake("python3", failing)

    run = clone.run("start", "--version")

    assert run.returncode == 2
    assert "could not be made" in run.stderr
    assert not [call for call in clone.calls() if call.startswith("evidencemap")]
    assert not (clone.root / ".venv" / ".from-lock.txt").exists()


def test_who_may_not_install_for_the_window_is_told_the_one_line(bare: Clone) -> None:
    run = bare.run("start")

    assert run.returncode == 0
    assert "This line would: sudo apt-get install libegl1\n" in run.stderr
    assert not [call for call in bare.calls() if call.startswith("apt-get")]


def test_who_may_install_for_the_window_gets_what_is_missing_and_no_more(bare: Clone) -> None:
    bare.fake("sudo", '#!/usr/bin/env bash\nshift\n[ "$1" = true ] || "$@"\n')

    run = bare.run("start")

    update = "apt-get update -qq -o Acquire::http::Timeout=30"
    wanted = "apt-get install -y -qq --no-install-recommends libegl1"
    assert [call for call in bare.calls() if call.startswith("apt-get")] == [update, wanted]
    assert "This line would" not in run.stderr


def test_a_command_that_needs_no_window_installs_nothing_for_one(bare: Clone) -> None:
    run = bare.run("start", "check", "case.evmap")

    assert "libegl1" not in run.stderr
    assert bare.calls()[-1] == "evidencemap check case.evmap"


@pytest.mark.parametrize(
    ("words", "column"),
    [((), "-m not long -k x"), (("--long",), "-m  --override-ini faulthandler_timeout=0 -k x")],
    ids=["quick", "long"],
)
def test_the_suite_runs_in_two_processes_and_long_adds_the_long_column(
    clone: Clone, words: tuple[str, ...], column: str
) -> None:
    clone.run("test", *words, "-k", "x")

    assert clone.calls()[-1] == f"python -m pytest -n 2 --dist worksteal {column}"
