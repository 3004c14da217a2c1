"""The pages of the manual on findings, made from the registry."""

from evidencemap.analysis.findings.finding import Kind
from evidencemap.tongue import _


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


def _plain(text: str) -> str:
    """Return a sentence with what it names left open."""
    return _(text).format(one="…", two="…", three="…", rest="…", value="…", other="…", third="…")
