"""How a brief puts counts, lists and sentences into words, and runs into the gaps of a sentence."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from evidencemap.tongue import _, catalogue, figure, several

if TYPE_CHECKING:
    from evidencemap.brief.outline import Run, Runs, Voice

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def counted(count: int) -> str:
    """Return a count as running text has it: small ones in words, others in digits."""
    return _(_SMALL[count]) if 0 <= count < len(_SMALL) else figure(count)


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a text that fits a count, its placeholders still open."""
    return catalogue().ngettext(one, many, count)


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: `C1, C2 and C3`; an empty text for none."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def some_of(names: list[str], most: int = 8) -> str:
    """Return names as a sentence lists them, the first few where they are many, with how many more."""
    left = len(names) - most
    if left <= 1:
        return listed(names)
    return listed([*names[:most], several("{count} more", "{count} more", left)])


def dated(day: str) -> str:
    """Return a date YYYY-MM-DD as a letter has it: `24 November 2026`."""
    year, month, number = day.split("-")
    return _("{day} {month} {year}").format(day=int(number), month=_(_MONTHS[int(month) - 1]), year=year)


def unstopped(text: str) -> str:
    """Return a text on one line without its full stop, so that it can stand inside a sentence.

    A text that is nothing else keeps it.
    """
    line = " ".join(text.split())
    return line[:-1].rstrip() or line if line.endswith(".") and not line.endswith("..") else line


def stopped(text: str) -> str:
    """Return a text as a sentence: with a full stop, unless it ends in a sign that ends one already."""
    return text if text.endswith(("…", "!", "?", ".")) else f"{text}."


def short(text: str, most: int) -> str:
    """Return a text on one line of at most `most` characters, cut at a blank with an ellipsis."""
    line = unstopped(text)
    if len(line) <= most:
        return line
    cut = line.rfind(" ", most // 2, most)
    return line[: cut if cut > 0 else most - 1].rstrip(" ,;:") + "…"


def weave(text: str, voice: Voice | None = None, **parts: str | Runs) -> Runs:
    """Return a sentence with named placeholders as runs; a placeholder takes a text or runs.

    What is not a run already gets the voice. A name that has no part is left out.
    """
    from evidencemap.brief.outline import Run

    made: list[Run] = []
    for literal, name, _format, _conversion in Formatter().parse(text):
        if literal:
            made.append(Run(text=literal, voice=voice))
        part = parts.get(name, "") if name else ""
        if isinstance(part, tuple):
            made.extend(part)
        elif part:
            made.append(Run(text=part, voice=voice))
    return tuple(_merged(made))


def _merged(runs: list[Run]) -> list[Run]:
    from evidencemap.brief.outline import Run

    made: list[Run] = []
    for run in runs:
        last = made[-1] if made else None
        plain = Run(text=run.text, voice=run.voice)
        if last is not None and run == plain and last == Run(text=last.text, voice=run.voice):
            made[-1] = Run(text=last.text + run.text, voice=run.voice)
        else:
            made.append(run)
    return made
