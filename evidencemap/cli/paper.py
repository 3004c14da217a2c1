"""What the commands print: lines that fit 80 columns, safe on any terminal, and JSON for programs."""

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, TextIO

import click

from evidencemap.tongue import _, several

WIDTH = 80
"""Columns that the answers fit."""

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def prepare_streams() -> None:
    """Let no character of a case stop the output on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def one_line(text: str) -> str:
    """Return a text on one line, with every character that commands a terminal made visible."""
    return safe(" ".join(text.split()))


def safe(text: str) -> str:
    """Return a text with every character that commands a terminal made visible."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def say(line: str = "") -> None:
    """Print one line of the answer to stdout."""
    click.echo(line)


def tell(line: str) -> None:
    """Print one line of progress, notice or refusal to stderr, which may be closed."""
    with suppress(OSError):
        click.echo(line, err=True)


def say_json(data: Any) -> None:
    """Print data as JSON, indented, in ASCII, so that any program on any system reads it."""
    click.echo(json.dumps(data, ensure_ascii=True, indent=2, allow_nan=False))


def paragraph(text: str, indent: int = 0) -> None:
    """Print a text, wrapped to the width, each line indented."""
    margin = " " * indent
    wrapped = textwrap.wrap(
        one_line(text), WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False
    )
    for line in wrapped:
        say(line)


def entry(head: str, text: str, indent: int) -> None:
    """Print a head and beside it, from column `indent`, a wrapped text."""
    lines = textwrap.wrap(one_line(text), WIDTH - indent, break_on_hyphens=False) or [""]
    first, *rest = lines
    if len(head) >= indent:
        say(head)
        rest = lines
    else:
        say(f"{head:<{indent}}{first}".rstrip())
    for line in rest:
        say(f"{' ' * indent}{line}")


def columns(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Return rows as lines whose cells stand below each other."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    margin = " " * indent
    return [
        (margin + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def heading(text: str) -> None:
    """Print a heading with a blank line above; its own spaces stay, so that it can head columns."""
    say()
    say(safe(text))


def count(many: int, one: str, more: str = "") -> str:
    """Return a number with its noun: `1 claim`, `1,200 claims`."""
    return several(f"{{count}} {one}", f"{{count}} {more or one + 's'}", many)


def series(parts: Iterable[str]) -> str:
    """Return parts as a sentence lists them: `C1, C2 and C3`; `none` for none."""
    listed = list(parts)
    if not listed:
        return _("none")
    if len(listed) == 1:
        return listed[0]
    return _("{first} and {last}").format(first=", ".join(listed[:-1]), last=listed[-1])


def is_terminal(stream: TextIO) -> bool:
    """Say whether a stream is a terminal that a person looks at."""
    with suppress(ValueError):
        return stream.isatty()
    return False
