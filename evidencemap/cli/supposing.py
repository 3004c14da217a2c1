"""The commands that suppose something: settle and whatif."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidencemap.cli.cases import PROFILE, case_by, claim_of, gap, named, numbers
from evidencemap.cli.paper import entry, heading, one_line, paragraph, say, say_json, series
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Step
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes
from evidencemap.model.words import Grade, Obtainable, RequestState
from evidencemap.tongue import _, several

if TYPE_CHECKING:
    from evidencemap.analysis.settle import Settlement
    from evidencemap.analysis.whatif import WhatIf
    from evidencemap.model.entities import Request

PATH = click.Path(path_type=Path)
GRADES = ("probable", "strong", "established")

_SHOWN = 20
"""How many sets a person is shown for one grade; --json gives all."""


@click.command("settle", short_help="What would settle a claim.")
@click.argument("case", type=PATH)
@click.argument("claim", metavar="ID")
@click.option("--grade", type=click.Choice(GRADES), help="Ask about this grade only.")
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def settle_command(case: Path, claim: str, grade: str | None, as_json: bool, profile: str | None) -> None:
    """List the smallest sets of requests and gaps that would lift claim ID of CASE to each grade.

    A gap is named after its step: P10.warrant, P11.denominator. Where nothing listed would do, that
    is the answer, and the sharpest one.
    """
    from evidencemap.analysis.settle import settle

    held = case_by(case, profile)
    target = claim_of(held, claim)
    asked = [Grade.from_word(each) for each in ([grade] if grade else GRADES)]
    answer = settle(held, target.id, grades=asked)
    if as_json:
        sets = {each.word: [list(one) for one in answer.sets[each]] for each in asked}
        say_json({"format": 1, target.number: sets, **({} if answer.complete else {"complete": False})})
        return
    say(one_line(_("What would settle {number}").format(number=target.number)))
    paragraph(target.text, 2)
    say()
    beside = 5 + max(len(_(each)) for each in GRADES)
    for each in asked:
        first, *more = _ways(answer, each)
        entry(f"  {_(each.word)}", first, beside)
        for way in more:
            entry("", way, beside)
    _print_legend(held, answer)


def _ways(answer: "Settlement", grade: Grade) -> list[str]:
    sets = answer.sets[grade]
    if answer.nothing_would(grade):
        return [_("nothing listed would reach it")]
    if not sets:
        return [_("no set was found before the search was cut short")]
    if not sets[0]:
        return [_("is reached already")]
    shown = [(_(" or ") if place else "") + series(one) for place, one in enumerate(sets[:_SHOWN])]
    left = len(sets) - len(shown)
    one, many = "and {count} more, which --json lists", "and {count} more, which --json lists"
    return [*shown, several(one, many, left)] if left else shown


def _print_legend(case: Case, answer: "Settlement") -> None:
    """Say what the numbers stand for that an answer names."""
    from evidencemap.model.entities import Request

    if not answer.complete:
        say()
        say(_("At least these: the search was cut short."))
    named_ids = {each for sets in answer.ids.values() for one in sets for each in one}
    if named_ids:
        say()
    for number in numbers(case, named_ids):
        held = case.numbered(number)
        if isinstance(held, Request):
            entry(f"  {number}", f"{held.text}{_beside(held)}", 16)
        else:
            step, _dot, what = number.partition(".")
            lacking = {
                "warrant": _("a warrant for step {step}, for which none is recorded"),
                "denominator": _("a denominator for step {step}, for which none is recorded"),
            }
            entry(f"  {number}", lacking[what].format(step=step), 16)


def _beside(request: "Request") -> str:
    """Return who holds a request, and whether it can be had, in brackets; nothing where nothing is known."""
    told = [_("held by {holder}").format(holder=request.held_by)] if request.held_by else []
    if request.obtainable in (Obtainable.UNLIKELY, Obtainable.IMPOSSIBLE):
        told.append(_("obtainable: {word}").format(word=_(request.obtainable.value)))
    if request.state in (RequestState.ASKED, RequestState.REFUSED):
        told.append(_(request.state.value))
    return f" ({'; '.join(told)})" if told else ""


def _granted(case: Case, name: str) -> Id:
    """Return the id of what may be granted. Raises EvidenceMapError for a gap that the map does not have."""
    from evidencemap.analysis.whatif import gaps
    from evidencemap.model.entities import Request

    found = gap(case, name)
    if found in case or found in gaps(case):
        return found
    head, _dot, what = found.partition(".")
    step = case.get(Step, Id(head))
    if step is None:
        return found
    scheme = schemes()[step.scheme]
    warrant = what == "warrant" and scheme.needs_warrant and step.warrant is None
    if warrant or (what == scheme.role and step.denominator is None):
        asked = [one.number for one in case.sorted(Request) if {step.id, step.conclusion} & {*one.settles}]
        raise EvidenceMapError(
            several(
                "{requests} stands for {name}: grant that one instead.",
                "{requests} stand for {name}: grant those instead.",
                len(asked),
                requests=series(asked),
                name=name,
            )
        )
    raise EvidenceMapError(
        _("There is no gap {name}: {step} needs none, or has it.").format(name=name, step=step.number)
    )


@click.command("whatif", short_help="What would change if ...")
@click.argument("case", type=PATH)
@click.option(
    "--withdraw", metavar="ID", multiple=True, help="Withdraw a source, an item or a claim. Repeatable."
)
@click.option("--grant", metavar="ID", multiple=True, help="Grant a request or a gap. Repeatable.")
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def whatif_command(
    case: Path, withdraw: Sequence[str], grant: Sequence[str], as_json: bool, profile: str | None
) -> None:
    """Say what would change on the map of CASE if these were withdrawn or granted. CASE stays as it is.

    Sources, evidence, claims, assumptions and requests can be withdrawn. Requests can be granted,
    at the grade that is hoped for, and gaps such as P10.warrant, as established.
    """
    from evidencemap.analysis.whatif import what_if

    if not withdraw and not grant:
        raise click.UsageError(_("Say what to --withdraw or to --grant"), click.get_current_context())
    held = case_by(case, profile)
    found = what_if(held, [gap(held, each) for each in withdraw], [_granted(held, each) for each in grant])
    if as_json:
        say_json(_changes(held, found))
    else:
        _print_changes(held, found)


def _changes(case: Case, found: "WhatIf") -> dict[str, Any]:
    from evidencemap.cli.answers import claim_answer, step_answer

    changed: dict[str, Any] = {}
    for each, (was, now) in found.claims.items():
        before, after = claim_answer(found.before, was), claim_answer(found.after, now)
        changed[named(case, each)] = {"before": before, "after": after}
    for step, (passed, passes) in found.steps.items():
        pair = step_answer(found.before, passed), step_answer(found.after, passes)
        changed[named(case, step)] = {"before": pair[0], "after": pair[1]}
    falls, rises = numbers(case, found.falls), numbers(case, found.rises)
    return {"format": 1, "falls": falls, "rises": rises, "changed": changed}


def _print_changes(case: Case, found: "WhatIf") -> None:
    from evidencemap.analysis.sentences import sentence

    say(_("Falls: {numbers}").format(numbers=series(numbers(case, found.falls))))
    say(_("Rises: {numbers}").format(numbers=series(numbers(case, found.rises))))
    for kind, verdicts in ((Claim, found.claims), (Step, found.steps)):
        moved = [(each, was, now) for each, (was, now) in verdicts.items() if _told(was) != _told(now)]
        if not moved:
            continue
        if kind is Claim:
            heading(several("{count} claim changes:", "{count} claims change:", len(moved)))
        else:
            heading(several("{count} step changes:", "{count} steps change:", len(moved)))
        for each, was, now in moved:
            entry(
                f"  {named(case, each)}",
                _("{before}; then {after}").format(before=_told(was), after=_told(now)),
                8,
            )
            entry("", sentence(case, now.reason), 8)


def _told(verdict: Any) -> str:
    status, grade, upto = _(verdict.status.value), _(verdict.grade.word), _(verdict.upto.word)
    if grade != upto:
        return _("{status}, {grade} to {upto}").format(status=status, grade=grade, upto=upto)
    return f"{status}, {grade}" if verdict.grade else status
