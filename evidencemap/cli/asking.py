"""The commands that ask what a case rests on: origins, load and cuts."""

from pathlib import Path

import click

from evidencemap.cli.cases import claim_of, named, the_case
from evidencemap.cli.paper import count, entry, one_line, paragraph, say, say_json, series

PATH = click.Path(path_type=Path)


@click.command("cuts", short_help="What has to be lost for a claim to fall.")
@click.argument("case", type=PATH)
@click.argument("claim", metavar="ID")
@click.option(
    "--of",
    "lost",
    type=click.Choice(("sources", "evidence")),
    default="sources",
    show_default=True,
    help="What may be lost.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def cuts_command(case: Path, claim: str, lost: str, as_json: bool) -> None:
    """List the smallest sets of sources, or of evidence, whose loss would defeat claim ID of CASE."""
    from evidencemap.analysis.cuts import Lost, cuts
    from evidencemap.analysis.verdicts import verdicts

    held = the_case(case)
    target = claim_of(held, claim)
    found = verdicts(held)
    answer = cuts(found, target.id, Lost(lost))
    sets = [[named(held, each) for each in one] for one in answer.sets]
    if as_json:
        say_json({"format": 1, "claim": target.number, "of": lost, "sets": sets, "complete": answer.complete})
        return
    say(one_line(f"{target.number} {found.claims[target.id].status.value}"))
    paragraph(target.text, 2)
    say()
    if not sets and not found.claims[target.id].holds:
        say("It does not stand: there is nothing to lose.")
    elif not sets:
        kind = "source" if lost == "sources" else "item"
        say(f"No {kind} whose loss would defeat it was found.")
    for one in sets:
        entry("  lose", series(one), 8)
    if not answer.complete:
        say()
        say(f"At least {'this' if len(sets) == 1 else 'these'}: the search was cut short.")
