"""The commands that suppose something: settle and whatif."""

from pathlib import Path

import click

from evidencemap.cli.cases import entity, gap, named, numbers, the_case
from evidencemap.cli.paper import entry, heading, one_line, paragraph, say, say_json
from evidencemap.errors import EvidenceMapError
from evidencemap.model.words import Grade

PATH = click.Path(path_type=Path)
GRADES = ("probable", "strong", "established")


@click.command("settle", short_help="What would settle a claim.")
@click.argument("case", type=PATH)
@click.argument("claim", metavar="ID")
@click.option("--grade", type=click.Choice(GRADES), help="Ask about this grade only.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def settle_command(case: Path, claim: str, grade: str | None, as_json: bool) -> None:
    """List the smallest sets of requests and missing warrants that would lift claim ID of CASE to a grade.

    A missing warrant is named after its step: P10.warrant. Where nothing listed would do, that is
    the answer, and the sharpest one.
    """
    from evidencemap.analysis.settle import settle
    from evidencemap.model.entities import Claim

    held = the_case(case)
    target = entity(held, claim)
    if not isinstance(target, Claim):
        raise EvidenceMapError(f"{target.number} is not a claim: ask what would settle a claim.")
    answer = settle(held, target.id)
    asked = [Grade.from_word(grade)] if grade else [Grade.from_word(each) for each in GRADES]
    sets = {each.word: [numbers(held, one) for one in answer.sets.get(each, ())] for each in asked}
    if as_json:
        say_json({target.number: sets})
        return
    say(one_line(f"What would settle {target.number}"))
    paragraph(target.text, 2)
    say()
    for word, ways in sets.items():
        entry(f"  {word}", _ways(ways), 16)
