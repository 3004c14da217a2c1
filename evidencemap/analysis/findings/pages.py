"""The pages of the manual on findings, made from the registry."""

from collections.abc import Iterable

from evidencemap.analysis.findings.kind import Kind
from evidencemap.tongue import _

_HEAD = """\
# What the map shows

Findings work like a compiler's list of problems: one sentence, why it matters, and what would mend it. F8 and
Shift+F8 walk them. Enter goes to where one is mended. A finding can be accepted with a reason, which prints
in every brief and changes no verdict. A large map is looked through beside the window;
where you stopped that, the pane says so and has a button to look again.

A blocker says that the map is read as showing what it does not show. A warning says that something is
missing that a careful reader would ask for. A note is for good order. A hint points at something to look at
and may well be nothing.

An accepted finding stays in the list. As soon as the finding says something else, or a field of anything
that it names changes, the acceptance is stale and the finding is open again.

Findings speak about the map. That nothing is recorded for a claim does not make the claim false."""


def page(kind: Kind) -> str:
    """Return the manual's page on one kind of finding, as Markdown."""
    said = [f"- {_plain(each)}" for each in kind.sentences]
    mended = dict.fromkeys(_plain(each) for each in (kind.fixes or (kind.fix,)))
    parts = [
        f"# {_(kind.title)}",
        f"`{kind.code}` · {_(kind.severity.value)}" + (f" · {_('a hint')}" if kind.hint else ""),
        _("What it says") + ":\n\n" + "\n".join(said),
        f"{_('Why it matters')}: {_plain(kind.why)}",
        f"{_('What mends it')}: {' '.join(mended)}",
        f"{_('Where it comes from')}: {_(kind.authority)}",
    ]
    return "\n\n".join(parts) + "\n"


def manual(families: Iterable[tuple[str, Iterable[Kind]]]) -> str:
    """Return the manual's page on all findings, family by family, as Markdown, in English.

    The heading of each kind is its code, so that a link can lead to it.
    """
    parts = [_HEAD]
    for family, kinds in families:
        parts.append(f"# {family}")
        for kind in kinds:
            parts.append(f"## {kind.code}")
            parts.append(f"{kind.title}: {kind.severity.value}{', a hint' if kind.hint else ''}.")
            parts.append("\n".join(f"- “{_open(each)}”" for each in dict.fromkeys(kind.sentences)))
            mended = " ".join(dict.fromkeys(_open(each) for each in (kind.fixes or (kind.fix,))))
            parts.append(f"Why it matters: {_open(kind.why)}")
            parts.append(f"What mends it: {mended}")
            parts.append(f"Where it comes from: {kind.authority}")
    return "\n\n".join(parts) + "\n"


def _open(text: str) -> str:
    return text.format(one="…", two="…", three="…", rest="…", more="…", value="…", other="…", third="…")


def _plain(text: str) -> str:
    """Return a sentence with what it names left open."""
    return _open(_(text))
