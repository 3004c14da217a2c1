"""The commands that tell a case to others: brief and map."""

import datetime
import os
from pathlib import Path

import click

from evidencemap.cli.cases import the_case
from evidencemap.cli.paper import say
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

PATH = click.Path(path_type=Path)
BRIEFS = (".pdf", ".html", ".txt")
PICTURES = (".svg", ".png", ".pdf")


@click.command("brief", short_help="Write a brief, such as the memo; check or issue it.")
@click.argument("case", type=PATH)
@click.option("-o", "--output", "out", type=PATH, help="The file to write: .pdf, .html or .txt.")
@click.option("--template", default="memo", show_default=True, help="The form of the brief.")
@click.option(
    "--paper", type=click.Choice(("letter", "a4")), default="letter", show_default=True, help="For a PDF."
)
@click.option("--date", metavar="YYYY-MM-DD", help="The date of the brief.  [default: today]")
@click.option("--archive", is_flag=True, help="Make the PDF PDF/A-3a, with the case inside.")
@click.option("--preflight", is_flag=True, help="Only check: status 1 where something blocks the brief.")
@click.option("--json", "as_json", is_flag=True, help="With --preflight: print the answer as JSON.")
@click.option("--issue", is_flag=True, help="Issue it: write the PDF and record it in the case file.")
@click.option("--why", default="", metavar="REASON", help="What it is issued for, or what moved since.")
@click.option("--despite", default="", metavar="REASON", help="Issue with blockers open; the reason prints.")
@click.option("--sign", type=PATH, metavar="KEY.p12", help="With --issue: sign it with this key (PKCS#12).")
def brief_command(
    case: Path,
    out: Path | None,
    template: str,
    paper: str,
    date: str | None,
    archive: bool,
    preflight: bool,
    as_json: bool,
    issue: bool,
    why: str,
    despite: str,
    sign: Path | None,
) -> int:
    """Write a brief on CASE. The same case and date give the same bytes.

    The templates are memo, settle, report, register and change. Without --issue the brief is a draft,
    and says so; an earlier one of the same sort is replaced, any other file is refused. The passphrase
    of a key is asked for, or is the next line of standard input; signing is offline, and on Linux only.
    """
    from evidencemap.cli.briefing import Wish, check_brief, issue_brief, write_brief

    wish = Wish(
        template=template,
        day=_day(date),
        paper=paper,
        archive=archive,
        why=why.strip(),
        despite=despite.strip(),
        key=sign,
    )
    if sign is not None and not issue:
        raise EvidenceMapError(_("--sign goes with --issue: a draft is not signed."))
    if preflight:
        if issue or out is not None:
            raise EvidenceMapError(_("--preflight only checks: leave out -o and --issue."))
        return check_brief(case, wish, as_json=as_json)
    if as_json:
        raise EvidenceMapError(_("--json goes with --preflight."))
    if out is None:
        raise EvidenceMapError(
            _("Say with -o where the brief goes: a file in {names}.").format(names=", ".join(BRIEFS))
        )
    ending = _ending(out, BRIEFS)
    if archive and ending != ".pdf":
        raise EvidenceMapError(_("Only a PDF is an archive: {name} must end in .pdf.").format(name=out.name))
    if issue:
        if ending != ".pdf":
            raise EvidenceMapError(
                _("A brief is issued as a PDF: {name} must end in .pdf.").format(name=out.name)
            )
        return issue_brief(case, out, wish)
    if why or despite:
        raise EvidenceMapError(_("--why and --despite go with --issue."))
    write_brief(case, out, wish)
    return 0


@click.command("map", short_help="Draw the map as a picture.")
@click.argument("case", type=PATH)
@click.option(
    "-o", "--output", "out", type=PATH, required=True, help="The file to write: .svg, .png or .pdf."
)
def map_command(case: Path, out: Path) -> None:
    """Draw the map of CASE, as the window shows it.

    An earlier picture of the same sort is replaced; any other file is refused.
    """
    from evidencemap.brief.map_file import map_bytes
    from evidencemap.exchange.files import write_over

    ending = _ending(out, PICTURES)
    write_over(out, map_bytes(the_case(case), ending))
    say(_("Wrote {out}.").format(out=out))


def _ending(out: Path, endings: tuple[str, ...]) -> str:
    ending = out.suffix.lower()
    if ending not in endings:
        raise EvidenceMapError(
            _("{name} must end in one of {names}.").format(name=out.name, names=", ".join(endings))
        )
    return ending


def _day(date: str | None) -> str:
    if date is not None:
        try:
            return datetime.date.fromisoformat(date).isoformat()
        except ValueError:
            raise EvidenceMapError(_("{date} is no date: write YYYY-MM-DD.").format(date=date)) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.datetime.now().astimezone().date().isoformat()
