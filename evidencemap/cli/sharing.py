"""The command that makes a copy to share: copy."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencemap.cli.cases import is_case_file, passphrase_for, refuse_no_file
from evidencemap.cli.paper import count, one_line, say, say_json, series, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

if TYPE_CHECKING:
    from evidencemap.model.redaction import Redaction
    from evidencemap.storage.purging import Purged

PATH = click.Path(path_type=Path)


@click.command("copy", short_help="Copy a case file, without what was deleted.")
@click.argument("case", type=PATH)
@click.argument("out", type=PATH)
@click.option("--purge", is_flag=True, help="Leave behind what was deleted or reworded, journal included.")
@click.option("--redact", is_flag=True, help="Of confidential sources, leave the number alone; purges too.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def copy_command(case: Path, out: Path, purge: bool, redact: bool, as_json: bool) -> None:
    """Copy the case file CASE to a new file OUT.

    With --purge the copy holds what the case says now and nothing that it once said; its journal
    starts anew, with a first line that names the old one. With --redact, sources that are marked
    confidential leave their number and nothing else.
    """
    from evidencemap.cli.travelling import refuse_used
    from evidencemap.storage.purging import plain_copy, purged_copy

    refuse_no_file(case)
    if not is_case_file(case):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): export it instead.").format(name=case.name)
        )
    refuse_used(out)
    if not purge and not redact:
        plain_copy(case, out, passphrase_for(case))
        if as_json:
            say_json({"format": 1, "purged": False})
        else:
            say(_("Made {out}: a copy with all of its history.").format(out=out))
        return
    made = purged_copy(case, out, redact=redact, passphrase=passphrase_for(case))
    if as_json:
        say_json(_as_json(made))
    else:
        left = _(
            "Made {out}. Left behind: the {entries} of the journal, and {things} that the case no longer has."
        )
        entries, things = count(made.entries, "entry", "entries"), count(made.things, "thing")
        say(left.format(out=out, entries=entries, things=things))
    if made.redaction is not None:
        _tell_redaction(made.redaction, made.withheld)


def _as_json(made: "Purged") -> dict[str, object]:
    hidden = made.redaction
    return {
        "format": 1,
        "purged": True,
        "entries": made.entries,
        "things": made.things,
        "redacted": [] if hidden is None else list(hidden.sources),
        "mentions": [] if hidden is None else list(hidden.mentions),
        "withheld": list(made.withheld),
    }


def _tell_redaction(hidden: "Redaction", withheld: Sequence[str]) -> None:
    """Say what a copy hides, where that stood, and what is left out with it."""
    tell(
        one_line(
            _("Redacted: {names}. Verdicts that rest on them may differ in the copy.").format(
                names=series(hidden.sources)
            )
        )
    )
    if hidden.mentions:
        tell(
            one_line(
                _("Their names stood in {names}, and were replaced there.").format(
                    names=series(hidden.mentions)
                )
            )
        )
    if withheld:
        tell(
            one_line(
                _("Left out, as they come from them: the contents of {names}.").format(names=series(withheld))
            )
        )
    tell(_("Only names as they are written down were found: read the copy before you share it."))
