"""The commands that read the verdicts: check and explain."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import click

from evidencemap.cli.cases import PROFILE, case_by, entity, named
from evidencemap.cli.paper import entry, heading, paragraph, say, say_json, series
from evidencemap.errors import EvidenceMapError
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.tongue import _, figure, several

PATH = click.Path(path_type=Path)


@click.command("check", short_help="What stands, what does not, and why.")
@click.argument("case", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--strict", is_flag=True, help="End with status 1 where a finding blocks.")
@PROFILE
def check_command(case: Path, as_json: bool, strict: bool, profile: str | None) -> int:
    """Give the verdict on every claim and step of CASE, and the findings, the gravest first.

    Verdicts are about the map: unsupported is not false.
    """
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.cli.answers import check_answer

    held = case_by(case, profile)
    found = verdicts(held)
    answer = check_answer(found, _today())
    if as_json:
        say_json(answer)
    else:
        _print_check(held, answer)
    blocked = any(each["severity"] == "blocker" and not each["accepted"] for each in answer["findings"])
    return int(strict and blocked)


@click.command("explain", short_help="Why a claim or step has its verdict.")
@click.argument("case", type=PATH)
@click.argument("number", metavar="ID")
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def explain_command(case: Path, number: str, as_json: bool, profile: str | None) -> None:
    """Say in at most three sentences why claim or step ID of CASE has its verdict, and name the path.

    The path ends at the weakest link, or at the first thing that is missing.
    """
    from evidencemap.analysis.sentences import explain
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.cli.answers import honest_answer

    held = case_by(case, profile)
    target = entity(held, number)
    found = verdicts(held)
    try:
        told = explain(held, found, target.id)
    except KeyError:
        raise EvidenceMapError(
            _("{number} has no verdict: ask about a claim, a step, an item or a request.").format(
                number=target.number
            )
        ) from None
    path = [named(held, each) for each in told.path]
    version = None
    if isinstance(target, Claim) and target.headline:
        version = honest_answer(found, target)
    if as_json:
        answer = {"format": 1, "id": target.number, "sentences": list(told.sentences), "path": path}
        say_json(answer if version is None else {**answer, "honest": version})
        return
    text = getattr(target, "text", "")
    if text:
        entry(target.number, text, 5)
        say()
    for sentence in told.sentences:
        paragraph(sentence)
    if len(path) > 1:
        say()
        head = _("Path:")
        entry(head, " - ".join(path), len(head) + 1)
    if version is not None:
        _print_honest(target.number, version)


def _print_check(case: Case, answer: dict[str, Any]) -> None:
    header = case.header
    paragraph(header.title)
    if header.question:
        paragraph(header.question)
    if answer["claims"]:
        heading(_("Claims: {tally}").format(tally=_tally(answer["claims"])))
        for number, each in answer["claims"].items():
            entry(f"  {number}", f"{_verdict(each)}{_above(each)}", 8)
            entry("", each["reason"], 8)
    if answer["steps"]:
        heading(_("Steps: {tally}").format(tally=_tally(answer["steps"])))
        for number, each in answer["steps"].items():
            said = _verdict(each)
            if each["on_assumption"]:
                said = _("{verdict} on assumption").format(verdict=said)
            if each["borrows"]:
                said = _("{verdict}, borrows from {lender}").format(verdict=said, lender=each["lender"])
            entry(f"  {number}", said, 8)
            entry("", each["reason"], 8)
    _print_findings(answer["findings"])
    for number, each in answer["honest"].items():
        _print_honest(number, each)
    say()
    paragraph(_("What is unsupported here is not shown to be false: the map speaks about itself."))


def _print_honest(number: str, version: dict[str, list[str]]) -> None:
    heading(_("The honest version of {number}").format(number=number))
    for said in version["says"] or [_("Nothing under the headline stands on this map.")]:
        entry("  +", said, 4)
    for added in version["adds"]:
        entry("  -", added, 4)


def _print_findings(findings: list[dict[str, Any]]) -> None:
    heading(_("Findings: {tally}").format(tally=_gravest_first(findings)))
    beside = 4 + max((len(_(each["severity"])) for each in findings), default=0)
    for each in findings:
        said = _("{code} on {numbers}").format(code=each["code"], numbers=series(each["on"]))
        if each["accepted"]:
            said = _("{finding} (accepted)").format(finding=said)
        entry(f"  {_(each['severity'])}", said, beside)
        entry("", each["sentence"], beside)
        if each["fix"] and not each["accepted"]:
            entry("", _("Fix: {fix}").format(fix=each["fix"]), beside)


def _tally(verdicts: dict[str, dict[str, Any]]) -> str:
    counted = Counter(each["status"] for each in verdicts.values())
    return series(f"{_(status)} {figure(many)}" for status, many in counted.most_common())


def _gravest_first(findings: list[dict[str, Any]]) -> str:
    counted = Counter(each["severity"] for each in findings)
    return series(
        told
        for told in (
            several("{count} blocker", "{count} blockers", counted["blocker"]) if counted["blocker"] else "",
            several("{count} warning", "{count} warnings", counted["warning"]) if counted["warning"] else "",
            several("{count} note", "{count} notes", counted["note"]) if counted["note"] else "",
        )
        if told
    )


def _verdict(each: dict[str, Any]) -> str:
    status, grade = _(each["status"]), each["grade"]
    if each["upto"] != grade:
        return _("{status}, {grade} to {upto}").format(status=status, grade=_(grade), upto=_(each["upto"]))
    return status if grade == "nothing" else f"{status}, {_(grade)}"


def _above(each: dict[str, Any]) -> str:
    if not each["overstated"]:
        return ""
    return several(
        "; stated as {grade}, {count} grade above",
        "; stated as {grade}, {count} grades above",
        each["overstated"],
        grade=_(each["stated"]),
    )


def _today() -> str:
    return datetime.datetime.now().astimezone().date().isoformat()
