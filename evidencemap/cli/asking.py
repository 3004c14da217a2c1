"""The commands that ask what a case rests on: origins, load and cuts."""

from pathlib import Path
from typing import Any

import click

from evidencemap.cli.cases import claim_of, named, the_case
from evidencemap.cli.paper import count, entry, one_line, paragraph, say, say_json, series
from evidencemap.model.entities import Claim

PATH = click.Path(path_type=Path)


@click.command("origins", short_help="Which sources a claim goes back to.")
@click.argument("case", type=PATH)
@click.argument("number", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def origins_command(case: Path, number: str | None, as_json: bool) -> None:
    """Say which sources the evidence for each claim of CASE goes back to, or for claim ID alone.

    Many reports may have one origin. A bottleneck is a source that every way to the claim runs
    through; independence is how many sources must be lost before the claim falls (3: three or more).
    """
    from evidencemap.analysis.origins import origins
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.cli.answers import origins_answer

    held = the_case(case)
    wanted = held.sorted(Claim) if number is None else [claim_of(held, number)]
    found = verdicts(held)
    known = origins(held, found)
    answer = {claim.number: origins_answer(known, found, claim) for claim in wanted}
    if as_json:
        say_json({"format": 1, "claims": answer})
        return
    for claim in wanted:
        _print_origins(claim, answer[claim.number])


def _print_origins(claim: Claim, told: dict[str, Any]) -> None:
    entry(claim.number, claim.text, 6)
    reports, sources = told["reports"], told["origins"]
    if not told["stands"]:
        reached = f" What reaches it goes back to {series(sources)}." if sources else ""
        entry("", f"It does not stand.{reached}", 6)
        return
    if not sources:
        entry("", "It rests on no source.", 6)
        return
    counted = f"{count(len(reports), 'report')}, " if reports else ""
    entry("", f"{counted}{count(len(sources), 'origin')}: {series(sources)}", 6)
    if told["bottlenecks"]:
        entry("", f"Every way to it runs through {series(told['bottlenecks'])}.", 6)
    entry("", _INDEPENDENCE[told["independence"]], 6)


_INDEPENDENCE = (
    "",
    "It falls if one source is lost.",
    "It falls only if two sources are lost.",
    "No loss of one or two sources defeats it.",
)


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
