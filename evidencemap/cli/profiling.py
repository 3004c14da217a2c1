"""The command profiles: by which policies a case can be read, and what another one would change."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from evidencemap.cli.cases import the_case
from evidencemap.cli.paper import columns, count, entry, heading, one_line, paragraph, say, say_json, series
from evidencemap.model.case import Case
from evidencemap.tongue import _

PATH = click.Path(path_type=Path)

_CALLED = {
    "reliability": "a source of reliability {keys}",
    "credibility": "an item of credibility {keys}",
    "unsourced": "an item without a source",
    "assumption": "an assumption",
    "reported": "an item that is only reported",
    "interest": "an item whose source gains",
    "vantage": "a record from outside a position to know",
    "vantage_kinds": "kinds that need a position to know",
    "ceilings": "a step by {keys}",
    "standards": "a claim of the kind {keys}",
    "stakes": "an ask of stake {keys}",
}
"""What each field of a profile is about, in words."""


@click.command("profiles", short_help="The profiles by which a case can be read.")
@click.argument("case", type=PATH, required=False)
@click.argument("other", metavar="[OTHER]", required=False)
@click.option("--compare", metavar="NAME", help="Say which verdicts of CASE differ under this profile.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def profiles_command(case: Path | None, other: str | None, compare: str | None, as_json: bool) -> None:
    """List the profiles, each with where it differs from the standard one.

    A profile sets what a source of each reliability is worth at the most, what an assumption is
    worth, which standard a kind of claim must meet, and what an ask requires. With CASE and
    --compare NAME, say which verdicts on claims would differ under that profile; with --compare NAME
    OTHER, where these two profiles differ.
    """
    from evidencemap.analysis.policy import policies

    if compare is not None and case is None:
        raise click.UsageError(_("To compare, name a case"))
    if other is not None and compare is None:
        raise click.UsageError(_("To compare two profiles, write --compare NAME OTHER"))
    own = None if case is None else the_case(case)
    if own is not None and compare is not None:
        pair = (own.header.profile, compare) if other is None else (compare, other)
        _compare(own, *pair, as_json)
        return
    listed = [_profile(name) for name in policies()]
    if as_json:
        say_json({"format": 1, "case": None if own is None else own.header.profile, "profiles": listed})
        return
    for each in listed:
        mine = own is not None and own.header.profile == each["name"]
        title = _("{title} (of this case)") if mine else "{title}"
        entry(each["name"], title.format(title=_(each["title"])), 14)
        if each["about"]:
            paragraph(_(each["about"]), 14)
        for line in _differences(each["differs"]):
            entry(f"{'':<14}-", line, 16)


def _profile(name: str) -> dict[str, Any]:
    from evidencemap.analysis.policy import differences, policy

    held = policy(name)
    differs = [
        {"field": each.field, "key": each.key, "standard": each.one, "here": each.other}
        for each in differences(policy(), held)
    ]
    return {"name": name, "title": held.title, "about": held.about, "differs": differs}


def _differences(rows: list[dict[str, str]]) -> Iterator[str]:
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        grouped.setdefault((row["field"], row["here"], row["standard"]), []).append(row["key"])
    for (field, here, standard), keys in grouped.items():
        what = _(_CALLED[field]).format(keys=series(_(each) for each in keys))
        told = _("{what}: {here} (standard: {standard})") if standard else "{what}: {here}"
        yield told.format(what=what, here=_(here) or _("as the case says"), standard=_(standard))


def _compare(case: Case, one: str, other: str, as_json: bool) -> None:
    from evidencemap.analysis.policy import policy
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.model.entities import Claim

    first, second = verdicts(case, policy(one)), verdicts(case, policy(other))
    changed: dict[str, Any] = {}
    for claim in case.sorted(Claim):
        pair = [
            {"status": each.status.value, "grade": each.grade.word, "upto": each.upto.word}
            for each in (first.claims[claim.id], second.claims[claim.id])
        ]
        if pair[0] != pair[1]:
            changed[claim.number] = {"own": pair[0], "other": pair[1]}
    if as_json:
        say_json({"format": 1, "own": one, "other": other, "changed": changed})
        return
    many = count(len(changed), "verdict differs", "verdicts differ")
    say(one_line(_("{one} and {other}: {many}.").format(one=one, other=other, many=many)))
    if not changed:
        return
    rows = [(_("Claim"), one, other)]
    rows += [(number, _told(pair["own"]), _told(pair["other"])) for number, pair in changed.items()]
    head, *lines = columns(rows, 0)
    heading(head)
    for line in lines:
        say(line)


def _told(verdict: dict[str, str]) -> str:
    status, grade, upto = _(verdict["status"]), _(verdict["grade"]), _(verdict["upto"])
    if verdict["grade"] != verdict["upto"]:
        return _("{status}, {grade} to {upto}").format(status=status, grade=grade, upto=upto)
    return status if verdict["grade"] == "nothing" else f"{status}, {grade}"
