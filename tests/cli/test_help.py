"""The help of the commands and their page in the manual: a stranger finds every command and option."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from evidencemap.cli.commands import COMMANDS
from evidencemap.cli.program import program
from evidencemap.resources import resource
from tests.cli.conftest import Ask

PAGE = resource("help", "command-line.md").read_text("utf-8")


def _command(name: str) -> click.Command:
    with click.Context(program) as context:
        found = program.get_command(context, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_place_in_the_manual_with_each_of_its_options(name: str) -> None:
    section = PAGE.split(f"\n### {name}\n")[1].split("\n##")[0]

    options = [each.opts[-1] for each in _command(name).params if isinstance(each, click.Option)]

    assert f"`evidencemap {name} " in section or f"`evidencemap {name}`" in section
    missing = [
        option
        for option in options
        if option not in section and not (option == "--output" and "-o" in section)
    ]
    assert missing == []


def keys_of(value: object) -> set[str]:
    """Return the keys of an answer, at every depth, but for those that are visible numbers."""
    if isinstance(value, dict):
        own = {each for each in value if not re.fullmatch(r"[A-Z]\d+", each)}
        return own.union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("command", ["check", "whatif"])
def test_the_manual_shows_what_an_answer_for_programs_holds(command: str, ask: Ask, letter: Path) -> None:
    block = PAGE.split(f"\n### {command}\n")[1].split("```")[1]
    shown = set(re.findall(r'"([a-z_]+)"', block))
    more = ["--withdraw", "S1"] if command == "whatif" else []

    answer = keys_of(json.loads(ask(command, str(letter), *more, "--json").out))

    verdicts = set(re.findall(r'"([a-z_]+)"', PAGE.split("\n### check\n")[1].split("```")[1]))
    assert shown - answer == set()
    assert answer - shown - (verdicts if command == "whatif" else set()) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_within_80_columns(name: str, ask: Ask) -> None:
    answer = ask(name, "--help")

    assert (answer.code, answer.err) == (0, "")
    assert f"evidencemap {name}" in answer.out
    assert _command(name).short_help
    assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_the_help_lists_every_command_and_says_what_the_exit_status_means(ask: Ask) -> None:
    answer = ask("--help")

    assert answer.code == 0
    assert all(f"\n  {name} " in answer.out for name in COMMANDS)
    assert "the answer is no" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_the_version_comes_without_importing_what_is_heavy() -> None:
    words = "import sys; from evidencemap.__main__ import main; main(['--version']); print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    version, modules = run.stdout.splitlines()
    assert version.startswith("evidencemap ")
    heavy = {"click", "yaml", "networkx", "numpy", "reportlab", "sqlite_utils", "PySide6"}
    assert heavy & set(modules.split()) == set()


def test_a_map_is_drawn_without_importing_what_it_does_not_need(letter: Path, tmp_path: Path) -> None:
    words = (
        "import sys; from evidencemap.__main__ import main; main(['map', *sys.argv[1:]]); print(*sys.modules)"
    )
    command = [sys.executable, "-c", words, str(letter), "-o", str(tmp_path / "map.pdf")]

    run = subprocess.run(command, capture_output=True, text=True, check=True)

    idle = {"PIL", "urllib.request", "http.client", "networkx", "sqlite_utils", "PySide6"}
    idle |= {"evidencemap.brief.outline", "evidencemap.exchange.yaml_writing"}
    assert "reportlab" in run.stdout.split()
    assert idle & set(run.stdout.split()) == set()


def test_a_command_starts_no_threads_for_sums_and_seeks_no_garbage_at_its_end(
    letter: Path, tmp_path: Path
) -> None:
    words = (
        "import atexit, gc, os, sys; from evidencemap.__main__ import main; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 0, len(os.listdir('/proc/self/task')))); "
        "main(['map', *sys.argv[1:]])"
    )
    command = [sys.executable, "-c", words, str(letter), "-o", str(tmp_path / "map.pdf")]

    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.stdout.split()[-2:] == ["True", "1"]


def test_a_window_without_a_display_is_refused_with_one_sentence(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    answer = ask()

    assert answer.code == 2
    assert answer.err.startswith("There is no display") and answer.err.count("\n") == 1
