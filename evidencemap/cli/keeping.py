"""The commands about going back: named points of the history, revert, and rolling backups."""

from pathlib import Path

import click

from evidencemap.cli.cases import is_case_file, passphrase_for, refuse_no_file
from evidencemap.cli.paper import columns, count, one_line, say, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

PATH = click.Path(path_type=Path)


@click.command("checkpoint", short_help="Name this point of the history.")
@click.argument("case", type=PATH)
@click.argument("name")
def checkpoint_command(case: Path, name: str) -> None:
    """Name this point of the history of the case file CASE, and publish it. `revert` finds it by NAME."""
    from evidencemap.session import Session

    _refuse_no_case_file(case)
    with Session.open(case, passphrase=passphrase_for(case)) as session:
        entry = session.entries
        session.checkpoint(name)
        for notice in session.notices:
            tell(one_line(notice))
    say(
        _("Entry {entry} of {name} is called {point}.").format(
            entry=entry, name=case.name, point=one_line(name)
        )
    )


@click.command("revert", short_help="Bring the case back to an earlier point.")
@click.argument("case", type=PATH)
@click.argument("point")
def revert_command(case: Path, point: str) -> None:
    """Bring the case file CASE back to how it was at POINT, and publish it.

    POINT is the name of a checkpoint or the number of an entry of the history. What came since stays
    on the record; the numbers given since are not given again.
    """
    from evidencemap.model.upkeep import Checkpoint
    from evidencemap.session import Session

    _refuse_no_case_file(case)
    with Session.open(case, passphrase=passphrase_for(case)) as session:
        named = [each.entries for each in session.case.sorted(Checkpoint) if each.name == point]
        if not named and not point.isdecimal():
            raise EvidenceMapError(
                _("No point of the history is called {point}.").format(point=one_line(point))
            )
        entry = named[-1] if named else int(point)
        if not 0 < entry <= session.entries:
            raise EvidenceMapError(_("The journal has no entry {entry}.").format(entry=entry))
        edit = session.revert_to(entry)
        for notice in session.notices:
            tell(one_line(notice))
    if edit is None:
        say(
            _("{name} is as it was at entry {entry}: nothing was changed.").format(
                name=case.name, entry=entry
            )
        )
    else:
        changed = count(len(edit.changes), "thing")
        say(
            _("Reverted {name} to entry {entry}; {changed} changed.").format(
                name=case.name, entry=entry, changed=changed
            )
        )


@click.command("backups", short_help="Earlier publications of a case.")
@click.argument("case", type=PATH)
@click.option(
    "--restore", "number", type=click.IntRange(1), metavar="N", help="The backup to make a case of."
)
@click.option("-o", "--output", type=PATH, help="The new case file that --restore makes.")
def backups_command(case: Path, number: int | None, output: Path | None) -> None:
    """List the earlier publications of the case file CASE that this machine keeps, the latest first.

    CASE may be gone. Restoring makes a new file and touches no other.
    """
    from evidencemap.storage.backups import backups_of

    if output is not None and number is None:
        raise EvidenceMapError(_("-o goes with --restore: say which backup it is to be made of."))
    held = backups_of(case)
    if number is None:
        if not held:
            say(_("There is no backup of {name} on this machine.").format(name=case.name))
        rows = [(str(place), each.at, count(each.size, "byte")) for place, each in enumerate(held, start=1)]
        for row in columns(rows, indent=0):
            say(row)
        return
    if output is None:
        raise EvidenceMapError(_("Say with -o what the restored case file is to be called."))
    if number > len(held):
        raise EvidenceMapError(
            _("There is no backup {number} of {name}: there are {count}.").format(
                number=number, name=case.name, count=len(held)
            )
        )
    from evidencemap.cli.travelling import refuse_used
    from evidencemap.storage.purging import plain_copy

    refuse_used(output)
    chosen = held[number - 1]
    plain_copy(chosen.path, output, passphrase_for(chosen.path))
    say(_("Made {output} of what was published on {at}.").format(output=output, at=chosen.at))


def _refuse_no_case_file(case: Path) -> None:
    refuse_no_file(case)
    if not is_case_file(case):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): it has no history.").format(name=case.name)
        )
