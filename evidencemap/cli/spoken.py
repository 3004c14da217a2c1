"""The help of the commands in the person's language: what click prints, read out of the one catalogue."""

import copy
import inspect
from collections.abc import Iterable, Iterator

import click

from evidencemap.tongue import _

HEADINGS = ("Usage:", "Options", "Commands")
"""What click writes above the parts of a help page."""

SHOW_HELP = "Show this message and exit."
"""What click says of its own option."""


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{_('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        told = [(name, _beside(_(SHOW_HELP) if text == SHOW_HELP else text)) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


def _beside(text: str) -> str:
    """Return a text of the help with what click adds in brackets said in the person's language."""
    return text.replace("[default: ", f"[{_('default')}: ").replace("[required]", f"[{_('required')}]")


class _Context(click.Context):
    formatter_class = _Formatter


def spoken(command: click.Command) -> click.Command:
    """Return a command like another whose help is in the person's language; the other stays as it is."""
    made = copy.copy(command)
    made.context_class = _Context
    made.help = _said(command.help)
    made.epilog = _said(command.epilog)
    made.short_help = _said(command.short_help)
    made.params = [_parameter(each) for each in command.params]
    if isinstance(made, click.Group):
        made.commands = {name: spoken(each) for name, each in made.commands.items()}
    return made


def texts_of(command: click.Command) -> Iterator[str]:
    """Yield the texts of the help of a command and of what is beneath it, as the catalogue holds them."""
    texts = [command.help, command.epilog, command.short_help]
    texts += [each.help for each in command.params if isinstance(each, click.Option)]
    for text in texts:
        if text:
            yield inspect.cleandoc(text)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from texts_of(each)


def _said(text: str | None) -> str | None:
    return _(inspect.cleandoc(text)) if text else text


def _parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    made = copy.copy(parameter)
    made.help = _said(parameter.help)
    return made
