"""The commands that ask what a case rests on: origins, load and cuts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidencemap.cli.cases import PROFILE, case_by, claim_of, entity, named, numbers
from evidencemap.cli.paper import entry, heading, one_line, paragraph, say, say_json, series
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Evidence, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _, several

if TYPE_CHECKING:
    from evidencemap.analysis.load import Load, Loads

PATH = click.Path(path_type=Path)


@click.command("origins", short_help="Which sources a claim goes back to.")
@click.argument("case", type=PATH)
@click.argument("number", metavar="[ID]", required=False)
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def origins_command(case: Path, number: str | None, as_json: bool, profile: str | None) -> None:
    """Say which sources the evidence for each claim of CASE goes back to, or for claim ID alone.

    Many reports may have one origin. A bottleneck is a source that every way to the claim runs
    through; independence is how many sources must be lost before the claim falls (3: three or more).
    """
    from evidencemap.analysis.origins import origins
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.cli.answers import origins_answer

    held = case_by(case, profile)
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
        said = _("It does not stand.")
        if sources:
            said += " " + _("What reaches it goes back to {sources}.").format(sources=series(sources))
        entry("", said, 6)
        return
    if not sources:
        entry("", _("It rests on no source."), 6)
        return
    counted = several("{count} report", "{count} reports", len(reports)) + ", " if reports else ""
    counted += several("{count} origin", "{count} origins", len(sources))
    entry("", f"{counted}: {series(sources)}", 6)
    if told["bottlenecks"]:
        entry("", _("Every way to it runs through {sources}.").format(sources=series(told["bottlenecks"])), 6)
    entry("", _(_INDEPENDENCE[told["independence"]]), 6)


_INDEPENDENCE = (
    "",
    "It falls if one source is lost.",
    "It falls only if two sources are lost.",
    "No loss of one or two sources defeats it.",
)


@click.command("load", short_help="What rests on what, and which gaps carry the most.")
@click.argument("case", type=PATH)
@click.argument("number", metavar="[ID]", required=False)
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def load_command(case: Path, number: str | None, as_json: bool, profile: str | None) -> None:
    """Say how many claims and asks rest on each thing of CASE, and which gaps carry the most of them.

    With ID, a source, an item, a claim, a request or a step, say which claims rest on it, and which
    would fall if it were withdrawn.
    """
    from evidencemap.analysis.load import loads
    from evidencemap.analysis.verdicts import verdicts

    held = case_by(case, profile)
    target = None if number is None else entity(held, number)
    if target is not None and not isinstance(target, _BEARS):
        raise EvidenceMapError(
            _("Nothing rests on {number}: ask about a source, an item, a claim, a request or a step.").format(
                number=target.number
            )
        )
    known = loads(verdicts(held))
    if target is not None:
        answer = _one_load(held, known, target)
    else:
        listed = sorted(
            (known.of(each) for each in _in_order(held)),
            key=lambda load: (-load.stake, -load.asks, -load.claims),
        )
        answer = {
            "format": 1,
            "load": {held.number(each.of): _load(each) for each in listed if each.claims},
            "gaps": [
                {"id": named(held, gap.id), "lack": gap.lack.value, **_load(gap.load)} for gap in known.gaps()
            ],
        }
    if as_json:
        say_json(answer)
    elif target is not None:
        _print_one_load(target, answer)
    else:
        _print_loads(answer)


_BEARS = (Source, Evidence, Claim, Request, Step)
"""The kinds on which something can rest."""

_SHOWN = 20
"""How many rows of a table a person is shown; --json gives all."""


def _in_order(case: Case) -> list[Id]:
    """Return all on which something can rest, kind by kind, by number."""
    return [
        *(each.id for each in case.sorted(Source)),
        *(each.id for each in case.sorted(Evidence)),
        *(each.id for each in case.sorted(Claim)),
        *(each.id for each in case.sorted(Request)),
        *(each.id for each in case.sorted(Step)),
    ]


def _load(load: "Load") -> dict[str, int]:
    return {"claims": load.claims, "asks": load.asks, "stake": load.stake}


def _one_load(case: Case, known: "Loads", target: Entity) -> dict[str, Any]:
    from evidencemap.analysis.whatif import what_if

    falls: list[str] | None = None
    if not isinstance(target, Step):
        falls = numbers(case, what_if(case, withdraw=[target.id], known=known.verdicts).falls)
    resting = [case.number(each) for each in known.resting(target.id)]
    load = _load(known.of(target.id))
    return {"format": 1, "id": target.number, **load, "resting": resting, "falls": falls}


def _print_one_load(target: Entity, told: dict[str, Any]) -> None:
    text = getattr(target, "text", "") or getattr(target, "name", "")
    entry(target.number, text or _weight(told), 6)
    if text:
        entry("", _weight(told), 6)
    if told["resting"]:
        rests = several(
            "On it rests: {numbers}", "On it rest: {numbers}", told["claims"], numbers=series(told["resting"])
        )
        entry("", rests, 6)
    if told["falls"] is not None:
        entry(
            "", _("If it were withdrawn, what would fall: {numbers}").format(numbers=series(told["falls"])), 6
        )


def _print_loads(told: dict[str, Any]) -> None:
    say(_("What carries the most"))
    for number, each in list(told["load"].items())[:_SHOWN]:
        entry(f"  {number}", _weight(each), 18)
    _print_rest(len(told["load"]))
    heading(_("Gaps that carry the most"))
    for each in told["gaps"][:_SHOWN]:
        entry(f"  {each['id']}", f"{_(each['lack'])}; {_weight(each)}", 18)
    _print_rest(len(told["gaps"]))
    if not told["gaps"]:
        say("  " + _("none"))


def _print_rest(many: int) -> None:
    if many > _SHOWN:
        say(
            "  "
            + several(
                "and {count} more, which --json lists", "and {count} more, which --json lists", many - _SHOWN
            )
        )


def _weight(told: dict[str, Any]) -> str:
    """Say what rests on something, in numbers."""
    if not told["claims"]:
        return _("nothing rests on it")
    asks = told["asks"]
    if not asks:
        return several("{count} claim", "{count} claims", told["claims"])
    return several(
        "{claims}, of which {count} ask (highest stake {stake})",
        "{claims}, of which {count} asks (highest stake {stake})",
        asks,
        claims=several("{count} claim", "{count} claims", told["claims"]),
        stake=told["stake"],
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
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def cuts_command(case: Path, claim: str, lost: str, as_json: bool, profile: str | None) -> None:
    """List the smallest sets of sources, or of evidence, whose loss would defeat claim ID of CASE."""
    from evidencemap.analysis.cuts import Lost, cuts
    from evidencemap.analysis.verdicts import verdicts

    held = case_by(case, profile)
    target = claim_of(held, claim)
    found = verdicts(held)
    answer = cuts(found, target.id, Lost(lost))
    sets = [[named(held, each) for each in one] for one in answer.sets]
    if as_json:
        say_json({"format": 1, "claim": target.number, "of": lost, "sets": sets, "complete": answer.complete})
        return
    say(one_line(f"{target.number} {_(found.claims[target.id].status.value)}"))
    paragraph(target.text, 2)
    say()
    if not sets and not found.claims[target.id].holds:
        say(_("It does not stand: there is nothing to lose."))
    elif not sets:
        of_sources = _("No source whose loss would defeat it was found.")
        say(of_sources if lost == "sources" else _("No item whose loss would defeat it was found."))
    head = "  " + _("lose")
    for one in sets:
        entry(head, series(one), len(head) + 2)
    if not answer.complete:
        say()
        say(
            several(
                "At least this: the search was cut short.",
                "At least these: the search was cut short.",
                len(sets),
            )
        )
