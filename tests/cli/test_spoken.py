"""The help of every command speaks the person's language, and fits their screen in each."""

import inspect

import click
import pytest
from click.testing import CliRunner

from evidencemap.cli.commands import COMMANDS
from evidencemap.cli.program import program, run_program
from evidencemap.cli.spoken import spoken, texts_of
from evidencemap.tongue import _, speaking


def help_of(*words: str) -> str:
    """Return what the program prints when it is asked for help."""
    return CliRunner().invoke(spoken(program), [*words, "--help"], prog_name="evidencemap").output


def command(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_german_reads_the_help_of_every_command_in_german_within_80_columns(name: str) -> None:
    english = {text for text in texts_of(command(name)) if text}

    with speaking("de"):
        page = help_of(name)
        same = {text for text in english if _(text) == text}

    assert same == set()
    assert page.startswith(f"Aufruf: evidencemap {name}")
    assert "Optionen:" in page and "Diese Hilfe zeigen." in page
    assert max(map(len, page.splitlines())) <= 80


def test_the_first_page_is_german_too_and_english_again_afterwards() -> None:
    with speaking("de"):
        german = help_of()

    english = help_of()

    assert "Befehle:" in german and "Eine leere Falldatei anlegen." in german
    assert "Commands:" in english and "Make an empty case file." in english
    assert inspect.cleandoc(program.help or "").splitlines()[0].startswith("EvidenceMap draws a case")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check",), "Das Argument 'CASE' fehlt: siehe 'evidencemap check --help'."),
        (("check", "x.yaml", "--loud"), "Es gibt keine Option --loud"),
        (("no-such-thing",), "no-such-thing ist weder ein Befehl noch eine Datei"),
    ],
)
def test_what_was_wrong_with_the_words_is_said_in_german(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with speaking("de"):
        status = run_program(words)

    assert status == 2
    assert sentence in capsys.readouterr().err
