"""The commands that tell a case to others: brief and map."""

import datetime
import os
import tempfile
from pathlib import Path

import click

from evidencemap.cli.cases import is_case_file, refuse_no_file, the_case
from evidencemap.cli.paper import count, say, series, tell
from evidencemap.errors import EvidenceMapError

PATH = click.Path(path_type=Path)
BRIEFS = (".pdf", ".html", ".txt")
PICTURES = (".svg", ".png", ".pdf")


@click.command("brief", short_help="Write a brief, such as the memo.")
@click.argument("case", type=PATH)
@click.option(
    "-o", "--output", "out", type=PATH, required=True, help="The file to write: .pdf, .html or .txt."
)
@click.option("--template", default="memo", show_default=True, help="The form of the brief.")
@click.option(
    "--paper", type=click.Choice(("letter", "a4")), default="letter", show_default=True, help="For a PDF."
)
@click.option("--date", metavar="YYYY-MM-DD", help="The date of the brief.  [default: today]")
def brief_command(case: Path, out: Path, template: str, paper: str, date: str | None) -> None:
    """Write a brief on CASE. The same case and date give the same bytes.

    An earlier brief of the same sort is replaced; any other file is refused.
    """
    import hashlib

    from evidencemap.brief.basis import basis
    from evidencemap.brief.templates import TEMPLATES
    from evidencemap.exchange.files import write_over
    from evidencemap.exchange.listing import write_listing

    ending = _ending(out, BRIEFS)
    if template not in TEMPLATES:
        raise EvidenceMapError(f"There is no template {template}: the templates are {series(TEMPLATES)}.")
    day = _day(date)
    digest, history = _trust(case)
    held = the_case(case)
    outline = TEMPLATES[template](basis(held, day, digest=digest, history=history))
    if ending == ".pdf":
        from evidencemap.brief.pdf import pdf_bytes

        identity = hashlib.sha256(write_listing(held).encode("utf-8")).digest()
        data, report = pdf_bytes(outline, identity=identity, paper=paper)
        if report.unknown_glyphs:
            missing = series(name for name, _ in report.unknown_glyphs[:5])
            tell(f"No font that ships has {missing}: these characters show as boxes.")
        made = f"Wrote {out}: {count(report.pages, 'page')}."
    elif ending == ".html":
        from evidencemap.brief.html import web_page

        data, made = web_page(outline).encode("utf-8"), f"Wrote {out}."
    else:
        from evidencemap.brief.text import plain_text

        data, made = plain_text(outline).encode("utf-8"), f"Wrote {out}."
    write_over(out, data)
    say(made)


@click.command("map", short_help="Draw the map as a picture.")
@click.argument("case", type=PATH)
@click.option(
    "-o", "--output", "out", type=PATH, required=True, help="The file to write: .svg, .png or .pdf."
)
def map_command(case: Path, out: Path) -> None:
    """Draw the map of CASE, as the window shows it.

    An earlier picture of the same sort is replaced; any other file is refused.
    """
    from evidencemap.brief.map_file import map_file
    from evidencemap.exchange.files import write_over

    ending = _ending(out, PICTURES)
    held = the_case(case)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / f"map{ending}"
        map_file(held, drawn)
        write_over(out, drawn.read_bytes())
    say(f"Wrote {out}.")


def _ending(out: Path, endings: tuple[str, ...]) -> str:
    ending = out.suffix.lower()
    if ending not in endings:
        raise EvidenceMapError(f"{out.name} must end in one of {', '.join(endings)}.")
    return ending


def _day(date: str | None) -> str:
    if date is not None:
        try:
            return datetime.date.fromisoformat(date).isoformat()
        except ValueError:
            raise EvidenceMapError(f"{date} is no date: write YYYY-MM-DD.") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.datetime.now().astimezone().date().isoformat()


def _trust(case: Path) -> tuple[str, str]:
    """Return the fingerprint of a case file and what can be said of its history; nothing for a listing."""
    refuse_no_file(case)
    if not is_case_file(case):
        return "", ""
    from evidencemap.session import verify

    found = verify(case)
    if not found.ok:
        return found.root, "history not intact"
    return found.root, f"history intact, {count(found.entries, 'entry', 'entries')}"
