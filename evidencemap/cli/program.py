"""The program on the command line: finds the command, and turns what went wrong into one sentence."""

import os
import re
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import click

from evidencemap import __version__
from evidencemap.cli.commands import COMMANDS
from evidencemap.cli.paper import one_line, prepare_streams, tell
from evidencemap.cli.spoken import spoken
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _, refusal, speaking

EPILOG = """\b
A case is a case file (.evmap), a listing (.yaml) or its JSON twin (.json).
With a case, or with nothing at all, the window opens.

\b
Exit status:
  0  done
  1  the answer is no: blocking findings with --strict, a failed verification
  2  the input cannot be used; one sentence says why, and nothing was changed

\b
Examples:
  evidencemap                                open the window
  evidencemap check case.yaml                what stands and what does not
  evidencemap settle case.yaml C2            what would settle claim C2
  evidencemap whatif case.yaml --withdraw S1 what falls without source S1
  evidencemap brief case.evmap -o memo.pdf   the memo
"""


_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)$")
"""How click says that a command line has more words than the command takes."""


class Commands(click.Group):
    """The commands, each imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"evidencemap.cli.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return spoken(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if word not in COMMANDS and not word.startswith("-"):
            if Path(word).exists():
                ctx.fail(_("To open {word} in the window, name it alone").format(word=word))
            ctx.fail(_("{word} is neither a command nor a file").format(word=word))
        return super().resolve_command(ctx, args)


@click.group(
    name="evidencemap",
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    subcommand_metavar="[CASE] | COMMAND ...",
    options_metavar="",
)
@click.version_option(__version__, prog_name="evidencemap")
def program() -> None:
    """EvidenceMap draws a case as a map of sources, evidence, claims and the steps of reasoning between
    them, and says what is supported, what is only claimed, and which steps nothing backs.

    It speaks about the map, never about the world: unsupported is not false.
    """


def run_program(words: Sequence[str]) -> int:
    """Run one command line. Faults of the world become one sentence on stderr; our own are raised."""
    prepare_streams()
    try:
        with speaking("en") if "--json" in words else nullcontext():
            code = _invoked(words)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        return _no(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return _no(_("Stopped; nothing was changed."))
    except EvidenceMapError as error:
        return _no(str(error))
    except BrokenPipeError:
        _close_stdout()
        return 0
    except MemoryError:
        return _no(_("There is not enough memory for this case."))
    except OSError as error:
        if error.filename is None:
            _close_stdout()
            return _no(_("The answer cannot be written: {why}.").format(why=refusal(error)))
        name = Path(os.fsdecode(error.filename)).name
        return _no(_("{name} cannot be used: {why}.").format(name=name, why=refusal(error)))
    return code if isinstance(code, int) else 0


def _invoked(words: Sequence[str]) -> object:
    with spoken(program).make_context("evidencemap", list(words)) as context:
        return context.command.invoke(context)


def _usage(error: click.UsageError) -> int:
    command = error.ctx.command_path if error.ctx is not None else "evidencemap"
    return _no(_("{what}: see '{command} --help'.").format(what=_misused(error), command=command))


def _misused(error: click.UsageError) -> str:
    """Return what click found wrong with the words of a command line, without the full stop."""
    if isinstance(error, click.NoSuchOption):
        return _("No such option: {option}").format(option=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        hint = error.param.get_error_hint(error.ctx) if error.ctx is not None else ""
        optional = isinstance(error.param, click.Option)
        missing = _("Missing option {parameter}") if optional else _("Missing argument {parameter}")
        return missing.format(parameter=hint)
    if isinstance(error, click.BadParameter) and error.param is not None:
        hint = error.param.get_error_hint(error.ctx) if error.ctx is not None else ""
        if isinstance(error.param.type, click.Choice):
            choices = ", ".join(str(each) for each in error.param.type.choices)
            return _("{parameter} takes one of {choices}").format(parameter=hint, choices=choices)
        if isinstance(error.param.type, click.IntRange):
            least = error.param.type.min
            return _("{parameter} takes a whole number from {least} on").format(parameter=hint, least=least)
        return _("{parameter} cannot take that: {why}").format(parameter=hint, why=error.message.rstrip("."))
    extra = _EXTRA.search(error.message)
    if extra is not None:
        return _("This is one word too many: {words}").format(words=extra.group(1))
    return error.format_message().rstrip(".")


def _no(sentence: str) -> int:
    tell(one_line(sentence))
    return 2


def _close_stdout() -> None:
    """Let nothing be written when Python closes a stream that nobody reads any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
