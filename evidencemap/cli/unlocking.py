"""The command about passphrases, and how every other command asks for one: never among its words."""

import sys
from getpass import getpass
from pathlib import Path

import click

from evidencemap.cli.cases import is_case_file, passphrase_for, read_secret, refuse_no_file
from evidencemap.cli.paper import one_line, say, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

PATH = click.Path(path_type=Path)


@click.command("passphrase", short_help="Encrypt a case file, or open it up.")
@click.argument("case", type=PATH)
@click.option("--remove", is_flag=True, help="Keep the case without a passphrase from now on.")
def passphrase_command(case: Path, remove: bool) -> None:
    """Encrypt the case file CASE under a passphrase, change that, or take it away.

    The passphrases are asked for: first that of now, if there is one, then the new one, twice. Where no
    person types, they are the first lines of standard input, the new one once. A passphrase that is
    forgotten cannot be found again by anybody.
    """
    from evidencemap.session import Session

    refuse_no_file(case)
    if not is_case_file(case):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): only a case file can be encrypted.").format(name=case.name)
        )
    now = passphrase_for(case)
    if remove and now is None:
        raise EvidenceMapError(_("{name} has no passphrase: there is none to remove.").format(name=case.name))
    fresh = None if remove else _new_passphrase(case)
    with Session.open(case, passphrase=now) as session:
        if session.read_only:
            raise EvidenceMapError(
                _("{name} is open in another window: close it first.").format(name=case.name)
            )
        told = len(session.notices)
        session.set_passphrase(fresh)
        for notice in session.notices[told:]:
            tell(one_line(notice))
    if fresh is None:
        say(_("{name} has no passphrase any more: whoever has the file can read it.").format(name=case.name))
    else:
        say(_("{name} opens with its passphrase alone now.").format(name=case.name))


def _new_passphrase(case: Path) -> str:
    fresh = read_secret(_("New passphrase of {name}: ").format(name=case.name))
    if sys.stdin is not None and sys.stdin.isatty() and getpass(_("The same again: ")) != fresh:
        raise EvidenceMapError(_("The two are not the same: nothing was changed."))
    return fresh
