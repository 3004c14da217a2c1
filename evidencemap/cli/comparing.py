"""The commands about two copies of one case: diff and merge."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evidencemap.cli.cases import is_case_file, passphrase_for, refuse_no_file, the_case
from evidencemap.cli.paper import count, entry, heading, one_line, say, say_json, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

if TYPE_CHECKING:
    from evidencemap.model.merging import Conflict, Difference, Merge, Side

PATH = click.Path(path_type=Path)


@click.command("diff", short_help="What two copies of a case did differently.")
@click.argument("ours", metavar="A", type=PATH)
@click.argument("theirs", metavar="B", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def diff_command(ours: Path, theirs: Path, as_json: bool) -> None:
    """Say what each of two copies of one case, A and B, did since they went apart.

    Where they did is found in their journals: no third file is needed. Listings, and files that are no
    copies of one case, are compared as they are.
    """
    from evidencemap.model.merging import Merge, differences
    from evidencemap.storage.copies import compare_files

    for each in (ours, theirs):
        refuse_no_file(each)
    if is_case_file(ours) and is_case_file(theirs):
        found: Merge | list[Difference] = compare_files(
            ours, theirs, (passphrase_for(ours), passphrase_for(theirs))
        )
    else:
        found = differences(the_case(ours), the_case(theirs))
    if isinstance(found, Merge):
        if as_json:
            say_json(_plain_merge(found))
        else:
            _print_merge(found, ours.name, theirs.name)
    elif as_json:
        told = [_plain_difference(each) for each in found]
        say_json({"format": 1, "forked": False, "differences": told})
    else:
        say(_("No common history: compared as they are."))
        title = _("From {before} to {now}").format(before=one_line(ours.name), now=one_line(theirs.name))
        _print_differences(title, found)


@click.command("merge", short_help="Put two copies of a case together.")
@click.argument("ours", metavar="A", type=PATH)
@click.argument("theirs", metavar="B", type=PATH)
@click.option("-o", "--output", "out", metavar="C", type=PATH, required=True, help="The case file to make.")
@click.option("--ours", "for_ours", metavar="ID.FIELD", multiple=True, help="Here A is right. Repeatable.")
@click.option(
    "--theirs", "for_theirs", metavar="ID.FIELD", multiple=True, help="Here B is right. Repeatable."
)
@click.option(
    "--resolutions", type=PATH, help='A JSON file that decides, such as {"C3.text": "theirs", "P4": "ours"}.'
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def merge_command(
    ours: Path,
    theirs: Path,
    out: Path,
    for_ours: Sequence[str],
    for_theirs: Sequence[str],
    resolutions: Path | None,
    as_json: bool,
) -> int:
    """Put two copies of one case, A and B, together in a new case file C, which has the journal of A.

    What one of them changed goes through. What both changed differently is listed and left to you:
    then nothing is written and the status is 1; decide with --ours and --theirs, and merge again.
    What came new in B gets a new number where A gave that number to something else, and is still
    found by the old one. Places on the map stay those of A.
    """
    from evidencemap.cli.travelling import refuse_used
    from evidencemap.storage.copies import merge_files

    for each in (ours, theirs):
        refuse_no_file(each)
        if not is_case_file(each):
            raise EvidenceMapError(
                _("{name} is no case file (.evmap): it has no history to merge by.").format(name=each.name)
            )
    refuse_used(out)
    decided = _decisions(for_ours, for_theirs, resolutions)
    found = merge_files(ours, theirs, out, decided, (passphrase_for(ours), passphrase_for(theirs)))
    if as_json:
        say_json(_plain_merge(found))
    elif found.edit is None:
        _print_conflicts(found.conflicts, ours.name, theirs.name)
        say()
        say(_("Nothing was written. Decide each with --ours NAME or --theirs NAME, and merge again."))
    else:
        for old, new in found.renumbered.items():
            tell(one_line(_("{old} of {name} is {new} now.").format(old=old, name=theirs.name, new=new)))
        say(
            _("Made {out}: {changes} of {ours} and {count} of {theirs}.").format(
                out=out,
                changes=count(len(found.ours), "change"),
                ours=one_line(ours.name),
                count=len(found.theirs),
                theirs=one_line(theirs.name),
            )
        )
    return int(found.edit is None)


def _decisions(ours: Sequence[str], theirs: Sequence[str], file: Path | None) -> "dict[str, Side]":
    from evidencemap.model.merging import Side

    decided = _read_decisions(file) if file is not None else {}
    for side, names in ((Side.OURS, ours), (Side.THEIRS, theirs)):
        for name in names:
            if decided.get(name, side) is not side:
                raise EvidenceMapError(_("{name} is decided twice, and not alike.").format(name=name))
            decided[name] = side
    return decided


def _read_decisions(file: Path) -> "dict[str, Side]":
    from evidencemap.exchange.files import decoded, read_bounded
    from evidencemap.model.merging import Side

    refuse_no_file(file)
    try:
        held = json.loads(decoded(read_bounded(file, 1 << 22)))
        return {str(name): Side(side) for name, side in held.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise EvidenceMapError(
            _('{name} decides nothing: write JSON such as {{"C3.text": "theirs", "P4": "ours"}}.').format(
                name=file.name
            )
        ) from None


def _plain_merge(found: "Merge") -> dict[str, Any]:
    return {
        "format": 1,
        "forked": True,
        "ours": [_plain_difference(each) for each in found.ours],
        "theirs": [_plain_difference(each) for each in found.theirs],
        "both": [_plain_difference(each) for each in found.both],
        "conflicts": [
            {
                "name": each.name,
                "number": each.number,
                "field": each.field,
                "base": each.base,
                "ours": each.ours,
                "theirs": each.theirs,
                "used_by": list(each.used_by),
            }
            for each in found.conflicts
        ],
        "renumbered": dict(found.renumbered),
    }


def _plain_difference(each: "Difference") -> dict[str, Any]:
    return {"number": each.number, "field": each.field, "before": each.before, "after": each.after}


def _print_merge(found: "Merge", ours: str, theirs: str) -> None:
    if not (found.ours or found.theirs or found.both or found.conflicts):
        say(_("Both copies say the same."))
        return
    if found.ours:
        _print_differences(_("Only in {name}").format(name=one_line(ours)), found.ours)
    if found.theirs:
        _print_differences(_("Only in {name}").format(name=one_line(theirs)), found.theirs)
    if found.both:
        _print_differences(_("In both alike"), found.both)
    if found.renumbered:
        heading(_("Numbers that both gave, as they would read in a merge:"))
        for old, new in found.renumbered.items():
            entry(f"  {old}", _("of {name} would be {number}").format(name=theirs, number=new), 10)
    if found.conflicts:
        _print_conflicts(found.conflicts, ours, theirs)


def _print_differences(title: str, found: "Sequence[Difference]") -> None:
    heading(f"{title}: {count(len(found), 'difference') if found else _('nothing')}")
    for each in found:
        if each.field:
            say(one_line(f"  {each.number} {each.field}"))
            entry("      " + _("before"), said(each.before), 15)
            entry("      " + _("now"), said(each.after), 15)
        elif each.before is None:
            entry(f"  {each.number}", _("added: {what}").format(what=said(each.after)), 8)
        else:
            entry(f"  {each.number}", _("removed: {what}").format(what=said(each.before)), 8)


def _print_conflicts(found: "Sequence[Conflict]", ours: str, theirs: str) -> None:
    heading(_("In conflict: {things} to decide").format(things=count(len(found), "thing")))
    for each in found:
        needed = _("{name}, which is needed for {users}").format(
            name=each.name, users=", ".join(each.used_by)
        )
        say(one_line(f"  {needed if each.used_by else each.name}"))
        gone = _("(nothing)") if each.field else _("(removed)")
        for name, value in ((_("before"), each.base), (ours, each.ours), (theirs, each.theirs)):
            entry(f"      {one_line(name)}", gone if value is None else said(value), 15)


def said(value: Any) -> str:
    """Return how a person reads a plain value: a text as it is, of a thing what it says."""
    if value is None:
        return _("(nothing)")
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for key in ("text", "name", "title", "definition"):
            if isinstance(value.get(key), str):
                return str(value[key])
        if "from" in value and "to" in value:
            return _("{start} to {end}").format(start=said(value["from"]), end=said(value["to"]))
        return "; ".join(f"{key}: {said(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(said(each) for each in value) or _("(nothing)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
