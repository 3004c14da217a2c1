"""The commands that make case files and let cases travel: new, import, export."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencemap.cli.cases import CASE_FILE, is_case_file, read_text, refuse_no_file, the_case
from evidencemap.cli.paper import count, one_line, say, tell
from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.tongue import _

if TYPE_CHECKING:
    from evidencemap.session import Session

PATH = click.Path(path_type=Path)


@click.command("new", short_help="Make an empty case file.")
@click.argument("case", type=PATH)
@click.option("--title", required=True, help="What the case is called.")
def new_command(case: Path, title: str) -> None:
    """Make an empty case file CASE, whose name ends in .evmap. A file that exists is refused."""
    from evidencemap.session import Session

    refuse_used(case)
    _keep(Session.new(title), case)
    say(_("Made {case}: an empty case.").format(case=case))


@click.command("import", short_help="Make a case file of a listing.")
@click.argument("listing", type=PATH)
@click.argument("case", type=PATH)
def import_command(listing: Path, case: Path) -> None:
    """Make a case file CASE of LISTING, a listing (.yaml) or its JSON twin (.json).

    All of it is taken or nothing: a listing that breaks a rule is refused with its line. A file
    that exists is refused.
    """
    from evidencemap.session import Session

    refuse_used(case)
    refuse_no_file(listing)
    if is_case_file(listing):
        raise EvidenceMapError(_("{name} is a case file already: copy it instead.").format(name=listing.name))
    read = read_text(listing)
    _keep(Session.adopt(read, f"Import {listing.name}"), case)
    say(_("Made {case} with {entries}.").format(case=case, entries=count(len(read) - 1, "entry", "entries")))


@click.command("export", short_help="Write a listing, or its JSON twin.")
@click.argument("case", type=PATH)
@click.argument("out", type=PATH)
def export_command(case: Path, out: Path) -> None:
    """Write CASE as OUT, a listing (.yaml) or its JSON twin (.json), for reading, comparing, mailing.

    What does not come along is said on stderr. A file that exists is refused.
    """
    from evidencemap.exchange.files import write_new
    from evidencemap.exchange.formats import format_of

    chosen = format_of(out, writing=True)
    assert chosen.write is not None
    held = the_case(case)
    write_new(out, chosen.write(held).encode("utf-8"))
    for loss in chosen.losses(held):
        tell(one_line(loss))
    say(_("Wrote {out}.").format(out=out))


def refuse_used(case: Path) -> None:
    """Raise EvidenceMapError where a path is no name for a new case file."""
    if case.suffix.lower() != CASE_FILE:
        raise EvidenceMapError(
            _("The name of a case file ends in {case_file}: write {stem}{case_file}.").format(
                case_file=CASE_FILE, stem=case.stem
            )
        )
    if os.path.lexists(case):
        raise CaseFileRefused(_("{name} exists already: give another name.").format(name=case.name))
    if not case.parent.is_dir():
        raise CaseFileRefused(_("There is no folder {parent}.").format(parent=case.parent))


def _keep(session: "Session", case: Path) -> None:
    try:
        session.save_as(case)
    except BaseException:
        session.discard()
        raise
    session.close()
